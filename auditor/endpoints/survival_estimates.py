"""Estimates of one time to an event: medians, survival at landmarks, tests, curves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from auditor.claims import Population
from auditor.conventions import SurvivalConvention
from auditor.endpoints.cox import hazard_ratios
from auditor.endpoints.kaplan_meier import (
    KaplanMeier,
    confidence,
    kaplan_meier,
    number_at_risk,
    survival_at,
)
from auditor.endpoints.log_rank import log_rank
from auditor.endpoints.populations import Comparison, Mask
from auditor.endpoints.quantiles import median, quantile, reverse_kaplan_meier
from auditor.endpoints.rates import percent
from auditor.estimate import Curve, Estimate

CI_TYPES = ("log-log", "log", "plain", "symmetric")
NOT_REACHED = "not reached"
_TICKS = (1, 2, 3, 4, 6, 12, 24, 36, 60, 90, 120, 180, 365, 730, 1825, 3650)
_MOST_TICKS = 10


def survival_estimates(
    endpoint: str,
    frame: pd.DataFrame,
    subjects: pd.Index,
    populations: Sequence[tuple[Population, Mask]],
    comparisons: Sequence[Comparison],
    conventions: tuple[str, ...],
    survival: SurvivalConvention,
    landmarks: Sequence[float],
    *,
    follow_up: bool = False,
) -> tuple[list[Estimate], list[Curve]]:
    """All estimates and curves of one endpoint.

    Args:
        frame: USUBJID, time (in the unit of the convention), event; one row a subject.
        subjects: of the populations' masks.
        follow_up: whether the median follow-up is stated as well (of OS).
    """
    position = pd.Series(np.arange(len(subjects)), index=subjects)
    where = position.reindex(frame["USUBJID"])
    frame = frame[where.notna().to_numpy()]
    rows = where.dropna().to_numpy(dtype=np.int64)
    time, event = frame["time"].to_numpy(dtype=float), frame["event"].to_numpy(dtype=bool)
    estimates: list[Estimate] = []
    curves: list[Curve] = []
    for population, mask in populations:
        chosen = mask[rows]
        if not chosen.any():
            why = "nobody in the population has a time"
            estimates.append(Estimate(endpoint, "median", population, None, conventions, why=why))
            continue
        curve = kaplan_meier(time[chosen], event[chosen])
        estimates += _of_curve(endpoint, population, curve, conventions, survival, landmarks)
        for statistic, observed in (("min", time[chosen].min()), ("max", time[chosen].max())):
            estimates.append(
                Estimate(
                    endpoint,
                    statistic,
                    population,
                    float(observed),
                    (*conventions, "observed times"),
                    n=curve.n,
                    events=curve.total_events,
                    unit=survival.unit,
                )
            )
        curves.append(_drawn(endpoint, population, curve, conventions, survival))
        if follow_up:
            estimates += _follow_up(population, time[chosen], event[chosen], conventions, survival)
    for comparison in comparisons:
        groups = [(p, mask[rows]) for p, mask in comparison.groups if mask[rows].any()]
        estimates += _compared(
            endpoint, comparison.base, groups, time, event, conventions, survival
        )
    return estimates, curves


def _of_curve(
    endpoint: str,
    population: Population,
    curve: KaplanMeier,
    conventions: tuple[str, ...],
    survival: SurvivalConvention,
    landmarks: Sequence[float],
) -> Iterator[Estimate]:
    n, events, level = curve.n, curve.total_events, percent(survival.level)

    def made(
        statistic: str,
        value: float | None,
        *more: str,
        of: str = "",
        at: float | None = None,
        unit: str = "",
        why: str = "",
    ) -> Estimate:
        return Estimate(
            endpoint,
            statistic,
            population,
            value,
            (*conventions, *more),
            n=n,
            events=events,
            at=at,
            unit=unit,
            of=of,
            why=why if value is None else "",
        )

    yield made("denominator", float(n))
    yield made("events", float(events))
    yield made("censored", float(n - events))
    unit = survival.unit
    types = tuple(dict.fromkeys((survival.ci, *CI_TYPES)))  # that of the study first
    for flat in _flat_rules(curve, survival):
        rule = (f"level at 0.5: {flat}",)
        value = median(curve, "plain", survival.level, flat).value
        yield made("median", value, *rule, unit=unit, why=NOT_REACHED)
        for ci in types:
            found = median(curve, ci, survival.level, flat)
            name = (*rule, f"{ci} {level}")
            yield made("lower", found.lower, *name, of="median", unit=unit, why=NOT_REACHED)
            yield made("upper", found.upper, *name, of="median", unit=unit, why=NOT_REACHED)
    for statistic, probability in (("q1", 0.25), ("q3", 0.75)):
        value = quantile(curve, probability, "plain", survival.level, survival.median).value
        yield made(statistic, value, unit=unit, why=NOT_REACHED)
    for at in landmarks:
        found_at = {c: survival_at(curve, at, c, survival.level) for c in types if c != "symmetric"}
        any_of = found_at["plain"]
        why = "beyond the last time"
        value = any_of.survival if any_of else None
        yield made("survival", value, at=at, unit=unit, why=why)
        yield made("at-risk", float(number_at_risk(curve, at)), at=at, unit=unit)
        for ci, point in found_at.items():
            low, high = (point.lower, point.upper) if point else (None, None)
            why_not = "undefined where the curve is 0 or 1" if point else why
            by = f"{ci} {level}"
            yield made("lower", low, by, of="survival", at=at, unit=unit, why=why_not)
            yield made("upper", high, by, of="survival", at=at, unit=unit, why=why_not)


def _flat_rules(curve: KaplanMeier, survival: SurvivalConvention) -> list[str]:
    """The study's rule of a level stretch at 0.5, and the others where they differ from it."""

    def medians(rule: str) -> tuple[object, ...]:
        return tuple(median(curve, ci, survival.level, rule) for ci in CI_TYPES)

    rules = {medians(survival.median): survival.median}
    for other in ("midpoint", "first", "midpoint-to-end"):
        rules.setdefault(medians(other), other)
    return list(rules.values())


