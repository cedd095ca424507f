"""What lies in the parts of a zipped workbook that calamine does not tell: sizes and errors.

calamine lays every sheet out as a full rectangle and gives error values as empty cells. Both are
looked up in the parts themselves, before and after it reads them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from lxml import etree

from auditor.errors import InputError
from auditor.frames.readers import ole

MOST_BYTES = 2 * 1024**3
"""Bytes of a workbook's parts without compression."""
MOST_CELLS = 60_000_000
"""Cells of the rectangle that a sheet spans."""

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>")
_AT = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_ROW = re.compile(rb' r="[A-Z]{1,3}([0-9]{1,7})"')
_COLUMN = re.compile(rb' r="([A-Z]{1,3})[0-9]{1,7}"')
_ERROR = re.compile(rb'\bt="e"')
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]{1,40})<")
_HOLLOW = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v[^>]*></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", re.DOTALL)
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]{1,9})"')
_RELATIONS = re.compile(r"xl/_rels/workbook\.(?:xml|bin)\.rels")
_BINARY_ERRORS = (3, 11)  # BrtCellError, BrtFmlaError of [MS-XLSB] 2.1.4
_CODES = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!",
          42: "#N/A", 43: "#GETTING_DATA"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells by (row, column), 0-based: error values, and formulas that were never computed."""

    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hollow: frozenset[tuple[int, int]] = frozenset()


def look_into(path: Path) -> dict[str, Sheet]:
    """The sheets of a workbook by name; of an OpenDocument one only sizes are judged.

    Raises:
        InputError: it unpacks to too much, or a sheet spans too many cells.
        zipfile.BadZipFile: the archive is damaged.
        ole.Damaged: the compound file (.xls) is.
    """
    if not zipfile.is_zipfile(path):
        stream = ole.workbook_stream(path.read_bytes())
        return {
            title: Sheet({place: _CODES.get(code, "error") for place, code in cells.items()})
            for title, cells in ole.error_cells(stream).items()
        }
    with zipfile.ZipFile(path) as archive:
        size = sum(info.file_size for info in archive.infolist())
        packed = sum(info.compress_size for info in archive.infolist())
        if size > MOST_BYTES or (size > 100 * 1024**2 and size > 500 * packed):
            raise InputError(
                f"the workbook unpacks to {size:,} bytes, which is refused as unsafe",
                source=str(path),
                hint="Give the table as CSV or Parquet.",
            )
        if damaged := archive.testzip():
            raise zipfile.BadZipFile(damaged)
        names = set(archive.namelist())
        if "content.xml" in names:
            _judge_ods(archive.read("content.xml"), path)
            return {}
        found = {}
        for title, part in _parts(archive, names):
            data = archive.read(part)
            binary = part.endswith(".bin")
            found[title] = _binary(data, path, title) if binary else _xml(data, path, title)
        return found


def _parts(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, str]]:
    """Names of sheets and the parts that hold them."""
    targets: dict[str, str] = {}
    relations = next((name for name in names if _RELATIONS.fullmatch(name)), "")
    if relations:
        for node in _parse(archive.read(relations)):
            targets[str(node.get("Id"))] = _resolved(str(node.get("Target", "")))
    if "xl/workbook.xml" not in names:
        for title, identity in _binary_sheets(archive.read("xl/workbook.bin")):
            if targets.get(identity) in names:
                yield title, targets[identity]
        return
    for node in _parse(archive.read("xl/workbook.xml")).iter("{*}sheet"):
        identity = next((str(v) for k, v in node.attrib.items() if str(k).endswith("}id")), "")
        part = targets.get(identity, "")
        if part in names:
            yield str(node.get("name")), part


def _resolved(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def _xml(data: bytes, path: Path, title: str) -> Sheet:
    rows = max((int(number) for number in set(_ROW.findall(data))), default=0)
    columns = max((_letters(letters) + 1 for letters in set(_COLUMN.findall(data))), default=0)
    _judge(rows, columns, path, title)
    errors: dict[tuple[int, int], str] = {}
    if b't="e"' in data:
        for cell in _CELL.finditer(data):
            at = _AT.search(cell[1])
            if at is not None and _ERROR.search(cell[1]):
                value = _VALUE.search(data, cell.end(), cell.end() + 4000)
                text = value[1].decode("ascii", "replace") if value else "error"
                errors[int(at[2]) - 1, _letters(at[1])] = text
    hollow = frozenset((int(at[2]) - 1, _letters(at[1])) for at in _HOLLOW.finditer(data))
    return Sheet(errors, hollow)


def _letters(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _judge(rows: int, columns: int, path: Path, title: str) -> None:
    if rows * columns > MOST_CELLS:
        raise InputError(
            f"the sheet spans {rows:,} rows and {columns:,} columns; at most {MOST_CELLS:,} "
            "cells are read",
            source=str(path),
            where=f"sheet {title}",
            hint="Delete what lies far off, or give the table as CSV or Parquet.",
        )


def _judge_ods(data: bytes, path: Path) -> None:
    """Rows and cells that hold something may be repeated; empty ones do not count."""
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data[:2000]:
        raise InputError("the workbook declares entities and is refused", source=str(path))
    cells = 0
    for row in _ODS_ROW.finditer(data):
        if b"office:value-type" in row[2]:
            times = _REPEATED.search(row[1])
            across = max((int(n) for n in _REPEATED.findall(row[2])), default=1)
            cells += (int(times[1]) if times else 1) * min(across, 16_384)
    _judge(cells, 1, path, "all")


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Types and contents of the records of a binary part ([MS-XLSB] 2.1.4)."""
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = (kind & 0x7F) | ((data[at] & 0x7F) << 7)
            at += 1
        size = shift = 0
        while at < end:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, data[at : at + size]
        at += size


def _binary(data: bytes, path: Path, title: str) -> Sheet:
    errors: dict[tuple[int, int], str] = {}
    row = rows = columns = 0
    for kind, content in _records(data):
        if kind == 0 and len(content) >= 4:  # BrtRowHdr
            row = int.from_bytes(content[:4], "little")
            rows = max(rows, row + 1)
        elif 1 <= kind <= 11 and len(content) >= 8:
            column = int.from_bytes(content[:4], "little")
            columns = max(columns, column + 1)
            if kind in _BINARY_ERRORS and len(content) > 8:
                errors[row, column] = _CODES.get(content[8], "error")
    _judge(rows, columns, path, title)
    return Sheet(errors)


def _binary_sheets(data: bytes) -> Iterator[tuple[str, str]]:
    """Names and identities of sheets in a binary workbook (BrtBundleSh)."""
    for kind, content in _records(data):
        if kind == 156:
            texts, at = [], 8
            for _ in range(2):
                length = int.from_bytes(content[at : at + 4], "little")
                at += 4
                texts.append(content[at : at + 2 * length].decode("utf-16-le", "replace"))
                at += 2 * length
            yield texts[1], texts[0]
