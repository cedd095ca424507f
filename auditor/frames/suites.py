"""The expectations of a rulebook as checks of a cohort.

Suites are read as JSON and judged without importing Great Expectations; a type that our engine
does not interpret is run by Great Expectations itself, and its findings say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.check import Check, Subject
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Place
from auditor.frames.cohort import Cohort, Table
from auditor.frames.standard import PATIENTS, standard_table
from auditor.frames.suites_model import Expectation, Judgement
from auditor.frames.suites_read import read_suites
from auditor.frames.suites_types import Family
from auditor.frames.suites_words import breach, condition, document, law, share
from auditor.study import Study

if TYPE_CHECKING:
    import pandas as pd

_BY_GX = "Judged by Great Expectations itself."


def suite_checks(folder: Path, study: Study | None = None) -> tuple[Check, ...]:
    """One check for each expectation of the suites in a folder (``expectations/``).

    Args:
        folder: holds one JSON file a standard table; none where there is no folder.
        study: its ranges take the place of the bounds of plausible values.

    Raises:
        RulebookError: a suite cannot be read; the file and the expectation are named.
    """
    study = study or Study()
    return tuple(
        as_check(ranged(expectation, study), folder)
        for suite in read_suites(folder, _further(study))
        for expectation in suite.expectations
    )


def _further(study: Study) -> dict[str, tuple[str, ...]]:
    """The columns of the patients table that a study names beside the standard ones."""
    named = (study.arm, *study.by, *(name for group in study.groups for name in group.where))
    return {PATIENTS.name: named}


def as_check(expectation: Expectation, folder: Path) -> Check:
    """The check that one expectation makes."""
    return Check(
        code=expectation.code,
        name=expectation.name,
        function=partial(_run, expectation),
        doc=document(expectation),
        source=str(folder / expectation.file),
        subject=Subject.COHORT,
    )


def ranged(expectation: Expectation, study: Study) -> Expectation:
    """The expectation with the bounds that the study declares for its column, where it does."""
    column = expectation.kwargs.get("column", "")
    declared = study.ranges.get((expectation.table, column))
    plain = expectation.type.name == "expect_column_values_to_be_between"
    if declared is None or not plain or expectation.fixed:
        return expectation
    kept = {k: v for k, v in expectation.kwargs.items() if not k.startswith("strict_")}
    bounds = {"min_value": declared[0], "max_value": declared[1]}
    return replace(expectation, kwargs={**kept, **bounds}, ranged_by=study.file or "the study file")


def _run(expectation: Expectation, cohort: Cohort) -> Iterator[Finding | Evaluated | Breaches]:
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
        yield _of_whole(expectation, table, judgement, message)
    elif "mostly" in expectation.kwargs:
        yield _of_share(expectation, table, judgement, message)
    else:
        yield Breaches(
            severity=expectation.severity,
            rows=judgement.rows,
            finding=partial(_of_row, expectation, table, message),
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


def _of_row(expectation: Expectation, table: Table, message: str, row: int) -> Finding:
    columns = tuple(name for name in expectation.columns if table.has(name))
    places = [table.place(row, column) for column in columns]
    if expectation.type.name == "expect_compound_columns_to_be_unique":
        places = [table.place(row, columns[1]), *_twins(table, columns, row)]
    return Finding(
        severity=expectation.severity,
        verdict=expectation.verdict,
        message=message,
        places=tuple(places),
        reported=places[0].quote,
        expected=law(expectation),
    )


def _twins(table: Table, columns: tuple[str, ...], row: int) -> list[Place]:
    """The first other row with the same key."""
    frame = table.frame
    same = frame.index != row
    for column in columns:
        value = frame.at[row, column]
        missing = frame[column].isna()
        same &= missing if bool(missing.at[row]) else frame[column] == value
    others = frame.index[same]
    return [table.place(int(others[0]), columns[1])] if len(others) else []


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
        places=(_whole(table, expectation), *(table.place(r) for r in judgement.rows[:3])),
        expected=law(expectation),
        arithmetic=(f"{count} of {judgement.considered} rows do not comply",),
    )


def _of_whole(
    expectation: Expectation, table: Table, judgement: Judgement, message: str
) -> Finding:
    observed = judgement.observed
    return Finding(
        severity=expectation.severity,
        verdict=expectation.verdict,
        message=message,
        places=(_whole(table, expectation),),
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
