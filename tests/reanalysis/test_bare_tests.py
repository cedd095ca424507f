"""P values of sentences without numbers, and the rows of tables that they are of."""

from __future__ import annotations

import pytest

from auditor.reanalysis.compared import ComparedCounts
from auditor.reanalysis.text_counts import compared
from auditor.testing import read_text

PAPER = """# Drug A against drug B

## Methods

The objective response rate (ORR) was recorded.

## Results

{}

Table 1. Results

|                       | Drug A (n = 30) | Drug B (n = 28) |
| --------------------- | --------------- | --------------- |
| ORR, n (%)            | 6 (20)          | 13 (46)         |
| Nausea, n (%)         | 12 (40)         | 9 (32)          |
| Severe nausea, n (%)  | 3 (10)          | 1 (4)           |
| No surgery, n (%)     | 7 (23)          | 2 (7)           |
| Relapse, n (%)        | 9 (30)          | 4 (14)          |
| OS at 2 years, n (%)  | 14 (47)         | 20 (71)         |
"""


def of(text: str) -> tuple[ComparedCounts, ...]:
    return compared(read_text(PAPER.format(text)))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("The ORR did not differ between drug A and drug B (P = 0.62).", ((6, 24), (13, 15))),
        ("There was no significant difference in nausea between the two groups (P = 0.62).",
         ((12, 18), (9, 19))),
        ("Severe nausea was more frequent with drug A than with drug B (P = 0.62).",
         ((3, 27), (1, 27))),
    ],
)  # fmt: skip
def test_the_row_that_the_sentence_names(text: str, rows: tuple[tuple[int, int], ...]) -> None:
    (found,) = of(text)
    assert found.certain
    assert found.tables == (rows,)
    assert found.groups == ("Drug A", "Drug B")


def test_groups_that_are_not_named_leave_it_open() -> None:
    (found,) = of("The ORR differed significantly (P = 0.04).")
    assert (found.certain, found.doubt) == (False, "the groups are not named")


def test_events_that_come_in_time_leave_it_open() -> None:
    (found,) = of("The relapse rate differed between drug A and drug B (P = 0.04).")
    assert not found.certain
    (found,) = of(
        "The relapse rate differed between drug A and drug B (chi-square test, P = 0.04)."
    )
    assert found.certain
    assert found.test == "chi-squared"


@pytest.mark.parametrize(
    "text",
    [
        # more is said than the row says
        "The ORR of second-line therapy did not differ between drug A and drug B (P = 0.62).",
        "Surgery was more frequent with drug A than with drug B (P = 0.62).",
        "Nausea that led to discontinuation did not differ between the two groups (P = 0.62).",
        # no test of counts
        "The 2-year OS did not differ between drug A and drug B (P = 0.62).",
        "The ORR was correlated with nausea (P = 0.62).",
        "The ORR did not differ between drug A and drug B in multivariable analysis (P = 0.62).",
        "The ORR did not differ between drug A and drug B, stratified by sex (P = 0.62).",
        # several at once
        "ORR and nausea did not differ between drug A and drug B (P > 0.05 for all).",
        # nothing compared
        "The ORR was noted (P = 0.62).",
    ],
)
def test_other_sentences_are_not_tied(text: str) -> None:
    assert of(text) == ()
