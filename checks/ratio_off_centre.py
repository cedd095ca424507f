"""A hazard, odds or risk ratio is not the geometric centre of its confidence interval.

## What it does
An interval computed on the log scale, as Cox and logistic regression do by default, has the
estimate at its geometric centre: estimate^2 = lower x upper. The three printed numbers are
compared as the intervals that rounding allows. Where no unrounded numbers fit, the distance
from the centre decides: far off is a warning, slightly off a note. Intervals by profile
likelihood, bootstrap or exact methods sit off the centre; they are usual for odds and risk
ratios of few patients, which are therefore judged more mildly. Two swapped digits that would
mend it are named. Of a cited study it is never more than a note.

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
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.bounded import bounded
from auditor.extraction.describe import places, where
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber, parse_number
from auditor.rounding import round_fraction, unit
from auditor.statement import Kind, Origin

_FAR = {"HR": 0.05, "OR": 0.3}
"""How far off the centre is a warning, as a share of half the interval's width (log scale)."""
_NEAR = {"HR": 0.0, "OR": 0.1}


@dataclass(frozen=True, slots=True)
class _Ratio:
    name: str
    value: PrintedNumber
    lower: PrintedNumber
    upper: PrintedNumber
    where: str
    places: tuple[Place, ...]
    claims: tuple[str, ...] = ()
    own: bool = True


@check(code="INT002", name="ratio-off-centre")
def ratio_off_centre(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every ratio off the geometric centre of its interval."""
    judged = 0
    for ratio in (*_of_tables(manuscript), *_of_text(manuscript)):
        numbers = (ratio.value, ratio.lower, ratio.upper)
        if any(n.relation != "=" or n.value <= 0 for n in numbers):
            continue
        if not ratio.lower.value < ratio.value.value < ratio.upper.value:
            continue  # another check's finding
        judged += 1
        yield Judged(ratio.claims)
        if finding := _finding(ratio):
            yield finding
    if not judged:
        raise NotEvaluable("no ratio is printed with its confidence interval")


def _of_tables(manuscript: Manuscript) -> Iterator[_Ratio]:
    for reading in manuscript.tables:
        for one in bounded(reading):
            names = one.statistics & {"hazard ratio", "odds or risk ratio"}
            if len(names) == 1 and one.kinds <= {"CI"}:
                yield _Ratio(
                    "HR" if "hazard ratio" in names else "OR",
                    one.value,
                    one.lower,
                    one.upper,
                    where(reading, one.entries[0]),
                    places(*one.entries),
                    tuple(claim for entry in one.entries for claim in entry.claims),
                )


def _of_text(manuscript: Manuscript) -> Iterator[_Ratio]:
    for one in manuscript.prose.statements:
        if one.kind is not Kind.RATIO or one.origin is Origin.PLANNED:
            continue
        for bounds in one.bounds[:1]:
            if bounds.of in ("", "95% CI", "90% CI", "99% CI"):
                section = one.place.section or "text"
                yield _Ratio(
                    "HR" if one.ratio == "HR" else "OR",
                    one.value,
                    bounds.lower,
                    bounds.upper,
                    f"{section}, “{one.place.quote}”",
                    (one.place,),
                    claim_ids(one),
                    one.origin is Origin.OWN,
                )


def _finding(ratio: _Ratio) -> Finding | None:
    value, lower, upper = ratio.value, ratio.lower, ratio.upper
    if _fits(value, lower, upper):
        return None
    half = (math.log(upper.value) - math.log(lower.value)) / 2
    centre = (math.log(upper.value) + math.log(lower.value)) / 2
    off = abs(math.log(value.value) - centre) / half
    if off <= _NEAR[ratio.name]:
        return None
    product, square = lower.fraction * upper.fraction, value.fraction**2
    slip = _slip(ratio)
    return Finding(
        severity=Severity.WARNING if ratio.own and off > _FAR[ratio.name] else Severity.NOTE,
        verdict=Verdict.DISAGREES if ratio.name == "HR" else Verdict.CONVENTION,
        message=f"{ratio.where}: {value.text} is not the geometric centre of its interval, "
        f"{lower.text} to {upper.text}, as it is where the interval is computed on the log scale.",
        places=ratio.places,
        reported=f"{value.text} ({lower.text} to {upper.text})",
        expected=f"about {value.like(_root(product))}, or an upper bound of about "
        f"{upper.like(square / lower.fraction)}",
        arithmetic=(
            f"{lower.text} x {upper.text} = {round_fraction(product, 3)}",
            f"{value.text}^2 = {round_fraction(square, 3)}",
        ),
        conventions=("profile likelihood, bootstrap or exact interval",),
        suggestion=slip,
    )


def _fits(value: PrintedNumber, lower: PrintedNumber, upper: PrintedNumber) -> bool:
    half = Fraction(1, 2)
    low, high = (
        [(n.fraction + sign * half * unit(n.decimals)) for n in (value, lower, upper)]
        for sign in (-1, 1)
    )
    low = [max(x, Fraction(0)) for x in low]
    return low[1] * low[2] <= high[0] ** 2 and low[0] ** 2 <= high[1] * high[2]


def _root(square: Fraction) -> Fraction:
    return Fraction(math.sqrt(square))


def _slip(ratio: _Ratio) -> str:
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
            if changed[1].value < changed[0].value < changed[2].value and _fits(*changed):
                found.append(f"the {names[position]} may be {text}")
    return found[0] if len(found) == 1 else ""


def _variants(text: str) -> Iterator[str]:
    for i, one in enumerate(text):
        if one.isdigit() and i + 1 < len(text) and text[i + 1].isdigit() and text[i + 1] != one:
            yield text[:i] + text[i + 1] + one + text[i + 2 :]
