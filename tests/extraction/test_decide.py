"""Counts that nothing announces, and headings that span several arms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.extraction.reading import Role, TableReading

ReadTable = Callable[[str], TableReading]


def counts(reading: TableReading) -> list[int | None]:
    return [e.count for e in reading.entries]


def test_brackets_that_fit_n_are_percentages(table: ReadTable) -> None:
    reading = table(
        """| | A (n = 41) | B (n = 40) |
        | --- | --- | --- |
        | Age, years | 60 (10) | 61 (11) |
        | Male | 20 (49) | 20 (50) |
        | Smoker | 11 (27) | 10 (25) |"""
    )
    assert counts(reading) == [None, None, 20, 20, 11, 10]


def test_means_with_their_sd_are_left_alone(table: ReadTable) -> None:
    reading = table(
        """| | A (n = 41) | B (n = 40) |
        | --- | --- | --- |
        | Age | 60 (10) | 61 (11) |
        | Weight | 71 (14) | 73 (12) |
        | Height | 170 (9) | 172 (8) |
        | Score | 25 (7) | 22 (5) |"""
    )
    assert counts(reading) == [None] * 8
    assert {role for e in reading.entries for role, _ in e.numbers} == {Role.VALUE, Role.SPREAD}


def test_without_n_the_brackets_have_to_agree_among_themselves(table: ReadTable) -> None:
    reading = table(
        """| | All |
        | --- | --- |
        | Male | 20 (48.8) |
        | Smoker | 11 (26.8) |
        | Stage III | 7 (17.1) |
        | Stage IV | 34 (82.9) |
        | Prior surgery | 5 (12.2) |"""
    )
    assert counts(reading) == [20, 11, 7, 34, 5]


def test_a_note_that_announces_both_needs_one_fitting_row(table: ReadTable) -> None:
    reading = table(
        """| | A (n = 41) |
        | --- | --- |
        | Age | 60 (10) |
        | Male | 20 (49) |

        Data are n (%) or mean (SD)."""
    )
    assert counts(reading) == [None, 20]


@pytest.mark.parametrize("label", ["Age, mean (SD)", "Age, mean ± SD", "Age, median (IQR)"])
def test_an_announced_statistic_is_never_a_count(table: ReadTable, label: str) -> None:
    reading = table(
        f"""| | A (n = 41) | B (n = 40) |
        | --- | --- | --- |
        | {label} | 20 (49) | 20 (50) |
        | Male | 20 (49%) | 20 (50%) |"""
    )
    assert counts(reading) == [None, None, 20, 20]


def test_a_heading_over_two_arms_is_no_arm(table: ReadTable) -> None:
    rows = [(5, 8, "38.5", 31, "25.8"), (4, 9, "30.8", 31, "29.0"), (3, 11, "23.1", 31, "35.5")]
    lines = [
        f"| Row {i} | {n} ({p}%) | {m} ({q}%) | 0.5 |" for i, (n, m, p, _, q) in enumerate(rows)
    ]
    reading = table(
        "| | Efficacy | | P |\n| --- | --- | --- | --- |\n| | Osteosarcoma | Soft tissue | |\n"
        + "\n".join(lines)
    )
    assert [c.arm for c in reading.data_columns()] == [
        "Efficacy / Osteosarcoma",
        "Efficacy / Soft tissue",
    ]
