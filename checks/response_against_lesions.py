"""A recorded response at a visit is not the one that the lesions give.

## What it does
Derives the response at every time point from the lesions by RECIST 1.1: sum of target diameters
(nodes by their short axis), baseline, nadir (baseline included), PR from a decrease of 30% from
baseline, PD from an increase of 20% and 5 mm over the nadir, non-target and new lesions, NE where
a target lesion is missing and PD is not certain without it. The result is compared with the
recorded overall response of the same evaluator at the same visit. What rests on more than
diameters is a warning: NE declared by the reader, a response claimed although a lesion is
missing, PD where the extract records no other sign of progression at all. A difference that
rounding explains, and SD for disease that cannot be measured, are notes. Visits with two results
for one lesion, or with states in unknown words, are not judged; nor is PD after PD.

## Why it matters
Response rates and progression-free survival rest on these responses.

## Example
Sums of 97, 91 and 110 mm: 110 mm is 20.9% and 19 mm above the nadir of 91 mm, which is PD.
Recorded is SD, as comparing with the baseline (+13.4%) would give.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, sections 4.3 and 4.4, Tables 1 and 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches, rows_of


@check(code="RES001", name="response-against-lesions", subject=Subject.COHORT)
def response_against_lesions(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for every recorded response that differs from the derived one."""
    from auditor.endpoints.lesion_recorded import recorded_beside_derived

    beside = recorded_beside_derived(cohort)
    frame = beside.frame
    again = (frame["recorded"] == "PD") & frame["earlier_pd"]
    frame = frame[frame["certain"] & (frame["overall"] != "") & ~again]
    if frame.empty:
        raise NotEvaluable("no recorded response has a time point that can be judged")
    yield Evaluated(len(frame))
    differing = frame[frame["recorded"] != frame["overall"]]
    remaining = differing[~((differing["recorded"] == "CR") & _disease(differing))]
    judged = {row: _judge(point, explained=beside.explained) for row, point in rows_of(remaining)}
    yield from breaches(cohort.tables["responses"], "AVALC", judged)


def _disease(frame: Any) -> Any:
    """CR in spite of disease is reported by complete-response-with-disease."""
    from auditor.endpoints.lesion_responses import NODE_LIMIT

    targets = (frame["largest_other"] > 0) | (frame["largest_node"] >= NODE_LIMIT)
    return targets | frame["nontarget"].isin(["NON-CR/NON-PD", "PD"])


def _judge(point: Mapping[str, Any], *, explained: bool) -> Judgement:
    from auditor.endpoints.lesion_arithmetic import by_rounding, ignoring_nadir, steps

    recorded, derived = str(point["recorded"]), str(point["overall"])
    severity, verdict, suggestion = Severity.ERROR, Verdict.DISAGREES, ""
    only_targets = point["nontarget"] != "PD" and not point["new"]
    if only_targets and recorded in by_rounding(point) and recorded != "CR":
        severity, verdict = Severity.NOTE, Verdict.CONVENTION
        suggestion = "sums or percentages were rounded before they were compared"
    elif {recorded, derived} == {"SD", "NON-CR/NON-PD"} and point["targets"] == 0:
        severity, verdict = Severity.NOTE, Verdict.CONVENTION
        suggestion = "without target lesions RECIST 1.1 (Table 2) says NON-CR/NON-PD, not SD"
    elif recorded == "NE":
        severity, verdict = Severity.WARNING, Verdict.QUERY
        suggestion = "all that the response needs was measured; is there a reason for NE?"
    elif derived == "NE" and _possible(recorded, point):
        severity, verdict = Severity.WARNING, Verdict.QUERY
        suggestion = "a target lesion was not measured; was its contribution argued?"
    elif recorded == "PD" and not explained:
        severity, verdict = Severity.WARNING, Verdict.QUERY
        suggestion = "the extract shows no other sign of progression; what was it?"
    elif only_targets and recorded == ignoring_nadir(point):
        suggestion = "compared with the baseline instead of the nadir"
    elif recorded == "PD" and _twenty_percent(point):
        suggestion = "the increase of 20% is less than 5 mm"
    return Judgement(
        severity=severity,
        verdict=verdict,
        message=f"The recorded overall response is {recorded}; the lesions give {derived}.",
        reported=recorded,
        expected=derived,
        suggestion=suggestion,
        arithmetic=lambda: steps(point),
    )


def _possible(recorded: str, point: Mapping[str, Any]) -> bool:
    """Whether the lesion that is missing could make this response true."""
    total, base = int(point["sum"]), int(point["baseline_sum"])
    if recorded == "PR":
        return 10 * (base - max(total, 0)) >= 3 * base
    return recorded in ("SD", "CR", "PD")


def _twenty_percent(point: Mapping[str, Any]) -> bool:
    total, nadir = int(point["sum"]), int(point["nadir"])
    return total > nadir and 10 * (total - nadir) >= 2 * nadir
