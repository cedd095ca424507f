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
            of the time point), ``lesion``, ``group``, ``node``, ``placed`` (bool: whether it is
            known to be a node or not), ``size`` in nm (-1: none),
            ``long``: the long axis where it was measured too, else the size;
            ``state``, ``clash`` (bool: the time point has another result of this lesion), ``at``:
            position of the time point in ``visits``.
        sums: recorded sums of diameters: the same columns, ``size`` alone is filled.
        visits: index from 0; USUBJID, EVAL, EVALID, ``visit``, ``name``, ``number``, ``first``
            and ``last`` day of its results (datetime64).
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
    frame = frame[frame["USUBJID"].notna()]
    sums = frame[(frame["axis"] == Axis.SUM) & (frame["size"] >= 0)]
    if "LNKID" in lesions.frame.columns:
        frame = frame[(frame["lesion"] != "") & (frame["axis"] != Axis.SUM)]
    found = _groups(cohort, lesions, frame)
    frame["group"] = found
    nodes = _nodes(cohort, frame)
    frame["placed"] = nodes.notna()
    frame["node"] = frame["placed"] & nodes.astype(bool)
    ungrouped = int(frame["group"].isna().sum())
    frame = _one_a_lesion(frame[frame["group"].notna()])
    frame = pd.concat([frame, _new_tumours(cohort, frame)])
    visits, at = _visits(frame, sums)
    frame, sums = frame.assign(at=at[: len(frame)]), sums.assign(at=at[len(frame) :])
    return Readings(frame=frame, sums=sums, visits=visits, ungrouped=ungrouped)


def upper(frame: pd.DataFrame, column: str) -> pd.Series[str]:
    """A text column in capitals, "" where nothing is given or the column is absent."""
    if column not in frame.columns:
        return pd.Series("", index=frame.index, dtype=object)
    code, words = pd.factorize(frame[column])  # a few words, many rows
    plain = np.array([*(str(word).strip().upper() for word in words), ""], dtype=object)
    return pd.Series(plain[code], index=frame.index)


def visit_keys(frame: pd.DataFrame) -> pd.Series[str]:
    """What tells time points apart: the visit number, else the visit, else the date."""
    key = pd.Series("", index=frame.index, dtype=object)
    numbered = "VISITNUM" in frame.columns and frame["VISITNUM"].notna().all()
    if "ADT" in frame.columns and not numbered:
        key = frame["ADT"].dt.strftime("%Y-%m-%d").fillna("").astype(object)
    if "VISIT" in frame.columns:
        names = upper(frame, "VISIT")
        key = names.where(names != "", key)
    if "VISITNUM" in frame.columns:
        code, numbers = pd.factorize(frame["VISITNUM"])
        written = np.array([*(f"#{number:g}" for number in numbers), ""], dtype=object)
        key = pd.Series(np.where(code < 0, key, written[code]), index=frame.index, dtype=object)
    return key.astype(object)


def group_words(words: pd.Series[str]) -> pd.Series[str]:
    """The group (target, non-target, new) in these words, None where they say none."""
    return _mapped(words, group)


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
        groups = groups.where(groups.notna(), identified_as(frame, tumours, said))
    return groups.where(groups.notna(), _mapped(frame["lesion"], group))


def _nodes(cohort: Cohort, frame: pd.DataFrame) -> pd.Series:
    """Which lesions are nodes: by their location; without one, a short axis alone tells.

    None where neither does.
    """
    long = frame["axis"].isin([Axis.LONG, Axis.DIAMETER])
    short = frame["axis"] == Axis.SHORT
    lesion = _codes(frame, [*WHO, "lesion"])
    found = pd.Series(None, index=frame.index, dtype=object)
    found[_any(short, lesion) & ~_any(long, lesion)] = True
    for name in ("lesions", "tumours"):
        if cohort.has(name, "USUBJID", "LNKID", "LOC"):
            table = cohort.tables[name].frame
            places = upper(table, "LOC")
            known = _mapped(places, is_node).where(places != "")
            said = identified_as(frame, table, known)
            found = said.where(said.notna(), found)
    return found


