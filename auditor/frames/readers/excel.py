"""Excel and OpenDocument workbooks: each sheet with something in it is a table."""

from __future__ import annotations

import contextlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from auditor.errors import InputError
from auditor.frames.extract import Delivered
from auditor.frames.readers import ole
from auditor.frames.readers.assembly import Assembly
from auditor.frames.readers.excel_parts import Sheet, look_into
from auditor.frames.readers.source import Contents, broken, check_size, listed
from auditor.frames.readers.values import value_column

_MOST = 256 * 1024**2  # bytes of the file
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA")


def read_excel(path: Path, name: str) -> Contents:
    """The sheets of a workbook; the first row that is not empty holds the names of columns.

    Dates are ``datetime64``; a column that mixes numbers, text and dates is text. Error values
    (``#REF!``) are missing, kept in ``special``; a formula that was never computed is missing
    and said.

    Raises:
        InputError: damaged, protected, unsafe, too large, without a table, or with values under
            a cell of the first row that is empty.
    """
    import python_calamine as calamine

    check_size(path, _MOST)
    try:
        parts = look_into(path)
        with _silent():
            workbook = calamine.CalamineWorkbook.from_path(str(path))
        tables, empty = [], []
        with contextlib.closing(workbook):
            for meta in workbook.sheets_metadata:
                if not str(meta.typ).endswith(".WorkSheet"):
                    empty.append(meta.name)
                    continue
                with _silent():
                    sheet = workbook.get_sheet_by_name(meta.name)
                hidden = not str(meta.visible).endswith(".Visible")
                part = parts.get(meta.name, Sheet())
                table = _table(sheet, part, path, name, hidden=hidden)
                if table is None:
                    empty.append(meta.name)
                else:
                    tables.append(table)
    except calamine.PasswordError:
        raise InputError(
            "the workbook is protected by a password", source=str(path), hint="Remove it in Excel."
        ) from None
    except InputError:
        raise
    except (calamine.CalamineError, zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, OSError,
            ValueError, RuntimeError, NotImplementedError):  # fmt: skip
        raise broken(path, "workbook") from None
    except ole.Damaged as problem:
        raise broken(path, "workbook", str(problem)) from None
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":  # calamine gives up this way
            raise
        raise broken(path, "workbook") from None
    if not tables:
        raise InputError("the workbook has no table: all sheets are empty", source=str(path))
    notes = (f"sheets without a table: {listed(empty)}",) if empty else ()
    return Contents(tuple(tables), notes)


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Keep what calamine prints when it gives up, a stack of its own, off standard error."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _table(sheet: Any, part: Sheet, path: Path, name: str, *, hidden: bool) -> Delivered | None:
    rows = sheet.to_python(skip_empty_area=True)
    if not rows or sheet.start is None:
        return None
    where = f"sheet {sheet.name}"
    top, left = sheet.start
    header, body = rows[0], rows[1:]
    wrong = {row for row, _ in part.errors}
    kept = [
        number
        for number, row in enumerate(body)
        if any(value != "" for value in row) or top + 1 + number in wrong
    ]
    made = Assembly()
    special: dict[str, dict[int, str]] = {}
    for at, title in enumerate(header):
        values: list[Any] = [body[number][at] for number in kept]
        values = [None if value == "" else value for value in values]
        marks: dict[int, str] = {}
        hollow = 0
        for row, number in enumerate(kept):
            place = (top + 1 + number, left + at)
            if place in part.errors:
                marks[row], values[row] = part.errors[place], None
            elif isinstance(values[row], str) and values[row] in _ERRORS:
                marks[row], values[row] = values[row], None
            hollow += int(place in part.hollow and values[row] is None)
        if title == "":
            if marks or any(value is not None for value in values):
                raise InputError(
                    f"column {_letter(left + at)} has values but no name in row {top + 1}",
                    source=str(path), where=where,
                    hint="The first row that is not empty must hold the names of all columns.",
                )  # fmt: skip
            continue
        column = str(title).strip()
        errors = listed(sorted(set(marks.values())))
        made.add(
            column,
            *value_column(values),
            f"{hollow} formulas without a computed value, missing" if hollow else None,
            f"{len(marks)} errors of Excel ({errors}), missing" if marks else None,
        )
        if marks:
            special[column] = marks
    frame = made.frame(len(kept), str(path), where)
    notes = []
    if hidden:
        notes.append("the sheet is hidden")
    if top:
        notes.append(f"names of columns in row {top + 1}")
    if len(kept) < len(body):
        notes.append(f"{len(body) - len(kept)} empty rows are left out")
    merged = [cells for cells in sheet.merged_cell_ranges or () if cells[0][0] > top]
    if merged:
        notes.append(f"{len(merged)} merged cells: the first row of each has the value")
    return Delivered(sheet.name, name, "excel", frame, (*notes, *made.notes), special=special)


def _letter(column: int) -> str:
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
