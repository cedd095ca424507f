"""A dose is ten or a thousand times off the subject's other doses of the treatment.

## What it does
Compares each dose with the one before and the one after of the same subject, treatment and unit.
Where these agree and the dose is a tenth, ten times, a thousandth or a thousand times of both
(within a fiftieth), it is a warning; for the first and the last dose the two that follow or
precede are taken. Silent: titration and reduction, by whatever factor, that lasts for two doses or
more, loading doses of another factor, dose zero, and units that differ by their column, which are
the matter of mixed-units.

## Why it matters
A decimal point decides over an overdose, in the data or in the patient; either has to be known.

## Example
80 mg, 800 mg, 80 mg on three days.

## References
CDISC SDTM Implementation Guide 3.4, section on exposure (EXDOSE, EXDOSU).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import breaches, finding, named, words

if TYPE_CHECKING:
    import pandas as pd

NEAR = 0.02
FACTORS = (
    (10.0, "ten times", "a decimal point"),
    (0.1, "a tenth of", "a decimal point"),
    (1000.0, "a thousand times", "another unit (mg and g, or ug and mg)"),
    (0.001, "a thousandth of", "another unit (mg and g, or ug and mg)"),
)


@check(code="COH042", name="off-scale-dose", subject=Subject.COHORT)
def off_scale_dose(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each dose that is off those around it by a power of ten."""
    table = cohort.need("exposures", "USUBJID", "TRT", "DOSE", "ASTDT")
    frame = table.frame[["USUBJID", "ASTDT", "DOSE"]].assign(
        treatment=words(table.frame["TRT"]),
        unit=words(table.frame["DOSU"]) if table.has("DOSU") else "",
    )
    frame = frame[(frame["DOSE"] > 0) & frame["ASTDT"].notna() & frame["USUBJID"].notna()]
    key = ["USUBJID", "treatment", "unit"]
    frame = frame.sort_values([*key, "ASTDT"], kind="stable")
    number = frame.groupby(key, sort=False).ngroup()
    dose = frame["DOSE"]
    shifted = {n: dose.groupby(number).shift(n) for n in (2, 1, -1, -2)}
    # The doses around; at either end the two next to it.
    one = shifted[1].where(shifted[1].notna(), shifted[-2])
    other = shifted[-1].where(shifted[-1].notna(), shifted[2])
    judged = one.notna() & other.notna()
    if not judged.any():
        raise NotEvaluable("no subject has three doses of a treatment")
    yield Evaluated(int(judged.sum()))
    for factor, what, slip in FACTORS:
        off = judged & _near(dose, one * factor) & _near(dose, other * factor)
        yield from breaches(Severity.WARNING, off.sort_index(), partial(_one, table, what, slip))


def _near(dose: pd.Series, expected: pd.Series) -> pd.Series:
    near: pd.Series = (dose / expected - 1).abs() <= NEAR
    return near


def _one(table: Table, what: str, slip: str, row: int) -> Finding:
    return finding(
        Severity.WARNING,
        Verdict.QUERY,
        f"{named(table, 'DOSE')} is {what} the doses of the subject around it.",
        table.place(row, "DOSE"),
        suggestion=slip,
    )
