"""What adverse events say of death."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.frames.cohort import Table

from ._records import words

if TYPE_CHECKING:
    import pandas as pd


def fatal_outcome(column: pd.Series) -> pd.Series:
    """Whether the outcome is fatal, as CDISC or MedDRA-coded extracts spell it."""
    return words(column).str.contains(r"^(?:FATAL|DEATH|DIED|DEAD)\b", regex=True)


def fatal(events: Table) -> tuple[pd.Series, dict[str, pd.Series]]:
    """Whether all that a row states of it is a death, and by column where one is stated.

    A row that contradicts itself is the matter of fatal-event-mismatch alone.
    """
    frame = events.frame
    by: dict[str, pd.Series] = {}
    against = total = frame["USUBJID"].isna() & False
    if events.has("TOXGR"):
        by["TOXGR"] = frame["TOXGR"] == 5
        against = against | (frame["TOXGR"].notna() & ~by["TOXGR"])
    if events.has("OUT"):
        by["OUT"] = fatal_outcome(frame["OUT"])
        against = against | ((words(frame["OUT"]) != "") & ~by["OUT"])
    if events.has("DTH"):
        by["DTH"] = words(frame["DTH"]) == "Y"
        against = against | (words(frame["DTH"]) == "N")
    for stated in by.values():
        total = total | stated
    return total & ~against, by
