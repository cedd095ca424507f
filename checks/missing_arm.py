"""A subject who was randomised or treated has no arm.

## What it does
Looks for patients without a planned arm although they have a date of randomisation (or enrolment),
and without an actual arm although they have a first dose. Silent: screening failures, who have
neither date, and studies in which nobody has an arm in that column (one arm), unless the study
file names the arms.

## Why it matters
Who has no arm is in no group: the arms no longer sum to the patients.

## Example
RANDDT is 2021-05-10, TRT01P is empty.

## References
CDISC ADaM Implementation Guide 1.3, section 3.2 (ADSL: TRT01P, TRT01A). ICH E9, section 5.2.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import breaches, finding, named, span, words

LAWS = (("TRT01P", "RANDDT"), ("TRT01A", "TRTSDT"))


@check(code="COH039", name="missing-arm", subject=Subject.COHORT)
def missing_arm(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each patient without the arm that the dates ask for."""
    patients = cohort.need("patients", "USUBJID")
    judged = False
    for arm, date in LAWS:
        if not patients.has(arm, date):
            continue
        dated, empty = span(patients, date).known, words(patients.frame[arm]) == ""
        declared = bool(cohort.study.arms) and arm == cohort.study.arm
        if not dated.any() or (empty.all() and not declared):
            continue
        judged = True
        yield Evaluated(int(dated.sum()))
        yield from breaches(Severity.ERROR, dated & empty, partial(_one, patients, arm, date))
    if not judged:
        raise NotEvaluable("no arm stands beside a date of randomisation or first dose")


def _one(patients: Table, arm: str, date: str, row: int) -> Finding:
    return finding(
        Severity.ERROR,
        Verdict.DISAGREES,
        f"{named(patients, arm)} is empty, and {named(patients, date)} is not.",
        patients.place(row, arm),
        patients.place(row, date),
    )
