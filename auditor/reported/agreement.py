"""Whether a print is a rounding of a value, on its scale and in its unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from auditor.estimate import Estimate
from auditor.printed import missing_kind
from auditor.reported.model import Reported
from auditor.rounding import NEAREST, Interval, Rounding

DAYS = {
    "days": Fraction(1),
    "weeks": Fraction(7),
    "months": Fraction("30.4375"),
    "years": Fraction("365.25"),
}
"""Length of a unit in days, as endpoints are recomputed."""
OTHER_DAYS = {
    "months": {
        "months of 30 days": Fraction(30),
        "months of 4 weeks": Fraction(28),
        "months of 365/12 days": Fraction(365, 12),
    },
    "years": {"years of 365 days": Fraction(365)},
}
EXCHANGED = "reciprocal: the reference exchanged"
_EPSILON = Fraction(1, 10**9)
"""Relative slack for a value that passed through binary floats: far below any printed digit."""
_WHOLE = ("count", "denominator", "n", "events", "censored", "at-risk")
_ODD = {Rounding.DOUBLE: "rounded twice", Rounding.DOWN: "truncated", Rounding.UP: "rounded up"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as it would be printed: on the scale of the print, under a named convention.

    ``convention`` is "" where nothing unusual is assumed.
    """

    value: Fraction
    convention: str = ""


def readings(estimate: Estimate, reported: Reported) -> Iterator[Reading]:
    """The ways in which an estimate can be printed, the usual ones first."""
    value = exact(estimate)
    if value is None:
        return
    if _is_share(estimate):
        yield from (Reading(value * scale) for scale in _scales(reported))
        return
    yield from (Reading(v, named) for v, named in _in_unit(value, estimate, reported))
    if estimate.of == "median" and value < 0:
        yield Reading(Fraction(0), "cut off at 0")
    if estimate.statistic in ("hazard-ratio", "odds-ratio") and value:
        yield Reading(1 / value, EXCHANGED)


def prints(reading: Reading, reported: Reported) -> tuple[bool, str]:
    """Whether the print is a rounding of a value, and under which unusual rounding, if any."""
    number = reported.printed
    if number is None:
        return False, ""
    slack = abs(reading.value) * _EPSILON
    around = Interval(reading.value - slack, reading.value + slack)
    if any(number.interval(rounding).intersects(around) for rounding in NEAREST):
        return True, ""
    if number.relation == "=" and reported.statistic not in _WHOLE:
        for rounding, name in _ODD.items():
            if reading.value in number.interval(rounding):
                return True, name
    return False, ""


def says_missing(reported: Reported, estimate: Estimate) -> bool:
    """Whether the report says in words that there is no value, and the cohort gives none."""
    if reported.printed is not None or estimate.value is not None:
        return False
    kind = missing_kind(reported.text)
    return kind in ("not reached", "not estimable", "not available", "not applicable")


def exact(estimate: Estimate) -> Fraction | None:
    """The value as a fraction; a share of subjects is the exact ratio of two counts."""
    if estimate.value is None:
        return None
    if estimate.statistic == "rate" and estimate.n:
        count = round(estimate.value * estimate.n)
        if abs(count / estimate.n - estimate.value) < 1e-12:
            return Fraction(count, estimate.n)
    return Fraction(estimate.value)


def _is_share(estimate: Estimate) -> bool:
    kind = estimate.of if estimate.statistic in ("lower", "upper") else estimate.statistic
    return kind in ("rate", "survival")


def _scales(reported: Reported) -> tuple[int, ...]:
    """By what a share is multiplied; both where the print may be a percentage or a fraction."""
    number = reported.printed
    if reported.unit == "%" or number is None or number.percent or number.value > 1:
        return (100,)
    if reported.unit == "fraction":
        return (1,)
    return (100, 1)


def _in_unit(
    value: Fraction, estimate: Estimate, reported: Reported
) -> Iterator[tuple[Fraction, str]]:
    wanted = reported.unit if reported.unit in DAYS else estimate.unit
    if estimate.unit not in DAYS:
        yield value, ""
        return
    days = value * DAYS[estimate.unit]
    yield (value if wanted == estimate.unit else days / DAYS[wanted]), ""
    for name, length in OTHER_DAYS.get(wanted, {}).items():
        yield days / length, name
