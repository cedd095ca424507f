"""Lesions -> response at each time point, by RECIST 1.1.

Reference: Eisenhauer EA et al. Eur J Cancer 2009;45:228-247: sections 4.3 (evaluation of target
and non-target lesions) and 4.4 (response at a time point), Tables 1 and 2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditor.endpoints.lesion_readings import MM, WHO, Readings, read_lesions
from auditor.endpoints.lesion_words import Group, State, is_baseline
from auditor.frames.cohort import Cohort

NODE_LIMIT = 10 * MM
"""A node with a smaller short axis is normal (section 4.3.1)."""

LEAST_INCREASE = 5 * MM
"""PD asks for an absolute increase of at least this (section 4.3.1)."""

KEYS = [*WHO, "visit"]


@dataclass(frozen=True, slots=True, eq=False)
class TimePoints:
    """Responses derived from lesions.

    Attributes:
        frame: one row for each evaluator's time point, in order of time: USUBJID, EVAL, EVALID,
            ``visit``, ``name``, ``number``, ``first``, ``last`` (day); ``baseline`` (bool);
            ``row``: the first row of the lesions table that it rests on;
            ``sum``, ``baseline_sum``, ``nadir`` in nm (-1: none), of the measured targets;
            ``targets``, ``measured``: number of target lesions at baseline and measured now;
            ``largest_node``, ``largest_other``: largest target node and other target, nm;
            ``perhaps_nodes`` (bool): such others are measured, but below 10 mm and in places that
            are not known, so that they may be normal nodes;
            ``target``, ``nontarget``: response, "" where there are no such lesions;
            ``new`` (bool); ``overall``: response, "" at baseline and where nothing can be said;
            ``certain`` (bool): no result is doubled, none is in words that are not understood.
        readings: what it was derived from.
        unbased: subjects without a time point that can be the baseline.
    """

    frame: pd.DataFrame
    readings: Readings
    unbased: tuple[str, ...]


def time_points(cohort: Cohort) -> TimePoints:
    """Responses at time points, derived from the lesions, for every evaluator by itself.

    Baseline: visits called screening or baseline, or up to the start of treatment (the later of
    randomisation and first dose); where neither is known the first time point. A lesion's
    baseline is its last size there.

    Raises:
        NotEvaluable: there are no lesions, or neither dates nor visits.
    """
    readings = read_lesions(cohort)
    points = _ordered(readings.visits)
    points["baseline"] = _baseline(points, cohort)
    based = points["baseline"].groupby([points[name] for name in WHO]).transform("any")
    unbased = tuple(sorted(set(points.loc[~based, "USUBJID"].astype(str))))
    points = points[based].reset_index(drop=True)
    points["point"] = np.arange(len(points))
    points["who"] = points.groupby(WHO, sort=False).ngroup()
    place = np.full(len(readings.visits), -1)
    place[points["at"]] = points["point"]
    frame = readings.frame.reset_index(names="row")
    frame = frame.assign(point=place[frame["at"].to_numpy()])
    frame = frame[frame["point"] >= 0]
    for name in ("who", "baseline"):
        frame[name] = points[name].to_numpy()[frame["point"].to_numpy()]
    _targets(points, frame[frame["group"] == Group.TARGET])
    _others(points, frame)
    rows = frame[frame["row"] >= 0].groupby("point")["row"].min()
    points["row"] = rows.reindex(points["point"]).fillna(-1).to_numpy(dtype=np.int64)
    doubtful = frame["clash"] | (frame["state"] == State.UNREAD)
    points["certain"] = ~points["point"].isin(frame.loc[doubtful, "point"])
    points["overall"] = _overall(points)
    return TimePoints(points.drop(columns=["point", "who", "at"]), readings, unbased)


def _ordered(visits: pd.DataFrame) -> pd.DataFrame:
    """Time points of each evaluator in order of time: by date where all have one, else by visit."""
    points = visits.reset_index(names="at")
    dated = (points["first"] == points["last"]) | (
        points["first"].dt.month == points["last"].dt.month
    )
    dated = dated.groupby([points[name] for name in WHO]).transform("all")
    whole = (points["last"] - pd.Timestamp(0)) / pd.Timedelta(days=1)
    order = whole.where(dated | points["number"].isna(), points["number"])
    points["order"] = order
    points = points.sort_values([*WHO, "order", "number", "visit"], kind="stable")
    return points.drop(columns="order").reset_index(drop=True)


def _baseline(points: pd.DataFrame, cohort: Cohort) -> pd.Series[bool]:
    named = points["name"].map({name: is_baseline(name) for name in points["name"].unique()})
    start = _starts(cohort).reindex(points["USUBJID"]).to_numpy()
    before = points["last"].to_numpy() <= start
    by = [points[name] for name in WHO]
    first = ~points.duplicated(WHO)
    unknown = pd.Series(np.isnat(start), index=points.index)
    any_named = named.astype(bool).groupby(by).transform("any")
    return named.astype(bool) | (before & ~any_named) | (first & unknown & ~any_named)


def _starts(cohort: Cohort) -> pd.Series:
    """Subject -> start of treatment: the later of randomisation and first dose."""
    if not cohort.has("patients", "USUBJID"):
        return pd.Series(dtype="datetime64[ns]")
    frame = cohort.tables["patients"].frame
    frame = frame.dropna(subset=["USUBJID"]).drop_duplicates("USUBJID").set_index("USUBJID")
    dates = [frame[name] for name in ("RANDDT", "TRTSDT") if name in frame.columns]
    if not dates:
        return pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
    return pd.concat(dates, axis=1).max(axis=1).astype("datetime64[ns]")


def _targets(points: pd.DataFrame, frame: pd.DataFrame) -> None:
    """Fill in sums, nadir and response of the target lesions."""
    n = len(points)
    frame = frame.sort_values("point", kind="stable")
    merged, absent = frame["state"] == State.MERGED, frame["state"] == State.ABSENT
    size = frame["size"].where((frame["size"] >= 0) | ~(merged | absent), 0)
    frame = frame.assign(size=size)
    first = frame[frame["baseline"] & (size >= 0)].drop_duplicates(["who", "lesion"], keep="last")
    later = frame[~frame["baseline"]]
    later = later.assign(lesion=_parents(later, first))
    baseline = first.set_index(["who", "lesion"])["size"]
    expected = first.groupby("who").size()
    base = first.groupby("who")["size"].sum()

    known = pd.MultiIndex.from_frame(later[["who", "lesion"]]).isin(baseline.index)
    strange = later.loc[~known, "point"]
    later = later[known]
    # A lesion that split is measured where one of its parts is; the parts add up.
    whole = later[later["size"] >= 0]
    point = whole["point"].to_numpy()
    measured = whole.groupby("point")["lesion"].nunique()
    nodes = whole["node"].to_numpy(dtype=bool)
    sizes = whole["size"].to_numpy(dtype=np.int64)
    total = _summed(point, sizes, n)
    node, other = _largest(point[nodes], sizes[nodes], n), _largest(point[~nodes], sizes[~nodes], n)
    # What may be a normal node, since nothing says where it is.
    open_ = ~whole["placed"].to_numpy(dtype=bool) & (sizes < NODE_LIMIT)
    sure = _largest(point[~nodes & ~open_], sizes[~nodes & ~open_], n)

    who = points["who"]
    at_baseline = points["baseline"].to_numpy(dtype=bool)
    targets = who.map(expected).fillna(0).to_numpy(dtype=np.int64)
    seen = measured.reindex(points["point"]).fillna(0).to_numpy(dtype=np.int64)
    base_sum = who.map(base).fillna(-1).to_numpy(dtype=np.int64)
    seen = np.where(at_baseline, targets, seen)
    total = np.where(at_baseline, base_sum, total)
    clean = ~points["point"].isin(strange).to_numpy()
    complete = (seen == targets) & (targets > 0) & clean
    nadir = _nadir(who.to_numpy(), total, complete)
    nadir = np.where(at_baseline, base_sum, np.where(nadir < 0, base_sum, nadir))

    gone = (node < NODE_LIMIT) & (other <= 0)
    grown = (10 * (total - nadir) >= 2 * nadir) & (total - nadir >= LEAST_INCREASE)
    shrunk = 10 * (base_sum - total) >= 3 * base_sum
    response = np.select(
        [targets == 0, at_baseline, complete & gone, grown & (seen > 0), ~complete, shrunk],
        ["", "", "CR", "PD", "NE", "PR"],
        "SD",
    )
    points["targets"], points["measured"] = targets, seen
    points["sum"] = np.where((seen > 0) & (targets > 0), total, -1)
    points["baseline_sum"], points["nadir"] = base_sum, np.where(targets > 0, nadir, -1)
    points["largest_node"], points["largest_other"] = node, other
    points["perhaps_nodes"] = (other > 0) & (sure <= 0)
    points["complete"] = complete
    points["target"] = response.astype(object)


def _parents(later: pd.DataFrame, first: pd.DataFrame) -> pd.Series[str]:
    """Lesions, those that split under the name of what they were ("T01A", "T01.1" -> "T01")."""
    lesions = later["lesion"]
    own = set(zip(first["who"], first["lesion"], strict=True))
    pairs = list(zip(later["who"], lesions, strict=True))
    if all(pair in own for pair in pairs):
        return lesions
    names = [
        whole if pair not in own and (pair[0], whole := stem(pair[1])) in own else pair[1]
        for pair in pairs
    ]
    return pd.Series(names, index=later.index, dtype=object)


def stem(lesion: str) -> str:
    """What a lesion that split was called before ("T01A" and "T01.1": "T01")."""
    return re.sub(r"([-._ ]\d+|[-._ ]?[A-Z])$", "", lesion)


def _others(points: pd.DataFrame, frame: pd.DataFrame) -> None:
    """Fill in the response of the non-target lesions and whether there are new ones."""
    others = frame[frame["group"] == Group.NON_TARGET]
    size, state = others["size"], others["state"]
    limit = np.where(others["node"], NODE_LIMIT - 1, 0)
    sized = size >= 0
    absent = (state == State.ABSENT) | (state.isna() & sized & (size <= limit))
    progressed = state == State.PROGRESSED
    present = state.isin([State.PRESENT, State.SMALL, State.MERGED, State.EQUIVOCAL])
    present |= state.isna() & sized & (size > limit)
    point = others["point"].to_numpy()

    def count(mask: pd.Series[bool]) -> npt.NDArray[np.int64]:
        return np.bincount(point[mask.to_numpy(dtype=bool)], minlength=len(points))

    at_first = others[others["baseline"]].drop_duplicates(["who", "lesion"])
    expected = points["who"].map(at_first.groupby("who").size()).fillna(0).to_numpy(dtype=np.int64)
    judged = count(absent | progressed | present)
    there = np.maximum(expected, count(pd.Series(data=True, index=others.index)))
    baseline = points["baseline"].to_numpy(dtype=bool)
    response = np.select(
        [
            (expected == 0) | baseline,
            count(progressed) > 0,
            judged < there,
            count(absent) == judged,
        ],
        ["", "PD", "NE", "CR"],
        "NON-CR/NON-PD",
    )
    points["nontarget"] = response.astype(object)
    fresh = frame[(frame["group"] == Group.NEW) & ~frame["baseline"]]
    doubt = fresh["state"].isin([State.ABSENT, State.UNKNOWN, State.EQUIVOCAL, State.UNREAD])
    seen = (fresh["size"] > 0) | (fresh["state"].notna() & ~doubt)
    points["new"] = points["point"].isin(fresh.loc[seen, "point"])


def _overall(points: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Tables 1 and 2 of the guideline."""
    target, other = points["target"], points["nontarget"]
    none = (points["targets"] == 0).to_numpy()
    nothing = none & (other == "").to_numpy()
    worse = (points["new"] | (target == "PD") | (other == "PD")).to_numpy()
    cleared = (target == "CR").to_numpy()
    held = (~other.isin(["", "CR"])).to_numpy()
    chosen = np.select(
        [points["baseline"].to_numpy(dtype=bool), worse, nothing, none, cleared & held],
        ["", "PD", "", other.to_numpy(dtype=str), "PR"],
        target.to_numpy(dtype=str),
    )
    return chosen.astype(object)


def _summed(
    point: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64], n: int
) -> npt.NDArray[np.int64]:
    total = np.zeros(n, dtype=np.int64)
    np.add.at(total, point, sizes)
    return total


def _largest(
    point: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64], n: int
) -> npt.NDArray[np.int64]:
    largest = np.full(n, -1, dtype=np.int64)
    np.maximum.at(largest, point, sizes)
    return largest


def _nadir(
    who: npt.NDArray[np.int64], total: npt.NDArray[np.int64], complete: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int64]:
    """Smallest complete sum before each time point, -1 where there is none."""
    far = np.iinfo(np.int64).max
    sums = pd.Series(np.where(complete, total, far))
    least = sums.groupby(who).cummin().groupby(who).shift(1, fill_value=far)
    return np.where(least == far, -1, least).astype(np.int64)
