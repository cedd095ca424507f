"""GRIM: whether a printed mean is one that n whole numbers can have.

Brown NJL, Heathers JAJ. The GRIM test. Soc Psychol Personal Sci 2017;8:363-369. The total of n
answers to a scale of m items is a whole number T, and the mean is T / (n m). A print stands for an
interval of means, under each convention of rounding another, and is possible if n m times the
interval holds a whole number. Nothing is computed in floats.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from math import ceil, floor

from auditor.granularity.inputs import (
    Exact,
    Number,
    Scale,
    either_way,
    ends,
    make_scale,
    printed,
    sample_size,
)
from auditor.granularity.verdict import Reason, Verdict, conventions
from auditor.printed import PrintedNumber
from auditor.rounding import NEAREST, Interval, Rounding, round_fraction, unit


def grim(
    mean: Number,
    n: int,
    *,
    items: int = 1,
    step: Exact = 1,
    percent: bool = False,
    minimum: Exact | None = None,
    maximum: Exact | None = None,
    roundings: Collection[Rounding] = NEAREST,
    decimals: int | None = None,
) -> Verdict:
    """Whether ``n`` whole numbers can have a mean that prints as ``mean``.

    Args:
        mean: as printed, as text ("3.10") to keep its decimals.
        n: number of observations.
        items: of the scale whose items each observation averages.
        step: the observations (times ``items``) are its multiples.
        percent: whether ``mean`` is the percentage of ``n`` that have something; the same as
            ``step=100, minimum=0, maximum=100``.
        minimum, maximum: least and greatest value of one observation.
        roundings: conventions to be allowed; those of ordinary rounding unless told.
        decimals: number of decimals printed, where ``mean`` is a float.

    Raises:
        UsageError: an argument that is no such number.
    """
    number = printed(mean, decimals, what="mean")
    n = sample_size(n)
    scale = make_scale(1, 100, 0, 100) if percent else make_scale(items, step, minimum, maximum)

    def possible(rounding: Rounding | None) -> bool:
        return bool(sums(interval(number, rounding), n, scale))

    allowed, found = conventions(possible, roundings)
    if allowed:
        return Verdict(True, Reason.POSSIBLE, found)
    open_scale = Scale(scale.grain)
    inside = any(sums(interval(number, r), n, open_scale) for r in (*roundings, None))
    reason = Reason.MEAN_BOUNDS if inside else Reason.MEAN
    return Verdict(False, reason, found, nearest_means(number, n, scale))


def totals(
    mean: Number,
    n: int,
    *,
    items: int = 1,
    step: Exact = 1,
    percent: bool = False,
    minimum: Exact | None = None,
    maximum: Exact | None = None,
    decimals: int | None = None,
) -> dict[Rounding, range]:
    """Which totals of all answers, in steps, print as ``mean``, by convention of rounding.

    Arguments as of ``grim``. A convention under which there is none has an empty range.
    """
    number = printed(mean, decimals, what="mean")
    scale = make_scale(1, 100, 0, 100) if percent else make_scale(items, step, minimum, maximum)
    size = sample_size(n)
    return {rounding: sums(number.interval(rounding), size, scale) for rounding in Rounding}


def grim_ratio(mean: Number, n: int, *, items: int = 1, step: Exact = 1) -> Fraction:
    """Share of all means with these decimals that are impossible for ``n``; 0 where none is.

    1 - n m / 10^d for m items and d decimals (Brown and Heathers 2017, p. 364): with two decimals
    and one item the test has no power from 100 observations on.
    """
    number, scale = printed(mean, what="mean"), make_scale(items, step)
    return max(Fraction(0), 1 - unit(number.decimals) * sample_size(n) / scale.grain)


def interval(number: PrintedNumber, rounding: Rounding | None) -> Interval:
    """What ``number`` stands for; None is ordinary rounding with ties either way."""
    return either_way(number) if rounding is None else number.interval(rounding)


def integers(within: Interval, factor: Fraction = Fraction(1)) -> range:
    """The whole numbers in ``factor`` (above 0) times a bounded interval."""
    lower, upper = (end * factor for end in ends(within))
    first = ceil(lower) if within.lower_closed else floor(lower) + 1
    last = floor(upper) if within.upper_closed else ceil(upper) - 1
    return range(first, last + 1)


def sums(mean: Interval, n: int, scale: Scale) -> range:
    """The totals, in grains, of ``n`` observations whose mean lies in the interval."""
    found = integers(mean, n / scale.grain)
    first, stop = found.start, found.stop
    if scale.least is not None:
        first = max(first, n * scale.least)
    if scale.greatest is not None:
        stop = min(stop, n * scale.greatest + 1)
    return range(first, max(first, stop))


def nearest_means(mean: PrintedNumber, n: int, scale: Scale) -> tuple[str, ...]:
    """The possible means next below and above, with the decimals of ``mean``."""
    total = mean.fraction * n / scale.grain
    found: list[str] = []
    for near in (floor(total), ceil(total)):
        raised = near if scale.least is None else max(near, n * scale.least)
        inside = raised if scale.greatest is None else min(raised, n * scale.greatest)
        text = f"{round_fraction(inside * scale.grain / n, mean.decimals):f}"
        if text not in found:
            found.append(text)
    return tuple(found)
