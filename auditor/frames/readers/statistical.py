"""Data sets of SAS (sas7bdat), SPSS and Stata: numbers, what they mean, and their codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.errors import InputError
from auditor.frames.extract import Delivered
from auditor.frames.readers import assembly
from auditor.frames.readers.assembly import Assembly, text_column
from auditor.frames.readers.epochs import Unit, sas_unit, spss_unit, stata_unit, to_time
from auditor.frames.readers.readstat import Broken, Loaded, NotInEncoding, load
from auditor.frames.readers.source import Contents, broken, check_size, listed

if TYPE_CHECKING:
    import pandas as pd

    Units = Callable[[str | None], Unit | None]

_PERIODS = {"%tw": "weeks", "%tq": "quarters", "%th": "half years", "%ty": "years"}


def read_sas7bdat(path: Path, name: str) -> Contents:
    """A SAS data set; ``.A`` to ``.Z`` and ``._`` are kept in ``special``.

    Raises:
        InputError: damaged, cut off, or in an encoding that is not known.
    """
    return _read(path, name, "sas7bdat", "SAS data set", sas_unit)


def read_sav(path: Path, name: str) -> Contents:
    """An SPSS file (.sav, .zsav); values declared as missing are kept in ``special``.

    Raises:
        InputError: damaged, cut off, or in an encoding that is not known.
    """
    return _read(path, name, "sav", "SPSS file", spss_unit)


def read_por(path: Path, name: str) -> Contents:
    """An SPSS portable file; it names no encoding, and is read as UTF-8.

    Raises:
        InputError: damaged or cut off.
    """
    return _read(path, name, "por", "SPSS portable file", spss_unit)


def read_stata(path: Path, name: str) -> Contents:
    """A Stata file; ``.a`` to ``.z`` are kept in ``special``.

    Raises:
        InputError: damaged, cut off, or in an encoding that is not known.
    """
    return _read(path, name, "dta", "Stata file", stata_unit)


def _read(path: Path, name: str, kind: str, title: str, units: Units) -> Contents:
    check_size(path)
    meta, encoding = _loaded(path, kind, title)
    values = meta.values
    rows = len(next(iter(values.values()))) if values else 0
    if meta.number_rows not in (None, -1, rows):
        raise broken(path, title, f"{meta.number_rows:,} rows are announced, {rows:,} are there")
    made = Assembly()
    special: dict[str, dict[int, str]] = {}
    for column in meta.column_names:
        stored = meta.readstat_variable_types[column]
        series = values[column]
        form = meta.original_variable_types.get(column)
        declared = meta.missing_ranges.get(column, ())
        if stored == "string":
            texts, marks = _texts(series, declared)
            made.add(column, text_column(texts))
        else:
            numbers, marks = _numbers(series, declared)
            made.add(column, *_dated(numbers, form, units, stored))
        if marks:
            special[column] = marks
    frame = made.frame(rows, str(path))
    labels = {c: text for c, text in meta.column_names_to_labels.items() if text}
    codes = {
        column: {_code(code): str(label) for code, label in mapping.items()}
        for column, mapping in meta.variable_value_labels.items()
    }
    notes = (*encoding, *made.notes, *_said(codes, special))
    return Contents((Delivered(path.stem, name, kind, frame, notes, labels, special, codes),))


def _loaded(path: Path, kind: str, title: str) -> tuple[Loaded, tuple[str, ...]]:
    """The content in the encoding that the file names, or else in Windows-1252."""
    for encoding in (None,) if kind == "por" else (None, "WINDOWS-1252"):
        try:
            found = load(path, kind, encoding)
        except NotInEncoding:
            continue
        except Broken:
            raise broken(path, title) from None
        note = "encoding cp1252 (assumed: the text is not in the one that is named)"
        return found, (note,) if encoding else ()
    raise InputError(
        "the text is neither in the encoding that the file names nor in Windows-1252",
        source=str(path),
        hint="Write the file in UTF-8.",
    )


def _numbers(series: Any, declared: Any) -> tuple[pd.Series, dict[int, str]]:
    """Numbers as ``float64``, and by row what is missing in a special way."""
    import numpy as np
    import pandas as pd

    values = np.asarray(series)
    if values.dtype != object:
        numbers = values.astype("float64")
        marks: dict[int, str] = {}
    else:
        marks = {row: f".{value}" for row, value in enumerate(values) if isinstance(value, str)}
        plain = [np.nan if value is None or isinstance(value, str) else value for value in values]
        numbers = np.array(plain, dtype="float64")
    for span in declared:
        for row in np.flatnonzero((numbers >= span["lo"]) & (numbers <= span["hi"])):
            marks[int(row)] = _code(float(numbers[row]))
            numbers[row] = np.nan
    return pd.Series(numbers), marks


def _texts(series: Any, declared: Any) -> tuple[list[str | None], dict[int, str]]:
    """Texts without blanks behind them, and by row what is declared as missing."""
    texts = [text.rstrip(" \0") if isinstance(text, str) else None for text in series]
    if not declared:
        return texts, {}
    marks = {row: text for row, text in enumerate(texts) if text and _within(text, declared)}
    return [None if row in marks else text for row, text in enumerate(texts)], marks


def _within(text: str, declared: Any) -> bool:
    return any(span["lo"].rstrip() <= text <= span["hi"].rstrip() for span in declared)


def _dated(
    numbers: pd.Series, form: str | None, units: Units, stored: str
) -> tuple[pd.Series, str | None]:
    unit = units(form)
    if unit is not None:
        return to_time(numbers.to_numpy(), unit)
    period = _PERIODS.get((form or "")[:3])
    if period and units is stata_unit:
        return numbers, f"{period} as Stata counts them, kept as numbers"
    return numbers, assembly.SINGLE if stored == "float" else None


def _code(code: object) -> str:
    return str(int(code)) if isinstance(code, float) and code.is_integer() else str(code)


def _said(
    codes: Mapping[str, Mapping[str, str]], special: Mapping[str, Mapping[int, str]]
) -> tuple[str, ...]:
    notes = []
    for column, mapping in list(codes.items())[:20]:
        shown = listed([f"{code} = {label}" for code, label in mapping.items()], 12)
        notes.append(f"codes are kept; labels of {column}: {shown}")
    if len(codes) > 20:
        notes.append(f"codes are kept; {len(codes) - 20} more columns have labels")
    if special:
        counts = [f"{column} ({len(rows)})" for column, rows in special.items()]
        notes.append(f"special missing values, kept apart: {listed(counts)}")
    return tuple(notes)