def _follow_up(
    population: Population,
    time: np.ndarray,
    event: np.ndarray,
    conventions: tuple[str, ...],
    survival: SurvivalConvention,
) -> Iterator[Estimate]:
    """Median follow-up: reverse Kaplan-Meier, time observed in all, in those without event."""
    n, events, unit = int(time.size), int(event.sum()), survival.unit
    found = median(reverse_kaplan_meier(time, event), "log-log", survival.level, survival.median)
    reverse = (*conventions, "reverse Kaplan-Meier")
    limits = (*reverse, f"log-log {percent(survival.level)}")
    for statistic, value, named, of in (
        ("median", found.value, reverse, ""),
        ("lower", found.lower, limits, "median"),
        ("upper", found.upper, limits, "median"),
    ):
        yield Estimate(
            "follow-up",
            statistic,
            population,
            value,
            named,
            n=n,
            events=events,
            unit=unit,
            of=of,
            why=NOT_REACHED if value is None else "",
        )
    for name, chosen in (
        ("observed time, all", time),
        ("observed time, without event", time[~event]),
    ):
        for statistic, summary in (("median", np.median), ("min", np.min), ("max", np.max)):
            yield Estimate(
                "follow-up",
                statistic,
                population,
                float(summary(chosen)) if chosen.size else None,
                (*conventions, name),
                n=int(chosen.size),
                events=events,
                unit=unit,
                why="" if chosen.size else "everybody has had the event",
            )


def _compared(
    endpoint: str,
    base: Population,
    groups: Sequence[tuple[Population, np.ndarray]],
    time: np.ndarray,
    event: np.ndarray,
    conventions: tuple[str, ...],
    survival: SurvivalConvention,
) -> Iterator[Estimate]:
    """Log-rank and hazard ratios: of all groups at once, and of each with the reference alone."""
    if len(groups) < 2:
        return
    sets = [groups] if len(groups) == 2 else [groups, *((groups[0], g) for g in groups[1:])]
    for compared in sets:
        chosen = np.logical_or.reduce([mask for _, mask in compared])
        name = np.zeros(len(time), dtype=np.int64)
        for number, (_, mask) in enumerate(compared):
            name[mask] = number
        times, events, member = time[chosen], event[chosen], name[chosen]
        two = len(compared) == 2
        among = () if two else (f"{len(compared)} groups by {groups[0][0].terms[-1][0]}",)
        reference = compared[0][0]
        test = log_rank(times, events, member)
        yield Estimate(
            endpoint,
            "p-value",
            compared[1][0] if two else base,
            test.p if test else None,
            (*conventions, *among, "log-rank"),
            n=len(times),
            events=int(events.sum()),
            versus=reference if two else None,
            why="" if test else "no events in two groups at risk",
        )
        rules = (survival.ties, "breslow" if survival.ties == "efron" else "efron")
        for ties in rules:
            ratios = hazard_ratios(times, events, member, 0, ties, survival.level)
            for number, (population, mask) in enumerate(compared[1:], start=1):
                ratio = ratios[str(number)]
                cox = (*conventions, *among, f"Cox ({ties.capitalize()})")
                limits = (*cox, f"Wald {percent(survival.level)}")
                for statistic, value, named, of in (
                    ("hazard-ratio", ratio.ratio if ratio else None, cox, ""),
                    ("lower", ratio.lower if ratio else None, limits, "hazard-ratio"),
                    ("upper", ratio.upper if ratio else None, limits, "hazard-ratio"),
                    ("p-value", ratio.p if ratio else None, (*cox, "Wald"), ""),
                ):
                    both = mask | compared[0][1]
                    yield Estimate(
                        endpoint,
                        statistic,
                        population,
                        value,
                        named,
                        n=int(both.sum()),
                        events=int(event[both].sum()),
                        of=of,
                        versus=reference,
                        why="" if ratio else "no finite hazard ratio: a group has no event",
                    )


def _drawn(
    endpoint: str,
    population: Population,
    curve: KaplanMeier,
    conventions: tuple[str, ...],
    survival: SurvivalConvention,
) -> Curve:
    ci = survival.ci if survival.ci != "symmetric" else "log-log"
    lower, upper = confidence(curve, ci, survival.level)
    steps = curve.events > 0
    zero = bool(curve.times[0] == 0 and steps[0])
    end = float(curve.times[-1])
    last = _TICKS[-1] * max(1, math.ceil(end / (_TICKS[-1] * _MOST_TICKS)))
    tick = next((t for t in _TICKS if end / t <= _MOST_TICKS), last)
    ticks = np.arange(0, end + tick, tick) if end else np.zeros(1)
    return Curve(
        endpoint=endpoint,
        population=population,
        unit=survival.unit,
        n=curve.n,
        events=curve.total_events,
        times=(*(() if zero else (0.0,)), *curve.times[steps].tolist()),
        survival=(*(() if zero else (1.0,)), *curve.survival[steps].tolist()),
        lower=(*(() if zero else (1.0,)), *map(_known, lower[steps])),
        upper=(*(() if zero else (1.0,)), *map(_known, upper[steps])),
        censored=tuple(curve.times[curve.censored > 0].tolist()),
        at_risk=tuple(
            (float(t), number_at_risk(curve, float(t))) for t in ticks if t <= end or t == 0
        ),
        median=median(curve, ci, survival.level, survival.median).value,
        conventions=conventions,
    )


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
