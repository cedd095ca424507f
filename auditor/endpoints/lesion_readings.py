"""Lesion results -> one reading of each lesion at each time point, sizes in exact nanometres.

Sizes are whole nanometres (10**-6 mm), so that sums and the thresholds of RECIST 1.1 are
computed in integers: 0.1 + 0.2 is 0.3, and 30% is 30%.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditor.endpoints.lesion_words import Axis, Group, State, axis, group, is_node, state
from auditor.frames.cohort import Cohort, Table

MM = 1_000_000
"""Nanometres in a millimetre."""

TOO_SMALL = 5 * MM
"""A target lesion too small to measure counts as 5 mm (RECIST 1.1, section 4.3.2)."""

_UNITS = {"": 1, "MM": 1, "MILLIMETER": 1, "MILLIMETRE": 1, "CM": 10}
WHO = ["USUBJID", "EVAL", "EVALID"]


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """What was read of the lesions.

    Attributes:
        frame: index: row of the lesions table (negative: identified in the tumours table as
            new, without a result). Columns USUBJID, EVAL, EVALID ("" where none), ``visit`` (key
            of the time point), ``lesion``, ``group``, ``node`` (bool), ``size`` in nm (-1: none),
            ``long``: the long axis where it was measured too, else the size;
            ``state``, ``clash`` (bool: the time point has another result of this lesion).
        sums: recorded sums of diameters: the same columns, ``size`` alone is filled.
        visits: index (USUBJID, EVAL, EVALID, visit); ``name``, ``number``, ``first``, ``last``
            day of its results (datetime64).
        ungrouped: rows whose lesion is neither target, non-target nor new.
    """

    frame: pd.DataFrame
    sums: pd.DataFrame
    visits: pd.DataFrame
    ungrouped: int


def read_lesions(cohort: Cohort) -> Readings:
    """The readings of a cohort's lesions.

    Raises:
        NotEvaluable: there are no lesions, or neither dates nor visits.
    """
    lesions = cohort.need("lesions", "USUBJID")
    if not lesions.has("VISITNUM") and not lesions.has("VISIT"):
        lesions.need("ADT")
    frame = _plain(lesions)
    frame["axis"] = _mapped(upper(lesions.frame, "TESTCD"), axis)
    frame["size"], frame["state"] = _results(lesions.frame)
    sums = frame[(frame["axis"] == Axis.SUM) & (frame["size"] >= 0)]
    if "LNKID" in lesions.frame.columns:
        frame = frame[(frame["lesion"] != "") & (frame["axis"] != Axis.SUM)]
    found = _groups(cohort, lesions, frame)
    frame["group"] = found
    frame["node"] = _nodes(cohort, frame)
    ungrouped = int(frame["group"].isna().sum())
    frame = _one_a_lesion(frame[frame["group"].notna()])
    frame = pd.concat([frame, _new_tumours(cohort, frame)])
    return Readings(frame=frame, sums=sums, visits=_visits(frame, sums), ungrouped=ungrouped)


def upper(frame: pd.DataFrame, column: str) -> pd.Series[str]:
    """A text column in capitals, "" where nothing is given or the column is absent."""
    if column not in frame.columns:
        return pd.Series("", index=frame.index, dtype=object)
    text = frame[column].astype("string").str.strip().str.upper()
    return text.fillna("").astype(object)


def visit_keys(frame: pd.DataFrame) -> pd.Series[str]:
    """What tells time points apart: the visit number, else the visit, else the date."""
    key = pd.Series("", index=frame.index, dtype=object)
    if "ADT" in frame.columns:
        key = frame["ADT"].dt.strftime("%Y-%m-%d").fillna("").astype(object)
    if "VISIT" in frame.columns:
        names = upper(frame, "VISIT")
        key = names.where(names != "", key)
    if "VISITNUM" in frame.columns:
        number = frame["VISITNUM"]
        key = number.map("#{:g}".format).where(number.notna(), key)
    return key.astype(object)


def _plain(table: Table) -> pd.DataFrame:
    """The columns that readings are made of."""
    frame = table.frame
    columns = {name: upper(frame, name) for name in WHO[1:]}
    dates = frame["ADT"] if "ADT" in frame.columns else pd.Series(pd.NaT, index=frame.index)
    nothing = pd.Series(np.nan, index=frame.index)
    return pd.DataFrame(
        {
            "USUBJID": frame["USUBJID"].astype(object),
            **columns,
            "visit": visit_keys(frame),
            "name": upper(frame, "VISIT"),
            "number": frame["VISITNUM"] if "VISITNUM" in frame.columns else nothing,
            "first": table.earliest.get("ADT", dates),
            "last": table.latest.get("ADT", dates),
            "seq": frame["SEQ"] if "SEQ" in frame.columns else nothing,
            "lesion": upper(frame, "LNKID"),
        }
    )


def _results(frame: pd.DataFrame) -> tuple[npt.NDArray[np.int64], pd.Series[str]]:
    """Sizes in nm (-1 where none) and states (None where none) of result rows."""
    text, collected = upper(frame, "AVALC"), upper(frame, "ORRES")
    text = text.where(text != "", collected)
    unit = upper(frame, "UNIT")
    value = frame["AVAL"] if "AVAL" in frame.columns else pd.Series(np.nan, index=frame.index)
    written = pd.to_numeric(text.where(text != ""), errors="coerce").astype("float64")
    given = value.notna()
    value = value.where(given, written)
    unit = unit.where(unit != "", upper(frame, "ORRESU").where(~given, ""))
    factor = unit.map(_UNITS)
    states = _mapped(text.where(written.isna(), ""), state)
    states = states.where(upper(frame, "STAT") != "NOT DONE", State.UNKNOWN)
    usable = value.notna() & factor.notna() & (value >= 0) & (value < 10**6)
    nm = np.rint(value.where(usable, 0).to_numpy(dtype=float) * MM).astype(np.int64)
    nm *= factor.where(usable, 0).to_numpy(dtype=float).astype(np.int64)
    size = np.where(usable, nm, -1)
    small = ~usable.to_numpy() & (states == State.SMALL).to_numpy()
    return np.where(small, TOO_SMALL, size), states


def _groups(cohort: Cohort, lesions: Table, frame: pd.DataFrame) -> pd.Series[str]:
    """Target, non-target or new: as recorded, as identified, or by the lesion's identifier."""
    groups = _mapped(upper(lesions.frame, "GRPID").loc[frame.index], group)
    if groups.isna().any() and cohort.has("tumours", "USUBJID", "LNKID", "AVALC"):
        tumours = cohort.tables["tumours"].frame
        said = _mapped(upper(tumours, "AVALC"), group)
        groups = groups.where(groups.notna(), _looked_up(frame, tumours, said))
    return groups.where(groups.notna(), _mapped(frame["lesion"], group))


