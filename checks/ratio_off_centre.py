"""A hazard, odds or risk ratio is not the geometric centre of its confidence interval.

## What it does
An interval computed on the log scale, as Cox and logistic regression do by default, has the
estimate at its geometric centre: estimate^2 = lower x upper. The three printed numbers are
compared as the intervals that rounding allows, to the nearest, down or up: where any three exact
numbers fit, nothing is said. Otherwise the distance from the centre decides: far off is a
warning, slightly off a note. Intervals by profile likelihood, bootstrap or exact methods sit off
the centre; they are usual for odds and risk ratios of few patients, which are therefore judged
more mildly: slightly off they are named only where all others of their table sit at the centre.
Where the methods speak of such intervals, and in cited studies, it is never more than a note. A
negative bound of a ratio is a warning. Two swapped digits that would mend it are named.

With two decimals, every bound that is wrong by 0.1 is found while the upper bound is less than
four times the lower one; beyond, some wrong bounds round like right ones, and nothing can tell.

## Why it matters
A mistyped bound decides whether a difference is called significant.

## Example
HR 2.047 (95% CI 1.109 to 3.377): 1.109 x 3.377 = 3.745, but 2.047^2 = 4.190. An upper bound of
3.778 would fit.

## References
Altman DG, Bland JM. How to obtain the P value from a confidence interval. BMJ 2011;343:d2304.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.lexicon import plain
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber, parse_number
from auditor.reanalysis.bounds import PrintedBounds, printed_bounds
from auditor.recomputed import Recomputed, Result
from auditor.rounding import round_fraction
from auditor.statistics.three_numbers import at_geometric_centre

_HAZARD, _CHANCES = "hazard ratio", "odds or risk ratio"
_FAR = {_HAZARD: 0.05, _CHANCES: 0.3}
"""How far off the centre is a warning, as a share of half the interval's width (log scale)."""
_NEAR = {_HAZARD: 0.0, _CHANCES: 0.1}
"""How far off is a note; nearer, only what stands out of its table is one."""
_FELLOWS = 3
"""So many other ratios at the centre show how a table's intervals were computed."""

_OTHERWISE = re.compile(
    r"\bprofile[- ]likelihood\b|\bbootstrap\w*|\bbayes\w*|\bcredible\b|\bfirth\b|"
    r"\bposterior (?:\w+ )?(?:prob|distrib|densit|mean|median|mode|estimat|interval|sampl)\w*|"
    r"\bpenali[sz]ed\b|\bexact (?:logistic|confidence|conditional|method)|\bpermutation\b"
)
_NO_RATIO = re.compile(
    r"\blog[- ](?:hr|or|hazard|odds)|\bcoefficients?\b|\bbeta\b|β|\bdifferences?\b"
)


