"""Printed P values: which exact values one allows, and on which side of a threshold it stands."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from auditor.printed import PrintedNumber
from auditor.rounding import Interval, Rounding, unit

_SLACK = Fraction(1, 10**9)  # computed values are floats; a tie of rounding is either way


@lru_cache(maxsize=4096)
def allowed(p: PrintedNumber) -> Interval:
    """The exact P values that print as ``p``, rounded or truncated, within 0 and 1.

    "0.05" is 0.045 to 0.06, "<0.01" is 0 to 0.01. A printed "0.000" (as SPSS prints it) is
    anything below 0.001; ">0.05" is 0.05 to 1.
    """
    spans = [p.interval(r) for r in (Rounding.HALF_UP, Rounding.HALF_DOWN, Rounding.DOWN)]
    lower = max(Fraction(0), min(s.lower if s.lower is not None else Fraction(0) for s in spans))
    upper = min(Fraction(1), max(s.upper if s.upper is not None else Fraction(1) for s in spans))
    return Interval(lower, upper)


def allows(p: PrintedNumber, exact: float) -> bool:
    """Whether the exact value ``exact`` may be printed as ``p``."""
    return meets(p, exact, exact)


def meets(p: PrintedNumber, least: float, greatest: float) -> bool:
    """Whether some exact value between ``least`` and ``greatest`` may be printed as ``p``."""
    span = allowed(p)
    low, high = span.lower or Fraction(0), span.upper if span.upper is not None else Fraction(1)
    return Fraction(least) <= high + _SLACK and Fraction(greatest) >= low - _SLACK


def significant(p: PrintedNumber, alpha: float = 0.05) -> bool | None:
    """Whether every exact value that ``p`` allows is below ``alpha``; None where that is open.

    "0.05" at alpha 0.05 is open: 0.049 and 0.051 both print so. ">=" and ">" at alpha are not
    significant, "<" at alpha is.
    """
    limit = Fraction(Decimal(str(alpha)))
    if p.relation in ("<", "<="):
        return True if p.fraction <= limit else None
    if p.relation in (">", ">="):
        return False if p.fraction >= limit else None
    half = unit(p.decimals) / 2
    if p.fraction + half <= limit:
        return True
    return False if p.fraction - half >= limit else None


def shown(value: float, like: PrintedNumber | None = None) -> str:
    """A computed P value as text, with at least three decimals, or "<0.0001"."""
    decimals = max(3, like.decimals if like is not None else 3)
    decimals = min(decimals, 6)
    if value < 0.5 * 10.0**-decimals:
        return f"<{10.0**-decimals:.{decimals}f}"
    return f"{value:.{decimals}f}"
