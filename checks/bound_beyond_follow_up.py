"""A time or its confidence bound is longer than anybody can have been followed.

## What it does
Takes from the document's own dates the first enrolment and the data cut-off: nobody can have
been followed longer. Medians of times to an event, their confidence bounds, follow-up times and
the greatest of a range are compared with it, and so are the times at which survival is given:
beyond the follow-up a curve has no value. A bound of an interval that is symmetric about its
median (median -+ 1.96 standard errors, cut at 0, as SPSS prints it) says nothing of the data at
that time: it explains a bound beyond the follow-up and is a note. A bound that is not so is a
warning, since intervals from the curve itself (log, log-log, Brookmeyer-Crowley) end at a time of
an event; so is a median, a follow-up or a survival itself. All of these are queries, since the
dates or the beginning of the times may be others, and notes where times begin with a diagnosis or
an operation (unless the dates are those of just that: "operated on between ...") or where months of
four weeks would explain them. A median, a follow-up or a survival beyond the dates is impossible
where the methods say that times begin with enrolment or treatment. Every
median with a symmetric interval is listed with the standard error behind it, whether there are
dates or not. Age, time since diagnosis and cited studies are left alone.

## Why it matters
Such a bound is an extrapolation, or the dates are wrong, or the times are those of others.

## Example
Enrolled from January 2019, last interview June 2021: at most 30 months. Median OS 22.8 months
(95% CI 12.4 to 33.2): 22.8 -+ 10.4, a standard error of 5.3.

## References
Collett D. Modelling Survival Data in Medical Research, 2.4 (interval of the median).
Brookmeyer R, Crowley J. A confidence interval for the median survival time. Biometrics 1982;38:29.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.bounds import printed_bounds
from auditor.reanalysis.follow_up import FollowUp, in_months, longest_follow_up, measured_here
from auditor.reanalysis.survival import Curve, Share, curves
from auditor.reanalysis.times import SurvivalMedian, lasting_times, survival_medians
from auditor.recomputed import Recomputed, Result
from auditor.rounding import unit
from auditor.statistics.three_numbers import Symmetric

_MONTH_OF_WEEKS = Fraction(1461, 48) / 28
"""Months may be counted as four weeks: then times look longer by this factor."""
_CHANCE = 0.05
"""Bounds that are symmetric by chance so rarely, taken together, are symmetric by method."""


@dataclass(frozen=True, slots=True)
class _Long:
    """A printed time that is longer than the follow-up."""

    number: PrintedNumber
    months: Fraction
    what: str
    places: tuple[Place, ...]
    median: SurvivalMedian | None = None


@check(code="INT005", name="bound-beyond-follow-up")
def bound_beyond_follow_up(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield symmetric intervals as recomputed, and a query for every time beyond the follow-up."""
    bounds = printed_bounds(manuscript)
    medians = list(survival_medians(bounds))
    usual = by_method(medians)
    judged = 0
    for median in medians:
        found = median.symmetric
        if found is not None and (usual or found.chance <= _CHANCE):
            judged += 1
            yield Judged(median.bounds.claims)
            yield _recomputed(median, found, usual=usual)
    follow_up = longest_follow_up(manuscript)
    if follow_up is not None:
        times = list(lasting_times(manuscript, bounds))
        judged += len(medians) + len(times)
        for median in medians:
            yield Judged(median.bounds.claims)
        long = [
            *(over for median in medians if (over := _bound(median, follow_up))),
            *(
                _Long(number, months, what, places)
                for number, time_unit, what, places in times
                if (months := _least(number, time_unit)) > follow_up.longest
            ),
        ]
        sure = measured_here(manuscript, follow_up.begins)
        for same in _grouped(long):
            yield _finding(same, follow_up, sure=sure)
        late = [(curve, share) for curve in curves(manuscript) for share in curve.shares]
        judged += len(late)
        for _, share in late:
            yield Judged(share.claims)
        yield from _late(late, follow_up, sure=sure)
    if not judged:
        raise NotEvaluable(
            "no median time has a symmetric interval, and no dates bound the follow-up"
        )


def by_method(medians: Sequence[SurvivalMedian]) -> bool:
    """Whether the intervals of this manuscript are symmetric by method and not by chance."""
    distinct = {m.bounds.printed: m.symmetric for m in medians}
    chance = 1.0
    for one in distinct.values():
        if one is not None and not one.cut:
            chance *= one.chance
    share = sum(one is not None for one in distinct.values())
    return chance <= _CHANCE and share >= 0.8 * len(distinct)


def _recomputed(median: SurvivalMedian, found: Symmetric, *, usual: bool) -> Recomputed:
    one = median.bounds
    decimals = max(0, one.lower.decimals, one.upper.decimals)
    level = one.level or 0.95
    if usual:
        note = "The intervals of the medians of this manuscript are symmetric as a rule."
    else:
        note = "Others of this manuscript are not symmetric: it may be so by chance."
    cut = ", cut at 0" if found.cut else ""
    return Recomputed(
        statistic=f"{level * 100:g}% CI",
        of=one.what,
        printed=one.printed,
        place=one.places[0],
        inputs=(f"median {one.value.text}, standard error {median.error:.{decimals + 1}f}",),
        results=(
            Result(
                f"symmetric: median -+ z x standard error{cut}, as SPSS prints it",
                f"{float(found.lower):.{decimals}f} to {float(found.upper):.{decimals}f}",
                True,
                True,
                "Collett, Modelling Survival Data, 2.4",
            ),
        ),
        note=f"{note} The standard error is worked back from the bounds.",
    )


