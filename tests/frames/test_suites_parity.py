"""Our engine says of every frame what Great Expectations itself says: verdict, count and rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from auditor.frames.native_gx import NativeResult, run_expectations
from auditor.frames.suites_domain import Uninterpreted
from auditor.frames.suites_judge import judge
from auditor.frames.suites_model import Judgement
from auditor.frames.suites_types import INTERPRETED
from tests.frames.suites_kit import expectation

NUMBERS = ("num", "int", "i32", "f32", "nullable")
TEXTS = ("txt", "cat", "mix", "string")
ALL = (*NUMBERS, *TEXTS, "day", "second", "bool", "none")
PANDAS = {"condition_parser": "pandas"}

Entry = tuple[str, dict[str, Any]]


def column(name: str, **kwargs: Any) -> Entry:
    return f"expect_column_{name}", kwargs


def _each(names: tuple[str, ...], kind: str, **kwargs: Any) -> list[Entry]:
    return [column(kind, column=name, **kwargs) for name in names]


COLUMN_MAP: list[Entry] = [
    *_each(ALL, "values_to_not_be_null"),
    *_each(("num", "txt", "day"), "values_to_not_be_null", mostly=0.7),
    *_each(ALL, "values_to_be_null", mostly=0.5),
    *_each(ALL, "values_to_be_unique"),
    *_each(("num", "txt"), "values_to_be_unique", mostly=0.6),
    *_each(NUMBERS, "values_to_be_between", min_value=0, max_value=2.5),
    *_each(NUMBERS, "values_to_be_between", min_value=0.1, strict_min=True),
    *_each(NUMBERS, "values_to_be_between", max_value=2, strict_max=True, mostly=0.5),
    *_each(("txt", "day", "mix"), "values_to_be_between", min_value=0, max_value=2.5),
    *_each(ALL, "values_to_be_in_set", value_set=["a", "1", 1, 2.5, True]),
    *_each(ALL, "values_to_not_be_in_set", value_set=["a", "1", 1, 2.5], mostly=0.8),
    *_each((*NUMBERS, *TEXTS), "value_lengths_to_be_between", min_value=1, max_value=3),
    *_each(("txt", "num"), "value_lengths_to_be_between", min_value=1, strict_min=True),
    *_each((*NUMBERS, *TEXTS), "value_lengths_to_equal", value=1),
    *_each((*NUMBERS, *TEXTS), "values_to_match_regex", regex="^[a-c0-2]"),
    *_each(("txt", "mix"), "values_to_match_regex", regex="(a|b)+$"),
    *_each(TEXTS, "values_to_not_match_regex", regex="b"),
    *_each(TEXTS, "values_to_match_regex_list", regex_list=["a", "b"], match_on="all"),
    *_each(("txt",), "values_to_match_regex_list", regex_list=["^a", "^b"], mostly=0.4),
    *_each(("txt",), "values_to_not_match_regex_list", regex_list=["^a", "b$"]),
    *_each(ALL, "values_to_be_of_type", type_="float64"),
    *_each(ALL, "values_to_be_of_type", type_="str"),
    *_each(ALL, "values_to_be_of_type", type_="object"),
    *_each(ALL, "values_to_be_in_type_list", type_list=["str", "int", "float64"]),
    *_each((*NUMBERS, "day", "txt"), "values_to_be_increasing"),
    *_each((*NUMBERS, "day"), "values_to_be_increasing", strictly=True),
    *_each((*NUMBERS, "second"), "values_to_be_decreasing"),
    *_each(NUMBERS, "value_z_scores_to_be_less_than", threshold=1, double_sided=True),
    *_each(NUMBERS, "value_z_scores_to_be_less_than", threshold=1.2, double_sided=False),
    *_each(("txt", "mix", "num"), "values_to_match_strftime_format", strftime_format="%Y"),
]

_PAIRS: list[dict[str, Any]] = [
    {"column_A": a, "column_B": b, **more}
    for a, b in (
        ("num", "int"),
        ("num", "f32"),
        ("txt", "txt2"),
        ("day", "day2"),
        ("nullable", "i32"),
    )
    for more in (
        {},
        {"ignore_row_if": "either_value_is_missing"},
        {"ignore_row_if": "neither", "mostly": 0.5},
    )
]
_LISTS: list[dict[str, Any]] = [
    {"column_list": names, **more}
    for names in (
        ["num", "txt"],
        ["txt", "txt2", "day"],
        ["int", "num", "f32"],
        ["cat", "nullable"],
    )
    for more in ({}, {"ignore_row_if": "any_value_is_missing"}, {"ignore_row_if": "never"})
]
ROWS: list[Entry] = [
    *(("expect_column_pair_values_to_be_equal", pair) for pair in _PAIRS),
    *(("expect_column_pair_values_a_to_be_greater_than_b", pair) for pair in _PAIRS),
    *(
        ("expect_column_pair_values_a_to_be_greater_than_b", {**pair, "or_equal": True})
        for pair in _PAIRS
    ),
    *(
        (
            "expect_column_pair_values_to_be_in_set",
            {**pair, "value_pairs_set": [["a", "a"], ["a", None], [1, 1], [0, 2], [None, 1]]},
        )
        for pair in _PAIRS
    ),
    *(("expect_compound_columns_to_be_unique", names) for names in _LISTS),
    *(("expect_select_column_values_to_be_unique_within_record", names) for names in _LISTS),
    *(("expect_multicolumn_sum_to_equal", {**names, "sum_total": 3}) for names in _LISTS),
]

WHOLE: list[Entry] = [
    *(
        column(f"{what}_to_be_between", column=name, **bounds)
        for what in ("max", "min", "mean", "median", "stdev", "sum")
        for name in NUMBERS
        for bounds in ({"min_value": 0, "max_value": 2}, {"min_value": 1, "strict_min": True})
    ),
    *_each(ALL, "unique_value_count_to_be_between", min_value=1, max_value=3),
    *_each(ALL, "proportion_of_unique_values_to_be_between", min_value=0.5),
    *_each(ALL, "proportion_of_non_null_values_to_be_between", min_value=0.5, strict_min=True),
    *_each((*NUMBERS, *TEXTS), "distinct_values_to_be_in_set", value_set=["a", "b", 0, 1, 2]),
    *_each((*NUMBERS, *TEXTS), "distinct_values_to_contain_set", value_set=["a"]),
    *_each((*NUMBERS, *TEXTS), "distinct_values_to_equal_set", value_set=[0, 1]),
    *_each((*NUMBERS, "txt"), "most_common_value_to_be_in_set", value_set=["a", 1]),
    *_each(("txt",), "most_common_value_to_be_in_set", value_set=["a", "b"], ties_okay=True),
]

TABLE: list[Entry] = [
    ("expect_column_to_exist", {"column": "num"}),
    ("expect_column_to_exist", {"column": "nmu"}),
    ("expect_column_to_exist", {"column": "int", "column_index": 1}),
    ("expect_column_to_exist", {"column": "int", "column_index": 99}),
    ("expect_table_row_count_to_be_between", {"min_value": 1}),
    ("expect_table_row_count_to_be_between", {"min_value": 2, "max_value": 4}),
    ("expect_table_row_count_to_equal", {"value": 3}),
    ("expect_table_column_count_to_be_between", {"min_value": 3, "max_value": None}),
    ("expect_table_column_count_to_equal", {"value": 3}),
    ("expect_table_columns_to_match_set", {"column_set": ["num", "txt"]}),
    ("expect_table_columns_to_match_set", {"column_set": ["num", "txt"], "exact_match": False}),
    ("expect_table_columns_to_match_ordered_list", {"column_list": ["num", "txt"]}),
]

CONDITIONED: list[Entry] = [
    (kind, {**kwargs, **condition})
    for kind, kwargs in (
        column("values_to_not_be_null", column="num"),
        column("values_to_be_between", column="num", min_value=1),
        column("values_to_be_unique", column="txt"),
        column("mean_to_be_between", column="num", min_value=1),
        ("expect_table_row_count_to_be_between", {"min_value": 2}),
        ("expect_compound_columns_to_be_unique", {"column_list": ["num", "txt"]}),
        ("expect_column_pair_values_to_be_equal", {"column_A": "num", "column_B": "int"}),
    )
    for condition in (
        {"row_condition": 'txt in ["a", "b"]', **PANDAS},
        {"row_condition": "num.notnull() and day.notnull()", **PANDAS},
        {"row_condition": 'txt != "a" or num > 1', **PANDAS},
        {"row_condition": '~txt.str.contains("A", case=False, na=False)', **PANDAS},
        {
            "row_condition": {
                "type": "and",
                "conditions": [
                    {"type": "nullity", "column": {"name": "txt"}, "is_null": False},
                    {
                        "type": "comparison",
                        "column": {"name": "int"},
                        "operator": "IN",
                        "parameter": [0, 1],
                    },
                ],
            }
        },
    )
]

ENTRIES = [*COLUMN_MAP, *ROWS, *WHOLE, *TABLE, *CONDITIONED]

_WORDS = st.sampled_from(["a", "b", "ab", "B a", "", "1", "2020"])


def _column(rows: int, values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, min_size=rows, max_size=rows)


@st.composite
def frames(draw: st.DrawFn, least: int = 0) -> pd.DataFrame:
    """Frames of up to 12 rows with a column of each type; labels of rows are not 0, 1, 2."""
    rows = draw(st.integers(least, 12))
    numbers = st.sampled_from([0.0, 0.1, 1.0, 2.0, 2.5, -3.0])
    whole = st.sampled_from([0, 1, 2, 3])
    days = st.sampled_from(["2020-01-01", "2020-01-02", "2021-03-05"])
    none = st.none()

    def some(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(_column(rows, values))

    frame = pd.DataFrame(
        {
            "num": pd.Series(some(numbers | none), dtype="float64"),
            "int": pd.Series(some(whole), dtype="int64"),
            "i32": pd.Series(some(whole), dtype="int32"),
            "f32": pd.Series(some(numbers | none), dtype="float32"),
            "nullable": pd.Series(some(whole | none), dtype="Int64"),
            "txt": pd.Series(some(_WORDS | none), dtype=object),
            "txt2": pd.Series(some(_WORDS | none), dtype=object),
            "cat": pd.Series(some(_WORDS | none), dtype="category"),
            "mix": pd.Series(some(_WORDS | whole | numbers | none), dtype=object),
            "string": pd.Series(some(_WORDS | none), dtype="string"),
            "day": pd.to_datetime(pd.Series(some(days | none), dtype=object)),
            "day2": pd.to_datetime(pd.Series(some(days | none), dtype=object)),
            "second": pd.to_datetime(pd.Series(some(days | none), dtype=object)).astype(
                "datetime64[s]"
            ),
            "bool": pd.Series(some(st.booleans()), dtype=bool),
            "none": pd.Series([None] * rows, dtype=object),
        }
    )
    frame.index = pd.Index(np.arange(rows) * 3 + 7)
    return frame


BUSY = pd.DataFrame(
    {
        "num": [1.0, None, 0.1, 2.5],
        "int": [1, 2, 0, 1],
        "i32": pd.Series([1, 2, 3, 0], dtype="int32"),
        "f32": pd.Series([1.0, 0.1, None, 0.1], dtype="float32"),
        "nullable": pd.Series([1, None, 2, 0], dtype="Int64"),
        "txt": pd.Series(["a", None, "ab", ""], dtype=object),
        "txt2": pd.Series(["a", None, "b", "a"], dtype=object),
        "cat": pd.Series(["a", None, "b", "a"], dtype="category"),
        "mix": pd.Series(["a", None, 1, 2.5], dtype=object),
        "string": pd.Series(["a", None, "b", "a"], dtype="string"),
        "day": pd.to_datetime(pd.Series(["2020-01-01", None, "2020-01-02", "2020-01-01"])),
        "day2": pd.to_datetime(pd.Series(["2020-01-01", None, "2020-01-01", "2020-01-02"])),
        "second": pd.Series(["2020-01-01", None, "2020-01-02", None], dtype="datetime64[s]"),
        "bool": [True, False, True, True],
        "none": pd.Series([None] * 4, dtype=object),
    }
)


def ours(entry: Entry, frame: pd.DataFrame) -> Judgement | None:
    """What our engine says; None where it hands over to Great Expectations."""
    try:
        return judge(expectation(entry[0], **entry[1]), frame)
    except Uninterpreted:
        return None


def same(entry: Entry, mine: Judgement, theirs: NativeResult) -> None:
    shown = f"{entry}: {mine} but Great Expectations {theirs}"
    if theirs.error:
        assert not mine.considered, shown
        return
    assert mine.success == theirs.success, shown
    if mine.unexpected is not None:
        assert mine.unexpected == theirs.unexpected, shown
        assert mine.rows == theirs.rows, shown
        if "null" not in entry[0]:
            assert mine.considered == theirs.considered, shown


PARTS = 6


def compared(frame: pd.DataFrame, part: int) -> None:
    chosen = ENTRIES[part::PARTS]
    entries = [{"type": kind, "kwargs": kwargs} for kind, kwargs in chosen]
    for entry, theirs in zip(chosen, run_expectations(entries, frame), strict=True):
        mine = ours(entry, frame)
        if mine is not None:
            same(entry, mine, theirs)


# Without shrinking: every step of it is some fifty expectations for Great Expectations.
@pytest.mark.parametrize("part", range(PARTS))
@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(frame=frames(least=4))
def test_same_verdict_count_and_rows(part: int, frame: pd.DataFrame) -> None:
    compared(frame, part)


@pytest.mark.parametrize("part", range(PARTS))
def test_same_of_a_frame_without_rows(part: int) -> None:
    compared(BUSY.iloc[:0], part)


def test_all_that_our_engine_interprets_is_compared() -> None:
    assert {kind for kind, _ in ENTRIES} == {kind.name for kind in INTERPRETED}


STANDARD = ("num", "txt", "txt2", "day", "day2")


def test_what_is_left_to_great_expectations_of_the_columns_of_standard_tables() -> None:
    left = set()
    for kind, kwargs in ENTRIES:
        listed = [kwargs.get("column"), kwargs.get("column_A"), kwargs.get("column_B")]
        names = {name for name in [*listed, *kwargs.get("column_list", ())] if name}
        if names <= set(STANDARD) and ours((kind, kwargs), BUSY) is None:
            left.add((kind, *sorted(names)))
    assert left == LEFT


LEFT = {
    ("expect_column_values_to_be_between", "txt"),
    ("expect_column_values_to_be_between", "day"),
    ("expect_column_values_to_be_in_set", "day"),
    ("expect_column_values_to_not_be_in_set", "day"),
    ("expect_column_values_to_be_increasing", "txt"),
    ("expect_column_values_to_match_strftime_format", "num"),
    ("expect_multicolumn_sum_to_equal", "num", "txt"),
    ("expect_multicolumn_sum_to_equal", "day", "txt", "txt2"),
    ("expect_select_column_values_to_be_unique_within_record", "day", "txt", "txt2"),
    ("expect_select_column_values_to_be_unique_within_record", "num", "txt"),
}


@pytest.mark.parametrize(
    ("values", "low", "high", "broken"),
    [
        (pd.Series([1, 300, -4], dtype="int32"), 0, 299, 2),
        (pd.Series([1, 300, None], dtype="Int64"), 0, 299, 1),
        (pd.Series([0.1, 0.3], dtype="float32"), 0.1, 0.3, 1),
        (pd.Series([2**53 + 1, 2**53], dtype="Int64"), 0, 2**53, 1),
    ],
)
def test_numbers_that_great_expectations_judges_one_by_one(
    values: pd.Series, low: float, high: float, broken: int
) -> None:
    entry = column("values_to_be_between", column="num", min_value=low, max_value=high)
    frame = pd.DataFrame({"num": values})
    mine = ours(entry, frame)
    [theirs] = run_expectations([{"type": entry[0], "kwargs": entry[1]}], frame)
    assert mine is not None
    assert mine.unexpected == broken
    same(entry, mine, theirs)