def _nodes(cohort: Cohort, frame: pd.DataFrame) -> pd.Series[bool]:
    """Which lesions are nodes: by their location; without one, a short axis alone tells."""
    long = frame["axis"].isin([Axis.LONG, Axis.DIAMETER])
    short = frame["axis"] == Axis.SHORT
    keys = [frame[name] for name in (*WHO, "lesion")]
    by_axis = short.groupby(keys).transform("any") & ~long.groupby(keys).transform("any")
    if not cohort.has("tumours", "USUBJID", "LNKID", "LOC"):
        return by_axis
    tumours = cohort.tables["tumours"].frame
    places = upper(tumours, "LOC")
    known = _mapped(places, is_node).where(places != "")
    found = _looked_up(frame, tumours, known)
    return found.where(found.notna(), by_axis).astype(bool)


def _looked_up(frame: pd.DataFrame, tumours: pd.DataFrame, value: pd.Series) -> pd.Series:
    """What the tumours table says of a lesion: by the same evaluator, else by anybody."""
    table = pd.DataFrame(
        {
            "USUBJID": tumours["USUBJID"].astype(object),
            **{name: upper(tumours, name) for name in WHO[1:]},
            "lesion": upper(tumours, "LNKID"),
            "value": value,
        }
    )
    table = table[table["value"].notna()]
    result = pd.Series(None, index=frame.index, dtype=object)
    for keys in ([*WHO, "lesion"], ["USUBJID", "lesion"]):
        unique = table.drop_duplicates(keys).set_index(keys)["value"]
        wanted = pd.MultiIndex.from_frame(frame[keys])
        found = pd.Series(unique.reindex(wanted).to_numpy(), index=frame.index, dtype=object)
        result = result.where(result.notna(), found)
    return result


