"""report.json keeps its contract: valid by its schema, stable, exact, without paths."""

from __future__ import annotations

import json
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from auditor.audit import Audit
from auditor.finding import Place
from auditor.report.json_report import load_schema, render


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = load_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_every_rendering_is_valid(audit: Audit, validator: Draft202012Validator) -> None:
    validator.validate(json.loads(render(audit)))


def test_the_same_audit_gives_the_same_bytes(audit: Audit) -> None:
    assert render(audit).encode() == render(audit).encode()
    assert render(audit).endswith("}\n")


def test_keys_stand_in_the_order_of_the_contract(samples: ModuleType) -> None:
    report = json.loads(render(samples.realistic()))
    assert list(report) == [
        "schema",
        "auditor",
        "inputs",
        "result",
        "counts",
        "coverage",
        "findings",
        "claims",
        "endpoints",
        "feasibility",
        "checks",
    ]
    assert list(report["findings"][0])[:5] == ["id", "code", "check", "severity", "verdict"]
    assert report["schema"] == "auditor-report/1"
    assert report["result"] == "discrepancies"
    assert report["counts"] == {"error": 4, "warning": 2, "note": 7}


def test_results(samples: ModuleType) -> None:
    assert json.loads(render(samples.clean()))["result"] == "clean"
    assert json.loads(render(samples.incomplete()))["result"] == "incomplete"


def test_claims_are_exact_and_name_their_population(samples: ModuleType) -> None:
    first, second = json.loads(render(samples.realistic()))["claims"]
    assert first["population"] == "Trabectedin (N = 31) | ORR"
    assert first["terms"][1] == {"attribute": "row", "value": "ORR"}
    assert first["place"]["table_index"] == 1
    assert second["quantity"] == "lower (95% CI)"
    assert second["printed"] == {"text": "<0.10", "value": "0.10", "decimals": 2, "relation": "<"}


def test_values_that_are_absent_have_no_key(samples: ModuleType) -> None:
    def nulls(value: Any) -> bool:
        if isinstance(value, dict):
            return any(nulls(item) for item in value.values())
        return any(map(nulls, value)) if isinstance(value, list) else value is None

    report = json.loads(render(samples.realistic()))
    assert not nulls(report)
    text = next(f for f in report["findings"] if f["code"] == "TXT001")
    assert "row" not in text["places"][0]
    assert "conventions" not in text
    assert "why" not in next(c for c in report["checks"] if c["outcome"] == "passed")


def test_text_is_kept_verbatim(extremes: ModuleType) -> None:
    rendered = render(extremes.hostile())
    findings = json.loads(rendered)["findings"]
    assert extremes.HOSTILE[1] in {place["quote"] for f in findings for place in f["places"]}
    assert findings[0]["suggestion"] == extremes.HOSTILE[5] + extremes.HOSTILE[1]
    assert findings[0]["arithmetic"] == list(extremes.HOSTILE[2:4])
    assert "مرحبا" in rendered


def test_a_lone_surrogate_can_still_be_written(samples: ModuleType) -> None:
    whole = samples.realistic()
    odd = replace(whole.findings[0], places=(Place(input="a", kind="text", quote="\udc80"),))
    rendered = render(replace(whole, findings=(odd,)))
    assert json.loads(rendered.encode("utf-8"))["findings"][0]["places"][0]["quote"] == "\udc80"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["result"], "correct"),
        (["counts", "error"], -1),
        (["findings", 0, "severity"], "fatal"),
        (["findings", 0, "places", 0, "kind"], "page"),
        (["findings", 0, "places", 0, "path"], "/home/x"),
        (["checks", 0, "code"], "pct1"),
        (["claims", 0, "printed", "value"], 45.0),
        (["inputs", 0, "sha256"], "abc"),
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_allow(
    samples: ModuleType, validator: Draft202012Validator, path: list[Any], value: object
) -> None:
    report = json.loads(render(samples.realistic()))
    target = report
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    with pytest.raises(ValidationError):
        validator.validate(report)


@pytest.mark.parametrize("key", ["schema", "coverage", "findings", "checks"])
def test_the_schema_asks_for_every_part(
    samples: ModuleType, validator: Draft202012Validator, key: str
) -> None:
    report = json.loads(render(samples.realistic()))
    del report[key]
    with pytest.raises(ValidationError):
        validator.validate(report)


def test_the_schema_lets_the_report_grow(
    samples: ModuleType, validator: Draft202012Validator
) -> None:
    report = json.loads(render(samples.realistic()))
    report["certificate"] = {"locked": True}
    report["findings"][0]["waived"] = {"reason": "known", "by": "A. Author"}
    report["endpoints"] = [
        {
            "endpoint": "PFS",
            "statistic": "median",
            "population": "",
            "terms": [],
            "value": 5.4,
            "n": 44,
            "conventions": ["R"],
            "stratified": False,
        }
    ]
    report["feasibility"] = {"outcome": "feasible"}
    validator.validate(report)
