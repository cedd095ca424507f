"""A median, a quartile or the end of a range contradicts the categories of the same variable.

## What it does
Looks at medians with quartiles or a range beside the shares of the same patients on one side of
a value: the categories of the same variable in the same table ("<60", "60-69", ">=70"), or a
share of the text ("32 [12%] were older than 70 years"). At least a quarter of the patients lie
at or above the upper quartile and at or below the lower one, half at or beyond the median, and
nobody beyond the ends of a range. One patient more or less is allowed for, since quartiles are
defined in several ways. Where an upper quartile is far above what the shares allow, the bounds
are probably the minimum and the maximum, and are named so.

## Why it matters
A range called an interquartile range makes a group look far more diverse than it is; tables are
pooled in meta-analyses by such labels.

## Example
Age 62 (IQR 29 to 84), and 12% are older than 70: with an upper quartile of 84 at least 25% would
be.

## References
Hyndman RJ, Fan Y. Sample quantiles in statistical packages. Am Stat 1996;50:361.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.bounds import PrintedBounds, printed_bounds
from auditor.reanalysis.cuts import Cut, read_cuts
from auditor.rounding import unit

_SMALL = Fraction(1, 20)
"""Leeway for the definition of a quartile where the number of patients is not known."""


@dataclass(frozen=True, slots=True)
class _Quantile:
    """At least ``above`` of the patients lie at or above, ``below`` at or below the number."""

    number: PrintedNumber
    name: str
    above: Fraction
    below: Fraction


@check(code="INT007", name="quantile-against-categories")
def quantile_against_categories(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a warning for every quantile that the shares beside it cannot have."""
    judged = 0
    bounds = printed_bounds(manuscript)
    shares = read_cuts(manuscript)
    told: set[str] = set()
    for one in bounds:
        if not one.own or not one.exact or len(one.kinds) != 1 or "CI" in one.kinds:
            continue
        if not one.lower.value <= one.value.value <= one.upper.value:
            continue
        cuts = shares.of(one)
        if not cuts:
            continue
        judged += 1
        yield Judged((*one.claims, *(claim for cut in cuts for claim in cut.claims)))
        found = ((q, cut) for q in _quantiles(one) for cut in cuts if _contradict(q, cut))
        if one.printed not in told and (pair := next(found, None)) is not None:
            told.add(one.printed)
            same = [b for b in bounds if b is not one and b.printed == one.printed]
            yield _finding(one, *pair, same)
    if not judged:
        raise NotEvaluable("no quantile stands beside categories of the same variable")


def _quantiles(one: PrintedBounds) -> Iterator[_Quantile]:
    quarter, half = Fraction(1, 4), Fraction(1, 2)
    if one.kinds == {"IQR"}:
        yield _Quantile(one.upper, "upper quartile", quarter, 3 * quarter)
        yield _Quantile(one.lower, "lower quartile", 3 * quarter, quarter)
    else:
        yield _Quantile(one.upper, "maximum", Fraction(0), Fraction(1))
        yield _Quantile(one.lower, "minimum", Fraction(1), Fraction(0))
    if "mean" not in one.statistics:
        yield _Quantile(one.value, "median", half, half)


def _contradict(quantile: _Quantile, cut: Cut) -> bool:
    """Whether too few, or too many, lie beyond the cut."""
    number, half = quantile.number, unit(quantile.number.decimals)
    low, high = number.fraction - half, number.fraction + half
    ends = quantile.name in ("maximum", "minimum")
    leeway = Fraction(0) if ends else Fraction(3, 2) / cut.n if cut.n else _SMALL
    if cut.above:
        if low > cut.value:  # all at or above the quantile are above the cut
            return cut.most < quantile.above - leeway
        # All above the cut are above the quantile.
        beyond = high < cut.value
        return beyond and cut.least > 1 - quantile.below + leeway
    if high < cut.value:
        return cut.most < quantile.below - leeway
    beyond = low > cut.value
    return beyond and cut.least > 1 - quantile.above + leeway


def _finding(
    one: PrintedBounds, quantile: _Quantile, cut: Cut, same: Sequence[PrintedBounds]
) -> Finding:
    """``same``: where else these bounds are printed."""
    number = quantile.number
    over = number.fraction > cut.value
    # What must lie on the side of the cut that the share speaks of.
    if cut.above:
        need = quantile.above if over else 1 - quantile.below
    else:
        need = 1 - quantile.above if over else quantile.below
    limit = "at least" if cut.above == over else "at most"
    suggestion = ""
    if one.kinds == {"IQR"} and quantile.name.endswith("quartile"):
        suggestion = f"{one.lower.text} and {one.upper.text} may be the minimum and the maximum"
    if one.kinds == {"range"} and quantile.name != "median":
        suggestion = f"{one.lower.text} and {one.upper.text} may be the quartiles"
    return Finding(
        severity=Severity.WARNING,
        verdict=Verdict.IMPOSSIBLE,
        message=f"{one.where}: {number.text} is given as the {quantile.name}, but {cut.words} "
        f"({cut.where}). {limit.capitalize()} {float(need) * 100:g}% would have to be.",
        places=(*one.places, *cut.places, *(place for b in same for place in b.places)),
        reported=one.printed,
        expected="",
        arithmetic=(
            f"share printed: {_percent(cut.least)} to {_percent(cut.most)}",
            f"share needed: {limit} {float(need) * 100:g}%",
        ),
        suggestion=suggestion,
    )


def _percent(share: Fraction) -> str:
    return f"{float(share) * 100:.1f}%"
