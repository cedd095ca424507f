"""A target lesion is measured that was not there at baseline.

## What it does
Looks for target lesions with a size after baseline and no record at baseline. Parts of a lesion
that split (T01A of T01) are not meant. Patients without any baseline are reported elsewhere.

## Why it matters
Targets are chosen at baseline. A lesion that appears later is a new lesion, which is PD.

## Example
T04 is first measured at week 12.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, sections 3.2.1 and 4.3.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches, rows_of


@check(code="RES017", name="target-after-baseline", subject=Subject.COHORT)
def target_after_baseline(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for the first size of every target without baseline."""
    from auditor.endpoints.lesion_records import later_targets

    frame = later_targets(cohort)
    yield Evaluated(len(frame))
    said = Judgement(
        Severity.ERROR,
        Verdict.DISAGREES,
        "A target lesion is measured after baseline that has no record at baseline.",
        suggestion="a new lesion (which is PD), or another name for a known one",
    )
    judged = {row: said for row, _ in rows_of(frame[frame["new"]])}
    yield from breaches(cohort.tables["lesions"], "LNKID", judged)
