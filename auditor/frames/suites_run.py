"""Runs one expectation on a cohort: what it judged, and a finding of each row that breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Place
from auditor.frames.cohort import Cohort, Table
from auditor.frames.standard import standard_table
from auditor.frames.suites_model import Expectation, Judgement
from auditor.frames.suites_types import Family
from auditor.frames.suites_words import breach, condition, law, share

if TYPE_CHECKING:
    import pandas as pd

_BY_GX = "Judged by Great Expectations itself."
_COUNT = "expect_column_unique_value_count_to_be_between"
_LISTED = 3
_UNIQUE = "expect_compound_columns_to_be_unique"


def run(expectation: Expectation, cohort: Cohort) -> Iterator[Finding | Evaluated | Breaches]:
    """Judge the expectation on its table.

    Raises:
        NotEvaluable: the table or a column is absent, or there is nothing to judge.
        RuntimeError: Great Expectations had to judge it, and could not.
    """
    family = expectation.type.family
    table = cohort.need(expectation.table, *expectation.needed)
    frame = _presented(table, expectation)
    judgement, by = _judgement(expectation, frame)
    if family is not Family.TABLE and not judgement.considered:
        raise NotEvaluable(_nothing(expectation, table))
    yield Evaluated(max(judgement.considered, 1))
    if judgement.success:
        return
    message = " ".join(filter(None, (breach(expectation), by)))
    if judgement.unexpected is None:
        yield _of_whole(expectation, table, frame, judgement, message)
    elif "mostly" in expectation.kwargs:
        yield _of_share(expectation, table, judgement, message)
    else:
        yield Breaches(
            severity=expectation.severity,
            rows=judgement.rows,
            finding=partial(
                _of_row, expectation, table, message, _keys(expectation, frame, judgement)
            ),
        )


def _presented(table: Table, expectation: Expectation) -> pd.DataFrame:
    """The frame that is judged.

    Where missing values themselves are judged, a partial date ("2020-03") counts as present and a
    value that could not be read is left to the checks of values: it is there, but wrong. Columns
    that an expectation can do without and that were not delivered are missing throughout.
    """
    column = expectation.kwargs.get("column", "")
    frame = table.frame
    absent = [name for name in expectation.optional if name not in frame.columns]
    if absent:
        frame = frame.assign(**dict.fromkeys(absent))
    if "null" not in expectation.type.name or column not in frame.columns:
        return frame
    if column in table.earliest:
        filled = frame[column].fillna(table.earliest[column])
        frame = frame.assign(**{column: filled})
    unread = [value.row for value in table.unread if value.column == column]
    return frame.drop(index=[row for row in unread if row in frame.index]) if unread else frame


def _judgement(expectation: Expectation, frame: pd.DataFrame) -> tuple[Judgement, str]:
    """How it ended, and by whom where that is not our own engine.

    Raises:
        RuntimeError: Great Expectations could not evaluate it.
    """
    from auditor.frames.suites_domain import Uninterpreted
    from auditor.frames.suites_judge import judge

    try:
        return judge(expectation, frame), ""
    except Uninterpreted:
        pass
    from auditor.frames.native_gx import run_expectations

    entry: dict[str, Any] = {"type": expectation.type.name, "kwargs": expectation.kwargs}
    [native] = run_expectations([entry], frame, source=expectation.file)
    if native.error:
        # The message of the exception may hold values of patients.
        raise RuntimeError(f"Great Expectations could not evaluate it ({native.error})")
    considered = native.considered
    if considered is None:
        columns = [c for c in expectation.columns if c in frame.columns]
        considered = int(frame[columns].notna().any(axis=1).sum()) if columns else len(frame)
    return (
        Judgement(native.success, considered, native.unexpected, native.rows, native.observed),
        _BY_GX,
    )


def _nothing(expectation: Expectation, table: Table) -> str:
    title = f"{standard_table(table.name).title} ({table.delivered.name})"
    there = condition(expectation)
    if "null" in expectation.type.name:
        return f"{title}: no row to judge{there}"
    columns = [name for name in expectation.columns if name not in expectation.optional]
    return f"{title}: no value of {', '.join(columns)} to judge{there}"


def _keys(expectation: Expectation, frame: pd.DataFrame, judgement: Judgement) -> pd.Series | None:
    """A number for each repeated key, by row; None where the law is another."""
    if expectation.type.name != _UNIQUE:
        return None
    repeated = frame.loc[list(judgement.rows), list(expectation.columns)]
    return repeated.groupby(list(expectation.columns), dropna=False, sort=False).ngroup()


def _of_row(
    expectation: Expectation, table: Table, message: str, keys: pd.Series | None, row: int
) -> Finding:
    columns = [name for name in expectation.columns if table.has(name)]
    places = [table.place(row, column) for column in columns]
    if keys is not None:
        # The column behind the subject says best which record it is; the other row stands beside.
        others = keys.index[(keys == keys.at[row]) & (keys.index != row)]
        named = columns[min(1, len(columns) - 1)]
        places = [table.place(int(other), named) for other in (row, *others[:1])]
    return Finding(
        severity=expectation.severity,
        verdict=expectation.verdict,
        message=message,
        places=tuple(places),
        reported=places[0].quote,
        expected=law(expectation),
    )


def _of_share(
    expectation: Expectation, table: Table, judgement: Judgement, message: str
) -> Finding:
    """One finding where the law bears a share of exceptions: that there are too many."""
    count = judgement.unexpected or 0
    least = 100 * float(expectation.kwargs["mostly"])
    return Finding(
        severity=expectation.severity,
        verdict=expectation.verdict,
        message=f"{message} {share(count, judgement.considered)} rows do not comply; "
        f"at least {least:g}% must.",
        places=(_whole(table, expectation), *(table.place(r) for r in judgement.rows[:_LISTED])),
        expected=law(expectation),
        arithmetic=(f"{count} of {judgement.considered} rows do not comply",),
    )


def _of_whole(
    expectation: Expectation,
    table: Table,
    frame: pd.DataFrame,
    judgement: Judgement,
    message: str,
) -> Finding:
    observed = judgement.observed
    return Finding(
        severity=expectation.severity,
        verdict=expectation.verdict,
        message=message,
        places=(_whole(table, expectation), *_unusual(expectation, table, frame)),
        reported="" if isinstance(observed, list | dict) or observed is None else str(observed),
        expected=law(expectation),
    )


def _whole(table: Table, expectation: Expectation) -> Place:
    """The place of a column or of the table as a whole."""
    columns = [table.columns[name] for name in expectation.columns if table.has(name)]
    return Place(
        input=table.delivered.input,
        kind="record",
        quote="",
        table=table.delivered.name,
        variable=", ".join(columns) or None,
    )


def _unusual(expectation: Expectation, table: Table, frame: pd.DataFrame) -> list[Place]:
    """Where a column holds too many values, the first rows that have not the commonest one."""
    from auditor.frames.suites_domain import Uninterpreted, domain

    if expectation.type.name != _COUNT or expectation.kwargs.get("max_value") is None:
        return []
    column = expectation.kwargs["column"]
    try:
        values = domain(frame, expectation.kwargs)[column].dropna()
    except Uninterpreted:
        return []
    if values.nunique() <= expectation.kwargs["max_value"]:
        return []
    rare = values.index[values != values.value_counts().index[0]]
    return [table.place(int(row), column) for row in rare[:_LISTED]]
