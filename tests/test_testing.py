"""The runner of cases: it must fail where a case is wrong, or is written wrongly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.check import Check
from auditor.discovery import load_rulebook
from auditor.errors import UsageError
from auditor.testing import Case, load_cases, problems

TABLE = "Table 1. X\n\n| Sex | All (N = 50) |\n| --- | --- |\n| Male | {} |\n| Female | 8 |\n"
JATS = (
    "<table-wrap><label>Table 1</label><caption><p>X</p></caption><table><thead><tr><th>Sex</th>"
    "<th>All (N = 50)</th></tr></thead><tbody><tr><td>Male</td><td>42</td></tr></tbody></table>"
    "</table-wrap>"
)


@pytest.fixture
def forty_two(make_rulebook: Callable[..., Path], check_source: Callable[..., str]) -> Check:
    return load_rulebook(make_rulebook({"checks/x.py": check_source()})).checks[0]


def fires(number: str, *expect: dict[str, str], others: bool = False) -> Case:
    return Case("c", TABLE.format(number), "x.yaml", True, expect=expect, others=others)


def silent(document: str, *, allow_notes: bool = False, not_evaluable: bool = False) -> Case:
    return Case(
        "c", document, "x.yaml", False, allow_notes=allow_notes, not_evaluable=not_evaluable
    )


@pytest.mark.parametrize(
    "expect",
    [
        {"severity": "error"},
        {"severity": "error", "verdict": "impossible", "reported": "42", "expected": "41"},
        {"table": "Table 1", "row": "Male", "column": "1"},
        {"row": "1", "message_contains": "is 42"},
    ],
)
def test_what_is_expected_is_found(forty_two: Check, expect: dict[str, str]) -> None:
    assert problems(fires("42", expect), forty_two) == []


@pytest.mark.parametrize(
    "case",
    [
        fires("41", {"severity": "error"}),
        fires("42", {"severity": "warning"}),
        fires("42", {"row": "Female"}),
        fires("42", {"suggestion_contains": "digits"}),
        fires("42", {"severity": "error"}, {"reported": "42"}),
        silent(TABLE.format("42")),
        silent(TABLE.format("42"), allow_notes=True),
        silent("Only words here.\n"),
        silent(TABLE.format("41"), not_evaluable=True),
    ],
)
def test_what_is_not_so_is_a_problem(forty_two: Check, case: Case) -> None:
    assert problems(case, forty_two)


def test_a_finding_nobody_expected_is_a_problem(forty_two: Check) -> None:
    document = TABLE.format("42").replace("| 8 |", "| 42 |")
    expect = ({"row": "Male"},)
    strict = Case("c", document, "x.yaml", True, expect=expect)
    assert "Female" in problems(strict, forty_two)[0]
    assert (
        problems(Case("c", document, "x.yaml", True, expect=expect, others=True), forty_two) == []
    )


def test_silence_is_silence(forty_two: Check) -> None:
    assert problems(silent(TABLE.format("41")), forty_two) == []
    assert problems(silent("Only words here.\n", not_evaluable=True), forty_two) == []


def test_notes_can_be_allowed(
    make_rulebook: Callable[..., Path], check_source: Callable[..., str]
) -> None:
    noting = load_rulebook(make_rulebook({"checks/x.py": check_source(severity="NOTE")})).checks[0]
    assert problems(silent(TABLE.format("42")), noting)
    assert problems(silent(TABLE.format("42"), allow_notes=True), noting) == []


def test_a_crash_is_a_problem_of_any_case(
    make_rulebook: Callable[..., Path], check_source: Callable[..., str]
) -> None:
    source = check_source().replace("for claim", "1 / 0\n    for claim")
    check = load_rulebook(make_rulebook({"checks/x.py": source})).checks[0]
    for case in (fires("42", {"severity": "error"}), silent(TABLE.format("41"))):
        assert "ZeroDivisionError" in problems(case, check)[0]


def test_a_part_of_jats_will_do(forty_two: Check) -> None:
    case = Case("c", JATS, "x.yaml", True, "jats", ({"table": "Table 1", "row": "Male"},))
    assert problems(case, forty_two) == []


GOOD = """
fires:
  - name: one
    document: |
      x
    expect:
      - {severity: error, reported: 45.20}
silent:
  - name: two
    document: x
    allow: note
"""


def test_cases_are_read_as_text(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(GOOD)
    first, second = load_cases(tmp_path / "x.yaml")
    assert first.expect[0]["reported"] == "45.20"
    assert (first.fires, second.fires, second.allow_notes) == (True, False, True)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("expect:", "expects:", "unknown key 'expects'"),
        ("reported", "reprted", "unknown key 'reprted'"),
        ("allow: note", "allow: error", "allow is 'error', not note"),
        ("silent:", "quiet:", "unknown key 'quiet'"),
        ("name: two", "name: one", "two cases have this name"),
        ("name: two", "comment: two", "needs a name"),
        ("allow: note", "expect: []", "unknown key 'expect'"),
        ("allow: note", "format: docx", "format is 'docx'"),
        ("fires:", "fires: [", "not YAML"),
        ("    document: |\n      x\n", "", "needs a name and either a document"),
    ],
)
def test_a_case_written_wrongly_is_an_error(tmp_path: Path, old: str, new: str, text: str) -> None:
    assert old in GOOD
    (tmp_path / "x.yaml").write_text(GOOD.replace(old, new, 1))
    with pytest.raises(UsageError) as caught:
        load_cases(tmp_path / "x.yaml")
    assert text in str(caught.value)
