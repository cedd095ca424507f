"""The arms do not add up to the total column.

## What it does
Where a column is headed "Total" (or "All", "Overall") adds up the arms beside it in every row,
counts and denominators alike, and compares the sum with the total. The law has to hold in most
rows before a break is believed; rows with an empty or dashed cell are not judged. Percentages
are never added.

## Why it matters
Either the total or an arm is wrong, and percentages are computed from both.

## Example
EGFR negative: 84 in all, but 39 and 38 in the two arms, which is 77.

## References
CONSORT 2010 statement, item 15 (baseline data by group).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.extraction.reading import TableReading
from auditor.extraction.wholes import Addition, column_additions
from auditor.finding import Finding, Judged
from auditor.manuscript import Manuscript

from ._additions import judge_totals


@check(code="SUM002", name="arms-miss-total")
def arms_miss_total(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every row in which the arms miss their total."""
    yield from judge_totals(
        manuscript,
        _arms,
        "arms",
        least=2,
        nothing="no table has a total column beside its arms",
    )


def _arms(reading: TableReading) -> Iterator[Addition]:
    return (a for a in column_additions(reading) if a.law.startswith("arms"))
