"""First or last dose of a subject is not that of the exposures.

## What it does
Compares TRTSDT with the first start and TRTEDT with the last end of the subject's exposures. A
date that no completion reconciles is a warning, with the exposure that would be first or last.
Records of dose zero count for subjects who have no other (placebo) and are accepted either way
for all others. Silent: a last dose where any exposure has no end (ongoing), a missing TRTEDT, the
last dose of who is cut off before the end, and subjects without exposures. Where most differ, last
dose is defined otherwise (the end of its cycle), and one note says so; the reference dates of SDTM
(RFSTDTC, RFENDTC) are not dates of doses and are not judged.

## Why it matters
First dose starts the treatment-emergent period and often the time at risk.

## Example
TRTSDT is 2021-05-10 and the first exposure starts on 2021-05-17.

## References
CDISC ADaM Implementation Guide 1.3, section 3.2 (ADSL: TRTSDT, TRTEDT).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import Span, breaches, dosed, finding, named, owners, span, true_rows

if TYPE_CHECKING:
    import pandas as pd


@check(code="COH029", name="exposure-bounds-mismatch", subject=Subject.COHORT)
def exposure_bounds_mismatch(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each patient whose first or last dose differs from the exposures."""
    table = cohort.need("exposures", "USUBJID", "ASTDT")
    patients = cohort.need("patients", "USUBJID", "TRTSDT")
    owner = owners(cohort, table)
    judged = 0
    for column, side in (("TRTSDT", "first"), ("TRTEDT", "last")):
        if not dosed(patients, column) or (side == "last" and not table.has("AENDT")):
            continue
        own = span(patients, column)
        day = span(table, "ASTDT" if side == "first" else "AENDT")
        extremes = [
            _extreme(day, owner, keep, side).at(patients.frame.index.to_series())
            for keep in _doses(table)
        ]
        # With and without records of dose zero: either may be meant.
        both = own.known & extremes[0].known
        wrong = both.copy()
        for extreme in extremes:
            wrong &= extreme.known & ~own.within(extreme)
        if side == "last" and cohort.study.cutoff is not None:
            import pandas as pd

            wrong &= own.latest != pd.Timestamp(cohort.study.cutoff)
        judged += int(both.sum())
        if wrong.sum() > 2 and wrong.sum() > both.sum() / 2:
            yield finding(
                Severity.NOTE,
                Verdict.CONVENTION,
                f"{named(patients, column)} is not the {side} day of the exposures for "
                f"{int(wrong.sum())} of {int(both.sum())} subjects; taken as another definition.",
                patients.place(true_rows(wrong)[0], column),
            )
            continue
        make = partial(_one, patients, table, owner, day, column, side)
        yield from breaches(Severity.WARNING, wrong, make)
    if not judged:
        raise NotEvaluable("no subject has a dose date beside exposures")
    yield Evaluated(judged)


def _doses(table: Table) -> list[pd.Series]:
    """Which records count: all, and those with a dose."""
    every = table.frame["USUBJID"].notna()
    if not table.has("DOSE"):
        return [every]
    given = every & (table.frame["DOSE"] != 0)
    treated = table.frame["USUBJID"].isin(set(table.frame["USUBJID"][given]))
    return [every, given | (every & ~treated)]


def _extreme(day: Span, owner: pd.Series, keep: pd.Series, side: str) -> Span:
    """The first (last) day of each patient's records; missing where one has no date."""
    rows = owner[keep]
    early, late = day.earliest[keep].groupby(rows), day.latest[keep].groupby(rows)
    whole = day.known[keep].groupby(rows).all()
    first, last = (early.min(), late.min()) if side == "first" else (early.max(), late.max())
    return Span(first.where(whole), last.where(whole))


def _one(
    patients: Table, table: Table, owner: pd.Series, day: Span, column: str, side: str, row: int
) -> Finding:
    days = day.earliest[owner == row]
    other = true_rows(days == (days.min() if side == "first" else days.max()))[0]
    variable = "ASTDT" if side == "first" else "AENDT"
    place = table.place(other, variable)
    return finding(
        Severity.WARNING,
        Verdict.DISAGREES,
        f"{named(patients, column)} is not the {side} day of the subject's exposures "
        f"({named(table, variable)}).",
        patients.place(row, column),
        place,
        expected=place.quote,
    )
