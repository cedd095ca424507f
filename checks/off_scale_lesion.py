"""The size of a lesion is ten times off its sizes at the visits around it.

## What it does
Follows each lesion of a subject by test and reader over time. A diameter of a tenth or of ten
times (within a fifth) both of the one before and of the one after, which agree with each other
within a third, is a warning: centimetres among millimetres, or a decimal point. At the last visit,
where nothing follows, only a tenfold growth to 100 mm or more is. Silent: a lesion that shrinks
for good or vanishes (zero), slow growth, a first visit, and units that differ by their column,
which are the matter of mixed-units.

## Why it matters
One such value makes a response or a progression of nothing.

## Example
31 mm, 3.2 mm and 33 mm at three visits.

## References
Eisenhauer EA et al. RECIST 1.1. Eur J Cancer 2009;45:228-247, section 3.2 (all measurements in
metric notation).
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

NEAR = 0.2
STEADY = 1 / 3
LARGE = 100.0


@check(code="COH032", name="off-scale-lesion", subject=Subject.COHORT)
def off_scale_lesion(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each diameter that is ten times off its neighbours."""
    table = cohort.need("lesions", "USUBJID", "LNKID", "AVAL")
    time = next((c for c in ("ADT", "VISITNUM") if table.has(c)), None)
    if time is None:
        raise NotEvaluable(f"{table.delivered.name} has no ADT and no VISITNUM")
    # What tells series apart; the rest of a row (visit, sequence) changes along each.
    keys = ["USUBJID", "LNKID"]
    keys += [c for c in ("TESTCD", "EVAL", "EVALID", "GRPID") if table.has(c)]
    frame = table.frame[[*keys, time, "AVAL"]].copy()
    if table.has("UNIT"):
        keys.append("UNIT")
        frame["UNIT"] = words(table.frame["UNIT"])
    frame = frame[(frame["AVAL"] > 0) & frame[time].notna() & frame["USUBJID"].notna()]
    frame = frame.sort_values([*keys, time], kind="stable")
    number = frame.groupby(keys, sort=False, dropna=False).ngroup()
    value = frame["AVAL"]
    before, after = value.groupby(number).shift(), value.groupby(number).shift(-1)
    judged = before.notna()
    if not judged.any():
        raise NotEvaluable("no lesion was measured at two visits")
    yield Evaluated(int(judged.sum()))
    steady = (after / before - 1).abs() <= STEADY
    small = _times(before, value) & _times(after, value) & steady
    large = _times(value, before) & _times(value, after) & steady
    last = _times(value, before) & after.isna() & (value >= LARGE)
    for mask, what, slip in (
        (small, "a tenth of", "centimetres in place of millimetres, or a decimal point"),
        (large | last, "ten times", "a decimal point, or millimetres in place of centimetres"),
    ):
        yield from breaches(
            Severity.WARNING, mask.sort_index(), partial(_one, table, before, what, slip)
        )


def _times(large: pd.Series, small: pd.Series) -> pd.Series:
    """Whether the one is ten times the other, within a fifth."""
    near: pd.Series = (large / small / 10 - 1).abs() <= NEAR
    return near


def _one(table: Table, before: pd.Series, what: str, slip: str, row: int) -> Finding:
    place = table.place(row, "AVAL")
    return finding(
        Severity.WARNING,
        Verdict.QUERY,
        f"{named(table, 'AVAL')}: the lesion is {what} the size at the visits around it.",
        place,
        suggestion=slip,
        arithmetic=(f"{place.quote}, after {before[row]:g}",),
    )
