"""Which columns of text are numbers: all or nothing, decided by every value of the column.

A plain number has no leading zero, no plus sign, no thousands separator and no unit. An exponent
counts only with a sign or behind decimals ("1e-05", "1.5E3"): "12E4" may be an identifier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.frames.readers.source import listed

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_WHOLE = r"-?(?:0|[1-9][0-9]*)"
_EXPONENT = r"(?:[eE][+-][0-9]{1,3})?"
POINT = rf"^(?:{_WHOLE}{_EXPONENT}|-?(?:0|[1-9][0-9]*)?\.[0-9]+(?:[eE][+-]?[0-9]{{1,3}})?)$"
COMMA = rf"^(?:{_WHOLE}|-?(?:0|[1-9][0-9]*)?,[0-9]+)$"
_GROUPED = r"^-?[1-9][0-9]{0,2}[.,][0-9]{3}$"  # thousands, or a number with three decimals
_DATE = r"^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?(?:T[0-9:.Z+-]*)?$"
_MARKS = ("NA", ".", "NULL")  # how R, SAS and SQL write a missing number or date
EXACT = 2**53


@dataclass(frozen=True, slots=True)
class _Look:
    """What a column of text could be.

    ``grouped``: each separator may part thousands; ``evident``: one surely parts decimals.
    """

    point: bool = False
    comma: bool = False
    grouped: bool = False
    evident: bool = False
    marks: int = 0
    values: pa.ChunkedArray | None = None


def typed(table: pa.Table, names: list[str]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The frame of a table of texts, and what was decided on the way."""
    import pandas as pd

    columns = [_trimmed(table.column(at)) for at in range(len(names))]
    looks = [_look(column) for column in columns]
    point = any(look.point and look.evident for look in looks)
    comma = any(look.comma and look.evident for look in looks)
    said: dict[str, list[str]] = {}
    series: dict[str, pd.Series] = {}
    for name, column, look in zip(names, columns, looks, strict=True):
        numeric = look.point or look.comma
        doubtful = look.grouped and (comma if look.point else point or not comma)
        if doubtful:
            said.setdefault("thousands or decimals? kept as text", []).append(name)
        if numeric and not doubtful and look.values is not None:
            if look.comma:
                said.setdefault("decimal comma", []).append(name)
            made, note = to_number(look.values, comma=look.comma)
            if note:
                said.setdefault(note, []).append(name)
            if made is not None:
                if look.marks:
                    said.setdefault("NA, NULL or '.' read as missing", []).append(name)
                series[name] = made
                continue
        dated = look.values is not None and not numeric  # dates, the marks left out
        if dated and look.marks:
            said.setdefault("NA, NULL or '.' read as missing", []).append(name)
        texts = look.values if dated and look.values is not None else column
        series[name] = to_text(texts)
    frame = pd.DataFrame(series, index=pd.RangeIndex(len(table)), columns=pd.Index(names))
    return frame, tuple(f"{what}: {listed(which)}" for what, which in said.items())


def _trimmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column with blank values as null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    column = column.combine_chunks() if column.num_chunks > 64 else column
    blank = pc.or_(pc.equal(column, ""), pc.utf8_is_space(column))
    if not pc.any(blank).as_py():
        return column
    return pc.if_else(blank, pa.scalar(None, column.type), column)


def _look(column: pa.ChunkedArray) -> _Look:
    import pyarrow as pa
    import pyarrow.compute as pc

    filled = len(column) - column.null_count
    if not filled:
        return _Look()
    values, marks = column, 0
    marked = pc.is_in(column, value_set=pa.array(_MARKS))
    if pc.any(marked).as_py():
        marks = int(pc.sum(marked).as_py())
        if marks == filled:
            return _Look()
        values = pc.if_else(marked, pa.scalar(None, column.type), column)
    if not _promising(values):
        return _Look()
    values = pc.utf8_trim_whitespace(values)
    for pattern in (POINT, COMMA):
        if pc.all(pc.match_substring_regex(values, pattern)).as_py():
            parted = pc.drop_null(pc.filter(values, pc.match_substring_regex(values, "[.,eE]")))
            every = pc.all(pc.match_substring_regex(parted, _GROUPED)).as_py()
            return _Look(
                point=pattern == POINT,
                comma=pattern == COMMA,
                grouped=len(parted) > 0 and bool(every),
                evident=len(parted) > 0 and not every,
                marks=marks,
                values=values,
            )
    if marks and pc.all(pc.match_substring_regex(values, _DATE)).as_py():
        return _Look(marks=marks, values=values)
    return _Look()


def _promising(values: pa.ChunkedArray) -> bool:
    """Whether the first values are numbers or dates: most columns of text are done with here."""
    import pyarrow as pa
    import pyarrow.compute as pc

    first = pc.utf8_trim_whitespace(pc.drop_null(values.slice(0, 1000)))
    return any(
        pc.all(pc.match_substring_regex(first, pattern), min_count=0) == pa.scalar(True)
        for pattern in (POINT, COMMA, _DATE)
    )


def to_number(
    values: pa.ChunkedArray, *, comma: bool = False
) -> tuple[pd.Series | None, str | None]:
    """Plain numbers as ``float64``; whole ones beyond 2**53 as ``Int64``, or None beyond that.

    With a note where the column is not simply ``float64``.
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    if comma:
        values = pc.replace_substring(values, ",", ".")
    digits = pc.max(pc.utf8_length(values)).as_py()
    if digits >= 16 and pc.all(pc.match_substring_regex(values, "^-?[0-9]+$")).as_py():
        try:
            whole = pc.cast(values, pa.int64())
        except pa.ArrowInvalid:
            return None, "whole numbers of more than 64 bits, kept as text"
        if max(abs(pc.min(whole).as_py()), abs(pc.max(whole).as_py())) > EXACT:
            exact = pd.Series(whole.to_pandas(integer_object_nulls=True), dtype="Int64")
            return exact, "whole numbers beyond 2**53, kept exact (Int64)"
    try:
        numbers = pc.cast(values, pa.float64())
    except pa.ArrowInvalid:
        return None, "not numbers to the computer, kept as text"
    return numbers.to_pandas().astype("float64"), None


def to_text(values: pa.ChunkedArray) -> pd.Series:
    """Texts as ``str`` or None in a column of objects."""
    made: pd.Series = values.to_pandas(deduplicate_objects=True)
    return made.astype(object)
