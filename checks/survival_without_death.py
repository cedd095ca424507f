"""An overall survival time and the death of the subject contradict each other.

## What it does
Compares the OS record of each subject with the patients table. An OS event needs a recorded death,
of the same day where both are dated; a death needs an OS event, unless it is later than the
cut-off. A partial or imputed date of death agrees with every day that it can mean. Where the
flags agree only if all of them are reversed, one finding says so. Silent: a death after the
cut-off, a death flag without a date beside an event, and an analysis that censors OS at new
therapy, if the study declares it.

## Why it matters
Overall survival counts deaths and nothing else; each contradiction is a wrong step in the curve.

## Example
OS is censored on 2021-08-01 and the subject died on 2021-07-15.

## References
FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics (2018), section on
overall survival. CDISC ADaM Basic Data Structure for Time-to-Event Analyses 1.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import (
    breaches,
    death,
    death_column,
    finding,
    holds,
    named,
    owners,
    span,
    true_rows,
    words,
)

if TYPE_CHECKING:
    import pandas as pd

REVERSED_AT_LEAST = 5


@check(code="COH012", name="survival-without-death", subject=Subject.COHORT)
def survival_without_death(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each OS time that its subject's death contradicts."""
    times = cohort.need("times", "USUBJID", "PARAMCD", "CNSR")
    patients, dead = death(cohort)
    owner = owners(cohort, times)
    flag = times.frame["CNSR"]
    judged = (words(times.frame["PARAMCD"]) == "OS") & owner.notna() & flag.notna()
    if not judged.any():
        raise NotEvaluable("there is no overall survival (OS) with a censoring flag")
    yield Evaluated(int(judged.sum()))
    died = holds(owner.map(dead)) & judged
    event = judged & (flag == 0)
    alive = event & ~died
    counted = died & ~_later(cohort, patients, owner)
    missed = counted & ~event
    if cohort.study.survival.new_therapy == "censor" and patients.has("NEWTRTDT"):
        missed &= ~span(patients, "NEWTRTDT").at(owner).known
    right = (judged & (event == died)).sum()
    if not right and judged.sum() >= REVERSED_AT_LEAST and event.any() and died.any():
        yield finding(
            Severity.ERROR,
            Verdict.DISAGREES,
            f"{named(times, 'CNSR')}: every OS event is of a living subject and every death "
            "censored.",
            times.place(true_rows(judged)[0], "CNSR"),
            suggestion="the flag is reversed: 0 is the event",
        )
        return
    column = death_column(patients)
    for mask, what in (
        (alive, "is an OS event, and no death is recorded"),
        (missed, "is censored, and a death is recorded"),
    ):
        yield from breaches(
            Severity.ERROR, mask, partial(_flag, times, patients, owner, column, what)
        )
    if patients.has("DTHDT") and times.has("ADT"):
        day, end = span(patients, "DTHDT").at(owner), span(times, "ADT")
        other = event & died & day.known & end.known & ~day.within(end)
        yield from breaches(Severity.ERROR, other, partial(_date, times, patients, owner))


def _later(cohort: Cohort, patients: Table, owner: pd.Series) -> pd.Series:
    """Whether the subject died certainly after the cut-off."""
    import pandas as pd

    no = owner.notna() & False
    if not patients.has("DTHDT"):
        return no
    day = span(patients, "DTHDT").at(owner)
    if cohort.study.cutoff is not None:
        return day.earliest > pd.Timestamp(cohort.study.cutoff)
    if patients.has("DCUTDT"):
        return span(patients, "DCUTDT").at(owner).before(day)
    return no


def _flag(
    times: Table, patients: Table, owner: pd.Series, column: str, what: str, row: int
) -> Finding:
    return finding(
        Severity.ERROR,
        Verdict.DISAGREES,
        f"{named(times, 'CNSR')} {what} ({named(patients, column)}).",
        times.place(row, "CNSR"),
        patients.place(int(owner[row]), column),
    )


def _date(times: Table, patients: Table, owner: pd.Series, row: int) -> Finding:
    place = patients.place(int(owner[row]), "DTHDT")
    return finding(
        Severity.ERROR,
        Verdict.DISAGREES,
        f"{named(times, 'ADT')} of the OS event is not the date of death "
        f"({named(patients, 'DTHDT')}).",
        times.place(row, "ADT"),
        place,
        expected=place.quote,
    )
