"""Rows of a delivered table that are records of what a standard table holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def one_row_an_exposure(
    frame: pd.DataFrame, columns: Mapping[str, str]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The rows of single exposures, each once, and notes on what was left out.

    An ADEX in the basic data structure (ADaM Implementation Guide 1.3, section 3.3) repeats an
    exposure for each of its parameters (dose, duration, adjustment) and has summaries (total
    dose) besides, which are of no one exposure. A table without PARAMCD, or with rows that have
    none, is returned as it is.

    Args:
        frame: the table as delivered.
        columns: standard name -> delivered name.
    """
    given = {str(c).upper(): str(c) for c in frame.columns}
    parameter = given.get("PARAMCD")
    if parameter is None or parameter in columns.values() or frame[parameter].isna().any():
        return frame, ()
    # ASEQ numbers the rows of the analysis table, not the exposures.
    numbered = {k: c for k, c in columns.items() if not (k == "SEQ" and c.upper() == "ASEQ")}
    own = [numbered[name] for name in ("SEQ", "TRT") if name in numbered]
    single = frame[own].notna().any(axis=1)
    if "PARCAT1" in given:
        single &= frame[given["PARCAT1"]].astype("string").str.upper().ne("OVERALL").fillna(True)
    exposures = frame[single]
    same = list(numbered.values())
    # An exposure that stands twice under one parameter is two rows still.
    nth = exposures.groupby([*same, parameter], dropna=False, sort=False).cumcount()
    kept = exposures[~exposures[same].assign(nth=nth).duplicated()]
    if len(kept) == len(frame):
        return frame, ()
    return kept, (f"{parameter}: one row of each exposure is read: {len(kept)} of {len(frame)}",)


def responses_done(frame: pd.DataFrame, response: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The rows of assessments that were made, and a note on the others.

    An RS has a row for an assessment that was not made: RSSTAT is NOT DONE and there is no
    result (SDTM Implementation Guide 3.4). That row is no response that is missing.
    """
    status = next((str(c) for c in frame.columns if str(c).upper() in ("RSSTAT", "STAT")), None)
    if status is None:
        return frame, ()
    stated = frame[status].astype("string").str.strip().str.upper().eq("NOT DONE").fillna(False)
    empty = frame[response].astype("string").str.strip().fillna("").eq("")
    undone = (stated & empty).to_numpy(dtype=bool)
    if not undone.any():
        return frame, ()
    return frame[~undone], (f"{status}: assessments that were not done: {int(undone.sum())}",)
