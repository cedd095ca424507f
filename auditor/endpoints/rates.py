"""Rates of response with their intervals and tests, and the distribution of best response."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from auditor.claims import Population
from auditor.endpoints.populations import Comparison, Mask
from auditor.endpoints.response_dates import BEST, CONTROLLED, RESPONDERS
from auditor.estimate import Estimate
from auditor.statistics.chi_squared import pearson, yates
from auditor.statistics.contingency import of_rates
from auditor.statistics.fisher import fisher, one_sided
from auditor.statistics.proportions import INTERVALS

NOBODY = "nobody in the population"
RATES = {"ORR": RESPONDERS, "DCR": CONTROLLED}


def proportion(
    endpoint: str,
    population: Population,
    x: int,
    n: int,
    conventions: tuple[str, ...],
    level: float = 0.95,
    intervals: Sequence[str] = tuple(INTERVALS),
) -> Iterator[Estimate]:
    """Count, denominator, rate and the limits of each of the named intervals."""

    def made(statistic: str, value: float | None, *more: str, of: str = "") -> Estimate:
        return Estimate(
            endpoint,
            statistic,
            population,
            value,
            (*conventions, *more),
            n=n,
            of=of,
            why="" if n else NOBODY,
        )

    yield made("count", float(x))
    yield made("denominator", float(n))
    yield made("rate", x / n if n else None)
    if n:
        for name in intervals:
            lower, upper = INTERVALS[name](x, n, level)
            label = f"{name} {percent(level)}"
            yield made("lower", lower, label, of="rate")
            yield made("upper", upper, label, of="rate")


def rate_comparison(
    endpoint: str,
    comparison: Comparison,
    x: Sequence[int],
    n: Sequence[int],
    conventions: tuple[str, ...],
) -> Iterator[Estimate]:
    """p-values of a rate between the groups of a comparison, all together and in pairs."""
    names = [population for population, _ in comparison.groups]
    yield from _tests(endpoint, comparison.base, names, x, n, conventions)
    if len(names) > 2:
        for i in range(1, len(names)):
            pair = (names[0], names[i])
            yield from _tests(
                endpoint, comparison.base, pair, (x[0], x[i]), (n[0], n[i]), conventions
            )


def _tests(
    endpoint: str,
    base: Population,
    names: Sequence[Population],
    x: Sequence[int],
    n: Sequence[int],
    conventions: tuple[str, ...],
) -> Iterator[Estimate]:
    two = len(names) == 2
    counts = of_rates(x, n)
    found = {
        "Fisher exact, two-sided": fisher(counts),
        "Pearson chi-squared": pearson(counts),
    }
    if two:
        found["Yates chi-squared"] = yates(counts)
        found["Fisher exact, one-sided"] = one_sided(counts)
    among = f"{len(names)} groups by {names[0].terms[-1][0]}"
    for name, value in found.items():
        yield Estimate(
            endpoint,
            "p-value",
            names[1] if two else base,
            value,
            (*conventions, name) if two else (*conventions, among, name),
            n=sum(n),
            versus=names[0] if two else None,
            why="" if value is not None else "all alike, or too many tables to go through",
        )


def response_rates(
    best: pd.Series,
    populations: Sequence[tuple[Population, Mask]],
    comparisons: Sequence[Comparison],
    conventions: tuple[str, ...],
    level: float,
) -> Iterator[Estimate]:
    """ORR, DCR and the distribution of best response, of all subjects and of those evaluable.

    ``best`` is one label a subject ("MISSING": no assessment; missing counts as that). All
    subjects: whoever has no assessment is no responder. Evaluable: a best response other than
    NE and MISSING.
    """
    label = best.fillna("MISSING").to_numpy(dtype=object)
    evaluable = ~np.isin(label, ("NE", "MISSING"))
    for denominators, within in (
        ("all subjects", np.ones(len(label), dtype=bool)),
        ("evaluable subjects", evaluable),
    ):
        named = (*conventions, denominators)
        for endpoint, labels in RATES.items():
            member = np.isin(label, labels)
            yield from of_members(
                endpoint, member & within, within, populations, comparisons, named, level
            )
        present = set(label.tolist())
        for name in (*BEST, *sorted(present - set(BEST))):
            if name == "MISSING" and (name not in present or denominators != "all subjects"):
                continue
            member = label == name
            for population, mask in populations:
                yield from proportion(
                    f"BOR={name}",
                    population,
                    int((member & within & mask).sum()),
                    int((within & mask).sum()),
                    named,
                    level,
                    ("Clopper-Pearson", "Wilson"),
                )


def of_members(
    endpoint: str,
    member: Mask,
    within: Mask,
    populations: Sequence[tuple[Population, Mask]],
    comparisons: Sequence[Comparison],
    conventions: tuple[str, ...],
    level: float,
) -> Iterator[Estimate]:
    """The rate of ``member`` among ``within`` in every population, and compared."""
    for population, mask in populations:
        x, n = int((member & mask).sum()), int((within & mask).sum())
        yield from proportion(endpoint, population, x, n, conventions, level)
    for comparison in comparisons:
        x_of = [int((member & mask).sum()) for _, mask in comparison.groups]
        n_of = [int((within & mask).sum()) for _, mask in comparison.groups]
        yield from rate_comparison(endpoint, comparison, x_of, n_of, conventions)


def percent(level: float) -> str:
    """A level as it is written: "95%"."""
    return f"{100 * level:.10g}%"