def _bound(median: SurvivalMedian, follow_up: FollowUp) -> _Long | None:
    one = median.bounds
    for number in (one.value, one.upper):
        months = _least(number, one.unit)
        if months > follow_up.longest:
            mine = median if number is one.upper else None
            return _Long(number, months, f"{one.what}, {one.printed}", one.places, mine)
    return None


def _least(number: PrintedNumber, time_unit: str) -> Fraction:
    least = number.fraction - unit(number.decimals) / 2
    return in_months(least, time_unit) or Fraction(0)


def _grouped(long: Sequence[_Long]) -> Iterator[tuple[_Long, ...]]:
    """Those that print the same number of the same thing together: text repeats tables."""
    groups: dict[tuple[str, str], list[_Long]] = {}
    for one in long:
        key = (one.number.text, one.median.bounds.printed if one.median else "")
        groups.setdefault(key, []).append(one)
    yield from (tuple(group) for group in groups.values())


def _late(
    found: Sequence[tuple[Curve, Share]], follow_up: FollowUp, *, sure: bool | None
) -> Iterator[Finding]:
    """Survival at a time that nobody can have reached, once for each endpoint and time."""
    late: dict[tuple[str, Fraction], list[Share]] = {}
    for curve, share in found:
        if share.at > follow_up.longest + 1:
            late.setdefault((curve.endpoint, share.at), []).append(share)
    months = float(follow_up.longest)
    for (endpoint, at), shares in late.items():
        far = at > follow_up.longest * _MONTH_OF_WEEKS
        texts = ", ".join(dict.fromkeys(share.printed.text for share in shares))
        yield Finding(
            severity=Severity.WARNING if far and sure is not False else Severity.NOTE,
            verdict=Verdict.IMPOSSIBLE if far and sure else Verdict.QUERY,
            message=f"{endpoint} at {float(at):g} months is given as {texts}, but nobody can have "
            f"been followed longer than {months:.1f} months, from {follow_up.first:%d %B %Y} to "
            f"{follow_up.last:%d %B %Y}. An estimate at a time that nobody has reached needs a "
            "model.",
            places=(*dict.fromkeys(share.place for share in shares), *follow_up.places),
            reported=texts,
            expected=f"no estimate beyond {months:.1f} months",
            arithmetic=(
                f"{follow_up.first.isoformat()} to {follow_up.last.isoformat()} = "
                f"{(follow_up.last - follow_up.first).days + 1} days / 30.4375 = "
                f"{months:.1f} months",
            ),
            conventions=("extrapolation by a parametric model",),
        )


def _finding(same: Sequence[_Long], follow_up: FollowUp, *, sure: bool | None) -> Finding:
    """``sure``: whether times begin with enrolment, as ``measured_here`` says."""
    first = same[0]
    far = first.months > follow_up.longest * _MONTH_OF_WEEKS
    months = float(follow_up.longest)
    symmetric = first.median.symmetric if first.median is not None else None
    message = (
        f"{first.what}: {first.number.text} is longer than anybody can have been followed, "
        f"{months:.1f} months from {follow_up.first:%d %B %Y} to {follow_up.last:%d %B %Y}."
    )
    arithmetic = [
        f"{follow_up.first.isoformat()} to {follow_up.last.isoformat()} = "
        f"{(follow_up.last - follow_up.first).days + 1} days / 30.4375 = {months:.1f} months"
    ]
    conventions: tuple[str, ...] = ()
    severity = Severity.WARNING if far and sure is not False else Severity.NOTE
    verdict = Verdict.QUERY
    if symmetric is not None and first.median is not None:
        severity = Severity.NOTE
        one, error = first.median.bounds, first.median.error
        message += (
            " The interval is symmetric about the median, as SPSS prints it (median -+ 1.96 x "
            "standard error), which explains the bound: it says nothing of the data at that time."
        )
        conventions = ("symmetric interval: median -+ z x standard error (SPSS)",)
        arithmetic.append(
            f"({one.upper.text} - {one.lower.text}) / 2 = {float(symmetric.half):.4g}: standard "
            f"error {error:.3g}"
        )
    elif first.median is not None:
        message += " An interval from the curve itself ends at the time of an event."
    elif severity is Severity.WARNING and sure:
        verdict = Verdict.IMPOSSIBLE
    return Finding(
        severity=severity,
        verdict=verdict,
        message=message,
        places=(*(place for one in same for place in one.places), *follow_up.places),
        reported=first.number.text,
        expected=f"at most {months:.1f} months",
        arithmetic=tuple(arithmetic),
        conventions=conventions,
    )
