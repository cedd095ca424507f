"""The likely slip behind a wrong percentage is named, and none is made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.extraction.judged import Status, TableJudgement
from auditor.extraction.slips import likely_slip

JudgeTable = Callable[[str], TableJudgement]


def slip(judgement: TableJudgement) -> str:
    wrong = [p for p in judgement.percents if p.status in (Status.WRONG, Status.PROBABLE)]
    assert len(wrong) == 1
    return likely_slip(wrong[0], judgement)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("57 (6.95%)", "ten times too small"),
        ("2 (24.4%)", "ten times too large"),
        ("57 (96.5%)", "transposed digits: 96.5 for 69.5"),
        ("57 (79.5%)", "one digit differs: 79.5 for 69.5"),
        ("57 (70.7%)", "right for 58 of 82"),
        ("57 (95.0%)", "right for 57 of 60, the N of another column"),
    ],
)
def test_slips(judge: JudgeTable, cell: str, words: str) -> None:
    judgement = judge(
        f"""| | A (n = 82) | B (n = 60) |
        | --- | --- | --- |
        | Smoker | 41 (50.0%) | 21 (35.0%) |
        | Diabetes | 20 (24.4%) | 12 (20.0%) |
        | Hypertension | 33 (40.2%) | 15 (25.0%) |
        | Prior surgery | {cell} | 16 (26.7%) |"""
    )
    assert words in slip(judgement)


def test_the_count_that_makes_the_categories_add_up(judge: JudgeTable) -> None:
    judgement = judge(
        """| Nodes | A (n = 351) | B (n = 136) |
        | --- | --- | --- |
        | 1 | 171 (48.7) | 16 (11.8) |
        | 2 | 87 (23.9) | 19 (14.0) |
        | 3 | 35 (10.0) | 19 (14.0) |
        | 4 | 29 (8.3) | 14 (10.3) |
        | 5 or more | 32 (9.1) | 68 (50.0) |"""
    )
    assert "the count may be 84" in slip(judgement)


def test_no_slip_is_made_up(judge: JudgeTable) -> None:
    judgement = judge(
        """| | A (n = 8211) |
        | --- | --- |
        | Smoker | 4100 (49.93%) |
        | Diabetes | 2000 (24.36%) |
        | Hypertension | 3300 (40.19%) |
        | Prior surgery | 57 (81.47%) |"""
    )
    assert slip(judgement) == ""
