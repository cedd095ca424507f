"""One check on one cohort: what is counted, what is listed, and what a crash leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from auditor.check import Check, Outcome, Subject
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Place, Severity, Verdict
from auditor.running import run_check

Function = Callable[[Any], Iterable[Any]]


def law(function: Function) -> Check:
    return Check("TST001", "test-law", function, "A defect.", "x.py", subject=Subject.COHORT)


def finding(row: int, severity: Severity = Severity.ERROR) -> Finding:
    place = Place("adsl.csv", "record", "", table="adsl", row=row)
    return Finding(severity, Verdict.IMPOSSIBLE, "It cannot be.", (place,))


def breaches(rows: range, severity: Severity = Severity.ERROR) -> Breaches:
    return Breaches(severity, rows, lambda row: finding(row, severity))


def test_rows_beyond_the_limit_are_counted_and_not_made() -> None:
    made = []

    def make(row: int) -> Finding:
        made.append(row)
        return finding(row)

    def function(_: object) -> Iterable[Any]:
        yield Evaluated(1_000_000)
        yield Breaches(Severity.ERROR, range(500_000), make)

    result = run_check(law(function), None, limit=3)
    assert result.outcome is Outcome.FINDINGS
    assert [f.places[0].row for f in result.findings] == [0, 1, 2] == made
    assert result.breaches == {Severity.ERROR: 500_000}
    assert result.unlisted == {Severity.ERROR: 499_997}
    assert result.evaluated == 1_000_000


def test_the_limit_is_of_the_whole_check() -> None:
    def function(_: object) -> Iterable[Any]:
        yield breaches(range(2))
        yield finding(7)
        yield breaches(range(4), Severity.NOTE)

    result = run_check(law(function), None, limit=2)
    assert len(result.findings) == 2
    assert result.breaches == {Severity.ERROR: 3, Severity.NOTE: 4}
    assert result.unlisted == {Severity.ERROR: 1, Severity.NOTE: 4}
    everything = run_check(law(function), None)
    assert len(everything.findings) == 7
    assert everything.unlisted == {}


@pytest.mark.parametrize(
    ("items", "outcome"),
    [
        ([Evaluated(5)], Outcome.PASSED),
        ([Evaluated(2), Evaluated(3), breaches(range(0))], Outcome.PASSED),
        ([Evaluated(0)], Outcome.NOT_EVALUABLE),
        ([], Outcome.NOT_EVALUABLE),
        ([Evaluated(5), breaches(range(1))], Outcome.FINDINGS),
    ],
)
def test_how_a_check_ends(items: list[object], outcome: Outcome) -> None:
    result = run_check(law(lambda _: iter(items)), None)
    assert result.outcome is outcome
    assert bool(result.why) == (outcome is Outcome.NOT_EVALUABLE)


def test_not_evaluable_keeps_what_was_found_before() -> None:
    def function(_: object) -> Iterable[Any]:
        yield Evaluated(4)
        yield breaches(range(1))
        raise NotEvaluable("there is no second table")

    result = run_check(law(function), None)
    assert result.outcome is Outcome.FINDINGS
    assert result.why == "there is no second table"


def test_a_crash_while_a_finding_is_made_is_a_crash() -> None:
    def function(_: object) -> Iterable[Any]:
        yield Evaluated(4)
        yield Breaches(Severity.ERROR, range(4), lambda row: finding(row // (2 - row)))

    result = run_check(law(function), None)
    assert result.outcome is Outcome.FAILED
    assert len(result.findings) == 2


def test_a_crash_does_not_quote_the_value_that_caused_it() -> None:
    def function(_: object) -> Iterable[Any]:
        yield Evaluated(int("1961-04-12"))

    result = run_check(law(function), None)
    assert result.outcome is Outcome.FAILED
    assert "ValueError" in result.why
    assert "1961" not in result.why


def test_a_finding_of_another_severity_than_it_is_counted_as_is_a_failure() -> None:
    def function(_: object) -> Iterable[Any]:
        yield Breaches(Severity.NOTE, range(1), finding)

    assert run_check(law(function), None).outcome is Outcome.FAILED
