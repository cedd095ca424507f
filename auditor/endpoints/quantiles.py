"""Median and other quantiles of a survival curve with their confidence intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from auditor.endpoints.kaplan_meier import KaplanMeier, confidence, kaplan_meier
from auditor.endpoints.timefix import TOLERANCE, Times
from auditor.statistics.normal import normal_quantile


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile in the unit of the times; None is "not reached"."""

    value: float | None
    lower: float | None
    upper: float | None


def median(
    curve: KaplanMeier, ci: str = "log-log", level: float = 0.95, flat: str = "midpoint"
) -> Quantile:
    """The median survival time; see ``quantile``."""
    return quantile(curve, 0.5, ci, level, flat)


def quantile(
    curve: KaplanMeier,
    probability: float,
    ci: str = "log-log",
    level: float = 0.95,
    flat: str = "midpoint",
) -> Quantile:
    """The time by which a fraction ``probability`` has had the event.

    Args:
        ci: "plain", "log", "log-log": the times at which the confidence limits of the curve
            cross 1 - probability (Brookmeyer and Crowley, Biometrics 1982;38:29); or
            "symmetric": quantile -+ z * SE, as SPSS prints it, see ``standard_error``.
        flat: where the curve is level at exactly 1 - probability: "midpoint" of the step, but
            its first time where it lasts to the end (``print`` of R's survfit; SAS);
            "midpoint-to-end": the midpoint in both cases (``quantile`` of R's survfit);
            "first" time of it (lifelines, SPSS). The limits follow the same rule.
    """
    level_at = 1 - probability
    value = _crossing(curve.times, curve.survival, level_at, flat)
    if ci != "symmetric":
        lower, upper = confidence(curve, ci, level)
        return Quantile(
            value,
            _crossing(curve.times, lower, level_at, flat),
            _crossing(curve.times, upper, level_at, flat),
        )
    # SPSS takes the first time, whatever the other packages do with a level stretch.
    first = _crossing(curve.times, curve.survival, level_at, "first")
    se = standard_error(curve, probability)
    if first is None or se is None:
        return Quantile(first, None, None)
    half = normal_quantile(level) * se
    return Quantile(first, first - half, first + half)


def standard_error(
    curve: KaplanMeier, probability: float = 0.5, width: float = 0.05
) -> float | None:
    """Standard error of a quantile, as the KM procedure of SPSS computes it.

    SE(S(t)) / f(t), where the density f is the slope of the curve between the last time at
    which survival is at least 1 - probability + 0.05 and the first at which it is at most
    1 - probability - 0.05. None where the curve does not fall that far, where no event lies
    above, or where survival at the quantile is 0. Not compared with a run of SPSS.

    References:
        Collett, Modelling Survival Data in Medical Research, section 2.4; IBM SPSS Statistics
        Algorithms, "KM Algorithms"; Klein and Moeschberger, Survival Analysis, 2nd edition,
        section 4.5, practical note 3.
    """
    wanted = 1 - probability
    above = np.flatnonzero((curve.survival >= wanted + width - TOLERANCE) & (curve.events > 0))
    below = np.flatnonzero((curve.survival <= wanted - width + TOLERANCE) & (curve.events > 0))
    at = np.flatnonzero(curve.survival <= wanted + TOLERANCE)
    if not (above.size and below.size and at.size):
        return None
    upper, lower, here = int(above[-1]), int(below[0]), int(at[0])
    if curve.survival[here] == 0:
        return None
    fall = curve.survival[upper] - curve.survival[lower]
    density = fall / (curve.times[lower] - curve.times[upper])
    return float(curve.survival[here] * curve.log_se[here] / density)


def reverse_kaplan_meier(times: ArrayLike, events: ArrayLike) -> KaplanMeier:
    """The curve of follow-up: being censored is the event; its median is the median follow-up.

    References:
        Schemper and Smith, Control Clin Trials 1996;17:343.
    """
    return kaplan_meier(times, ~np.asarray(events, dtype=bool))


def _crossing(times: Times, level: Times, wanted: float, flat: str) -> float | None:
    """The first time at which a falling step function is at ``wanted`` or below."""
    known = ~np.isnan(level)
    times, level = times[known], level[known]
    reached = np.flatnonzero(level < wanted + TOLERANCE)
    if not reached.size:
        return None
    first = int(reached[0])
    lower = np.flatnonzero(level < level[first])
    if abs(level[first] - wanted) < TOLERANCE and flat != "first":
        if lower.size:
            return float((times[first] + times[int(lower[0])]) / 2)
        if flat == "midpoint-to-end":
            return float((times[first] + times[-1]) / 2)
    return float(times[first])
