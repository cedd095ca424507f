"""P values of tables beside the counts that they compare."""

from __future__ import annotations

import random

import pytest

from auditor.reanalysis.compared import ComparedCounts
from auditor.reanalysis.judged_counts import judge
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


SLASHED = """Table 1. General data

| | Control (n = 35) | Study (n = 35) | P |
| --- | --- | --- | --- |
| Nausea | 4 (11%) | 5 (14%) | 0.721 |
| {label} | {first} | {second} | 0.629 |
"""


@pytest.mark.parametrize(
    ("label", "first", "second", "table"),
    [
        ("Male/female", "16/19", "14/21", ((16, 19), (14, 21))),
        ("Sex (male/female)", "16/19", "14/21", ((16, 19), (14, 21))),
        ("Stage (I/II/III)", "10/15/10", "5/20/10", ((10, 15, 10), (5, 20, 10))),
    ],
)
def test_all_categories_in_one_cell(label: str, first: str, second: str, table: object) -> None:
    found = compared(SLASHED.format(label=label, first=first, second=second))
    assert [c.tables for c in found[1:]] == [(table,)]


@pytest.mark.parametrize(("first", "second"), [("16/20", "14/21"), ("16/19", "14/30")])
def test_lists_that_do_not_add_up_are_left_alone(first: str, second: str) -> None:
    found = compared(SLASHED.format(label="Male/female", first=first, second=second))
    assert len(found) == 1


def test_rows_are_the_groups() -> None:
    text = (
        "Table 3. Response by stage\n\n| Factor | n | Response, n (%) | P |\n"
        "| --- | --- | --- | --- |\n| Stage | | | 0.012 |\n| I-II | 30 | 18 (60%) | |\n"
        "| III-IV | 40 | 12 (30%) | |\n"
    )
    found = _one(text)
    assert found.tables == (((18, 12), (12, 28)),)
    assert found.groups == ("I-II", "III-IV")


def test_no_numbers_of_patients_at_all() -> None:
    found = _one(
        "Table 3. Marker\n\n| Factor | Low | High | P |\n| --- | --- | --- | --- |\n"
        "| Size | | | 0.01 |\n| < 5 cm | 20 | 14 | |\n| >= 5 cm | 10 | 26 | |\n"
    )
    assert found.tables == (((20, 10), (14, 26)),)
    assert not found.certain


def test_a_row_of_p_values_below_the_groups() -> None:
    found = compared(
        "Table 3. Efficacy, n (%)\n\n| Group | n | ORR | Nausea |\n| --- | --- | --- | --- |\n"
        "| Control | 35 | 16 (45.7) | 4 (11.4) |\n| Study | 35 | 24 (68.6) | 5 (14.3) |\n"
        "| χ2 | | 3.733 | 0.127 |\n| P | | 0.053 | 0.721 |\n"
    )
    assert [c.tables for c in found] == [(((16, 19), (24, 11)),), (((4, 31), (5, 30)),)]
    assert [c.what for c in found] == ["Table 3, ORR", "Table 3, Nausea"]
    assert found[0].groups == ("Control", "Study")
    assert found[0].p.text == "0.053"


def test_a_row_of_p_values_between_times_is_paired() -> None:
    text = (
        "Table 3. Symptoms, n (%)\n\n| | A (n = 35) | B (n = 35) |\n| --- | --- | --- |\n"
        "| Before treatment | 16 (45.7) | 24 (68.6) |\n| After treatment | 4 (11.4) | 5 (14.3) |\n"
        "| P | 0.002 | 0.001 |\n"
    )
    assert compared(text) == ()


def test_the_categories_of_all_patients_are_no_groups() -> None:
    text = (
        "Table 1. Patients\n\n| | All (n = 70) | P |\n| --- | --- | --- |\n"
        "| Sex | | 0.012 |\n| Male | 40 (57%) | |\n| Female | 30 (43%) | |\n"
    )
    assert compared(text) == ()


def test_any_table_is_read_without_failure() -> None:
    rng = random.Random(3)  # noqa: S311  repeatable, not secret
    tokens = [
        *("12 (30%)", "5", "-", "", "NS", "0.04", "<0.001", "16/19", "3/10 (30%)", "P", "12.5"),
        *("1.2 (0.8-1.9)", "A (n = 40)", "Grade 3", "P value", "P (A vs B)", "1 (0)", "99999"),
        *("Sex", "Male", "n", "Total", "χ2", "5 ± 2", "10/12/18", "Unknown", "12a", "(", "%"),
    ]
    for _ in range(150):
        width = rng.randint(2, 7)
        lines = [
            "| " + " | ".join(rng.choice(tokens) for _ in range(width)) + " |"
            for _ in range(rng.randint(2, 9))
        ]
        lines.insert(rng.choice((1, 1, 2)), "|" + " --- |" * width)
        for one in compared("Table 1. Any\n\n" + "\n".join(lines) + "\n"):
            assert one.tables
            assert all(x >= 0 for table in one.tables for row in table for x in row)
            judge(one)


RESPONSES = """Table 2. Response, n (%)

| | A (n = 40) | B (n = 42) | P |
| --- | --- | --- | --- |
| Best response | | | |
| {one} | 10 (25%) | 12 (29%) | |
| {other} | 30 (75%) | {rest} | |
| {last} | 22 (55%) | 14 (33%) | 0.05 |
"""


def test_a_row_below_a_whole_variable_has_its_own_p_value() -> None:
    text = RESPONSES.format(one="Yes", other="No", rest="30 (71%)", last="Surgery")
    found = _one(text)
    assert found.tables == (((22, 18), (14, 28)),)
    assert found.certain


def test_the_p_value_in_the_last_row_of_a_list_may_be_of_all_of_it() -> None:
    found = _one(RESPONSES.format(one="Liver", other="Lung", rest="10 (24%)", last="Bone"))
    assert not found.certain
    assert "above" in found.doubt
