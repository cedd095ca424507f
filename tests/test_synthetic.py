"""Consistent synthetic papers raise no alarm, and errors planted into them are noticed."""

from __future__ import annotations

import json
import random
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from auditor.testing import read_text

FOLDER = Path(__file__).parents[1] / "benchmarks"
PAPERS = 150
PERCENTAGE_ERRORS = ("digit of the percentage", "percentage transposed", "decimal slip")

if not FOLDER.exists():
    pytest.skip("the source distribution has no benchmarks", allow_module_level=True)

planting = import_module("planting")
mutation = import_module("mutation")
trials = import_module("synthetic_trials")
sheets = import_module("synthetic_sheets")
layouts = import_module("synthetic_layouts")
files = import_module("synthetic_files")
synthetic = import_module("synthetic")


@pytest.fixture(scope="module")
def result() -> Any:
    """What the audits of all papers gave, as they are and with one error each."""
    return synthetic.run(PAPERS, 1, 1)


def test_a_consistent_paper_raises_no_alarm(result: Any) -> None:
    assert [f"seed {seed}: {f.code} {f.message}" for seed, f in result.false_alarms] == []


def test_no_check_crashes(result: Any) -> None:
    assert result.failed == []
    assert result.papers == PAPERS


def test_planted_errors_are_noticed(result: Any) -> None:
    planted: Counter[str] = result.planted
    noticed: Counter[str] = result.noticed
    wrong = sum(planted[kind] for kind in PERCENTAGE_ERRORS)
    assert wrong >= 40
    assert sum(noticed[kind] for kind in PERCENTAGE_ERRORS) >= 0.8 * wrong
    assert noticed["all"] >= 0.75 * planted["all"]


@pytest.mark.parametrize("seed", range(1, 31))
def test_the_papers_are_consistent(seed: int) -> None:
    """Checked on the drawn counts and on the print, without the auditor."""
    paper = synthetic.make_paper(seed)
    for sheet in paper.sheets:
        for block in sheet.blocks:
            for line in block.lines:
                for cell in line.cells:
                    assert not isinstance(cell, trials.Share) or 0 <= cell.n <= cell.of
        totals = [i for i, head in enumerate(sheet.heads) if head.total]
        if not totals:
            continue
        width = len(sheet.subs)
        for block in sheet.blocks:
            for line in block.lines:
                shares = [c for c in line.cells if isinstance(c, trials.Share)]
                for sub in range(width if len(shares) == len(line.cells) else 0):
                    counts = [share.n for share in shares[sub::width]]
                    assert counts[totals[0]] * 2 == sum(counts), line.label
    slots, headers = files.planted_places(paper.tables)
    for slot in slots:
        count, shown = slot.part(slot.n), slot.part(slot.percent)
        assert all(planting.is_right(int(count), shown, total) for total in slot.totals)
    for header in headers:
        assert {int(header.text[slice(*header.total)])} == {
            n for slot in header.slots for n in slot.totals
        }


@pytest.mark.parametrize("seed", range(1, 31))
def test_the_reader_finds_every_printed_cell(seed: int) -> None:
    paper = synthetic.make_paper(seed)
    read = read_text(paper.text(), paper.layout.format).document
    assert len(read.tables) == len(paper.tables)
    for table, printed in zip(read.tables, paper.tables, strict=True):
        for row, column, second, text, *_ in printed.slots:
            first, _, last = text.partition(files.CUT)
            assert table.grid[row][column].clean.strip("†") == first
            if last:
                assert table.grid[row][second].clean == last


def test_a_planted_error_changes_one_place_and_is_wrong() -> None:
    kinds = Counter[str]()
    for seed in range(1, 40):
        paper = synthetic.make_paper(seed)
        slots, headers = files.planted_places(paper.tables)
        rng = random.Random(seed)  # noqa: S311  repeatable, not secret
        for kind in planting.KINDS:
            mutant = planting.plant(slots, headers, kind, rng) if slots else None
            if mutant is None:
                continue
            kinds[kind] += 1
            before, after = paper.text(), synthetic.mutated(paper, mutant)
            start = next(i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
            ends = zip(reversed(before), reversed(after), strict=False)
            same = next(i for i, (a, b) in enumerate(ends) if a != b)
            assert len(before) - start - same <= len(mutant.old)
    assert set(kinds) == set(planting.KINDS)


def test_the_same_seed_gives_the_same_paper() -> None:
    texts = [synthetic.make_paper(seed).text() for seed in (1, 2, 3)]
    assert texts == [synthetic.make_paper(seed).text() for seed in (1, 2, 3)]
    assert len(set(texts)) == 3


def test_every_layout_occurs() -> None:
    drawn = [synthetic.make_paper(seed).layout for seed in range(1, PAPERS + 1)]
    assert {x.format for x in drawn} == set(layouts.FORMATS)
    assert {x.style for x in drawn} == set(layouts.STYLES)
    assert {x.structure for x in drawn} == set(layouts.STRUCTURES)
    assert {x.n_at for x in drawn} == set(layouts.N_AT)
    assert {x.decimals for x in drawn} == {0, 1, 2}
    assert len({x.rounding for x in drawn}) == 3


@pytest.mark.parametrize(
    ("df", "limit"), [(1, 3.841459), (2, 5.991465), (3, 7.814728), (4, 9.487729), (5, 11.070498)]
)
def test_tail_of_chi_square_at_its_tabled_limits(df: int, limit: float) -> None:
    assert trials._chi_square_tail(limit, df) == pytest.approx(0.05, abs=1e-6)


def test_p_values_of_two_arms() -> None:
    """[[10, 20], [20, 10]] has a chi-square of 20/3 by hand."""
    alike = [["a"] * 10 + ["b"] * 20] * 2
    unlike = [["a"] * 10 + ["b"] * 20, ["a"] * 20 + ["b"] * 10]
    assert trials.association(alike, ("a", "b")) == "1.00"
    assert trials.association(unlike, ("a", "b")) == "0.010"
    assert trials.association([["a"] * 5, ["a"] * 5], ("a", "b")) == ""


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "figures.json"
    code = synthetic.main(["--papers", "3", "--seed", "5", "--json", str(out)])
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["papers"] == 3
    assert code == int(bool(figures["false alarms"]))
    shown = capsys.readouterr().out
    assert "3 papers" in shown
    assert "planted" in shown
    assert synthetic.main(["--print", "5"]) == 0
    assert capsys.readouterr().out == synthetic.make_paper(5).text() + "\n"
