"""What an expectation says in words: of the law, of a breach of it, and for its documentation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.frames.standard import standard_table
from auditor.frames.suites_model import Expectation
from auditor.frames.suites_types import Family

_SHOWN = 12
_READABLE = 60
_PRESENT = re.compile(r"^(\w+)\.notnull\(\)$")


def breach(expectation: Expectation) -> str:
    """The message of a finding of one row: which law it breaks, never a value of a patient."""
    by = expectation.ranged_by
    declared = f" (the range that {by} declares)" if by else ""
    defect = expectation.defect.rstrip(".")
    return f"{defect}: {_clause(expectation)}{declared}{condition(expectation)}."


def law(expectation: Expectation) -> str:
    """The law as a clause: "HEIGHT is expected within 120 to 220"."""
    return _clause(expectation) + condition(expectation)


def _clause(expectation: Expectation) -> str:
    kwargs = expectation.kwargs
    name = expectation.type.name.removeprefix("expect_")
    column = kwargs.get("column", "")
    text = {
        "column_values_to_not_be_null": f"{column} is expected not to be missing",
        "column_values_to_be_null": f"{column} is expected to be missing",
        "column_values_to_be_unique": f"{column} is expected to be unique",
        "column_values_to_be_between": f"{column} is expected {bounds(expectation)}",
        "column_value_lengths_to_be_between": (
            f"the number of characters of {column} is expected {bounds(expectation)}"
        ),
        "column_value_lengths_to_equal": (
            f"{column} is expected to have {kwargs.get('value')} characters"
        ),
        "column_values_to_match_regex": f"{column} is expected to match {_pattern(expectation)}",
        "column_values_to_not_match_regex": (
            f"{column} is expected not to match {_pattern(expectation)}"
        ),
        "column_values_to_be_in_set": f"{column} is expected to be one of {_set(expectation)}",
        "column_values_to_not_be_in_set": (
            f"{column} is expected to be none of {_set(expectation)}"
        ),
        "column_pair_values_to_be_equal": (
            f"{kwargs.get('column_A')} and {kwargs.get('column_B')} are expected to be equal"
        ),
        "column_pair_values_a_to_be_greater_than_b": (
            f"{kwargs.get('column_A')} is expected "
            f"{'not below' if kwargs.get('or_equal') else 'above'} {kwargs.get('column_B')}"
        ),
        "compound_columns_to_be_unique": (
            f"one record is expected for each {_and(kwargs.get('column_list', ()))}"
        ),
        "select_column_values_to_be_unique_within_record": (
            f"{_and(kwargs.get('column_list', ()))} are expected to differ"
        ),
        "multicolumn_sum_to_equal": (
            f"{_and(kwargs.get('column_list', ()))} are expected to add up to "
            f"{kwargs.get('sum_total')}"
        ),
        "column_to_exist": f"the column {column} is expected",
        "table_row_count_to_be_between": f"the number of rows is expected {bounds(expectation)}",
        "table_row_count_to_equal": f"{kwargs.get('value')} rows are expected",
        "column_unique_value_count_to_be_between": (
            f"the number of distinct {column} is expected {bounds(expectation)}"
        ),
        "column_proportion_of_non_null_values_to_be_between": (
            f"the share of rows with {column} is expected {bounds(expectation)}"
        ),
        "column_proportion_of_unique_values_to_be_between": (
            f"the share of distinct values of {column} is expected {bounds(expectation)}"
        ),
    }.get(name)
    if text is None:
        text = _generic(expectation, name)
    return text


def condition(expectation: Expectation) -> str:
    """The row condition in words, with a blank before it; "" where there is none."""
    given = expectation.kwargs.get("row_condition")
    if not given:
        return ""
    if not isinstance(given, str):
        return " in the rows of its row condition"
    parts = [_PRESENT.sub(r"there is \1", part) for part in given.split(" and ")]
    return " where " + " and ".join(parts)


def bounds(expectation: Expectation) -> str:
    """The bounds in words: "within 120 to 220", "above 0"."""
    kwargs = expectation.kwargs
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    after = "above" if kwargs.get("strict_min") else "at least"
    before = "below" if kwargs.get("strict_max") else "at most"
    if low is not None and high is not None:
        if after == "at least" and before == "at most":
            return f"within {_number(low)} to {_number(high)}"
        return f"{after} {_number(low)} and {before} {_number(high)}"
    if low is not None:
        return f"{after} {_number(low)}"
    return f"{before} {_number(high)}" if high is not None else "as it is"


def share(count: int, of: int) -> str:
    """A count and its denominator: "30 of 100 (30.0%)"."""
    return f"{count} of {of} ({100 * count / of:.1f}%)" if of else f"{count} of {of}"


def document(expectation: Expectation) -> str:
    """The documentation that ``auditor explain`` shows."""
    title = standard_table(expectation.table).title
    family = expectation.type.family
    what = [f"In the table of {title}: {law(expectation)}."]
    if expectation.what:
        what.append(expectation.what)
    if "mostly" in expectation.kwargs:
        least = 100 * float(expectation.kwargs["mostly"])
        what.append(f"Found where less than {least:g}% of the rows judged comply.")
    what.append(_judged(expectation, family))
    if _rangeable(expectation):
        what.append(
            "A study file can declare other bounds under [ranges]; these then take the place "
            "of the ones given here, and the finding says so."
        )
    what.append(
        f"This is `{expectation.type.name}` of the suite {expectation.file}, which Great "
        "Expectations runs as it stands."
    )
    sections = (
        ("What it does", " ".join(what)),
        ("Why it matters", expectation.why),
        ("Example", expectation.example),
        ("References", expectation.references),
    )
    return "\n\n".join(
        [expectation.defect, *(f"## {heading}\n{text}" for heading, text in sections)]
    )


def _judged(expectation: Expectation, family: Family) -> str:
    name = expectation.type.name
    if "null" in name:
        return (
            "Every row is judged; a partial date and a value that cannot be read are not missing."
        )
    if family is Family.COLUMN_MAP:
        return "Missing values are left out."
    if family in (Family.PAIR_MAP, Family.MULTI_MAP):
        ignored = expectation.kwargs.get("ignore_row_if")
        if ignored in ("any_value_is_missing", "either_value_is_missing"):
            return "Rows in which one of these is missing are left out."
        return "Rows in which all of these are missing are left out."
    if family is Family.COLUMN:
        return "The column is judged as a whole."
    return "The table is judged as a whole."


def _rangeable(expectation: Expectation) -> bool:
    return expectation.type.name == "expect_column_values_to_be_between" and not expectation.fixed


def _generic(expectation: Expectation, name: str) -> str:
    words = name.replace("_", " ")
    shown = {
        key: value
        for key, value in expectation.kwargs.items()
        if key not in ("row_condition", "condition_parser", "mostly")
    }
    return f"{words} is expected with " + ", ".join(f"{k} = {v}" for k, v in shown.items())


def _pattern(expectation: Expectation) -> str:
    regex = str(expectation.kwargs.get("regex"))
    return regex if len(regex) <= _READABLE else f"the pattern in {expectation.file}"


def _set(expectation: Expectation) -> str:
    values = [str(value) for value in expectation.kwargs.get("value_set", ())]
    more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    return ", ".join(values[:_SHOWN]) + more


def _and(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)


def _number(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
