"""A plain-text summary of a cohort's audit: findings by check, a few places of each."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.audit import Audit, CheckRun, TableRead
from auditor.check import Outcome
from auditor.comparison import Agreement
from auditor.finding import Finding, Severity
from auditor.report.wording import listed, one_line, place_words, plural, verdict_sentence

BY_NAME = "recognised by its name"
PLACES_SHOWN = 3
"""Places of one check on the terminal; the report lists more."""


def cohort_summary(audit: Audit) -> str:
    """Tables, result, findings by check, what was not evaluated and what failed, as lines."""
    lines = [
        *(f"{table_line(table)}" for table in audit.tables),
        *_notes(audit),
        *([] if audit.documents else [verdict_sentence(audit)]),
        *_by_check(audit),
        *_comparisons(audit),
        *_idle(audit),
    ]
    return "\n".join(lines)


def gate_line(audit: Audit) -> str:
    """Whether the extract may be locked, in a line that cannot be read in two ways."""
    gate = audit.gate
    if gate is None:
        return ""
    if not gate.complete:
        return "UNDECIDED: the gate could not do its work; do not lock"
    if not gate.passed:
        return f"REFUSED: do not lock ({plural(len(gate.reasons), 'reason')})"
    return f"PASSED: nothing at or above {gate.fail_on} stands against the lock"


def gate_reasons(audit: Audit) -> list[str]:
    """Why, a line each."""
    return [] if audit.gate is None else [f"  {one_line(why)}" for why in audit.gate.reasons]


def table_line(table: TableRead) -> str:
    """A table as it was taken: "adsl: 254 rows, 254 subjects: patients"."""
    subjects = "" if table.subjects is None else f", {plural(table.subjects, 'subject')}"
    standard = ", ".join(table.standard).replace("_", " ") or "not used"
    return f"{one_line(table.name)}: {plural(table.rows, 'row')}{subjects}: {standard}"


def _notes(audit: Audit) -> Iterator[str]:
    yield from (f"note: {one_line(note)}" for note in audit.notes)
    for table in audit.tables:
        for note in table.notes:
            if note != BY_NAME:  # the line of the table says it
                yield f"note: {one_line(table.name)}: {one_line(note)}"


def _by_check(audit: Audit) -> Iterator[str]:
    """A line for each check with findings in the cohort, then a few of its places."""
    runs = {run.code: run for run in audit.checks}
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in audit.findings:
        if finding.code in runs and runs[finding.code].evaluated is not None:
            groups.setdefault((finding.severity, finding.code), []).append(finding)
    for (severity, code), findings in sorted(groups.items(), key=lambda g: g[0][0].rank):
        run = runs[code]
        total = run.breaches.get(severity, len(findings))
        yield f"{severity.value.upper()} {code} {run.name}: {one_line(run.summary)} ({total:,})"
        for finding in findings[:PLACES_SHOWN]:
            yield f"  {place_words(finding.places[0])}: {one_line(finding.message)}"
        if total > min(PLACES_SHOWN, len(findings)):
            rest = total - min(PLACES_SHOWN, len(findings))
            yield f"  ... and {rest:,} more" + (
                f"; the report lists the first {len(findings):,}" if total > len(findings) else ""
            )


def _comparisons(audit: Audit) -> Iterator[str]:
    if not audit.comparisons:
        return
    counts = {
        agreement: sum(c.agreement is agreement for c in audit.comparisons)
        for agreement in Agreement
    }
    words = {
        Agreement.AGREES: ("agrees with the cohort", "agree with the cohort"),
        Agreement.CONVENTION: ("agrees under another convention", "agree under another convention"),
        Agreement.DISAGREES: ("disagrees", "disagree"),
        Agreement.NOT_COMPARED: ("could not be compared",) * 2,
    }
    parts = [f"{counts[a]:,} {words[a][counts[a] != 1]}" for a in Agreement if counts[a]]
    yield f"{plural(len(audit.comparisons), 'reported number')}: {', '.join(parts)}"


def _idle(audit: Audit) -> Iterator[str]:
    """What had nothing to judge, by reason, and what failed."""
    mine = [run for run in audit.checks if run.evaluated is not None]
    reasons: dict[str, list[CheckRun]] = {}
    for run in mine:
        if run.outcome is Outcome.NOT_EVALUABLE:
            reasons.setdefault(run.why, []).append(run)
    judged = sum(bool(run.evaluated) for run in mine)
    idle = sum(len(runs) for runs in reasons.values())
    yield f"{plural(len(mine), 'check')}: {judged:,} evaluated, {idle:,} not evaluable"
    for why, runs in sorted(reasons.items(), key=lambda item: -len(item[1]))[:PLACES_SHOWN]:
        yield f"not evaluable: {listed([run.code for run in runs])}: {one_line(why)}"
    if len(reasons) > PLACES_SHOWN:
        yield "not evaluable: other reasons are in the report"
    for run in mine:
        if run.outcome is Outcome.FAILED:
            yield f"FAILED: {run.code} {run.name}: {one_line(run.why)}"
