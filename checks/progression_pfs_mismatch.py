"""Progression in the responses and progression-free survival contradict each other.

## What it does
Takes the first PD of each subject by each evaluator and compares it with the PFS record. A warning
where PFS ends after the first PD of every evaluator who assessed the subject, where PFS is
censored although all of them saw PD, and where a PFS event of progression falls on no PD. A PD
before the start of PFS does not count; a partial date agrees with every day that it can mean.
Silent: PFS by one of two evaluators who disagree, clinical or symptomatic progression, deaths, a
censoring with a reason (new therapy, missed assessments, cut-off), a PD on or after new therapy or
after the cut-off, and subjects without assessments. Where most progressions are on another day
(that of the first scan of a visit), one note says so.

## Why it matters
The date of progression decides the curve; a PD that PFS overlooks makes it longer.

## Example
The first PD is of 2021-03-02; PFS is an event of 2021-05-11, the date of the second.

## References
Eisenhauer EA et al. RECIST 1.1. Eur J Cancer 2009;45:228-247, section 4.3. FDA, Clinical Trial
Endpoints for the Approval of Cancer Drugs and Biologics (2018), Appendix C.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import Span, breaches, finding, holds, named, owners, rows_by, span, true_rows, words
from ._times import single

if TYPE_CHECKING:
    import pandas as pd

REASONS = r"THERAP|TREATMENT|MISS|INADEQUATE|WITHDR|CUT|LOST|CONSENT|SURGERY|TWO|GAP"
FEW = 3
NO_SCAN = r"DEATH|DIED|DEAD|CLINICAL|SYMPTOM"


@check(code="COH018", name="progression-pfs-mismatch", subject=Subject.COHORT)
def progression_pfs_mismatch(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each PFS record that the responses contradict."""
    times = cohort.need("times", "USUBJID", "PARAMCD", "CNSR", "ADT")
    responses = cohort.need("responses", "USUBJID", "AVALC", "ADT")
    pfs = single(times, "PFS")
    seen = _progressions(cohort, times, responses, pfs)
    day, flag = span(times, "ADT"), times.frame["CNSR"]
    judged = (
        times.frame.index.to_series().isin(pfs)
        & times.frame["USUBJID"].isin(set(responses.frame["USUBJID"].dropna()))
        & day.known
        & flag.notna()
    )
    if not judged.any():
        raise NotEvaluable("no subject has both responses and a PFS record")
    yield Evaluated(int(judged.sum()))
    subject = times.frame["USUBJID"]
    agreed = judged & holds(subject.map(seen.every))
    last_first = subject.map(seen.latest)
    late = agreed & (day.earliest > last_first)
    censored = agreed & ~late & (flag > 0)
    scanned = judged & (flag == 0)
    if times.has("EVNTDESC"):
        scanned &= ~words(times.frame["EVNTDESC"]).str.contains(NO_SCAN, regex=True)
    else:
        scanned &= ~_died_then(times, subject, day)
    elsewhere = scanned & ~late & ~times.frame.index.to_series().isin(seen.matched)
    excused = _excused(cohort, times, last_first)
    moved = (late | elsewhere) & (flag == 0)
    ended = int((late | scanned).sum())
    if moved.sum() > FEW and moved.sum() > ended / 2:
        yield finding(
            Severity.NOTE,
            Verdict.CONVENTION,
            f"{named(times, 'ADT')}: {int(moved.sum())} of {ended} progressions of PFS are not on "
            f"the day of the first PD ({named(responses, 'ADT')}); taken as another date of the "
            "visit.",
            times.place(true_rows(moved)[0], "ADT"),
        )
        late, elsewhere = late & ~moved, elsewhere & ~moved
    for mask, what in (
        (late & ~(excused & (flag > 0)), "PFS ends after the first PD of the subject"),
        (censored & ~excused, "PFS is censored although the responses have a PD"),
        (elsewhere, "PFS ends with a progression on a day without a PD in the responses"),
    ):
        yield from breaches(
            Severity.WARNING, mask, partial(_one, times, responses, seen.first, what)
        )


class Seen(NamedTuple):
    """What the responses say of progression; by subject, but ``matched`` by row of PFS.

    ``every``: all evaluators saw a PD; ``latest``: the last day by which all of them did;
    ``first``: the row of the first PD; ``matched``: PFS records that end on the day of a PD.
    """

    every: pd.Series
    latest: pd.Series
    first: pd.Series
    matched: pd.Series


def _progressions(cohort: Cohort, times: Table, responses: Table, pfs: pd.Series) -> Seen:
    frame, day, end = responses.frame, span(responses, "ADT"), span(times, "ADT")
    row = frame["USUBJID"].map(pfs)
    reader = words(frame["AVALC"]).map(lambda _: "")
    for column in ("EVAL", "EVALID"):
        if responses.has(column):
            reader = reader + "|" + words(frame[column])
    key = [frame["USUBJID"], reader]
    progressed = (words(frame["AVALC"]) == "PD") & row.notna() & day.known
    if times.has("STARTDT"):
        progressed &= ~day.before(span(times, "STARTDT").at(row))
    elif cohort.has("patients", "USUBJID", "RANDDT"):
        patients = cohort.tables["patients"]
        progressed &= ~day.before(span(patients, "RANDDT").at(owners(cohort, responses)))
    # The first PD of an evaluator, at the latest by the last day that any of its dates can mean.
    firsts = day.latest.where(progressed).groupby(key).min()
    by_subject = firsts.groupby(level=0)
    order = day.earliest.where(progressed).dropna().sort_values(kind="stable")
    rows = rows_by(frame["USUBJID"].loc[order.index])
    return Seen(
        every=firsts.notna().groupby(level=0).all(),
        latest=by_subject.max(),
        first=rows[~rows.index.duplicated()],
        matched=row[progressed & day.within(end.at(row))],
    )


def _died_then(times: Table, subject: pd.Series, day: Span) -> pd.Series:
    """Whether the subject's OS is an event of the same day: the PFS event may be the death."""
    try:
        other = subject.map(single(times, "OS"))
    except NotEvaluable:
        return subject.isna() & False
    return (other.map(times.frame["CNSR"]) == 0) & day.within(day.at(other))


def _excused(cohort: Cohort, times: Table, progressed: pd.Series) -> pd.Series:
    """Whether guidance allows to censor PFS in spite of the PD."""
    import pandas as pd

    excused = progressed.notna() & False
    for column in ("CNSDTDSC", "EVNTDESC"):
        if times.has(column):
            excused |= words(times.frame[column]).str.contains(REASONS, regex=True)
    if cohort.has("patients", "USUBJID", "NEWTRTDT"):
        therapy = span(cohort.tables["patients"], "NEWTRTDT").at(owners(cohort, times))
        excused |= therapy.earliest <= progressed
    if cohort.study.cutoff is not None:
        excused |= progressed > pd.Timestamp(cohort.study.cutoff)
    return excused


def _one(times: Table, responses: Table, first: pd.Series, what: str, row: int) -> Finding:
    progressed = first.get(times.frame.at[row, "USUBJID"])
    places = [times.place(row, "ADT"), times.place(row, "CNSR")]
    if progressed is not None:
        places.insert(1, responses.place(int(progressed), "ADT"))
    return finding(
        Severity.WARNING,
        Verdict.DISAGREES,
        f"{named(times, 'ADT')}: {what} ({named(responses, 'AVALC')}).",
        *places,
        expected="" if progressed is None else places[1].quote,
    )
