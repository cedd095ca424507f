"""The words that every report shares, so that no two reports say a thing differently."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from auditor import __version__
from auditor.audit import Audit
from auditor.check import Outcome
from auditor.comparison import Agreement
from auditor.finding import Finding, Place, Severity, Verdict

SEVERITY_WORD = {
    Severity.ERROR: "Error",
    Severity.WARNING: "Warning",
    Severity.NOTE: "Note",
}
SEVERITY_MEANING = {
    Severity.ERROR: "contradicts other numbers, and the reading is certain",
    Severity.WARNING: "probable, or a conclusion may change: a person must decide",
    Severity.NOTE: "a last digit, a convention or a term; nothing rests on it",
}
VERDICT_MEANING = {
    Verdict.IMPOSSIBLE: "No data can give this number.",
    Verdict.DISAGREES: "Two statements of the same quantity differ; at most one is right.",
    Verdict.CONVENTION: "Right only under an unusual convention, which is named.",
    Verdict.QUERY: "Rests on a reading or an assumption that a person must confirm.",
}
REQUEST = {
    Verdict.IMPOSSIBLE: "Please correct this, or explain how the number arises.",
    Verdict.DISAGREES: "Both cannot be right; please correct one, or explain the difference.",
    Verdict.CONVENTION: "Please state the convention that was used.",
    Verdict.QUERY: "Please confirm or clarify.",
}

# Escape sequences must not reach a terminal, nor may an override turn a line around.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(text: str, limit: int | None = None) -> str:
    """``text`` on one line without control characters, cut with an ellipsis after ``limit``."""
    line = _CONTROL.sub("", " ".join(text.split()))
    if limit is not None and len(line) > limit:
        return line[: limit - 1].rstrip() + "…"
    return line


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 note", "2 notes"; thousands are grouped."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(items: Sequence[str], limit: int = 5) -> str:
    """Items joined as in a sentence; beyond ``limit`` the rest is counted."""
    if len(items) > limit:
        return f"{', '.join(items[:limit])} and {len(items) - limit} more"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def place_words(place: Place, *, with_input: bool = False) -> str:
    """Where a place is, for a reader: "Table 1, row 'Male', column 'PCR'".

    Rows and columns without a label are counted from 1. A record reads "adsl, subject 01-004,
    DTHDT, row 12".
    """
    if place.kind == "record":
        return _record_words(place, with_input=with_input)
    parts = []
    if with_input or place.kind == "value":
        parts.append(one_line(place.input))
    if place.table_index is not None or place.table:
        label = place.table or f"table {(place.table_index or 0) + 1} (no label)"
        parts.append(_start(one_line(label), parts))
    elif place.kind == "text":
        section = f"section '{one_line(place.section, 60)}'" if place.section else "running text"
        parts.append(_start(section, parts))
    parts += _axis("row", place.row, place.row_label)
    parts += _axis("column", place.column, place.column_label)
    if place.line is not None:
        parts.append(f"line {place.line + 1}")
    return ", ".join(parts) or one_line(place.input)


def _record_words(place: Place, *, with_input: bool) -> str:
    parts = [one_line(place.input)] if with_input else []
    parts.append(one_line(place.table or place.input))
    if place.subject:
        parts.append(f"subject {one_line(place.subject, 60)}")
    if place.visit:
        parts.append(f"visit {one_line(place.visit, 60)}")
    if place.variable:
        parts.append(one_line(place.variable, 60))
    if place.row is not None:
        parts.append(f"row {place.row + 1}")
    return ", ".join(parts)


def _start(words: str, before: list[str]) -> str:
    return words if before else words[:1].upper() + words[1:]


def _axis(name: str, index: int | None, label: str | None) -> list[str]:
    if label and label.strip():
        return [f"{name} '{one_line(label, 60)}'"]
    return [] if index is None else [f"{name} {index + 1}"]


def says_its_place(finding: Finding) -> bool:
    """Whether the message itself begins with the table that it is about."""
    if not finding.places:
        return True
    name = place_words(
        Place(
            input="",
            kind="cell",
            quote="",
            table=finding.places[0].table,
            table_index=finding.places[0].table_index,
        )
    )
    return bool(name) and one_line(finding.message).lower().startswith(f"{name.lower()},")


def verdict_sentence(audit: Audit) -> str:
    """The result in a sentence; never more than was established."""
    if not audit.documents and audit.tables:
        return _cohort_sentence(audit)
    parts = _manuscript_parts(audit)
    if audit.comparisons:
        parts.append(_reported_part(audit))
    if audit.tables:
        parts.append(_records_part(audit))
    sentence = "; ".join(parts)
    if audit.result == "incomplete":
        failed = sum(run.outcome == Outcome.FAILED for run in audit.checks)
        return f"Incomplete: {plural(failed, 'check')} failed. So far, {sentence}."
    return sentence[:1].upper() + sentence[1:] + "."


def _manuscript_parts(audit: Audit) -> list[str]:
    errors = _in_question(audit, Severity.ERROR)
    warnings = _in_question(audit, Severity.WARNING) - errors
    checked = audit.coverage.checked
    parts = []
    if errors:
        verb = "contradicts" if len(errors) == 1 else "contradict"
        parts.append(f"{plural(len(errors), 'number')} {verb} others")
    if warnings:
        verb = "needs" if len(warnings) == 1 else "need"
        parts.append(f"{len(warnings):,} {verb} a person")
    if parts:
        return parts
    if checked:
        return [f"no contradiction found among {plural(checked, 'checked number')}"]
    return ["no number was checked, so nothing can be said about this manuscript"]


def _reported_part(audit: Audit) -> str:
    """Results reported, beside the extract."""
    tally = Counter(comparison.agreement for comparison in audit.comparisons)
    compared = len(audit.comparisons) - tally[Agreement.NOT_COMPARED]
    if wrong := tally[Agreement.DISAGREES]:
        verb = "disagrees" if wrong == 1 else "disagree"
        return f"{wrong:,} of {plural(compared, 'reported number')} {verb} with the extract"
    if compared:
        return f"none of {plural(compared, 'reported number')} disagrees with the extract"
    return "no reported number could be compared with the extract"


def _records_part(audit: Audit) -> str:
    """Beside a manuscript: what the records of the extract are accused of."""
    counts = [
        plural(number, severity.value)
        for severity in (Severity.ERROR, Severity.WARNING)
        if (number := _of_records(audit, severity))
    ]
    if counts:
        return f"{' and '.join(counts)} in the records of the extract"
    return "nothing found in the records of the extract"


def _of_records(audit: Audit, severity: Severity) -> int:
    listed = (finding.severity == severity and _is_record(finding) for finding in audit.findings)
    return sum(listed) + audit.unlisted.get(severity, 0)


def _is_record(finding: Finding) -> bool:
    return bool(finding.places) and finding.places[0].kind == "record"


def _cohort_sentence(audit: Audit) -> str:
    """The result of a cohort: what its checks found, or among how many of them nothing."""
    judged = [run for run in audit.checks if run.evaluated]
    guilty = sum(run.outcome == Outcome.FINDINGS for run in audit.checks)
    counts = [
        plural(audit.count(severity), severity.value)
        for severity in (Severity.ERROR, Severity.WARNING)
        if audit.count(severity)
    ]
    if counts:
        sentence = f"{' and '.join(counts)}, by {guilty} of {plural(len(judged), 'check')}"
    elif judged:
        sentence = f"no inconsistency found by {plural(len(judged), 'check')}"
    else:
        sentence = "no check had anything to judge, so nothing can be said about this extract"
    if audit.comparisons:
        sentence = f"{sentence}; {_reported_part(audit)}"
    if audit.result == "incomplete":
        failed = sum(run.outcome == Outcome.FAILED for run in audit.checks)
        return f"Incomplete: {plural(failed, 'check')} failed. So far, {sentence}."
    return sentence[:1].upper() + sentence[1:] + "."


def _in_question(audit: Audit, severity: Severity) -> set[object]:
    """The distinct numbers that findings of this severity put in question."""
    keys: set[object] = set()
    for number, finding in enumerate(audit.findings):
        if finding.severity == severity and not _is_record(finding):
            keys.add(finding.places[0] if finding.places else number)
    return keys


def coverage_sentence(audit: Audit) -> str:
    """How far the printed numbers of tables and text got."""
    c = audit.coverage
    return (
        f"{plural(c.numbers, 'printed number')}: {c.parsed:,} read, "
        f"{c.linked:,} tied to a population, {c.checked:,} checked"
    )


def review_text(finding: Finding, *, with_input: bool = False) -> str:
    """A finding as plain text that can be pasted into a review."""
    lines = []
    if finding.places and (with_input or not says_its_place(finding)):
        lines.append(f"{place_words(finding.places[0], with_input=with_input)}:")
    lines.append(one_line(finding.message))
    if finding.places and finding.places[0].quote:
        lines.append(f'Printed there: "{one_line(finding.places[0].quote, 300)}"')
    if finding.reported:
        lines.append(f"Reported: {one_line(finding.reported)}")
    if finding.expected:
        lines.append(f"Expected: {one_line(finding.expected)}")
    if finding.arithmetic:
        lines.append("Arithmetic:")
        lines += [f"  {one_line(step)}" for step in finding.arithmetic]
    if len(finding.places) > 1:
        lines.append("Compared with:")
        lines += [
            f'  {place_words(p, with_input=with_input)}: "{one_line(p.quote, 120)}"'
            for p in finding.places[1:]
        ]
    if finding.conventions:
        lines.append(f"Would be right under: {one_line(', '.join(finding.conventions))}")
    if finding.suggestion:
        lines.append(f"Hint: {one_line(finding.suggestion)}")
    lines.append(REQUEST[finding.verdict])
    lines.append(f"[{finding.code} {finding.check}, Auditor {__version__}]")
    return "\n".join(lines)
