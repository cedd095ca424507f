"""A time to an event starts on another day than those of the other subjects.

## What it does
Finds out from which date of the patients table (randomisation, first dose, consent) the times of
each parameter start, and names it; a record that starts elsewhere is an error, if nine in ten
follow it and five or more. A partial date agrees with every day that it can mean. Silent:
parameters that start at another event (duration of response starts at the response), studies that
start OS and PFS at different dates, and subjects without the date.

## Why it matters
A time that starts at first dose beside times from randomisation is shorter by the wait, and more
often in one arm than in the other.

## Example
OS starts at RANDDT for 43 subjects and three weeks later, at the first dose, for one.

## References
ICH E9, section 5.2 (analysis sets). FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs
and Biologics (2018): time from randomisation.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import Span, breaches, finding, named, owners, span, words

ORIGINS = ("RANDDT", "TRTSDT", "RFICDT")
FOLLOW = 0.9
AT_LEAST = 5


@check(code="COH015", name="start-of-time-mismatch", subject=Subject.COHORT)
def start_of_time_mismatch(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each time that starts elsewhere than those of its parameter."""
    times = cohort.need("times", "USUBJID", "PARAMCD", "STARTDT")
    patients = cohort.need("patients", "USUBJID")
    owner = owners(cohort, times)
    start = span(times, "STARTDT")
    origins = {c: span(patients, c).at(owner) for c in ORIGINS if patients.has(c)}
    if not origins:
        raise NotEvaluable("the patients table has no RANDDT, TRTSDT or RFICDT")
    judged = False
    codes = words(times.frame["PARAMCD"])
    for code in sorted(set(codes) - {""}):
        own = (codes == code) & start.known
        follow = {c: own & day.known & start.within(day) for c, day in origins.items()}
        column = max(follow, key=lambda c: int(follow[c].sum()))
        both = own & origins[column].known
        good = int(follow[column].sum())
        if good < AT_LEAST or good < FOLLOW * both.sum():
            continue
        judged = True
        yield Evaluated(int(both.sum()))
        count = f"{good} of {int(both.sum())}"
        yield from breaches(
            Severity.ERROR,
            both & ~follow[column],
            partial(_one, times, patients, origins, start, column, code, count),
        )
    if not judged:
        raise NotEvaluable("no parameter starts on the same date of five subjects or more")


def _one(
    times: Table,
    patients: Table,
    origins: dict[str, Span],
    start: Span,
    column: str,
    code: str,
    count: str,
    row: int,
) -> Finding:
    others = [c for c, day in origins.items() if c != column and bool(start.within(day).loc[row])]
    subject = times.frame.at[row, "USUBJID"]
    place = patients.place(
        int(patients.frame.index[patients.frame["USUBJID"] == subject][0]), column
    )
    return finding(
        Severity.ERROR,
        Verdict.DISAGREES,
        f"{named(times, 'STARTDT')} of {code} is not {named(patients, column)}, on which {count} "
        "start.",
        times.place(row, "STARTDT"),
        place,
        expected=place.quote,
        suggestion=f"it is {named(patients, others[0])}" if others else "",
    )
