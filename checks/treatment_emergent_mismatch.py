"""The flag of a treatment-emergent adverse event contradicts the first dose.

## What it does
Compares TRTEMFL with the start of the event and the subject's first dose: "Y" for an event that
certainly started before it, or for a subject without any dose where others have a date, and "N"
for one that started after the first and up to the last dose. Silent: events on the day of first
dose either way, partial dates that allow both, events after the last dose (the period of
observation is the study's), an empty flag, subjects without a first dose who are many (an arm under
observation), and all of it where most of the flagged events would be
wrong: then events that worsened count, and one note says so.

## Why it matters
The safety tables show treatment-emergent events only.

## Example
First dose 2021-05-10, an event of 2021-04-20 with TRTEMFL "Y".

## References
ICH E9, glossary (treatment emergent). CDISC ADaM Occurrence Data Structure 1.1 (TRTEMFL).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import breaches, dosed, finding, named, owners, span, true_rows, words

FEW = 0.34


@check(code="COH027", name="treatment-emergent-mismatch", subject=Subject.COHORT)
def treatment_emergent_mismatch(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each event whose flag the dates contradict."""
    events = cohort.need("adverse_events", "USUBJID", "TRTEMFL", "ASTDT")
    patients = cohort.need("patients", "USUBJID", "TRTSDT")
    owner = owners(cohort, events)
    day, first = span(events, "ASTDT"), span(patients, "TRTSDT").at(owner)
    flag = words(events.frame["TRTEMFL"])
    judged = flag.isin(("Y", "N")) & owner.notna() & (first.known & day.known)
    if not judged.any():
        raise NotEvaluable("no flagged adverse event has a start beside a first dose")
    early = judged & (flag == "Y") & day.before(first)
    untreated = (flag == "Y") & owner.notna() & ~first.known
    flagged = int((judged & (flag == "Y")).sum())
    yield Evaluated(int((judged | untreated).sum()))
    if early.sum() > 2 and early.sum() > flagged / 2:
        yield finding(
            Severity.NOTE,
            Verdict.CONVENTION,
            f"{named(events, 'TRTEMFL')}: {int(early.sum())} of {flagged} flagged events "
            "started before the first dose; taken as events that worsened.",
            events.place(true_rows(early)[0], "TRTEMFL"),
        )
        early = early & False
    if untreated.sum() > FEW * max(1, flagged + int(untreated.sum())):
        # An arm under observation has no first dose.
        untreated = untreated & False
    during = judged & (flag == "N") & first.before(day)
    if dosed(patients, "TRTEDT"):
        during &= ~span(patients, "TRTEDT").at(owner).before(day)
        during &= span(patients, "TRTEDT").at(owner).known
    else:
        during &= False
    for mask, what in (
        (early, "is Y for an event that started before the first dose"),
        (untreated, "is Y for a subject without a date of first dose"),
        (during, "is N for an event that started between first and last dose"),
    ):
        yield from breaches(Severity.WARNING, mask, partial(_one, events, what))


def _one(events: Table, what: str, row: int) -> Finding:
    return finding(
        Severity.WARNING,
        Verdict.DISAGREES,
        f"{named(events, 'TRTEMFL')} {what}.",
        events.place(row, "TRTEMFL"),
        events.place(row, "ASTDT"),
    )
