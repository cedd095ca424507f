"""The arguments of an expectation, checked when its suite is read and not when it is run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from auditor.errors import RulebookError
from auditor.frames.suites_model import names_in
from auditor.frames.suites_types import IGNORE_ROW_IF, Argument, ExpectationType

_AT_LEAST_TWO = 2
_QUOTED_COLUMN = re.compile(r'col\("([^"]+)"\)')
_PARSERS = ("pandas", "great_expectations", "great_expectations__experimental__")
# Great Expectations refuses a range without bounds for these; for others it is always met.
_BOUNDED = ("expect_column_values_to_be_between", "expect_column_value_lengths_to_be_between")


def check_arguments(
    kind: ExpectationType,
    kwargs: Mapping[str, Any],
    columns: Sequence[str],
    source: str,
    where: str,
) -> None:
    """Go on only where these arguments make an expectation that can be judged on the table.

    Raises:
        RulebookError: an argument is lacking, unknown or of another kind; a column is not one
            of the table; the bounds are the wrong way round.
    """

    def wrong(message: str, hint: str | None = None) -> RulebookError:
        return RulebookError(message, source=source, where=where, hint=hint)

    lacking = [name for name in kind.required if name not in kwargs]
    if lacking:
        raise wrong(f'the argument "{lacking[0]}" is lacking')
    arguments = kind.arguments()
    for name, value in kwargs.items():
        if name not in arguments:
            if kind.interpreted:
                raise wrong(f'it takes no argument "{name}"{_meant(name, arguments)}')
            continue
        form = arguments[name]
        if not _is(form, value):
            raise wrong(f'"{name}" must be {form.value}')
        if form in (Argument.COLUMN, Argument.COLUMNS, Argument.NAMES):
            for column in [value] if isinstance(value, str) else value:
                if column not in columns:
                    raise wrong(_no_column(column, columns))
        if form in (Argument.REGEX, Argument.REGEXES):
            for regex in [value] if isinstance(value, str) else value:
                _compiles(regex, wrong)
    for name in _condition_names(kwargs, wrong):
        if name not in columns:
            raise wrong(f"row_condition: {_no_column(name, columns)}")
    _check_choices(kind, kwargs, wrong)


def _check_choices(kind: ExpectationType, kwargs: Mapping[str, Any], wrong: Any) -> None:
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        raise wrong(f"min_value ({low}) is above max_value ({high})")
    if kind.name in _BOUNDED and low is None and high is None:
        raise wrong("one of min_value and max_value is needed")
    choices = IGNORE_ROW_IF.get(kind.family, ())
    if kwargs.get("ignore_row_if", choices[0] if choices else None) not in (choices or (None,)):
        raise wrong('"ignore_row_if" must be one of ' + ", ".join(choices))
    if kwargs.get("match_on", "any") not in ("any", "all"):
        raise wrong('"match_on" must be "any" or "all"')
    parser = kwargs.get("condition_parser")
    if parser is not None and parser not in _PARSERS:
        raise wrong('"condition_parser" must be "pandas"')


def _condition_names(kwargs: Mapping[str, Any], wrong: Any) -> tuple[str, ...]:
    condition = kwargs.get("row_condition")
    if condition is None:
        return ()
    if not isinstance(condition, str | dict):
        raise wrong('"row_condition" must be a text or a condition object')
    if isinstance(condition, str) and str(kwargs.get("condition_parser")).startswith("great"):
        return tuple(_QUOTED_COLUMN.findall(condition))
    if isinstance(condition, str) and kwargs.get("condition_parser") != "pandas":
        raise wrong(
            '"row_condition" is a text and "condition_parser" does not say how it is read',
            hint='Add "condition_parser": "pandas".',
        )
    try:
        return tuple(names_in(condition))
    except SyntaxError as error:
        raise wrong(f'"row_condition" cannot be read: {error.msg}') from error


def _is(form: Argument, value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
    match form:
        case Argument.COLUMN | Argument.TEXT | Argument.REGEX:
            return isinstance(value, str)
        case Argument.COLUMNS:
            return texts and len(value) >= _AT_LEAST_TWO
        case Argument.NAMES | Argument.TEXTS | Argument.REGEXES:
            return texts and len(value) > 0
        case Argument.NUMBER:
            # A date is a text; Great Expectations itself judges such bounds.
            return value is None or number or isinstance(value, str)
        case Argument.COUNT:
            return value is None or (number and float(value).is_integer())
        case Argument.FRACTION:
            return number and 0 <= value <= 1
        case Argument.FLAG:
            return value is None or isinstance(value, bool)
        case Argument.VALUES:
            return isinstance(value, list) and len(value) > 0
        case Argument.PAIRS:
            return isinstance(value, list) and all(
                isinstance(pair, list) and len(pair) == _AT_LEAST_TWO for pair in value
            )
        case Argument.ANY:
            return True


def _compiles(regex: str, wrong: Any) -> None:
    try:
        re.compile(regex)
    except re.error as error:
        raise wrong(f"this regular expression cannot be read: {error}") from error


def _no_column(name: str, columns: Sequence[str]) -> str:
    return f'the table has no column "{name}"{_meant(name, columns)}'


def _meant(word: str, known: Any) -> str:
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f": did you mean {close[0]}?" if close else ""
