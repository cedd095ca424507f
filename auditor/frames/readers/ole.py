"""The old Excel format (.xls): its compound file is sound, and which cells hold errors.

A chain of sectors that runs in a circle makes readers run until memory ends, so every chain is
walked here first ([MS-CFB]). Errors are in BOOLERR and FORMULA records ([MS-XLS] 2.4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_FREE = 0xFFFFFFFA  # this and above end a chain or mark what is not in use
_ENTRY = 128
_MINI = 64
_CUTOFF = 4096


class Damaged(Exception):
    """The compound file is not as the format says; the text may say why."""


def workbook_stream(data: bytes) -> bytes:
    """The stream that holds the sheets.

    Raises:
        Damaged: a chain runs in a circle or leaves the file, or there is no such stream.
    """
    try:
        return _stream(data)
    except struct.error:
        raise Damaged from None


def _stream(data: bytes) -> bytes:
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    directory, mini_start = (struct.unpack_from("<I", data, at)[0] for at in (48, 60))
    fat: list[int] = []
    for sector in _fat_sectors(data, size):
        fat.extend(struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size))
    entries = _joined(data, directory, fat, size)
    mini = _joined(data, mini_start, fat, size) if mini_start < _FREE else b""
    mini_fat = list(struct.unpack(f"<{len(mini) // 4}I", mini))
    small, found, names = b"", None, set()
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        entry = entries[at : at + _ENTRY]
        kind = entry[66]
        length = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
        names.add(name)
        start, extent = struct.unpack_from("<II", entry, 116)
        if kind == 5 and extent:
            small = _joined(data, start, fat, size)
        elif kind == 2 and extent:
            if extent < _CUTOFF:
                chain = _chain(start, mini_fat)
                content = b"".join(small[s * _MINI : (s + 1) * _MINI] for s in chain)
            else:
                content = _joined(data, start, fat, size)
            if len(content) < extent:
                raise Damaged
            if name in ("Workbook", "Book"):
                found = content[:extent]
    if found is None:
        secret = "EncryptedPackage" in names
        raise Damaged("it is protected by a password" if secret else "it holds no workbook")
    return found


def _fat_sectors(data: bytes, size: int) -> Iterator[int]:
    """Sectors that hold the table of chains: 109 in the header, more in a chain of their own."""
    yield from (s for s in struct.unpack_from("<109I", data, 76) if s < _FREE)
    more = struct.unpack_from("<I", data, 68)[0]
    for _ in range(len(data) // size + 1):
        if more >= _FREE:
            return
        words = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        yield from (s for s in words[:-1] if s < _FREE)
        more = words[-1]
    raise Damaged


def _chain(start: int, table: list[int]) -> Iterator[int]:
    sector = start
    for _ in range(len(table) + 1):
        if sector >= _FREE:
            return
        if sector >= len(table):
            raise Damaged
        yield sector
        sector = table[sector]
    raise Damaged


def _joined(data: bytes, start: int, fat: list[int], size: int) -> bytes:
    parts = []
    for sector in _chain(start, fat):
        if (sector + 1) * size >= len(data):
            raise Damaged
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
    return b"".join(parts)


def error_cells(stream: bytes) -> dict[str, dict[tuple[int, int], int]]:
    """Sheet -> (row, column), 0-based -> code of the error."""
    sheets = {}
    for kind, content in _records(stream, 0):
        if kind == 0x85 and len(content) > 8:  # BOUNDSHEET
            offset = struct.unpack_from("<I", content)[0]
            length, wide = content[6], content[7] & 1
            text = content[8 : 8 + length * (2 if wide else 1)]
            sheets[offset] = text.decode("utf-16-le" if wide else "latin-1", "replace")
        elif kind == 0x0A:  # EOF of the globals
            break
    found = {}
    for offset, title in sheets.items():
        cells: dict[tuple[int, int], int] = {}
        for kind, content in _records(stream, offset):
            if kind == 0x0A:
                break
            if kind == 0x205 and len(content) >= 8 and content[7]:  # BOOLERR
                cells[struct.unpack_from("<HH", content)] = content[6]
            elif kind == 6 and content[12:14] == b"\xff\xff" and content[6] == 2:  # FORMULA
                cells[struct.unpack_from("<HH", content)] = content[8]
        found[title] = cells
    return found


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
