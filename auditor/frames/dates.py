"""Dates as extracts have them: complete, partial, imputed, or numbers of days.

A partial date ("2020-03") has no day of its own but a first and a last day that it can mean;
comparisons that hold for both are safe, and nothing has to be imputed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Days = npt.NDArray[np.datetime64]

ORDERS = ("dmy", "mdy", "ymd", "sas", "excel")
"""What a study can say of a date column: order of its parts, or what its numbers count."""

# datetime64[ns] reaches from 1677-09-21 to 2262-04-11; whole years within are kept.
FIRST_YEAR, LAST_YEAR = 1678, 2261
_OUTSIDE = f"outside the years {FIRST_YEAR} to {LAST_YEAR}"
_NUMBER = "a number where a date belongs; the study file can say that it counts days"

_UNKNOWN = r"(?:-|UNK|UN|NK|XX)"
_TIME = r"(?:[T ][\d:.+\-Z]*)?"
_ISO = re.compile(
    rf"(\d{{4}}|-)(?:-(\d{{2}}|{_UNKNOWN})(?:-(\d{{2}}|{_UNKNOWN}))?)?{_TIME}", re.IGNORECASE
)
_PART = r"(\d{1,4}|[A-Z]{3,9}|UN|NK|XX)"
_SPLIT = re.compile(rf"(?:{_PART}[-/. ])?{_PART}[-/. ]{_PART}{_TIME}", re.IGNORECASE)
_DATE9 = re.compile(
    rf"(\d{{1,2}}|UNK?|NK|XX)?[- /]?([A-Z]{{3,9}})[- /]?(\d{{4}}){_TIME}", re.IGNORECASE
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_name) if name}


class UnreadDate(ValueError):
    """A text that is no date; the message says why and does not quote it."""


@dataclass(frozen=True, slots=True)
class Spans:
    """First and last day that each value can mean (``NaT`` where missing or unread).

    ``why`` has, by position, why a value could not be read.
    """

    earliest: Days
    latest: Days
    why: dict[int, str]


def span(text: str, order: str | None = None) -> tuple[date, date]:
    """The first and the last day that a text can mean.

    Args:
        text: ISO 8601 complete ("2020-03-14", with or without time) or partial ("2020-03",
            "2020", "2020---15", "2020-03-UN"); a month by its English name ("14MAR2020",
            "UN-MAR-2020"); or numbers in ``order``.
        order: "dmy", "mdy" or "ymd" where the study declares it.

    Raises:
        UnreadDate: it is none of these, or there is no such day.
    """
    iso = _ISO.fullmatch(text)
    if iso:
        return _between(*(_known(part) for part in iso.groups()))
    if "/" in text and all(_ISO.fullmatch(part) for part in text.split("/")):
        raise UnreadDate("an interval where a date belongs")
    named = _DATE9.fullmatch(text)
    if named and named[2].lower() in _MONTHS:
        return _between(int(named[3]), _MONTHS[named[2].lower()], _known(named[1]))
    if order in ("dmy", "mdy", "ymd"):
        compact = _COMPACT.fullmatch(text) if order == "ymd" else None
        if compact:
            return _between(*(int(part) for part in compact.groups()))
        parts = _SPLIT.fullmatch(text)
        if parts:
            return _ordered(parts.groups(), order)
    if re.fullmatch(rf"\d{{1,4}}[-/. ]\d{{1,2}}[-/. ]\d{{1,4}}{_TIME}", text):
        raise UnreadDate(
            "not ISO 8601; the study file can declare the order of day, month and year"
            if order is None
            else f"not a date in the declared order {order}"
        )
    raise UnreadDate("not a date")


def _ordered(groups: Sequence[str | None], order: str) -> tuple[date, date]:
    """Parts between separators; of two parts, the day is the one that is absent."""
    parts = [part for part in groups if part is not None]
    letters = order if len(parts) == 3 else order.replace("d", "")
    values = dict(zip(letters, parts, strict=True))
    if len(values["y"]) != 4 or not values["y"].isdigit():
        raise UnreadDate("the year does not have four digits, or stands elsewhere")
    month = _MONTHS.get(values["m"].lower()) or _known(values["m"])
    return _between(int(values["y"]), month, _known(values.get("d")))


def _known(part: str | None) -> int | None:
    if part is None or re.fullmatch(_UNKNOWN, part, re.IGNORECASE):
        return None
    if not part.isdigit():
        raise UnreadDate("not a date")
    return int(part)


def _between(year: int | None, month: int | None, day: int | None) -> tuple[date, date]:
    if year is None:
        raise UnreadDate("a date without a year")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadDate(_OUTSIDE)
    if month is not None and not 1 <= month <= 12:
        raise UnreadDate("there is no such month")
    if day is not None and not 1 <= day <= 31:
        raise UnreadDate("there is no such day")
    first, last = month or 1, month or 12
    if day is None:
        return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    try:
        if month is not None:
            return date(year, month, day), date(year, month, day)
        fits = [m for m in range(1, 13) if day <= calendar.monthrange(year, m)[1]]
        return date(year, fits[0], day), date(year, fits[-1], day)
    except ValueError:
        raise UnreadDate("there is no such day") from None


def spans_of_values(values: Sequence[Any], order: str | None = None) -> Spans:
    """Spans of (distinct) values that are text, dates, or numbers; None is missing."""
    import numpy as np
    import pandas as pd

    size = len(values)
    earliest = np.full(size, "NaT", dtype="datetime64[D]")
    latest = earliest.copy()
    why: dict[int, str] = {}
    texts = pd.Series([v if isinstance(v, str) else None for v in values], dtype=object)
    # Complete ISO dates are nearly all there is: these are read at once.
    plain = texts.str.fullmatch(rf"\d{{4}}-\d{{2}}-\d{{2}}{_TIME}", na=False).astype(bool)
    quick = pd.to_datetime(
        texts[plain].str.slice(0, 10), format="%Y-%m-%d", errors="coerce"
    ).dropna()
    quick = quick[quick.dt.year.between(FIRST_YEAR, LAST_YEAR)]
    at = quick.index.to_numpy()
    earliest[at] = latest[at] = quick.to_numpy().astype("datetime64[D]")
    done = np.zeros(size, dtype=bool)
    done[at] = True
    for position in np.flatnonzero(~done).tolist():
        value = values[position]
        if value is None:
            continue
        try:
            first, last = _span_of(value, order)
        except UnreadDate as error:
            why[position] = str(error)
        else:
            earliest[position], latest[position] = np.datetime64(first), np.datetime64(last)
    return Spans(earliest, latest, why)


def _span_of(value: Any, order: str | None) -> tuple[date, date]:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _between(value.year, value.month, value.day)
    if isinstance(value, str):
        if order in ("sas", "excel") and re.fullmatch(r"-?\d+(\.\d+)?", value):
            value = float(value)
        else:
            return span(value, order)
    found = spans_of_numbers([float(value)], order)
    if found.why:
        raise UnreadDate(found.why[0])
    first, last = found.earliest[0].item(), found.latest[0].item()
    return first, last


def spans_of_numbers(values: Any, order: str | None = None) -> Spans:
    """Spans of numbers.

    Args:
        values: float array; NaN is missing.
        order: "sas": days since 1960-01-01; "excel": serials, of which those before 1900-03-01
            are not read, since Excel counts a day there that never was; "ymd": 20200314.
            None: four digits are a year, as in ISO 8601, and nothing else is read.
    """
    import numpy as np

    numbers = np.asarray(values, dtype="float64")
    given = ~np.isnan(numbers)
    earliest = np.full(numbers.shape, "NaT", dtype="datetime64[D]")
    if order not in ("sas", "excel"):
        return _years_or_digits(numbers, given, order)
    if order == "excel":
        origin, low = np.datetime64("1899-12-30"), 61.0
        whole = np.floor(np.where(given, numbers, 0))
    else:
        origin, low = np.datetime64("1960-01-01"), -150_000.0
        whole = np.where(given, numbers, 0)
    right = given & (whole >= low) & (whole <= 150_000) & (whole == np.floor(whole))
    earliest[right] = origin + whole[right].astype("timedelta64[D]")
    year = earliest.astype("datetime64[Y]").astype("int64") + 1970
    outside = right & ((year < FIRST_YEAR) | (year > LAST_YEAR))
    earliest[outside] = np.datetime64("NaT", "D")
    latest = earliest.copy()
    bad = np.flatnonzero(given & np.isnat(earliest))
    return Spans(earliest, latest, dict.fromkeys(bad.tolist(), "not a number of days"))


def _years_or_digits(numbers: Any, given: Any, order: str | None) -> Spans:
    import numpy as np

    distinct, inverse = np.unique(numbers[given], return_inverse=True)
    first = np.full(distinct.shape, "NaT", dtype="datetime64[D]")
    last = first.copy()
    whys: dict[int, str] = {}
    for position, number in enumerate(distinct.tolist()):
        text = str(int(number)) if np.isfinite(number) and number == int(number) else ""
        digits = order == "ymd" and len(text) == 8
        if not digits and not (len(text) == 4 and 1850 <= int(text) <= 2150):
            whys[position] = _NUMBER
            continue
        try:
            first[position], last[position] = (np.datetime64(day) for day in span(text, order))
        except UnreadDate as error:
            whys[position] = str(error)
    earliest = np.full(numbers.shape, "NaT", dtype="datetime64[D]")
    latest = earliest.copy()
    earliest[given], latest[given] = first[inverse], last[inverse]
    at = np.flatnonzero(given)
    bad = np.flatnonzero(np.isin(inverse, list(whys))).tolist() if whys else []
    return Spans(earliest, latest, {int(at[k]): whys[int(inverse[k])] for k in bad})


def widen(spans: Spans, flags: Sequence[str | None] | Any) -> Spans:
    """Spans of imputed dates, by ADaM's date imputation flags (ADaMIG, *DTF).

    D: the day was imputed, so the date can be any of its month. M: month and day were, any of
    its year. Y: the year was as well, so nothing is known: both ends are missing.
    """
    import numpy as np

    letters = np.asarray(flags, dtype=object)
    earliest, latest = spans.earliest.copy(), spans.latest.copy()
    for letter, unit in (("D", "M"), ("M", "Y")):
        rows = (letters == letter) & ~np.isnat(earliest)
        earliest[rows] = earliest[rows].astype(f"datetime64[{unit}]").astype("datetime64[D]")
        after = latest[rows].astype(f"datetime64[{unit}]") + 1
        latest[rows] = after.astype("datetime64[D]") - 1
    gone = letters == "Y"
    earliest[gone] = latest[gone] = np.datetime64("NaT", "D")
    return Spans(earliest, latest, spans.why)
