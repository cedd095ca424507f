"""The cohort's part of ``report.json``: tables, endpoints, curves, comparisons, the gate."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from auditor.audit import Audit, GateDecision, TableRead
from auditor.claims import Population
from auditor.comparison import Comparison
from auditor.estimate import Curve, Estimate
from auditor.finding import Place

Json = dict[str, Any]


def cohort_parts(audit: Audit, place: Callable[[Place], Json]) -> Json:
    """What a cohort adds to the report; nothing where there is none."""
    if not audit.tables:
        return {}
    parts: Json = {
        "tables": [_table(table) for table in audit.tables],
        "notes": list(audit.notes),
        "unlisted": {severity.value: count for severity, count in audit.unlisted.items() if count},
        "curves": [_curve(curve) for curve in audit.curves],
        "comparisons": [_comparison(item, place) for item in audit.comparisons],
    }
    if audit.gate is not None:
        parts["gate"] = _gate(audit.gate)
    return parts


def estimate(item: Estimate) -> Json:
    """An estimate; a value that is no number is null, and ``why`` says so."""
    record: Json = {
        "endpoint": item.endpoint,
        "statistic": item.statistic,
        "population": str(item.population),
        "terms": _terms(item.population),
        "value": _number(item.value),
        "n": item.n,
        "conventions": list(item.conventions),
    }
    optional = {
        "events": item.events,
        "at": item.at,
        "unit": item.unit or None,
        "of": item.of or None,
        "versus": None if item.versus is None else _terms(item.versus),
        "why": item.why or None,
    }
    return {**record, **{key: value for key, value in optional.items() if value is not None}}


def _table(table: TableRead) -> Json:
    return {
        "name": table.name,
        "input": table.input,
        "rows": table.rows,
        "subjects": table.subjects,
        "standard": list(table.standard),
        "columns": [{"standard": s, "delivered": d} for s, d in table.columns],
        "notes": list(table.notes),
    }


def _curve(curve: Curve) -> Json:
    return {
        "endpoint": curve.endpoint,
        "population": str(curve.population),
        "terms": _terms(curve.population),
        "unit": curve.unit,
        "n": curve.n,
        "events": curve.events,
        "median": _number(curve.median),
        "times": list(curve.times),
        "survival": list(curve.survival),
        "lower": [_number(value) for value in curve.lower],
        "upper": [_number(value) for value in curve.upper],
        "at_risk": [{"time": time, "n": n} for time, n in curve.at_risk],
    }


def _comparison(item: Comparison, place: Callable[[Place], Json]) -> Json:
    return {
        "quantity": item.quantity,
        "endpoint": item.endpoint,
        "statistic": item.statistic,
        "population": item.population,
        "reported": item.reported,
        "recomputed": item.recomputed,
        "agreement": item.agreement.value,
        "certain": item.certain,
        "conventions": list(item.conventions),
        "reproduced_by": list(item.reproduced_by),
        "consequence": item.consequence,
        "why": item.why,
        "place": place(item.place),
    }


def _gate(decision: GateDecision) -> Json:
    return {
        "passed": decision.passed,
        "complete": decision.complete,
        "fail_on": decision.fail_on,
        "reasons": list(decision.reasons),
    }


def _terms(population: Population) -> list[Json]:
    return [{"attribute": attribute, "value": value} for attribute, value in population.terms]


def _number(value: float | None) -> float | None:
    """A finite number, or null: JSON has no infinity and no NaN."""
    return None if value is None or not math.isfinite(value) else value
