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

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.bounds import PrintedBounds, printed_bounds
from auditor.rounding import Rounding


@check(code="INT001", name="value-outside-bounds")
def value_outside_bounds(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield an error for every number outside its own bounds."""
    judged = 0
    for triple in printed_bounds(manuscript):
        mean = "mean" in triple.statistics and "median" not in triple.statistics
        if mean and triple.kinds != {"range"} and triple.kinds != {"CI"}:
            continue
        if not triple.exact:
            continue
        judged += 1
        yield Judged(triple.claims)
        if finding := _finding(triple):
            yield finding
    if not judged:
        raise NotEvaluable("no number is printed with a lower and an upper bound")


def _finding(triple: PrintedBounds) -> Finding | None:
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
        message = f"{triple.where}: the lower bound {lower.text} is above the upper bound "
        message += f"{upper.text}."
    else:
        bound, word = (lower, "below the lower") if below else (upper, "above the upper")
        reported = value.text
        line = f"{value.text} {'<' if below else '>'} {bound.text}"
        message = f"{triple.where}: {value.text} is {word} bound of its {named}, "
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
