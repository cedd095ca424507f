"""Plain text: tables with tabs, captions, notes, headings, with true offsets in the file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.document import Document, Section
from auditor.readers.grid import PADDED
from auditor.readers.headers import GUESSED

Reader = Callable[[str], Document]

PAPER = """
Research Article

Efficacy of an Imaginary Drug in a Small Cohort of Patients

Ann Author ^{1,2} and Bob Author ¹

Copyright © 2022 Ann Author. This is distributed under the Creative Commons licence.

Background and Aim. The drug is new. **Methods.** We saw 44 patients. **Results.** The rate was
19% ($P = 0.047$). **Conclusions.** It works.

1. Introduction

Sarcomas are rare [1].

2. Materials and Methods

2.1. Patients. We enrolled adults according to the National

TABLE 1: Patient characteristics (<i>n</i>, %).

Characteristics\tBone (<i>n</i> = 13)\tSoft tissue (<i>n</i> = 31)
Sex, <i>n</i> (%)\t\t
  Male\t9 (69)\t12 (39)<sup>a</sup>
  Female\t4 (31)\t19 (61)

ECOG: Eastern Cooperative Oncology Group.

<sup>a</sup>One unknown.

Cancer Institute criteria.

3. Results

3.1. *Soft Tissue.* Although none achieved CR, the histologi-

FIGURE 1: Survival.

TABLE 2: Survival by line.

Line\tDCR\t\t
\tAlone\tPlus\tTotal
First line\t0 (0/0)\t0 (0/2)\t0 (0/2)

TABLE 3: Median survival.

\tPFS (month)\t\tOS (month)\t
\tMedian\t95% CI\tMedian\t95% CI
Total\t5.4\t4.1–6.8\t17.9\t11.2–24.6

cal subtypes differed.

The efficacy was calculated as described [6].

4. Safety

Five events.

5. Discussion

It was good.

References

