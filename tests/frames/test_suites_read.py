"""Suites as read: what is wrong with one is said with its file and its expectation."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.errors import RulebookError
from auditor.frames.suites import suite_checks
from auditor.frames.suites_read import read_suite, read_suites
from auditor.study import Group, Study

Edit = Callable[[dict[str, Any]], None]
DOC = {"defect": "It is wrong.", "why": "It is.", "example": "This.", "references": "That."}


def suite(**changes: Any) -> dict[str, Any]:
    """A suite of one expectation; ``changes`` go into the expectation."""
    entry = {
        "type": "expect_column_values_to_be_between",
        "kwargs": {"column": "AGE", "min_value": 18, "max_value": 75},
        "meta": {"auditor": {"code": "TST901", "name": "odd-age", "severity": "note", "doc": DOC}},
        **changes,
    }
    return {"name": "patients", "expectations": [entry]}


def about(**changes: Any) -> dict[str, Any]:
    entry = suite()["expectations"][0]["meta"]["auditor"]
    return {"meta": {"auditor": {**entry, **changes}}}


def written(folder: Path, data: object, name: str = "patients.json") -> Path:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def kwargs(**given: Any) -> dict[str, Any]:
    return {"kwargs": {"column": "AGE", "min_value": 18, **given}}


def test_a_suite_is_read(tmp_path: Path) -> None:
    [found] = read_suite(written(tmp_path, suite())).expectations
    assert (found.code, found.table, found.columns) == ("TST901", "patients", ("AGE",))


def test_a_folder_that_is_not_there_has_no_suite(tmp_path: Path) -> None:
    assert read_suites(tmp_path / "expectations") == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"type": "expect_column_values_to_be_betwen"}, "did you mean expect_column_values_to_be"),
        ({"type": "expect_column_values_to_match_like_pattern"}, "for databases alone"),
        ({"type": 7}, 'not an object with a "type"'),
        ({"kwargs": []}, '"kwargs" is not an object'),
        ({"kwargs": {"min_value": 1}}, 'argument "column" is lacking'),
        ({"kwarg": {}}, "did you mean kwargs?"),
        (kwargs(column="AGEE"), 'no column "AGEE": did you mean AGE?'),
        (kwargs(max_valu=3), 'no argument "max_valu": did you mean max_value?'),
        (kwargs(max_value=3), r"min_value \(18\) is above max_value \(3\)"),
        (kwargs(min_value=None), "one of min_value and max_value is needed"),
        (kwargs(min_value=[1]), '"min_value" must be a number'),
        (kwargs(mostly=1.2), '"mostly" must be a number from 0 to 1'),
        (kwargs(strict_min="yes"), '"strict_min" must be true or false'),
        (kwargs(row_condition="SEXX == 'F'", condition_parser="pandas"), "did you mean SEX?"),
        (kwargs(row_condition="SEX == 'F'"), "does not say how it is read"),
        (kwargs(row_condition="SEX = = 1", condition_parser="pandas"), "cannot be read"),
        (kwargs(row_condition="SEX == 'F'", condition_parser="spark"), "does not say how|must be"),
        (
            {
                "type": "expect_column_values_to_match_regex",
                "kwargs": {"column": "SEX", "regex": "("},
            },
            "regular expression cannot be read",
        ),
        (
            {
                "type": "expect_compound_columns_to_be_unique",
                "kwargs": {"column_list": ["SEX", "AGE"], "ignore_row_if": "never ever"},
            },
            '"ignore_row_if" must be one of',
        ),
        ({"meta": {}}, "does not say who it is"),
        (about(code="TST1"), '"code" must be three capital letters'),
        (about(name="Odd age"), '"name" must be two or more lower-case words'),
        (about(severity="grave"), '"severity" must be one of error, warning, note'),
        (about(verdict="guilty"), '"verdict" must be one of'),
        (about(doc={**DOC, "why": " "}), "the texts why"),
        (about(doc="It is wrong."), "the documentation lacks"),
        (about(optional=["SEX"]), 'no column "SEX"'),
        (about(fix=True), "did you mean fixed?"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_expectation(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    path = written(tmp_path, suite(**changes))
    with pytest.raises(RulebookError, match=message) as raised:
        read_suite(path)
    assert raised.value.source == str(path)
    assert "expectation 1" in str(raised.value.where)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("patients.json", '{"name": "patients",\n oops}', "not JSON"),
        ("patients.json", [], "not a suite"),
        ("patients.json", {"name": "patients", "expectations": []}, "no expectation"),
        ("patients.json", {**suite(), "name": "adsl"}, 'must be named "patients"'),
        ("patient.json", suite(), 'no standard table "patient": did you mean patients?'),
    ],
)
def test_a_file_that_is_no_suite(tmp_path: Path, name: str, data: object, message: str) -> None:
    with pytest.raises(RulebookError, match=message) as raised:
        read_suite(written(tmp_path, data, name))
    assert str(tmp_path / name) in str(raised.value)


def test_columns_that_only_the_study_knows(tmp_path: Path) -> None:
    written(tmp_path, suite(**kwargs(column="STRATUM")))
    with pytest.raises(RulebookError, match="STRATUM"):
        suite_checks(tmp_path)
    group = Group("high risk", {"STRATUM": ("3",)})
    [check] = suite_checks(tmp_path, Study(groups=(group,)))
    assert check.code == "TST901"


def test_numbers_are_no_flags_and_flags_no_numbers(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match='"max_value" must be a number'):
        read_suite(written(tmp_path, suite(**kwargs(max_value=True))))
