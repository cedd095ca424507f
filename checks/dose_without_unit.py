"""A dose has no unit.

## What it does
Looks at exposures with a dose above zero and an empty unit. A warning a row where other rows have
a unit; where the whole column is empty, one warning. Silent: dose zero (placebo, a dose omitted),
a missing dose, and a table without a column for the unit, which is not evaluable.

## Why it matters
Doses cannot be summed or compared: 100 of mg or of mg/m2 are not the same.

## Example
EXDOSE 80, EXDOSU empty, in a table where all others have mg.

## References
CDISC SDTM Implementation Guide 3.4, section on exposure (EXDOSU is expected with EXDOSE).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import breaches, finding, named, true_rows, words


@check(code="COH030", name="dose-without-unit", subject=Subject.COHORT)
def dose_without_unit(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each dose without a unit."""
    table = cohort.need("exposures", "DOSE", "DOSU")
    judged = table.frame["DOSE"] > 0
    if not judged.any():
        raise NotEvaluable("no exposure has a dose above zero")
    yield Evaluated(int(judged.sum()))
    bare = judged & (words(table.frame["DOSU"]) == "")
    if bare.sum() == judged.sum() and bare.sum() > 1:
        yield finding(
            Severity.WARNING,
            Verdict.QUERY,
            f"{named(table, 'DOSU')} is empty beside all {int(bare.sum())} doses.",
            table.place(true_rows(bare)[0], "DOSU"),
        )
        return

    def make(row: int) -> Finding:
        return finding(
            Severity.WARNING,
            Verdict.QUERY,
            f"{named(table, 'DOSU')} is empty beside a dose.",
            table.place(row, "DOSU"),
            table.place(row, "DOSE"),
        )

    yield from breaches(Severity.WARNING, bare, make)
