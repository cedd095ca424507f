"""Expectations on a column as a whole: its mean, its distinct values, its share of missing ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor.frames.suites_domain import Uninterpreted
from auditor.frames.suites_model import Expectation, Judgement
from auditor.frames.suites_values import numeric

if TYPE_CHECKING:
    import pandas as pd


def judge_column(expectation: Expectation, column: pd.Series) -> Judgement:
    """How an expectation on a column as a whole ends; ``considered`` counts non-null values.

    Raises:
        Uninterpreted: Great Expectations must judge this itself.
    """
    kwargs = expectation.kwargs
    count = int(column.notnull().sum())
    name = expectation.type.name.removeprefix("expect_column_").removesuffix("_to_be_between")
    if name.startswith("distinct_values"):
        return _distinct(name, column, count, kwargs)
    if name == "most_common_value_to_be_in_set":
        return _most_common(column, count, kwargs)
    if name == "proportion_of_non_null_values":
        # Of all rows: a column without any value is judged as well.
        observed: Any = count / len(column) if len(column) else 0
        return Judgement(within(observed, kwargs), len(column), observed=observed)
    observed = _observed(name, column, count)
    return Judgement(within(observed, kwargs), count, observed=observed)


def within(observed: Any, kwargs: Mapping[str, Any]) -> bool:
    """Whether an observed number lies within the bounds; none at all does not."""
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    if isinstance(low, str) or isinstance(high, str):
        raise Uninterpreted("bounds that are dates")
    if observed is None or observed != observed:
        return False
    above = low is None or (observed > low if kwargs.get("strict_min") else observed >= low)
    below = high is None or (observed < high if kwargs.get("strict_max") else observed <= high)
    return bool(above and below)


def _observed(name: str, column: pd.Series, count: int) -> Any:
    match name:
        case "unique_value_count":
            return column.nunique()
        case "proportion_of_unique_values":
            return column.nunique() / count if count else 0
    values = numeric(column)
    match name:
        case "max":
            found: Any = values.max()
        case "min":
            found = values.min()
        case "mean":
            found = values.mean()
        case "median":
            found = values[values.notnull()].median()
        case "stdev":
            found = values.std()
        case "sum":
            found = values.sum()
        case _:
            raise Uninterpreted(name)
    return None if _is_missing(found) else found


def _is_missing(value: Any) -> bool:
    import pandas as pd

    return bool(pd.isna(value))


def _distinct(name: str, column: pd.Series, count: int, kwargs: Mapping[str, Any]) -> Judgement:
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        raise Uninterpreted("a set of dates")
    found = set(column.dropna().unique())
    if any(isinstance(value, date) for value in found):
        raise Uninterpreted("a set of dates")
    allowed = set(kwargs["value_set"])
    strange, lacking = found - allowed, allowed - found
    match name:
        case "distinct_values_to_be_in_set":
            success = not strange
        case "distinct_values_to_contain_set":
            success = not lacking
        case _:
            success = not strange and not lacking
    return Judgement(success, count, observed=len(found))


def _most_common(column: pd.Series, count: int, kwargs: Mapping[str, Any]) -> Judgement:
    modes = list(column.mode().to_numpy())
    shared = len(set(kwargs["value_set"]).intersection(modes))
    success = shared > 0 if kwargs.get("ties_okay") else len(modes) == 1 and shared == 1
    return Judgement(success, count, observed=modes)
