"""R's data frames in .rds, .rda and .RData files: factors, dates, tibbles.

The objects are walked as rdata parses them: nothing is evaluated, and what is no data frame is
named and left out.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.errors import InputError
from auditor.frames.extract import Delivered
from auditor.frames.readers import assembly
from auditor.frames.readers.assembly import Assembly, text_column, truth_column
from auditor.frames.readers.epochs import clock, to_datetime
from auditor.frames.readers.source import Contents, broken, listed, read_all

if TYPE_CHECKING:
    import pandas as pd

_MOST = 4 * 1024**3  # bytes without compression
_NA = -(2**31)  # R's missing integer


def read_r(path: Path, name: str) -> Contents:
    """The data frames in an R file; of a list of them, each under its name.

    Raises:
        InputError: damaged, cut off, too large, or without a data frame.
    """
    data = _unpacked(path)
    tables, others = [], []
    try:
        for title, value in _objects(data, path.stem):
            if "data.frame" in _classes(value):
                tables.append(_table(value, title, path, name))
            else:
                others.append(title)
    except InputError:
        raise
    except Exception as problem:  # noqa: BLE001  the parser raises whatever it stumbles over
        raise broken(path, "R file", type(problem).__name__) from None
    if not tables:
        raise InputError("the R file holds no data frame", source=str(path))
    notes = (f"no data frames, not read: {listed(others)}",) if others else ()
    return Contents(tuple(tables), notes)


def _unpacked(path: Path) -> bytes:
    data = read_all(path)
    openers = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ", lzma.open))
    opener: Any = next((found for start, found in openers if data.startswith(start)), None)
    if opener is None:
        return data
    try:
        with opener(io.BytesIO(data)) as stream:
            plain: bytes = stream.read(_MOST + 1)
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        raise broken(path, "R file", "its compression breaks off") from None
    if len(plain) > _MOST:
        raise InputError(f"the R file unpacks to more than {_MOST:,} bytes", source=str(path))
    return plain


def _objects(data: bytes, stem: str) -> Iterator[tuple[str, Any]]:
    """Names and values: of an .rda file each object, of an .rds file its single one."""
    import rdata

    several = data.startswith(b"RD")
    extension = ".rda" if several else ".rds"
    root = rdata.parser.parse_data(data, expand_altrep=True, extension=extension).object
    values = dict(_pairs(root)) if several else {stem: root}
    for title, value in values.items():
        inner = _attributes(value).get("names") if _kind(value) == "VEC" else None
        if inner is not None and not _classes(value):  # a plain list, no model
            parts = zip(_strings(inner), value.value, strict=True)
            frames = [(part or "", item) for part, item in parts if "data.frame" in _classes(item)]
            if frames:
                yield from frames
                continue
        yield title, value


def _kind(value: Any) -> str:
    return str(value.info.type.name)


def _pairs(node: Any) -> Iterator[tuple[str, Any]]:
    """Tags and values of R's linked lists; a reference stands for what was seen before."""
    while node is not None and _kind(node) == "LIST":
        tag = node.tag
        if tag is not None:
            symbol = tag.referenced_object if _kind(tag) == "REF" else tag
            yield _string(symbol.value) or "", node.value[0]
        node = node.value[1]


def _attributes(value: Any) -> dict[str, Any]:
    return dict(_pairs(value.attributes)) if value.attributes is not None else {}


def _classes(value: Any) -> list[str | None]:
    given = _attributes(value).get("class")
    return _strings(given) if given is not None else []


def _strings(value: Any) -> list[str | None]:
    return [_string(item) for item in value.value]


