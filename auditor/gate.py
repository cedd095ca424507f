"""The lock gate: whether an extract may be locked, decided by what its audit found."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from auditor.audit import Audit, CheckRun, GateDecision
from auditor.check import Outcome
from auditor.errors import StudyError
from auditor.finding import Severity
from auditor.report.wording import plural
from auditor.selection import did_you_mean
from auditor.study import Gate, Study


def decided(audit: Audit, gate: Gate) -> Audit:
    """The audit with the decision of the gate.

    Refused: breaches at or above ``gate.fail_on``, beyond those that a check is allowed, or a
    required check that had nothing to judge. Undecided: a check failed, none had anything to
    judge, or there are no patients: what was not looked at never passes.
    """
    failed = [run for run in audit.checks if run.outcome is Outcome.FAILED]
    judged = any(run.evaluated for run in audit.checks)
    reasons = [f"{run.code} {run.name} failed: {run.why}" for run in failed]
    if not judged:
        reasons.append("no check had anything to judge")
    read = [table for table in audit.tables if "patients" in table.standard]
    patients = any(table.subjects for table in read)
    if not read:
        reasons.append("there is no table of patients (ADSL), by which the others are judged")
    elif not patients:
        reasons.append(f"{read[0].name} has no patient with an identifier")
    refusals, tolerated = _breaches(audit, gate)
    missing = [
        f"{run.code} {run.name} is required and was not evaluated: {run.why}"
        for run in audit.checks
        if run.code in gate.required and run.outcome is Outcome.NOT_EVALUABLE
    ]
    absent = [
        f"{code} is required and was left out"
        for code in gate.required
        if code not in {run.code for run in audit.checks}
    ]
    refusals += missing + absent
    complete = not failed and judged and patients
    return replace(
        audit,
        gate=GateDecision(
            passed=complete and not refusals,
            complete=complete,
            fail_on=gate.fail_on,
            reasons=(*reasons, *refusals, *tolerated),
        ),
    )


def check_codes(study: Study, codes: Collection[str]) -> None:
    """Make sure that the codes that a gate names exist.

    Raises:
        StudyError: one does not; a misspelt requirement would never be asked for.
    """
    for key, named in (("required", study.gate.required), ("allowed", study.gate.allowed)):
        for code in named:
            if code not in codes:
                raise StudyError(
                    f"no check has the code {code!r}",
                    source=study.file,
                    where=f"gate.{key}",
                    hint=did_you_mean(code, codes, "'auditor checks' lists them all."),
                )


def exit_code(decision: GateDecision) -> int:
    """0 passed, 1 refused, 2 undecided."""
    if not decision.complete:
        return 2
    return 0 if decision.passed else 1


def _breaches(audit: Audit, gate: Gate) -> tuple[list[str], list[str]]:
    """Why the breaches refuse the lock, and which of them were allowed."""
    refusals, tolerated = [], []
    for run in audit.checks:
        count = _grave(run, gate.fail_on)
        allowed = gate.allowed.get(run.code, 0)
        if count > allowed:
            more = f", {allowed:,} allowed" if allowed else ""
            refusals.append(f"{run.code} {run.name}: {plural(count, 'breach', 'breaches')}{more}")
        elif count:
            words = plural(count, "breach", "breaches")
            tolerated.append(f"{run.code} {run.name}: {words}, {allowed:,} allowed")
    return refusals, tolerated


def _grave(run: CheckRun, fail_on: str) -> int:
    """Breaches of a check that are at least as grave as ``fail_on``."""
    if fail_on == "never":
        return 0
    limit = Severity(fail_on).rank
    return sum(count for severity, count in run.breaches.items() if severity.rank <= limit)
