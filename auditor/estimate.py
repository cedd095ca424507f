"""What is recomputed from a cohort: estimates and survival curves, with their conventions."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.claims import Population


@dataclass(frozen=True, slots=True)
class Estimate:
    """One recomputed value.

    Attributes:
        endpoint: "ORR", "DCR", "CBR", "BOR=CR", "OS", "PFS", "DoR", "TTR", "follow-up",
            "AE", ... as the field abbreviates it.
        statistic: "count", "denominator", "rate", "lower", "upper", "median", "survival",
            "at-risk", "events", "censored", "hazard-ratio", "p-value", "mean", ...
        population: attribute and value, such as ("TRT01P", "Placebo"); no term: all subjects.
        value: rates are fractions of 1, times are in ``unit``; None: see ``why``.
        conventions: by name, such as ("admiralonco", "Clopper-Pearson 95%").
        n: subjects of the population that the value rests on.
        events: events among them, where it is a time to an event.
        at: the time, in ``unit``, of survival or number at risk at a time.
        unit: of a time, or "".
        of: what an interval's bound belongs to ("rate", "median", ...), or "".
        versus: the population compared with, for ratios and tests (the reference).
        why: why there is no value ("not reached", "nobody in the population").
    """

    endpoint: str
    statistic: str
    population: Population
    value: float | None
    conventions: tuple[str, ...] = ()
    n: int = 0
    events: int | None = None
    at: float | None = None
    unit: str = ""
    of: str = ""
    versus: Population | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """A Kaplan-Meier curve, for drawing; no subject can be told from it beyond its steps.

    Attributes:
        endpoint, population, unit, n, events: as in ``Estimate``.
        times: of the steps, in ``unit``, ascending, the first is 0.
        survival, lower, upper: from each time on, as fractions of 1 (bounds may be None).
        censored: times at which somebody is censored.
        at_risk: number at risk at round times: (time, number).
        median: None where it is not reached.
        conventions: by name, as in ``Estimate``.
    """

    endpoint: str
    population: Population
    unit: str
    n: int
    events: int
    times: tuple[float, ...]
    survival: tuple[float, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    censored: tuple[float, ...]
    at_risk: tuple[tuple[float, int], ...]
    median: float | None
    conventions: tuple[str, ...] = ()
