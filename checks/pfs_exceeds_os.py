"""Progression-free survival is longer than overall survival.

## What it does
Compares for each subject the PFS with the OS record: by their dates, and where dates are absent by
their times in the same unit. Equal is in order. An event of progression after the subject's death
is impossible; one beyond an OS that is censored disagrees with it, as the subject was seen alive
later, and so does a censored PFS, as a warning. Silent: partial dates that allow the order, times
in different units, and subjects with several records of a parameter.

## Why it matters
Who is alive without progression is alive: PFS can exceed OS for nobody.

## Example
PFS event 2021-06-10, death 2021-05-30.

## References
Eisenhauer EA et al. RECIST 1.1. Eur J Cancer 2009;45:228-247. FDA, Clinical Trial Endpoints for
the Approval of Cancer Drugs and Biologics (2018), sections on OS and PFS.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import breaches, finding, named, span, words
from ._times import beside

# Rounding of both times, where they are not in whole days.
LAST_DIGIT = 0.02


@check(code="COH016", name="pfs-exceeds-os", subject=Subject.COHORT)
def pfs_exceeds_os(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each subject whose PFS exceeds OS."""
    times = cohort.need("times", "USUBJID", "PARAMCD")
    other = beside(times, "PFS", "OS")
    late = judged = other.notna() & False
    if times.has("ADT"):
        day = span(times, "ADT")
        end = day.at(other)
        judged = day.known & end.known
        late = end.before(day)
    if times.has("AVAL"):
        value = times.frame["AVAL"]
        end_value = other.map(value)
        same = value.notna() & end_value.notna() & ~judged
        if times.has("AVALU"):
            same &= words(times.frame["AVALU"]) == other.map(words(times.frame["AVALU"]))
        late = late | (same & (value > end_value + LAST_DIGIT))
        judged = judged | same
    if not judged.any():
        raise NotEvaluable("no subject has both a PFS and an OS record that can be compared")
    yield Evaluated(int(judged.sum()))
    column = "ADT" if times.has("ADT") else "AVAL"

    flag = times.frame["CNSR"] if times.has("CNSR") else late.map({True: 0.0, False: 0.0})
    event, dead = flag == 0, other.map(flag) == 0
    # Two censored times that cross contradict each other by their rules more than by the data.
    grave = event | dead

    def make(row: int) -> Finding:
        ended = "the death of the subject" if dead[row] else "OS, which is censored"
        place = times.place(int(other[row]), column)
        return finding(
            Severity.ERROR if grave[row] else Severity.WARNING,
            Verdict.IMPOSSIBLE if dead[row] else Verdict.DISAGREES,
            f"{named(times, column)}: PFS ends after {ended}.",
            times.place(row, column),
            place,
            expected=f"at most {place.quote}" if place.quote else "",
            suggestion="" if dead[row] else "OS is censored before the last assessment",
        )

    yield from breaches(Severity.ERROR, late & grave, make)
    yield from breaches(Severity.WARNING, late & ~grave, make)
