"""Something is dated after the data cut-off.

## What it does
Compares every date of the cohort with the cut-off that the study file declares or, where it
declares none, with the subject's DCUTDT. The cut-off itself is in order, and a partial date is
wrong only where its first possible day is later. One finding a row. Silent: dates of any age
before the cut-off, partial dates of its month, and a study without cut-off, which is not
evaluable.

## Why it matters
Events after the cut-off make the numbers irreproducible: another extract gives others. Times that
end later are counted in a curve that was declared closed.

## Example
Cut-off 2022-12-31; an overall survival time is censored on 2023-02-14.

## References
ICH E3, section 9.7.1. FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics
(2018): the cut-off of an analysis is defined before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table
from auditor.frames.standard import Kind, standard_table

from ._records import Span, breaches, finding, named, owners, span

# Plans, not events.
NOT_EVENTS = ("DCUTDT",)


@check(code="COH006", name="date-after-cutoff", subject=Subject.COHORT)
def date_after_cutoff(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each row with a date after the cut-off, at its first such date."""
    judged = False
    for table in cohort.tables.values():
        limit, source = _limit(cohort, table)
        columns = [
            column.name
            for column in standard_table(table.name).columns
            if column.kind is Kind.DATE and table.has(column.name)
        ]
        done = table.frame.index.to_series().isin([])
        known = done.copy()
        for column in columns:
            if column in NOT_EVENTS:
                continue
            day = span(table, column)
            known |= day.known & limit.known
            late = limit.before(day) & ~done
            done |= late
            yield from breaches(Severity.ERROR, late, partial(_one, cohort, table, column, source))
        if known.any():
            judged = True
            yield Evaluated(int(known.sum()))
    if not judged:
        raise NotEvaluable("no record has a date beside a known cut-off")


def _limit(cohort: Cohort, table: Table) -> tuple[Span, str]:
    """The cut-off of each row, and where it is from."""
    if cohort.study.cutoff is not None:
        import pandas as pd

        day = pd.Series(pd.Timestamp(cohort.study.cutoff), index=table.frame.index)
        return Span(day, day), "the study file"
    patients = cohort.need("patients", "USUBJID")
    if not patients.has("DCUTDT"):
        raise NotEvaluable("neither the study file nor the patients table has a data cut-off")
    return span(patients, "DCUTDT").at(owners(cohort, table)), named(patients, "DCUTDT")


def _one(cohort: Cohort, table: Table, column: str, source: str, row: int) -> Finding:
    expected = f"by {cohort.study.cutoff}" if cohort.study.cutoff is not None else ""
    return finding(
        Severity.ERROR,
        Verdict.DISAGREES,
        f"{named(table, column)} is after the data cut-off ({source}).",
        table.place(row, column),
        expected=expected,
    )
