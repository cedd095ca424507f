"""An estimate with its two bounds, as printed: on which scale it is their centre.

Printed numbers are the intervals of exact values that rounding allows. All three are rounded in
one way (to the nearest, down or up), and the question is decided exactly: "no" means that no
three exact numbers with the estimate at the centre print so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from auditor.printed import PrintedNumber
from auditor.rounding import unit

_NEAREST = (Fraction(-1, 2), Fraction(1, 2))
_WAYS = (
    _NEAREST,  # ties either way
    (Fraction(0), Fraction(1)),  # truncated
    (Fraction(-1), Fraction(0)),  # rounded up
)
"""Reach of one unit of the last digit below and above the print, for each way of rounding."""


@dataclass(frozen=True, slots=True)
class Symmetric:
    """An interval that is estimate -+ half its width.

    Attributes:
        half: half its width.
        cut: whether its lower bound would be negative and was cut at 0.
        lower, upper: what estimate -+ half gives.
        chance: about how probable it is that bounds anywhere around the estimate look so.
    """

    half: Fraction
    cut: bool
    lower: Fraction
    upper: Fraction
    chance: float


def at_geometric_centre(value: PrintedNumber, lower: PrintedNumber, upper: PrintedNumber) -> bool:
    """Whether value^2 = lower x upper may hold exactly, as it does on the log scale.

    Altman and Bland, BMJ 2011;343:d2304. All three are positive.
    """
    for way in _WAYS:
        (v0, v1), (l0, l1), (u0, u1) = (_reach(n, way) for n in (value, lower, upper))
        if l0 * u0 < v1 * v1 and v0 * v0 < l1 * u1:
            return True
        # Ties are rounded either way, but one end of what is cut or raised is open.
        if way == _NEAREST and l0 * u0 <= v1 * v1 and v0 * v0 <= l1 * u1:
            return True
    return False


def at_arithmetic_centre(value: PrintedNumber, lower: PrintedNumber, upper: PrintedNumber) -> bool:
    """Whether 2 value = lower + upper may hold exactly: a difference or a mean by Wald."""
    return any(_centred(value, lower, upper, way) for way in _WAYS)


def _centred(
    value: PrintedNumber, lower: PrintedNumber, upper: PrintedNumber, way: tuple[Fraction, Fraction]
) -> bool:
    # Rounding down and up act on the size of a number, not on its sign.
    (v0, v1), (l0, l1), (u0, u1) = (_signed(n, way) for n in (value, lower, upper))
    return l0 + u0 <= 2 * v1 and 2 * v0 <= l1 + u1


def symmetric(value: PrintedNumber, lower: PrintedNumber, upper: PrintedNumber) -> Symmetric | None:
    """The symmetric interval that value and bounds may be, cut at 0 where it would be negative.

    SPSS prints the interval of a median survival time so: median -+ 1.96 standard errors
    (IBM SPSS Statistics Algorithms, KM; Collett, Modelling Survival Data, 2.4).
    """
    if not lower.value <= value.value <= upper.value or lower.value == upper.value:
        return None
    width = upper.fraction - value.fraction
    if lower.value == 0:  # a bare "0" beside "9.1" is 0.0
        lower = replace(lower, decimals=max(value.decimals, upper.decimals))
    step = max(unit(n.decimals) for n in (value, lower, upper))
    ways = _WAYS[:1] if lower.value == 0 else _WAYS
    if any(_centred(value, lower, upper, way) for way in ways):
        half = (upper.fraction - lower.fraction) / 2
        lows = value.fraction - half
        chance = min(1.0, float(4 * step / (upper.fraction - lower.fraction + 4 * step)))
        return Symmetric(half, False, lows, value.fraction + half, chance)
    if lower.value == 0 and value.fraction - width < 0:
        return Symmetric(width, True, Fraction(0), upper.fraction, 1.0)
    return None


def _reach(number: PrintedNumber, way: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    step = unit(number.decimals)
    return max(Fraction(0), number.fraction + way[0] * step), number.fraction + way[1] * step


def _signed(number: PrintedNumber, way: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    step = unit(number.decimals)
    low, high = way if number.value >= 0 else (-way[1], -way[0])
    if number.value == 0 and way[0] == 0:
        low = Fraction(-1)  # 0 truncated may have been negative
    return number.fraction + low * step, number.fraction + high * step
