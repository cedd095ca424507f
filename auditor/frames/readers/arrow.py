"""From Arrow's types to those of a delivered table, with a word on whatever is not the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from auditor.frames.readers import assembly
from auditor.frames.readers.assembly import Assembly
from auditor.frames.readers.epochs import clock, to_datetime

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def to_assembly(table: pa.Table) -> Assembly:
    """The columns of an Arrow table as those of a delivered one."""
    made = Assembly()
    for at, name in enumerate(table.column_names):
        column, notes = _column(table.column(at))
        made.add(name, column, *notes)
    return made


def _column(column: pa.ChunkedArray) -> tuple[pd.Series, tuple[str | None, ...]]:
    import pyarrow as pa
    from pyarrow import types

    kind = column.type
    if isinstance(column.type, pa.BaseExtensionType):
        column = pa.chunked_array([chunk.storage for chunk in column.chunks], kind.storage_type)
        kind = column.type
    if types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if types.is_null(kind):
        return _text(column.cast(pa.string()))
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return _text(column.cast(pa.large_string()))
    if types.is_boolean(kind):
        return assembly.truth_column(column.to_pylist()), ()
    if types.is_integer(kind):
        return _whole(column)
    if types.is_floating(kind):
        note = None if types.is_float64(kind) else assembly.SINGLE
        return _number(column), (note,)
    if types.is_decimal(kind):
        if kind.scale <= 0:
            made, note = assembly.whole_column(
                [None if value is None else int(value) for value in column.to_pylist()]
            )
            return made, (note,)
        return _number(column), (assembly.DECIMAL,)
    if types.is_date(kind) or types.is_timestamp(kind):
        return _moment(column)
    if types.is_time(kind):
        factor = 1000 if types.is_time64(kind) and kind.unit == "ns" else 1
        micro = column.cast(pa.time64("ns") if factor > 1 else pa.time64("us")).cast(pa.int64())
        texts = [None if value is None else clock(value // factor) for value in micro.to_pylist()]
        return assembly.text_column(texts), (assembly.CLOCK,)
    texts = [None if value is None else _written(value) for value in column.to_pylist()]
    return assembly.text_column(texts), (f"of the type {kind}, given as text",)


def _text(column: pa.ChunkedArray) -> tuple[pd.Series, tuple[str | None, ...]]:
    import pyarrow as pa
    import pyarrow.compute as pc

    from auditor.frames.readers.numbers import to_text

    blank = pc.match_substring_regex(column, r"^\s*$")
    if pc.any(blank).as_py():
        column = pc.if_else(blank, pa.scalar(None, column.type), column)
        return to_text(column), (assembly.BLANK,)
    return to_text(column), ()


def _whole(column: pa.ChunkedArray) -> tuple[pd.Series, tuple[str | None, ...]]:
    import pyarrow.compute as pc

    low, high = pc.min_max(column).as_py().values()
    if low is None or max(abs(low), abs(high)) <= 2**53:
        return _number(column), ()
    made, note = assembly.whole_column(column.to_pylist())
    return made, (note,)


def _number(column: pa.ChunkedArray) -> pd.Series:
    import pyarrow as pa

    numbers: pd.Series = column.cast(pa.float64(), safe=False).to_pandas().astype("float64")
    return numbers


def _moment(column: pa.ChunkedArray) -> tuple[pd.Series, tuple[str | None, ...]]:
    import pyarrow as pa
    import pyarrow.compute as pc

    note = None
    if pa.types.is_timestamp(column.type) and column.type.tz is not None:
        note = f"times with a zone, given as local time of {column.type.tz} without it"
        column = pc.local_timestamp(column)
    if pa.types.is_date32(column.type):
        moments = column.to_numpy()
    else:
        unit = "ms" if pa.types.is_date64(column.type) else column.type.unit
        moments = column.cast(pa.int64()).to_pandas()
        filled = moments.fillna(0).astype("int64").to_numpy().astype(f"datetime64[{unit}]")
        filled[moments.isna().to_numpy()] = "NaT"
        moments = filled
    made, out = to_datetime(moments)
    return made, (note, out)


def _written(value: object) -> str:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | dict):
        return json.dumps(value, default=str, ensure_ascii=False)
    return str(value)
