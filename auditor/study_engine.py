"""A whole study: manuscripts or reported results, the cohort, and the one against the other."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from auditor.audit import Audit, Coverage, InputFile, RulebookIdentity
from auditor.check import Check, Subject
from auditor.cohort_engine import (
    DEFAULT,
    Shown,
    audit_cohort,
    check_run,
    listed_findings,
    unlisted,
)
from auditor.discovery import Rulebook
from auditor.engine import audit_manuscripts, read_manuscripts, with_decisions
from auditor.errors import UsageError
from auditor.finding import Finding, Severity
from auditor.frames.cohort import Cohort
from auditor.manuscript import Manuscript
from auditor.running import run_check

RESULT_SUFFIXES = (".csv", ".tsv", ".json", ".ndjson")


def audit_study(
    inputs: Sequence[Path],
    cohort: Cohort,
    checks: Sequence[Check],
    *,
    rulebooks: Sequence[Rulebook] = (),
    shown: Shown = DEFAULT,
    claims: Path | None = None,
) -> Audit:
    """Audit manuscripts and results by themselves, the cohort by itself, and both together.

    Files of results are told from manuscripts by their suffix (``.csv``, ``.json``). ``claims``
    is a claims file, in which a person corrected or confirmed what was read.

    Raises:
        InputError: an input cannot be read.
        UsageError: the checks that are left can do none of it.
    """
    results = [path for path in inputs if path.suffix.lower() in RESULT_SUFFIXES]
    manuscripts, decided_by = with_decisions(
        read_manuscripts([path for path in inputs if path not in results], cohort.study), claims
    )
    parts = {subject: [c for c in checks if c.subject is subject] for subject in Subject}
    audits = []
    if parts[Subject.MANUSCRIPT] and manuscripts:
        audits.append(audit_manuscripts(manuscripts, parts[Subject.MANUSCRIPT], rulebooks))
    if parts[Subject.COHORT]:
        audits.append(audit_cohort(cohort, parts[Subject.COHORT], rulebooks=rulebooks, shown=shown))
    if parts[Subject.COMPARISON]:
        audits.append(compare(manuscripts, results, cohort, parts[Subject.COMPARISON], shown))
    if not audits:
        raise UsageError("no check is left that could judge these inputs")
    books = tuple(RulebookIdentity(book.name, book.sha256) for book in rulebooks)
    joined = _joined(audits)
    return replace(joined, rulebooks=books, inputs=(*joined.inputs, *decided_by))


def compare(
    manuscripts: Sequence[Manuscript],
    results: Sequence[Path],
    cohort: Cohort,
    checks: Sequence[Check],
    shown: Shown,
) -> Audit:
    """Recompute what the cohort gives and judge what is reported by it."""
    from auditor.endpoints.headline import headline
    from auditor.endpoints.recompute import recompute
    from auditor.reported.compare import compare_reported

    recomputed = recompute(cohort)
    compared = compare_reported(manuscripts, results, cohort, recomputed)
    ended = [run_check(check, compared, limit=shown.limit) for check in checks]
    inputs = tuple(_identity(path) for path in results)
    names = [m.document.name for m in manuscripts] + [i.name for i in inputs]
    return Audit(
        inputs=inputs,
        rulebooks=(),
        documents=(),
        claims=(),
        findings=listed_findings(ended, names, shown),
        checks=tuple(check_run(c, r) for c, r in zip(checks, ended, strict=True)),
        coverage=Coverage(),
        notes=recomputed.notes,
        estimates=headline(recomputed.estimates),
        curves=recomputed.curves,
        comparisons=compared.comparisons,
        unlisted=unlisted(ended),
    )


def _identity(path: Path) -> InputFile:
    return InputFile(path.name, "results", hashlib.sha256(path.read_bytes()).hexdigest())


def _joined(audits: Sequence[Audit]) -> Audit:
    """The parts as one: at most one of them has documents, tables, comparisons."""
    counts: Counter[Severity] = Counter()
    for audit in audits:
        counts.update(audit.unlisted)
    documented = next((audit for audit in audits if audit.documents), audits[0])
    return replace(
        documented,
        inputs=tuple(dict.fromkeys(i for audit in audits for i in audit.inputs)),
        findings=_in_order(f for audit in audits for f in audit.findings),
        checks=tuple(run for audit in audits for run in audit.checks),
        tables=tuple(t for audit in audits for t in audit.tables),
        notes=tuple(note for audit in audits for note in audit.notes),
        estimates=tuple(e for audit in audits for e in audit.estimates),
        curves=tuple(c for audit in audits for c in audit.curves),
        comparisons=tuple(c for audit in audits for c in audit.comparisons),
        unlisted=dict(counts),
    )


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Gravest first; within a severity the manuscript's before the cohort's, as they came."""
    return tuple(sorted(findings, key=lambda finding: finding.severity.rank))
