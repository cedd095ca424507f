"""A median, mean or estimate lies outside the bounds printed with it.

## What it does
Compares every number of a table or of the text that is printed with a lower and an upper bound
with these bounds, each as the interval that rounding allows. A median lies within range and
quartiles, a mean within the range, an estimate within its confidence interval. Bounds in the
wrong order are found as well. A reduction may be printed without the minus of its bounds. A mean
may lie outside the quartiles: that is left alone. Where nothing says what the bounds are, the
finding is a warning.

## Why it matters
One of the three numbers is wrong, or stands in the wrong row.

## Example
Median 28.82 with minimum 12.35 and maximum 15.08: the median is above the maximum.

## References
Cochrane Handbook for Systematic Reviews of Interventions, 6.5.2 (ranges and quartiles).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.bounded import bounded
from auditor.extraction.describe import places, where
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.rounding import Rounding
from auditor.statement import Origin


@dataclass(frozen=True, slots=True)
class _Triple:
    value: PrintedNumber
    lower: PrintedNumber
    upper: PrintedNumber
    kinds: frozenset[str]
    mean: bool
    what: str
    places: tuple[Place, ...]
    claims: tuple[str, ...] = ()


@check(code="INT001", name="value-outside-bounds")
def value_outside_bounds(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield an error for every number outside its own bounds."""
    judged = 0
    for triple in (*_of_tables(manuscript), *_of_text(manuscript)):
        if triple.mean and triple.kinds != {"range"} and triple.kinds != {"CI"}:
            continue
        if any(n.relation != "=" for n in (triple.value, triple.lower, triple.upper)):
            continue
        judged += 1
        yield Judged(triple.claims)
        if finding := _finding(triple):
            yield finding
    if not judged:
        raise NotEvaluable("no number is printed with a lower and an upper bound")


def _of_tables(manuscript: Manuscript) -> Iterator[_Triple]:
    for reading in manuscript.tables:
        for one in bounded(reading):
            yield _Triple(
                one.value,
                one.lower,
                one.upper,
                one.kinds,
                "mean" in one.statistics and "median" not in one.statistics,
                where(reading, one.entries[0]),
                places(*one.entries),
                tuple(claim for entry in one.entries for claim in entry.claims),
            )


def _of_text(manuscript: Manuscript) -> Iterator[_Triple]:
    for one in manuscript.prose.statements:
        if one.origin is Origin.PLANNED:
            continue
        for bounds in one.bounds:
            if not bounds.of:  # "from 60% to 54%" may be a fall
                continue
            kinds = frozenset({"CI" if bounds.of.endswith("CI") else bounds.of} - {""})
            section = one.place.section or "text"
            yield _Triple(
                one.percent or one.value,
                bounds.lower,
                bounds.upper,
                kinds,
                one.kind == "mean",
                f"{section}, “{one.place.quote}”",
                (one.place,),
                claim_ids(one),
            )


def _finding(triple: _Triple) -> Finding | None:
    value, lower, upper = triple.value, triple.lower, triple.upper
    swapped = lower.fraction > upper.fraction
    below = value.fraction < lower.fraction and not _touch(value, lower)
    above = value.fraction > upper.fraction and not _touch(value, upper)
    if not swapped and not below and not above:
        return None
    if lower.value < 0 < value.value and lower.fraction <= -value.fraction <= upper.fraction:
        return None  # "a reduction of 0.78% (-0.97 to -0.60)"
    name = {"range": "range", "IQR": "interquartile range", "CI": "confidence interval"}
    named = " and ".join(name[k] for k in sorted(triple.kinds)) or "bounds"
    if swapped:
        reported, line = f"{lower.text} to {upper.text}", f"{lower.text} > {upper.text}"
        message = f"{triple.what}: the lower bound {lower.text} is above the upper bound "
        message += f"{upper.text}."
    else:
        bound, word = (lower, "below the lower") if below else (upper, "above the upper")
        reported = value.text
        line = f"{value.text} {'<' if below else '>'} {bound.text}"
        message = f"{triple.what}: {value.text} is {word} bound of its {named}, "
        message += f"{lower.text} to {upper.text}."
    return Finding(
        severity=Severity.ERROR if triple.kinds else Severity.WARNING,
        verdict=Verdict.IMPOSSIBLE if triple.kinds else Verdict.QUERY,
        message=message,
        places=triple.places,
        reported=reported,
        expected="" if swapped else f"between {lower.text} and {upper.text}",
        arithmetic=(line,),
    )


def _touch(one: PrintedNumber, other: PrintedNumber) -> bool:
    """Whether both may stand for the same exact number."""
    return any(one.interval(c).intersects(other.interval(c)) for c in Rounding)
