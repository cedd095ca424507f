"""Times that differ by rounding alone are one time, as R's ``survival`` has it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.float64]

TOLERANCE = float(np.finfo(np.float64).eps) ** 0.5


def timefix(times: Times) -> Times:
    """Each time replaced by the least of those it is tied with.

    Neighbours are tied where they differ by at most the square root of the machine epsilon,
    absolutely or relative to the mean time: ``survival::aeqSurv`` of R, which ``survfit``,
    ``survdiff`` and ``coxph`` call ("Roundoff error and tied times", vignette of survival).
    """
    distinct = np.unique(times)
    if distinct.size < 2:
        return times
    gap = np.diff(distinct)
    scale = float(np.mean(np.abs(distinct)))
    tied = gap <= TOLERANCE
    if scale > 0:
        tied |= gap / scale <= TOLERANCE
    if not tied.any():
        return times
    cuts = distinct[np.concatenate(([True], ~tied))]
    return cuts[np.searchsorted(cuts, times, side="right") - 1]
