"""More target lesions are identified than RECIST 1.1 allows.

## What it does
Counts the target lesions that one evaluator identified in a patient: five at most, and two at
most in an organ (nodes count as one). Parts of a lesion that split are not counted, nor
are lesions without location for the organ. It is a query: a protocol may allow more.

## Why it matters
The sum of diameters is defined for these lesions; others are non-target lesions.

## Example
Six targets T01 to T06; three targets in the liver.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, sections 3.2.1 and 4.2.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches, rows_of


@check(code="RES013", name="too-many-targets", subject=Subject.COHORT)
def too_many_targets(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for every target beyond five, or beyond two in its organ."""
    from auditor.endpoints.lesion_records import (
        MOST_IN_AN_ORGAN,
        MOST_TARGETS,
        identified_targets,
    )

    if cohort.study.criteria != "RECIST 1.1":
        raise NotEvaluable(f"the study declares {cohort.study.criteria}, not RECIST 1.1")
    frame = identified_targets(cohort)
    if frame.empty:
        raise NotEvaluable("no target lesion is identified")
    yield Evaluated(len(frame))
    judged: dict[int, Judgement] = {}
    for row, values in rows_of(frame):
        if values["place"] > MOST_TARGETS:
            what = f"more than {MOST_TARGETS} target lesions of the patient"
        elif values["organ"] and values["in_organ"] > MOST_IN_AN_ORGAN:
            what = f"more than {MOST_IN_AN_ORGAN} target lesions of the patient in one organ"
        else:
            continue
        judged[row] = Judgement(
            Severity.WARNING,
            Verdict.QUERY,
            f"There are {what}.",
            suggestion="does the protocol allow more, or is this a non-target lesion?",
        )
    yield from breaches(cohort.tables["tumours"], "LNKID", judged)
