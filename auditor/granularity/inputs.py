"""What the public functions take: printed numbers, sample sizes, scales."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import ceil, floor
from typing import SupportsIndex

from auditor.errors import UsageError
from auditor.printed import PrintedNumber, parse_number
from auditor.rounding import Interval, unit

Number = str | int | Decimal | PrintedNumber
"""A printed number. Text keeps its trailing zeros: "3.10" has two decimals, and an ``int`` none."""

Exact = str | int | Decimal | Fraction
"""A number without rounding, such as the least value of a scale."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The values that one observation can have: multiples of ``grain`` within bounds.

    ``least`` and ``greatest`` count grains; None leaves that side open.
    """

    grain: Fraction = Fraction(1)
    least: int | None = None
    greatest: int | None = None


def printed(
    value: object, decimals: int | None = None, *, what: str = "the value"
) -> PrintedNumber:
    """``value`` as a printed number.

    Args:
        value: text, a whole number, a ``Decimal`` or what was read from a document; a float only
            together with ``decimals``, since 3.1 and 3.10 are one float.
        decimals: number of decimals that were printed, for floats and whole numbers.

    Raises:
        UsageError: it is no number, has a bound ("<0.1"), or hides its decimals.
    """
    number: PrintedNumber | None = None
    if isinstance(value, PrintedNumber):
        number = value
    elif isinstance(value, str):
        number = parse_number(value)
    elif isinstance(value, float):
        if decimals is None:
            raise UsageError(
                f"{what} {value!r} is a float, which does not keep trailing zeros",
                hint='Give it as text ("3.10") or say how many decimals were printed: decimals=2.',
            )
        number = _decimal(Decimal(repr(float(value))), decimals, what)
    elif isinstance(value, Decimal):
        number = _decimal(value, None, what)
    elif isinstance(value, SupportsIndex) and not isinstance(value, bool):
        number = _decimal(Decimal(operator.index(value)), decimals or 0, what)
    if number is None or number.relation != "=":
        raise UsageError(f"{what} {value!r} is not one printed number")
    return number


def _decimal(value: Decimal, decimals: int | None, what: str) -> PrintedNumber:
    if not value.is_finite():
        raise UsageError(f"{what} {value} is not a number")
    exponent = int(value.as_tuple().exponent)
    if decimals is not None:
        shown = value.quantize(Decimal(1).scaleb(-decimals))
        if shown != value:
            raise UsageError(f"{what} {value} has more than {decimals} decimals")
        value, exponent = shown, -decimals
    return PrintedNumber(f"{value:f}", value, -exponent)


def sample_size(n: object) -> int:
    """A number of observations.

    Raises:
        UsageError: it is not a whole number of at least 1.
    """
    if isinstance(n, str) and n.strip().isdecimal() or isinstance(n, float) and n.is_integer():
        n = int(n)
    if not isinstance(n, SupportsIndex) or isinstance(n, bool) or operator.index(n) < 1:
        raise UsageError(f"n must be a whole number of at least 1, not {n!r}")
    return operator.index(n)


def make_scale(
    items: int = 1,
    step: Exact = 1,
    minimum: Exact | None = None,
    maximum: Exact | None = None,
) -> Scale:
    """The values of one observation.

    Args:
        items: how many items a score averages; the answers are multiples of ``step``, the score
            of ``step / items``.
        step: 1 for whole numbers, 10 for the Karnofsky index, "0.5" for half points, 100 for
            percentages of yes and no.
        minimum, maximum: of one observation, on the scale of the printed mean.

    Raises:
        UsageError: a number that makes no scale.
    """
    if items < 1 or exact(step) <= 0:
        raise UsageError(f"items ({items}) and step ({step}) must be above 0")
    grain = exact(step) / items
    least = None if minimum is None else ceil(exact(minimum) / grain)
    greatest = None if maximum is None else floor(exact(maximum) / grain)
    if least is not None and greatest is not None and least > greatest:
        raise UsageError(f"no value lies from {minimum} to {maximum}")
    return Scale(grain, least, greatest)


def exact(value: Exact) -> Fraction:
    """``value`` as a fraction.

    Raises:
        UsageError: it is no number, or a float.
    """
    if isinstance(value, float):
        raise UsageError(f"{value!r} is a float: give it as text, Decimal or Fraction")
    try:
        return Fraction(value)
    except (ValueError, TypeError, InvalidOperation) as error:
        raise UsageError(f"{value!r} is not a number") from error


def either_way(number: PrintedNumber) -> Interval:
    """The values that print as ``number`` by ordinary rounding, ties whichever way."""
    half = unit(number.decimals) / 2
    return Interval(number.fraction - half, number.fraction + half)


def ends(interval: Interval) -> tuple[Fraction, Fraction]:
    """Both ends of a bounded interval.

    Raises:
        UsageError: it is not bounded.
    """
    if interval.lower is None or interval.upper is None:
        raise UsageError("an interval without end has no least and greatest value")
    return interval.lower, interval.upper
