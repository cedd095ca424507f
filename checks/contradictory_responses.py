"""Two overall responses of one patient on one day differ.

## What it does
Looks for different recorded overall responses of one patient by the same evaluator (and the
same reader) and the same criteria on one day.

## Why it matters
Only one of them can count, and which of them decides response and progression.

## Example
PR and SD on the same day, both by the investigator.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, section 4.4.1: one response a time point.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches, by_evaluator


@check(code="RES007", name="contradictory-responses", subject=Subject.COHORT)
def contradictory_responses(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for every response that differs from an earlier row of the same day."""
    table = cohort.need("responses", "USUBJID", "AVALC", "ADT")
    frame, keys = by_evaluator(table)
    if frame.empty:
        raise NotEvaluable("no response of RECIST 1.1 has a complete date")
    yield Evaluated(len(frame))
    day = [*keys, "ADT"]
    first = frame.groupby(day)["label"].transform("first")
    differing = frame[frame["label"] != first]
    judged = {
        int(row): Judgement(
            Severity.ERROR,
            Verdict.DISAGREES,
            f"Two overall responses of one day differ: {label} and {other}.",
            reported=str(label),
            expected=str(other),
        )
        for row, label, other in zip(
            differing.index, differing["label"], first.loc[differing.index], strict=True
        )
    }
    yield from breaches(table, "AVALC", judged)
