"""A time to an event is not the time between its two dates.

## What it does
Counts the days from STARTDT to ADT and compares them with AVAL under each convention: days, weeks,
months (of 30.4375, 30.44, 30.4 or 30 days), years (of 365.25 or 365), with the last day counted or
not, rounded to the decimals that the parameter uses. The convention that explains most records of
a parameter is the study's, and is named; the others are errors. Where none explains half of them
(calendar months, dates imputed on one side only), one note says so. Silent: any convention that a
whole parameter follows, partial dates, and times below 0 (the models refuse them). A unit in AVALU
of most records that contradicts the convention found is one warning.

## Why it matters
Median and hazard ratio are computed from AVAL; the dates are what the sites reported.

## Example
From 2021-01-01 to 2021-03-01 are 60 days counting both; AVAL is 50, and all others count both.

## References
CDISC ADaM Basic Data Structure for Time-to-Event Analyses 1.0 (AVAL, STARTDT, ADT). Conventions
of the unit: 30.4375 days are a twelfth of 365.25.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import breaches, finding, named, span, true_rows, words

if TYPE_CHECKING:
    import pandas as pd


class Count(NamedTuple):
    """A way to count: unit, days in it, and whether the last day counts as well."""

    unit: str
    days: float
    plus: int

    @property
    def words(self) -> str:
        """As a message says it."""
        of = "" if self.days in (1, 7) else f" of {self.days:g} days"
        return f"{self.unit}{of}, date - start{' + 1' if self.plus else ''}"


UNITS = (
    ("days", 1.0),
    ("months", 30.4375),
    ("weeks", 7.0),
    ("years", 365.25),
    ("months", 30.44),
    ("months", 30.4),
    ("months", 30.0),
    ("years", 365.0),
)
COUNTS = tuple(Count(unit, days, plus) for unit, days in UNITS for plus in (1, 0))
MOST = 0.5
FEW = 5
DECIMALS = 6


@check(code="COH014", name="miscounted-time", subject=Subject.COHORT)
def miscounted_time(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each time that its own dates contradict."""
    times = cohort.need("times", "PARAMCD", "AVAL", "STARTDT", "ADT")
    start, end = span(times, "STARTDT"), span(times, "ADT")
    value = times.frame["AVAL"]
    judged = start.exact & end.exact & (value >= 0)
    if not judged.any():
        raise NotEvaluable("no time to an event has a value and both of its dates")
    yield Evaluated(int(judged.sum()))
    value = value[judged]
    days = (end.earliest - start.earliest).dt.days[judged].astype(float)
    codes = words(times.frame["PARAMCD"])[judged]
    usual, _ = _best(value, days)
    for code, own in value.groupby(codes, sort=True):
        rule, agree = _best(own, days[own.index])
        if len(own) < FEW and (_agrees(value, days, usual).mean() > MOST):
            rule, agree = usual, _agrees(own, days[own.index], usual)
        if agree.mean() < MOST:
            yield finding(
                Severity.NOTE,
                Verdict.QUERY,
                f"{named(times, 'AVAL')}: no way of counting explains the times of {code} by "
                f"their dates; {rule.words} explains {int(agree.sum())} of {len(own)}.",
                times.place(true_rows(~agree)[0], "AVAL"),
            )
            continue
        yield from _rows(times, str(code), rule, agree, days)
        yield from _unit(times, str(code), rule, agree)


def _rows(
    times: Table, code: str, rule: Count, agree: pd.Series, days: pd.Series
) -> Iterator[Breaches]:
    good = int(agree.sum())

    def make(row: int) -> Finding:
        value, counted = times.frame.at[row, "AVAL"], days[row]
        other = [c for c in COUNTS if abs((counted + c.plus) / c.days - value) < 0.006]
        return finding(
            Severity.ERROR,
            Verdict.DISAGREES,
            f"{named(times, 'AVAL')} of {code} is not the time from {times.columns['STARTDT']} to "
            f"{times.columns['ADT']} ({rule.words}, as {good} of {len(agree)} records have it).",
            times.place(row, "AVAL"),
            times.place(row, "STARTDT"),
            times.place(row, "ADT"),
            expected=f"{(counted + rule.plus) / rule.days:.6g}",
            arithmetic=(f"({counted:g} days + {rule.plus}) / {rule.days:g}",),
            suggestion=f"it is right in {other[0].words}" if other else "",
        )

    yield from breaches(Severity.ERROR, ~agree, make)


def _unit(times: Table, code: str, rule: Count, agree: pd.Series) -> Iterator[Finding]:
    """Say that the stated unit is another than that of the values."""
    if not times.has("AVALU") or agree.sum() < FEW:
        return
    stated = words(times.frame["AVALU"]).loc[agree.index[agree]]
    wrong = (stated != "") & ~stated.str.startswith(rule.unit[:-1].upper())
    known = stated.str.contains(r"^(?:DAY|WEEK|MONTH|YEAR)", regex=True)
    # One of many is the matter of mixed-units.
    if (wrong & known).sum() > len(stated) / 2:
        yield finding(
            Severity.WARNING,
            Verdict.DISAGREES,
            f"{named(times, 'AVALU')} of {code}: {int((wrong & known).sum())} of {len(agree)} "
            f"records state another unit than their values have ({rule.words}).",
            times.place(true_rows(wrong & known)[0], "AVALU"),
            expected=rule.unit,
        )


def _best(value: pd.Series, days: pd.Series) -> tuple[Count, pd.Series]:
    """The way of counting that explains most; of equals the commoner, which stands first."""
    judged = [(rule, _agrees(value, days, rule)) for rule in COUNTS]
    return max(judged, key=lambda pair: int(pair[1].sum()))


def _agrees(value: pd.Series, days: pd.Series, rule: Count) -> pd.Series:
    """Whether each value is the count, rounded or cut to the decimals that the values have."""
    decimals = next((d for d in range(DECIMALS) if (value - value.round(d)).abs().max() < 1e-9), 6)
    exact = (days + rule.plus) / rule.days
    agree: pd.Series = (exact - value).abs() <= 0.5 * 10**-decimals * (1 + 1e-6) + 1e-9
    return agree
