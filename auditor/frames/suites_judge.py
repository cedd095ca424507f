"""Judges an expectation on a pandas frame as Great Expectations 1.x does, without importing it.

The semantics are those of the pandas execution engine of Great Expectations 1.24: a missing value
is left out wherever a column is judged value by value; ``mostly`` is the least share of the
judged values, of all rows where missing values themselves are judged; two or more columns leave
out the rows that ``ignore_row_if`` names. ``tests/frames/test_suites_parity.py`` compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.frames.suites_columns import judge_column
from auditor.frames.suites_domain import Uninterpreted, considered, domain
from auditor.frames.suites_dtypes import by_type
from auditor.frames.suites_model import Expectation, Judgement
from auditor.frames.suites_rows import on_rows
from auditor.frames.suites_table import judge_table
from auditor.frames.suites_types import Family
from auditor.frames.suites_values import on_values

if TYPE_CHECKING:
    import pandas as pd

_ON_NULLS = ("expect_column_values_to_not_be_null", "expect_column_values_to_be_null")
_ON_TYPES = ("expect_column_values_to_be_of_type", "expect_column_values_to_be_in_type_list")


def judge(expectation: Expectation, frame: pd.DataFrame) -> Judgement:
    """How the expectation ends on this frame, whose index labels are unique.

    Raises:
        Uninterpreted: Great Expectations must judge this itself.
        KeyError: the frame lacks a column.
    """
    if not expectation.type.interpreted:
        raise Uninterpreted(expectation.type.name)
    kwargs = expectation.kwargs
    rows = domain(frame, kwargs)
    try:
        match expectation.type.family:
            case Family.COLUMN_MAP if expectation.type.name in _ON_NULLS:
                return _nulls(expectation, rows)
            case Family.COLUMN_MAP:
                return _values(expectation, rows)
            case Family.PAIR_MAP | Family.MULTI_MAP as family:
                judged = considered(rows, family, kwargs)
                if judged.empty:
                    return Judgement(success=True, considered=0, unexpected=0)
                return _counted(expectation, on_rows(expectation, judged), len(judged))
            case Family.COLUMN:
                return judge_column(expectation, rows[kwargs["column"]])
            case Family.TABLE:
                return judge_table(expectation, rows)
    except (TypeError, ValueError) as error:
        # What pandas cannot compare, Great Expectations may compare otherwise, or refuse.
        raise Uninterpreted(str(error)) from error


def _nulls(expectation: Expectation, rows: pd.DataFrame) -> Judgement:
    """Missing values themselves are judged, over all rows."""
    if rows.empty:
        return Judgement(success=True, considered=0, unexpected=0)
    null = rows[expectation.kwargs["column"]].isnull()
    wanted = expectation.type.name == "expect_column_values_to_be_null"
    return _counted(expectation, null if wanted else ~null, len(rows))


def _values(expectation: Expectation, rows: pd.DataFrame) -> Judgement:
    column = rows[expectation.kwargs["column"]]
    if expectation.type.name in _ON_TYPES:
        whole = by_type(expectation, column)
        if whole is not None:
            return whole
    present = column[column.notnull()]
    if present.empty:
        return Judgement(success=True, considered=0, unexpected=0)
    return _counted(expectation, on_values(expectation, present), len(present))


def _counted(expectation: Expectation, meets: pd.Series, count: int) -> Judgement:
    """The judgement of rows of which each meets the expectation or does not."""
    if meets.isna().any():
        raise Uninterpreted("a comparison with a missing value")
    wrong = meets.index[~meets.to_numpy(dtype=bool)]
    success = (float(count) - float(len(wrong))) / float(count)
    return Judgement(
        success=success >= expectation.kwargs.get("mostly", 1),
        considered=count,
        unexpected=len(wrong),
        rows=tuple(wrong.tolist()),
    )
