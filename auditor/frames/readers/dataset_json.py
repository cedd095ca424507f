"""CDISC Dataset-JSON 1.1, as one JSON object or as lines (NDJSON).

CDISC Dataset-JSON Specification 1.1: required attributes of the data set and of its columns,
``dataType`` and ``targetDataType``; dates and decimals are strings in the file.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.errors import InputError
from auditor.frames.extract import Delivered
from auditor.frames.readers import assembly
from auditor.frames.readers.assembly import Assembly, text_column, truth_column, whole_column
from auditor.frames.readers.delimited_layout import to_utf8
from auditor.frames.readers.source import Contents, read_all

if TYPE_CHECKING:
    import pandas as pd

_TITLE = "a Dataset-JSON file"
_REQUIRED = ("datasetJSONCreationDateTime", "itemGroupOID", "name", "label", "records", "columns")
_TEXTS = ("string", "URI")
_MOMENTS = ("date", "datetime", "time")
_NUMBERS = ("integer", "decimal", "float", "double")
_TYPES = (*_TEXTS, *_MOMENTS, *_NUMBERS, "boolean")


def read_dataset_json(path: Path, name: str) -> Contents:
    """The data set in a Dataset-JSON file.

    Dates stay ISO 8601 text, partial ones too, unless ``targetDataType`` is ``integer``: then
    they are ``datetime64``, as the producer means them to be numbers.

    Raises:
        InputError: not JSON, another version, a required attribute is missing, the rows are
            not as many as ``records`` says, or a value is not of its column's type.
    """
    source = str(path)
    data, _ = to_utf8(read_all(path), source)
    head, rows = _parsed(data.decode("utf-8"), source)
    version = head.get("datasetJSONVersion")
    if version is None:
        raise InputError(
            "this JSON is no Dataset-JSON: it has no datasetJSONVersion", source=source
        )
    if not (isinstance(version, str) and (version == "1.1" or version.startswith("1.1."))):
        raise InputError(
            f"Dataset-JSON version {version!r} is not read",
            source=source,
            where="datasetJSONVersion",
            hint="Version 1.1 is read.",
        )
    if absent := [key for key in _REQUIRED if key not in head]:
        raise InputError(f"{_TITLE} needs {', '.join(absent)}", source=source)
    columns = _columns(head["columns"], source)
    for number, row in enumerate(rows, 1):
        if not isinstance(row, list) or len(row) != len(columns):
            raise InputError(
                f"this row does not have {len(columns)} values",
                source=source,
                where=f"row {number}",
            )
    if head["records"] != len(rows):
        raise InputError(
            f"records says {head['records']!r}, but there are {len(rows):,} rows",
            source=source,
            hint="The file may be cut off; export it again.",
        )
    made = Assembly()
    for at, column in enumerate(columns):
        where = f"column {column['name']}"
        series, note = _column([row[at] for row in rows], column, source, where)
        made.add(column["name"], series, note)
    labels = {column["name"]: column["label"] for column in columns if column["label"]}
    frame = made.frame(len(rows), source)
    named = str(head["name"])
    table = Delivered(named, name, "dataset-json", frame, made.notes, labels)
    return Contents((table,))


def _parsed(text: str, source: str) -> tuple[dict[str, Any], list[Any]]:
    """The attributes and the rows, of one object or of lines."""
    try:
        whole = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        if problem.msg != "Extra data":
            raise _no_json(problem, source) from None
    except (RecursionError, ValueError):
        raise InputError(f"{_TITLE} is broken", source=source) from None
    else:
        if not isinstance(whole, dict):
            raise InputError("this JSON is no Dataset-JSON", source=source)
        rows = whole.get("rows", [])  # none are needed where there are no records
        if not isinstance(rows, list):
            raise InputError("rows is no list", source=source)
        return whole, rows
    parts: list[Any] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                parts.append(json.loads(line, parse_constant=_no_constant))
            except (ValueError, RecursionError):
                raise InputError(
                    "this line is not JSON", source=source, where=f"line {number}"
                ) from None
    if not isinstance(parts[0], dict):
        raise InputError("the first line has no attributes", source=source, where="line 1")
    return parts[0], parts[1:]


def _no_json(problem: json.JSONDecodeError, source: str) -> InputError:
    return InputError(
        f"the JSON is broken or cut off: {problem.msg}",
        source=source,
        where=f"line {problem.lineno}, column {problem.colno}",
    )


def _no_constant(word: str) -> float:
    raise ValueError(word)


def _columns(given: object, source: str) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not given:
        raise InputError("columns is no list of columns", source=source)
    for number, column in enumerate(given, 1):
        where = f"columns, number {number}"
        if not isinstance(column, dict):
            raise InputError("this is no column", source=source, where=where)
        keys = ("itemOID", "name", "label", "dataType")
        if absent := [key for key in keys if not isinstance(column.get(key), str)]:
            raise InputError(f"the column needs {', '.join(absent)}", source=source, where=where)
        if column["dataType"] not in _TYPES:
            raise InputError(
                f"dataType {column['dataType']!r} is not known",
                source=source,
                where=where,
                hint=f"The standard has {', '.join(_TYPES)}.",
            )
    return given


def _column(
    values: list[Any], column: Mapping[str, Any], source: str, where: str
) -> tuple[pd.Series, str | None]:
    import pandas as pd

    kind, target = column["dataType"], column.get("targetDataType")
    if kind == "boolean":
        _all_of(values, bool, kind, source, where)
        return truth_column(values), None
    if kind in _TEXTS or (kind in _MOMENTS and target != "integer"):
        _all_of(values, str, kind, source, where)
        return text_column(values), None
    if kind in _MOMENTS:
        _all_of(values, str, kind, source, where)
        return _moments(values, kind)
    values = [None if value == "" else value for value in values]
    if kind == "integer":
        _all_of(values, int, kind, source, where)
        return whole_column(values)
    numbers = [_number(value, kind, source, where, row) for row, value in enumerate(values, 1)]
    note = assembly.DECIMAL if kind == "decimal" else None
    return pd.Series(numbers, dtype="float64"), note


def _number(value: object, kind: str, source: str, where: str, row: int) -> float | None:
    if value is None:
        return None
    text = isinstance(value, str) and kind != "decimal"
    if isinstance(value, int | float | str) and not isinstance(value, bool) and not text:
        with contextlib.suppress(ValueError, OverflowError):
            return float(value)
    raise _not_of(kind, source, where, row)


def _moments(values: list[Any], kind: str) -> tuple[pd.Series, str | None]:
    import numpy as np

    from auditor.frames.readers.epochs import to_datetime

    if kind == "time":
        return text_column(values), assembly.CLOCK
    filled = [value if isinstance(value, str) and value.strip() else None for value in values]
    complete = all(value is None or len(value) >= 10 for value in filled)
    zoned = any(value is not None and ("Z" in value or "+" in value) for value in filled)
    if complete and not zoned:
        try:
            moments = np.array([value or "NaT" for value in filled], dtype="datetime64[us]")
        except ValueError:
            pass
        else:
            return to_datetime(moments)
    return text_column(values), "dates that are not all complete and without zone, kept as text"


def _all_of(values: list[Any], kind: type, name: str, source: str, where: str) -> None:
    for row, value in enumerate(values, 1):
        wrong = not isinstance(value, kind) or (kind is int and isinstance(value, bool))
        if value is not None and wrong:
            raise _not_of(name, source, where, row)


def _not_of(kind: str, source: str, where: str, row: int) -> InputError:
    return InputError(
        f"a value is not of the type {kind} that its column has",
        source=source,
        where=f"{where}, row {row}",
    )
