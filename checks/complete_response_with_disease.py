"""A complete response is recorded while disease is still measured.

## What it does
Looks at every visit with a recorded overall response of CR: a target lesion that is no node and
has a diameter above 0, a target node of 10 mm or more in its short axis, or a non-target lesion
that is still present makes CR impossible. A node below 10 mm is normal and does not; where nothing
says where a lesion of such a size is, and nothing else contradicts CR, it is a warning. Visits
with two results for one lesion are not judged.

## Why it matters
CR is the strongest claim about a patient, and it must not rest on a slip.

## Example
CR at week 12, where target T01 measures 6 mm: at best PR.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, sections 4.3.1 and 4.3.3, Table 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches, rows_of

_TARGET = "a target lesion is still measured"


@check(code="RES002", name="complete-response-with-disease", subject=Subject.COHORT)
def complete_response_with_disease(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for every CR at a visit with disease."""
    from auditor.endpoints.lesion_recorded import recorded_beside_derived

    frame = recorded_beside_derived(cohort).frame
    frame = frame[(frame["recorded"] == "CR") & frame["certain"]]
    if frame.empty:
        raise NotEvaluable("no CR is recorded at a visit with lesions")
    yield Evaluated(len(frame))
    judged = {
        row: _judge(point, what) for row, point in rows_of(frame) if (what := _remaining(point))
    }
    yield from breaches(cohort.tables["responses"], "AVALC", judged)


def _remaining(point: Mapping[str, Any]) -> str:
    """What disease there is, in words."""
    from auditor.endpoints.lesion_responses import NODE_LIMIT

    found = []
    if point["largest_other"] > 0:
        found.append(_TARGET)
    if point["largest_node"] >= NODE_LIMIT:
        found.append("a target node has a short axis of 10 mm or more")
    if point["nontarget"] in ("NON-CR/NON-PD", "PD"):
        found.append("a non-target lesion is still present")
    return " and ".join(found)


def _judge(point: Mapping[str, Any], what: str) -> Judgement:
    from auditor.endpoints.lesion_arithmetic import steps

    perhaps = point["perhaps_nodes"] and what == _TARGET
    return Judgement(
        severity=Severity.WARNING if perhaps else Severity.ERROR,
        verdict=Verdict.QUERY if perhaps else Verdict.IMPOSSIBLE,
        suggestion="the extract does not say where it is; a node below 10 mm is no disease"
        if perhaps
        else "",
        message=f"The recorded overall response is CR, but {what}.",
        reported="CR",
        expected=str(point["overall"]),
        arithmetic=lambda: steps(point),
    )
