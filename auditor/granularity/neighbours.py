"""Which values next to the printed ones would be possible: where a slip may lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from auditor.granularity.debit import debit
from auditor.granularity.grim import grim
from auditor.granularity.grimmer import grimmer
from auditor.granularity.inputs import Number, printed, sample_size
from auditor.printed import PrintedNumber
from auditor.rounding import unit


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A change of one number that makes the print possible.

    Attributes:
        variable: "mean", "sd" or "n".
        value: as it would be printed.
        steps: how many units of the last digit it lies above (below 0: below) the print.
    """

    variable: str
    value: str
    steps: int


def grim_sequence(mean: Number, n: int, *, reach: int = 5, **options: Any) -> tuple[Neighbour, ...]:
    """Every mean and every n within ``reach`` units with which GRIM finds the print possible.

    ``options`` are those of ``grim``. The nearest come first.
    """
    number, size = printed(mean, options.pop("decimals", None)), sample_size(n)
    found = [i for i in _near("mean", number, reach) if grim(i.value, size, **options)]
    found += [i for i in _sizes(size, reach) if grim(number, int(i.value), **options)]
    return _ordered(found)


def grimmer_sequence(
    mean: Number, sd: Number, n: int, *, reach: int = 5, **options: Any
) -> tuple[Neighbour, ...]:
    """As ``grim_sequence``, for mean, SD and n, one changed at a time; options of ``grimmer``."""
    return _three(grimmer, mean, sd, n, reach, options)


def debit_sequence(
    mean: Number, sd: Number, n: int, *, reach: int = 5, **options: Any
) -> tuple[Neighbour, ...]:
    """As ``grimmer_sequence``, for yes-or-no answers; options of ``debit``."""
    return _three(debit, mean, sd, n, reach, options)


def _three(
    test: Any, mean: Number, sd: Number, n: int, reach: int, options: dict[str, Any]
) -> tuple[Neighbour, ...]:
    decimals = options.pop("decimals", None)
    sd_decimals = options.pop("sd_decimals", decimals)
    number, spread, size = printed(mean, decimals), printed(sd, sd_decimals), sample_size(n)
    found = [i for i in _near("mean", number, reach) if test(i.value, spread, size, **options)]
    found += [
        i
        for i in _near("sd", spread, reach)
        if not i.value.startswith("-") and test(number, i.value, size, **options)
    ]
    found += [i for i in _sizes(size, reach) if test(number, spread, int(i.value), **options)]
    return _ordered(found)


def _near(variable: str, number: PrintedNumber, reach: int) -> Iterator[Neighbour]:
    for steps in _steps(reach):
        value = number.fraction + steps * unit(number.decimals)
        yield Neighbour(variable, number.like(value).rstrip("%"), steps)


def _sizes(n: int, reach: int) -> Iterator[Neighbour]:
    return (Neighbour("n", str(n + steps), steps) for steps in _steps(reach) if n + steps >= 1)


def _steps(reach: int) -> Iterator[int]:
    for distance in range(1, reach + 1):
        yield from (-distance, distance)


def _ordered(found: list[Neighbour]) -> tuple[Neighbour, ...]:
    return tuple(sorted(found, key=lambda i: (abs(i.steps), i.steps, i.variable)))
