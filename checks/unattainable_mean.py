"""A mean of whole numbers is printed that no whole total gives.

## What it does
Looks in tables and text for means of variables that are whole numbers for each patient (nodes,
cycles, episodes, points of a scale; a lexicon names them) where n is small enough that the printed
decimals leave gaps: n of them can only have means that are a whole number over n. A mean in a gap
is a warning where the paper says that no value is missing, or where a scale was rated at the
beginning and up to a tenth fewer patients do not explain it either; an error where the row itself
states its n. Elsewhere, and where cutting off or rounding twice gives the print, it is a note:
nodes are counted of those operated on. So are questionnaires. Changes and adjusted means are left
alone.

## Why it matters
The mean, the n, or the statement that all patients were counted is wrong.

## Example
21.71 points of 27 patients: 586/27 is 21.70 and 587/27 is 21.74; nothing lies between.

## References
Brown NJL, Heathers JAJ. The GRIM test. Soc Psychol Personal Sci 2017;8:363-369.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged
from auditor.granularity.grim import interval, nearest_means, sums
from auditor.manuscript import Manuscript
from auditor.reanalysis.whole_means import WholeMean, whole_means
from auditor.recomputed import Recomputed, Result
from auditor.rounding import Rounding, round_fraction, unit

from ._whole import cell_places, standing

_SOURCE = "GRIM, Brown and Heathers 2017"


@check(code="GRM001", name="unattainable-mean")
def unattainable_mean(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a finding for every mean of whole numbers that lies in a gap."""
    judged = 0
    for one in whole_means(manuscript):
        if one.printed.statistic != "mean" or one.variable.binary or not _telling(one):
            continue
        judged += 1
        yield Judged(one.printed.claims[:1])
        yield _recomputed(one)
        if not _possible(one, one.sizes[0], None):
            yield _finding(one)
    if not judged:
        raise NotEvaluable("no mean of whole numbers has a small enough n")


def _telling(one: WholeMean) -> bool:
    """Whether some means with these decimals are impossible for n."""
    return unit(one.printed.value.decimals) * one.sizes[0] < one.scale.grain


def _possible(one: WholeMean, n: int, rounding: Rounding | None) -> bool:
    return bool(sums(interval(one.printed.value, rounding), n, one.scale))


def _recomputed(one: WholeMean) -> Recomputed:
    n, value = one.sizes[0], one.printed.value
    results = []
    for name, rounding, standard in (
        ("whole total over n, rounded", None, True),
        ("whole total over n, rounded twice", Rounding.DOUBLE, False),
        ("whole total over n, cut off", Rounding.DOWN, False),
    ):
        found = sums(interval(value, rounding), n, one.scale)
        shown = " or ".join(_division(one, t, n) for t in found[:2])
        if not found:
            shown = "next to it " + " and ".join(nearest_means(value, n, one.scale))
        results.append(Result(name, shown, bool(found), standard, _SOURCE))
    return Recomputed(
        "mean of whole numbers",
        one.printed.where,
        value.text,
        one.printed.place,
        (f"n = {n}", f"{one.variable.name}: multiples of {one.variable.step}"),
        tuple(results),
        "" if one.certain else "n is that of the header: values may be missing",
    )


def _division(one: WholeMean, total: int, n: int) -> str:
    """Such as "586/27 = 21.704": one decimal more than printed."""
    mean = total * one.scale.grain / n
    shown = round_fraction(Fraction(mean), one.printed.value.decimals + 1)
    return f"{total * one.scale.grain}/{n} = {shown}"


def _finding(one: WholeMean) -> Finding:
    n, value = one.sizes[0], one.printed.value
    below = int(value.fraction * n / one.scale.grain)
    found = standing(one, lambda size, rounding: _possible(one, size, rounding))
    nearest = nearest_means(value, n, one.scale)
    kind = "whole numbers" if one.variable.step == 1 else f"multiples of {one.variable.step}"
    return Finding(
        severity=found.severity,
        verdict=found.verdict,
        message=f"{one.printed.where}: no {n} {kind} have a mean of {value.text}.",
        places=cell_places(one),
        reported=value.text,
        expected=" or ".join(nearest),
        arithmetic=(
            _division(one, below, n),
            _division(one, below + 1, n),
            *found.lines,
            f"test: {_SOURCE}",
        ),
        conventions=found.conventions,
    )
