"""What a test of granularity says."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from auditor.rounding import NEAREST, Rounding


class Reason(StrEnum):
    """Why a print is or is not possible, in words that stand in a table."""

    POSSIBLE = "possible"
    MEAN = "no whole total gives this mean"
    MEAN_BOUNDS = "every total that gives this mean breaks the bounds of the scale"
    ONE_VALUE = "a single value has no sample SD"
    NEGATIVE = "an SD is not negative"
    TOO_SMALL = "the SD is smaller than whole numbers with this mean allow"
    TOO_GREAT = "the SD is greater than the bounds of the scale allow"
    SQUARES = "no whole sum of squares gives this SD"
    PARITY = "every sum of squares that gives this SD is odd with an even total, or the reverse"
    GAP = "no whole numbers have a total and a sum of squares that give this mean and SD"
    BINARY = "no number of ones gives this mean and SD together"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a print is possible; true in a condition if it is.

    Attributes:
        consistent: whether it is, under the conventions of rounding that were asked for.
        reason: why not.
        conventions: every convention of rounding under which it is possible, whether asked for
            or not ("down" is truncation).
        nearest: possible prints next to the number at fault, below and above, where it is not.
    """

    consistent: bool
    reason: Reason
    conventions: tuple[Rounding, ...] = ()
    nearest: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.consistent


def conventions(
    possible: Callable[[Rounding | None], bool], asked: Collection[Rounding]
) -> tuple[bool, tuple[Rounding, ...]]:
    """Whether a print is possible under one of the conventions asked for, and under which ever.

    ``possible(None)`` stands for ordinary rounding whose ties go either way, each for itself, as
    they do where numbers are computed as floats. It is allowed where all of ``NEAREST`` are.
    """
    found = tuple(rounding for rounding in Rounding if possible(rounding))
    if any(rounding in asked for rounding in found):
        return True, found
    return all(rounding in asked for rounding in NEAREST) and possible(None), found
