"""Records of a subject in the times-to-events table, one parameter beside another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.errors import NotEvaluable
from auditor.frames.cohort import Table

from ._records import rows_by, words

if TYPE_CHECKING:
    import pandas as pd


def single(times: Table, code: str) -> pd.Series:
    """Subject -> row of its record of this parameter; those with several are left out.

    Raises:
        NotEvaluable: nobody has one.
    """
    own = times.frame["USUBJID"][words(times.frame["PARAMCD"]) == code].dropna()
    own = own[~own.duplicated(keep=False)]
    if not len(own):
        raise NotEvaluable(f"{times.delivered.name} has no parameter {code}")
    return rows_by(own)


def beside(times: Table, code: str, other: str) -> pd.Series:
    """For each row of ``code`` the subject's row of ``other``; missing for all other rows.

    Raises:
        NotEvaluable: one of the parameters is absent.
    """
    rows, others = single(times, code), single(times, other)
    subjects = times.frame["USUBJID"].where(times.frame.index.to_series().isin(rows))
    found: pd.Series = subjects.map(others)
    return found
