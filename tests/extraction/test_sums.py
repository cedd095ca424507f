"""Partitions, totals and grades: what adds up to what, and what must not be added up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.extraction.judged import TableJudgement
from auditor.extraction.partitions import find_partitions
from auditor.extraction.reading import TableReading
from auditor.extraction.wholes import column_additions, row_additions
from auditor.manuscript import Manuscript

ReadTable = Callable[[str], TableReading]
JudgeTable = Callable[[str], TableJudgement]
Alarms = Callable[..., list[str]]
IN = "&nbsp;&nbsp;"

TWO_BLOCKS = f"""| | A (n = 41) | B (n = 40) |
| --- | --- | --- |
| Sex | | |
| {IN}Male | 20 (49%) | 20 (50%) |
| {IN}Female | 21 (51%) | 20 (50%) |
| Sites of metastasis | | |
| {IN}Liver | 30 (73%) | 20 (50%) |
| {IN}Lung | 20 (49%) | 10 (25%) |
| {IN}Bone | 10 (24%) | 15 (38%) |"""


def test_partition_and_list(judge: JudgeTable) -> None:
    sex, sites = find_partitions(judge(TWO_BLOCKS))
    assert (sex.heading, sex.exclusive, sex.multiple) == ("Sex", True, False)
    assert [s.total for s in sex.sums] == [41, 40]
    assert len(sex.exact) == 2
    assert (sites.heading, sites.exclusive, sites.multiple) == ("Sites of metastasis", False, True)
    assert sites.exact == ()


def test_parts_of_a_category_are_not_added_twice(judge: JudgeTable) -> None:
    (partition,) = find_partitions(
        judge(
            """| | A (n = 41) | B (n = 40) |
            | --- | --- | --- |
            | Histology | | |
            | Adenocarcinoma | 20 (49%) | 20 (50%) |
            | Ductal | 12 (29%) | 13 (33%) |
            | Lobular | 8 (20%) | 7 (18%) |
            | Squamous | 21 (51%) | 20 (50%) |"""
        )
    )
    assert [row.label for row in partition.rows] == ["Adenocarcinoma", "Squamous"]
    assert len(partition.exact) == 2


def test_a_total_row_is_no_category(judge: JudgeTable) -> None:
    (partition,) = find_partitions(
        judge(
            """| Stage | A (n = 41) |
            | --- | --- |
            | III | 20 (49%) |
            | IV | 21 (51%) |
            | Total | 41 (100%) |"""
        )
    )
    assert [row.label for row in partition.rows] == ["III", "IV"]


def test_the_known_add_up_to_their_own_denominator(judge: JudgeTable) -> None:
    (partition,) = find_partitions(
        judge(
            """| | A (n = 160) |
            | --- | --- |
            | ECOG | |
            | 0 | 77 (49.7%) |
            | 1 | 75 (48.4%) |
            | 2 | 3 (1.9%) |"""
        )
    )
    (total,) = partition.sums
    assert (total.total, total.whole, total.shared) == (155, 160, 155)
    assert total.exact


def test_twins(judge: JudgeTable) -> None:
    judgement = judge(
        """| | A (n = 41) | B (n = 40) |
        | --- | --- | --- |
        | First reading | | |
        | Low | 20 (49%) | 20 (50%) |
        | High | 21 (51%) | 20 (50%) |
        | Second reading | | |
        | Low | 22 (54%) | 20 (50%) |
        | High | 21 (51%) | 20 (50%) |"""
    )
    first, second = find_partitions(judgement)
    assert (first.twin, second.twin) == (False, True)


def test_arms_and_grades(table: ReadTable) -> None:
    reading = table(
        """| Event | Arm A (n = 41) | | | Arm B (n = 40) | | |
        | --- | --- | --- | --- | --- | --- | --- |
        | | All grades | Grade 1-2 | Grade ≥3 | All grades | Grade 1-2 | Grade ≥3 |
        | Nausea | 20 | 15 | 5 | 10 | 9 | 1 |
        | Rash | 7 | 5 | 1 | 8 | 8 | 0 |"""
    )
    found = list(column_additions(reading))
    assert [(a.stated, a.total, a.holds) for a in found] == [
        (20, 20, True),
        (7, 6, False),
        (10, 10, True),
        (8, 8, True),
    ]


def test_overlapping_grades_are_not_added(table: ReadTable) -> None:
    reading = table(
        """| Event | All grades | Grade 3 | Grade ≥3 |
        | --- | --- | --- | --- |
        | Nausea | 20 | 4 | 5 |"""
    )
    assert list(column_additions(reading)) == []


def test_total_column_and_total_row_with_their_denominators(table: ReadTable) -> None:
    reading = table(
        """| Line | A | B | Total |
        | --- | --- | --- | --- |
        | First | 25.0 (1/4) | 50.0 (2/4) | 37.5 (3/8) |
        | Second | 0.0 (0/2) | 33.3 (1/3) | 20.0 (1/5) |
        | Total | 16.7 (1/6) | 42.9 (3/7) | 30.8 (4/13) |"""
    )
    across, down = list(column_additions(reading)), list(row_additions(reading))
    assert all(a.holds for a in (*across, *down))
    assert {(a.law.split()[0], a.role.value) for a in (*across, *down)} == {
        *((law, role) for law in ("arms", "rows") for role in ("count", "denominator"))
    }
    assert len(across) == 6
    assert len(down) == 6


def test_a_dash_leaves_its_sum_unjudged(table: ReadTable) -> None:
    reading = table(
        """| Line | A | B | Total |
        | --- | --- | --- | --- |
        | First | 1/4 | – | 3/8 |
        | Second | 0/2 | 1/3 | 1/5 |
        | Total | 1/6 | 3/7 | 4/13 |"""
    )
    assert all(a.whole.row.label != "First" for a in column_additions(reading))
    assert all(a.whole.column != 2 for a in row_additions(reading))


UNKNOWN = """| | A (n = 50) | B (n = 60) |
| --- | --- | --- |
| ECOG, n (%) | | |
| 0 | 20 (42) | 30 (52) |
| 1 | 28 (58) | 28 (48) |
| Unknown | 2 | 2 |
| Stage, n (%) | | |
| III | 25 (50) | 40 (67) |
| IV | 25 (50) | 20 (33) |"""
ROW_TOTALS = """| Characteristic | No. of patients | Response, n (%) | No response, n (%) |
| --- | --- | --- | --- |
| Sex | | | |
| Male | 54 | 12 (22) | 42 (78) |
| Female | 54 | 12 (22) | 42 (78) |
| Histology | | | |
| Adenocarcinoma | 27 | 9 (33) | 18 (67) |
| Squamous | 16 | 2 (13) | 14 (88) |
| Other | 65 | 13 (20) | 52 (80) |"""
FRACTIONS = """| Sex | Response, n/N (%) |
| --- | --- |
| Male | 30/50 (60%) |
| Female | 25/50 (50%) |"""
LONE_ROW = f"""| | A (n = 21) | B (n = 22) | C (n = 20) |
| --- | --- | --- | --- |
| Sex | | | |
| {IN}Male | 13 (61.9%) | 11 (50.0%) | 12 (60.0%) |
| {IN}Female | 8 (38.1%) | 11 (50.0%) | 8 (40.0%) |
| Prior surgery | 1 (4.8%) | 0 (0.0%) | 0 (0.0%) |"""
ANNOUNCED_ROW = """| | A (n = 17) | B (n = 17) | C (n = 17) |
| --- | --- | --- | --- |
| Prior transplantation, n (%) | | | |
| Yes | 6 (35) | 5 (29) | 5 (29) |
| No | 10 (59) | 11 (65) | 11 (65) |
| Central catheter, n (%) | 1 (6) | 3 (18) | 1 (6) |"""
GRADES = """| | Arm A | | | Arm B | | |
| --- | --- | --- | --- | --- | --- | --- |
| | All grades | Grade 1-2 | Grade ≥3 | All grades | Grade 1-2 | Grade ≥3 |
| No. of patients | 35 | 35 | 35 | 76 | 76 | 76 |
| Anaemia | 8 (22.9%) | 5 (14.3%) | 3 (8.6%) | 14 (18.4%) | 12 (15.8%) | 2 (2.6%) |
| Nausea | 34 (97.1%) | 25 (71.4%) | 9 (25.7%) | 73 (96.1%) | 62 (81.6%) | 11 (14.5%) |
| Rash | 12 (34.3%) | 9 (25.7%) | 3 (8.6%) | 24 (31.6%) | 12 (15.8%) | 12 (15.8%) |"""
CHANCE = f"""| | A (n = 10) | B (n = 8) | C (n = 8) |
| --- | --- | --- | --- |
| Reasons for discontinuation | | | |
| {IN}Toxicity | 1 (10%) | 0 (0%) | 0 (0%) |
| {IN}Patient choice | 10 (100%) | 8 (100%) | 8 (100%) |
| {IN}Other reason | 7 (70%) | 5 (63%) | 5 (63%) |"""
FEW = """| | A, N = 8 | B, N = 8 | C, N = 8 | D, N = 8 |
| --- | --- | --- | --- | --- |
| Never | 2 (25%) | 2 (25%) | 4 (50%) | 2 (25%) |
| Former | 6 (75%) | 6 (75%) | 4 (50%) | 6 (75%) |
| Current | 0 (0%) | 0 (0%) | 0 (0%) | 0 (0%) |
| White | 0 (0%) | 0 (0%) | 1 (13%) | 1 (13%) |
| Asian | 8 (100%) | 8 (100%) | 7 (88%) | 7 (88%) |"""


KNOWN_TOTAL = """| | Total (n = 558) | A (n = 279) | B (n = 279) |
| --- | --- | --- | --- |
| Age group, n (%) | | | |
| <65 years | 412 (76) | 203 (74) | 209 (77) |
| ≥65 years | 132 (24) | 70 (26) | 62 (23) |
| Response, n (%) | | | |
| CR | 167 (30) | 84 (30) | 83 (30) |
| PR | 391 (70) | 195 (70) | 196 (70) |"""
PRINTED_ABOVE = """| | A (n = 46) | B (n = 48) |
| --- | --- | --- |
| Measurable disease, n (%) | 45 (98) | 46 (96) |
| Histology, n (%) | | |
| Adenocarcinoma | 9 (20) | 12 (26) |
| Squamous | 12 (27) | 14 (30) |
| Large cell | 21 (47) | 18 (39) |
| Other | 3 (7) | 2 (4) |
| Missing | 1 | 2 |"""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name)
        for name, text in (
            ("unknown", UNKNOWN),
            ("row totals", ROW_TOTALS),
            ("fractions", FRACTIONS),
            ("lone row", LONE_ROW),
            ("announced row", ANNOUNCED_ROW),
            ("N below grades", GRADES),
            ("chance", CHANCE),
            ("known in total", KNOWN_TOTAL),
            ("printed above", PRINTED_ABOVE),
            ("few patients", FEW),
        )
    ],
)
def test_a_consistent_table_raises_no_alarm(alarms: Alarms, text: str) -> None:
    assert alarms(text) == []


@pytest.mark.parametrize(
    "text",
    [
        TWO_BLOCKS,
        # rounded parts add up to 99, cumulative rows, a list without its "none"
        "| | A (n = 33) |\n| --- | --- |\n| I | 11 (33%) |\n| II | 11 (33%) |\n| III | 11 (33%) |",
        "| | A (n = 40) |\n| --- | --- |\n| CR | 4 (10%) |\n| CR or PR | 14 (35%) |\n"
        "| CR, PR or SD | 34 (85%) |",
        "| | A (n = 40) |\n| --- | --- |\n| Liver only | 14 (35%) |\n| Lung only | 6 (15%) |",
    ],
)
def test_what_looks_odd_and_is_right_raises_no_alarm(alarms: Alarms, text: str) -> None:
    assert alarms(text) == []


def test_reading_twice_gives_the_same(read: Callable[..., Manuscript]) -> None:
    assert read(TWO_BLOCKS).claims == read(TWO_BLOCKS).claims
