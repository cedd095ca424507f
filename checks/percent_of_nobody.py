"""A percentage is printed of a group in which there is nobody.

## What it does
Finds fractions whose denominator is 0 with a percentage beside them, such as "0 (0/0)".

## Why it matters
0/0 has no value. Printed as 0% it reads as "none responded", although nobody was treated: a
reader who pools or compares the groups is misled. A dash says what is meant.

## Example
"0 (0/0)" as the disease control rate of a group without patients.

## References
ICH E3 guideline (1996), section 11.4.2: results are given with the number of patients they
are based on.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import places, where
from auditor.extraction.judged import Status
from auditor.extraction.reading import Entry, TableReading
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.manuscript import Manuscript


@check(code="PCT003", name="percent-of-nobody")
def percent_of_nobody(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a warning for every percentage of 0 patients."""
    judged = 0
    for judgement in manuscript.judged:
        cells: dict[Place, list[Entry]] = {}
        for percent in judgement.percents:
            entry = percent.stated.entry
            if percent.stated.denominator is None:
                continue
            judged += 1
            yield Judged(entry.claims)
            if percent.status is Status.NOBODY:
                cells.setdefault(entry.place, []).append(entry)
        for entries in cells.values():
            yield _finding(judgement.reading, entries)
    if not judged:
        raise NotEvaluable("no table prints a fraction n/N with its percentage")


def _finding(reading: TableReading, entries: list[Entry]) -> Finding:
    first = entries[0]
    return Finding(
        severity=Severity.WARNING,
        verdict=Verdict.IMPOSSIBLE,
        message=f"{where(reading, first)}: {first.place.quote} is a percentage of nobody; "
        "0/0 has no value.",
        places=places(*entries),
        reported=first.place.quote,
        expected="0/0 without a percentage",
        arithmetic=("0/0 is not defined",),
        suggestion="print a dash where there are no patients",
    )
