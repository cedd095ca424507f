"""The rules of our models: each fires, each stays silent, and says who, where and what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from auditor import rulebook
from auditor.check import Check, Outcome
from auditor.discovery import missing_sections
from auditor.errors import RulebookError
from auditor.finding import Severity
from auditor.frames.labels import likely_label, shown
from auditor.frames.models import model_checks
from auditor.running import CheckResult, run_check
from auditor.study import Study

from .model_cases import ARMS, CASES, ModelCase, cohort_of


def checks(study: Study) -> dict[str, Check]:
    return {check.code: check for check in model_checks(rulebook.FOLDER, study)}


OURS = checks(Study())


def result(case: ModelCase) -> CheckResult:
    found = OURS if case.study == Study() else checks(case.study)
    return run_check(found[case.code], case.cohort)


def rows(found: CheckResult) -> tuple[int | None, ...]:
    return tuple(finding.places[0].row for finding in found.findings)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.code}-{c.values}")
def test_a_rule_is_broken_where_it_is_and_nowhere_else(case: ModelCase) -> None:
    found = result(case)
    assert found.outcome is (Outcome.FINDINGS if case.broken else Outcome.PASSED), found.why
    assert rows(found) == case.broken
    for finding in found.findings:
        assert finding.places[0].variable == case.column
        assert finding.places[0].table == case.cohort.tables[case.table].delivered.name


def test_every_rule_has_cases_that_fire_and_that_stay_silent() -> None:
    firing = Counter(case.code for case in CASES if case.broken)
    silent = Counter(case.code for case in CASES if not case.broken)
    assert set(firing) == set(silent) == set(OURS)
    few = [code for code, n in firing.items() if n < 3 and not code.endswith("001")]
    assert few == []


def test_codes_and_names_are_unique_and_every_rule_is_documented() -> None:
    assert len({check.name for check in OURS.values()}) == len(OURS)
    assert [check.code for check in OURS.values() if missing_sections(check)] == []
    assert all(check.summary.endswith(".") for check in OURS.values())


def test_judged_are_the_values_that_are_there() -> None:
    found = result(ModelCase("PAT004", "patients", "AGE", [61, None, "<18", 900]))
    assert (found.evaluated, dict(found.breaches)) == (2, {Severity.ERROR: 1})
    some = {"TESTCD": ["LDIAM", "PCBSD", "LDIAM"]}
    assert result(ModelCase("LES003", "lesions", "AVAL", [1, -1, None], (), some)).evaluated == 1


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (ModelCase("PAT004", "patients", "SEX", ["F"]), "has no AGE"),
        (ModelCase("PAT004", "patients", "AGE", [None]), "AGE of adsl has no value"),
        (ModelCase("PAT004", "patients", "AGE", []), "adsl has no row"),
        (ModelCase("AEV002", "patients", "AGE", [1]), "no table of adverse events"),
        (ModelCase("PAT011", "patients", "TRT01P", ["A"]), "names no arms"),
        (ModelCase("TTE006", "times", "TRT01P", ["A"]), "names no arms"),
        (ModelCase("TUM002", "tumours", "AVALC", ["X"]), "has no TESTCD"),
    ],
)
def test_nothing_to_judge_is_not_passed(case: ModelCase, why: str) -> None:
    found = result(case)
    assert found.outcome is Outcome.NOT_EVALUABLE
    assert why in found.why


def test_the_criteria_and_what_was_meant_are_named() -> None:
    case = ModelCase("RSP002", "responses", "AVALC", ["OCR", "CHECK", "Complete response", "4711"])
    ocr, check, words, digits = result(case).findings
    assert ocr.message == (
        'AVALC of adrs: "OCR" is no overall response of RECIST 1.1, '
        "or of the criteria that its row names."
    )
    assert (ocr.suggestion, ocr.reported) == ("Did you mean CR?", "OCR")
    assert (check.suggestion, '"CHECK"' in check.message) == ("", True)
    # Free text and numbers of a patient stay out of messages.
    assert words.message == ocr.message.replace('"OCR"', "a value")
    assert words.suggestion == "Did you mean CR?"
    assert "4711" not in digits.message
    declared = ModelCase("RSP002", "responses", "AVALC", ["X"], study=Study(criteria="RANO"))
    assert "of RANO," in result(declared).findings[0].message


def test_a_number_is_not_in_the_message() -> None:
    (finding,) = result(ModelCase("PAT004", "patients", "AGE", [634])).findings
    assert "634" not in finding.message + finding.suggestion
    assert finding.places[0].quote == "634"


@pytest.mark.parametrize(
    ("text", "labels", "meant"),
    [
        ("OCR", ("CR", "PR", "SD", "PD", "NE"), "CR"),
        ("PRR", ("CR", "PR", "SD", "PD", "NE"), "PR"),
        ("pd", ("CR", "PR", "SD", "PD", "NE"), "PD"),
        ("DP", ("CR", "PR", "SD", "PD", "NE"), "PD"),
        ("non-cr / non-pd", ("CR", "NON-CR/NON-PD"), "NON-CR/NON-PD"),
        ("Progressive Disease", ("PD", "PR"), "PD"),
        ("Not evaluable", ("PD", "NE"), "NE"),
        ("CHECK", ("CR", "PR", "SD", "PD", "NE"), None),
        ("R", ("CR", "PR"), None),
        ("NON TARGET", ("TARGET", "NON-TARGET", "NEW"), "NON-TARGET"),
        ("Targett", ("TARGET", "NON-TARGET", "NEW"), "TARGET"),
        ("Female", ("F", "M"), "F"),
        ("Plcebo", ("Placebo", "Active"), "Placebo"),
        ("Complete response", ("F", "M"), None),
    ],
)
def test_the_likely_label(text: str, labels: Iterable[str], meant: str | None) -> None:
    assert likely_label(text, labels) == meant


def test_an_arm_that_the_study_calls_otherwise_is_judged_in_its_column() -> None:
    study = Study(arms=("A", "B"), arm="TRT01A")
    frame = ModelCase("PAT011", "patients", "TRT01A", ["A", "C"]).frame
    found = run_check(checks(study)["PAT011"], cohort_of("patients", frame, study))
    assert rows(found) == (1,)
    assert checks(ARMS)["PAT011"].name == "unplanned-arm"


def written(folder: Path, text: str, name: str = "patients.py") -> Path:
    (folder / "schemas").mkdir(exist_ok=True)
    (folder / "schemas" / name).write_text(text, encoding="utf-8")
    return folder


PLAIN = """
import pandera.pandas as pa

