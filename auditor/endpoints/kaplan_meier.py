"""The Kaplan-Meier curve with its standard error, and what is read off it at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from auditor.endpoints.timefix import Times, timefix
from auditor.statistics.normal import normal_quantile

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class KaplanMeier:
    """A survival curve; one element of each array for each distinct time, ascending.

    Attributes:
        n: subjects.
        times: in the unit that was given.
        at_risk: number at risk just before each time.
        events, censored: at each time; an event comes before a censoring at the same time.
        survival: from each time on, a fraction of 1.
        log_se: standard error of log survival (Greenwood); infinite where survival is 0.
    """

    n: int
    times: Times
    at_risk: Counts
    events: Counts
    censored: Counts
    survival: Times
    log_se: Times

    @property
    def total_events(self) -> int:
        return int(self.events.sum())


def kaplan_meier(times: ArrayLike, events: ArrayLike) -> KaplanMeier:
    """The Kaplan-Meier estimate of lifelines, with Greenwood's variance.

    Args:
        times: one a subject, finite and not negative, in any unit; ``timefix`` is applied.
        events: whether the time ends in an event; else it is censored.

    Raises:
        ValueError: there is nobody, or a time is negative or not finite.

    References:
        Kaplan and Meier, J Am Stat Assoc 1958;53:457. Greenwood, Reports on Public Health
        and Medical Subjects 33, 1926.
    """
    from lifelines import KaplanMeierFitter

    at = np.asarray(times, dtype=np.float64)
    happened = np.asarray(events, dtype=bool)
    if at.size == 0:
        raise ValueError("a survival curve needs at least one subject")
    if not np.isfinite(at).all() or (at < 0).any():
        raise ValueError("a survival curve needs finite times that are not negative")
    fixed = timefix(at)
    fitter = KaplanMeierFitter().fit(fixed, happened)
    table = fitter.event_table
    table = table[table["removed"] > 0]  # lifelines puts the entry at time 0 in a row of its own
    survival = fitter.survival_function_["KM_estimate"].to_numpy()[-len(table) :]
    deaths = table["observed"].to_numpy(dtype=np.int64)
    at_risk = table["at_risk"].to_numpy(dtype=np.int64)
    with np.errstate(divide="ignore"):
        steps = np.where(deaths > 0, deaths / (at_risk * (at_risk - deaths).astype(float)), 0.0)
    return KaplanMeier(
        n=int(at.size),
        times=table.index.to_numpy(dtype=np.float64),
        at_risk=at_risk,
        events=deaths,
        censored=table["censored"].to_numpy(dtype=np.int64),
        survival=np.where(at_risk == deaths, 0.0, survival),
        log_se=np.sqrt(np.cumsum(steps)),
    )


def confidence(curve: KaplanMeier, ci: str, level: float = 0.95) -> tuple[Times, Times]:
    """Pointwise confidence limits of survival, as R's ``survfit`` prints them.

    ``ci`` is "plain", "log" or "log-log"; limits are cut at 0 and 1; NaN where the
    transformation is undefined (survival 0; with log-log survival 1 as well).

    Raises:
        ValueError: there is no such type.

    References:
        Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, 1980 (log-log);
        Borgan and Liestøl, Scand J Stat 1990;17:35.
    """
    z = normal_quantile(level)
    survival, se = curve.survival, curve.log_se
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if ci == "plain":
            half = z * survival * se
            return np.maximum(survival - half, 0), np.minimum(survival + half, 1)
        if ci == "log":
            log = np.log(np.where(survival > 0, survival, np.nan))
            return np.exp(log - z * se), np.minimum(np.exp(log + z * se), 1)
        if ci == "log-log":
            log = np.log(np.where((survival > 0) & (survival < 1), survival, np.nan))
            half = z * se / log
            outer = np.log(-log)
            return np.exp(-np.exp(outer - half)), np.exp(-np.exp(outer + half))
    raise ValueError(f"no confidence interval of survival is called {ci!r}")


@dataclass(frozen=True, slots=True)
class AtTime:
    """Survival at a time: a fraction of 1 with its limits (None: undefined), number at risk."""

    time: float
    survival: float
    lower: float | None
    upper: float | None
    at_risk: int


def survival_at(curve: KaplanMeier, time: float, ci: str, level: float = 0.95) -> AtTime | None:
    """Survival at a time; None beyond the last time, where it is not known unless it is 0.

    A step at the time itself counts; the number at risk is that just before the time.
    """
    beyond = time > curve.times[-1] + _slack(time)
    if beyond and curve.survival[-1] > 0:
        return None
    at_risk = number_at_risk(curve, time)
    step = int(np.searchsorted(curve.times, time + _slack(time), side="right")) - 1
    if step < 0:
        return AtTime(time, 1.0, 1.0, 1.0, at_risk)
    lower, upper = confidence(curve, ci, level)
    return AtTime(
        time,
        float(curve.survival[step]),
        _finite(lower[step]),
        _finite(upper[step]),
        at_risk,
    )


def number_at_risk(curve: KaplanMeier, time: float) -> int:
    """Subjects whose time is this one or later."""
    first = int(np.searchsorted(curve.times, time - _slack(time), side="left"))
    return int(curve.at_risk[first]) if first < curve.times.size else 0


def restricted_mean(curve: KaplanMeier, until: float) -> float:
    """The area under the curve from 0 to ``until``, in the unit of the times.

    Beyond the last time the curve is taken on at its last level, as ``survfit`` of R does.
    """
    inside = curve.times < until
    edges = np.concatenate(([0.0], curve.times[inside], [until]))
    levels = np.concatenate(([1.0], curve.survival[inside]))
    return float(np.sum(np.diff(edges) * levels))


def _slack(time: float) -> float:
    """How far two times may lie apart and be one: times in months are quotients."""
    return 1e-9 * max(1.0, abs(time))


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
