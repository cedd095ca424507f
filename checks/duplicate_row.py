"""The same row stands in a table twice.

## What it does
Compares all delivered columns of the tables in use. Each repetition of a row is an error where the
table has a sequence number, a visit or a date that tells records apart, else a warning; of events,
exposures and lines only a sequence number does (two equal doses of a day may be two). The first of
the equal rows is named beside it. Silent: rows that differ in any column, rows without a subject,
and patients, whose identifier the models hold unique.

## Why it matters
Events, doses and times are counted twice.

## Example
An adverse event stands in rows 17 and 18 with equal values in all 24 columns.

## References
SCDM Good Clinical Data Management Practices, chapter on edit checks (duplicate records).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table
from auditor.frames.standard import Kind, standard_table

from ._records import breaches, finding

if TYPE_CHECKING:
    import pandas as pd

TELLING = ("SEQ", "VISIT", "VISITNUM", "PARAMCD", "LINE")

# Two equal events, or two doses of a day, may be two where no number tells them apart.
REPEATED = ("adverse_events", "exposures", "lines")


@check(code="COH036", name="duplicate-row", subject=Subject.COHORT)
def duplicate_row(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each row that repeats an earlier one."""
    import pandas as pd

    tables: dict[str, Table] = {}
    taken = {t.delivered.name for name, t in cohort.tables.items() if name == "patients"}
    for table in cohort.tables.values():
        if table.delivered.name not in taken:
            tables.setdefault(table.delivered.name, table)
    if not tables:
        raise NotEvaluable("there is no table beside the patients")
    for table in tables.values():
        frame = table.delivered.frame
        # By hash first, then exactly: equal hashes are not yet equal rows.
        hashes = pd.util.hash_pandas_object(frame, index=False)
        candidates = frame[hashes.duplicated(keep=False).to_numpy()]
        subject = table.columns.get("USUBJID")
        if subject is not None and subject in candidates:
            candidates = candidates[candidates[subject].notna()]
        yield Evaluated(len(frame))
        repeated = candidates.duplicated(keep="first")
        severity = Severity.ERROR if _told_apart(table) else Severity.WARNING
        make = partial(_one, table, candidates, hashes[candidates.index], severity)
        yield from breaches(severity, repeated, make)


def _told_apart(table: Table) -> bool:
    """Whether records of one subject are told apart by a date, a visit or a number."""
    if table.name in REPEATED:
        return table.has("SEQ")
    dates = [c.name for c in standard_table(table.name).columns if c.kind is Kind.DATE]
    return any(table.has(column) for column in (*TELLING, *dates))


def _one(
    table: Table, candidates: pd.DataFrame, hashes: pd.Series, severity: Severity, row: int
) -> Finding:
    own, alike = candidates.loc[row], candidates[(hashes == hashes[row]).to_numpy()]
    equal = (alike == own) | (alike.isna() & own.isna())
    first = int(alike.index[equal.all(axis=1).to_numpy()][0])
    return finding(
        severity,
        Verdict.DISAGREES if severity is Severity.ERROR else Verdict.QUERY,
        f"{table.delivered.name}: the row repeats another of the same subject in "
        f"all {candidates.shape[1]} columns.",
        table.place(row),
        table.place(first),
    )
