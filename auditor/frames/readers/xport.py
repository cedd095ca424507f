"""SAS transport files, versions 5 and 8: every data set in the file, special missing values too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import InputError
from auditor.frames.extract import Delivered
from auditor.frames.readers.assembly import Assembly
from auditor.frames.readers.epochs import sas_unit, to_time
from auditor.frames.readers.source import Contents, broken, check_names, listed, read_all
from auditor.frames.readers.xport_layout import RECORD, Damaged, Member, members

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Rows = NDArray[np.uint8]

_TITLE = "SAS transport file"


def read_xport(path: Path, name: str) -> Contents:
    """The data sets in a SAS transport file.

    Numbers are IBM hexadecimal floating point; SAS writes what a double holds, so they are
    exact. ``.A`` to ``.Z`` and ``._`` are kept in ``special``. Blank text is missing.

    Raises:
        InputError: cut off, damaged, or text in an encoding that is neither UTF-8 nor cp1252.
    """
    data = read_all(path)
    try:
        every = list(members(data))
        tables = tuple(
            _table(data, member, path, name, last=member is every[-1]) for member in every
        )
    except Damaged as problem:
        raise broken(path, _TITLE, str(problem)) from None
    except (ValueError, IndexError):
        raise broken(path, _TITLE) from None
    notes = (f"holds {len(tables)} data sets",) if len(tables) > 1 else ()
    return Contents(tables, notes)


def _table(data: bytes, member: Member, path: Path, name: str, *, last: bool) -> Delivered:
    import pandas as pd

    rows, notes = _rows(data, member, last=last)
    decode, encoding = _decoder(rows, member, path)
    names = [decode(variable.name) for variable in member.variables]
    title = decode(member.name)
    check_names(names, str(path), f"data set {title}")
    made = Assembly()
    special: dict[str, dict[int, str]] = {}
    for column, variable in zip(names, member.variables, strict=True):
        cells = rows[:, variable.start : variable.start + variable.width]
        if not variable.numeric:
            made.add(column, _texts(cells, decode))
            continue
        numbers, marks = _numbers(cells)
        if marks:
            special[column] = marks
        unit = sas_unit(variable.form)
        if unit is None:
            made.add(column, pd.Series(numbers))
        else:
            made.add(column, *to_time(numbers, unit))
    labels = {}
    for column, variable in zip(names, member.variables, strict=True):
        if variable.label:
            labels[column] = decode(variable.label)
    kept = tuple(f"{column} ({len(marks)})" for column, marks in special.items())
    apart = (f"special missing values, kept apart: {listed(kept)}",) if kept else ()
    frame = made.frame(len(rows), str(path))
    said = (*encoding, *notes, *made.notes, *apart)
    return Delivered(title or path.stem, name, "xpt", frame, said, labels, special)


def _rows(data: bytes, member: Member, *, last: bool) -> tuple[Rows, tuple[str, ...]]:
    """The rows as bytes.

    Version 5 records no number of rows: they end where blanks fill the last record of 80 bytes.

    Raises:
        Damaged: the last row is cut off, or rows are missing.
    """
    import numpy as np

    width = member.width
    for variable in member.variables:
        if variable.start + variable.width > width:
            raise Damaged("a variable lies outside its row")
    if not width:
        return np.empty((0, 0), dtype=np.uint8), ()
    block = data[member.start : member.end]
    count, rest = divmod(len(block), width)
    notes: tuple[str, ...] = ()
    if member.rows is not None:
        if count < member.rows:
            raise Damaged(f"{member.rows:,} rows are announced, {count:,} are there")
        count = member.rows
    else:
        if rest >= RECORD or block[count * width :].strip(b" "):
            raise Damaged("it ends within a row")
        if len(block) % RECORD and not (last and not rest):
            raise Damaged("it ends within a record")
        blank = b" " * width
        padding = 0
        while (
            count
            and rest + (padding + 1) * width < RECORD
            and block.endswith(blank, 0, count * width)
        ):
            padding += 1
            count -= 1
        if padding and not any(variable.numeric for variable in member.variables):
            notes = ("blank rows at the end cannot be told from filling and are left out",)
    flat = np.frombuffer(block, dtype=np.uint8, count=count * width)
    return flat.reshape(count, width), notes


class _Decoder:
    """Bytes to text in one encoding for the whole data set."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding

    def __call__(self, text: bytes) -> str:
        return text.decode(self.encoding).rstrip(" \0")


def _decoder(rows: Rows, member: Member, path: Path) -> tuple[_Decoder, tuple[str, ...]]:
    """UTF-8 if all text is, else Windows-1252, which is said."""
    import numpy as np

    parts = [member.name, *(v.name for v in member.variables), *(v.label for v in member.variables)]
    for variable in member.variables:
        if not variable.numeric:
            cells = rows[:, variable.start : variable.start + variable.width]
            high = np.any(cells >= 0x80, axis=1)
            parts.extend(bytes(cell) for cell in np.unique(cells[high], axis=0))
    if all(part.isascii() for part in parts):
        return _Decoder("utf-8"), ()
    for encoding, note in (
        ("utf-8", "encoding UTF-8"),
        ("cp1252", "encoding cp1252 (assumed: the text is not UTF-8)"),
    ):
        try:
            for part in parts:
                part.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _Decoder(encoding), (note,)
    raise InputError(
        "the encoding of the text is neither UTF-8 nor Windows-1252",
        source=str(path),
        where=f"data set {member.name.decode('ascii', 'replace')}",
        hint="Write the file in UTF-8.",
    )


def _texts(cells: Rows, decode: _Decoder) -> pd.Series:
    """Text without the blanks that fill it; decoded once for each value that occurs."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    count, width = cells.shape
    buffer = pa.py_buffer(np.ascontiguousarray(cells))
    column = pa.FixedSizeBinaryArray.from_buffers(pa.binary(width), count, [None, buffer])
    encoded = column.dictionary_encode()
    values = np.empty(len(encoded.dictionary), dtype=object)
    for at, value in enumerate(encoded.dictionary.to_pylist()):
        text = decode(value)
        values[at] = text if text.strip() else None
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    return pd.Series(values[codes] if count else values, dtype=object)


def _numbers(cells: Rows) -> tuple[NDArray[np.float64], dict[int, str]]:
    """IBM floating point as doubles, and the special missing values by row.

    A missing value is a letter, ``_`` or ``.`` in the first byte with zeros behind it.
    """
    import numpy as np

    count, width = cells.shape
    full = np.zeros((count, 8), dtype=np.uint8)
    full[:, :width] = cells
    words = full.view(">u8").reshape(count).astype(np.uint64)
    first = full[:, 0]
    fraction = words & np.uint64((1 << 56) - 1)
    bare = fraction == 0
    letter = bare & ((first == ord("_")) | ((first >= ord("A")) & (first <= ord("Z"))))
    missing = letter | (bare & (first == ord(".")))
    exponent = (first & 0x7F).astype(np.int32)
    numbers = np.ldexp(fraction.astype(np.float64), 4 * (exponent - 64) - 56)
    numbers = np.where(first >= 0x80, -numbers, numbers)
    numbers[missing] = np.nan
    rows = np.flatnonzero(letter)
    return numbers, {int(row): f".{chr(first[row])}" for row in rows}