def _one_a_lesion(frame: pd.DataFrame) -> pd.DataFrame:
    """One row for each lesion at each time point: the axis that counts, else the state."""
    lesion = [frame[name] for name in (*WHO, "lesion")]
    short = (frame["axis"] == Axis.SHORT).groupby(lesion).transform("any")
    wanted = pd.Series(Axis.LONG, index=frame.index, dtype=object)
    wanted = wanted.where(~(frame["node"] & short), Axis.SHORT)
    measures = frame["axis"].isin([Axis.LONG, Axis.SHORT, Axis.DIAMETER])
    counts = measures & ((frame["axis"] == wanted) | (frame["axis"] == Axis.DIAMETER))
    # Words may stand in any row: a size of the wrong axis is dropped, its words are kept.
    long = frame["size"].where(frame["axis"] == Axis.LONG)
    long = long.groupby([frame[name] for name in (*WHO, "visit", "lesion")]).transform("max")
    frame = frame.assign(size=frame["size"].where(counts, -1), counts=counts, long=long)
    frame = frame[counts | frame["state"].notna() | (frame["axis"] == Axis.STATE)]
    keys = [*WHO, "visit", "lesion"]
    frame = frame.sort_values([*keys, "seq"], kind="stable", na_position="first")
    by = [frame[name] for name in keys]
    sized = frame["size"].where(frame["size"] >= 0)
    clash = sized.groupby(by).transform("min") != sized.groupby(by).transform("max")
    clash &= sized.groupby(by).transform("count") > 1
    frame = frame.assign(
        clash=clash,
        size=sized.groupby(by).transform("last").fillna(-1).astype(np.int64),
        long=frame["long"].fillna(sized).fillna(0),
        state=frame["state"].groupby(by).transform("last"),
        rank=np.where(frame["size"] >= 0, 0, 1),
    )
    frame = frame.sort_values([*keys, "rank"], kind="stable")
    return frame.drop_duplicates(keys).sort_index().drop(columns=["rank", "counts", "axis", "seq"])


def _new_tumours(cohort: Cohort, frame: pd.DataFrame) -> pd.DataFrame:
    """Lesions that the tumours table identifies as new and that have no result at that visit."""
    empty = frame.iloc[:0]
    if not cohort.has("tumours", "USUBJID", "AVALC"):
        return empty
    tumours = cohort.tables["tumours"]
    if not any(tumours.has(name) for name in ("VISITNUM", "VISIT", "ADT")):
        return empty
    rows = _plain(tumours)
    tests = upper(tumours.frame, "TESTCD")
    rows = rows[
        (_mapped(upper(tumours.frame, "AVALC"), group) == Group.NEW) & tests.isin(["", "TUMIDENT"])
    ]
    if rows.empty:
        return empty
    keys = [*WHO, "visit", "lesion"]
    known = pd.MultiIndex.from_frame(frame[keys])
    rows = rows[~pd.MultiIndex.from_frame(rows[keys]).isin(known)].drop_duplicates(keys)
    rows = rows.assign(
        group=Group.NEW, node=False, size=-1, long=0, state=State.PRESENT, clash=False
    )
    rows.index = pd.Index(-1 - np.arange(len(rows)))
    return rows[list(frame.columns)]


def _visits(frame: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    keys = [*WHO, "visit"]
    columns = [*keys, "name", "number", "first", "last"]
    everything = pd.concat([frame[columns], sums[columns]])
    return everything.groupby(keys, sort=True).agg(
        name=("name", "first"),
        number=("number", "min"),
        first=("first", "min"),
        last=("last", "max"),
    )


def _mapped(words: pd.Series, function: Callable[[str], object]) -> pd.Series:
    """A function of words over a column, called once a word."""
    table = {word: function(word) for word in words.unique()}
    return words.map(table).astype(object)
