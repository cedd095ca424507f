"""Which exact values a printed number can stand for, under each rounding convention."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache


class Rounding(StrEnum):
    """A rounding convention. DOUBLE rounds half-up to one more decimal first, then again."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    HALF_DOWN = "half-down"
    DOUBLE = "double"
    DOWN = "down"
    UP = "up"


NEAREST = (Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.HALF_DOWN)
"""Conventions that differ on exact ties only: each is right, none needs a word."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval of exact values; ``None`` is an open end at infinity."""

    lower: Fraction | None
    upper: Fraction | None
    lower_closed: bool = True
    upper_closed: bool = True

    def __contains__(self, value: Fraction | int) -> bool:
        if self.lower is not None and (
            value < self.lower or (value == self.lower and not self.lower_closed)
        ):
            return False
        return self.upper is None or not (
            value > self.upper or (value == self.upper and not self.upper_closed)
        )

    def intersects(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return not (self._below(other) or other._below(self))

    def _below(self, other: Interval) -> bool:
        if self.upper is None or other.lower is None:
            return False
        if self.upper == other.lower:
            return not (self.upper_closed and other.lower_closed)
        return self.upper < other.lower


@cache
def unit(decimals: int) -> Fraction:
    """One unit in the last of ``decimals`` decimals (``decimals`` may be negative)."""
    return Fraction(10) ** -decimals


def rounding_interval(value: Fraction, decimals: int, rounding: Rounding) -> Interval:
    """The exact values that print as ``value`` with ``decimals`` decimals.

    Rounding acts on the magnitude (half-up takes -0.5 to -1), as spreadsheets and SAS do.
    """
    if value < 0:
        mirrored = rounding_interval(-value, decimals, rounding)
        return Interval(
            None if mirrored.upper is None else -mirrored.upper,
            None if mirrored.lower is None else -mirrored.lower,
            mirrored.upper_closed,
            mirrored.lower_closed,
        )
    step = unit(decimals)
    half = step / 2
    if value == 0 and rounding is not Rounding.UP:
        reach = {Rounding.DOWN: step, Rounding.DOUBLE: half - step / 20}.get(rounding, half)
        closed = rounding in (Rounding.HALF_EVEN, Rounding.HALF_DOWN)
        return Interval(-reach, reach, closed, closed)
    if rounding is Rounding.HALF_UP:
        return Interval(value - half, value + half, True, False)
    if rounding is Rounding.HALF_DOWN:
        return Interval(value - half, value + half, False, True)
    if rounding is Rounding.HALF_EVEN:
        even = (value / step) % 2 == 0
        return Interval(value - half, value + half, even, even)
    if rounding is Rounding.DOUBLE:
        return Interval(value - half - step / 20, value + half - step / 20, True, False)
    if rounding is Rounding.DOWN:
        return Interval(value, value + step, True, False)
    return Interval(value - step if value else value, value, not value, True)


def round_fraction(
    exact: Fraction, decimals: int, rounding: Rounding = Rounding.HALF_UP
) -> Decimal:
    """``exact`` rounded to ``decimals`` decimals, without ever passing through a float."""
    if rounding is Rounding.DOUBLE:
        once = round_fraction(exact, decimals + 1, Rounding.HALF_UP)
        return round_fraction(Fraction(once), decimals, Rounding.HALF_UP)
    scaled = abs(exact) * 10**decimals if decimals >= 0 else abs(exact) / 10 ** (-decimals)
    whole, rest = divmod(scaled, 1)
    number = int(whole)
    half = Fraction(1, 2)
    up = {
        Rounding.HALF_UP: rest >= half,
        Rounding.HALF_DOWN: rest > half,
        Rounding.HALF_EVEN: rest > half or (rest == half and number % 2 == 1),
        Rounding.DOWN: False,
        Rounding.UP: rest > 0,
    }[rounding]
    number += up
    # A Decimal made of its parts is exact; arithmetic would round to the context's precision.
    negative = int(exact < 0 and number > 0)
    return Decimal((negative, tuple(map(int, str(number))), -decimals))
