"""The built-in suites: what each expectation must find, what it must not, and how it says so."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditor.check import Check, Subject
from auditor.discovery import missing_sections
from auditor.finding import Severity, Verdict
from auditor.frames.cohort import Unread
from auditor.frames.dispatch import read_extract
from auditor.frames.standardise import standardise
from auditor.frames.suites import as_check, suite_checks
from auditor.frames.suites_ranges import ranged
from auditor.study import Study
from auditor.synthetic.cohort import make_cohort
from tests.frames.suites_cases import CASES, Case
from tests.frames.suites_kit import EXPECTATIONS, cohort_of, expectation, frame_of, outcome

ALL = {check.code: check for check in suite_checks(EXPECTATIONS)}
CHECKS = {code: check for code, check in ALL.items() if code != "RNG501"}
AGES = "expect_column_values_to_be_between"


def _name(case: Case) -> str:
    return f"{case.code}-{'fires' if case.found else 'silent'}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_finds_what_it_must_and_no_more(case: Case) -> None:
    check = CHECKS[case.code]
    judged, findings, why = outcome(check, cohort_of({case.table: case.rows}))
    assert not why
    assert judged > 0
    assert len(findings) == case.found
    for finding in findings:
        assert finding.message.endswith(".")
        assert len(finding.message) < 330
        assert finding.places[0].table == f"d_{case.table}"
    if findings and case.subject is not None:
        assert findings[0].places[0].subject == case.subject
        assert findings[0].places[0].row is not None


def test_every_expectation_has_a_case_of_both_kinds() -> None:
    assert {case.code for case in CASES if case.found} == set(CHECKS)
    assert {case.code for case in CASES if not case.found} == set(CHECKS)


def test_values_of_patients_are_in_places_alone() -> None:
    rows = [{"USUBJID": "P1", "AGE": 111}]
    _, [finding], _ = outcome(CHECKS["PAT504"], cohort_of({"patients": rows}))
    assert "111" not in finding.message
    assert finding.places[0].quote == finding.reported == "111"
    assert "12 to 100" in finding.message


def test_a_repeated_key_names_the_other_row() -> None:
    rows = [{"USUBJID": p, "PARAMCD": "OS", "AVAL": 1} for p in ("A", "B", "A")]
    _, findings, _ = outcome(CHECKS["TTE504"], cohort_of({"times": rows}))
    assert [[place.row for place in finding.places] for finding in findings] == [[0, 2], [2, 0]]
    assert findings[0].verdict is Verdict.DISAGREES


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: str(check.code))
def test_what_is_not_there_is_not_evaluable(check: Check) -> None:
    judged, findings, why = outcome(check, cohort_of({}))
    assert (judged, findings) == (0, [])
    assert "the extract has no table" in why


@pytest.mark.parametrize(
    ("code", "table", "rows", "why"),
    [
        ("PAT505", "patients", [{"USUBJID": "P1"}], "has no HEIGHT"),
        ("PAT505", "patients", [{"USUBJID": "P1", "HEIGHT": None}], "no value of HEIGHT to judge"),
        ("PAT508", "patients", [{"USUBJID": "P1"}], "has no AGE"),
        ("TTE511", "times", [{"USUBJID": "P1", "AVAL": 9, "AVALU": "DAYS"}], "where AVALU in"),
        ("LES506", "lesions", [{"USUBJID": "P1", "AVAL": 400.0}], "has no TESTCD"),
    ],
)
def test_nothing_to_judge_is_said(
    code: str, table: str, rows: list[dict[str, Any]], why: str
) -> None:
    judged, findings, said = outcome(CHECKS[code], cohort_of({table: rows}))
    assert (judged, findings) == (0, [])
    assert why in said


def test_a_partial_date_is_there() -> None:
    rows = [{"USUBJID": f"P{n}", "ADT": None, "AVALC": "SD"} for n in range(4)]
    month = pd.Series(pd.Timestamp("2020-03-01"), index=range(4))
    present = cohort_of({"responses": rows}, earliest={"ADT": month})
    assert outcome(CHECKS["RSP506"], present)[1] == []
    assert len(outcome(CHECKS["RSP506"], cohort_of({"responses": rows}))[1]) == 1


def test_a_value_that_cannot_be_read_is_not_missing() -> None:
    rows = [{"USUBJID": "P1", "PARAMCD": "OS", "AVAL": value} for value in (None, 7)]
    unread = (Unread("AVAL", 0, "seven", "not a number"),)
    assert outcome(CHECKS["TTE505"], cohort_of({"times": rows}, unread=unread))[1] == []
    assert len(outcome(CHECKS["TTE505"], cohort_of({"times": rows}))[1]) == 1


def test_a_share_is_one_finding_with_its_count() -> None:
    rows = [{"USUBJID": f"P{n}", "SEX": None if n < 10 else "F"} for n in range(40)]
    _, [finding], _ = outcome(CHECKS["PAT509"], cohort_of({"patients": rows}))
    assert "10 of 40 (25.0%) rows do not comply; at least 95% must" in finding.message
    assert (finding.places[0].row, finding.places[0].variable) == (None, "SEX")
    assert [place.row for place in finding.places[1:]] == [0, 1, 2]


def test_of_mixed_units_the_rows_with_the_rarer_one_are_named() -> None:
    one_unit = expectation(
        "expect_column_unique_value_count_to_be_between", "times", column="AVALU", max_value=1
    )
    rows = [{"USUBJID": f"P{n}", "AVALU": "MONTHS" if n == 3 else "DAYS"} for n in range(5)]
    check = as_check(one_unit, EXPECTATIONS)
    _, [finding], _ = outcome(check, cohort_of({"times": rows}))
    assert [(place.row, place.variable) for place in finding.places] == [
        (None, "AVALU"),
        (3, "AVALU"),
    ]


def test_a_study_declares_its_range() -> None:
    study = Study(file="study.toml", ranges={("patients", "AGE"): (0, 17)})
    [check] = [c for c in suite_checks(EXPECTATIONS, study) if c.code == "PAT504"]
    rows = [{"USUBJID": "P1", "AGE": 5}, {"USUBJID": "P2", "AGE": 18}]
    _, [finding], _ = outcome(check, cohort_of({"patients": rows}, study=study))
    assert finding.places[0].subject == "P2"
    assert "within 0 to 17 (the range that study.toml declares)" in finding.message


def test_a_range_that_is_open_closes_and_a_fixed_one_stays() -> None:
    study = Study(ranges={("patients", "AGE"): (0, 17)})
    open_below = expectation(AGES, column="AGE", min_value=0, strict_min=True)
    assert ranged(open_below, study).kwargs == {"column": "AGE", "min_value": 0, "max_value": 17}
    fixed = replace(open_below, fixed=True)
    assert ranged(fixed, study) is fixed


def test_a_range_of_a_column_that_no_suite_has_one_for() -> None:
    ranges = {("exposures", "DOSE"): (10.0, 150.0), ("patients", "AGE"): (18.0, 85.0)}
    study = Study(file="study.toml", ranges=ranges)
    [check] = [c for c in suite_checks(EXPECTATIONS, study) if c.code == "RNG501"]
    doses = [{"USUBJID": f"P{n}", "TRT": "D", "DOSE": n * 10} for n in (0, 1, 15, 16)]
    rows = {"exposures": doses, "patients": [{"USUBJID": "P0", "AGE": 99}]}
    judged, findings, why = outcome(check, cohort_of(rows, study=study))
    assert (judged, why) == (4, "")
    assert [finding.places[0].subject for finding in findings] == ["P0", "P16"]
    assert "DOSE is expected within 10 to 150 (the range that study.toml" in findings[0].message
    assert "no table of exposure" in outcome(check, cohort_of({}, study=study))[2]


def test_without_declared_ranges_there_is_nothing_to_judge() -> None:
    judged, findings, why = outcome(ALL["RNG501"], cohort_of({}))
    assert (judged, findings) == (0, [])
    assert "declares no range" in why


def test_a_suite_of_another_rulebook_has_no_check_of_ranges(tmp_path: Path) -> None:
    assert suite_checks(tmp_path) == ()


def test_the_checks_are_of_cohorts_and_documented() -> None:
    for check in ALL.values():
        assert check.subject is Subject.COHORT
        assert missing_sections(check) == ()
        assert check.summary.endswith(".")
        assert Path(check.source).exists()
    assert len({check.name for check in CHECKS.values()}) == len(CHECKS)


def test_a_column_as_a_whole_is_one_finding() -> None:
    check = as_check(
        expectation("expect_column_mean_to_be_between", column="AGE", max_value=50), EXPECTATIONS
    )
    rows = [{"USUBJID": "P1", "AGE": 60}, {"USUBJID": "P2", "AGE": 70}]
    judged, [finding], _ = outcome(check, cohort_of({"patients": rows}))
    assert judged == 2
    assert (finding.severity, finding.reported) == (Severity.WARNING, "65.0")
    assert finding.places[0].row is None


def test_a_type_that_only_great_expectations_knows_is_run_by_it() -> None:
    ranges = {"quantiles": [0.5], "value_ranges": [[18, 50]]}
    kind = "expect_column_quantile_values_to_be_between"
    check = as_check(expectation(kind, column="AGE", quantile_ranges=ranges), EXPECTATIONS)
    rows = [{"USUBJID": "P1", "AGE": 60}, {"USUBJID": "P2", "AGE": 70}]
    judged, [finding], _ = outcome(check, cohort_of({"patients": rows}))
    assert judged == 2
    assert finding.message.endswith("Judged by Great Expectations itself.")
    young = [{"USUBJID": "P1", "AGE": 30}]
    assert outcome(check, cohort_of({"patients": young})) == (1, [], "")


def test_what_great_expectations_cannot_evaluate_fails_and_is_no_finding() -> None:
    check = as_check(expectation(AGES, column="SEX", min_value=1), EXPECTATIONS)
    rows = [{"USUBJID": "P1", "SEX": "F"}]
    with pytest.raises(RuntimeError, match="could not evaluate") as raised:
        outcome(check, cohort_of({"patients": rows}))
    assert "F" not in str(raised.value).removeprefix("Great Expectations could not evaluate it (")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_invented_cohort_is_clean(seed: int) -> None:
    cohort = standardise(make_cohort(50, seed), Study())
    for check in CHECKS.values():
        _, findings, _ = outcome(check, cohort)
        assert findings == [], check.code


@pytest.mark.skipif("AUDITOR_COHORTS" not in os.environ, reason="needs AUDITOR_COHORTS")
def test_public_data_give_no_false_alarm() -> None:
    """One finding is true: lesion states of two patients are delivered twice, all but SEQ."""
    found = {}
    for name in ("recist", "lesions"):
        cohort = standardise(read_extract(Path(os.environ["AUDITOR_COHORTS"]) / name), Study())
        for check in CHECKS.values():
            _, findings, _ = outcome(check, cohort)
            if findings:
                found[check.code] = {finding.places[0].subject for finding in findings}
    assert found == {"LES504": {"01-701-1034", "01-701-1097"}}


def test_a_frame_is_as_standardise_makes_it() -> None:
    frame = frame_of("patients", [{"USUBJID": "P1", "AGE": 60, "RANDDT": "2020-03-01"}])
    assert [str(kind) for kind in frame.dtypes] == ["object", "float64", "datetime64[ns]"]