- [1] A. Author, "Title," *Journal*, 2021.
"""


def find(document: Document, title: str) -> Section:
    return next(s for s in document.sections if s.title == title)


def paragraphs(document: Document, section: Section) -> list[str]:
    return [document.text[p.start : p.end] for p in section.paragraphs]


def test_text_is_the_file_itself(text: Reader) -> None:
    assert text(PAPER).text == PAPER
    assert text(PAPER.replace("\n", "\r\n")).text == PAPER.replace("\n", "\r\n")


def test_tables_are_found_with_their_captions(text: Reader) -> None:
    document = text(PAPER)
    assert [
        (t.label, t.caption, t.header_rows, t.n_rows, t.n_columns) for t in document.tables
    ] == [
        ("Table 1", "Patient characteristics (n, %).", 1, 4, 3),
        ("Table 2", "Survival by line.", 2, 3, 4),
        ("Table 3", "Median survival.", 2, 3, 5),
    ]
    assert [t.section for t in document.tables] == ["Patients", "Soft Tissue", "Soft Tissue"]
    assert document.warnings == ()
    for one in document.tables:
        assert document.text[one.start :].startswith("TABLE")
        assert document.text[one.caption_start :].startswith(one.caption.split()[0])


def test_cells_are_verbatim_and_clean(text: Reader) -> None:
    table = text(PAPER).tables[0]
    assert table.grid[0][1].text == "Bone (<i>n</i> = 13)"
    assert table.grid[0][1].clean == "Bone (n = 13)"
    assert table.grid[1][0].clean == "Sex, n (%)"
    assert table.grid[1][1].empty
    assert table.grid[2][0].indent > table.grid[1][0].indent
    assert (table.grid[2][2].clean, table.grid[2][2].marks) == ("12 (39)", ("a",))
    assert GUESSED in table.warnings


def test_header_label_spans_the_empty_cells_beside_it(text: Reader) -> None:
    second, third = text(PAPER).tables[1:]
    assert second.grid[0][1].column_span == 3
    assert second.grid[0][3] is second.grid[0][1]
    assert [cell.clean for cell in third.grid[0]] == ["", *["PFS (month)"] * 2, *["OS (month)"] * 2]


def test_a_body_label_spans_nothing(text: Reader) -> None:
    table = text(PAPER).tables[0]
    assert table.grid[1][0].column_span == 1


def test_an_empty_header_cell_without_own_label_below_is_no_span(text: Reader) -> None:
    table = text("Table 1. T.\n\nItem\tN=20\t\tP\nMale\t9 (45)\t\t0.3\n").tables[0]
    assert table.grid[0][1].column_span == 1


def test_notes_are_told_from_running_text(text: Reader) -> None:
    first, second, third = text(PAPER).tables
    assert [(n.mark, n.text) for n in first.footnotes] == [
        ("", "ECOG: Eastern Cooperative Oncology Group."),
        ("a", "One unknown."),
    ]
    assert second.footnotes == third.footnotes == ()


def test_notes_glued_to_the_grid(text: Reader) -> None:
    document = text(
        "Table 1. T.\nItem\tA\tB\nx\t1 (2)\t3*\ny\t2 (4)\t4\n"
        "* One; †Two.\nAll were seen.\n\nText here.\n"
    )
    assert [(n.mark, n.text) for n in document.tables[0].footnotes] == [
        ("*", "One"),
        ("†", "Two.\nAll were seen."),
    ]
    assert document.tables[0].label == "Table 1"


def test_sections_of_numbered_and_run_in_headings(text: Reader) -> None:
    document = text(PAPER)
    assert document.title == "Efficacy of an Imaginary Drug in a Small Cohort of Patients"
    assert [(s.kind, s.title, s.level) for s in document.sections if s.title] == [
        ("abstract", "Abstract", 1),
        ("abstract", "Background and Aim", 2),
        ("abstract", "Methods", 2),
        ("abstract", "Results", 2),
        ("abstract", "Conclusions", 2),
        ("introduction", "Introduction", 1),
        ("methods", "Materials and Methods", 1),
        ("methods", "Patients", 2),
        ("results", "Results", 1),
        ("results", "Soft Tissue", 2),
        ("results", "Safety", 1),
        ("discussion", "Discussion", 1),
        ("references", "References", 1),
        ("other", "Figure 1", 1),
    ]
    results = next(s for s in document.sections if s.kind == "abstract" and s.title == "Results")
    assert paragraphs(document, results) == ["The rate was\n19% ($P = 0.047$)."]
    assert paragraphs(document, find(document, "Patients"))[0].startswith("We enrolled")


def test_tables_captions_and_figures_are_no_paragraphs(text: Reader) -> None:
    document = text(PAPER)
    running = " ".join(
        p for s in document.sections if s.title != "Figure 1" for p in paragraphs(document, s)
    )
    assert "TABLE" not in running
    assert "FIGURE" not in running
    assert "ECOG:" not in running
    assert "Cancer Institute criteria." in running


def test_captions_below_the_grids(text: Reader) -> None:
    grid = "Item\tA\tB\nx\t1 (2)\t3\n"
    document = text(f"{grid}\nTable 1. First.\n\n{grid}\nTable 2. Second.\n\nDone now.\n")
    assert [(t.label, t.caption) for t in document.tables] == [
        ("Table 1", "First."),
        ("Table 2", "Second."),
    ]


@pytest.mark.parametrize(
    ("line", "label", "caption"),
    [
        ("Table 1. Title", "Table 1", "Title"),
        ("TABLE 1: Title", "Table 1", "Title"),
        ("**Table 2.** *Title*", "Table 2", "Title"),
        ("**Table 2. Title**", "Table 2", "Title"),
        ("Table 3\nTitle", "Table 3", "Title"),
        ("Table 3\n\nTitle", "Table 3", "Title"),
        ("Table 4 Title of it", "Table 4", "Title of it"),
        ("Tab. 5 – Title", "Table 5", "Title"),
        ("Table S1. Title", "Table S1", "Title"),
        ("Supplementary Table 2: Title", "Supplementary Table 2", "Title"),
        ("Table IV. Title\ngoes on", "Table IV", "Title goes on"),
        ("Table 1.\tTitle", "Table 1", "Title"),
        ("Table 6 (continued)", "Table 6", ""),
    ],
)
def test_forms_of_captions(text: Reader, line: str, label: str, caption: str) -> None:
    table = text(f"{line}\n\nItem\tA\tB\nx\t1 (2)\t3\n").tables[0]
    assert (table.label, table.caption) == (label, caption)


@pytest.mark.parametrize(
    "line", ["Table 1 shows the patients.", "Tables 3 and 4 show it.", "Tabled motions."]
)
def test_a_sentence_is_no_caption(text: Reader, line: str) -> None:
    document = text(f"{line}\n\nItem\tA\tB\nx\t1 (2)\t3\n")
    assert document.tables[0].label == ""
    assert document.text[slice(*_span(document))] == line


def _span(document: Document) -> tuple[int, int]:
    return next((p.start, p.end) for s in document.sections for p in s.paragraphs)


def test_a_caption_without_grid_is_warned_of(text: Reader) -> None:
    assert "Table 9" in text("Table 9. Gone.\n\nSome text.\n").warnings[0]


def test_ragged_rows_are_padded_with_a_warning(text: Reader) -> None:
    table = text("Item\tA\tB\nSex\nMale\t9 (2)\t3\nFemale\t8 (3)\n").tables[0]
    assert (table.n_rows, table.n_columns) == (4, 3)
    assert table.grid[3][2].empty
    assert PADDED in table.warnings


def test_empty_trailing_columns_are_dropped(text: Reader) -> None:
    table = text("Item\tA\t\t\nMale\t9 (2)\t\t\n").tables[0]
    assert table.n_columns == 2
    assert PADDED not in table.warnings


@pytest.mark.parametrize(
    "lines",
    [
        "1.\tFirst we did this.\n2.\tThen we did that.\n",
        "-\tage over 18\n-\tconsent\n",
        "\tAn indented paragraph.\n\tAnother one.\n",
        "[1]\tSmith J.\n[2]\tJones K.\n",
    ],
)
def test_lists_and_indented_paragraphs_are_no_tables(text: Reader, lines: str) -> None:
    assert text(f"Some title here now\n\n{lines}").tables == ()


def test_a_table_goes_on_below_a_page_break(text: Reader) -> None:
    document = text(
        "Table 1. T.\n\nItem\tA\nx\t1 (2)\n\n\f\ny\t3 (4)\nw\t5 (6)\n\nItem\tB\nz\t5 (6)\n"
    )
    assert [t.n_rows for t in document.tables] == [4, 2]


def test_headings_in_a_structured_abstract(text: Reader) -> None:
    document = text(
        "A Title of Four Words\n\nAbstract\n\nMethods\n\nIn 44 patients.\n\nResults\n\n"
        "It was 19%.\n\nIntroduction\n\nWhy.\n\nMethods\n\nHow.\n\nResults\n\nWhat.\n"
    )
    assert [(s.kind, s.title) for s in document.sections] == [
        ("abstract", "Abstract"), ("abstract", "Methods"), ("abstract", "Results"),
        ("introduction", "Introduction"), ("methods", "Methods"), ("results", "Results"),
    ]  # fmt: skip


def test_an_abstract_below_names_that_read_like_a_heading(text: Reader) -> None:
    document = text(
        "A Title of Four Words\n\nANN AUTHOR, BOB AUTHOR\n\nDepartment of Surgery\n\n"
        "Abstract. We saw 44 patients.\n\nIntroduction\n\nWhy.\n\nResults\n\nWhat.\n"
    )
    assert [s.kind for s in document.sections if s.paragraphs] == [
        "other", "abstract", "introduction", "results",
    ]  # fmt: skip


def test_the_word_abstract_behind_the_introduction_opens_none(text: Reader) -> None:
    document = text("Introduction\n\nWhy.\n\nResults\n\nAbstract. reasoning was tested.\n")
    assert "abstract" not in [s.kind for s in document.sections]


def test_a_numbered_list_is_no_headings(text: Reader) -> None:
    document = text("Methods\n\nCriteria were\n1. Age over 18 years\n2. Consent given\n")
    assert [s.title for s in document.sections] == ["Methods"]


def test_tables_in_html_are_warned_of(text: Reader) -> None:
    assert "HTML" in text("Title.\n\n<table><tr><td>1</td></tr></table>\n").warnings[0]
