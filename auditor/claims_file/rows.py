"""Reading a claims file as a spreadsheet may have left it."""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import InputError
from auditor.selection import did_you_mean

REQUIRED = ("id",)
OPTIONAL = (
    *("input", "place", "quote", "value", "quantity", "about", "population", "cells"),
    *("row", "column", "confirmed", "decision", "as_read"),
)
DECISIONS = ("confirmed", "rejected", "edited")
_YES = ("yes", "y", "true", "x", "1", "wahr", "ja", "oui", "vrai")
_NO = ("", "no", "n", "false", "0", "falsch", "nein", "non", "faux")
_BIGGEST = 64 * 1024 * 1024
_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: where it stands and what its cells hold ("" where there is none).

    ``has`` are the columns that the file has at all.
    """

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def has(self, column: str) -> bool:
        return column in self.cells

    @property
    def decision(self) -> str:
        """What the person decided, by ``decision`` or by ``confirmed``; "" where nothing."""
        if self["decision"]:
            return self["decision"]
        return "confirmed" if self["confirmed"] == "yes" else ""


@dataclass(frozen=True, slots=True)
class ClaimsFile:
    """A claims file as read; ``name`` without folders, ``sha256`` of its bytes."""

    name: str
    sha256: str
    rows: tuple[Row, ...]

    def wrong(self, line: int, message: str, hint: str) -> InputError:
        """The error of one line of this file."""
        return InputError(message, source=self.name, where=f"line {line}", hint=hint)


def read_claims_file(path: Path) -> ClaimsFile:
    """Read a claims file; what it says is matched with a manuscript by ``matched``.

    Taken as a spreadsheet leaves it: any order of columns, columns missing or added, commas,
    semicolons or tabs, a byte-order mark, UTF-8, UTF-16 or Windows-1252.

    Raises:
        InputError: it is no claims file, or a cell says something that is not known; with the
            line.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_BIGGEST + 1)
    except OSError as error:
        raise InputError(
            f"the claims file cannot be read: {error.strerror or error}",
            source=str(path),
            hint="Write one with 'auditor claims INPUT -o claims.csv'.",
        ) from error
    if len(data) > _BIGGEST:
        raise InputError("the claims file is larger than 64 MiB", source=str(path))
    text = _decoded(data)
    found = ClaimsFile(path.name, hashlib.sha256(data).hexdigest(), ())
    rows = tuple(_rows(found, text))
    return ClaimsFile(found.name, found.sha256, rows)


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(file: ClaimsFile, text: str) -> Iterable[Row]:
    lines = text.split("\n", 2)
    first, skipped = 0, 0
    if lines[0].lower().startswith("sep="):
        text, skipped = text.partition("\n")[2], 1
        lines = lines[1:]
    delimiter = max(",;\t", key=lines[first].count)
    csv.field_size_limit(_BIGGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = _header(file, next(reader, []), skipped + 1)
        for before, cells in _numbered(reader):
            if any(cell.strip() for cell in cells):
                yield _row(file, names, cells, skipped + before)
    except csv.Error as error:
        hint = "Save it as CSV from the spreadsheet, or write it anew with 'auditor claims'."
        raise file.wrong(skipped + reader.line_num, f"this is no CSV: {error}", hint) from error


def _numbered(reader: Iterable[Sequence[str]]) -> Iterable[tuple[int, Sequence[str]]]:
    """Rows with the line on which each begins; a quoted cell may hold line breaks."""
    line = getattr(reader, "line_num", 0)
    for cells in reader:
        yield line + 1, cells
        line = getattr(reader, "line_num", line + 1)


def _header(file: ClaimsFile, cells: Sequence[str], line: int) -> list[str]:
    names = [_undefused(cell).strip().lower().replace(" ", "_") for cell in cells]
    known = (*REQUIRED, *OPTIONAL)
    write = "Write a claims file with 'auditor claims INPUT -o claims.csv' and edit that."
    for name in REQUIRED:
        if name not in names:
            near = did_you_mean(name, [n for n in names if n], write)
            raise file.wrong(line, f"there is no column '{name}': this is no claims file", near)
    for name in ("decision", "confirmed"):
        if name in names:
            continue
        strangers = [n for n in names if n and n not in known]
        close = difflib.get_close_matches(name, strangers, n=1, cutoff=0.75)
        if close:
            raise file.wrong(
                line, f"there is no column '{name}', but '{close[0]}'", f"Name it '{name}'."
            )
    for name in known:
        if names.count(name) > 1:
            raise file.wrong(line, f"the column '{name}' is there twice", "Keep one of them.")
    return names


def _row(file: ClaimsFile, names: Sequence[str], cells: Sequence[str], line: int) -> Row:
    known = (*REQUIRED, *OPTIONAL)
    taken = {name: "" for name in names if name in known}
    for name, cell in zip(names, cells, strict=False):
        if name in known:
            taken[name] = _undefused(cell).strip()
    row = Row(line, taken | _decision(file, taken, line))
    if not row["id"]:
        raise file.wrong(
            line, "the row has no id", "Put back the id, or delete the row: it then says nothing."
        )
    return row


def _decision(file: ClaimsFile, cells: Mapping[str, str], line: int) -> dict[str, str]:
    """The two columns in which a person decides, in the words that they may hold."""
    found = {}
    if "decision" in cells:
        word = cells["decision"].lower()
        if word and word not in DECISIONS:
            known = f"There are {', '.join(DECISIONS)}, or an empty cell."
            near = did_you_mean(word, DECISIONS, known)
            raise file.wrong(line, f"'{cells['decision']}' is no decision", near)
        found["decision"] = word
    if "confirmed" in cells:
        word = cells["confirmed"].lower()
        if word not in (*_YES, *_NO):
            near = "Write yes or no under 'confirmed'."
            raise file.wrong(line, f"'{cells['confirmed']}' is neither yes nor no", near)
        found["confirmed"] = "yes" if word in _YES else "no"
        if found["confirmed"] == "yes" and found.get("decision") == "rejected":
            raise file.wrong(
                line, "the row is both confirmed and rejected", "Empty one of the two cells."
            )
    return found


def _undefused(cell: str) -> str:
    """Without the apostrophe that kept a spreadsheet from running the text as a formula."""
    if cell.startswith("'") and cell[1:].startswith(_BEGINNINGS):
        return cell[1:]
    return cell
