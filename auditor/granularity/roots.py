"""Square roots without floats."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import isqrt


def print_root(square: Fraction, decimals: int) -> str:
    """The root of ``square`` (at least 0) with ``decimals`` decimals, rounded half-up."""
    doubled = isqrt(int(4 * square * Fraction(100) ** decimals))
    return f"{Decimal((doubled + 1) // 2).scaleb(-decimals):f}"
