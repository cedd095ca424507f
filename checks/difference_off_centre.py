"""A difference or a mean is not the centre of its confidence interval.

## What it does
The interval of a mean, of a difference of means and of a regression coefficient is the estimate
-+ a multiple of its standard error: the estimate is its centre. The three printed numbers are
compared as the intervals that rounding allows. Where no exact numbers fit and the estimate lies
off the centre by more than a twentieth of half the interval's width, it is a note; of differences
of rates, whose intervals (Newcombe, Miettinen-Nurminen) may sit off the centre, only far off. A
bound whose decimal point was lost is named. It is a warning where an estimate lies far off while at
least three other differences or means of the paper, and all but this one, are the centre of
theirs, and the methods name no other kind of interval. Medians, geometric means, bootstrap and
credible intervals are left alone.

## Why it matters
A mistyped bound or a lost minus decides whether a difference is called significant.

## Example
Difference -0.50 (95% CI -0.79 to -0.31): the centre is -0.55.

## References
Altman DG, Bland JM. How to obtain the P value from a confidence interval. BMJ 2011;343:d2304.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.lexicon import plain
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.bounds import PrintedBounds, printed_bounds
from auditor.recomputed import Recomputed, Result
from auditor.statistics.three_numbers import at_arithmetic_centre

_NEAR = Fraction(1, 20)
_NEAR_OF_RATES = Fraction(3, 10)
_FAR = Fraction(3, 10)
_OTHERS = 3
"""So many intervals of the paper that are centred show how it computes them."""
_OTHERWISE = re.compile(
    r"\bgeometric\b|\bmedians?\b|\bbootstrap\w*|\bcredible\b|\bbayes\w*|\bhodges\b|\blog\b|"
    r"\bratios?\b|\btransform\w*|\brelative\b|\bfold\b|\bpercentiles?\b|\bsurvival\b"
)
_OTHER_KIND = re.compile(
    r"\bbootstrap\w*|\bcredible\b|\bbayes\w*|\bhodges\b|\btransform\w*|\bgeometric\b|"
    r"\bpercentile (?:method|interval)|\bquantile regression\b|\bpermutation\b"
)


@check(code="INT006", name="difference-off-centre")
def difference_off_centre(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a note for every difference or mean off the centre of its interval."""
    judged = [one for one in printed_bounds(manuscript) if _is_centred_kind(one)]
    off = [one for one in judged if _finding(one) is not None]
    centred = {one.printed for one in judged} - {one.printed for one in off}
    alone = len({one.printed for one in off}) == 1 and len(centred) >= _OTHERS
    plainly = alone and not _other_kind_named(manuscript)
    for one in judged:
        yield Judged(one.claims)
        yield _recomputed(one)
        if finding := _finding(one):
            yield _alone(one, finding, len(centred)) if plainly else finding
    if not judged:
        raise NotEvaluable("no mean or difference is printed with its confidence interval")


def _is_centred_kind(one: PrintedBounds) -> bool:
    if one.kinds != {"CI"} or not one.exact or not one.own:
        return False
    if not one.statistics & {"difference", "mean"} or one.statistics & {"median", "survival"}:
        return False
    if one.statistics & {"hazard ratio", "odds or risk ratio"}:
        return False
    if not one.lower.value <= one.value.value <= one.upper.value:
        return False
    if one.lower.value == one.upper.value:
        return False
    words = one.context if one.statement is not None else one.what
    return _OTHERWISE.search(plain(words)) is None


def _other_kind_named(manuscript: Manuscript) -> bool:
    """Whether the methods name intervals that need not be centred."""
    return any(
        sentence.section == "methods" and _OTHER_KIND.search(plain(sentence.text))
        for sentence in manuscript.prose.sentences
    )


def _alone(one: PrintedBounds, finding: Finding, others: int) -> Finding:
    """The finding where all other intervals of the paper are centred: a warning if far off."""
    half = (one.upper.fraction - one.lower.fraction) / 2
    centre = (one.upper.fraction + one.lower.fraction) / 2
    if _of_rates(one) or abs(one.value.fraction - centre) <= _FAR * half:
        return finding
    return replace(
        finding,
        severity=Severity.WARNING,
        verdict=Verdict.DISAGREES,
        message=f"{finding.message} The {others} other differences or means of this manuscript are "
        "the centre of theirs.",
        conventions=(),
    )


def _of_rates(one: PrintedBounds) -> bool:
    return one.value.percent or one.unit == "%" or "share" in one.statistics


def _recomputed(one: PrintedBounds) -> Recomputed:
    return Recomputed(
        statistic="difference" if "difference" in one.statistics else "mean",
        of=one.what,
        printed=one.printed,
        place=one.places[0],
        inputs=(f"bounds {one.lower.text} and {one.upper.text}",),
        results=(
            Result(
                "centre of the interval (Wald)",
                one.value.like((one.lower.fraction + one.upper.fraction) / 2),
                at_arithmetic_centre(one.value, one.lower, one.upper),
                True,
                "Altman, Bland, BMJ 2011;343:d2304",
            ),
        ),
        note="Intervals of rates may sit off the centre." if _of_rates(one) else "",
    )


def _finding(one: PrintedBounds) -> Finding | None:
    if at_arithmetic_centre(one.value, one.lower, one.upper):
        return None
    half = (one.upper.fraction - one.lower.fraction) / 2
    centre = (one.upper.fraction + one.lower.fraction) / 2
    off = abs(one.value.fraction - centre) / half
    if off <= (_NEAR_OF_RATES if _of_rates(one) else _NEAR):
        return None
    slip = _slip(one)
    return Finding(
        severity=Severity.NOTE,
        verdict=Verdict.CONVENTION,
        message=f"{one.where}: {one.value.text} is not the centre of its interval, "
        f"{one.lower.text} to {one.upper.text}, as it is where the interval is estimate -+ z x "
        "standard error.",
        places=one.places,
        reported=one.printed,
        expected="" if slip else f"about {one.value.like(centre)}",
        arithmetic=(f"({one.lower.text} + {one.upper.text}) / 2 = {float(centre):.4g}",),
        conventions=("bootstrap, credible or transformed interval",),
        suggestion=slip,
    )


def _slip(one: PrintedBounds) -> str:
    """A bound whose decimal point was lost: "-079" for "-0.79"."""
    found = []
    for position, name in ((1, "lower"), (2, "upper")):
        numbers = [one.value, one.lower, one.upper]
        number = numbers[position]
        if number.decimals or not one.value.decimals:
            continue
        value = number.value.scaleb(-one.value.decimals)
        numbers[position] = _with(number, value, one.value.decimals)
        if at_arithmetic_centre(numbers[0], numbers[1], numbers[2]):
            found.append(f"the {name} bound may be {value}")
    return found[0] if len(found) == 1 else ""


def _with(number: PrintedNumber, value: Decimal, decimals: int) -> PrintedNumber:
    return replace(number, value=value, decimals=decimals)
