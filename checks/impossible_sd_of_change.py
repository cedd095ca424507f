"""The SDs before, after and of the change cannot belong to the same patients.

## What it does
Takes mean and SD of one variable in one group before and after a treatment and the SD of the
change. Whatever the correlation, the SD of a difference lies between the difference and the sum of
the two SDs; so does each of the three. What breaks this, whatever the rounding, is a warning where
the paper says that no value is missing, and a note elsewhere: patients who dropped out count
before and not after. What is called SE, percentages of change and adjusted means are left alone.

## Why it matters
Often a standard error is printed as a standard deviation.

## Example
65.0 ± 14.3 before, 73.9 ± 2.7 after, a change of 8.9 ± 5.8: the SD after is at least 14.3 - 5.8.

## References
Cochrane Handbook for Systematic Reviews of Interventions, 6.5.2.8 (the SD of a change from the
SDs before and after and their correlation, which lies between -1 and 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.changes import Course, courses
from auditor.reanalysis.completeness import nothing_missing
from auditor.recomputed import Recomputed, Result
from auditor.rounding import unit

_SOURCE = "Cochrane Handbook 6.5.2.8"


@check(code="GRM006", name="impossible-sd-of-change")
def impossible_sd_of_change(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a finding for every three SDs that no correlation reconciles."""
    judged = 0
    complete = nothing_missing(manuscript)
    for course in courses(manuscript):
        spreads = course.spreads()
        if len(spreads) != 3 or any(s.value < 0 for s in spreads):
            continue
        judged += 1
        yield Judged(course.change.claims)
        wrong = _wrong(spreads)
        yield _recomputed(course, spreads, right=wrong is None)
        if wrong is not None:
            yield _finding(course, spreads, wrong, complete)
    if not judged:
        raise NotEvaluable("no variable has its SD before, after and of the change")


def _wrong(spreads: tuple[PrintedNumber, ...]) -> int | None:
    """Which of the three exceeds the sum of the others, by more than rounding allows."""
    for i, spread in enumerate(spreads):
        others = [s for j, s in enumerate(spreads) if j != i]
        slack = sum((unit(s.decimals) for s in spreads), Fraction(0))
        if spread.fraction > sum((s.fraction for s in others), Fraction(0)) + slack:
            return i
    return None


def _recomputed(course: Course, spreads: tuple[PrintedNumber, ...], *, right: bool) -> Recomputed:
    before, after, change = spreads
    low = abs(before.fraction - after.fraction)
    shown = f"{change.like(low)} to {change.like(before.fraction + after.fraction)}"
    return Recomputed(
        "SD of a change",
        course.change.where,
        change.text,
        course.change.place,
        (f"SD before {before.text}", f"SD after {after.text}", f"n = {course.change.n}"),
        (Result("any correlation from 1 to -1", shown, right, True, _SOURCE),),
    )


def _finding(
    course: Course, spreads: tuple[PrintedNumber, ...], wrong: int, complete: Place | None
) -> Finding:
    before, after, change = (s.text for s in spreads)
    others = [s.text for j, s in enumerate(spreads) if j != wrong]
    certain = complete is not None
    lines = [f"{spreads[wrong].text} > {others[0]} + {others[1]}", _SOURCE]
    if complete is not None:
        lines.append(f"the text says: “{complete.quote}”")
    # The value after is the one in question: the others are more often the paper's main figures.
    places = [one.place for one in (course.after, course.change, course.before)]
    return Finding(
        severity=Severity.WARNING if certain else Severity.NOTE,
        verdict=Verdict.IMPOSSIBLE if certain else Verdict.QUERY,
        message=f"{course.after.where}: SDs of {before} before, {after} after and {change} of the "
        "change cannot be of the same patients: each is at most the sum of the other two.",
        places=(*places, *((complete,) if complete is not None else ())),
        reported=after,
        expected=_expected(spreads),
        arithmetic=tuple(lines),
        suggestion="a standard error printed as a standard deviation",
    )


def _expected(spreads: tuple[PrintedNumber, ...]) -> str:
    before, after, change = spreads
    low = abs(before.fraction - change.fraction)
    return f"{after.like(low)} to {after.like(before.fraction + change.fraction)}"
