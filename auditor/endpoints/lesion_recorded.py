"""Recorded responses beside those that the lesions give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from auditor.endpoints.lesion_readings import WHO, upper
from auditor.endpoints.lesion_responses import TimePoints, time_points
from auditor.endpoints.response_records import LABELS
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort

CRITERIA = "RECIST 1.1"


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """Recorded overall responses and the time points they belong to.

    Attributes:
        frame: index: row of the responses table; ``recorded``: label; the columns of
            ``TimePoints.frame``; ``earlier_pd``: an earlier time point is PD by the lesions.
            Only responses whose time point was found, after baseline.
        points: all time points.
        explained: whether the extract records progression that diameters do not show (new
            lesions, or non-target lesions that progress) anywhere.
    """

    frame: pd.DataFrame
    points: TimePoints
    explained: bool


@lru_cache(maxsize=1)
def cohort_time_points(cohort: Cohort) -> TimePoints:
    """``time_points`` of a cohort; kept for the next caller, who must not change it."""
    return time_points(cohort)


@lru_cache(maxsize=1)  # several checks ask for the same cohort, one after the other
def recorded_beside_derived(cohort: Cohort) -> Beside:
    """Match recorded overall responses with the time points of the lesions.

    The evaluator is matched where both tables name one; the visit by its number, else its
    name, else its date.

    Raises:
        NotEvaluable: a table or column is absent, other criteria are declared, or no response
            has a time point.
    """
    points = cohort_time_points(cohort)
    frame = points.frame
    responses = cohort.need("responses", "USUBJID", "AVALC")
    said = _recorded(cohort)
    named = [n for n in WHO[1:] if (said[n] != "").any() and (frame[n] != "").any()]
    for name in set(WHO[1:]) - set(named):
        if len(set(said[name]) - {""}) > 1:
            raise NotEvaluable(
                "the responses are by several evaluators, and the lesions do not say whose they are"
            )
    keys = ["USUBJID", *named]
    derived = frame.assign(earlier_pd=_earlier_pd(frame))
    for column, has in (("number", "VISITNUM"), ("name", "VISIT"), ("day", "ADT")):
        if not responses.has(has) or not cohort.tables["lesions"].has(has):
            continue
        derived = derived.assign(day=derived["last"])
        known = derived[derived[column].notna() & (derived[column] != "")]
        known = known[~known.duplicated([*keys, column], keep=False)]
        matched = said.reset_index(names="response").merge(
            known.rename(columns={n: f"derived_{n}" for n in WHO[1:] if n not in keys}),
            on=[*keys, column],
            suffixes=("_said", ""),
        )
        if len(matched):
            found = matched[~matched["baseline"]].set_index("response").sort_index()
            return Beside(found, points, _explained(frame))
    raise NotEvaluable("no recorded response has a time point with lesions")


def _recorded(cohort: Cohort) -> pd.DataFrame:
    """Recorded responses with labels of RECIST 1.1, and what tells whose and when."""
    responses = cohort.tables["responses"].frame
    category = upper(responses, "CAT")
    if cohort.study.criteria.strip().upper() != CRITERIA:
        raise NotEvaluable(f"the study declares {cohort.study.criteria}, not {CRITERIA}")
    recist = category.isin(["", CRITERIA, "RECIST", "RECIST1.1", "RECIST V1.1"])
    label = upper(responses, "AVALC")
    nothing = pd.Series(np.nan, index=responses.index)
    frame = pd.DataFrame(
        {
            "recorded": label,
            "USUBJID": responses["USUBJID"].astype(object),
            **{name: upper(responses, name) for name in WHO[1:]},
            "number": responses["VISITNUM"] if "VISITNUM" in responses.columns else nothing,
            "name": upper(responses, "VISIT"),
            "day": responses["ADT"] if "ADT" in responses.columns else pd.NaT,
        }
    )
    return frame[recist & label.isin(LABELS)]


def _earlier_pd(frame: pd.DataFrame) -> pd.Series[bool]:
    progressed = (frame["overall"] == "PD").astype(int)
    by = [frame[name] for name in WHO]
    return (progressed.groupby(by).cumsum() - progressed) > 0


def _explained(frame: pd.DataFrame) -> bool:
    return bool(frame["new"].any() or (frame["nontarget"] == "PD").any())
