"""Runs the checks of a cohort, and puts what they find beside what a manuscript's gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.audit import Audit, CheckRun, Coverage, RulebookIdentity, TableRead
from auditor.check import Check, Subject
from auditor.discovery import Rulebook, combine
from auditor.engine import of_subject
from auditor.finding import Finding, Severity
from auditor.frames.cohort import Cohort
from auditor.gate import check_codes
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


DEFAULT = Shown()


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


def rules_of(
    study: Study,
    rulebooks: Sequence[Rulebook],
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> tuple[Check, ...]:
    """The checks of rulebooks, their models and suites that study and command line leave.

    Raises:
        RulebookError: a model or suite cannot be loaded, or two rules have one code.
        StudyError: the gate names a code that does not exist.
        UsageError: ``select`` or ``ignore`` name no check, or leave none.
    """
    everything = combine(with_rules(rulebooks, study))
    check_codes(study, [check.code for check in everything])
    return chosen(everything, (*study.select, *select), (*study.ignore, *ignore))


def audit_cohort(
    cohort: Cohort,
    checks: Sequence[Check],
    *,
    rulebooks: Sequence[Rulebook] = (),
    shown: Shown = DEFAULT,
) -> Audit:
    """Run those of the checks that take a cohort.

    Raises:
        UsageError: none of them does.
    """
    checks = of_subject(checks, Subject.COHORT)
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
        notes=cohort.extract.notes,
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
        breaches=dict(result.breaches),
    )


def tables_taken(cohort: Cohort) -> tuple[TableRead, ...]:
    """The delivered tables as they were taken."""
    from auditor.frames.standardise import tables_read

    tables: tuple[TableRead, ...] = tables_read(cohort)
    return tables
