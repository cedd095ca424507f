"""``report.json``: the audit for machines, by the schema ``auditor-report/1``.

The same audit gives the same bytes: no clock, no folder, keys in a fixed order.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from auditor import __version__
from auditor.audit import Audit, CheckRun, Unchecked
from auditor.check import Outcome
from auditor.claims import Claim
from auditor.finding import Finding, Place, Severity
from auditor.report.json_cohort import cohort_parts, estimate
from auditor.report.json_text import text_parts
from auditor.report.recomputed import recomputed_json

SCHEMA = "auditor-report/1"
SCHEMA_FILE = "auditor-report-1.schema.json"

Json = dict[str, Any]


def render(audit: Audit) -> str:
    """The audit as JSON text that ends with a newline and can always be encoded as UTF-8."""
    parts = [f"  {_dumps(key)}: {_body(key, value)}" for key, value in as_dict(audit).items()]
    text = "{\n" + ",\n".join(parts) + "\n}\n"
    # A lone surrogate has no UTF-8; its backslash escape is what JSON writes for it anyway.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _body(key: str, value: Any) -> str:
    """A part of the report, indented; of the long lists an item a line."""
    if key in ("claims", "endpoints", "curves", "recomputed") and value:
        return "[\n" + ",\n".join(f"    {_dumps(item)}" for item in value) + "\n  ]"
    # No line of a string is broken: its newlines are escaped.
    return _dumps(value, indent=2).replace("\n", "\n  ")


def _dumps(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)


def load_schema() -> Json:
    """The JSON Schema (draft 2020-12) that every rendering satisfies."""
    text = files("auditor.report").joinpath(SCHEMA_FILE).read_text(encoding="utf-8")
    schema: Json = json.loads(text)
    return schema


def as_dict(audit: Audit) -> Json:
    """The audit as plain dicts, lists, strings and numbers, in the order of the report."""
    coverage = audit.coverage
    text = text_parts(audit, _place)
    return {
        "schema": SCHEMA,
        "auditor": {
            "version": __version__,
            "rulebooks": [{"name": r.name, "sha256": r.sha256} for r in audit.rulebooks],
        },
        "inputs": [{"name": i.name, "kind": i.kind, "sha256": i.sha256} for i in audit.inputs],
        "result": audit.result,
        "counts": {severity.value: audit.count(severity) for severity in Severity},
        "coverage": {
            "numbers": coverage.numbers,
            "parsed": coverage.parsed,
            "linked": coverage.linked,
            "checked": coverage.checked,
            "unchecked": [_unchecked(item) for item in coverage.unchecked],
        },
        "findings": [_finding(finding) for finding in audit.findings],
        "claims": [_claim(claim) | text.get(claim.id, {}) for claim in audit.claims],
        "endpoints": [estimate(item) for item in audit.estimates],
        "feasibility": {},
        "checks": [_check(run) for run in audit.checks],
        **recomputed_json(audit, _place),
        **cohort_parts(audit, _place),
    }


def _finding(finding: Finding) -> Json:
    record: Json = {
        "id": finding.id,
        "code": finding.code,
        "check": finding.check,
        "severity": finding.severity.value,
        "verdict": finding.verdict.value,
        "message": finding.message,
        "reported": finding.reported,
        "expected": finding.expected,
        "arithmetic": list(finding.arithmetic),
        "places": [_place(place) for place in finding.places],
    }
    if finding.conventions:
        record["conventions"] = [str(convention) for convention in finding.conventions]
    if finding.suggestion:
        record["suggestion"] = finding.suggestion
    return record


def _claim(claim: Claim) -> Json:
    printed = claim.printed
    return {
        "id": claim.id,
        "quantity": str(claim.quantity),
        "population": str(claim.population),
        "terms": [
            {"attribute": attribute, "value": value} for attribute, value in claim.population.terms
        ],
        "printed": {
            "text": printed.text,
            # A string: a JSON number may pass through a float and lose what was printed.
            "value": format(printed.value, "f"),
            "decimals": printed.decimals,
            "relation": printed.relation,
        },
        "place": _place(claim.place),
        "confidence": claim.confidence,
    }


def _place(place: Place) -> Json:
    record: Json = {
        "input": place.input,
        "kind": place.kind,
        "section": place.section,
        "table": place.table,
        "table_index": place.table_index,
        "row": place.row,
        "column": place.column,
        "row_label": place.row_label,
        "column_label": place.column_label,
        "line": place.line,
        "quote": place.quote,
        "start": place.start,
        "end": place.end,
        "subject": place.subject,
        "visit": place.visit,
        "variable": place.variable,
    }
    return {key: value for key, value in record.items() if value is not None}


def _unchecked(item: Unchecked) -> Json:
    return {"place": _place(item.place), "why": item.why}


def _check(run: CheckRun) -> Json:
    record: Json = {"code": run.code, "name": run.name, "outcome": run.outcome.value}
    if run.why or run.outcome in (Outcome.NOT_EVALUABLE, Outcome.FAILED):
        record["why"] = run.why
    if run.evaluated is not None:
        record["evaluated"] = run.evaluated
        record["breaches"] = {severity.value: n for severity, n in run.breaches.items()}
    return record