def _string(item: Any) -> str | None:
    """A string in the encoding that it is marked with; unmarked: UTF-8, else Windows-1252."""
    raw = item.value
    if raw is None:
        return None
    flags = item.info.gp
    if flags & 4:  # marked as Latin-1, which R takes for Windows-1252
        return str(raw.decode("cp1252", "replace"))
    try:
        return str(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return str(raw.decode("cp1252"))


def _table(value: Any, title: str, path: Path, name: str) -> Delivered:
    attributes = _attributes(value)
    names = [text or "" for text in _strings(attributes["names"])] if value.value else []
    rows = _rows(attributes, value)
    made = Assembly()
    labels = {}
    special: dict[str, dict[int, str]] = {}
    codes: dict[str, Mapping[str, str]] = {}
    where = f"data frame {title}"
    for column, item in zip(names, value.value, strict=True):
        own = _attributes(item)
        if len(item.value) != rows:
            raise InputError(
                f"column {column} is a table or does not have {rows} values",
                source=str(path), where=where,
                hint="Unnest it in R first.",
            )  # fmt: skip
        series, note = _column(item, own)
        if tags := _tags(item):
            special[column] = tags
        if "labels" in own and "names" in _attributes(own["labels"]):
            codes[column] = _value_labels(own["labels"])
            made.add(column, series, note, "codes are kept, they have labels")
        else:
            made.add(column, series, note)
        if "label" in own and _kind(own["label"]) == "STR":
            labels[column] = _strings(own["label"])[0] or ""
    frame = made.frame(rows, str(path), where)
    notes = made.notes
    rownames = attributes.get("row.names")
    if rownames is not None and _kind(rownames) == "STR":
        notes = (*notes, "the names of rows are not taken; make them a column if they matter")
    return Delivered(title, name, "r", frame, notes, labels, special, codes)


def _rows(attributes: dict[str, Any], value: Any) -> int:
    given = attributes.get("row.names")
    if given is None:
        return len(value.value[0].value) if value.value else 0
    items = given.value
    if _kind(given) == "INT" and len(items) == 2 and _missing_int(items[0]):
        return abs(int(items[1]))  # R's short form of 1..n
    return len(items)


def _missing_int(item: Any) -> bool:
    import numpy as np

    return item is np.ma.masked or int(item) == _NA


def _column(item: Any, attributes: dict[str, Any]) -> tuple[pd.Series, str | None]:
    import numpy as np
    import pandas as pd

    kind, classes = _kind(item), _classes(item)
    if kind == "STR":
        return text_column(_strings(item)), None
    if kind == "LGL":
        flags = np.ma.asarray(item.value)
        hidden = np.ma.getmaskarray(flags) | (flags.data == _NA)
        pairs = zip(flags.data, hidden, strict=True)
        return truth_column([None if gone else bool(flag) for flag, gone in pairs]), None
    if kind not in ("INT", "REAL"):
        return text_column([None] * len(item.value)), f"of R's type {kind}, not read"
    if kind == "INT":
        whole = np.ma.asarray(item.value)
        hidden = np.ma.getmaskarray(whole) | (whole.data == _NA)
        numbers = np.where(hidden, np.nan, whole.data.astype("float64"))
    else:
        if "integer64" in classes:
            return _integer64(np.asarray(item.value))
        numbers = np.asarray(item.value, dtype="float64")
    if "factor" in classes:
        levels = _strings(attributes["levels"])
        picked = [None if np.isnan(n) else levels[int(n) - 1] for n in numbers]
        return text_column(picked), None
    if "Date" in classes:
        return _since_1970(numbers, 86_400_000_000)
    if "POSIXct" in classes:
        series, note = _since_1970(numbers, 1_000_000)
        zone = attributes.get("tzone")
        return _local(series, note, (_strings(zone)[0] if zone is not None else None) or "")
    if "hms" in classes or "difftime" in classes:
        unit = _strings(attributes["units"])[0] if "units" in attributes else None
        if "hms" in classes and unit == "secs":
            texts = [None if np.isnan(n) else clock(round(n * 1e6)) for n in numbers]
            return text_column(texts), assembly.CLOCK
        return pd.Series(numbers), f"time differences in {unit}, given as numbers"
    return pd.Series(numbers), None


def _since_1970(numbers: Any, micro: int) -> tuple[pd.Series, str | None]:
    import numpy as np
    import pandas as pd

    present = np.isfinite(numbers)
    if np.any(np.abs(numbers[present]) > 2**62 / micro):
        return pd.Series(numbers), "its numbers are too large for dates, kept as numbers"
    filled = np.where(present, numbers, 0)
    steps = np.rint((np.floor(filled) if micro > 1_000_000 else filled) * micro).astype("int64")
    moments = np.datetime64("1970-01-01", "us") + steps.astype("timedelta64[us]")
    moments[~present] = np.datetime64("NaT", "us")
    return to_datetime(moments)


def _local(series: pd.Series, note: str | None, zone: str) -> tuple[pd.Series, str | None]:
    """Moments as the clock showed them in their zone: a date must not move to the day before."""
    if zone.upper() in ("UTC", "GMT") or series.dtype == object:
        return series, note
    if zone:
        try:
            moved = series.dt.tz_localize("UTC").dt.tz_convert(zone).dt.tz_localize(None)
        except (KeyError, ValueError, OSError):
            return series, f"times of the unknown zone {zone}, given in UTC"
        return moved, f"times with a zone, given as local time of {zone} without it"
    return series, "times in the unnamed zone of whoever wrote them, given in UTC"


def _integer64(raw: Any) -> tuple[pd.Series, str | None]:
    import numpy as np

    whole = raw.astype("float64").view("int64")
    missing = np.iinfo("int64").min
    return assembly.whole_column([None if v == missing else int(v) for v in whole])


def _tags(item: Any) -> dict[int, str]:
    """Tagged missing values, as haven brings them from SAS and Stata: the tag is the fifth byte
    of a NaN whose lower half is R's mark of a missing value."""
    import numpy as np

    if _kind(item) != "REAL":
        return {}
    bits = np.asarray(item.value).astype("float64").view("uint64")
    marked = np.isnan(bits.view("float64")) & (bits & 0xFFFFFFFF == 1954)
    tag = (bits >> np.uint64(32)) & np.uint64(0xFF)
    return {int(row): f".{chr(int(tag[row]))}" for row in np.flatnonzero(marked & (tag > 32))}


def _value_labels(given: Any) -> dict[str, str]:
    names = [text or "" for text in _strings(_attributes(given)["names"])]
    if _kind(given) == "STR":
        codes = [text or "" for text in _strings(given)]
    else:
        codes = [f"{float(code):g}" for code in given.value]
    return dict(zip(codes, names, strict=True))
