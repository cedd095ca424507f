"""Whether n of d prints as a percentage, and which d could be meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from auditor.printed import PrintedNumber
from auditor.rounding import NEAREST, unit


class Fit(StrEnum):
    """NEAREST: right under ordinary rounding. LOOSE: less than one unit in the last digit off,
    as by truncation or double rounding. MISFIT: no rounding gives it."""

    NEAREST = "nearest"
    LOOSE = "loose"
    MISFIT = "misfit"


def percentage(count: int, denominator: int) -> Fraction:
    """100 n / d, exact."""
    return Fraction(100 * count, denominator)


def fit(count: int, denominator: int, percent: PrintedNumber) -> Fit:
    """How well ``count`` of ``denominator`` prints as ``percent``."""
    if denominator <= 0 or count > denominator:
        return Fit.MISFIT
    exact = percentage(count, denominator)
    if percent.relation != "=":
        return Fit.NEAREST if exact in percent.interval() else Fit.MISFIT
    if any(exact in percent.interval(mode) for mode in NEAREST):
        return Fit.NEAREST
    return Fit.LOOSE if percent.units_off(exact) < 1 else Fit.MISFIT


def attainable(count: int, percent: PrintedNumber, limit: int, *, truncated: bool = False) -> range:
    """Every denominator up to ``limit`` of which ``count`` prints as ``percent``.

    Ordinary and double rounding are allowed, with ``truncated`` cutting off as well, so an empty
    range means: impossible. The denominators are contiguous, since the percentage falls as the
    denominator grows.
    """
    low, high = max(count, 1), limit
    value, step = percent.fraction, unit(percent.decimals)
    if percent.relation in ("<", "<="):
        if count == 0:
            return range(low, high + 1)
        least = Fraction(100 * count) / value if value else Fraction(limit + 1)
        low = max(low, floor(least) + 1 if percent.relation == "<" else ceil(least))
        return range(low, high + 1)
    if percent.relation in (">", ">="):
        most = Fraction(100 * count) / value if value else Fraction(limit)
        high = min(high, ceil(most) - 1 if percent.relation == ">" else floor(most))
        return range(low, high + 1)
    upper = value + (step if truncated else step / 2)
    lower = max(value - step / 2 - step / 20, Fraction(0))
    if count == 0:
        return range(low, high + 1) if lower == 0 else range(0)
    low = max(low, ceil(Fraction(100 * count) / upper))
    if lower > 0:
        high = min(high, floor(Fraction(100 * count) / lower))
    return range(low, high + 1) if high >= low else range(0)


def informative(count: int, percent: PrintedNumber) -> bool:
    """Whether the pair tells something of its denominator (0 of anything is 0%)."""
    return count > 0 and percent.relation == "="


Pair = tuple[int, PrintedNumber]


def best_denominators(
    pairs: Sequence[Pair], limit: int, *, truncated: bool = False
) -> tuple[range, int]:
    """The denominators that explain most of the pairs, and how many they explain.

    Args:
        pairs: informative (count, percentage) pairs.
        limit: largest denominator considered.
        truncated: whether the percentages may be cut off instead of rounded.

    Returns:
        The contiguous range of best denominators that begins lowest, and its number of pairs.
    """
    found = (attainable(n, percent, limit, truncated=truncated) for n, percent in pairs)
    spans = [span for span in found if span]
    best, most = range(0), 0
    for start in sorted({r.start for r in spans}):
        holding = [r for r in spans if start in r]
        if len(holding) > most:
            most = len(holding)
            best = range(start, min(r.stop for r in holding))
    return best, most


def explained(pairs: Iterable[Pair], denominator: int) -> int:
    """How many of the pairs print right, or nearly, over ``denominator``."""
    return sum(fit(c, denominator, p) is not Fit.MISFIT for c, p in pairs)
