"""A subject was randomised or treated before giving consent.

## What it does
Compares the date of informed consent with randomisation (or enrolment), first dose and every
exposure. The same day is in order. Partial dates are wrong only where no completion is in order.
One finding a subject: at the date of consent where several dates contradict it. Silent: scans,
histology and laboratory values before consent (standard of care taken as baseline), adverse events
and earlier lines of treatment before consent (medical history).

## Why it matters
No trial procedure may precede consent: it is a serious breach, or the date is wrong.

## Example
Randomised 2021-03-02, consent 2021-03-09.

## References
ICH E6(R2), section 4.8.8 (consent prior to participation in the trial).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.finding import Breaches, Evaluated, Verdict
from auditor.frames.cohort import Cohort

from ._pivots import Source, on_the_wrong_side

SOURCES = (
    Source("patients", "RANDDT"),
    Source("patients", "TRTSDT"),
    Source("exposures", "ASTDT"),
)


@check(code="COH004", name="enrolment-before-consent", subject=Subject.COHORT)
def enrolment_before_consent(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield each patient randomised or treated before consent."""
    yield from on_the_wrong_side(
        cohort,
        "RFICDT",
        SOURCES,
        after=False,
        verdict=Verdict.DISAGREES,
        why="before the consent of the subject",
    )
