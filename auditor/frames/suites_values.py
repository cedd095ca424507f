"""Which values of a column meet an expectation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from auditor.frames.suites_domain import Uninterpreted
from auditor.frames.suites_dtypes import types_of
from auditor.frames.suites_model import Expectation

if TYPE_CHECKING:
    import pandas as pd


def between(values: pd.Series, kwargs: Mapping[str, Any]) -> pd.Series:
    """Whether numbers lie within the bounds of an expectation; a bound may be open or absent."""
    import pandas as pd

    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    if isinstance(low, str) or isinstance(high, str):
        raise Uninterpreted("bounds that are dates")
    meets = pd.Series(data=True, index=values.index)
    if low is not None:
        meets &= values > low if kwargs.get("strict_min") else values >= low
    if high is not None:
        meets &= values < high if kwargs.get("strict_max") else values <= high
    return meets


def numeric(values: pd.Series) -> pd.Series:
    """The values where their type is one of numbers, in 64 bits.

    Raises:
        Uninterpreted: it is not; numbers among objects may be of any kind.
    """
    import pandas as pd

    kind = values.dtype
    if not pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_bool_dtype(kind):
        raise Uninterpreted(f"numbers in a column of type {kind}")
    if pd.api.types.is_complex_dtype(kind):
        raise Uninterpreted("complex numbers")
    # Great Expectations compares what is not 64 bits wide value by value, as Python numbers.
    if str(kind) in ("float16", "float32"):
        return values.astype("float64")
    return values


def _not_dates(values: pd.Series) -> pd.Series:
    import pandas as pd

    if not pd.api.types.is_object_dtype(values.dtype) and not pd.api.types.is_numeric_dtype(
        values.dtype
    ):
        if isinstance(values.dtype, pd.CategoricalDtype | pd.StringDtype):
            return values
        raise Uninterpreted(f"a set of values for the type {values.dtype}")
    return values


def _text(values: pd.Series) -> pd.Series:
    return values.astype(str)


def _matches(values: pd.Series, regex: str) -> pd.Series:
    """Whether the pattern is found anywhere in each value as text; equal values are tried once."""
    pattern = re.compile(regex)
    text = _text(values)
    found = {value: pattern.search(value) is not None for value in text.unique()}
    return text.map(found).astype(bool)


def _match_list(values: pd.Series, regexes: list[str], *, every: bool) -> pd.Series:
    matched = [_matches(values, regex) for regex in regexes]
    meets = matched[0]
    for other in matched[1:]:
        meets = meets & other if every else meets | other
    return meets


def _each_text(values: pd.Series, meets: Callable[[str], bool]) -> pd.Series:
    """What ``meets`` says of each text; equal ones are asked once."""
    unique = values.unique()
    if not all(type(value) is str for value in unique):
        raise Uninterpreted("values that are not text")
    return values.map({value: meets(value) for value in unique}).astype(bool)


def _strptime(text: str, form: str) -> bool:
    try:
        datetime.strptime(text, form)  # noqa: DTZ007  only whether it can be read
    except ValueError:
        return False
    return True


def _ordered(values: pd.Series, *, up: bool, kwargs: Mapping[str, Any]) -> pd.Series:
    import pandas as pd

    if not pd.api.types.is_datetime64_any_dtype(values.dtype):
        numeric(values)
        if pd.api.types.is_unsigned_integer_dtype(values.dtype):
            raise Uninterpreted("differences of unsigned numbers")
    step = values.diff()
    zero = pd.Timedelta(0) if pd.api.types.is_timedelta64_dtype(step.dtype) else 0
    if kwargs.get("strictly"):
        ordered = step.gt(zero) if up else step.lt(zero)
    else:
        ordered = step.ge(zero) if up else step.le(zero)
    return ordered | step.isnull()


def _z_scores(values: pd.Series, kwargs: Mapping[str, Any]) -> pd.Series:
    import pandas as pd

    mean, deviation = values.mean(), values.std()
    if deviation == 0:
        return pd.Series(data=True, index=values.index)
    score = (values - mean) / deviation
    threshold = kwargs["threshold"]
    under: pd.Series = score.abs() < abs(threshold) if kwargs["double_sided"] else score < threshold
    return under | score.isna()


def _of_types(values: pd.Series, names: list[str]) -> pd.Series:
    allowed = tuple(kind for name in names for kind in types_of(name))
    return values.map(lambda value: isinstance(value, allowed))


def _lengths(values: pd.Series) -> pd.Series:
    return _text(values).str.len()


_RULES: Mapping[str, Callable[[pd.Series, Mapping[str, Any]], pd.Series]] = {
    "values_to_be_unique": lambda v, _: ~v.duplicated(keep=False),
    "values_to_be_between": lambda v, k: between(numeric(v), k),
    "values_to_be_in_set": lambda v, k: _not_dates(v).isin(k["value_set"]),
    "values_to_not_be_in_set": lambda v, k: ~_not_dates(v).isin(k["value_set"]),
    "value_lengths_to_be_between": lambda v, k: between(_lengths(v), k),
    "value_lengths_to_equal": lambda v, k: _lengths(v).eq(k["value"]),
    "values_to_match_regex": lambda v, k: _matches(v, k["regex"]),
    "values_to_not_match_regex": lambda v, k: ~_matches(v, k["regex"]),
    "values_to_match_regex_list": lambda v, k: _match_list(
        v, k["regex_list"], every=k.get("match_on", "any") == "all"
    ),
    "values_to_not_match_regex_list": lambda v, k: ~_match_list(v, k["regex_list"], every=False),
    "values_to_be_of_type": lambda v, k: _of_types(v, [k["type_"]]),
    "values_to_be_in_type_list": lambda v, k: _of_types(v, k["type_list"]),
    "values_to_be_increasing": lambda v, k: _ordered(v, up=True, kwargs=k),
    "values_to_be_decreasing": lambda v, k: _ordered(v, up=False, kwargs=k),
    "value_z_scores_to_be_less_than": lambda v, k: _z_scores(numeric(v), k),
    "values_to_match_strftime_format": lambda v, k: _each_text(
        v, lambda text: _strptime(text, k["strftime_format"])
    ),
}


def on_values(expectation: Expectation, values: pd.Series) -> pd.Series:
    """Whether each value meets the expectation; ``values`` has no missing one.

    Raises:
        Uninterpreted: Great Expectations must judge this itself.
    """
    name = expectation.type.name.removeprefix("expect_column_")
    if name not in _RULES:
        raise Uninterpreted(name)
    return _RULES[name](values, expectation.kwargs)
