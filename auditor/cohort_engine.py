"""Runs the checks of a cohort, and puts what they find beside what a manuscript's gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.audit import Audit, CheckRun, Coverage, RulebookIdentity, TableRead
from auditor.check import Check, Subject
from auditor.discovery import Rulebook, combine
from auditor.engine import of_subject
from auditor.finding import Finding, Severity
from auditor.frames.cohort import Cohort
from auditor.identity import identified
from auditor.redaction import redacted
from auditor.rules import with_rules
from auditor.running import CheckResult, run_check
from auditor.selection import chosen
from auditor.study import Study

LISTED = 100
"""Findings of one check that are listed; the others are counted."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the rows is shown: how many findings of a check, and whether with values."""

    limit: int | None = LISTED
    values: bool = False


def read_cohort(source: str | Path, study: Study) -> Cohort:
    """Read an extract (file, folder or database) and arrange it as the study says.

    Raises:
        InputError: it cannot be read.
        StudyError: the study names a table or column that it does not have.
    """
    from auditor.frames.dispatch import read_extract
    from auditor.frames.standardise import standardise

    cohort: Cohort = standardise(read_extract(source), study)
    return cohort


def audit_cohort(
    cohort: Cohort,
    *,
    rulebooks: Sequence[Rulebook],
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    shown: Shown = Shown(),
) -> Audit:
    """Run the checks of a cohort: those of the rulebooks, their models and their suites.

    Raises:
        RulebookError: a model or suite cannot be loaded, or two rules have one code.
        UsageError: ``select`` or ``ignore`` name no check, or leave none.
    """
    study = cohort.study
    everything = combine(with_rules(rulebooks, study))
    kept = chosen(everything, (*study.select, *select), (*study.ignore, *ignore))
    checks = of_subject(kept, Subject.COHORT)
    results = check_cohort(cohort, checks, limit=shown.limit)
    return Audit(
        inputs=cohort.extract.inputs,
        rulebooks=tuple(RulebookIdentity(book.name, book.sha256) for book in rulebooks),
        documents=(),
        claims=(),
        findings=listed_findings(results, [i.name for i in cohort.extract.inputs], shown),
        checks=tuple(check_run(c, r) for c, r in zip(checks, results, strict=True)),
        coverage=Coverage(),
        tables=tables_taken(cohort),
        unlisted=unlisted(results),
    )


def check_cohort(
    cohort: Cohort, checks: Sequence[Check], *, limit: int | None = None
) -> tuple[CheckResult, ...]:
    """How each of these checks ends on the cohort, in their order."""
    return tuple(run_check(check, cohort, limit=limit) for check in checks)


def listed_findings(
    results: Iterable[CheckResult], inputs: Sequence[str], shown: Shown
) -> tuple[Finding, ...]:
    """The findings in order, with ids, and with values only where they are asked for."""
    found = identified((f for result in results for f in result.findings), inputs)
    return found if shown.values else tuple(redacted(finding) for finding in found)


def unlisted(results: Iterable[CheckResult]) -> dict[Severity, int]:
    """How many findings beyond the limit there are, by severity."""
    total: Counter[Severity] = Counter()
    for result in results:
        total.update(result.unlisted)
    return dict(total)


def check_run(check: Check, result: CheckResult) -> CheckRun:
    """How a check of a cohort or a comparison ended, with what it judged."""
    return CheckRun(
        code=check.code,
        name=check.name,
        outcome=result.outcome,
        why=result.why,
        rulebook=check.rulebook,
        summary=check.summary,
        evaluated=result.evaluated or 0,
        breaches=result.breaches,
    )


def tables_taken(cohort: Cohort) -> tuple[TableRead, ...]:
    """The delivered tables as they were taken."""
    from auditor.frames.standardise import tables_read

    tables: tuple[TableRead, ...] = tables_read(cohort)
    return tables


def joined(manuscripts: Audit, cohort: Audit) -> Audit:
    """One audit of manuscripts and the cohort behind them."""
    findings = sorted(
        (*manuscripts.findings, *cohort.findings), key=lambda finding: finding.severity.rank
    )
    return replace(
        manuscripts,
        inputs=(*manuscripts.inputs, *cohort.inputs),
        findings=tuple(findings),
        checks=(*manuscripts.checks, *cohort.checks),
        tables=cohort.tables,
        estimates=cohort.estimates,
        curves=cohort.curves,
        unlisted=cohort.unlisted,
    )
