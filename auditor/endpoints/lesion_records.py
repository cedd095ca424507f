"""Lesions as records: identified once, in one group, measured at baseline, few enough."""

from __future__ import annotations

import pandas as pd

from auditor.endpoints.lesion_readings import (
    MM,
    WHO,
    group_words,
    identified_as,
    upper,
)
from auditor.endpoints.lesion_recorded import cohort_time_points
from auditor.endpoints.lesion_responses import stem
from auditor.endpoints.lesion_words import Group
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort

MOST_TARGETS, MOST_IN_AN_ORGAN = 5, 2
"""RECIST 1.1, section 3.2.1 and 4.2.1."""

LEAST_DIAMETER, LEAST_SHORT_AXIS = 10 * MM, 15 * MM
"""Of a target lesion, and of a target node, at baseline (RECIST 1.1, section 3.1)."""


def identified_targets(cohort: Cohort) -> pd.DataFrame:
    """Target lesions of the tumours table, parts of a lesion that split left out.

    Returns:
        Index: row of the tumours table; USUBJID, EVAL, EVALID, ``lesion``, ``place``: position
        among the patient's targets from 1, ``organ``: location ("" unknown), ``in_organ``:
        position among those of the organ.

    Raises:
        NotEvaluable: there is no table of tumour identification with lesions and groups.
    """
    tumours = cohort.need("tumours", "USUBJID", "LNKID", "AVALC").frame
    frame = pd.DataFrame(
        {
            "USUBJID": tumours["USUBJID"],
            **{name: upper(tumours, name) for name in WHO[1:]},
            "lesion": upper(tumours, "LNKID"),
            "organ": upper(tumours, "LOC"),
        }
    )
    targets = frame[
        (group_words(upper(tumours, "AVALC")) == Group.TARGET) & (frame["lesion"] != "")
    ]
    targets = targets.drop_duplicates([*WHO, "lesion"])
    whole = targets["lesion"].map({name: stem(name) for name in targets["lesion"].unique()})
    keys = pd.MultiIndex.from_frame(targets[[*WHO, "lesion"]])
    parents = pd.MultiIndex.from_frame(targets[WHO].assign(lesion=whole))
    part = parents.isin(keys) & (whole != targets["lesion"])
    targets = targets[~part]
    return targets.assign(
        place=targets.groupby(WHO).cumcount() + 1,
        in_organ=targets.groupby([*WHO, "organ"]).cumcount() + 1,
    )


def baseline_targets(cohort: Cohort) -> pd.DataFrame:
    """Target lesions with a size at baseline: index: row of the lesions table; ``size`` in nm,
    ``node``, ``small``: below what RECIST 1.1 asks of a target.

    Raises:
        NotEvaluable: there are no lesions, or no target lesion at baseline.
    """
    points = cohort_time_points(cohort)
    lesions = _placed(cohort)
    targets = lesions[
        lesions["baseline"] & (lesions["group"] == Group.TARGET) & (lesions["size"] >= 0)
    ]
    if targets.empty or points.frame.empty:
        raise NotEvaluable("no target lesion is measured at baseline")
    least = targets["node"].map({True: LEAST_SHORT_AXIS, False: LEAST_DIAMETER})
    return targets.assign(small=targets["size"] < least)


def later_targets(cohort: Cohort) -> pd.DataFrame:
    """First later size of every target lesion: index: row of the lesions table; ``new``: it, or
    the lesion that it split from, has no record at baseline.

    Raises:
        NotEvaluable: there are no lesions, or no target lesion after baseline.
    """
    lesions = _placed(cohort)
    targets = lesions[(lesions["group"] == Group.TARGET) & (lesions.index >= 0)]
    later = targets[~targets["baseline"] & (targets["size"] >= 0)].sort_values("last")
    if later.empty:
        raise NotEvaluable("no target lesion is measured after baseline")
    later = later.drop_duplicates([*WHO, "lesion"]).sort_index()
    first = pd.MultiIndex.from_frame(targets.loc[targets["baseline"], [*WHO, "lesion"]])
    whole = later["lesion"].map({name: stem(name) for name in later["lesion"].unique()})
    own = pd.MultiIndex.from_frame(later[[*WHO, "lesion"]]).isin(first)
    parent = pd.MultiIndex.from_frame(later[WHO].assign(lesion=whole)).isin(first)
    return later.assign(new=~own & ~parent)


def lesions_beside_tumours(cohort: Cohort) -> pd.DataFrame:
    """Every lesion with results beside its identification.

    Returns:
        Index: first row of the lesion in the lesions table (of those whose group differs, the
        first such row); ``recorded``: group there, ``identified``: group in the tumours table
        (None where it is in no group); ``known``: it, or what it split from, is identified at
        all. Only patients with tumours.

    Raises:
        NotEvaluable: there are no lesions, or no table of tumour identification.
    """
    tumours = cohort.need("tumours", "USUBJID", "LNKID").frame
    lesions = cohort.need("lesions", "USUBJID", "LNKID")
    frame = pd.DataFrame(
        {
            "USUBJID": lesions.frame["USUBJID"],
            **{name: upper(lesions.frame, name) for name in WHO[1:]},
            "lesion": upper(lesions.frame, "LNKID"),
            "recorded": group_words(upper(lesions.frame, "GRPID")),
        }
    )
    frame = frame[(frame["lesion"] != "") & frame["USUBJID"].isin(tumours["USUBJID"].dropna())]
    said = group_words(upper(tumours, "AVALC"))
    frame["identified"] = identified_as(frame, tumours, said)
    links = pd.MultiIndex.from_arrays([tumours["USUBJID"], upper(tumours, "LNKID")])
    whole = frame["lesion"].map({name: stem(name) for name in frame["lesion"].unique()})
    frame["known"] = pd.MultiIndex.from_frame(frame[["USUBJID", "lesion"]]).isin(links)
    frame["known"] |= pd.MultiIndex.from_arrays([frame["USUBJID"], whole]).isin(links)
    frame["differs"] = (
        frame["recorded"].notna()
        & frame["identified"].notna()
        & (frame["recorded"] != frame["identified"])
    )
    first = frame.sort_values("differs", ascending=False, kind="stable")
    return first.drop_duplicates([*WHO, "lesion"]).sort_index()


def _placed(cohort: Cohort) -> pd.DataFrame:
    """Readings with ``baseline`` of their time point; of patients who have a baseline."""
    points = cohort_time_points(cohort)
    keys = [*WHO, "visit"]
    baseline = points.frame.set_index(keys)["baseline"]
    lesions = points.readings.frame
    found = baseline.reindex(pd.MultiIndex.from_frame(lesions[keys]))
    placed = lesions.assign(baseline=found.to_numpy())
    placed = placed[placed["baseline"].notna()]
    return placed.assign(baseline=placed["baseline"].astype(bool))
