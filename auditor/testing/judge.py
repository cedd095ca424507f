"""Whether a check does on a case what the case says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

from auditor import engine
from auditor.check import Check, Outcome, Subject
from auditor.errors import UsageError
from auditor.finding import Finding, Severity
from auditor.running import CheckResult, run_check
from auditor.testing.cases import Case
from auditor.testing.subjects import read_comparison, read_tables, read_text


def problems(case: Case, check: Check) -> list[str]:
    """Run a case; what went otherwise than it says, one line each."""
    result = _result(case, check)
    if result.outcome is Outcome.FAILED:
        return [f"the check failed: {result.why}"]
    return _fires(case, result) if case.fires else _silent(case, result)


def _fires(case: Case, result: CheckResult) -> list[str]:
    expected, found = case.expect, result.findings
    if len(found) < len(expected) or not _paired(expected, found):
        return [
            *(f"expected and not found: {dict(e)}" for e in expected if not _any(e, found)),
            f"expected {len(expected)}, found {len(found)} ({result.outcome}) {result.why}",
            *(f"found: {_shown(f)}" for f in found),
        ]
    if len(found) > len(expected) and not case.others:
        extra = [f for f in found if not any(_matches(e, f) for e in expected)] or list(found)
        return [f"found and not expected: {_shown(f)}" for f in extra]
    return []


def _silent(case: Case, result: CheckResult) -> list[str]:
    loud = [f for f in result.findings if not (case.allow_notes and f.severity is Severity.NOTE)]
    wrong = [f"found and not expected: {_shown(f)}" for f in loud]
    evaluable = result.outcome is not Outcome.NOT_EVALUABLE
    if case.not_evaluable and evaluable:
        wrong.append("the check found something to judge")
    if not case.not_evaluable and not evaluable:
        wrong.append(f"the check judged nothing: {result.why}")
    return wrong


def _paired(expected: Sequence[Mapping[str, str]], found: Sequence[Finding]) -> bool:
    """Whether each expectation can be given a finding of its own."""
    if len(expected) > 6:
        raise UsageError("a case expects more than six findings; make it smaller")
    candidates = [f for f in found if any(_matches(e, f) for e in expected)]
    return any(
        all(_matches(e, f) for e, f in zip(expected, chosen, strict=True))
        for chosen in permutations(candidates, len(expected))
    )


def _any(expected: Mapping[str, str], found: Sequence[Finding]) -> bool:
    return any(_matches(expected, f) for f in found)


def _matches(expected: Mapping[str, str], finding: Finding) -> bool:
    place = finding.places[0]
    exact = {
        "severity": (finding.severity.value,),
        "verdict": (finding.verdict.value,),
        "reported": (finding.reported,),
        "expected": (finding.expected,),
        "table": (place.table, str(place.table_index)),
        "row": (place.row_label, str(place.row)),
        "column": (place.column_label, str(place.column)),
        "variable": (place.variable,),
        "subject": (place.subject,),
        "visit": (place.visit,),
    }
    parts = {"message_contains": finding.message, "suggestion_contains": finding.suggestion}
    return all(
        value in exact[key] if key in exact else value in parts[key]
        for key, value in expected.items()
    )


def _shown(finding: Finding) -> str:
    place = finding.places[0]
    return (
        f"{finding.severity} {finding.verdict} {place.table} row {place.row} "
        f"({place.row_label}) column {place.column} ({place.column_label}) "
        f"subject {place.subject} visit {place.visit} variable {place.variable} "
        f"reported {finding.reported!r} expected {finding.expected!r}: {finding.message} "
        f"[{finding.suggestion}]"
    )


def _result(case: Case, check: Check) -> CheckResult:
    if check.subject is Subject.MANUSCRIPT:
        return engine.run_check(check, read_text(case.document, case.format))
    cohort = read_tables(case.tables, case.study)
    if check.subject is Subject.COHORT:
        return run_check(check, cohort)
    return run_check(check, read_comparison(cohort, case.reported))
