"""A later visit is dated before an earlier one.

## What it does
Orders the visits of each subject by VISITNUM, in the responses or, where there are none, the
lesions, and compares the days of neighbours, by evaluator. A visit of which every date certainly
lies before every date of the previous one is a warning. Silent: visits of several days, the same
day, unscheduled visits and others without a fixed place (end of treatment, follow-up), and
numbers that most subjects have out of order.

## Why it matters
The first PD and the best response are found in the order of dates; a date in the wrong place
changes them.

## Example
Week 8 is of 2021-06-02, week 16 of 2021-04-07.

## References
CDISC SDTM Implementation Guide 3.4 (VISITNUM: clinical encounters in chronological order).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import finding, named, span, words

LOOSE = r"UNSCH|END OF|^EO[TS]|FOLLOW|^FU|DISCONT|WITHDR|EARLY TERM|AE "
MOST = 0.5


@check(code="COH043", name="visit-out-of-order", subject=Subject.COHORT)
def visit_out_of_order(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each visit that lies before the previous one."""
    columns = ("USUBJID", "VISITNUM", "ADT")
    name = "responses" if cohort.has("responses", *columns) else "lesions"
    table = cohort.need(name, *columns)
    day = span(table, "ADT")
    frame = table.frame[["USUBJID", "VISITNUM"]].assign(
        earliest=day.earliest, latest=day.latest, row=table.frame.index
    )
    key = ["USUBJID"]
    for column in ("EVAL", "EVALID"):
        if table.has(column):
            frame[column] = words(table.frame[column])
            key.append(column)
    keep = frame.notna().all(axis=1)
    if table.has("VISIT"):
        keep &= ~words(table.frame["VISIT"]).str.contains(LOOSE, regex=True)
    visits = frame[keep].groupby([*key, "VISITNUM"], sort=True)
    bounds = visits.agg(first=("earliest", "min"), last=("latest", "max"), row=("row", "first"))
    before = bounds.groupby(level=key)[["first", "row"]].shift()
    judged = before["first"].notna()
    if not judged.any():
        raise NotEvaluable(f"no subject has two numbered visits in {table.delivered.name}")
    yield Evaluated(int(judged.sum()))
    wrong = bounds[judged & (bounds["last"] < before["first"])]
    subjects = wrong.index.get_level_values(0).nunique()
    if not len(wrong) or (
        subjects > 2 and subjects > MOST * bounds.index.get_level_values(0).nunique()
    ):
        return
    pairs = {
        int(row): int(other)
        for row, other in zip(wrong["row"], before["row"].loc[wrong.index], strict=True)
    }

    def make(row: int) -> Finding:
        return finding(
            Severity.WARNING,
            Verdict.QUERY,
            f"{named(table, 'ADT')}: the visit lies before the visit that precedes it by "
            f"{table.columns['VISITNUM']}.",
            table.place(row, "ADT"),
            table.place(pairs[row], "ADT"),
            suggestion="two dates exchanged, or a wrong year or month",
        )

    yield Breaches(Severity.WARNING, sorted(pairs), make)
