"""The records of a SAS transport file: members, their variables, where the rows lie.

SAS Technical Support TS-140, "The Record Layout of a Data Set in SAS Transport (XPORT) Format"
(version 5) and "Record Layout of a SAS Version 8 or 9 Data Set in SAS Transport Format".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

RECORD = 80
_HEADER = b"HEADER RECORD*******%s HEADER RECORD!!!!!!!"
_NAMESTR = struct.Struct(">hhhh8s40s8shhh2s8shhl52s")


class Damaged(Exception):
    """The file is not as the layout says; the text says where."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable; ``start`` and ``width`` are bytes within a row."""

    name: bytes
    label: bytes
    form: str
    numeric: bool
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Member:
    """A data set; its rows lie from ``start`` to ``end``. ``rows`` is None where not recorded."""

    name: bytes
    variables: tuple[Variable, ...]
    start: int
    end: int
    rows: int | None

    @property
    def width(self) -> int:
        """Bytes of a row."""
        return sum(variable.width for variable in self.variables)


def members(data: bytes) -> Iterator[Member]:
    """The data sets of a transport file, in order.

    Raises:
        Damaged: a record that must follow is missing.
    """
    new = data.startswith(_HEADER % b"LIBV8  ")
    words = (
        (b"MEMBV8 ", b"DSCPTV8", b"NAMSTV8", b"OBSV8  ")
        if new
        else (b"MEMBER ", b"DSCRPTR", b"NAMESTR", b"OBS    ")
    )
    member, descriptor, namestr, obs = (_HEADER % word for word in words)
    at = 3 * RECORD
    if not data.startswith(member, at):
        raise Damaged("there is no data set in it")
    while at < len(data):
        size = int(_number(data[at + 74 : at + 78], "the size of a description"))
        at = _expect(data, at, member, "a data set")
        at = _expect(data, at, descriptor, "a data set's description")
        name = data[at + 8 : at + (40 if new else 16)]
        at += 2 * RECORD
        count = int(_number(data[at + 53 : at + 58], "the number of variables"))
        at = _expect(data, at, namestr, "the descriptions of variables")
        variables = list(_variables(data, at, count, size, new=new))
        at = _ceiling(at + count * size)
        if new and data.startswith((_HEADER % b"LABELV8", _HEADER % b"LABELV9"), at):
            at = _long_labels(data, at, variables)
        rows = None
        if new:
            recorded = data[at + 48 : at + 63].strip()
            known = recorded.isdigit() and recorded != b"0" * 15  # zeros: not recorded
            rows = int(recorded) if known else None
        at = _expect(data, at, obs, "the rows")
        end = _end(data, at, member)
        yield Member(name.strip(b" \0"), tuple(variables), at, end, rows)
        at = end


def _expect(data: bytes, at: int, header: bytes, what: str) -> int:
    if not data.startswith(header, at):
        raise Damaged(f"{what} should begin at byte {at:,}")
    return at + RECORD


def _number(text: bytes, what: str) -> int:
    if not text.strip().isdigit():
        raise Damaged(f"{what} is missing")
    return int(text)


def _ceiling(at: int) -> int:
    return -(-at // RECORD) * RECORD


def _end(data: bytes, at: int, member: bytes) -> int:
    """Where the rows end: at the next data set, or at the end of the file."""
    found = data.find(member, at)
    while found >= 0 and found % RECORD:
        found = data.find(member, found + 1)
    return len(data) if found < 0 else found


def _variables(data: bytes, at: int, count: int, size: int, *, new: bool) -> Iterator[Variable]:
    for number in range(count):
        start = at + number * size
        if len(data) < start + size or size < 88:
            raise Damaged("it ends within the descriptions of variables")
        fields = _NAMESTR.unpack(data[start : start + size].ljust(140, b"\0")[:140])
        kind, width, name, label, form = (fields[part] for part in (0, 2, 4, 5, 6))
        position, rest = fields[14], fields[15]
        if kind not in (1, 2) or width < 1 or position < 0 or (kind == 1 and not 2 <= width <= 8):
            raise Damaged(f"the description of variable {number + 1} is broken")
        long_name = rest[:32].strip(b" \0") if new else b""
        yield Variable(
            name=long_name or name.strip(b" \0"),
            label=label.strip(b" \0"),
            form=form.decode("latin-1").strip(" \0"),
            numeric=kind == 1,
            start=position,
            width=width,
        )


def _long_labels(data: bytes, at: int, variables: list[Variable]) -> int:
    """Names and labels that did not fit; where the records behind them begin."""
    with_formats = data.startswith(_HEADER % b"LABELV9", at)
    count = int(_number(data[at + 48 : at + RECORD].split()[0], "the number of labels"))
    at += RECORD
    fixed = 5 if with_formats else 3
    for _ in range(count):
        if len(data) < at + 2 * fixed:
            raise Damaged("it ends within the labels")
        number, *lengths = struct.unpack_from(f">{fixed}h", data, at)
        at += 2 * fixed
        if not 1 <= number <= len(variables) or min(lengths) < 0:
            raise Damaged("a label belongs to no variable")
        parts = []
        for length in lengths:
            parts.append(data[at : at + length].strip(b" \0"))
            at += length
        old = variables[number - 1]
        variables[number - 1] = Variable(
            name=parts[0] or old.name,
            label=parts[1] or old.label,
            form=parts[2].decode("latin-1") if with_formats and parts[2] else old.form,
            numeric=old.numeric,
            start=old.start,
            width=old.width,
        )
    return _ceiling(at)
