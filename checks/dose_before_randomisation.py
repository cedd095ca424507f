"""A subject received the first dose before randomisation.

## What it does
Compares the date of first dose with that of randomisation, both judged by the days that a partial
date can mean. The same day is in order. A warning where the study has two arms or more; a note in
a study of one arm, where the date is one of enrolment. Silent where most subjects were dosed
before: then the design has it so (run-in, induction, randomised withdrawal), and a single note
says it.

## Why it matters
A dose before randomisation breaks concealment, or one of the dates is wrong; time from
randomisation then starts too late.

## Example
Randomised 2021-05-10, first dose 2021-05-01, in a trial where all others were dosed after.

## References
ICH E9, section 2.3.2 (randomisation). CONSORT 2010, items 8 to 10.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import breaches, date_slip, finding, named, span, true_rows


@check(code="COH007", name="dose-before-randomisation", subject=Subject.COHORT)
def dose_before_randomisation(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each patient dosed before randomisation."""
    patients = cohort.need("patients", "RANDDT", "TRTSDT")
    randomised, dosed = span(patients, "RANDDT"), span(patients, "TRTSDT")
    both = randomised.known & dosed.known
    if not both.any():
        raise NotEvaluable("no subject has a date of randomisation and one of first dose")
    early = dosed.before(randomised)
    yield Evaluated(int(both.sum()))
    arms = patients.frame[cohort.study.arm].nunique() if patients.has(cohort.study.arm) else 1
    if early.sum() > 2 and early.sum() > both.sum() / 2:
        yield finding(
            Severity.NOTE,
            Verdict.QUERY,
            f"{named(patients, 'TRTSDT')}: {int(early.sum())} of {int(both.sum())} subjects were "
            "dosed before randomisation; taken as the design of the study.",
            patients.place(true_rows(early)[0], "TRTSDT"),
        )
        return
    severity = Severity.WARNING if arms > 1 else Severity.NOTE

    def make(row: int) -> Finding:
        slip = date_slip(
            patients.frame.at[row, "TRTSDT"], randomised.earliest[row], randomised.latest[row]
        )
        return finding(
            severity,
            Verdict.QUERY,
            f"{named(patients, 'TRTSDT')} is before randomisation ({named(patients, 'RANDDT')}).",
            patients.place(row, "TRTSDT"),
            patients.place(row, "RANDDT"),
            suggestion=slip,
        )

    yield from breaches(severity, early, make)
