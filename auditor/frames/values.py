"""The values of one delivered column, read as what the standard column holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from auditor.frames.dates import Spans, spans_of_numbers, spans_of_values
from auditor.frames.standard import Kind

if TYPE_CHECKING:
    import pandas as pd

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """A column as read.

    Attributes:
        series: under the index of the delivered column: ``str`` or None, ``float64`` or
            ``datetime64[ns]``.
        why: position -> why its value could not be read; it is missing in ``series``.
        notes: what was done to values, such as blanks removed.
        spans: of dates.
    """

    series: pd.Series
    why: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    spans: Spans | None = None


# Pairs of words that can mean nothing else; 1 and 0 could, and are left to the study's codes.
_FLAGS = tuple(
    {spell(yes): "Y", spell(no): "N"}
    for yes, no in (("yes", "no"), ("true", "false"), ("y", "n"))
    for spell in (str.lower, str.upper, str.capitalize)
    if spell(yes) != "Y"
)


def _flag_words(texts: Iterable[Any]) -> dict[str, str]:
    """The pair of words that a whole column uses; a mixed column has none, and is a defect."""
    used = {text for text in texts if text is not None}
    return next((pair for pair in _FLAGS if used and used <= set(pair)), {})


def read_values(
    series: pd.Series,
    kind: Kind,
    codes: Mapping[str, str] | None = None,
    order: str | None = None,
    source: str = "the codes of the study",
) -> Values:
    """Read a delivered column.

    Args:
        series: as delivered.
        kind: what it is to hold.
        codes: delivered code -> standard value, "" for missing. A code is compared without
            blanks around it, a whole number without decimals.
        order: of dates (see ``auditor.frames.dates``).
        source: where the codes come from, for the note that says that they were used.
    """
    import pandas as pd

    if not codes and kind in (Kind.NUMBER, Kind.DATE):
        if pd.api.types.is_bool_dtype(series.dtype):
            return _all_unread(series, kind, "true or false is no " + kind.value)
        if pd.api.types.is_numeric_dtype(series.dtype):
            return _numbers(series, kind, order)
        if isinstance(series.dtype, pd.DatetimeTZDtype) or series.dtype.kind == "M":
            return _instants(series, kind)
    return _objects(series, kind, dict(codes or {}), order, source)


_GRADE = re.compile(r"(?:CTC(?:AE)?\s*)?G(?:R(?:ADE)?)?\.?\s*([0-5])", re.IGNORECASE)


def grades_in_words(series: pd.Series) -> dict[str, str]:
    """Grades that are written with a word, "GRADE 3" or "G3", and the numbers that they are."""
    if series.dtype.kind in "iufbM":
        return {}
    texts = {as_text(value).strip() for value in series.dropna().unique()}
    return {text: found[1] for text in sorted(texts) if (found := _GRADE.fullmatch(text))}


def as_text(value: Any) -> str:
    """A value as text: a whole number without decimals, a midnight without its time.

    A missing value has none.
    """
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, (float, Decimal)) and isfinite(value) and value == int(value):
        return str(int(value))
    return str(value).removesuffix(" 00:00:00")


def _numbers(series: pd.Series, kind: Kind, order: str | None) -> Values:
    import numpy as np
    import pandas as pd

    numbers = series.to_numpy(dtype="float64", na_value=np.nan)
    infinite = np.flatnonzero(np.isinf(numbers))
    if kind is Kind.NUMBER:
        if len(infinite):
            numbers = np.where(np.isinf(numbers), np.nan, numbers)
        why = dict.fromkeys(infinite.tolist(), "not a finite number")
        return Values(pd.Series(numbers, index=series.index), why)
    spans = spans_of_numbers(numbers, order)
    notes = (f"numbers are read as {_NUMERAL[order]}",) if len(numbers) > len(spans.why) else ()
    return _dates(series.index, spans, notes)


_NUMERAL = {
    "sas": "days since 1960-01-01",
    "excel": "serial dates of Excel",
    "ymd": "digits of year, month and day",
    "dmy": "years",
    "mdy": "years",
    None: "years",
}


def _instants(series: pd.Series, kind: Kind) -> Values:
    import numpy as np

    from auditor.frames.dates import FIRST_YEAR, LAST_YEAR

    if kind is Kind.NUMBER:
        return _all_unread(series, kind, "a date where a number belongs")
    plain = series.dt.tz_localize(None) if series.dt.tz is not None else series
    days = plain.to_numpy().astype("datetime64[D]")
    year = days.astype("datetime64[Y]").astype("int64") + 1970
    given = ~np.isnat(days)
    bad = np.flatnonzero(given & ((year < FIRST_YEAR) | (year > LAST_YEAR)))
    days[bad] = np.datetime64("NaT", "D")
    why = dict.fromkeys(bad.tolist(), f"outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return _dates(series.index, Spans(days, days.copy(), why), ())


def _all_unread(series: pd.Series, kind: Kind, why: str) -> Values:
    import numpy as np
    import pandas as pd

    at = np.flatnonzero(series.notna().to_numpy())
    whys = dict.fromkeys(at.tolist(), why)
    if kind is Kind.DATE:
        empty = np.full(len(series), "NaT", dtype="datetime64[D]")
        return _dates(series.index, Spans(empty, empty.copy(), whys), ())
    return Values(pd.Series(np.nan, index=series.index, dtype="float64"), whys)


def _objects(
    series: pd.Series, kind: Kind, codes: dict[str, str], order: str | None, source: str
) -> Values:
    """Distinct values are read once, and what they gave is spread over the rows."""
    import numpy as np
    import pandas as pd

    inverse, distinct = pd.factorize(series.astype(object), use_na_sentinel=True)
    counts = np.bincount(inverse[inverse >= 0], minlength=len(distinct))
    trimmed = mapped = 0
    values: list[Any] = []
    for value, count in zip(distinct, counts.tolist(), strict=True):
        kept = value
        if isinstance(value, str):
            kept = value.strip() or None
            trimmed += count if kept is not None and kept != value else 0
        if codes and kept is not None:
            text = as_text(kept)
            if text in codes:
                kept = codes[text] or None
                mapped += count
        values.append(kept)
    notes = [f"values from which blanks around them were removed: {trimmed}"] if trimmed else []
    if any(isinstance(value, bool) for value in values):
        notes.append("true and false are read as Y and N")
    if codes:
        notes.append(f"values translated by {source}: {mapped}")
    why: dict[int, str] = {}
    if kind is Kind.DATE:
        found = spans_of_values(values, order)
        earliest = np.append(found.earliest, np.datetime64("NaT", "D"))[inverse]
        latest = np.append(found.latest, np.datetime64("NaT", "D"))[inverse]
        return _dates(
            series.index, Spans(earliest, latest, _spread(found.why, inverse)), tuple(notes)
        )
    if kind is Kind.NUMBER:
        numbers = np.array([*(_number(v, k, why) for k, v in enumerate(values)), np.nan])
        spread = pd.Series(numbers[inverse], index=series.index, dtype="float64")
        return Values(spread, _spread(why, inverse), tuple(notes))
    texts = np.empty(len(values) + 1, dtype=object)
    words = _flag_words(values) if kind is Kind.FLAG else {}
    if words:
        notes.append(f"{' and '.join(words)} are read as Y and N")
    for position, value in enumerate(values):
        texts[position] = None if value is None else as_text(value)
        texts[position] = words.get(texts[position], texts[position])
        if kind is Kind.FLAG and texts[position] not in (None, "Y", "N"):
            why[position], texts[position] = "neither Y nor N", None
    spread = pd.Series(texts[inverse], index=series.index, dtype=object)
    return Values(spread, _spread(why, inverse), tuple(notes))


def _number(value: Any, position: int, why: dict[int, str]) -> float:
    if value is None:
        return float("nan")
    if isinstance(value, str):
        if _NUMBER.fullmatch(value):
            value = float(value)
        else:
            why[position] = "not a number"
            return float("nan")
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        why[position] = "not a number"
        return float("nan")
    number = float(value)
    if not isfinite(number):
        why[position] = "not a finite number"
        return float("nan")
    return number


def _spread(why: Mapping[int, str], inverse: Any) -> dict[int, str]:
    """From positions among the distinct values to positions in the column."""
    import numpy as np

    if not why:
        return {}
    rows = np.flatnonzero(np.isin(inverse, list(why)))
    return {int(row): why[int(inverse[row])] for row in rows}


def _dates(index: pd.Index, spans: Spans, notes: tuple[str, ...]) -> Values:
    import numpy as np
    import pandas as pd

    exact = spans.earliest == spans.latest
    days = np.where(exact, spans.earliest, np.datetime64("NaT", "D")).astype("datetime64[ns]")
    partial = int((~exact & ~np.isnat(spans.earliest)).sum())
    if partial:
        notes = (*notes, f"partial dates: {partial}")
    return Values(pd.Series(days, index=index), spans.why, notes, spans)
