"""How a delimited file is written: its encoding, its delimiter and its quotes."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass

from auditor.errors import InputError

_BOMS = (  # the longer marks first: UTF-32 begins like UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {",": "','", ";": "';'", "\t": "tab", "|": "'|'"}
_SAMPLE = 200  # records on which the delimiter is decided
_SEP = re.compile(r"\Asep=(.)\r?\n")


@dataclass(frozen=True, slots=True)
class Layout:
    """A delimiter, the names in the first record, and notes."""

    delimiter: str
    names: tuple[str, ...]
    notes: tuple[str, ...]


def to_utf8(data: bytes, source: str) -> tuple[bytes, tuple[str, ...]]:
    """The same text in UTF-8 without a byte order mark, and what was decided.

    A mark decides; else UTF-16 shows in its zeros; else what is UTF-8 is that; else it is taken
    for Windows-1252, which is said.

    Raises:
        InputError: no encoding fits, two are mixed, or a NUL stands in the text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _transcoded(data[len(mark) :], encoding, source)
    if wide := _unmarked_utf16(data):
        return _transcoded(data, wide, source)
    if b"\0" in data:
        raise _nul(data, source)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return _from_cp1252(data, problem.start, source)
    return data, ("encoding UTF-8",) if not data.isascii() else ()


def _transcoded(data: bytes, encoding: str, source: str) -> tuple[bytes, tuple[str, ...]]:
    label = encoding.upper().removesuffix("-LE").removesuffix("-BE")
    try:
        utf8 = data.decode(encoding).encode("utf-8")
    except UnicodeError as problem:
        at = problem.start if isinstance(problem, UnicodeDecodeError) else 0
        raise InputError(
            f"the file begins as {label} and is not",
            source=source,
            where=f"byte {at}",
            hint="It may be cut off; export it again, as UTF-8.",
        ) from None
    if b"\0" in utf8:
        raise _nul(utf8, source)
    return utf8, (f"encoding {label}",)


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[:2000]
    if len(data) % 2 or len(sample) < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most = len(sample) * 0.4
    if odd > most and not even:
        return "utf-16-le"
    return "utf-16-be" if even > most and not odd else None


def _nul(data: bytes, source: str) -> InputError:
    line = data.count(b"\n", 0, data.index(b"\0")) + 1
    return InputError(
        "the text holds NUL bytes",
        source=source,
        where=f"line {line}",
        hint="The file is damaged, or it is not text; export it again.",
    )


def _from_cp1252(data: bytes, at: int, source: str) -> tuple[bytes, tuple[str, ...]]:
    loose = data.decode("utf-8", "surrogateescape")
    stray = len(re.findall("[\udc80-\udcff]", loose))
    proper = len(re.findall("[^\x00-\x7f\udc80-\udcff]", loose))
    line = data.count(b"\n", 0, at) + 1
    if proper > stray:
        raise InputError(
            "most of the file is UTF-8, but this line is not",
            source=source,
            where=f"line {line}",
            hint="Two encodings are mixed; export the whole file as UTF-8.",
        )
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise InputError(
            "the encoding is neither UTF-8, UTF-16 nor Windows-1252",
            source=source,
            where=f"line {line}",
            hint="Export the file as UTF-8.",
        ) from None
    return text.encode("utf-8"), ("encoding cp1252 (assumed: the file is not UTF-8)",)


def find_layout(text: str, source: str, *, prefer_tab: bool = False) -> Layout:
    """The delimiter under which the records have the same number of fields, and the names.

    ``text`` is the beginning of the file, whole lines. Of ``, ; tab |`` the one wins that gives
    every record of the sample as many fields as the header, and the most of them; at equal
    numbers tab, ``;`` and ``|`` go before the comma, which occurs within numbers and names.
    A first line ``sep=;`` as Excel has it decides.

    Raises:
        InputError: there is no header, or quotes are broken in it.
    """
    if declared := _SEP.match(text):
        records = _records(text[declared.end() :], declared[1])
        names = records[0] if records else []
        return _layout(declared[1], names, ("delimiter declared by 'sep='",), source)
    scored = []
    for rank, delimiter in enumerate(("\t", ";", "|", ",")):
        records = _records(text, delimiter)
        if not records or len(records[0]) < 2:
            continue
        width = len(records[0])
        fit = sum(len(record) == width for record in records) / len(records)
        favoured = prefer_tab and delimiter == "\t"
        scored.append((fit == 1, favoured, width if fit == 1 else fit, -rank, delimiter))
    if not scored:
        records = _records(text, ",")
        return _layout(",", records[0] if records else [], ("a single column",), source)
    delimiter = max(scored)[-1]
    names = _records(text, delimiter)[0]
    notes = () if delimiter == "," else (f"delimiter {_NAMES[delimiter]}",)
    return _layout(delimiter, names, notes, source)


def _layout(delimiter: str, names: list[str], notes: tuple[str, ...], source: str) -> Layout:
    if not any(name.strip() for name in names):
        raise InputError("the first line has no names of columns", source=source, where="line 1")
    return Layout(delimiter, tuple(names), notes)


def _records(text: str, delimiter: str) -> list[list[str]]:
    """The first records that are not blank; what the sample cuts off is not among them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    records: list[list[str]] = []
    try:
        for record in reader:
            if record:
                records.append(record)
            if len(records) == _SAMPLE:
                break
    except csv.Error:
        pass  # judged with its line when the whole file is read
    return records
