"""Tails of the normal and the chi-squared distribution, without a library."""

from __future__ import annotations

from math import erfc, exp, pi, sqrt


def normal_tail(z: float) -> float:
    """P(Z >= z) of a standard normal variable."""
    return 0.5 * erfc(z / sqrt(2))


def chi_squared_tail(x: float, degrees: int) -> float:
    """P(X >= x) of chi-squared with ``degrees`` >= 1 degrees of freedom, a whole number.

    The finite series of Abramowitz and Stegun 26.4.4 and 26.4.5.
    """
    if x <= 0:
        return 1.0
    half = x / 2
    if degrees == 1:
        return erfc(sqrt(half))
    if degrees % 2:
        total, term, start = erfc(sqrt(half)), 2 * sqrt(half / pi) * exp(-half), 3
    else:
        total, term, start = 0.0, exp(-half), 2
    for k in range(start, degrees + 1, 2):
        total += term
        term *= x / k
    return min(1.0, total)
