"""Means with their SD and the range within which all values lie."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.finding import Place
from auditor.lexicon.whole_numbers import named_bounds, only_statistics, printed_scale, rated
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.printed_means import PrintedMean, printed_means
from auditor.reanalysis.spread_named import declared_spread
from auditor.reanalysis.summaries import arm_sizes
from auditor.reanalysis.whole_means import named_variable
from auditor.rounding import Interval, unit


@dataclass(frozen=True, slots=True)
class RangedSpread:
    """A mean and its SD with least and greatest value.

    Attributes:
        mean: printed, with SD and number of patients.
        sd: as printed.
        least, greatest: what the bounds stand for. ``shown``: as printed ("12 to 48").
        observed: whether somebody has the least and somebody the greatest value; otherwise they
            are the ends of a scale.
        place: of the range, where it stands in another cell, or None.
    """

    mean: PrintedMean
    sd: PrintedNumber
    least: Interval
    greatest: Interval
    shown: str
    observed: bool
    place: Place | None


def ranged_spreads(manuscript: Manuscript) -> Iterator[RangedSpread]:
    """Those of the tables, in reading order."""
    declared = declared_spread(manuscript)
    arms = arm_sizes(manuscript.tables)
    for reading in manuscript.tables:
        means = list(printed_means(reading, declared, arms))
        for one in means:
            if one.statistic != "mean" or one.spread is None or one.spread_is != "SD":
                continue
            if one.n is None or one.n < 2 or one.spread.value < 0 or one.doubt:
                continue
            ranged = _ranged(one, one.spread, means, manuscript)
            if ranged is not None:
                yield ranged


def _ranged(
    one: PrintedMean, sd: PrintedNumber, means: Sequence[PrintedMean], manuscript: Manuscript
) -> RangedSpread | None:
    if one.lower is not None and one.upper is not None and one.bounds_are == "range":
        return _observed(one, sd, one.lower, one.upper, None)
    beside = [m for m in means if m.statistic == "median" and _same(one, m)]
    if len(beside) == 1 and beside[0].bounds_are == "range":
        other = beside[0]
        if other.lower is not None and other.upper is not None:
            return _observed(one, sd, other.lower, other.upper, other.place)
    if one.change:
        return None
    for label in one.labels:
        scale = printed_scale(label)
        if scale is None and (named := named_variable((label,))) is not None:
            variable = named[1]
            if variable.least is not None and variable.greatest is not None:
                scale = (variable.least, variable.greatest)
        if scale is None:
            scale = _explained(label, manuscript)
        if scale is not None:
            least, greatest = (Interval(Fraction(x), Fraction(x)) for x in scale)
            shown = f"{scale[0]} to {scale[1]}"
            return RangedSpread(one, sd, least, greatest, shown, False, None)
        if label and not only_statistics(label):
            return None
    return None


def _explained(label: str, manuscript: Manuscript) -> tuple[int, int] | None:
    """The span behind a name ("Insight (0-4)"), if a sentence says that it is a scale's."""
    bounds = named_bounds(label)
    if bounds is None:
        return None
    name, least, greatest = bounds
    span = re.compile(rf"\b{least}\s?(?:[-–—−]|to)\s?{greatest}\b")
    for sentence in manuscript.prose.sentences:
        text = sentence.text
        if name.casefold() in text.casefold() and rated(text) and span.search(text):
            return least, greatest
    return None


def _same(mean: PrintedMean, median: PrintedMean) -> bool:
    """Whether two rows under one heading give statistics of one variable in one column."""
    one, other = mean.entry, median.entry
    return (
        one is not None
        and other is not None
        and one.column == other.column
        and one.row.block == other.row.block
        and one.row.groups == other.row.groups
        and bool(one.row.groups)
        and only_statistics(one.row.label)
        and only_statistics(other.row.label)
        and abs(one.row.index - other.row.index) <= 2
    )


def _observed(
    one: PrintedMean,
    sd: PrintedNumber,
    lower: PrintedNumber,
    upper: PrintedNumber,
    place: Place | None,
) -> RangedSpread | None:
    if lower.relation != "=" or upper.relation != "=" or lower.value > upper.value:
        return None
    shown = f"{lower.text} to {upper.text}"
    return RangedSpread(one, sd, around(lower), around(upper), shown, True, place)


def around(number: PrintedNumber) -> Interval:
    """What a number stands for, rounded or cut off in whatever way."""
    step = unit(number.decimals)
    return Interval(number.fraction - step, number.fraction + step)
