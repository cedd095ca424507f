"""A value cannot be read as what its column holds.

## What it does
Lists every value that was delivered and could not be read: a number that is none ("<5"), a flag
that is neither Y nor N, a date that is none ("2020-02-30"). Partial dates ("2020-03") are read and
are not listed. Every other check takes such a value as missing. Where no value of a column can be
read, that is an error: nothing that rests on the column was checked.

## Why it matters
A value that is silently taken as missing leaves the analysis: a death with an unreadable date is
no death. Either the value is wrong, or the study file does not say how the column is coded.

## Example
AETOXGR is "Grade 3": the study file can translate it under [tables.adverse_events.codes.TOXGR].
DTHDTC is "14/03/2020": the study file can declare its order under [tables.patients.dates].

## References
ISO 8601 dates and Y/N flags: CDISC SDTM Implementation Guide 3.4 and ADaM Implementation Guide 1.3.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table
from auditor.frames.standard import Kind, standard_table


@check(code="RDG001", name="unreadable-value", subject=Subject.COHORT)
def unreadable_value(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    judged = False
    seen: set[tuple[int, str, int]] = set()
    for table in cohort.tables.values():
        kinds = {column.name: column.kind for column in standard_table(table.name).columns}
        read = [c for c in table.columns if kinds.get(c, Kind.TEXT) is not Kind.TEXT]
        delivered = table.delivered.frame.loc[table.frame.index]
        values = sum(int(delivered[table.columns[c]].notna().sum()) for c in read)
        judged = judged or values > 0
        if values:
            yield Evaluated(values)
        # Two standard tables may read the same delivered value.
        new = [
            at
            for at, value in enumerate(table.unread)
            if (id(table.delivered), table.columns[value.column], value.row) not in seen
        ]
        seen |= {
            (id(table.delivered), table.columns[value.column], value.row) for value in table.unread
        }
        for column in read:
            count = sum(table.unread[at].column == column for at in new)
            if count > 1 and count == int(delivered[table.columns[column]].notna().sum()):
                first = next(at for at in new if table.unread[at].column == column)
                yield _whole_column(table, column, first)
        if new:
            yield Breaches(Severity.WARNING, new, partial(_finding, table))
    if not judged:
        raise NotEvaluable("there is no column of numbers, flags or dates with a value")


def _whole_column(table: Table, column: str, at: int) -> Finding:
    """Nothing that rests on the column was checked: that is no matter of single values."""
    place = table.place(table.unread[at].row, column)
    return replace(
        _finding(table, at),
        severity=Severity.ERROR,
        message=f"{table.columns[column]} of {table.delivered.name}: no value can be read as a "
        f"{standard_table(table.name).column(column).kind.value}; the whole column is taken as "
        "missing.",
        places=(replace(place, row=None, subject=None, visit=None, quote=""),),
        reported="",
    )


def _finding(table: Table, at: int) -> Finding:
    value = table.unread[at]
    kind = standard_table(table.name).column(value.column).kind
    section = "dates" if kind is Kind.DATE else "codes"
    return Finding(
        severity=Severity.WARNING,
        verdict=Verdict.QUERY,
        message=f"{table.columns[value.column]} of {table.delivered.name}: a value cannot be read "
        f"as a {kind.value}: {value.why}. It is taken as missing.",
        places=(table.place(value.row, value.column),),
        reported=value.text,
        suggestion="Correct the value, or say how the column is coded in the study file, under "
        f"[tables.{table.name}.{section}].",
    )
