"""Which rows of a frame an expectation judges: its row condition and the rows it ignores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from auditor.frames.suites_types import IGNORE_ROW_IF, Family

if TYPE_CHECKING:
    import pandas as pd


class Uninterpreted(Exception):
    """Our engine does not vouch for the same answer here; Great Expectations must judge."""


def domain(frame: pd.DataFrame, kwargs: Mapping[str, Any]) -> pd.DataFrame:
    """The rows for which the row condition holds; all where there is none.

    Raises:
        Uninterpreted: the condition is written in the old syntax of Great Expectations.
    """
    condition = kwargs.get("row_condition")
    if not condition:
        return frame
    parser = str(kwargs.get("condition_parser"))
    if isinstance(condition, str) and parser.startswith("great_expectations"):
        raise Uninterpreted("a row condition in the old syntax of Great Expectations")
    return frame.query(condition if isinstance(condition, str) else _clause(condition))


def considered(frame: pd.DataFrame, family: Family, kwargs: Mapping[str, Any]) -> pd.DataFrame:
    """The rows of a domain that an expectation on two or more columns does not ignore."""
    choices = IGNORE_ROW_IF[family]
    columns = (
        [kwargs["column_A"], kwargs["column_B"]]
        if family is Family.PAIR_MAP
        else list(kwargs["column_list"])
    )
    match choices.index(kwargs.get("ignore_row_if", choices[0])):
        case 0:
            return frame.dropna(axis=0, how="all", subset=columns)
        case 1:
            return frame.dropna(axis=0, how="any", subset=columns)
        case _:
            return frame


def _clause(condition: Mapping[str, Any]) -> str:
    """A condition object of Great Expectations 1.9 or later in the syntax of ``query``."""
    match condition.get("type"):
        case "pass_through":
            return str(condition["pass_through_filter"])
        case "nullity":
            column = f"`{condition['column']['name']}`"
            return f"{column}.isnull()" if condition["is_null"] else f"~{column}.isnull()"
        case "comparison":
            column = f"`{condition['column']['name']}`"
            operator, value = condition["operator"], condition["parameter"]
            if operator in ("IN", "NOT_IN"):
                words = "in" if operator == "IN" else "not in"
                return f"{column} {words} [{', '.join(map(repr, value))}]"
            return f"{column} {operator} {value!r}"
        case "and" | "or" as word:
            return "(" + f" {word} ".join(_clause(c) for c in condition["conditions"]) + ")"
        case other:
            raise Uninterpreted(f"a row condition of type {other!r}")
