"""CDISC Analysis Results: ARD as the R package cards writes it, and ARS 1.0.

The rows follow the structure shown in the documentation of cards ("Other ARD representations")
and in the ARS model of CDISC; the numbers are those of the twenty patients.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.errors import InputError

ROWS: list[dict[str, Any]] = [
    {
        "group1": "TRT01P", "group1_level": ["A"], "variable": "AGE", "context": "summary",
        "stat_name": "mean", "stat_label": "Mean", "stat": [59], "stat_fmt": "59.0",
    },
    {
        "group1": "TRT01P", "group1_level": ["A"], "variable": "AGE", "context": "summary",
        "stat_name": "sd", "stat_label": "SD", "stat": [6.0553],
    },
    {
        "group1": "TRT01P", "group1_level": ["B"], "variable": "SEX", "variable_level": ["F"],
        "context": "tabulate", "stat_name": "n", "stat_label": "n", "stat": [6],
    },
    {
        "group1": "TRT01P", "group1_level": ["B"], "variable": "SEX", "variable_level": ["F"],
        "context": "tabulate", "stat_name": "p", "stat_label": "%", "stat": [0.5],
    },
    {
        "group1": "TRT01P", "group1_level": ["B"], "variable": "SEX", "variable_level": ["F"],
        "context": "tabulate", "stat_name": "N", "stat_label": "N", "stat": [10],
    },
    {
        "variable": "ORR", "variable_level": [True], "context": "dichotomous",
        "stat_name": "n", "stat_label": "n", "stat": [5],
    },
    {
        "group1": "RACE", "group1_level": ["WHITE"], "variable": "AGE", "context": "summary",
        "stat_name": "mean", "stat_label": "Mean", "stat": [60],
    },
    {"variable": "AGE", "context": "attributes", "stat_name": "label", "stat": ["Age"]},
]  # fmt: skip
EXPECTED = [
    ("AGE", "mean", "A", "59.0", "agrees"),
    ("AGE", "sd", "A", "6.0553", "agrees"),
    ("SEX=F", "count", "B", "6", "disagrees"),
    ("SEX=F", "rate", "B", "0.5", "agrees"),
    ("SEX=F", "denominator", "B", "10", "agrees"),
    ("ORR", "count", "all subjects", "5", "agrees"),
    ("AGE", "mean", "WHITE", "60", "not compared"),
]


def said(compared: Any) -> list[tuple[str, ...]]:
    return [
        (c.endpoint, c.statistic, c.population, c.reported, c.agreement.value)
        for c in compared.comparisons
    ]


def test_ard_as_rows(comparer: Any) -> None:
    assert said(comparer.file(json.dumps(ROWS), "ard.json")) == EXPECTED


def test_ard_as_columns(comparer: Any) -> None:
    keys = {key for row in ROWS for key in row}
    columns = {key: [row.get(key) for row in ROWS] for key in sorted(keys)}
    assert said(comparer.file(json.dumps(columns), "ard.json")) == EXPECTED


def test_ard_as_a_nested_list(comparer: Any) -> None:
    stat = {"stat": [59], "stat_fmt": ["59.0"], "warning": {}, "context": ["summary"]}
    nested = {
        "variable": {
            "AGE": {"group1": {"TRT01P": {"group1_level": {"A": {"stat_name": {"mean": stat}}}}}}
        }
    }
    assert said(comparer.file(json.dumps(nested), "ard.json")) == EXPECTED[:1]


def condition(dataset: str, variable: str, value: str) -> dict[str, Any]:
    return {"dataset": dataset, "variable": variable, "comparator": "EQ", "value": [value]}


def result(operation: str, value: str, *groups: tuple[str, str]) -> dict[str, Any]:
    return {
        "operationId": operation,
        "resultGroups": [{"groupingId": g, "groupId": i} for g, i in groups],
        "rawValue": value.strip("()"),
        "formattedValue": value,
    }


A, B, WOMEN = ("G1", "G1_1"), ("G1", "G1_2"), ("G2", "G2_1")
EVENT: dict[str, Any] = {
    "id": "RE1",
    "name": "Twenty patients",
    "analysisSets": [
        {"id": "ALL", "condition": condition("ADSL", "SITE", "limb")},
        {"id": "BOTH", "compoundExpression": {"logicalOperator": "AND", "whereClauses": []}},
    ],
    "dataSubsets": [{"id": "TE", "condition": condition("ADAE", "TRTEMFL", "Y")}],
    "analysisGroupings": [
        {
            "id": "G1", "groupingDataset": "ADSL", "groupingVariable": "TRT01P",
            "groups": [
                {"id": "G1_1", "name": "A", "condition": condition("ADSL", "TRT01P", "A")},
                {"id": "G1_2", "name": "B", "condition": condition("ADSL", "TRT01P", "B")},
            ],
        },
        {
            "id": "G2", "groupingDataset": "ADSL", "groupingVariable": "SEX",
            "groups": [{"id": "G2_1", "name": "F", "condition": condition("ADSL", "SEX", "F")}],
        },
    ],
    "methods": [
        {
            "id": "M1",
            "operations": [
                {"id": "M1_n", "name": "Count of subjects", "label": "n"},
                {"id": "M1_p", "name": "Percent of subjects", "label": "%"},
                {"id": "M1_mean", "name": "Mean", "label": "Mean"},
            ],
        }
    ],
    "analyses": [
        {"id": "An1", "dataset": "ADSL", "variable": "USUBJID", "methodId": "M1",
         "results": [result("M1_n", "N=10", A)]},
        {"id": "An2", "dataset": "ADSL", "variable": "SEX", "methodId": "M1",
         "results": [result("M1_n", "5", A, WOMEN), result("M1_p", "(55.0)", A, WOMEN)]},
        {"id": "An3", "dataset": "ADSL", "variable": "AGE", "methodId": "M1",
         "results": [result("M1_mean", "60.0", B)]},
        {"id": "An4", "dataset": "ADAE", "variable": "USUBJID", "methodId": "M1",
         "dataSubsetId": "TE", "results": [result("M1_n", "6", A)]},
        {"id": "An5", "dataset": "ADSL", "variable": "USUBJID", "methodId": "M1",
         "analysisSetId": "BOTH", "results": [result("M1_n", "3", A)]},
        {"id": "An6", "dataset": "ADSL", "variable": "USUBJID", "methodId": "M1",
         "analysisSetId": "ALL", "results": [result("M1_n", "3", A)]},
    ],
}  # fmt: skip


@pytest.mark.parametrize("wrapped", [False, True])
def test_ars(comparer: Any, wrapped: bool) -> None:
    content = {"reportingEvent": EVENT} if wrapped else EVENT
    compared = comparer.file(json.dumps(content), "ars.json")
    assert [(e, s, r, a) for e, s, _, r, a in said(compared)] == [
        ("N", "count", "N=10", "agrees"),
        ("SEX=F", "count", "5", "agrees"),
        ("SEX=F", "rate", "(55.0)", "disagrees"),
        ("AGE", "mean", "60.0", "agrees"),
        ("AE", "count", "6", "agrees"),
        ("An5", "count", "3", "not compared"),
        ("N", "count", "3", "agrees"),
    ]
    assert "compound" in compared.comparisons[5].why
    assert compared.comparisons[0].place.row_label == "An1"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", "{", "not JSON"),
        ("a.json", '{"a": 1}', "neither"),
        ("a.json", "[" * 100_000, "not JSON|nested"),
        ("a.txt", "x", "CSV or JSON"),
    ],
)
def test_a_file_of_another_kind(comparer: Any, name: str, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        comparer.file(text, name)
