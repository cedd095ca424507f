"""Recorded sums of diameters beside the lesions; patients without lesions at baseline."""

from __future__ import annotations

import numpy as np
import pandas as pd

from auditor.endpoints.lesion_readings import MM
from auditor.endpoints.lesion_recorded import cohort_time_points
from auditor.endpoints.lesion_responses import KEYS
from auditor.endpoints.lesion_words import Group
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort


def sums_beside_lesions(cohort: Cohort) -> pd.DataFrame:
    """Recorded sums of diameters of time points whose target lesions are all measured once.

    Returns:
        Index: row of the lesions table. ``recorded`` and ``sum`` in nm, ``sizes``: list of the
        target lesions' sizes in nm; ``agrees``: equal, or equal as far as the recorded digits
        go, or as the sum of lesions in whole millimetres; ``long_axes``: equal to the sum of the
        long axes instead.

    Raises:
        NotEvaluable: there are no lesions, or no recorded sum.
    """
    points = cohort_time_points(cohort)
    sums = points.readings.sums
    if sums.empty:
        raise NotEvaluable("the lesions have no recorded sum of diameters")
    # A sum of non-target lesions, or of products, is another sum.
    sums = sums.rename(columns={"size": "recorded"}).reset_index(names="row")
    lesions = points.readings.frame
    targets = lesions[(lesions["group"] == Group.TARGET) & (lesions["size"] >= 0)]
    by = targets.groupby(KEYS, sort=False)
    sizes = by["size"].agg(list).rename("sizes").to_frame()
    sizes["rounded"] = (
        (targets["size"] + MM // 2)
        .floordiv(MM)
        .mul(MM)
        .groupby([targets[key] for key in KEYS])
        .sum()
    )
    sizes["longest"] = by["long"].sum()
    frame = points.frame
    whole = frame[frame["certain"] & frame["complete"]]
    joined = sums[["row", *KEYS, "recorded"]].merge(whole[[*KEYS, "baseline", "sum"]], on=KEYS)
    joined = joined.join(sizes, on=KEYS, how="inner").set_index("row").sort_index()
    # At baseline a lesion counts with its last size; compare only what this visit measured.
    joined["sum"] = joined["sizes"].map(sum).astype(np.int64)
    unit = joined["recorded"].map(_last_digit)
    near = 2 * (joined["recorded"] - joined["sum"]).abs() <= unit
    coarse = unit > 1
    joined["agrees"] = near & coarse | (joined["recorded"] == joined["sum"])
    joined["agrees"] |= joined["recorded"] == joined["rounded"]
    joined["long_axes"] = joined["recorded"] == joined["longest"]
    return joined


def subjects_without_baseline(cohort: Cohort) -> tuple[frozenset[str], frozenset[str]]:
    """Subjects with lesion results, and those of them without a lesion at baseline.

    Raises:
        NotEvaluable: there are no lesions.
    """
    points = cohort_time_points(cohort)
    lesions = points.readings.frame
    known = frozenset(lesions["USUBJID"].dropna())
    baseline = points.frame.loc[points.frame["baseline"], KEYS]
    at_first = lesions.merge(baseline, on=KEYS)
    based = at_first[at_first["group"] != Group.NEW]["USUBJID"]
    return known, known - frozenset(based)


def _last_digit(size: int) -> int:
    """What the last printed digit of a size is worth, in nm: at most 1 mm."""
    unit = MM
    while unit > 1 and size % unit:
        unit //= 10
    return unit
