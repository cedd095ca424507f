"""Whether a number of the text is what a table shows, under some way of rounding."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from auditor.printed import PrintedNumber
from auditor.rounding import NEAREST, Rounding, unit

_APPROXIMATE_UNITS = Fraction(1)
_FARTHEST = 3
"""Farther apart than this many units of the last digit, no rounding makes two numbers one."""
_PLAIN = 6
"""Up to a million, and to as many decimals, a float is exact to far less than one unit."""


class Agreement(StrEnum):
    """AGREES: under rounding to the nearest. LAST_DIGIT: truncated, rounded up or twice, or one
    unit of the last digit apart. DIFFERS: under no rounding."""

    AGREES = "agrees"
    LAST_DIGIT = "differs in the last digit"
    DIFFERS = "differs"

    @property
    def fits(self) -> bool:
        """Whether some way of rounding makes the numbers one."""
        return self is not Agreement.DIFFERS


_RANK = (Agreement.AGREES, Agreement.LAST_DIGIT, Agreement.DIFFERS)


def best(found: list[Agreement]) -> Agreement:
    """The kindest of several comparisons."""
    return min(found, key=_RANK.index)


def with_exact(printed: PrintedNumber, exact: Fraction) -> Agreement:
    """Compare a print with a value that is known exactly (a ratio of counts, in percent)."""
    if printed.relation == "=" and (
        _far(printed, exact, printed.decimals) or printed.units_off(exact) > _FARTHEST
    ):
        return Agreement.DIFFERS
    conventions = printed.conventions(exact)
    if any(c in NEAREST for c in conventions):
        return Agreement.AGREES
    if conventions or printed.units_off(exact) <= _APPROXIMATE_UNITS:
        return Agreement.LAST_DIGIT
    return Agreement.DIFFERS


def _far(printed: PrintedNumber, exact: Fraction | Decimal, decimals: int) -> bool:
    """Whether two numbers are so far apart that the error of a float is of no account; most
    numbers that are compared are, and exact arithmetic takes ten times as long."""
    if not -_PLAIN <= decimals <= _PLAIN or abs(exact) > 10**_PLAIN:
        return False
    return abs(float(printed.value) - float(exact)) > 2 * _FARTHEST * 10.0**-decimals


def with_print(printed: PrintedNumber, other: PrintedNumber) -> Agreement:
    """Compare two prints of a measured value: each stands for all that rounds to it."""
    decimals = min(printed.decimals, other.decimals)
    coarse = unit(decimals)
    if printed.relation == other.relation == "=":
        if printed.value == other.value:
            return Agreement.AGREES
        if _far(printed, other.value, decimals):
            return Agreement.DIFFERS
        if abs(printed.fraction - other.fraction) > _FARTHEST * coarse:
            return Agreement.DIFFERS
    if any(printed.interval(r).intersects(other.interval(r)) for r in NEAREST):
        if printed.decimals != other.decimals or printed.value == other.value:
            return Agreement.AGREES
        if printed.relation != "=" or other.relation != "=":
            return Agreement.AGREES
    if any(printed.interval(r).intersects(other.interval()) for r in Rounding):
        return Agreement.LAST_DIGIT
    if abs(printed.fraction - other.fraction) <= coarse:
        return Agreement.LAST_DIGIT
    return Agreement.DIFFERS


def of_counts(printed: PrintedNumber, count: int) -> Agreement:
    """Compare counts: whole patients are not rounded."""
    if printed.relation in ("<", "<=", ">", ">="):
        return Agreement.AGREES if Fraction(count) in printed.interval() else Agreement.DIFFERS
    return Agreement.AGREES if printed.value == count else Agreement.DIFFERS
