"""Recomputed endpoints as rows of a table: one value with its intervals a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.comparison import population_words
from auditor.estimate import Estimate

OPEN = 16
"""A table of endpoints with more rows than this is folded away."""
MOST = 120
"""Rows of one endpoint that are shown; the JSON report has all."""

_WORDS = {
    "rate": "rate",
    "survival": "survival",
    "p-value": "P",
    "hazard-ratio": "hazard ratio",
    "odds-ratio": "odds ratio",
}
_BOUNDS = ("lower", "upper")
_BESIDE = ("count", "denominator", "events", "censored", "at-risk")


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """One value: ``basis`` is "52 of 254" or "n = 86, 40 events"; intervals with conventions."""

    population: str
    quantity: str
    value: str
    intervals: tuple[tuple[str, str], ...]
    basis: str
    conventions: str


@dataclass(frozen=True, slots=True)
class EndpointTable:
    """Values of one endpoint; ``open`` where it is short, ``total`` counts those left out too."""

    endpoint: str
    rows: tuple[EstimateRow, ...]
    open: bool
    total: int


_Key = tuple[str, str, str, float | None, str]


def endpoint_tables(estimates: Sequence[Estimate]) -> tuple[EndpointTable, ...]:
    """The estimates by endpoint; numbers at risk stand in the figures.

    Of each endpoint all subjects come first, then what has one term, then the arms within
    subgroups, each in the order given; rows beyond a bound are counted alone.
    """
    grouped: dict[_Key, list[Estimate]] = {}
    for estimate in estimates:
        if estimate.statistic != "at-risk":
            grouped.setdefault(_key(estimate), []).append(estimate)
    families: dict[str, list[tuple[str, list[Estimate]]]] = {}
    for (endpoint, *_), members in grouped.items():
        families.setdefault(endpoint.partition("=")[0], []).append((endpoint, members))
    tables = []
    for family, groups in families.items():
        groups.sort(key=lambda group: len(group[1][0].population.terms))
        rows: list[EstimateRow] = []
        total = 0
        for endpoint, members in groups:
            values = _values(members)
            total += len(values)
            rows += [_row(endpoint, e, members) for e in values[: MOST - len(rows)]]
        if rows:
            tables.append(EndpointTable(family, tuple(rows), total <= OPEN, total))
    return tuple(tables)


def _key(estimate: Estimate) -> _Key:
    versus = "" if estimate.versus is None else population_words(estimate.versus)
    return (
        estimate.endpoint,
        population_words(estimate.population),
        versus,
        estimate.at,
        estimate.unit,
    )


def _values(members: Sequence[Estimate]) -> list[Estimate]:
    """What has a row of its own: each value; a count where there is no value."""
    values = [e for e in members if e.statistic not in (*_BOUNDS, *_BESIDE)]
    counts = [e for e in members if e.statistic in _BESIDE]
    if not values and counts:
        # A count and its denominator are one statement.
        whole = next((e for e in counts if e.statistic == "denominator"), None)
        values = [e for e in counts if e is not whole] or counts
    return values


def _row(endpoint: str, estimate: Estimate, members: Sequence[Estimate]) -> EstimateRow:
    bounds: dict[tuple[str, ...], dict[str, Estimate]] = {}
    for e in members:
        if e.statistic in _BOUNDS and e.of in ("", estimate.statistic):
            bounds.setdefault(e.conventions, {}).setdefault(e.statistic, e)
    versus = "" if estimate.versus is None else f" against {population_words(estimate.versus)}"
    at = "" if estimate.at is None else f" at {estimate.at:g} {estimate.unit}".rstrip()
    kind = endpoint.partition("=")[2]
    quantity = _WORDS.get(estimate.statistic, estimate.statistic.replace("-", " "))
    return EstimateRow(
        population=population_words(estimate.population) + versus,
        quantity=f"{kind}, {quantity}{at}" if kind else quantity + at,
        value=shown(estimate),
        intervals=tuple(
            (f"{shown(pair.get('lower'))}–{shown(pair.get('upper'))}", _beyond(names, estimate))
            for names, pair in bounds.items()
        ),
        basis=_basis(estimate, members),
        conventions=", ".join(estimate.conventions),
    )


def _beyond(names: tuple[str, ...], estimate: Estimate) -> str:
    """The conventions of an interval that its estimate does not have."""
    return ", ".join(name for name in names if name not in estimate.conventions)


def _basis(estimate: Estimate, members: Sequence[Estimate]) -> str:
    count = next((e for e in members if e.statistic == "count"), None)
    whole = next((e for e in members if e.statistic == "denominator"), None)
    if estimate.statistic in ("rate", "survival") and count is not None and count.value is not None:
        of = whole.value if whole is not None and whole.value is not None else count.n
        return f"{count.value:,.0f} of {of:,.0f}"
    parts = [f"n = {estimate.n:,}"] if estimate.n else []
    if estimate.events is not None:
        parts.append(f"{estimate.events:,} {'event' if estimate.events == 1 else 'events'}")
    return ", ".join(parts)


def shown(estimate: Estimate | None) -> str:
    """A recomputed value for reading, unrounded ones to four digits; else why there is none."""
    if estimate is None:
        return "?"
    value = estimate.value
    if value is None:
        return estimate.why or "none"
    statistic = estimate.of if estimate.statistic in _BOUNDS and estimate.of else estimate.statistic
    if statistic in ("rate", "survival"):
        return f"{100 * value:.1f}%"
    if statistic in _BESIDE:
        return f"{value:,.0f}"
    if statistic == "p-value":
        return "<0.0001" if value < 0.0001 else f"{value:.4f}"
    if statistic.endswith("ratio"):
        return f"{value:.3f}"
    unit = f" {estimate.unit}" if estimate.unit and estimate.statistic not in _BOUNDS else ""
    return f"{value:.4g}{unit}"
