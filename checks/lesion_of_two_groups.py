"""A lesion is target in one table and non-target or new in another.

## What it does
Compares the group of every lesion (target, non-target, new) in the tumour results with that in
the tumour identification of the same patient, by the same evaluator where both name one.

## Why it matters
Only targets are measured and summed; the group decides what the response is.

## Example
T03 is a target in the results and identified as non-target.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, sections 3.2 and 4.2: the group is
fixed at baseline.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches, rows_of


@check(code="RES016", name="lesion-of-two-groups", subject=Subject.COHORT)
def lesion_of_two_groups(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for every lesion of two groups."""
    from auditor.endpoints.lesion_records import lesions_beside_tumours

    frame = lesions_beside_tumours(cohort)
    frame = frame[frame["recorded"].notna() & frame["identified"].notna()]
    if frame.empty:
        raise NotEvaluable("no lesion has a group in both tables")
    yield Evaluated(len(frame))
    judged = {
        row: Judgement(
            Severity.ERROR,
            Verdict.DISAGREES,
            f"The lesion is {values['recorded']} here and identified as {values['identified']}.",
            reported=str(values["recorded"]),
            expected=str(values["identified"]),
        )
        for row, values in rows_of(frame[frame["differs"]])
    }
    yield from breaches(cohort.tables["lesions"], "GRPID", judged)
