"""Percentages judged against denominators that are stated, solved, or printed beside them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.extraction.judged import Status, TableJudgement
from auditor.manuscript import Manuscript

JudgeTable = Callable[[str], TableJudgement]
Read = Callable[..., Manuscript]
Alarms = Callable[..., list[str]]
RIGHT, WRONG, ROUNDED, NOBODY = Status.RIGHT, Status.WRONG, Status.ROUNDED, Status.NOBODY
UNSTATED, PROBABLE, UNREADABLE = Status.UNSTATED, Status.PROBABLE, Status.UNREADABLE


def statuses(judgement: TableJudgement) -> list[Status]:
    return [p.status for p in judgement.percents]


def test_over_the_n_of_the_header(judge: JudgeTable) -> None:
    judgement = judge(
        """| | A (n = 82) | B (n = 81) |
        | --- | --- | --- |
        | Male | 57 (65.5%) | 54 (66.7%) |
        | Female | 25 (30.5%) | 27 (33.3%) |"""
    )
    assert statuses(judgement) == [WRONG, RIGHT, RIGHT, RIGHT]
    wrong = judgement.percents[0]
    assert wrong.basis.value == 82
    assert wrong.impossible
    assert not wrong.alternatives


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("21/249 (8%)", RIGHT),
        ("161/249 (66%)", WRONG),
        ("66% (161/249)", WRONG),
        ("65% (161/249)", RIGHT),
        ("161/249 (64%)", ROUNDED),
        ("0/0 (0%)", NOBODY),
        ("0 (0/0)", NOBODY),
        ("0/12 (0%)", RIGHT),
        ("12/12 (100%)", RIGHT),
        ("13/12 (108%)", WRONG),
    ],
)
def test_over_the_fraction_in_the_cell(judge: JudgeTable, cell: str, status: Status) -> None:
    judgement = judge(f"| | A (n = 41) |\n| --- | --- |\n| Cycles | {cell} |")
    assert statuses(judgement) == [status]


def test_two_counts_with_the_share_of_the_first(judge: JudgeTable) -> None:
    judgement = judge("| | All |\n| --- | --- |\n| Female/male | 39/65 (37.5%) |")
    assert statuses(judgement) == [RIGHT]
    assert judgement.percents[0].basis.value == 104


def test_over_the_n_of_the_row(judge: JudgeTable) -> None:
    judgement = judge(
        """| Marker | No. evaluated | Positive, n (%) | Negative, n (%) |
        | --- | --- | --- | --- |
        | HER2 | 40 | 10 (25%) | 30 (75%) |
        | ER | 36 | 9 (25%) | 27 (75%) |
        | PR | 38 | 19 (60%) | 19 (50%) |"""
    )
    assert statuses(judgement) == [RIGHT, RIGHT, RIGHT, RIGHT, WRONG, RIGHT]
    assert [p.basis.value for p in judgement.percents] == [40, 40, 36, 36, 38, 38]


def test_over_the_n_of_the_heading_one_an_arm(judge: JudgeTable) -> None:
    judgement = judge(
        """| | A | B |
        | --- | --- | --- |
        | Response (n = 38 in A, n = 36 in B) | | |
        | CR | 3 (8%) | 4 (11%) |
        | PR | 10 (26%) | 12 (33%) |
        | SD | 25 (66%) | 20 (56%) |"""
    )
    assert set(statuses(judgement)) == {RIGHT}
    assert {p.basis.value for p in judgement.percents} == {38, 36}


def test_over_a_solved_n(judge: JudgeTable) -> None:
    judgement = judge(
        """| | All, n (%) |
        | --- | --- |
        | Sex | |
        | Male | 57 (69.5) |
        | Female | 25 (30.5) |
        | Stage | |
        | III | 31 (37.8) |
        | IV | 51 (62.2) |
        | Smoker | 20 (20.4) |"""
    )
    assert {p.basis.value for p in judgement.percents} == {82}
    assert statuses(judgement)[:4] == [RIGHT] * 4
    assert statuses(judgement)[-1] is not RIGHT


def test_over_a_smaller_n_that_the_block_shares(judge: JudgeTable) -> None:
    judgement = judge(
        """| | A (n = 160) |
        | --- | --- |
        | ECOG | |
        | 0 | 77 (49.7%) |
        | 1 | 75 (48.4%) |
        | 2 | 3 (1.9%) |"""
    )
    assert statuses(judgement) == [UNSTATED, UNSTATED, RIGHT]  # 3 is 1.9% of 160 as well
    assert [p.basis.value for p in judgement.percents] == [155, 155, 160]


def test_over_the_row_above(judge: JudgeTable) -> None:
    judgement = judge(
        """| | A (n = 82) |
        | --- | --- |
        | Biopsied | 40 (48.8%) |
        | &nbsp;&nbsp;Positive | 30 (75.0%) |
        | &nbsp;&nbsp;Negative | 10 (25.0%) |"""
    )
    assert statuses(judgement) == [RIGHT, RIGHT, RIGHT]
    assert [p.basis.value for p in judgement.percents] == [82, 40, 40]


def test_along_the_rows(judge: JudgeTable) -> None:
    judgement = judge(
        """| | CR, n (%) | SD, n (%) | PD, n (%) |
        | --- | --- | --- | --- |
        | FS | 2 (22) | 5 (56) | 2 (22) |
        | LMS | 4 (27) | 8 (53) | 3 (20) |
        | Other | 1 (14) | 2 (29) | 4 (57) |"""
    )
    assert judgement.row_wise
    assert [p.basis.value for p in judgement.percents] == [9] * 3 + [15] * 3 + [7] * 3
    assert set(statuses(judgement)) == {RIGHT}


def test_ordinary_tables_are_not_read_along_the_rows(judge: JudgeTable) -> None:
    judgement = judge(
        """| | A (n = 82) | B (n = 81) | C (n = 80) |
        | --- | --- | --- | --- |
        | Male | 57 (69.5%) | 54 (66.7%) | 40 (50.0%) |
        | Smoker | 25 (30.5%) | 27 (33.3%) | 40 (50.0%) |"""
    )
    assert not judgement.row_wise


@pytest.mark.parametrize("label", ["2-year survival rate", "PFS at 12 months", "Target lesions"])
def test_what_counts_no_patients_is_not_accused(judge: JudgeTable, label: str) -> None:
    judgement = judge(
        f"""| | A (n = 82) |
        | --- | --- |
        | Male | 57 (69.5%) |
        | Smoker | 25 (30.5%) |
        | {label} | 57 (61.0%) |"""
    )
    assert statuses(judgement) == [RIGHT, RIGHT, UNREADABLE]


def test_a_bound_is_taken_at_its_word(judge: JudgeTable) -> None:
    judgement = judge(
        """| | A (n = 266) |
        | --- | --- |
        | Fever | 1 (<1%)‡ |
        | Nausea | 23 (9%) |
        | Anaemia | 32 (12%) |
        | Infection | 3 (<1%) |"""
    )
    assert statuses(judgement) == [RIGHT, RIGHT, RIGHT, WRONG]


def test_an_arm_borrows_its_n_from_another_table(read: Read) -> None:
    manuscript = read(
        """Table 1. Patients

        | | Arm A (n = 82) | Arm B (n = 81) |
        | --- | --- | --- |
        | Male | 57 (69.5%) | 54 (66.7%) |

        Table 2. Toxicity

        | | Arm A, n (%) | Arm B, n (%) |
        | --- | --- | --- |
        | Rash | 20 (24.4) | 21 (25.9) |
        | Fever | 10 (15.2) | 7 (8.6) |"""
    )
    second = manuscript.judged[1]
    assert [p.basis.value for p in second.percents] == [82, 81, 82, 81]
    assert statuses(second)[:2] == [RIGHT, RIGHT]
    assert statuses(second)[2] is not RIGHT


def test_a_borrowed_n_must_not_beat_the_blocks_of_the_table(alarms: Alarms) -> None:
    """ITT at baseline (138 patients, no N), and the treated among them in the table of toxicity."""
    text = """Table 1. Baseline

        | | Arm A, n (%) | Arm B, n (%) |
        | --- | --- | --- |
        | Age | | |
        | <50 | 14 (21) | 12 (17) |
        | 50-64 | 36 (54) | 35 (49) |
        | ≥65 | 17 (25) | 24 (34) |
        | Class | | |
        | A | 33 (49) | 40 (56) |
        | B | 33 (49) | 30 (42) |
        | Unknown | 1 (1) | 1 (1) |
        | Regimens | | |
        | 0 | 26 (39) | 21 (30) |
        | 1 | 6 (9) | 10 (14) |
        | 2 | 12 (18) | 17 (24) |
        | ≥3 | 23 (34) | 23 (32) |

        Table 2. Toxicity

        | | Arm A (n = 66) | Arm B (n = 69) |
        | --- | --- | --- |
        | Rash | 20 (30) | 21 (30) |
        | Fever | 10 (15) | 7 (10) |"""
    assert alarms(text) == []


@pytest.mark.parametrize("label", ["95% CI", "(95% CI)", ""])
def test_an_interval_below_a_rate_is_no_count(alarms: Alarms, label: str) -> None:
    text = f"""| | A (n = 41) | B (n = 40) |
        | --- | --- | --- |
        | CR or PR | 16 (39%) | 10 (25%) |
        | {label} | 24–56% | 13–41% |
        | Stable disease | 12 (29%) | 12 (30%) |
        | Progression | 13 (32%) | 18 (45%) |"""
    assert alarms(text) == []


def test_a_count_without_percentage_is_no_part_of_the_whole(alarms: Alarms) -> None:
    text = """| | A (n = 5) | B (n = 5) |
        | --- | --- | --- |
        | Site | | |
        | Colon | – | 2 (40.0%) |
        | Rectum | 4 (100.0%) | 3 (60.0%) |
        | Not available | 1 | 0 |
        | Sex | | |
        | Male | 1 (20.0%) | 2 (40.0%) |
        | Female | 4 (80.0%) | 3 (60.0%) |"""
    assert alarms(text) == []


def test_truncated_percentages_of_the_known(alarms: Alarms) -> None:
    text = """| | A (n = 55) | B (n = 53) |
        | --- | --- | --- |
        | Sex | | |
        | Male | 31 (56%) | 36 (67%) |
        | Female | 24 (43%) | 17 (32%) |
        | Treatment line | | |
        | First | 45 (84%) | 42 (80%) |
        | Second | 3 (5%) | 6 (11%) |
        | Beyond second | 5 (9%) | 4 (7%) |"""
    assert alarms(text) == []


def test_a_solved_n_of_few_rows_is_no_proof(alarms: Alarms) -> None:
    """Arm A has 11 patients, one of them without a grade and a class."""
    text = """| | Arm A, n (%) | Arm B, n (%) | Arm C, n (%) |
        | --- | --- | --- | --- |
        | Central catheter | 4 (36) | 2 (18) | 5 (45) |
        | Tumour grade | | | |
        | &nbsp;&nbsp;G1 | 7 (70) | 4 (44) | 7 (64) |
        | &nbsp;&nbsp;G2 | 2 (20) | 2 (22) | 0 (0) |
        | &nbsp;&nbsp;G3 | 1 (10) | 3 (33) | 4 (36) |
        | Previous malignancy | 1 (9) | 3 (27) | 1 (9) |
        | Child-Pugh class | | | |
        | &nbsp;&nbsp;A | 6 (60) | 3 (27) | 8 (73) |
        | &nbsp;&nbsp;B | 4 (40) | 8 (73) | 3 (27) |"""
    assert alarms(text) == []


def test_neighbours_that_add_up_to_their_denominator(alarms: Alarms) -> None:
    text = """| | A (n = 23) | B (n = 203) |
        | --- | --- | --- |
        | T stage: T1 | 5 (21.7%) | 35 (17.2%) |
        | T stage: T2 | 11 (47.8%) | 68 (33.5%) |
        | T stage: T3 | 7 (30.4%) | 100 (49.3%) |
        | Child-Pugh class: A | 19 (100.0%) | 164 (92.1%) |
        | Child-Pugh class: B | 0 (0.0%) | 14 (7.9%) |"""
    assert alarms(text) == []


def test_means_have_no_percentages(judge: JudgeTable) -> None:
    judgement = judge("| | A | B |\n| --- | --- | --- |\n| Age, mean (SD) | 60 (10) | 61 (11) |")
    assert judgement.percents == ()
    assert judgement.arms == {}
