"""A confidence interval reaches beyond what its quantity can be.

## What it does
Looks for bounds of a percentage of patients below 0% or above 100%, and of a median
survival time below 0. The simple asymptotic interval (Wald) gives such bounds for shares near 0
or 100% and for medians with a large standard error; other methods never do. Differences and
changes may be negative and are left alone.

## Why it matters
A bound that nothing can reach shows that the method does not fit so few patients; it is no
error of calculation.

## Example
1 of 13 patients (7.7%; 95% CI -6.8 to 22.2): no share is negative; the exact interval is 0.2 to
36.0.

## References
Brown LD, Cai TT, DasGupta A. Interval estimation for a binomial proportion. Stat Sci 2001;16:101.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.lexicon import plain
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.bounds import PrintedBounds, printed_bounds
from auditor.reanalysis.shares import is_share
from auditor.reanalysis.times import is_survival_median

_CHANGES = ("change", "differ", "reduc", "increas", "decreas", "margin", "benefit", "gain")


@check(code="INT004", name="interval-beyond-limits")
def interval_beyond_limits(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a note for every interval with a bound that its quantity cannot reach."""
    judged = 0
    for one in printed_bounds(manuscript):
        if any(word in plain(one.context) for word in _CHANGES):
            continue
        share = is_share(one)
        if not share and not is_survival_median(one):
            continue
        judged += 1
        yield Judged(one.claims)
        if one.lower.value < 0 or (share and one.upper.value > 100):
            yield _finding(one, share=share)
    if not judged:
        raise NotEvaluable("no confidence interval of a share or of a median time is printed")


def _finding(one: PrintedBounds, *, share: bool) -> Finding:
    bound = one.lower if one.lower.value < 0 else one.upper
    limit = "0" if one.lower.value < 0 else "100"
    side = "below" if one.lower.value < 0 else "above"
    what = "A share of patients" if share else "A time to an event"
    return Finding(
        severity=Severity.NOTE,
        verdict=Verdict.CONVENTION,
        message=f"{one.where}: the confidence interval {one.lower.text} to {one.upper.text} goes "
        f"{side} {limit}{'%' if share else ''}. {what} cannot; the simple asymptotic interval "
        "can.",
        places=one.places,
        reported=f"{one.lower.text} to {one.upper.text}",
        expected=f"bounds not {side} {limit}{'%' if share else ''}",
        arithmetic=(f"{bound.text} {'<' if side == 'below' else '>'} {limit}",),
        conventions=("Wald interval (asymptotic), not cut",),
    )
