"""What several checks gather alike is gathered once, and again for another reading."""

from __future__ import annotations

from dataclasses import replace

from auditor.reanalysis.gathered import compared_counts
from auditor.testing import read_text

PAPER = """
Table 1. Responses

| | Drug A (n = 30) | Drug B (n = 28) | P |
| --- | --- | --- | --- |
| ORR, n (%) | 6 (20) | 13 (46) | 0.03 |
"""


def test_the_same_comparisons_come_again() -> None:
    manuscript = read_text(PAPER)
    first = compared_counts(manuscript)
    assert [one.tables[0] for one in first] == [((6, 24), (13, 15))]
    assert compared_counts(manuscript) is first


def test_a_copy_with_other_tables_is_gathered_anew() -> None:
    manuscript = read_text(PAPER)
    assert compared_counts(manuscript)
    assert compared_counts(replace(manuscript, judged=(), tables=(), partitions=())) == ()
    assert compared_counts(manuscript)
