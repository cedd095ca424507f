"""A time to an event stands under another arm than its patient has.

## What it does
Compares the arm in the table of times to events with the planned arm of the patients table, or
with the actual one where the whole table follows that. Each difference is an error. Silent: an
empty arm in either table, and other words for the arms (where most differ, one note says so).

## Why it matters
The curve of an arm then holds a subject of the other.

## Example
ADSL has "A" for the subject, ADTTE has "B" in the PFS record.

## References
CDISC ADaM Implementation Guide 1.3, section 3.1 (variables copied from ADSL keep their values).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import breaches, finding, named, owners, true_rows, words


@check(code="COH041", name="arm-mismatch", subject=Subject.COHORT)
def arm_mismatch(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each time under another arm than the patient's."""
    times = cohort.need("times", "USUBJID", "TRT01P")
    patients = cohort.need("patients", "USUBJID")
    columns = [column for column in ("TRT01P", "TRT01A") if patients.has(column)]
    if not columns:
        raise NotEvaluable(f"patients ({patients.delivered.name}) have no arm")
    owner, stated = owners(cohort, times), words(times.frame["TRT01P"])
    wrong = {}
    for column in columns:
        arm = owner.map(words(patients.frame[column])).fillna("")
        wrong[column] = (stated != "") & (arm != "") & (stated != arm)
    # The planned arm, unless the actual one explains the table better.
    column = min(columns, key=lambda name: int(wrong[name].sum()))
    judged = int(((stated != "") & owner.notna()).sum())
    if not judged:
        raise NotEvaluable("no time to an event has an arm and a known patient")
    yield Evaluated(judged)
    mask = wrong[column]
    if mask.sum() > 2 and mask.sum() > judged / 2:
        yield finding(
            Severity.NOTE,
            Verdict.CONVENTION,
            f"{named(times, 'TRT01P')} differs from {named(patients, column)} in "
            f"{int(mask.sum())} of {judged} records: other words for the arms.",
            times.place(true_rows(mask)[0], "TRT01P"),
        )
        return

    def make(row: int) -> Finding:
        place = patients.place(int(owner[row]), column)
        return finding(
            Severity.ERROR,
            Verdict.DISAGREES,
            f"{named(times, 'TRT01P')} is not the arm of the patient ({named(patients, column)}).",
            times.place(row, "TRT01P"),
            place,
            expected=place.quote,
        )

    yield from breaches(Severity.ERROR, mask, make)
