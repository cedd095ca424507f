"""P values of tables beside the counts that they compare."""

from __future__ import annotations

import pytest

from auditor.reanalysis.compared import ComparedCounts
from auditor.reanalysis.table_counts import compared as of_manuscript
from auditor.testing import read_text


def compared(text: str) -> tuple[ComparedCounts, ...]:
    return of_manuscript(read_text(text, "markdown"))


def _one(text: str) -> ComparedCounts:
    found = compared(text)
    assert len(found) == 1, found
    return found[0]


def test_a_row_of_its_own() -> None:
    found = _one(
        "Table 1. Baseline\n\n| | A (n = 40) | B (n = 42) | P |\n| --- | --- | --- | --- |\n"
        "| Diabetes | 8 (20%) | 13 (31%) | 0.25 |\n",
    )
    assert found.tables == (((8, 32), (13, 29)),)
    assert found.groups == ("A", "B")
    assert found.categories == ("Diabetes", "others")
    assert found.certain
    assert found.p.text == "0.25"
    assert (found.p_place.row, found.p_place.column) == (1, 3)
    assert [p.column for p in found.places] == [1, 2]


BLOCK = """Table 1. Baseline

| | A (n = 40) | B (n = 42) | P |
| --- | --- | --- | --- |
| Stage | | | {heading} |
| I | 10 (25%) | 12 (29%) | {first} |
| II | 20 (50%) | 15 (36%) | |
| III | 10 (25%) | 15 (36%) | {last} |
"""


@pytest.mark.parametrize("where", ["heading", "first", "last"])
def test_a_variable_whose_p_value_stands_once(where: str) -> None:
    cells = {"heading": "", "first": "", "last": "", where: "0.40"}
    found = _one(BLOCK.format(**cells))
    assert found.tables == (((10, 20, 10), (12, 15, 15)),)
    assert found.categories == ("I", "II", "III")
    assert found.ordered
    assert found.certain


def test_three_arms_and_a_total() -> None:
    found = _one(
        "Table 1. Baseline\n\n| | All (N = 60) | A (n = 20) | B (n = 20) | C (n = 20) | P |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| Fever | 15 (25%) | 8 (40%) | 4 (20%) | 3 (15%) | 0.15 |\n",
    )
    assert found.tables == (((8, 12), (4, 16), (3, 17)),)
    assert not found.certain


def test_percentages_alone() -> None:
    found = _one(
        "Table 1. Baseline\n\n| | A (n = 40) | B (n = 42) | P |\n| --- | --- | --- | --- |\n"
        "| Diabetes, % | 20 | 31 | 0.25 |\n",
    )
    assert found.tables == (((8, 32), (13, 29)),)


def test_unknown_values_with_and_without() -> None:
    found = _one(
        "Table 1. Baseline\n\n| | A (n = 40) | B (n = 42) | P |\n| --- | --- | --- | --- |\n"
        "| Receptor | | | 0.2 |\n| Positive | 20 (50%) | 15 (36%) | |\n"
        "| Negative | 15 (38%) | 20 (48%) | |\n| Unknown | 5 (13%) | 7 (17%) | |\n",
    )
    assert found.tables == (((20, 15), (15, 20)), ((20, 15, 5), (15, 20, 7)))


def test_the_headers_name_pairs_of_arms() -> None:
    found = compared(
        "Table 1. Baseline\n\n| | A (n = 40) | B (n = 40) | C (n = 40) | P (A vs B) "
        "| P (B vs C) |\n| --- | --- | --- | --- | --- | --- |\n"
        "| Fever | 8 (20%) | 4 (10%) | 12 (30%) | 0.21 | 0.03 |\n"
    )
    assert [c.tables for c in found] == [
        (((8, 32), (4, 36)),),
        (((4, 36), (12, 28)),),
    ]


def test_not_significant_is_a_bound() -> None:
    found = _one(
        "Table 1. Baseline\n\n| | A (n = 40) | B (n = 42) | P |\n| --- | --- | --- | --- |\n"
        "| Diabetes | 8 (20%) | 13 (31%) | NS |\n",
    )
    assert (found.p.text, found.p.relation, str(found.p.value)) == ("NS", ">=", "0.05")


@pytest.mark.parametrize(
    "row",
    [
        "| Median age | 56 | 54 | 0.45 |",
        "| Age, mean (SD) | 56 (10) | 54 (9) | 0.45 |",
        "| 2-year survival, n (%) | 20 (50%) | 15 (36%) | 0.45 |",
    ],
)
def test_rows_of_values_and_of_survival_are_left_out(row: str) -> None:
    table = "Table 1. All\n\n| | A (n = 40) | B (n = 42) | P |\n| --- | --- | --- | --- |\n"
    assert compared(table + row + "\n") == ()


@pytest.mark.parametrize(
    ("note", "test"),
    [("Fisher's exact test.", "fisher"), ("Student's t-test.", None), ("Log-rank test.", None)],
)
def test_the_note_of_a_p_value_names_its_test(note: str, test: str | None) -> None:
    text = (
        "Table 1. Baseline\n\n| | A (n = 40) | B (n = 42) | P |\n| --- | --- | --- | --- |\n"
        f"| Diabetes | 8 (20%) | 13 (31%) | 0.25^a |\n\n^a {note}\n"
    )
    found = compared(text)
    assert [c.test for c in found] == ([] if test is None else [test])


def test_before_and_after_are_the_same_patients() -> None:
    text = (
        "Table 1. Symptoms\n\n| | Before (n = 40) | After (n = 40) | P |\n"
        "| --- | --- | --- | --- |\n| Pain | 30 (75%) | 13 (33%) | 0.001 |\n"
    )
    assert compared(text) == ()
