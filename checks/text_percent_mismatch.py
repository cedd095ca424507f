"""A percentage in the text does not match the fraction beside it.

## What it does
Reads the fractions of the running text that carry count, denominator and percentage together
("36/44 (82%)", "82% (36/44)", "36 of 44 patients (82%)", "36 (82%) of 44") and divides. Off by
one unit or more in the last digit is an error; less (truncation, double rounding) is a note.
In the form "36 (82%) of 44" the percentage may be of a larger group than the 44: a warning.

## Why it matters
Such a statement contradicts itself: nothing outside it has to be known.

## Example
"4 [3%] of 254 patients": 4/254 is 1.57%, which rounds to 2%.

## References
Nuijten MB et al. Behav Res Methods 2016;48:1205-1226 (recomputation of reported results).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import division, right_percent
from auditor.extraction.fits import Fit, attainable, fit
from auditor.extraction.fractions import TextFraction
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript


@check(code="PCT006", name="text-percent-mismatch")
def text_percent_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every fraction of the text that its percentage contradicts."""
    if not manuscript.fractions:
        raise NotEvaluable("the text prints no fraction together with its percentage")
    for fraction in manuscript.fractions:
        yield Judged(fraction.claims)
        how = fit(fraction.count, fraction.denominator, fraction.percent)
        if how is not Fit.NEAREST:
            yield _finding(fraction, how)


def _finding(fraction: TextFraction, how: Fit) -> Finding:
    count, of, percent = fraction.count, fraction.denominator, fraction.percent
    right = right_percent(count, of, percent)
    lines = [division(count, of)]
    if fraction.split and (others := attainable(count, percent, 20 * of)):
        low, high = others[0], others[-1]
        lines.append(f"{percent.text} would be right over {low} to {high} patients")
    severity = Severity.NOTE
    if how is Fit.MISFIT:
        severity = Severity.WARNING if fraction.split else Severity.ERROR
    return Finding(
        severity=severity,
        verdict=Verdict.IMPOSSIBLE if how is Fit.MISFIT else Verdict.CONVENTION,
        message=f"“{fraction.place.quote}”: {count} of {of} is {right}, not {percent.text}.",
        places=(fraction.place,),
        reported=fraction.place.quote,
        expected=right,
        arithmetic=tuple(lines),
    )
