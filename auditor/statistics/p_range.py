"""The P values that inputs printed in rounded form allow."""

from __future__ import annotations

import math
from dataclasses import dataclass

from auditor.printed import PrintedNumber
from auditor.rounding import Interval
from auditor.statistics.printed_p import meets, shown

Span = tuple[float, float]
"""Least and greatest exact value that a printed number may stand for."""


@dataclass(frozen=True, slots=True)
class PRange:
    """Least and greatest P value over everything that the rounded inputs may stand for."""

    least: float
    greatest: float

    @property
    def half(self) -> PRange:
        """The one-sided P values, the difference being in the direction that was tested."""
        return PRange(self.least / 2, self.greatest / 2)

    def __contains__(self, p: float) -> bool:
        return self.least <= p <= self.greatest

    def allows(self, p: PrintedNumber) -> bool:
        """Whether one of the P values may be printed as ``p``."""
        return meets(p, self.least, self.greatest)

    def shown(self, like: PrintedNumber | None = None) -> str:
        """As a reader would print it: "0.064", or "0.061 to 0.068"."""
        low, high = shown(self.least, like), shown(self.greatest, like)
        return low if low == high else f"{low} to {high}"


def span(number: PrintedNumber) -> Span:
    """The exact values that a printed number may stand for, rounded to nearest."""
    return ends(number.interval())


def ends(interval: Interval) -> Span:
    """The ends of an interval as floats, infinite where it is open."""
    low = -math.inf if interval.lower is None else float(interval.lower)
    high = math.inf if interval.upper is None else float(interval.upper)
    return (low, high)
