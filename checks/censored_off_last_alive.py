"""Overall survival is censored on another day than the last known alive.

## What it does
Learns from the censored OS records where this study censors: at the date last known alive (or the
cut-off, or randomisation, whichever applies). Only where at least four in five follow it, and five
or more, is a record that does not a warning. A partial date last known alive agrees with every day
that it can mean. Silent: a study that censors everybody elsewhere (the cut-off, the last visit),
subjects censored at the cut-off because they were seen later, and those never seen again, censored
at randomisation.

## Why it matters
A time censored too late keeps a subject at risk who was not observed; too early, it throws away
follow-up.

## Example
Last known alive 2021-03-01; OS is censored on 2021-05-01, as nobody else's is.

## References
FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics (2018), section on
overall survival: censored at the last date known alive.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import breaches, finding, named, owners, span, words

FOLLOW = 0.8
AT_LEAST = 5


@check(code="COH013", name="censored-off-last-alive", subject=Subject.COHORT)
def censored_off_last_alive(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each censored OS record that leaves the rule of the others."""
    import pandas as pd

    times = cohort.need("times", "USUBJID", "PARAMCD", "CNSR", "ADT")
    patients = cohort.need("patients", "USUBJID", "LSTALVDT")
    owner = owners(cohort, times)
    end, alive = span(times, "ADT"), span(patients, "LSTALVDT").at(owner)
    judged = (words(times.frame["PARAMCD"]) == "OS") & (times.frame["CNSR"] > 0)
    judged &= end.known & alive.known
    if patients.has("DTHDT"):
        # A death that is censored is the matter of survival-without-death.
        judged &= ~span(patients, "DTHDT").at(owner).known
    if not judged.any():
        raise NotEvaluable("no censored OS record has a date beside one last known alive")
    right = end.within(alive)
    for column in ("DCUTDT", "RANDDT"):
        if patients.has(column):
            other = span(patients, column).at(owner)
            # The cut-off shortens what was seen later; randomisation stands for never seen.
            seen = other.earliest <= alive.latest if column == "DCUTDT" else ~other.before(alive)
            right |= seen & end.within(other)
    if cohort.study.cutoff is not None:
        cutoff = pd.Timestamp(cohort.study.cutoff)
        right |= (alive.latest >= cutoff) & (end.earliest <= cutoff) & (end.latest >= cutoff)
    number, follow = int(judged.sum()), int((judged & right).sum())
    if follow < AT_LEAST or follow < FOLLOW * number:
        raise NotEvaluable(
            f"{follow} of {number} censored OS records end on the date last known alive: the "
            "study censors otherwise"
        )
    yield Evaluated(number)

    def make(row: int) -> Finding:
        place = patients.place(int(owner[row]), "LSTALVDT")
        side = "after" if alive.latest[row] < end.earliest[row] else "before"
        return finding(
            Severity.WARNING,
            Verdict.DISAGREES,
            f"{named(times, 'ADT')}: OS is censored {side} the date last known alive "
            f"({named(patients, 'LSTALVDT')}), where {follow} of {number} end on it.",
            times.place(row, "ADT"),
            place,
            expected=place.quote,
        )

    yield from breaches(Severity.WARNING, judged & ~right, make)
