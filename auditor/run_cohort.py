"""A cohort's audit as the command line does it: alone, behind a manuscript, or for its lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from auditor.audit import Audit
from auditor.cohort_engine import Shown, audit_cohort, read_cohort, rules_of
from auditor.discovery import Rulebook
from auditor.frames.cohort import Cohort
from auditor.gate import decided
from auditor.output import check_folder
from auditor.report.cohort_text import cohort_summary, gate_line, gate_reasons
from auditor.report.text import summary
from auditor.run import (
    FORMATS,
    print_lines,
    print_problems,
    problem_lines,
    study_at,
    study_books,
    write_report,
)
from auditor.study_engine import audit_study


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks of a cohort's audit."""

    cohort: str
    study: Path | None = None
    rulebooks: Sequence[Rulebook] = ()
    folder: Path = Path("audit")
    formats: Sequence[str] = tuple(FORMATS)
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    shown: Shown = field(default_factory=Shown)
    claims: Path | None = None


def run_study(inputs: Sequence[Path], asked: Asked) -> Audit:
    """Audit manuscripts or results against the cohort; write the report, print the summary.

    Raises:
        AuditorError: an input, an option or the folder is wrong; nothing is then written.
    """
    check_folder(asked.folder)
    cohort, books = prepared(asked)
    checks = rules_of(cohort.study, books, asked.select, asked.ignore)
    audit = audit_study(
        inputs, cohort, checks, rulebooks=books, shown=asked.shown, claims=asked.claims
    )
    print_problems(problem_lines(audit))
    report = write_report(audit, asked.folder, asked.formats)
    if audit.documents:
        print_lines(summary(_of_manuscripts(audit)).splitlines())
    print_lines([*cohort_summary(audit).splitlines(), f"Report: {report}"])
    return audit


def run_gate(asked: Asked, fail_on: str | None = None) -> Audit:
    """Audit an extract for its lock; write the report, print the summary and the decision.

    Raises:
        AuditorError: an input, an option or the folder is wrong; nothing is then written.
    """
    check_folder(asked.folder)
    cohort, books = prepared(asked)
    study = cohort.study
    checks = rules_of(study, books, asked.select, asked.ignore)
    audit = audit_cohort(cohort, checks, rulebooks=books, shown=asked.shown)
    gate = replace(study.gate, fail_on=fail_on) if fail_on else study.gate
    audit = decided(audit, gate)
    report = write_report(audit, asked.folder, asked.formats)
    print_lines([*cohort_summary(audit).splitlines(), f"Report: {report}"])
    print_lines([gate_line(audit), *gate_reasons(audit)])
    return audit


def prepared(asked: Asked) -> tuple[Cohort, list[Rulebook]]:
    """The cohort as the study arranges it, and the rulebooks of command line and study.

    Raises:
        InputError: the cohort cannot be read.
        StudyError: the study file is wrong.
        RulebookError: a rulebook that the study names cannot be loaded.
    """
    study = study_at(asked.study)
    return read_cohort(asked.cohort, study), study_books(asked.rulebooks, study)


def _of_manuscripts(audit: Audit) -> Audit:
    """What concerns the manuscripts alone: the cohort's checks say how much they evaluated."""
    runs = tuple(run for run in audit.checks if run.evaluated is None)
    codes = {run.code for run in runs}
    findings = tuple(finding for finding in audit.findings if finding.code in codes)
    return replace(audit, checks=runs, findings=findings, tables=(), unlisted={})
