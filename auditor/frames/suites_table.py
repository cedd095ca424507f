"""Expectations on a table: how many rows, which columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditor.frames.suites_columns import within
from auditor.frames.suites_domain import Uninterpreted
from auditor.frames.suites_model import Expectation, Judgement

if TYPE_CHECKING:
    import pandas as pd


def judge_table(expectation: Expectation, frame: pd.DataFrame) -> Judgement:
    """How an expectation on a table ends; ``considered`` counts its rows.

    Raises:
        Uninterpreted: Great Expectations must judge this itself.
    """
    kwargs = expectation.kwargs
    columns = [str(name) for name in frame.columns]
    observed: Any
    match expectation.type.name.removeprefix("expect_").removeprefix("table_"):
        case "column_to_exist":
            observed = columns
            success = _exists(columns, kwargs["column"], kwargs.get("column_index"))
        case "row_count_to_be_between":
            observed = len(frame)
            success = within(observed, kwargs)
        case "row_count_to_equal":
            observed = len(frame)
            success = observed == kwargs["value"]
        case "column_count_to_be_between":
            observed = len(columns)
            success = within(observed, kwargs)
        case "column_count_to_equal":
            observed = len(columns)
            success = observed == kwargs["value"]
        case "columns_to_match_set":
            observed = columns
            lacking = set(kwargs["column_set"]) - set(columns)
            further = set(columns) - set(kwargs["column_set"])
            exact = kwargs.get("exact_match", True)
            success = not lacking and not (exact and further)
        case "columns_to_match_ordered_list":
            observed = columns
            success = columns == list(kwargs["column_list"])
        case name:
            raise Uninterpreted(name)
    return Judgement(success, len(frame), observed=observed)


def _exists(columns: list[str], name: str, index: int | None) -> bool:
    # An index of 0 counts as none, as Great Expectations has it.
    if not index:
        return name in columns
    return -len(columns) <= index < len(columns) and columns[index] == name
