"""Recomputed endpoints as a plain table for the terminal, and in full as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from auditor.claims import Population
from auditor.endpoints.recompute import Recomputed
from auditor.estimate import Estimate

_HEADER = ("Endpoint", "Population", "n", "Value", "Interval", "Convention")
_RIGHT = (2,)
_BOUNDS = ("lower", "upper")
_FOLDED = ("count", "denominator", "n", "events", "censored")

_Key = tuple[str, str, Population, float | None, Population | None]


@dataclass(frozen=True, slots=True)
class _Row:
    """One estimate with the first interval that belongs to it."""

    main: Estimate
    lower: Estimate | None
    upper: Estimate | None


def to_text(recomputed: Recomputed) -> str:
    """One line for each rate, median, mean, survival, hazard ratio and test.

    Each is shown under the conventions of the study alone, with one interval; ``to_csv`` has
    the others.
    """
    if not recomputed.estimates:
        return "\n".join(["No endpoint could be computed.", *_noted(recomputed.notes)]) + "\n"
    table = [_HEADER, *(_cells(row) for row in _rows(recomputed.estimates))]
    widths = [max(len(row[i]) for row in table) for i in range(len(_HEADER))]
    lines = [
        "  ".join(
            cell.rjust(width) if i in _RIGHT else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]
    lines.insert(1, "-" * max(len(line) for line in lines))
    return "\n".join([*lines, *_noted(recomputed.notes)]) + "\n"


def to_csv(recomputed: Recomputed) -> str:
    """Every estimate under every convention, values with all their digits, one a line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        (
            "endpoint",
            "statistic",
            "of",
            "population",
            "versus",
            "at",
            "value",
            "unit",
            "n",
            "events",
            "conventions",
            "why",
        )
    )
    for e in recomputed.estimates:
        writer.writerow(
            (
                _inert(e.endpoint),
                e.statistic,
                e.of,
                _inert(_terms(e.population)),
                _inert(_terms(e.versus)) if e.versus is not None else "",
                "" if e.at is None else repr(e.at),
                "" if e.value is None else repr(e.value),
                e.unit,
                e.n,
                "" if e.events is None else e.events,
                "; ".join(e.conventions),
                e.why,
            )
        )
    return out.getvalue()


def _rows(estimates: tuple[Estimate, ...]) -> list[_Row]:
    """The first estimate of each key, with the first interval that belongs to it."""
    mains: dict[tuple[_Key, str], Estimate] = {}
    bounds: dict[tuple[_Key, str, str], list[Estimate]] = {}
    for e in estimates:
        first = e.conventions[0] if e.conventions else ""
        source = first if first.startswith("as recorded") else ""
        if e.statistic in _BOUNDS:
            owner = (e.endpoint, e.of, e.population, e.at, e.versus)
            bounds.setdefault((owner, source, e.statistic), []).append(e)
        elif e.statistic not in _FOLDED or e.endpoint == "N":
            key = (e.endpoint, e.statistic, e.population, e.at, e.versus)
            mains.setdefault((key, source), e)
    return [
        _Row(e, *(_belonging(e, bounds.get((key, source, side), [])) for side in _BOUNDS))
        for (key, source), e in mains.items()
    ]


def _belonging(main: Estimate, bounds: list[Estimate]) -> Estimate | None:
    size = len(main.conventions)
    return next((b for b in bounds if b.conventions[:size] == main.conventions), None)


def _cells(row: _Row) -> tuple[str, ...]:
    e = row.main
    at = f" at {e.at:g}" if e.at is not None else ""
    unit = f" ({e.unit})" if e.unit and e.statistic != "survival" else ""
    name = e.endpoint if e.statistic == "rate" else f"{e.endpoint} {e.statistic}{at}"
    if at and e.unit:
        name, unit = f"{name} {e.unit}", ""
    who = _terms(e.population) or "all"
    if e.versus is not None:
        who = f"{who} vs {_terms(e.versus)}"
    n = str(e.n) if e.events is None else f"{e.events}/{e.n}"
    value = _value(e)
    if e.statistic == "rate" and e.value is not None:
        value = f"{round(e.value * e.n)}/{e.n} ({value})"
    interval = ""
    if row.lower and row.upper:
        interval = f"{_value(row.lower, e)} to {_value(row.upper, e)}"
    conventions = row.lower.conventions if row.lower and row.upper else e.conventions
    return (name + unit, who, n, value, interval, "; ".join(conventions))


def _value(e: Estimate, owner: Estimate | None = None) -> str:
    """A value with the digits that its kind is read with."""
    statistic = owner.statistic if owner else e.statistic
    if e.value is None:
        return {"not reached": "NR"}.get(e.why, "-" if owner else f"- ({e.why})")
    if statistic in ("rate", "survival"):
        return f"{100 * e.value:.1f}%"
    if statistic == "p-value":
        return "<0.0001" if e.value < 0.0001 else f"{e.value:.4f}"
    if statistic == "hazard-ratio":
        return f"{e.value:.3f}"
    text = f"{e.value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _terms(population: Population) -> str:
    return ", ".join(f"{attribute} = {value}" for attribute, value in population.terms)


def _noted(notes: tuple[str, ...]) -> list[str]:
    return ["", "Notes", *(f"- {note}" for note in notes)] if notes else []


def _inert(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
