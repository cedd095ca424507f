"""The decision of the gate: what refuses a lock, what leaves it open, what is tolerated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from auditor.audit import Audit, CheckRun, Coverage, TableRead
from auditor.check import Outcome
from auditor.errors import StudyError
from auditor.finding import Severity
from auditor.gate import check_codes, decided, exit_code
from auditor.study import Gate, Study


def run(
    code: str = "COH001",
    outcome: Outcome = Outcome.PASSED,
    *,
    evaluated: int = 10,
    breaches: Mapping[Severity, int] | None = None,
) -> CheckRun:
    return CheckRun(
        code,
        f"law-{code.lower()}",
        outcome,
        why="because" if outcome in (Outcome.NOT_EVALUABLE, Outcome.FAILED) else "",
        evaluated=evaluated,
        breaches=breaches or {},
    )


def guilty(code: str, severity: Severity, count: int) -> CheckRun:
    return run(code, Outcome.FINDINGS, breaches={severity: count})


ADSL = TableRead("adsl", "adsl.csv", 10, 10, ("patients",))
IDLE = run("COH009", Outcome.NOT_EVALUABLE, evaluated=0)
CRASHED = run("COH008", Outcome.FAILED, evaluated=0)


def code_of(
    runs: Sequence[CheckRun], gate: Gate | None = None, tables: tuple[TableRead, ...] = (ADSL,)
) -> int:
    audit = Audit((), (), (), (), (), tuple(runs), Coverage(), tables=tables)
    decision = decided(audit, gate or Gate()).gate
    assert decision is not None
    assert decision.passed == (exit_code(decision) == 0)
    assert bool(decision.reasons) or exit_code(decision) == 0
    return exit_code(decision)


@pytest.mark.parametrize(
    ("runs", "gate", "code"),
    [
        ([run()], Gate(), 0),
        ([run(), IDLE], Gate(), 0),
        ([run(), guilty("COH002", Severity.ERROR, 1)], Gate(), 1),
        ([run(), guilty("COH002", Severity.WARNING, 9)], Gate(), 0),
        ([run(), guilty("COH002", Severity.WARNING, 9)], Gate(fail_on="warning"), 1),
        ([run(), guilty("COH002", Severity.NOTE, 9)], Gate(fail_on="note"), 1),
        ([run(), guilty("COH002", Severity.ERROR, 9)], Gate(fail_on="never"), 0),
        ([guilty("COH002", Severity.ERROR, 3)], Gate(allowed={"COH002": 3}), 0),
        ([guilty("COH002", Severity.ERROR, 4)], Gate(allowed={"COH002": 3}), 1),
        ([run(), IDLE], Gate(required=("COH009",)), 1),
        ([run()], Gate(required=("COH009",)), 1),
        ([run()], Gate(required=("COH001",)), 0),
        ([run(), CRASHED], Gate(), 2),
        ([guilty("COH002", Severity.ERROR, 4), CRASHED], Gate(), 2),
        ([CRASHED], Gate(fail_on="never"), 2),
        ([IDLE], Gate(), 2),
        ([IDLE], Gate(fail_on="never"), 2),
        ([], Gate(), 2),
    ],
)
def test_decision(runs: list[CheckRun], gate: Gate, code: int) -> None:
    assert code_of(runs, gate) == code


def test_without_patients_nothing_is_decided() -> None:
    responses = TableRead("rs", "rs.csv", 10, 10, ("responses",))
    assert code_of([run()], tables=(responses,)) == 2


def test_reasons_name_the_check_and_the_count() -> None:
    runs = (guilty("COH002", Severity.ERROR, 1234), IDLE)
    audit = Audit((), (), (), (), (), runs, Coverage(), tables=(ADSL,))
    decision = decided(audit, Gate(required=("COH009",), allowed={"COH002": 7})).gate
    assert decision is not None
    assert decision.reasons == (
        "COH002 law-coh002: 1,234 breaches, 7 allowed",
        "COH009 law-coh009 is required and was not evaluated: because",
    )


@pytest.mark.parametrize("gate", [Gate(required=("COH01",)), Gate(allowed={"COH01": 3})])
def test_a_misspelt_requirement_is_an_error(gate: Gate) -> None:
    with pytest.raises(StudyError, match="COH010"):
        check_codes(Study(file="study.toml", gate=gate), ["COH010", "PAT001"])
