"""Times to events as the extract records them (ADTTE)."""

from __future__ import annotations

import pandas as pd

from auditor.conventions import SurvivalConvention
from auditor.endpoints.times import DAYS_PER
from auditor.endpoints.wording import counted
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort

CODES = {
    "OS": "OS",
    "PFS": "PFS",
    "TTP": "TTP",
    "RSD": "DoR",
    "DOR": "DoR",
    "DUROR": "DoR",
    "CRSD": "DoR",
    "CDOR": "DoR",
    "TTR": "TTR",
    "TTRESP": "TTR",
    "EFS": "EFS",
    "DFS": "DFS",
    "RFS": "RFS",
}
"""PARAMCD of a time -> endpoint."""

_CONFIRMED = ("CRSD", "CDOR")
_UNITS = {
    "d": "days",
    "day": "days",
    "wk": "weeks",
    "week": "weeks",
    "mo": "months",
    "month": "months",
    "mth": "months",
    "y": "years",
    "yr": "years",
    "year": "years",
}

LONGEST = 50 * DAYS_PER["years"]
"""No trial follows its patients for longer."""


def recorded_times(
    cohort: Cohort, survival: SurvivalConvention
) -> tuple[dict[tuple[str, tuple[str, ...]], pd.DataFrame], tuple[str, ...]]:
    """Times of the table of times: (endpoint, conventions) -> USUBJID, time, event; and notes.

    ``time`` is in the unit of the convention. Parameters that ``CODES`` does not know stand
    under their own name.

    Raises:
        NotEvaluable: there is no such table, or it has no AVAL or CNSR.
    """
    table = cohort.need("times", "USUBJID", "PARAMCD", "AVAL", "CNSR")
    frame = table.frame.dropna(subset=["USUBJID", "PARAMCD"])
    days, notes = _days(frame, _starts(cohort, frame), survival)
    frame = frame.assign(
        time=days / DAYS_PER[survival.unit],
        event=frame["CNSR"] == 0,
        code=frame["PARAMCD"].astype(str).str.strip().str.upper(),
    )
    usable = frame["time"].notna() & frame["CNSR"].notna() & (frame["time"] >= 0)
    if not usable.all():
        count = int((~usable).sum())
        notes += (f"recorded times: {counted(count, 'row')} left out, no time or a negative one",)
    frame = frame[usable]
    repeated = frame.duplicated(["USUBJID", "code"])
    if repeated.any():
        notes += (
            f"recorded times: {counted(int(repeated.sum()), 'row')} repeated, the first is taken",
        )
        frame = frame[~repeated]
    found: dict[tuple[str, tuple[str, ...]], pd.DataFrame] = {}
    for code, rows in frame.groupby("code", sort=True):
        name = str(code)
        conventions = ["as recorded (ADTTE)"]
        if CODES.get(name) == "DoR":
            conventions.append(
                "from confirmed response" if name in _CONFIRMED else "from first response"
            )
        key = (CODES.get(name, name), tuple(conventions))
        if key in found:
            notes += (f"recorded times: {name} is left out, its endpoint is there already",)
            continue
        subjects = rows.assign(USUBJID=rows["USUBJID"].astype(str))
        found[key] = subjects[["USUBJID", "time", "event"]].reset_index(drop=True)
    if not found:
        raise NotEvaluable("the table of times (ADTTE) has no usable row")
    return found, notes


def _starts(cohort: Cohort, frame: pd.DataFrame) -> list[pd.Series]:
    """From when the times may count: STARTDT, else randomisation or first dose of the patient."""
    if "STARTDT" in frame.columns:
        return [frame["STARTDT"]]
    if not cohort.has("patients", "USUBJID"):
        return []
    patients = cohort.tables["patients"].frame
    patients = patients.dropna(subset=["USUBJID"]).drop_duplicates("USUBJID").set_index("USUBJID")
    names = (name for name in ("RANDDT", "TRTSDT") if name in patients.columns)
    return [frame["USUBJID"].map(patients[name]) for name in names]


def _days(
    frame: pd.DataFrame, starts: list[pd.Series], survival: SurvivalConvention
) -> tuple[pd.Series, tuple[str, ...]]:
    """AVAL in days. Without a unit the dates tell it, else the unit of the study is taken.

    Where that unit would make a time longer than ``LONGEST``, they are days.
    """
    if "AVALU" in frame.columns and frame["AVALU"].notna().any():
        unit = frame["AVALU"].astype("string").str.strip().str.lower()
        known = unit.map(lambda u: _UNITS.get(u, _UNITS.get(u.rstrip("s"))), "ignore")
        factor = known.map(DAYS_PER).astype(float)
        strange = int(factor.isna().sum())
        notes = (
            (f"recorded times: {counted(strange, 'row')} without a known unit (AVALU)",)
            if strange
            else ()
        )
        return frame["AVAL"] * factor, notes
    for start in starts if "ADT" in frame.columns else ():
        span = (frame["ADT"] - start).dt.days.astype(float)
        off = {u: (frame["AVAL"] * length - span).abs().median() for u, length in DAYS_PER.items()}
        nearest = min(off, key=lambda unit: off[unit])
        # A day for both ends counted, or the rounding of a time to a tenth.
        if off[nearest] <= max(1.0, DAYS_PER[nearest] / 10):
            return frame["AVAL"] * DAYS_PER[nearest], (
                f"recorded times have no unit (AVALU); by their dates these are {nearest}",
            )
    if (frame["AVAL"] * DAYS_PER[survival.unit]).max() > LONGEST:
        return frame["AVAL"] * DAYS_PER["days"], (
            f"recorded times have no unit (AVALU); too long for {survival.unit}, taken as days",
        )
    return frame["AVAL"] * DAYS_PER[survival.unit], (
        f"recorded times have no unit (AVALU); taken as {survival.unit}",
    )
