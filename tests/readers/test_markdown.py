"""Markdown: headings and pipe tables."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.document import Document
from auditor.readers.headers import GUESSED

Reader = Callable[[str], Document]

PAPER = """# A Trial of Something Quite New

## Abstract

### Results

The rate was 19%.

## Methods

We looked.

### Patients

Adults.

## Results

**Table 1.** Baseline characteristics

| Item | Arm A | Arm B \\| C |
|:-----|------:|:----------:|
| **Sex** | | |
| &nbsp;&nbsp;Male | 9 (69) | 12 (39)\\* |
| Female | 4 (31) | 19 (61) |

\\* One unknown.

Setext part
-----------

More text.
"""


def test_headings_and_kinds(markdown: Reader) -> None:
    document = markdown(PAPER)
    assert document.kind == "markdown"
    assert document.title == "A Trial of Something Quite New"
    assert [(s.kind, s.title, s.level) for s in document.sections] == [
        ("abstract", "Abstract", 1),
        ("abstract", "Results", 2),
        ("methods", "Methods", 1),
        ("methods", "Patients", 2),
        ("results", "Results", 1),
        ("results", "Setext part", 2),
    ]
    assert document.text == PAPER


def test_pipe_table(markdown: Reader) -> None:
    table = markdown(PAPER).tables[0]
    assert (table.label, table.caption) == ("Table 1", "Baseline characteristics")
    assert [[cell.clean for cell in row] for row in table.grid] == [
        ["Item", "Arm A", "Arm B | C"],
        ["Sex", "", ""],
        ["Male", "9 (69)", "12 (39)"],
        ["Female", "4 (31)", "19 (61)"],
    ]
    assert table.header_rows == 1
    assert table.warnings == ()
    assert table.grid[0][0].header
    assert not table.grid[1][0].header
    assert table.grid[1][0].bold
    assert not table.grid[3][0].bold
    assert table.grid[2][0].indent > table.grid[3][0].indent
    assert table.grid[2][2].marks == ("*",)
    assert [(n.mark, n.text) for n in table.footnotes] == [("*", "One unknown.")]


def test_pipes_without_outer_ones(markdown: Reader) -> None:
    table = markdown("Item | A\n--- | ---\nMale | 9 (69)\nFemale | 4 (31)\n").tables[0]
    assert [[cell.text for cell in row] for row in table.grid] == [
        ["Item", "A"],
        ["Male", "9 (69)"],
        ["Female", "4 (31)"],
    ]


def test_pipes_without_rule_need_outer_ones(markdown: Reader) -> None:
    assert len(markdown("| Item | A |\n| Male | 9 (69) |\n").tables) == 1
    assert markdown("P(A | B) was 0.3\nand P(B | A) was 0.4\n").tables == ()


def test_a_second_header_row_below_the_rule(markdown: Reader) -> None:
    table = markdown(
        "| Line | PFS | | OS | |\n|--|--|--|--|--|\n| | Median | 95% CI | Median | 95% CI |\n"
        "| Total | 5.4 | 4.1-6.8 | 17.9 | 11.2-24.6 |\n"
    ).tables[0]
    assert table.header_rows == 2
    assert GUESSED in table.warnings
    assert table.grid[0][1].column_span == 2
    assert table.grid[0][4].clean == "OS"


def test_content_makes_markdown_of_a_text_file(text: Reader) -> None:
    assert text("# Heading\n\nText.\n").kind == "markdown"
    assert text("Title of four words\n\nText.\n").kind == "text"


@pytest.mark.parametrize("rule", ["|---|---|", "--- | ---:", " | :-: | - | "])
def test_forms_of_the_rule(markdown: Reader, rule: str) -> None:
    assert markdown(f"| a | b |\n{rule}\n| x | 1 |\n").tables[0].n_rows == 2
