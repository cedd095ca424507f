"""A partial response or stable disease follows a complete response.

## What it does
Looks for the first recorded overall response of PR, SD or NON-CR/NON-PD after a CR of the same
patient by the same evaluator. Disease that is seen again after CR is PD; or the CR was none and
should be PR. Only the first is listed, and only where no PD was recorded before it.

## Why it matters
It decides between CR, PR and SD as best response, and it moves the date of progression.
Conventions differ in what they make of it, so that two programs give two results.

## Example
CR at week 6, PR at week 12.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, Table 3, footnote a.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches, by_evaluator

_DISEASE = ("PR", "SD", "NON-CR/NON-PD")


@check(code="RES006", name="response-after-complete-response", subject=Subject.COHORT)
def response_after_complete_response(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for the first PR or SD after CR of every patient and evaluator."""
    table = cohort.need("responses", "USUBJID", "AVALC", "ADT")
    frame, keys = by_evaluator(table)
    first = frame[frame["label"] == "CR"].groupby(keys)["ADT"].min().rename("cleared")
    if first.empty:
        raise NotEvaluable("no CR with a complete date is recorded")
    ended = frame[frame["label"] == "PD"].groupby(keys)["ADT"].min().rename("progressed")
    after = frame.join(first, on=keys).join(ended, on=keys)
    yield Evaluated(int(after["cleared"].notna().sum()))
    after = after[(after["ADT"] > after["cleared"]) & after["label"].isin(_DISEASE)]
    after = after[~(after["progressed"] <= after["ADT"])]
    after = after.sort_values("ADT", kind="stable").drop_duplicates(keys)
    judged = {
        int(row): Judgement(
            Severity.WARNING,
            Verdict.QUERY,
            f"The overall response is {label} at a visit after a CR.",
            reported=str(label),
            expected="PD",
            suggestion="PD if the CR was one; else the CR should be PR (RECIST 1.1, Table 3)",
        )
        for row, label in zip(after.index, after["label"], strict=True)
    }
    yield from breaches(table, "AVALC", judged)
