"""Something is dated before the birth of the subject.

## What it does
Compares the date of birth with every other date of the subject: of consent, randomisation and
doses, of assessments, adverse events, lines of treatment and death. A partial date is judged by
the first and last day that it can mean, so that a year of birth alone suffices, and is wrong only
where no completion is in order. One finding a subject: at the date of birth where several other
dates contradict it. Silent: a congenital condition that starts on the day of birth.

## Why it matters
Either the birth date or the other one belongs to somebody else or was mistyped; age, eligibility
and age-adjusted analyses follow from it.

## Example
Born 2016-04-02, randomised 2015-11-20.

## References
SCDM Good Clinical Data Management Practices, chapter on edit checks.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.finding import Breaches, Evaluated, Verdict
from auditor.frames.cohort import Cohort

from ._pivots import Source, on_the_wrong_side

SOURCES = (
    Source("patients", "RFICDT"),
    Source("patients", "RANDDT"),
    Source("patients", "TRTSDT"),
    Source("patients", "TRTEDT"),
    Source("patients", "LSTALVDT"),
    Source("patients", "DTHDT"),
    Source("responses", "ADT"),
    Source("lesions", "ADT"),
    Source("tumours", "ADT"),
    Source("adverse_events", "ASTDT"),
    Source("exposures", "ASTDT"),
    Source("lines", "ASTDT"),
)


@check(code="COH003", name="date-before-birth", subject=Subject.COHORT)
def date_before_birth(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield each patient with a date before birth."""
    yield from on_the_wrong_side(
        cohort,
        "BRTHDT",
        SOURCES,
        after=False,
        verdict=Verdict.IMPOSSIBLE,
        why="before the birth of the subject",
    )
