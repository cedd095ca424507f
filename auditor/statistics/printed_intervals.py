"""Which interval of a proportion a printed pair of bounds is: every usual method and level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from auditor.printed import PrintedNumber
from auditor.rounding import Rounding, unit
from auditor.statistics.proportions import (
    Interval,
    agresti_coull,
    clopper_pearson,
    jeffreys,
    mid_p,
    wald_uncut,
    wald_uncut_corrected,
    wilson,
    wilson_corrected,
)

LEVELS = (0.95, 0.90, 0.99, 0.975, 0.80)
"""Levels that papers use, the usual first. A one-sided bound at 95% is the two-sided one at 90%."""

_SLACK = Fraction(1, 10**9)  # computed bounds are floats; a tie of rounding is either way


@dataclass(frozen=True, slots=True)
class Method:
    """A method for the interval of a proportion; ``standard``: a reader expects it unsaid."""

    name: str
    function: Callable[[int, int, float], Interval]
    source: str
    standard: bool = True


METHODS = (
    Method("Clopper-Pearson (exact)", clopper_pearson, "Clopper, Pearson, Biometrika 1934"),
    Method("Wilson (score)", wilson, "Wilson, J Am Stat Assoc 1927"),
    Method("Wald", wald_uncut, "Newcombe, Stat Med 1998, method 1"),
    Method("Agresti-Coull", agresti_coull, "Agresti, Coull, Am Stat 1998"),
    Method(
        "Wilson with continuity correction",
        wilson_corrected,
        "Newcombe, Stat Med 1998, method 4",
        standard=False,
    ),
    Method(
        "Wald with continuity correction",
        wald_uncut_corrected,
        "Newcombe, Stat Med 1998, method 2",
        standard=False,
    ),
    Method("Jeffreys", jeffreys, "Brown, Cai, DasGupta, Stat Sci 2001", standard=False),
    Method("mid-P exact", mid_p, "Berry, Armitage, The Statistician 1995", standard=False),
)


@dataclass(frozen=True, slots=True)
class Given:
    """What one method gives for ``count`` of ``n``; bounds in percent.

    Attributes:
        fits: whether both bounds print as the ones in question.
        off: distance of the worse bound in units of the last printed digit, beyond rounding;
            0 where it fits.
    """

    method: Method
    level: float
    count: int
    n: int
    lower: float
    upper: float
    fits: bool
    off: float

    @property
    def name(self) -> str:
        if self.level == 0.95:
            return self.method.name
        return f"{self.method.name} at {self.level * 100:g}%"


def intervals_of(
    pairs: Sequence[tuple[int, int]],
    lower: PrintedNumber,
    upper: PrintedNumber,
    levels: Sequence[float] = (0.95,),
) -> tuple[Given, ...]:
    """Every method at every level for every (count, n), beside the printed bounds in percent."""
    return tuple(
        _given(method, level, count, n, lower, upper)
        for level in levels
        for count, n in pairs
        for method in METHODS
    )


def _given(
    method: Method, level: float, count: int, n: int, lower: PrintedNumber, upper: PrintedNumber
) -> Given:
    low, high = _limits(method, count, n, level)
    off = max(_off(lower, low, 0), _off(upper, high, 100))
    return Given(method, level, count, n, 100 * low, 100 * high, off == 0, off)


@lru_cache(maxsize=4096)
def _limits(method: Method, count: int, n: int, level: float) -> Interval:
    return method.function(count, n, level)


def _off(printed: PrintedNumber, limit: float, end: int) -> float:
    """Units of the last digit by which a bound misses the print; cut at ``end`` percent or not."""
    exact = 100 * Fraction(limit)
    cut = max(exact, Fraction(0)) if end == 0 else min(exact, Fraction(100))
    return min(_miss(printed, exact), _miss(printed, cut))


def _miss(printed: PrintedNumber, exact: Fraction, slack: Fraction = _SLACK) -> float:
    step = unit(printed.decimals)
    near = any(
        point in printed.interval(rounding)
        for rounding in (Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.DOWN)
        for point in (exact - slack, exact, exact + slack)
    )
    if near:
        return 0.0
    return float(max(abs(exact - printed.fraction) / step - Fraction(1, 2), _SLACK))


def envelope(given: Sequence[Given]) -> tuple[float, float, float, float]:
    """Least and greatest lower bound, least and greatest upper bound of all these, in percent."""
    lows, highs = [g.lower for g in given], [g.upper for g in given]
    return max(0.0, min(lows)), max(lows), min(highs), min(100.0, max(highs))


MOST = 10_000_000


def counts_of(percent: PrintedNumber, n: int) -> tuple[int, ...]:
    """Every count of ``n`` whose percentage prints as ``percent``, rounded or truncated.

    None for nobody, and none for more than ``MOST`` patients, of whom too many counts would.
    """
    if not 0 < n <= MOST:
        return ()
    guess = int(percent.fraction * n / 100)
    reach = int(unit(percent.decimals) * n / 100) + 2
    return tuple(
        count
        for count in range(max(0, guess - reach), min(n, guess + reach) + 1)
        if _miss(percent, Fraction(100 * count, n), Fraction(0)) == 0
    )
