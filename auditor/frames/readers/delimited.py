"""Delimited text (CSV, TSV): every value is text until its whole column is numbers."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import InputError
from auditor.frames.extract import Delivered
from auditor.frames.readers.delimited_layout import Layout, find_layout, to_utf8
from auditor.frames.readers.numbers import POINT
from auditor.frames.readers.source import Contents, check_names, read_all

if TYPE_CHECKING:
    import pyarrow as pa

_SAMPLE = 1 << 20  # bytes on which the delimiter is decided
_BLOCK = 1 << 24  # bytes that Arrow parses at a time; no record is longer


def read_delimited(path: Path, name: str) -> Contents:
    """The table in a delimited text file.

    A column is numbers only if every value that is not blank is a plain number and none loses
    by it (see ``numbers``); everything else, dates too, stays text as it stands.

    Raises:
        InputError: unknown encoding, NUL bytes, broken quotes, a record with more or fewer
            fields than the header (with its line), names that occur twice.
    """
    from auditor.frames.readers.numbers import typed

    source = str(path)
    data, encoding = to_utf8(read_all(path), source)
    if not data.strip():
        raise InputError("the file is empty", source=source)
    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    tabbed = path.suffix.lower() in (".tsv", ".tab")
    layout = find_layout(sample.decode("utf-8", "ignore"), source, prefer_tab=tabbed)
    line = 1
    if data.startswith(b"sep="):
        line = 2
        data = data[data.index(b"\n") + 1 :]
    names, renamed = _names(layout, source)
    if not _quotes_are_plain(data, layout.delimiter):
        _judge(data, layout, source, first_line=line)
    # R quotes text and names, and writes NA without quotes where a value is missing.
    by_r = data.startswith(b'"') and _has_bare_na(data, layout.delimiter.encode())
    table = _parsed(data, layout, source, null=["", "NA"] if by_r else [""], first_line=line)
    frame, decided = typed(table, names)
    said: tuple[str, ...] = ("NA without quotes is missing, as R writes it",) if by_r else ()
    if not data.endswith((b"\n", b"\r")):
        said += ("the last line has no end: if the file was cut off there, it does not show",)
    notes = (*layout.notes, *encoding, *renamed, *said, *decided)
    return Contents((Delivered(path.stem, name, "csv", frame, notes),))


def _names(layout: Layout, source: str) -> tuple[list[str], tuple[str, ...]]:
    """The names without space around them; one column may have none (row names, as R has)."""
    names = [name.strip() for name in layout.names]
    notes = []
    if names != list(layout.names):
        notes.append("spaces around names of columns are left out")
    empty = [at for at, name in enumerate(names) if not name]
    for at in empty:
        names[at] = f"column {at + 1}"
    if empty:
        numbers = ", ".join(str(at + 1) for at in empty)
        notes.append(f"columns without a name are called by their number: {numbers}")
    _refuse_data(names, source)
    check_names(names, source, "line 1")
    return names, tuple(notes)


def _refuse_data(names: list[str], source: str) -> None:
    """Refuse a file without names: its first patient would be taken for them, and be shown."""
    numbers = sum(bool(re.fullmatch(POINT, name)) for name in names)
    days = sum(bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", name)) for name in names)
    if numbers == len(names) or (numbers and days):
        raise InputError(
            "the first line looks like data, not like names of columns",
            source=source,
            where="line 1",
            hint="Put the names of the columns into the first line.",
        )


def _parsed(
    data: bytes, layout: Layout, source: str, *, null: list[str], first_line: int
) -> pa.Table:
    """All records as text under their position, the header too; ``null`` ones are null."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    width = len(layout.names)
    positions = [str(at) for at in range(width)]
    if not data.endswith((b"\n", b"\r")):
        data += b"\n"
    try:
        table = arrow_csv.read_csv(
            io.BytesIO(data),
            read_options=arrow_csv.ReadOptions(column_names=positions, block_size=_BLOCK),
            parse_options=arrow_csv.ParseOptions(
                delimiter=layout.delimiter,
                newlines_in_values=b'"' in data,
                ignore_empty_lines=width > 1,
            ),
            convert_options=arrow_csv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(positions, pa.string()),
                null_values=null,
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        _judge(data, layout, source, first_line)
        raise InputError(
            "the records cannot be told apart",
            source=source,
            hint=f"Each needs {width} fields; one of {_BLOCK:,} bytes or more is not read.",
        ) from None
    return table.slice(1)


def _has_bare_na(data: bytes, mark: bytes) -> bool:
    """Whether a field is NA without quotes."""
    edges = (mark, b"\n", b"\r")
    return any(start + b"NA" + end in data for start in edges for end in edges) or data.endswith(
        mark + b"NA"
    )


def _quotes_are_plain(data: bytes, delimiter: str) -> bool:
    """Whether every quote opens or closes a field, or is doubled within one.

    Quotes are paired from the start. Each that opens must stand behind a delimiter or a line
    end, each that closes before one, unless the two are a doubled quote.
    """
    if b'"' not in data:
        return True
    import numpy as np

    raw = np.frombuffer(data, dtype=np.uint8)
    quotes = np.flatnonzero(raw == ord('"'))
    if len(quotes) % 2:
        return False
    edge = np.zeros(256, dtype=bool)
    edge[[ord(delimiter), ord("\n"), ord("\r")]] = True
    opens, closes = quotes[::2], quotes[1::2]
    doubled = np.zeros(len(opens) + 1, dtype=bool)
    doubled[1:-1] = closes[:-1] + 1 == opens[1:]
    before = (opens == 0) | edge[raw[np.maximum(opens - 1, 0)]]
    after = (closes == len(raw) - 1) | edge[raw[np.minimum(closes + 1, len(raw) - 1)]]
    return bool(np.all(before | doubled[:-1]) and np.all(after | doubled[1:]))


def _judge(data: bytes, layout: Layout, source: str, first_line: int) -> None:
    """Name the first record that is broken; return where there is none.

    Raises:
        InputError: a quote is not closed or stands where it may not, or a record has another
            number of fields than the header.
    """
    width = len(layout.names)
    text = io.StringIO(data.decode("utf-8"), newline="")
    reader = csv.reader(text, delimiter=layout.delimiter, strict=True)
    line = 0
    try:
        for record in reader:
            if record and len(record) != width:
                raise InputError(
                    f"this record has {len(record)} fields, the header has {width}",
                    source=source,
                    where=f"line {line + first_line}",
                    hint="Put quotes around values that hold the delimiter.",
                )
            line = reader.line_num
    except csv.Error as problem:
        far = "field larger" in str(problem)
        raise InputError(
            "a value is longer than 131,072 characters: is a quote not closed?"
            if far
            else "a quote is not closed, or text follows a closing quote",
            source=source,
            where=f"the record that begins in line {line + first_line}",
            hint="Quotes within a quoted value are doubled.",
        ) from None
