"""A fatal adverse event belongs to a subject who is not recorded as dead.

## What it does
Looks up the subject of every event that is fatal (grade 5, fatal outcome, or results in death) in
the patients table, where a date of death or the flag has to stand. Silent: deaths without a fatal
event (of the disease, or after the period of observation), partial dates of death, and subjects
who are not among the patients.
A row whose grade, outcome and death contradict each other is left to fatal-event-mismatch.

## Why it matters
A death that only the safety tables know is missing in overall survival.

## Example
An event of grade 5 of a subject whose DTHDT and DTHFL are empty.

## References
Common Terminology Criteria for Adverse Events (CTCAE) 5.0: grade 5, death related to AE.
CDISC ADaM Implementation Guide 1.3 (DTHFL, DTHDT).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._adverse import fatal
from ._records import breaches, death, death_column, finding, holds, named, owners


@check(code="COH024", name="fatal-event-without-death", subject=Subject.COHORT)
def fatal_event_without_death(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each fatal event of a subject without a death."""
    events = cohort.need("adverse_events", "USUBJID")
    stated, by = fatal(events)
    if not by:
        raise NotEvaluable(f"{events.delivered.name} has no grade, outcome or death")
    patients, dead = death(cohort)
    owner = owners(cohort, events)
    if not owner.notna().any():
        raise NotEvaluable("no adverse event belongs to a known patient")
    yield Evaluated(int(owner.notna().sum()))
    alive = stated & owner.notna() & ~holds(owner.map(dead))
    column = death_column(patients)

    def make(row: int) -> Finding:
        own = next(name for name, rows in by.items() if rows[row])
        return finding(
            Severity.ERROR,
            Verdict.DISAGREES,
            f"{named(events, own)} states a fatal event, and the subject has no death "
            f"({named(patients, column)}).",
            events.place(row, own),
            patients.place(int(owner[row]), column),
        )

    yield from breaches(Severity.ERROR, alive, make)
