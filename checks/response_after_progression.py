"""A response after progression is better than PD.

## What it does
Looks for recorded overall responses of CR, PR, SD or NON-CR/NON-PD on a later day than a
recorded PD of the same patient by the same evaluator. It is a note: assessments go on after
progression in many trials, and they do not count for best response.

## Why it matters
Either the progression was none, which changes progression-free survival, or the later response
is not to be counted.

## Example
PD at week 6, SD at week 12.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, section 4.4.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches, by_evaluator

_BETTER = ("CR", "PR", "SD", "NON-CR/NON-PD")


@check(code="RES005", name="response-after-progression", subject=Subject.COHORT)
def response_after_progression(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for every better response after a PD."""
    table = cohort.need("responses", "USUBJID", "AVALC", "ADT")
    frame, keys = by_evaluator(table)
    if frame.empty:
        raise NotEvaluable("no response of RECIST 1.1 has a complete date")
    yield Evaluated(len(frame))
    first = frame[frame["label"] == "PD"].groupby(keys)["ADT"].min().rename("progressed")
    after = frame.join(first, on=keys)
    after = after[(after["ADT"] > after["progressed"]) & after["label"].isin(_BETTER)]
    judged = {
        int(row): Judgement(
            Severity.NOTE,
            Verdict.QUERY,
            f"The overall response is {label} at a visit after a recorded PD.",
            reported=str(label),
            suggestion="was the earlier PD one? If so, this visit does not count",
        )
        for row, label in zip(after.index, after["label"], strict=True)
    }
    yield from breaches(table, "AVALC", judged)
