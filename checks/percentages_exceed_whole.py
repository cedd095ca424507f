"""Percentages of categories that add up to N are of fewer patients than N.

## What it does
Looks for blocks whose counts add up exactly to N while their percentages share a smaller
denominator, so that the percentages add up to more than 100. A row for missing values, or one
without a percentage, may be in the counts and not in the denominator.

## Why it matters
Some patients are in the counts and not in the denominator: every percentage of the block is
too large.

## Example
8 (25.8%), 6 (19.4%), 10 (32.3%), 4 (12.9%), 1 (3.2%), 2 (6.5%), 2 (6.5%) among 33 patients:
the counts add up to 33, the percentages are of 31 and add up to 106.6.

## References
CONSORT 2010 statement, item 16 (the denominator of each analysis).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import addition, division, places
from auditor.extraction.judged import TableJudgement
from auditor.extraction.partitions import ColumnSum, Partition
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript


@check(code="SUM004", name="percentages-exceed-whole")
def percentages_exceed_whole(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield an error for every block whose percentages are of fewer than its patients."""
    judged = 0
    for judgement, partitions in zip(manuscript.judged, manuscript.partitions, strict=True):
        for partition in partitions:
            for total in partition.sums:
                judged += 1
                for entry in total.entries:
                    yield Judged(entry.claims)
                shared = total.shared
                several = len(total.entries) >= 3 or partition.exclusive
                apart = partition.marked or not (shared and total.begins_with(shared))
                exceeds = shared and total.total == total.whole and total.known > shared
                if several and shared and exceeds and apart:
                    yield _finding(judgement, partition, total, shared)
    if not judged:
        raise NotEvaluable("no block of categories has counts in a column with an N")


def _finding(
    judgement: TableJudgement, partition: Partition, total: ColumnSum, shared: int
) -> Finding:
    reading = judgement.reading
    column = reading.columns[total.column].label
    name = partition.heading or "the categories"
    counts = [e.count or 0 for e in total.entries]
    percents = [e.percent for e in total.entries if e.percent is not None]
    lines = [
        f"{addition(counts)} = N",
        f"{' + '.join(p.text.rstrip('%') for p in percents)} = {sum(p.value for p in percents)}%",
    ]
    lines += [
        f"{division(e.count, shared)}, printed {e.percent.text}; {division(e.count, total.whole)}"
        for e in total.entries[:3]
        if e.count and e.percent is not None
    ]
    return Finding(
        severity=Severity.ERROR,
        verdict=Verdict.DISAGREES,
        message=f"{reading.table.name}, “{name}”, column “{column}”: the counts add up to all "
        f"{total.whole} patients, but the percentages are of {shared}.",
        places=places(*total.entries),
        reported=f"percentages of {shared}",
        expected=f"percentages of {total.whole}",
        arithmetic=tuple(lines),
        suggestion=f"{total.whole - shared} patients are in the counts and not in the denominator",
    )
