"""Dates that statistical packages store as numbers, by the display format of their column.

SAS counts days, or seconds, from 1960-01-01; Stata days, or milliseconds, from there; SPSS
seconds from 1582-10-14 (SAS 9.4 Formats and Informats; Stata [D] Datetime; IBM SPSS Statistics
Command Syntax Reference, "Date and Time").
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


class Unit(Enum):
    """What the numbers of a column count: (origin, microseconds of one)."""

    SAS_DAY = ("1960-01-01", 86_400_000_000)
    SAS_SECOND = ("1960-01-01", 1_000_000)
    STATA_MILLISECOND = ("1960-01-01", 1_000)
    STATA_MONTH = ("1960-01", 0)
    SPSS_SECOND = ("1582-10-14", 1_000_000)
    SECOND_OF_DAY = ("", 1_000_000)


_SAS_DATE = (
    "DATE DAY DDMMYY DDMMYYB DDMMYYC DDMMYYD DDMMYYN DDMMYYP DDMMYYS DOWNAME E8601DA B8601DA "
    "IS8601DA JULDAY JULIAN MMDDYY MMDDYYB MMDDYYC MMDDYYD MMDDYYN MMDDYYP MMDDYYS MMYY MMYYC "
    "MMYYD MMYYN MMYYP MMYYS MONNAME MONTH MONYY NLDATE QTR QTRR WEEKDATE WEEKDATX WEEKDAY "
    "WORDDATE WORDDATX YEAR YYMM YYMMC YYMMD YYMMN YYMMP YYMMS YYMMDD YYMMDDB YYMMDDC YYMMDDD "
    "YYMMDDN YYMMDDP YYMMDDS YYMON YYQ YYQC YYQD YYQN YYQP YYQS YYQR"
)
_SAS_DATETIME = (
    "DATETIME DATEAMPM DTDATE DTMONYY DTWKDATX DTYEAR DTYYQC E8601DN E8601DT E8601DX E8601DZ "
    "E8601LX B8601DN B8601DT B8601DX B8601DZ B8601LX IS8601DT IS8601DN MDYAMPM NLDATM"
)
_SAS_TIME = (
    "TIME TIMEAMPM TOD HHMM HOUR MMSS E8601TM E8601TX E8601TZ E8601LZ B8601TM B8601TX B8601TZ "
    "IS8601TM NLTIME NLTIMAP"
)
_SPSS_DATE = "DATE ADATE EDATE SDATE JDATE QYR MOYR WKYR DATETIME YMDHMS"
_SPSS_TIME = "TIME DTIME MTIME"
_WIDTH = re.compile(r"[0-9]*(\.[0-9]*)?$")
_DAY = 86_400_000_000
_LAST = 2**62  # microseconds, well within 64 bits


def _named(formats: str, unit: Unit) -> dict[str, Unit]:
    return dict.fromkeys(formats.split(), unit)


_SAS = {
    **_named(_SAS_DATE, Unit.SAS_DAY),
    **_named(_SAS_DATETIME, Unit.SAS_SECOND),
    **_named(_SAS_TIME, Unit.SECOND_OF_DAY),
}
_SPSS = {**_named(_SPSS_DATE, Unit.SPSS_SECOND), **_named(_SPSS_TIME, Unit.SECOND_OF_DAY)}


def sas_unit(form: str | None) -> Unit | None:
    """What a SAS format such as ``DATE9.`` says that numbers count; None: plain numbers."""
    return _SAS.get(_WIDTH.sub("", (form or "").upper()))


def spss_unit(form: str | None) -> Unit | None:
    """The same of an SPSS format such as ``EDATE10``."""
    return _SPSS.get(_WIDTH.sub("", (form or "").upper()))


def stata_unit(form: str | None) -> Unit | None:
    """The same of a Stata format such as ``%td`` or ``%tcDDmonCCYY``."""
    match = re.match(r"%-?(?:t([cCdm])|(d))", form or "")
    if match is None:
        return None
    if match[1] in ("c", "C"):
        return Unit.STATA_MILLISECOND
    return Unit.STATA_MONTH if match[1] == "m" else Unit.SAS_DAY


def to_time(numbers: NDArray[np.float64], unit: Unit) -> tuple[pd.Series, str | None]:
    """Numbers as ``datetime64[ns]``, or as ISO 8601 text where that type cannot hold them.

    Times of day become text ``10:30:00``, months ``2020-03``. The second value is a note where
    something had to be decided.
    """
    import numpy as np
    import pandas as pd

    present = np.isfinite(numbers)
    if np.any(np.abs(numbers[present]) > _LAST / (unit.value[1] or 31 * _DAY)):
        return pd.Series(numbers), "its numbers are too large for dates, kept as numbers"
    if unit is Unit.STATA_MONTH:
        return _months(numbers, present), "months, given as text of year and month"
    note = None
    if unit is Unit.SAS_DAY:
        whole = np.floor(np.where(present, numbers, 0))
        if np.any(whole[present] != numbers[present]):
            note = "fractions of a day are left out"
        numbers = whole
    micro = np.rint(np.where(present, numbers, 0) * unit.value[1]).astype("int64")
    if unit is Unit.SECOND_OF_DAY:
        return _clock(micro, present), "times of day, given as text"
    moments = np.datetime64(unit.value[0], "us") + micro.astype("timedelta64[us]")
    moments[~present] = np.datetime64("NaT", "us")
    made, out = to_datetime(moments)
    return made, out or note


def to_datetime(moments: NDArray[np.datetime64]) -> tuple[pd.Series, str | None]:
    """Moments of any resolution as ``datetime64[ns]``; ISO 8601 text beyond 1677 to 2262."""
    import numpy as np
    import pandas as pd

    held = moments[~np.isnat(moments)]
    bounds = np.datetime64("1677-09-22", "us"), np.datetime64("2262-04-11", "us")
    coarse = held.astype("datetime64[us]")
    if held.size and (coarse.min() < bounds[0] or coarse.max() > bounds[1]):
        days = moments.astype("datetime64[D]")
        plain = bool(np.all((days == moments) | np.isnat(moments)))
        texts = np.datetime_as_string(moments.astype("datetime64[D]" if plain else "datetime64[s]"))
        made = pd.Series(texts.astype(object), dtype=object)
        made[np.isnat(moments)] = None
        return made, "dates beyond 1677 to 2262, given as text"
    return pd.Series(moments.astype("datetime64[ns]")), None


def _months(numbers: NDArray[np.float64], present: NDArray[np.bool_]) -> pd.Series:
    import numpy as np
    import pandas as pd

    steps = np.where(present, numbers, 0).astype("timedelta64[M]")
    made = pd.Series(np.datetime_as_string(np.datetime64("1960-01", "M") + steps).astype(object))
    made[~present] = None
    return made


def _clock(micro: NDArray[np.int64], present: NDArray[np.bool_]) -> pd.Series:
    import pandas as pd

    texts = [clock(int(value)) if there else None for value, there in zip(micro, present)]  # noqa: B905  of one length
    return pd.Series(texts, dtype=object)


def clock(micro: int) -> str:
    """Microseconds as hours, minutes and seconds; more than 24 hours stay so."""
    sign, micro = ("-", -micro) if micro < 0 else ("", micro)
    seconds, rest = divmod(micro, 1_000_000)
    fraction = f".{rest:06d}".rstrip("0") if rest else ""
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{fraction}"