@check(code="INT002", name="ratio-off-centre")
def ratio_off_centre(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a finding for every ratio off the geometric centre of its interval."""
    ratios = [one for one in printed_bounds(manuscript) if _is_ratio(one)]
    otherwise = _otherwise(manuscript)
    centred = _all_centred(ratios)
    judged = 0
    for ratio in ratios:
        if ratio.lower.value < 0:
            judged += 1
            yield Judged(ratio.claims)
            yield _negative(ratio)
            continue
        if not ratio.lower.value < ratio.value.value < ratio.upper.value:
            continue  # another check's finding
        judged += 1
        yield Judged(ratio.claims)
        yield _recomputed(ratio)
        if finding := _finding(ratio, otherwise, stands_out=ratio.table in centred):
            yield finding
    if not judged:
        raise NotEvaluable("no ratio is printed with its confidence interval")


def _is_ratio(one: PrintedBounds) -> bool:
    if not one.exact or one.value.value <= 0 or not one.kinds <= {"CI"}:
        return False
    if len(one.statistics & {_HAZARD, _CHANCES}) != 1:
        return False
    return one.statement is not None or _NO_RATIO.search(plain(one.what)) is None


def _name(one: PrintedBounds) -> str:
    return _HAZARD if _HAZARD in one.statistics else _CHANCES


def _otherwise(manuscript: Manuscript) -> str:
    """Words of the methods for an interval that is not computed on the log scale, or ""."""
    for sentence in manuscript.prose.sentences:
        if sentence.section == "methods" and (found := _OTHERWISE.search(plain(sentence.text))):
            return found[0]
    return ""


def _all_centred(ratios: Sequence[PrintedBounds]) -> AbstractSet[int | None]:
    """Tables of which all ratios but one sit at the centre (None: those of the text)."""
    fits: dict[int | None, list[bool]] = {}
    for one in ratios:
        if one.own and 0 <= one.lower.value < one.value.value < one.upper.value:
            fits.setdefault(one.table, []).append(_fits(one))
    return {table for table, row in fits.items() if sum(row) >= max(_FELLOWS, len(row) - 1)}


def _fits(one: PrintedBounds) -> bool:
    return at_geometric_centre(one.value, one.lower, one.upper)


def _recomputed(ratio: PrintedBounds) -> Recomputed:
    centre = _root(ratio.lower.fraction * ratio.upper.fraction)
    return Recomputed(
        statistic=_name(ratio),
        of=ratio.what,
        printed=ratio.printed,
        place=ratio.places[0],
        inputs=(f"bounds {ratio.lower.text} and {ratio.upper.text}",),
        results=(
            Result(
                "geometric centre of the interval (Wald, log scale)",
                ratio.value.like(centre),
                _fits(ratio),
                True,
                "Altman, Bland, BMJ 2011;343:d2304",
            ),
        ),
    )


def _negative(ratio: PrintedBounds) -> Finding:
    return Finding(
        severity=Severity.WARNING if ratio.own else Severity.NOTE,
        verdict=Verdict.IMPOSSIBLE,
        message=f"{ratio.where}: the lower bound {ratio.lower.text} of a ratio is negative, which "
        "no ratio can be.",
        places=ratio.places,
        reported=ratio.printed,
        expected="a bound above 0",
        arithmetic=(f"{ratio.lower.text} < 0",),
    )


def _finding(ratio: PrintedBounds, otherwise: str, *, stands_out: bool) -> Finding | None:
    value, lower, upper = ratio.value, ratio.lower, ratio.upper
    if _fits(ratio):
        return None
    name = _name(ratio)
    off = _off(value, lower, upper)
    if off <= _NEAR[name] and not stands_out:
        return None
    product, square = lower.fraction * upper.fraction, value.fraction**2
    slip = _slip(ratio)
    grave = ratio.own and not otherwise and off > _FAR[name]
    message = (
        f"{ratio.where}: {value.text} is not the geometric centre of its interval, "
        f"{lower.text} to {upper.text}, as it is where the interval is computed on the log scale."
    )
    if otherwise:
        message += f" The methods speak of “{otherwise}”, which may explain it."
    above = ""
    if lower.value:
        above = f", or an upper bound of about {upper.like(square / lower.fraction)}"
    return Finding(
        severity=Severity.WARNING if grave else Severity.NOTE,
        verdict=Verdict.DISAGREES if name == _HAZARD else Verdict.CONVENTION,
        message=message,
        places=ratio.places,
        reported=f"{value.text} ({lower.text} to {upper.text})",
        expected=f"about {value.like(_root(product))}{above}",
        arithmetic=(
            f"{lower.text} x {upper.text} = {round_fraction(product, 3)}",
            f"{value.text}^2 = {round_fraction(square, 3)}",
        ),
        conventions=("profile likelihood, bootstrap or exact interval",),
        suggestion=slip,
    )


def _off(value: PrintedNumber, lower: PrintedNumber, upper: PrintedNumber) -> float:
    if lower.value == 0:
        return math.inf
    half = (math.log(upper.value) - math.log(lower.value)) / 2
    centre = (math.log(upper.value) + math.log(lower.value)) / 2
    return abs(math.log(value.value) - centre) / half


def _root(square: Fraction) -> Fraction:
    return Fraction(math.sqrt(square))


def _slip(ratio: PrintedBounds) -> str:
    """The only swap of two neighbouring digits that would put the estimate at the centre."""
    numbers = (ratio.value, ratio.lower, ratio.upper)
    names = ("estimate", "lower bound", "upper bound")
    found: list[str] = []
    for position, number in enumerate(numbers):
        for text in _variants(number.text):
            changed = list(numbers)
            other = parse_number(text)
            if other is None or other.value <= 0:
                continue
            changed[position] = other
            if changed[1].value < changed[0].value < changed[2].value and at_geometric_centre(
                *changed
            ):
                found.append(f"the {names[position]} may be {text}")
    return found[0] if len(found) == 1 else ""


def _variants(text: str) -> Iterator[str]:
    for i, one in enumerate(text):
        if one.isdigit() and i + 1 < len(text) and text[i + 1].isdigit() and text[i + 1] != one:
            yield text[:i] + text[i + 1] + one + text[i + 2 :]
