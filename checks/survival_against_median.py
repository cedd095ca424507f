"""The share of survivors at a time contradicts the median of the same curve.

## What it does
Looks for a median time to event and a share at a time of the same endpoint and group: in one
column or row of a table, in one sentence, or in one paragraph under the same names. After the
median no more than half are left, before it at least half, as rounding allows; times are given 4%
of leeway (a year is 12 months or 365 days). A share below one half before the median may be a crude
proportion of patients instead of an estimate by Kaplan and Meier, and is a warning.

## Why it matters
Both numbers are read off one curve: one of them is of another group or mistyped.

## Example
"Median PFS was 9.1 months; the 12-month PFS rate was 61%."

## References
Brookmeyer R, Crowley J. A confidence interval for the median survival time. Biometrics
1982;38:29-41.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.survival import MONTHS, Curve, Share, curves
from auditor.statistics.plausibility import HALF, against_median, exponential_share

from ._curves import median, months, of_whom, pair, percent


@check(code="PLS004", name="survival-against-median")
def survival_against_median(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every share at a time that the median of its curve forbids."""
    judged = 0
    told: set[object] = set()
    for curve in curves(manuscript):
        if curve.median is None or not curve.shares:
            continue
        judged += 1
        yield Judged(
            (*curve.median.claims, *(claim for share in curve.shares for claim in share.claims))
        )
        for share in curve.shares:
            key = pair(share.place, curve.median.place)
            if key not in told and against_median(share.at, share.span, curve.median.span):
                told.add(key)
                yield _finding(curve, share)
    if not judged:
        raise NotEvaluable("no group has both a median and a share at a time")


def _finding(curve: Curve, share: Share) -> Finding:
    half = median(curve)
    above = share.span.lower is not None and share.span.lower > HALF
    certain = curve.certain and above and not share.crude
    scale = MONTHS[half.unit]
    usual = exponential_share(share.at, Fraction(half.printed.value) * scale)
    side = "after it no more than half are left" if above else "before it at least half are left"
    return Finding(
        severity=Severity.ERROR if certain else Severity.WARNING,
        verdict=Verdict.IMPOSSIBLE if certain else Verdict.QUERY,
        message=f"{of_whom(curve)}: {percent(share)} at {months(share)} does not go with a median "
        f"of {half.printed.text} {half.unit}; {side}.",
        places=(share.place, half.place),
        reported=percent(share),
        expected="at most 50%" if above else "at least 50%",
        arithmetic=(
            f"{months(share)} {'>' if above else '<'} {half.printed.text} {half.unit}",
            f"under a constant hazard about 2^(-{float(share.at):g}/"
            f"{float(half.printed.value * scale.numerator / scale.denominator):.3g}) = "
            f"{usual:.0%} would be left",
        ),
        conventions=() if above else ("crude proportion of patients",),
    )
