"""A death is missing among the events of progression-free survival.

## What it does
Takes the subjects who died by their OS record and looks at their PFS. PFS is judged as one that
counts deaths where the data show it: a PFS event described as death, or most subjects who died
having an event. A subject who died and is censored for PFS is then a warning, as is a PFS event
described as death where nobody died. Silent, as guidance allows them: a censoring explained by new
therapy, missed or inadequate assessments, withdrawal or cut-off, a new therapy recorded before
death, and a death more than 26 weeks after the last assessment.

## Why it matters
PFS that loses deaths is time to progression under another name, and longer.

## Example
OS is an event on 2021-07-15; PFS is censored on 2021-06-30 without a reason.

## References
FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics (2018), Appendix C
(PFS censoring). EMA/CHMP/27994/2008 Rev. 1 (methodological considerations for using PFS).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import breaches, finding, named, owners, span, words
from ._times import beside

if TYPE_CHECKING:
    import pandas as pd

REASONS = r"THERAP|TREATMENT|MISS|INADEQUATE|WITHDR|CUT|LOST|CONSENT|SURGERY|TWO|GAP"
DEATH = r"DEATH|DIED|DEAD"
WEEKS_26 = 182


@check(code="COH017", name="death-missing-from-pfs", subject=Subject.COHORT)
def death_missing_from_pfs(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each PFS record that leaves out a death, or claims one."""
    times = cohort.need("times", "USUBJID", "PARAMCD", "CNSR")
    other = beside(times, "PFS", "OS")
    flag = times.frame["CNSR"]
    both = other.notna() & flag.notna() & other.map(flag).notna()
    died = both & (other.map(flag) == 0)
    event = both & (flag == 0)
    told = both & False
    if times.has("EVNTDESC"):
        told = event & words(times.frame["EVNTDESC"]).str.contains(DEATH, regex=True)
    counts = (told & died).any() or (died.any() and (event & died).sum() > died.sum() / 2)
    if not both.any():
        raise NotEvaluable("no subject has both a PFS and an OS record with a flag")
    if not counts and not told.any():
        raise NotEvaluable("nothing shows that PFS counts deaths")
    yield Evaluated(int(both.sum()))

    def maker(what: str) -> Callable[[int], Finding]:
        def make(row: int) -> Finding:
            return finding(
                Severity.WARNING,
                Verdict.DISAGREES,
                f"{named(times, 'CNSR')}: {what}.",
                times.place(row, "CNSR"),
                times.place(int(other[row]), "CNSR"),
            )

        return make

    if counts:
        missed = died & ~event & ~_excused(cohort, times, other)
        yield from breaches(
            Severity.WARNING,
            missed,
            maker("PFS is censored for a subject whose OS is an event, without a reason"),
        )
    yield from breaches(
        Severity.WARNING,
        told & ~died,
        maker("the PFS event is a death, and OS of the subject is censored"),
    )


def _excused(cohort: Cohort, times: Table, other: pd.Series) -> pd.Series:
    """Whether guidance allows to censor PFS before the death."""
    excused = other.notna() & False
    for column in ("CNSDTDSC", "EVNTDESC"):
        if times.has(column):
            excused |= words(times.frame[column]).str.contains(REASONS, regex=True)
    if times.has("ADT"):
        day = span(times, "ADT")
        death = day.at(other)
        excused |= (death.earliest - day.latest).dt.days > WEEKS_26
        if cohort.has("patients", "USUBJID", "NEWTRTDT"):
            patients = cohort.tables["patients"]
            therapy = span(patients, "NEWTRTDT").at(owners(cohort, times))
            excused |= therapy.earliest <= death.latest
    return excused
