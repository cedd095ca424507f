"""Something happened to a subject after death.

## What it does
Compares the date of death with assessments, lesions, adverse events, exposures, lines of treatment
and the dates of the patients table, last known alive among them. The same day is in order, and a
partial date of death is judged by the last day that it can mean. One finding a subject: at the
date of death where records of several days contradict it. An adverse event or a line of treatment
that ends after death is a warning. Silent: the end of study and the cut-off, which are
administrative, and times to events, which have their own checks.

## Why it matters
Nothing can be assessed or given after death: the date of death, and with it overall survival, or
the other date is wrong.

## Example
Death 2020-05-03, a tumour assessment 2020-06-01.

## References
CDISC ADaM Implementation Guide 1.3 (DTHDT, LSTALVDT). SCDM Good Clinical Data Management Practices,
chapter on edit checks.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._pivots import Source, on_the_wrong_side

SOURCES = (
    Source("responses", "ADT"),
    Source("lesions", "ADT"),
    Source("tumours", "ADT"),
    Source("adverse_events", "ASTDT"),
    Source("exposures", "ASTDT"),
    Source("exposures", "AENDT"),
    Source("lines", "ASTDT"),
    Source("patients", "RANDDT"),
    Source("patients", "TRTSDT"),
    Source("patients", "TRTEDT"),
    Source("patients", "NEWTRTDT"),
    Source("patients", "LSTALVDT"),
    Source("adverse_events", "AENDT", Severity.WARNING),
    Source("lines", "AENDT", Severity.WARNING),
)


@check(code="COH005", name="event-after-death", subject=Subject.COHORT)
def event_after_death(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield each patient with a record after death."""
    yield from on_the_wrong_side(
        cohort,
        "DTHDT",
        SOURCES,
        after=True,
        verdict=Verdict.IMPOSSIBLE,
        why="after the death of the subject",
    )
