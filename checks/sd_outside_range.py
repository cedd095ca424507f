"""A standard deviation is greater or smaller than the range of the values allows.

## What it does
Takes mean and SD with the least and the greatest value: printed beside them, in the row below
("Mean (SD)", "Median (min, max)"), or as the ends of a scale that the label prints or the lexicon
knows. The values spread most where all of them are at one end or the other, and least where all
but the two ends are equal. An SD beyond that is an error with a printed range and a warning with a
scale, whatever the rounding and even if half of the patients were missing. What is called SE is
left alone, and so are adjusted means.

## Why it matters
A standard error printed as a standard deviation, or a variance, shows in this way.

## Example
1.41 ± 2.61 on a scale of 0 to 4 of 27 patients: with that mean the SD is at most 1.95.

## References
Shiffler RE, Harsha PD. Upper and lower bounds for the sample standard deviation. Teaching
Statistics 1980;2:84-86. Bhatia R, Davis C. Am Math Mon 2000;107:353-357.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.granularity.inputs import ends
from auditor.granularity.limits import Limits, variance_limits
from auditor.manuscript import Manuscript
from auditor.reanalysis.completeness import nothing_missing
from auditor.reanalysis.ranged_spreads import RangedSpread, around, ranged_spreads
from auditor.recomputed import Recomputed, Result
from auditor.rounding import Interval

_SOURCE = "Shiffler and Harsha 1980"


@check(code="GRM004", name="sd-outside-range")
def sd_outside_range(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a finding for every SD that the range of the values does not allow."""
    judged = 0
    complete = nothing_missing(manuscript) is not None
    for one in ranged_spreads(manuscript):
        limits = _limits(one, complete=complete)
        if limits is None:
            continue  # the mean lies outside: INT001 says so
        judged += 1
        yield Judged(one.mean.claims)
        right = limits.allows(around(one.sd))
        yield _recomputed(one, limits, right=right)
        if not right:
            yield _finding(one, limits)
    if not judged:
        raise NotEvaluable("no mean and SD is printed with the range of the values")


def _limits(one: RangedSpread, *, complete: bool) -> Limits | None:
    """Least and greatest variance over the rounding of all numbers and the possible n.

    Fewer values make the least greater, so that n of all patients is safe; the greatest is that
    of half of them where some may be missing.
    """
    n, mean = one.mean.n or 0, around(one.mean.value)
    limits = variance_limits(n, one.least, one.greatest, mean)
    if limits is None:
        return None
    # Nobody need be at the ends of a scale.
    least = limits.least if one.observed else Fraction(0)
    if complete or one.mean.own_n:
        return Limits(least, limits.greatest)
    half = max(n // 2, 2)
    (low, _), (_, high) = ends(one.least), ends(one.greatest)
    bottom, top = ends(mean)
    middle = min(max((low + high) / 2, bottom), top)
    return Limits(least, (high - middle) * (middle - low) * half / (half - 1))


def _recomputed(one: RangedSpread, limits: Limits, *, right: bool) -> Recomputed:
    low, high = limits.shown(one.sd.decimals)
    name = "range of the values" if one.observed else "ends of the scale"
    return Recomputed(
        "SD within the range",
        one.mean.where,
        one.sd.text,
        one.mean.place,
        (f"mean {one.mean.value.text}", f"{name}: {one.shown}", f"n = {one.mean.n}"),
        (
            Result(
                f"SD that the {name} allow{'s' * one.observed}",
                f"{low} to {high}",
                right,
                True,
                _SOURCE,
            ),
        ),
    )


def _finding(one: RangedSpread, limits: Limits) -> Finding:
    low, high = limits.shown(one.sd.decimals)
    great = one.sd.fraction**2 > limits.greatest
    n, mean = one.mean.n or 0, one.mean.value.text
    given = "the printed range" if one.observed else "the scale"
    if great:
        line = f"with that mean and all values but one at the ends the SD is {high}"
        rule = "no SD exceeds sqrt((mean - least) (greatest - mean) n / (n - 1))"
    else:
        line = f"with that mean and all values but the least and the greatest equal the SD is {low}"
        rule = "no SD is below (greatest - least) / sqrt(2 (n - 1))"
    root = isqrt(n)
    as_se = Interval(
        max(around(one.sd).lower or Fraction(0), Fraction(0)) * root,
        (around(one.sd).upper or Fraction(0)) * (root + 1),
    )
    is_se = not great and limits.allows(as_se)
    places = [one.mean.place, *([one.place] if one.place is not None else [])]
    return Finding(
        severity=Severity.ERROR if one.observed else Severity.WARNING,
        verdict=Verdict.IMPOSSIBLE,
        message=f"{one.mean.where}: an SD of {one.sd.text} with a mean of {mean} is "
        f"{'greater' if great else 'smaller'} than {given} {one.shown} allows for {n} values.",
        places=tuple(places),
        reported=one.sd.text,
        expected=f"at most {high}" if great else f"at least {low}",
        arithmetic=(f"{line}, after allowing for rounding and missing values", rule, _SOURCE),
        suggestion="a standard error printed as a standard deviation" if is_se else "",
    )
