"""The confidence interval of a proportion does not belong to its count and denominator.

## What it does
Recomputes the interval of every rate whose numbers are known, from the fraction printed with it,
from the denominator of its column or from the size of its group: Clopper-Pearson, Wilson and
Wald, each with and without continuity correction where there is one, Agresti-Coull, Jeffreys,
mid-P. Where one of them prints as the bounds do, nothing is said. Otherwise other levels are
tried (80, 90, 97.5, 99%), which includes one-sided bounds. What no method gives is a warning; off
by one unit of the last digit, or right at another level only, is a note. So is an interval that
may be of another kind: of a two-stage design, adjusted, stratified, weighted, Bayesian, from a
model. Sensitivity, specificity and predictive values are judged where true and false positives
and negatives stand in their column. Where the number of patients is only that of the group, the
rate may be of fewer: the finding is then a note, and only where no smaller number would do. Where
nothing says of whom the rate is, every number of patients of the paper is tried, and only what
fits is told. Survival at a time is no proportion and is left alone.

## Why it matters
A wrong bound makes a response rate look more or less certain than it is; often it is the
interval of another row or of another number of patients.

## Example
6/31 (19.4%; 95% CI 2.5 to 27.5): the exact interval is 7.5 to 37.5, Wilson's 9.2 to 36.3, Wald's
5.4 to 33.3; no usual method gives 2.5 to 27.5.

## References
Newcombe RG. Two-sided confidence intervals for the single proportion. Stat Med 1998;17:857.
Brown LD, Cai TT, DasGupta A. Interval estimation for a binomial proportion. Stat Sci 2001;16:101.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.bounds import printed_bounds
from auditor.reanalysis.shares import FEWEST, ShareInterval, share_intervals
from auditor.recomputed import Recomputed, Result
from auditor.statistics.printed_intervals import (
    LEVELS,
    Given,
    counts_of,
    envelope,
    intervals_of,
)


@check(code="INT003", name="interval-of-proportion-mismatch")
def interval_of_proportion_mismatch(
    manuscript: Manuscript,
) -> Iterator[Finding | Judged | Recomputed]:
    """Yield what was recomputed, and a finding for every interval that nothing reproduces."""
    judged = 0
    for share in share_intervals(manuscript, printed_bounds(manuscript)):
        given = intervals_of(share.pairs, *share.limits, [share.level])
        if share.guessed and not any(one.fits for one in given):
            continue
        judged += 1
        yield Judged(share.bounds.claims)
        others: tuple[Given, ...] = ()
        if not any(one.fits for one in given):
            levels = [level for level in LEVELS if level != share.level]
            others = intervals_of(share.pairs, *share.limits, levels)
        fewer = () if share.sure or any(one.fits for one in (*given, *others)) else _fewer(share)
        yield _recomputed(share, given, [one for one in (*others, *fewer) if one.fits])
        if finding := _finding(share, given, others, fewer):
            yield finding
    if not judged:
        raise NotEvaluable("no confidence interval of a proportion stands beside known counts")


def _fewer(share: ShareInterval) -> tuple[Given, ...]:
    """The interval for every smaller number of patients of whom the percentage may be."""
    most = share.pairs[0][1]
    pairs = [
        (count, n)
        for n in range(max(1, int(FEWEST * most)), most)
        for count in counts_of(share.bounds.value, n)
    ]
    return tuple(one for one in intervals_of(pairs, *share.limits, [share.level]) if one.fits)


def _recomputed(
    share: ShareInterval, given: Sequence[Given], others: Sequence[Given]
) -> Recomputed:
    count, n = share.pairs[0]
    several = len(share.pairs) > 1
    own = _closest_pair(given)
    rows = [one for one in given if (one.count, one.n) == own]
    note = "" if share.sure else f"The number of patients is {share.of}; the rate may be of fewer."
    inputs = f"{own[0]}/{own[1]}" if several else f"{count}/{n}"
    return Recomputed(
        statistic=f"{share.level * 100:g}% CI",
        of=share.bounds.what,
        printed=share.bounds.printed,
        place=share.bounds.places[0],
        inputs=(f"{inputs} ({share.of})",),
        results=tuple(
            Result(
                one.name if one in rows else f"{one.name}, {one.count}/{one.n}",
                _shown(share, one),
                one.fits,
                one.method.standard and one in rows,
                one.method.source,
            )
            for one in sorted((*rows, *others[:4]), key=lambda o: not o.method.standard)
        ),
        note=note,
    )


def _closest_pair(given: Sequence[Given]) -> tuple[int, int]:
    best = min(given, key=lambda one: one.off)
    return best.count, best.n


def _finding(
    share: ShareInterval, given: Sequence[Given], others: Sequence[Given], fewer: Sequence[Given]
) -> Finding | None:
    if fewer or any(one.fits for one in given):
        return None
    best = min(given, key=lambda one: (one.off, not one.method.standard))
    elsewhere = [one for one in others if one.fits]
    severity, verdict, why = _weight(share, best, given, elsewhere)
    if severity is None:
        return None
    bounds = share.bounds
    exact = next(one for one in given if (one.count, one.n) == (best.count, best.n))
    return Finding(
        severity=severity,
        verdict=verdict,
        message=f"{bounds.where}: {bounds.lower.text} to {bounds.upper.text} is printed as the "
        f"{share.level * 100:g}% confidence interval of {best.count}/{best.n}; {why}",
        places=bounds.places,
        reported=f"{bounds.lower.text} to {bounds.upper.text}",
        expected=f"{_shown(share, exact)} ({exact.method.name})",
        arithmetic=tuple(
            f"{one.name}: {_shown(share, one)}"
            for one in given
            if (one.count, one.n) == (best.count, best.n)
        ),
        conventions=tuple(dict.fromkeys(one.name for one in elsewhere)),
    )


def _weight(
    share: ShareInterval, best: Given, given: Sequence[Given], elsewhere: Sequence[Given]
) -> tuple[Severity | None, Verdict, str]:
    """How much it weighs that no method gives the bounds, and how to say it."""
    if elsewhere:
        names = " or ".join(dict.fromkeys(one.name for one in elsewhere[:2]))
        return Severity.NOTE, Verdict.CONVENTION, f"it is the interval by {names}."
    if best.off <= 1:
        why = f"no usual method gives it; {best.method.name} misses it by one unit of the last "
        return Severity.NOTE, Verdict.DISAGREES, f"{why}digit."
    least, most, low, high = envelope(given)
    lower, upper = float(share.bounds.lower.value), float(share.bounds.upper.value)
    step = 10.0**-share.bounds.lower.decimals
    between = least - step <= lower <= most + step and low - step <= upper <= high + step
    why = "no usual method gives it."
    if between:
        why += " It lies among those that usual methods give, and may be of another method."
        return Severity.NOTE, Verdict.QUERY, why
    if share.otherwise:
        why += f" The words “{share.otherwise}” may stand for an interval of another kind."
        return Severity.NOTE, Verdict.QUERY, why
    if not share.sure:
        why += f" The number of patients is {share.of}, and no smaller one would do."
        return Severity.NOTE, Verdict.QUERY, why
    return Severity.WARNING, Verdict.DISAGREES, why


def _shown(share: ShareInterval, one: Given) -> str:
    decimals = max(0, share.bounds.lower.decimals, share.bounds.upper.decimals)
    lower, upper = max(0.0, one.lower), min(100.0, one.upper)
    if one.fits and share.bounds.lower.value < 0:
        lower = one.lower
    return f"{lower:.{decimals}f} to {upper:.{decimals}f}"
