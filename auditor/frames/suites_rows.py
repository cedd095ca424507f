"""Which rows meet an expectation on two or more columns."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from auditor.frames.suites_domain import Uninterpreted
from auditor.frames.suites_model import Expectation
from auditor.frames.suites_values import numeric

if TYPE_CHECKING:
    import pandas as pd


def on_rows(expectation: Expectation, rows: pd.DataFrame) -> pd.Series:
    """Whether each row meets an expectation on two or more columns.

    Raises:
        Uninterpreted: Great Expectations must judge this itself.
    """
    kwargs = expectation.kwargs
    match expectation.type.name.removeprefix("expect_"):
        case "column_pair_values_to_be_equal":
            first, second = _two(rows, kwargs)
            equal: pd.Series = first == second
            return equal
        case "column_pair_values_a_to_be_greater_than_b":
            first, second = _two(rows, kwargs)
            above: pd.Series = first >= second if kwargs.get("or_equal") else first > second
            return above
        case "column_pair_values_to_be_in_set":
            return _pairs(*_two(rows, kwargs), kwargs)
        case "compound_columns_to_be_unique":
            return ~rows.duplicated(subset=kwargs["column_list"], keep=False)
        case "select_column_values_to_be_unique_within_record":
            return _distinct(rows[kwargs["column_list"]])
        case "multicolumn_sum_to_equal":
            for name in kwargs["column_list"]:
                numeric(rows[name])
            total: pd.Series = rows[kwargs["column_list"]].sum(axis=1, skipna=False)
            met: pd.Series = total == kwargs["sum_total"]
            return met
        case other:
            raise Uninterpreted(other)


def _two(rows: pd.DataFrame, kwargs: Mapping[str, Any]) -> tuple[pd.Series, pd.Series]:
    return rows[kwargs["column_A"]], rows[kwargs["column_B"]]


def _pairs(first: pd.Series, second: pd.Series, kwargs: Mapping[str, Any]) -> pd.Series:
    """Whether each pair is one of the set, a missing value standing as None."""
    import numpy as np
    import pandas as pd

    allowed = {(a, b) for a, b in kwargs["value_pairs_set"]}
    codes_a, unique_a = pd.factorize(first)
    codes_b, unique_b = pd.factorize(second)
    width = len(unique_b) + 1
    pairs, inverse = np.unique((codes_a + 1) * width + codes_b + 1, return_inverse=True)
    listed_a = [None, *unique_a.tolist()]
    listed_b = [None, *unique_b.tolist()]
    known = [(listed_a[pair // width], listed_b[pair % width]) in allowed for pair in pairs]
    return pd.Series(np.array(known, dtype=bool)[inverse], index=first.index)


def _distinct(rows: pd.DataFrame) -> pd.Series:
    """Whether the values of each row all differ; two missing ones are the same."""
    import pandas as pd

    meets = pd.Series(data=True, index=rows.index)
    for name, other in combinations(range(rows.shape[1]), 2):
        first, second = rows.iloc[:, name], rows.iloc[:, other]
        both = first.isna() & second.isna()
        if both.any() and not _same_missing(first[both], second[both]):
            raise Uninterpreted("missing values of several kinds in one row")
        meets &= ~((first == second).fillna(value=False).astype(bool) | both)
    return meets


def _same_missing(first: pd.Series, second: pd.Series) -> bool:
    if first.dtype != second.dtype:
        return False
    return first.dtype != object or all(v is None for v in (*first, *second))
