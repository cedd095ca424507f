"""A target lesion is too small at baseline to be one.

## What it does
Looks at the size of every target lesion at baseline: at least 10 mm in its longest diameter, a
node at least 15 mm in its short axis. It is a query: a protocol may allow less.

## Why it matters
Small lesions cannot be measured well enough; their changes pass for response and progression.

## Example
T02 is a node with a short axis of 11 mm at screening.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, section 3.1.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches, rows_of


@check(code="RES014", name="target-below-limit", subject=Subject.COHORT)
def target_below_limit(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for every target that is smaller than RECIST 1.1 asks for."""
    from auditor.endpoints.lesion_arithmetic import millimetres
    from auditor.endpoints.lesion_records import baseline_targets

    if cohort.study.criteria != "RECIST 1.1":
        raise NotEvaluable(f"the study declares {cohort.study.criteria}, not RECIST 1.1")
    frame = baseline_targets(cohort)
    yield Evaluated(len(frame))
    table = cohort.tables["lesions"]
    judged = {
        row: Judgement(
            Severity.WARNING,
            Verdict.QUERY,
            "A target node is below 15 mm in its short axis at baseline."
            if values["node"]
            else "A target lesion is below 10 mm at baseline.",
            reported=millimetres(values["size"]),
            suggestion="a slip, or a non-target lesion",
        )
        for row, values in rows_of(frame[frame["small"]])
    }
    yield from breaches(table, "AVAL" if table.has("AVAL") else "AVALC", judged)
