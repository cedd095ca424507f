"""The grades of an adverse event do not add up to its total.

## What it does
Where an arm has a column for all grades and columns for single grades or ranges of grades that
do not overlap, adds up the grades in every row. The law has to hold in most rows before a
break is believed, since many tables print only the severe grades.

## Why it matters
Each patient is counted once, at the worst grade (CTCAE): the grades have to add up to the
patients with the event.

## Example
Thrombocytopenia: all grades 5, grade 1-2 5, grade 3 or more 1; 5 + 1 is 6.

## References
National Cancer Institute. Common Terminology Criteria for Adverse Events, version 5.0, 2017.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.extraction.reading import TableReading
from auditor.extraction.wholes import Addition, column_additions
from auditor.finding import Finding, Judged
from auditor.manuscript import Manuscript

from ._additions import judge_totals


@check(code="GRD001", name="grades-miss-total")
def grades_miss_total(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every row in which the grades miss their total."""
    yield from judge_totals(
        manuscript,
        _grades,
        "grades",
        least=3,
        nothing="no table has all grades beside single grades",
    )


def _grades(reading: TableReading) -> Iterator[Addition]:
    return (a for a in column_additions(reading) if a.law.startswith("grades"))
