"""Whether any number of patients gives "n (p%)", and which of the stated ones does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from auditor.extraction.fits import Fit, fit, percentage
from auditor.printed import PrintedNumber
from auditor.rounding import NEAREST, round_fraction, unit

_FAR = 10**7


class Share(StrEnum):
    """RIGHT: some stated number of patients gives it. OPEN: nothing stated gives it, but a
    smaller number that may be meant would. IMPOSSIBLE: no whole number of patients at all gives
    it. BEYOND: only more patients than there are would give it. MISFIT: the number of patients
    that the sentence itself names does not give it, and a smaller one would."""

    RIGHT = "right"
    OPEN = "open"
    IMPOSSIBLE = "impossible"
    BEYOND = "beyond"
    MISFIT = "misfit"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a share stands; ``of`` are the numbers of patients that would give it."""

    how: Share
    of: range


def judge(count: int, percent: PrintedNumber, named: tuple[int, ...], largest: int) -> Judgement:
    """Hold a count with its percentage against the numbers of patients it may be of.

    Args:
        count, percent: as printed together.
        named: what the sentence itself says the patients are; empty where it is silent.
        largest: the largest number of patients that the document states; 0 if unknown.
    """
    of = patients_of(count, percent)
    if not of:
        return Judgement(Share.IMPOSSIBLE, of)
    if any(fit(count, n, percent) is not Fit.MISFIT for n in named):
        return Judgement(Share.RIGHT, of)
    most = max(named, default=largest)
    if most and of[0] > most:
        return Judgement(Share.BEYOND, of)
    return Judgement(Share.MISFIT if named else Share.OPEN, of)


def patients_of(count: int, percent: PrintedNumber) -> range:
    """Every number of patients of which ``count`` prints as ``percent``, or nearly: less than one
    unit in the last digit off, as by cutting off or rounding up."""
    step = unit(percent.decimals)
    lower, upper = max(percent.fraction - step, Fraction(0)), percent.fraction + step
    low = max(count, 1, floor(100 * count / upper) + 1)
    if count == 0:
        return range(1, _FAR) if lower == 0 else range(0)
    high = ceil(100 * count / lower) - 1 if lower else _FAR
    return range(low, high + 1) if high >= low else range(0)


def decimal_slip(count: int, percent: PrintedNumber, patients: int) -> str:
    """The right percentage, where only the decimal point of the printed one is misplaced, or "".

    One digit fewer may be printed than the right number would have ("1.8%" for 18%).
    """
    if count <= 0 or count > patients or percent.relation != "=" or not percent.value:
        return ""
    exact = percentage(count, patients)
    for shift in (1, -1, 2, -2):
        shifted = exact * Fraction(10) ** shift
        if any(shifted in percent.interval(mode) for mode in NEAREST):
            return f"{round_fraction(exact, max(0, percent.decimals + shift))}%"
    return ""


def digit_slip(count: int, percent: PrintedNumber, patients: int) -> str:
    """How the digits of the right percentage turn into the printed one, in words, or ""."""
    if not 0 < count <= patients:
        return ""
    right, printed = (
        str(round_fraction(percentage(count, patients), percent.decimals)),
        str(percent.value),
    )
    if len(right) == len(printed):
        unlike = [i for i, (a, b) in enumerate(zip(right, printed, strict=True)) if a != b]
        if len(unlike) == 2 and (right[unlike[0]], right[unlike[1]]) == (
            printed[unlike[1]],
            printed[unlike[0]],
        ):
            return f"transposed digits: {printed} for {right}"
        if len(unlike) == 1 and len(right.replace(".", "")) > 1:
            return f"one digit differs: {printed} for {right}"
    if len(right) == len(printed) + 1 and right[1:] == printed:
        return f"a digit is missing: {printed} for {right}"
    return ""
