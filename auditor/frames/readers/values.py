"""Columns of Python values of any type: all of one kind are that, a mixture becomes text."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from auditor.frames.readers import assembly
from auditor.frames.readers.assembly import text_column, truth_column, whole_column
from auditor.frames.readers.epochs import clock, to_datetime

if TYPE_CHECKING:
    import pandas as pd

_MIXED = "numbers, text or dates are mixed, given as text"


def value_column(values: Sequence[object]) -> tuple[pd.Series, str | None]:
    """The column of these values (None: missing), and a note on what had to be decided."""
    import pandas as pd

    kinds = {type(value) for value in values if value is not None}
    if kinds <= {str}:
        blank = any(isinstance(value, str) and not value.strip() for value in values)
        return text_column(values), assembly.BLANK if blank else None
    if kinds == {bool}:
        return truth_column(values), None
    if kinds == {int}:
        return whole_column([value if isinstance(value, int) else None for value in values])
    if kinds <= {int, float, Decimal}:
        return _numbers(values, decimal=Decimal in kinds)
    if kinds <= {dt.date, dt.datetime}:
        return _moments(values)
    if kinds == {dt.time}:
        return text_column([as_text(value) for value in values]), assembly.CLOCK
    note = _MIXED if len(kinds) > 1 else f"of the type {kinds.pop().__name__}, given as text"
    texts = [as_text(value) for value in values]
    return pd.Series([text or None for text in texts], dtype=object), note


def _numbers(values: Sequence[object], *, decimal: bool) -> tuple[pd.Series, str | None]:
    import pandas as pd

    numbers = [float(v) if isinstance(v, int | float | Decimal) else None for v in values]
    if any(isinstance(value, int) and abs(value) > 2**53 for value in values):
        return text_column([as_text(value) for value in values]), assembly.WHOLE_TEXT
    note = None
    if decimal and any(isinstance(v, Decimal) and Decimal(repr(float(v))) != v for v in values):
        note = assembly.DECIMAL
    return pd.Series(numbers, dtype="float64"), note


def _moments(values: Sequence[object]) -> tuple[pd.Series, str | None]:
    import numpy as np

    zoned = [value for value in values if isinstance(value, dt.datetime) and value.tzinfo]
    plain: list[object] = []
    for value in values:
        if isinstance(value, dt.datetime) and value.tzinfo:
            plain.append(value.astimezone(dt.UTC).replace(tzinfo=None))
        else:
            plain.append(value)
    moments = np.array([np.datetime64("NaT", "us") if value is None
                        else np.datetime64(value, "us") for value in plain],  # type: ignore[call-overload]
                       dtype="datetime64[us]")  # fmt: skip
    made, note = to_datetime(moments)
    return made, assembly.ZONE if zoned else note


def as_text(value: object) -> str | None:
    """A value as text: whole numbers without ".0", dates in ISO 8601, structures as JSON."""
    if value is None:
        return None
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time() and not value.tzinfo
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return clock(value // dt.timedelta(microseconds=1))
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, default=str, ensure_ascii=False)
    if isinstance(value, Decimal | UUID | int):
        return str(value)
    return str(value)
