"""The value of all patients lies outside the values of the groups that make them up.

## What it does
Where a table has a column for everybody beside columns for groups that exclude each other and
add up to it, where the text states a median of everybody whose arms stand in a table, and where it
states a rate of "both groups together" whose groups it, or a table, gives in the same words: the
mean, the median and the percentage of all lie between those of the groups; the minimum of all is
the least minimum of the groups, the maximum the greatest maximum. All numbers are taken as the
intervals that rounding allows. Where the numbers of patients do not show that the groups are
everybody, it is a warning. A mean that lies between the groups but is not their weighted mean is
a note, since a few values may be missing. Survival times may be censored unequally, for which the
law does not hold: there it is a query. Adjusted and modelled values are left alone.

## Why it matters
One of the columns is wrong, or columns were exchanged.

## Example
Median age 61 in arm A, 58 in arm B, and 64 in all patients.

## References
Cochrane Handbook for Systematic Reviews of Interventions, 6.5.2.10 (combining groups).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.bounds import printed_bounds
from auditor.reanalysis.pooled import Pooled, pooled_values
from auditor.recomputed import Recomputed, Result
from auditor.rounding import unit


@check(code="INT009", name="pooled-value-outside-groups")
def pooled_value_outside_groups(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a finding for every value of all patients that its groups cannot give."""
    judged = 0
    for pooled in pooled_values(manuscript, printed_bounds(manuscript)):
        judged += 1
        yield Judged(pooled.claims)
        if pooled.statistic == "mean" and pooled.complete and not pooled.survival:
            yield _recomputed(pooled)
        if finding := _finding(pooled):
            yield finding
    if not judged:
        raise NotEvaluable("no value of all patients stands beside those of its groups")


def _reach(number: PrintedNumber) -> tuple[Fraction, Fraction]:
    """Least and greatest exact value, rounded to the nearest, down or up."""
    step = unit(number.decimals)
    return number.fraction - step, number.fraction + step


def _span(pooled: Pooled) -> tuple[Fraction, Fraction]:
    """Between what the value of everybody must lie."""
    reaches = [_reach(part.number) for part in pooled.parts]
    lows, highs = [low for low, _ in reaches], [high for _, high in reaches]
    if pooled.statistic == "minimum":
        return min(lows), min(highs)
    if pooled.statistic == "maximum":
        return max(lows), max(highs)
    return min(lows), max(highs)


def _weighted(pooled: Pooled) -> tuple[Fraction, Fraction, Fraction] | None:
    """The weighted mean of the groups: at least, as printed, at most."""
    if pooled.n is None or any(part.n is None for part in pooled.parts):
        return None
    sums = [
        sum(((part.n or 0) * value(part.number) for part in pooled.parts), Fraction(0)) / pooled.n
        for value in (lambda n: _reach(n)[0], lambda n: n.fraction, lambda n: _reach(n)[1])
    ]
    return sums[0], sums[1], sums[2]


def _recomputed(pooled: Pooled) -> Recomputed:
    weighted = _weighted(pooled)
    low, middle, high = weighted if weighted is not None else (Fraction(0),) * 3
    least, most = _reach(pooled.total)
    return Recomputed(
        statistic="mean",
        of=pooled.where,
        printed=pooled.total.text,
        place=pooled.places[0],
        inputs=tuple(f"{p.label}: {p.number.text} of {p.n} patients" for p in pooled.parts),
        results=(
            Result(
                "weighted mean of the groups",
                pooled.total.like(middle),
                least <= high and low <= most,
                True,
                "Cochrane Handbook 6.5.2.10",
            ),
        ),
        note="Missing values change the weights.",
    )


def _finding(pooled: Pooled) -> Finding | None:
    low, high = _span(pooled)
    least, most = _reach(pooled.total)
    parts = ", ".join(part.number.text for part in pooled.parts)
    if least <= high and low <= most:
        return _not_weighted(pooled, parts)
    what = {
        "minimum": "the least of the groups'",
        "maximum": "the greatest of the groups'",
    }.get(pooled.statistic, "between those of the groups")
    severity, verdict = Severity.ERROR, Verdict.IMPOSSIBLE
    message = f"{pooled.where}: the {pooled.statistic} of all patients is {pooled.total.text}; it "
    message += f"must be {what}, {parts}."
    if pooled.survival:
        severity, verdict = Severity.NOTE, Verdict.QUERY
        message += " With times that are censored unequally it may be otherwise."
    elif not pooled.complete:
        severity, verdict = Severity.WARNING, Verdict.QUERY
        message += " That the groups are all patients is probable, not certain."
    elif pooled.statistic in ("minimum", "maximum"):
        severity = Severity.WARNING  # the groups' ranges may be called so and be quartiles
    return Finding(
        severity=severity,
        verdict=verdict,
        message=message,
        places=pooled.places,
        reported=pooled.total.text,
        expected=_expected(pooled),
        arithmetic=tuple(f"{part.label}: {part.number.text}" for part in pooled.parts),
    )


def _expected(pooled: Pooled) -> str:
    numbers = sorted((part.number for part in pooled.parts), key=lambda n: n.value)
    if pooled.statistic == "minimum":
        return numbers[0].text
    if pooled.statistic == "maximum":
        return numbers[-1].text
    return f"between {numbers[0].text} and {numbers[-1].text}"


def _not_weighted(pooled: Pooled, parts: str) -> Finding | None:
    if pooled.statistic != "mean" or not pooled.complete or pooled.survival:
        return None
    weighted = _weighted(pooled)
    if weighted is None:
        return None
    low, middle, high = weighted
    least, most = _reach(pooled.total)
    if least <= high and low <= most:
        return None
    return Finding(
        severity=Severity.NOTE,
        verdict=Verdict.DISAGREES,
        message=f"{pooled.where}: the mean of all patients is {pooled.total.text}, and the "
        f"weighted mean of the groups, {parts}, is {pooled.total.like(middle)}. Missing values may "
        "explain a small difference.",
        places=pooled.places,
        reported=pooled.total.text,
        expected=pooled.total.like(middle),
        arithmetic=(
            " + ".join(f"{part.n} x {part.number.text}" for part in pooled.parts)
            + f" = {float(middle * (pooled.n or 1)):.4g}; / {pooled.n} = {float(middle):.4g}",
        ),
    )
