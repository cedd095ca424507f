"""Something ends before it starts.

## What it does
Compares the end with the start of adverse events, exposures, lines of treatment, times to events
and, for patients, of treatment (first and last dose) and of study (randomisation, end). The same
day is in order. Partial dates are judged by the days that they can mean: an event that starts on
2020-03-15 and ends in "2020-03" is in order. Silent: a missing end (ongoing) and a missing start.

## Why it matters
Durations become negative; one of the two dates is wrong.

## Example
An adverse event from 2020-03-15 to 2020-03-01.

## References
CDISC SDTM Implementation Guide 3.4 (--STDTC, --ENDTC). SCDM Good Clinical Data Management
Practices, chapter on edit checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import YEAR, Span, breaches, date_slip, finding, named, span

PAIRS = (
    ("patients", "TRTSDT", "TRTEDT"),
    ("patients", "RANDDT", "EOSDT"),
    ("times", "STARTDT", "ADT"),
    ("adverse_events", "ASTDT", "AENDT"),
    ("lines", "ASTDT", "AENDT"),
    ("exposures", "ASTDT", "AENDT"),
)


@check(code="COH009", name="end-before-start", subject=Subject.COHORT)
def end_before_start(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each row whose end is before its start."""
    judged = False
    for name, start, end in PAIRS:
        if not cohort.has(name, start, end):
            continue
        table = cohort.tables[name]
        first, last = span(table, start), span(table, end)
        both = first.known & last.known
        if both.any():
            judged = True
            yield Evaluated(int(both.sum()))
            make = partial(_one, table, start, end, first, last)
            yield from breaches(Severity.ERROR, last.before(first), make)
    if not judged:
        raise NotEvaluable("no record has both a start and an end")


def _one(table: Table, start: str, end: str, first: Span, last: Span, row: int) -> Finding:
    least = first.earliest[row]
    slip = date_slip(last.earliest[row], least, least + YEAR)
    return finding(
        Severity.ERROR,
        Verdict.IMPOSSIBLE,
        f"{named(table, end)} is before {named(table, start)} of the same record.",
        table.place(row, end),
        table.place(row, start),
        suggestion=f"end: {slip}" if slip else "",
    )
