"""Which column is which arm, with what N, holding what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.extraction.reading import ColumnRole, TableReading
from auditor.extraction.wholes import grades

ReadTable = Callable[[str], TableReading]
DATA, LABEL, PERCENT = ColumnRole.DATA, ColumnRole.LABEL, ColumnRole.PERCENT


def stated(reading: TableReading) -> list[int | None]:
    return [c.stated.value if c.stated else None for c in reading.columns if c.role is not LABEL]


def roles(reading: TableReading) -> list[ColumnRole]:
    return [c.role for c in reading.columns]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("A (n = 41)", "B (n = 1,102)"),
        ("A, N=41", "B, N=1,102"),
        ("A (41 patients)", "B (1102 women)"),
        ("A (n = 41), n (%)", "B (n = 1,102), n (%)"),
    ],
)
def test_n_in_the_header(table: ReadTable, a: str, b: str) -> None:
    reading = table(f"| | {a} | {b} |\n| --- | --- | --- |\n| Male | 20 (49%) | 551 (50%) |")
    assert stated(reading) == [41, 1102]
    assert [c.arm for c in reading.data_columns()] == ["A", "B"]
    assert [c.stated.place.column for c in reading.data_columns() if c.stated] == [1, 2]


@pytest.mark.parametrize("below", ["| | (n = 41) | (n = 40) |", "| N | 41 | 40 |"])
def test_n_in_a_lower_header_row(table: ReadTable, below: str) -> None:
    reading = table(f"| | A | B |\n| --- | --- | --- |\n{below}\n| Male | 20 (49%) | 20 (50%) |")
    assert stated(reading) == [41, 40]
    assert [c.arm for c in reading.data_columns()] == ["A", "B"]


def test_n_in_the_first_row(table: ReadTable) -> None:
    reading = table(
        """| | A | B | P value |
        | --- | --- | --- | --- |
        | No. of patients | 41 | 40 | |
        | Male | 20 (49%) | 20 (50%) | 0.9 |"""
    )
    assert stated(reading) == [41, 40, None]


def test_a_row_of_counts_is_no_row_of_n(table: ReadTable) -> None:
    reading = table(
        """| | A | B |
        | --- | --- | --- |
        | Deaths | 41 | 40 |
        | Male | 20 (49%) | 20 (50%) |"""
    )
    assert stated(reading) == [None, None]


def test_n_of_the_caption_is_of_the_whole_table(table: ReadTable) -> None:
    reading = table("Table 2. Response (N = 41)\n\n| | n (%) |\n| --- | --- |\n| CR | 20 (49%) |")
    assert stated(reading) == [None]
    assert reading.total is not None
    assert reading.total.value == 41


def test_arms_span_their_grades(table: ReadTable) -> None:
    reading = table(
        """| Event | Arm A (n = 41) | | Arm B (n = 40) | |
        | --- | --- | --- | --- | --- |
        | | All grades | Grade 3-4 | All grades | Grade 3-4 |
        | Nausea | 20 (49%) | 2 (5%) | 10 (25%) | 1 (3%) |"""
    )
    assert stated(reading) == [41, 41, 40, 40]
    assert [(c.arm, c.sub) for c in reading.data_columns()] == [
        ("Arm A", "All grades"),
        ("Arm A", "Grade 3-4"),
        ("Arm B", "All grades"),
        ("Arm B", "Grade 3-4"),
    ]


@pytest.mark.parametrize(("n", "p"), [("No.", "%"), ("n", "(%)"), ("Patients", "%")])
def test_counts_and_percentages_in_columns_of_their_own(table: ReadTable, n: str, p: str) -> None:
    reading = table(
        f"""| Toxicity | Weekly (n = 41) | | 3-weekly (n = 40) | | P |
        | --- | --- | --- | --- | --- | --- |
        | | {n} | {p} | {n} | {p} | |
        | Nausea | 3 | 7 | 5 | 13 | 0.4 |
        | Rash | 4 | 10 | 7 | 18 | 0.3 |"""
    )
    assert roles(reading) == [LABEL, DATA, PERCENT, DATA, PERCENT, ColumnRole.P_VALUE]
    assert [c.partner for c in reading.columns] == [None, 2, 1, 4, 3, None]
    counts = [(e.count, e.percent.text) for e in reading.entries if e.percent is not None]
    assert counts == [(3, "7"), (5, "13"), (4, "10"), (7, "18")]
    first = reading.entries[0]
    assert (first.place.column, first.percent_place.column) == (1, 2)


@pytest.mark.parametrize("header", ["P", "p value", "P-value", "p-value*"])
def test_a_column_of_p_values(table: ReadTable, header: str) -> None:
    reading = table(f"| | A (n = 41) | {header} |\n| --- | --- | --- |\n| Male | 20 (49%) | 0.05 |")
    assert roles(reading)[-1] is ColumnRole.P_VALUE
    assert reading.entries[-1].count is None


@pytest.mark.parametrize("header", ["HR (95% CI)", "Odds ratio", "95% CI", "Difference, %"])
def test_a_column_of_estimates(table: ReadTable, header: str) -> None:
    reading = table(
        f"| | A (n = 41) | {header} |\n| --- | --- | --- |\n| Male | 20 (49%) | 1.1 (0.5-2.0) |"
    )
    assert roles(reading)[-1] is ColumnRole.ESTIMATE
    assert reading.entries[-1].count is None


@pytest.mark.parametrize("header", ["No. evaluated", "No. of patients", "n", "N", "Total N"])
def test_a_column_of_row_totals(table: ReadTable, header: str) -> None:
    reading = table(
        f"""| Marker | {header} | Positive, n (%) | Negative, n (%) |
        | --- | --- | --- | --- |
        | HER2 | 40 | 10 (25%) | 30 (75%) |
        | ER | 36 | 9 (25%) | 27 (75%) |"""
    )
    assert roles(reading)[1] is ColumnRole.ROW_TOTAL


def test_counts_beside_counts_are_no_row_totals(table: ReadTable) -> None:
    reading = table(
        """| Site | n | Deaths |
        | --- | --- | --- |
        | Liver | 40 | 10 |
        | Lung | 36 | 9 |"""
    )
    assert roles(reading)[1] is DATA


@pytest.mark.parametrize(
    ("header", "total"),
    [("Total (n = 81)", True), ("All patients", True), ("Overall", True), ("Totally new", False)],
)
def test_the_total_column(table: ReadTable, header: str, total: bool) -> None:
    reading = table(
        f"""| | A | B | {header} |
        | --- | --- | --- | --- |
        | Male | 20 (49%) | 20 (50%) | 40 (49%) |"""
    )
    assert [c.total for c in reading.data_columns()] == [False, False, total]


def test_a_stub_of_two_columns(table: ReadTable) -> None:
    reading = table(
        """| Variable | | A (n = 41) | B (n = 40) |
        | --- | --- | --- | --- |
        | Sex | Male | 20 (49%) | 20 (50%) |
        | | Female | 21 (51%) | 20 (50%) |
        | Stage | III | 11 (27%) | 10 (25%) |
        | | IV | 30 (73%) | 30 (75%) |"""
    )
    assert roles(reading)[:2] == [LABEL, LABEL]
    data = [r for r in reading.rows if r.kind == "count"]
    assert [r.path for r in data] == ["Sex > Male", "Sex > Female", "Stage > III", "Stage > IV"]
    assert data[1].block != data[2].block


def test_a_header_that_stands_one_column_too_far_right(table: ReadTable) -> None:
    reading = table(
        """| | | A (n = 41) | B (n = 40) |
        | --- | --- | --- | --- |
        | Male | 20 (49%) | 20 (50%) | |
        | Female | 21 (51%) | 20 (50%) | |"""
    )
    assert stated(reading)[:2] == [41, 40]


def test_what_all_headings_say_names_no_arm(table: ReadTable) -> None:
    reading = table(
        """| | Number of patients (%) | |
        | --- | --- | --- |
        | | Arm A (n = 41) | Arm B (n = 40) |
        | Male | 20 (49) | 20 (50) |"""
    )
    assert [c.arm for c in reading.data_columns()] == ["Arm A", "Arm B"]
    assert {c.statistic for c in reading.data_columns()} == {"n (%)"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grade 3", {3}),
        ("Grade III", {3}),
        ("3", {3}),
        ("Grade 1-2", {1, 2}),
        ("Grades 3/4", {3, 4}),
        ("Grade I–II", {1, 2}),
        ("Grade 3 or 4", {3, 4}),
        ("Grade ≥3", {3, 4, 5}),
        ("Grade >=3", {3, 4, 5}),
        ("Grade >3", {4, 5}),
        ("Grade 3+", {3, 4, 5}),
        ("All grades", set()),
        ("Arm A", set()),
        ("", set()),
    ],
)
def test_grades_of_a_heading(text: str, expected: set[int]) -> None:
    assert grades(text) == expected