SCHEMA = pa.DataFrameSchema({{
    "AGE": pa.Column(float, {check}, nullable={nullable}, required=False),
}})
"""


def test_a_rulebook_of_ones_own_has_plain_pandera_checks(tmp_path: Path) -> None:
    check = 'pa.Check.ge(18, name="OWN001 minor-subject", title="A subject is a minor.")'
    folder = written(tmp_path, PLAIN.format(check=check, nullable=True))
    (own,) = model_checks(folder)
    assert (own.code, own.name, own.summary) == ("OWN001", "minor-subject", "A subject is a minor.")
    assert not missing_sections(own)
    case = ModelCase("OWN001", "patients", "AGE", [17, 18, None])
    found = run_check(own, case.cohort)
    assert (rows(found), found.evaluated) == ((0,), 2)


def test_a_rulebook_edited_since_is_loaded_anew(tmp_path: Path) -> None:
    check = 'pa.Check.ge(18, name="OWN001 minor-subject")'
    (first,) = model_checks(written(tmp_path, PLAIN.format(check=check, nullable=True)))
    check = check.replace("OWN001", "OWN002")
    (second,) = model_checks(written(tmp_path, PLAIN.format(check=check, nullable=True)))
    assert (first.code, second.code) == ("OWN001", "OWN002")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PLAIN.format(check="pa.Check.ge(18)", nullable=True), "a check of AGE in patients.py"),
        (PLAIN.format(check="None", nullable=False), "nullable=False of AGE in patients.py"),
        ("X = 1", "has no SCHEMA"),
        ("import no_such_module", "ModuleNotFoundError"),
        ("SCHEMA = (", "line 1: the file cannot be imported: SyntaxError"),
    ],
)
def test_a_model_that_cannot_be_used_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RulebookError, match=message):
        model_checks(written(tmp_path, text))


def test_a_model_of_no_standard_table_is_an_error(tmp_path: Path) -> None:
    text = PLAIN.format(check="None", nullable=True)
    with pytest.raises(RulebookError, match="Did you mean patients"):
        model_checks(written(tmp_path, text, "patient.py"))


def test_a_rulebook_without_models_has_no_rules(tmp_path: Path) -> None:
    assert model_checks(tmp_path) == ()


@pytest.mark.parametrize("text", ["1961-04-12", "12APR1961", "61/04", "SYN-0001", "77", "a b"])
def test_what_may_be_a_value_in_the_wrong_column_is_not_repeated(text: str) -> None:
    assert shown(text) == "a value"


@pytest.mark.parametrize("text", ["CRR", "PD/SD", "G3", "NON-PD"])
def test_what_looks_like_a_code_is_repeated(text: str) -> None:
    assert shown(text) == f'"{text}"'