def identified_as(frame: pd.DataFrame, tumours: pd.DataFrame, value: pd.Series) -> pd.Series:
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
    lesion = _codes(frame, [*WHO, "lesion"])
    short = _any(frame["axis"] == Axis.SHORT, lesion)
    axis_of = frame["axis"].to_numpy()
    wanted = np.where(frame["node"].to_numpy(dtype=bool) & short, Axis.SHORT, Axis.LONG)
    counts = (axis_of == wanted) | (axis_of == Axis.DIAMETER)
    # Words may stand in any row: a size of the wrong axis is dropped, its words are kept.
    size = frame["size"].where(counts & (frame["size"] >= 0))
    long = frame["size"].where((axis_of == Axis.LONG) & (frame["size"] >= 0))
    frame = frame.assign(size=size, cell=_codes(frame, [*WHO, "visit", "lesion"]))
    frame["long"] = long.groupby(frame["cell"]).transform("max")
    frame = frame[counts | frame["state"].notna() | (axis_of == Axis.STATE)]
    order = np.lexsort((frame["seq"].fillna(-np.inf), frame["cell"]))
    frame = frame.iloc[order]
    by = frame.groupby("cell", sort=False)
    sizes = by["size"]
    frame = frame.assign(
        clash=(sizes.transform("min") < sizes.transform("max")),
        sized=frame["size"].notna(),
        size=sizes.transform("last").fillna(-1).astype(np.int64),
        state=by["state"].transform("last"),
    )
    frame["long"] = frame["long"].fillna(frame["size"].clip(lower=0))
    first = np.lexsort((~frame["sized"], frame["cell"]))
    frame = frame.iloc[first].drop_duplicates("cell").sort_index()
    return frame.drop(columns=["cell", "sized", "axis", "seq"])


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
        group=Group.NEW,
        node=False,
        placed=True,
        size=-1,
        long=0,
        state=State.PRESENT,
        clash=False,
    )
    rows.index = pd.Index(-1 - np.arange(len(rows)))
    return rows[list(frame.columns)]


def _visits(frame: pd.DataFrame, sums: pd.DataFrame) -> tuple[pd.DataFrame, npt.NDArray[np.int64]]:
    """Time points, and the position of that of every row of frame and sums, one after the other."""
    keys = [*WHO, "visit"]
    columns = [*keys, "name", "number", "first", "last"]
    everything = pd.concat([frame[columns], sums[columns]])
    at = _codes(everything, keys)
    by = everything.groupby(at, sort=True)
    points = by.agg(
        **{key: (key, "first") for key in keys},
        name=("name", "first"),
        number=("number", "min"),
        first=("first", "min"),
        last=("last", "max"),
    )
    return points, at


def _mapped(words: pd.Series, function: Callable[[str], object]) -> pd.Series:
    """A function of words over a column, called once a word."""
    code, unique = pd.factorize(words)
    found = np.array([*(function(word) for word in unique), None], dtype=object)
    return pd.Series(found[code], index=words.index)


def _codes(frame: pd.DataFrame, columns: list[str]) -> npt.NDArray[np.int64]:
    """Numbers from 0 that tell the combinations of these columns apart."""
    code = np.zeros(len(frame), dtype=np.int64)
    for column in columns:
        one, unique = pd.factorize(frame[column])
        code = pd.factorize(code * (len(unique) + 1) + one + 1)[0].astype(np.int64)
    return code


def _any(mask: pd.Series[bool], code: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether any row of the same code is in the mask."""
    there = np.zeros(int(code.max()) + 1 if len(code) else 0, dtype=bool)
    there[code[mask.to_numpy(dtype=bool)]] = True
    return there[code]
