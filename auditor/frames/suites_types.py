"""The expectation types of Great Expectations 1.x that a suite may use, and what each takes.

Known without importing Great Expectations, which takes seconds. Those of ``INTERPRETED`` are
judged by ``auditor.frames.suites_judge``; those of ``BY_GX`` are handed to Great Expectations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Family(StrEnum):
    """What an expectation speaks of; decides which rows it judges and what its result holds."""

    COLUMN_MAP = "each value of a column"
    PAIR_MAP = "each row, two columns"
    MULTI_MAP = "each row, several columns"
    COLUMN = "a column as a whole"
    TABLE = "the table"


class Argument(StrEnum):
    """What an argument of an expectation holds."""

    COLUMN = "the name of a column"
    COLUMNS = "a list of two or more columns"
    NAMES = "a list of columns"
    NUMBER = "a number"
    COUNT = "a whole number"
    FRACTION = "a number from 0 to 1"
    FLAG = "true or false"
    TEXT = "text"
    TEXTS = "a list of texts"
    VALUES = "a list of values"
    PAIRS = "a list of pairs of values"
    REGEX = "a regular expression"
    REGEXES = "a list of regular expressions"
    ANY = "anything"


@dataclass(frozen=True, slots=True)
class ExpectationType:
    """One expectation type.

    Attributes:
        name: as the suite has it ("expect_column_values_to_be_between").
        family: what it speaks of.
        needs: arguments it cannot do without.
        takes: all its arguments, beside those of every expectation of its family.
        interpreted: whether our own engine judges it.
    """

    name: str
    family: Family
    needs: tuple[str, ...] = ()
    takes: Mapping[str, Argument] = field(default_factory=dict)
    interpreted: bool = True

    def arguments(self) -> dict[str, Argument]:
        """Every argument that a suite may give it."""
        return {**_OF_ALL, **_OF_FAMILY[self.family], **self.takes}

    @property
    def required(self) -> tuple[str, ...]:
        """Every argument that a suite must give it."""
        return (*_DOMAIN[self.family], *self.needs)


_OF_ALL = {
    "row_condition": Argument.ANY,
    "condition_parser": Argument.TEXT,
    "result_format": Argument.ANY,
    "catch_exceptions": Argument.FLAG,
}
_OF_FAMILY: dict[Family, dict[str, Argument]] = {
    Family.COLUMN_MAP: {"column": Argument.COLUMN, "mostly": Argument.FRACTION},
    Family.PAIR_MAP: {
        "column_A": Argument.COLUMN,
        "column_B": Argument.COLUMN,
        "mostly": Argument.FRACTION,
        "ignore_row_if": Argument.TEXT,
    },
    Family.MULTI_MAP: {
        "column_list": Argument.COLUMNS,
        "mostly": Argument.FRACTION,
        "ignore_row_if": Argument.TEXT,
    },
    Family.COLUMN: {"column": Argument.COLUMN},
    Family.TABLE: {},
}
_DOMAIN: dict[Family, tuple[str, ...]] = {
    Family.COLUMN_MAP: ("column",),
    Family.PAIR_MAP: ("column_A", "column_B"),
    Family.MULTI_MAP: ("column_list",),
    Family.COLUMN: ("column",),
    Family.TABLE: (),
}
IGNORE_ROW_IF: dict[Family, tuple[str, ...]] = {
    Family.PAIR_MAP: ("both_values_are_missing", "either_value_is_missing", "neither"),
    Family.MULTI_MAP: ("all_values_are_missing", "any_value_is_missing", "never"),
}
"""The first is what Great Expectations takes where a suite does not say."""

_RANGE = {
    "min_value": Argument.NUMBER,
    "max_value": Argument.NUMBER,
    "strict_min": Argument.FLAG,
    "strict_max": Argument.FLAG,
}
_COUNTS = {**_RANGE, "min_value": Argument.COUNT, "max_value": Argument.COUNT}
_TWO_COUNTS = {"min_value": Argument.COUNT, "max_value": Argument.COUNT}
_SET = {"value_set": Argument.VALUES}
_ORDER = {"strictly": Argument.FLAG}


def _map(name: str, needs: str = "", **takes: Argument) -> ExpectationType:
    return ExpectationType(f"expect_column_{name}", Family.COLUMN_MAP, _words(needs), takes)


def _pair(name: str, needs: str = "", **takes: Argument) -> ExpectationType:
    full = f"expect_column_pair_values_{name}"
    return ExpectationType(full, Family.PAIR_MAP, _words(needs), takes)


def _rows(name: str, needs: str = "", **takes: Argument) -> ExpectationType:
    return ExpectationType(f"expect_{name}", Family.MULTI_MAP, _words(needs), takes)


def _column(name: str, needs: str = "", **takes: Argument) -> ExpectationType:
    return ExpectationType(f"expect_column_{name}", Family.COLUMN, _words(needs), takes)


def _table(name: str, needs: str = "", **takes: Argument) -> ExpectationType:
    return ExpectationType(f"expect_{name}", Family.TABLE, _words(needs), takes)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


INTERPRETED = (
    _map("values_to_not_be_null"),
    _map("values_to_be_null"),
    _map("values_to_be_unique"),
    _map("values_to_be_between", **_RANGE),
    _map("values_to_be_in_set", "value_set", **_SET),
    _map("values_to_not_be_in_set", "value_set", **_SET),
    _map("value_lengths_to_be_between", **_COUNTS),
    _map("value_lengths_to_equal", "value", value=Argument.COUNT),
    _map("values_to_match_regex", "regex", regex=Argument.REGEX),
    _map("values_to_not_match_regex", "regex", regex=Argument.REGEX),
    _map(
        "values_to_match_regex_list",
        "regex_list",
        regex_list=Argument.REGEXES,
        match_on=Argument.TEXT,
    ),
    _map("values_to_not_match_regex_list", "regex_list", regex_list=Argument.REGEXES),
    _map("values_to_be_of_type", "type_", type_=Argument.TEXT),
    _map("values_to_be_in_type_list", "type_list", type_list=Argument.TEXTS),
    _map("values_to_be_increasing", **_ORDER),
    _map("values_to_be_decreasing", **_ORDER),
    _map(
        "value_z_scores_to_be_less_than",
        "threshold double_sided",
        threshold=Argument.NUMBER,
        double_sided=Argument.FLAG,
    ),
    _map("values_to_match_strftime_format", "strftime_format", strftime_format=Argument.TEXT),
    _pair("to_be_equal"),
    _pair("a_to_be_greater_than_b", or_equal=Argument.FLAG),
    _pair("to_be_in_set", "value_pairs_set", value_pairs_set=Argument.PAIRS),
    _rows("compound_columns_to_be_unique"),
    _rows("select_column_values_to_be_unique_within_record"),
    _rows("multicolumn_sum_to_equal", "sum_total", sum_total=Argument.NUMBER),
    _column("max_to_be_between", **_RANGE),
    _column("min_to_be_between", **_RANGE),
    _column("mean_to_be_between", **_RANGE),
    _column("median_to_be_between", **_RANGE),
    _column("stdev_to_be_between", **_RANGE),
    _column("sum_to_be_between", **_RANGE),
    _column("unique_value_count_to_be_between", **_COUNTS),
    _column("proportion_of_unique_values_to_be_between", **_RANGE),
    _column("proportion_of_non_null_values_to_be_between", **_RANGE),
    _column("distinct_values_to_be_in_set", "value_set", **_SET),
    _column("distinct_values_to_contain_set", "value_set", **_SET),
    _column("distinct_values_to_equal_set", "value_set", **_SET),
    _column("most_common_value_to_be_in_set", "value_set", ties_okay=Argument.FLAG, **_SET),
    _table("column_to_exist", "column", column=Argument.COLUMN, column_index=Argument.COUNT),
    _table("table_row_count_to_be_between", **_COUNTS),
    _table("table_row_count_to_equal", "value", value=Argument.COUNT),
    _table("table_column_count_to_be_between", **_TWO_COUNTS),
    _table("table_column_count_to_equal", "value", value=Argument.COUNT),
    _table(
        "table_columns_to_match_set",
        "column_set",
        column_set=Argument.NAMES,
        exact_match=Argument.FLAG,
    ),
    _table("table_columns_to_match_ordered_list", "column_list", column_list=Argument.NAMES),
)


def _gx(name: str, family: Family) -> ExpectationType:
    return ExpectationType(f"expect_{name}", family, interpreted=False)


BY_GX = (
    _gx("column_quantile_values_to_be_between", Family.COLUMN),
    _gx("column_kl_divergence_to_be_less_than", Family.COLUMN),
    _gx("column_chisquare_test_p_value_to_be_greater_than", Family.COLUMN),
    _gx("column_bootstrapped_ks_test_p_value_to_be_greater_than", Family.COLUMN),
    _gx("column_parameterized_distribution_ks_test_p_value_to_be_greater_than", Family.COLUMN),
    _gx("column_pair_cramers_phi_value_to_be_less_than", Family.TABLE),
    _gx("column_values_to_be_dateutil_parseable", Family.COLUMN_MAP),
    _gx("column_values_to_be_json_parseable", Family.COLUMN_MAP),
    _gx("column_values_to_match_json_schema", Family.COLUMN_MAP),
    _gx("column_values_to_not_be_outliers", Family.COLUMN_MAP),
    _gx("multicolumn_values_to_be_equal", Family.MULTI_MAP),
)
NOT_ON_FRAMES = (
    "expect_column_values_to_match_like_pattern",
    "expect_column_values_to_match_like_pattern_list",
    "expect_column_values_to_not_match_like_pattern",
    "expect_column_values_to_not_match_like_pattern_list",
    "expect_query_results_to_match_comparison",
    "expect_table_row_count_to_equal_other_table",
    "unexpected_rows_expectation",
)
"""Great Expectations has these for databases alone."""

TYPES: Mapping[str, ExpectationType] = {t.name: t for t in (*INTERPRETED, *BY_GX)}
