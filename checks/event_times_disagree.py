"""Time to progression or duration of response contradicts progression-free survival.

## What it does
Compares the records of one subject. An event of TTP is a PFS event of the same day (an error where
it is not); a PFS event that is no death is a TTP event; a duration of response (DOR, RSD, CRSD,
DOCR) ends as PFS does: an event of the same day, or censored as PFS is. Whether a PFS event is a
death is read from EVNTDESC or from an OS event of the same day; where it cannot be told, the pair
is not judged. Partial dates agree with every day that they can mean. Silent: a death that is a PFS
event and censors TTP, other dates of censoring, and subjects who lack one of the parameters.

## Why it matters
The same progression is counted in three endpoints; one date of three is then wrong.

## Example
TTP is an event of 2021-04-01, PFS of the same subject is censored on 2021-06-15.

## References
FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics (2018), sections on
PFS, TTP and duration of response.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import breaches, finding, holds, named, span, words
from ._times import beside

if TYPE_CHECKING:
    import pandas as pd

DURATIONS = ("DOR", "RSD", "CRSD", "DOCR", "CDOR")
DEATH = r"DEATH|DIED|DEAD"


@check(code="COH019", name="event-times-disagree", subject=Subject.COHORT)
def event_times_disagree(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each TTP or duration of response that PFS contradicts."""
    times = cohort.need("times", "USUBJID", "PARAMCD", "CNSR", "ADT")
    flag, day = times.frame["CNSR"], span(times, "ADT")
    judged = 0
    for code in ("TTP", *DURATIONS):
        try:
            other = beside(times, code, "PFS")
        except NotEvaluable:
            continue
        both = other.notna() & flag.notna() & other.map(flag).notna()
        judged += int(both.sum())
        event, progressed = both & (flag == 0), both & (other.map(flag) == 0)
        moved = event & progressed & day.known & day.at(other).known & ~day.within(day.at(other))
        told, death = _deaths(times)
        due = both & progressed & ~event
        if code == "TTP":
            due &= holds(other.map(told))
            due &= ~holds(other.map(death))
        severity = Severity.ERROR if code == "TTP" else Severity.WARNING
        for mask, what, column, grave in (
            (event & ~progressed, "is an event, and PFS is censored", "CNSR", severity),
            (moved, "is an event of another day than PFS", "ADT", severity),
            (due, "is censored, and PFS is an event of progression", "CNSR", Severity.WARNING),
        ):
            make = partial(_one, times, other, f"{code} {what}", column, grave)
            yield from breaches(grave, mask, make)
    if not judged:
        raise NotEvaluable("no subject has PFS beside TTP or a duration of response")
    yield Evaluated(judged)


def _deaths(times: Table) -> tuple[pd.Series, pd.Series]:
    """For each record whether it can be told that its event is a death, and whether it is."""
    none = times.frame["CNSR"].isna() & False
    if times.has("EVNTDESC"):
        words_of = words(times.frame["EVNTDESC"])
        return words_of != "", words_of.str.contains(DEATH, regex=True)
    try:
        other = beside(times, "PFS", "OS")
    except NotEvaluable:
        return none, none
    day = span(times, "ADT")
    died = (other.map(times.frame["CNSR"]) == 0) & day.within(day.at(other))
    return other.notna(), died


def _one(
    times: Table, other: pd.Series, what: str, column: str, severity: Severity, row: int
) -> Finding:
    pfs = times.place(int(other[row]), column)
    return finding(
        severity,
        Verdict.DISAGREES,
        f"{named(times, column)}: {what}.",
        times.place(row, column),
        pfs,
        expected=pfs.quote,
    )
