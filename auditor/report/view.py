"""What the HTML template shows: the audit arranged for a reader, every word decided here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from auditor import __version__
from auditor.audit import Audit
from auditor.check import Outcome
from auditor.finding import Finding, Place, Severity
from auditor.report.anchors import Group, Links, link, table_of
from auditor.report.cohort import (
    breaches,
    cohort_steps,
    cohort_view,
    evaluated,
    has_cohort,
    unlisted,
)
from auditor.report.cohort_text import gate_line
from auditor.report.grid import DrawnTable, draw
from auditor.report.grid import title as table_title
from auditor.report.passages import Passage, passages
from auditor.report.recomputed import recomputed_view
from auditor.report.sides import Sides, sides
from auditor.report.text_view import TextView, text_view
from auditor.report.unchecked import unchecked
from auditor.report.wording import (
    SEVERITY_MEANING,
    SEVERITY_WORD,
    VERDICT_MEANING,
    one_line,
    place_words,
    plural,
    review_text,
    verdict_sentence,
)

NOTES_SHOWN = 3
"""Notes of one table that stand open; more are folded away."""

_OUTCOMES = (Outcome.FAILED, Outcome.FINDINGS, Outcome.NOT_EVALUABLE, Outcome.PASSED)


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place in words, its quote, and the anchor it links to ("" where there is none)."""

    words: str
    quote: str
    anchor: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding as a card."""

    number: int
    finding: Finding
    severity: str
    word: str
    meaning: str
    places: tuple[PlaceView, ...]
    review: str
    sides: Sides | None = None


@dataclass(frozen=True, slots=True)
class GroupView:
    """The findings of one table, of the running text, or of another input.

    ``listing`` says of which checks not every breach is listed.
    """

    anchor: str
    title: str
    subtitle: str
    document: str
    target: str
    counts: str
    findings: tuple[FindingView, ...]
    notes: tuple[FindingView, ...]
    fold_notes: bool
    listing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One manuscript with its tables and passages."""

    name: str
    title: str
    anchor: str
    tables: tuple[DrawnTable, ...]
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...]
    text: TextView | None = None


def context(audit: Audit) -> dict[str, Any]:
    """Everything the template ``report.html.j2`` names."""
    links = link(audit)
    several = len(audit.documents) != 1
    documents = tuple(_document(audit, index, links) for index in range(len(audit.documents)))
    first = documents[0] if documents else None
    if first is None and audit.inputs and (audit.tables or audit.comparisons):
        heading = _extract_heading(audit)
    elif first is None or several:
        heading = plural(len(documents), "manuscript")
    else:
        heading = first.title or first.name
    order = sorted(audit.checks, key=lambda run: (_OUTCOMES.index(run.outcome), run.code))
    return {
        "audit": audit,
        "version": __version__,
        "heading": heading,
        "several": several,
        "documents": documents,
        "sentence": verdict_sentence(audit),
        "gate": audit.gate,
        "gate_line": gate_line(audit),
        "notes": audit.notes,
        "tone": "incomplete" if audit.result == "incomplete" else _tone(audit),
        "severities": [
            (s.value, SEVERITY_WORD[s], audit.count(s), SEVERITY_MEANING[s]) for s in Severity
        ],
        "groups": [_group(key, found, audit, links) for key, found in links.groups],
        "read": [document for document in documents if document.text is not None],
        "asked": sum(document.text.asked for document in documents if document.text),
        "coverage": (
            _coverage(audit) if audit.documents or not has_cohort(audit) else cohort_steps(audit)
        ),
        "subject": "extract" if not documents and has_cohort(audit) else "manuscript",
        "cohort": cohort_view(audit) if has_cohort(audit) else None,
        "extract_files": _extract_files(audit),
        "unlisted": list(unlisted(audit).values()),
        "evaluated": {run.code: evaluated(run) for run in audit.checks},
        "breaches": {run.code: breaches(run) for run in audit.checks},
        "judged": sum(bool(run.evaluated) for run in audit.checks),
        "unchecked": unchecked(audit),
        "recomputed": recomputed_view(audit, links),
        "checks": order,
        "check_counts": _check_counts(audit),
        "found": Counter(finding.code for finding in audit.findings),
        "failed": [run for run in order if run.outcome == Outcome.FAILED],
    }


def _document(audit: Audit, index: int, links: Links) -> DocumentView:
    document = audit.documents[index]
    marks = links.marks.get((index, None), {})
    text = text_view(audit, index, marks)
    refs = {} if text is None else text.refs
    return DocumentView(
        name=document.name,
        title=one_line(document.title),
        anchor=f"d{index + 1}",
        tables=tuple(
            draw(table, index, links.marks.get((index, table.index), {}), refs)
            for table in document.tables
        ),
        passages=passages(document, marks),
        warnings=document.warnings,
        text=text,
    )


def _extract_files(audit: Audit) -> list[str]:
    """The inputs that are no manuscript: the extract, and files of reported results."""
    manuscripts = {document.name for document in audit.documents}
    return [file.name for file in audit.inputs if file.name not in manuscripts]


def _extract_heading(audit: Audit) -> str:
    files = _extract_files(audit)
    if len(files) == 1:
        return files[0]
    return f"Extract of {plural(len(audit.tables), 'table')}"


def _tone(audit: Audit) -> str:
    # Nothing checked is no good sign.
    judged = audit.coverage.checked or any(run.evaluated for run in audit.checks)
    otherwise = "calm" if judged else "warning"
    return next((s.value for s in Severity if audit.count(s)), otherwise)


def _group(
    key: Group, found: tuple[tuple[int, Finding], ...], audit: Audit, links: Links
) -> GroupView:
    number, kind, index = key
    document = audit.documents[number] if number < len(audit.documents) else None
    table = table_of(document, index) if document is not None and kind == 1 else None
    several = len(audit.documents) != 1
    views = tuple(_finding(n, finding, links, audit) for n, finding in found)
    notes = tuple(v for v in views if v.finding.severity == Severity.NOTE)
    if table is not None:
        title, subtitle, target = table_title(table), table.caption, f"d{number + 1}-t{index + 1}"
    elif kind == 0:
        title, subtitle, target = "Running text", "", f"d{number + 1}-text"
        if not links.marks.get((number, None)):
            target = ""
    elif kind == 2 and index < len(links.sources):
        source, name = links.sources[index]
        title, subtitle = name or source, source if name and name != source else ""
        target = f"e{index + 1}" if index < len(audit.tables) else ""
    else:
        title, subtitle, target = "Elsewhere", "", ""
    short = unlisted(audit)
    tally = Counter(finding.severity for _, finding in found)
    return GroupView(
        anchor=f"g{number + 1}-{kind}-{index + 1}",
        title=one_line(title),
        subtitle=one_line(subtitle, 160),
        document=document.name if document is not None and several and kind != 2 else "",
        target=target,
        counts=", ".join(plural(tally[s], s.value) for s in Severity if tally[s]),
        findings=tuple(v for v in views if v.finding.severity != Severity.NOTE),
        notes=notes,
        fold_notes=len(notes) > NOTES_SHOWN,
        listing=tuple(
            short[code]
            for code in dict.fromkeys(finding.code for _, finding in found)
            if code in short
        ),
    )


def _finding(number: int, finding: Finding, links: Links, audit: Audit) -> FindingView:
    several = len(audit.documents) != 1
    anchors = [_anchor(place, links) for place in finding.places]
    return FindingView(
        number=number,
        finding=finding,
        severity=finding.severity.value,
        word=SEVERITY_WORD[finding.severity],
        meaning=VERDICT_MEANING[finding.verdict],
        places=tuple(
            PlaceView(
                place_words(place, with_input=several),
                place.quote,
                anchor,
            )
            for place, anchor in zip(finding.places, anchors, strict=True)
        ),
        review=review_text(finding, with_input=several),
        sides=sides(finding, anchors, audit, several),
    )


def _anchor(place: Place, links: Links) -> str:
    """Where a place is shown: its cell or passage, or the delivered table that holds its row."""
    if place in links.spots:
        return links.spots[place].anchor
    source = (place.input, place.table or "")
    if place.kind == "record" and source in links.tables:
        return f"e{links.tables.index(source) + 1}"
    return ""


def _coverage(audit: Audit) -> list[tuple[str, str, str]]:
    """Steps of the coverage: label, count, and share of the printed numbers as "87.5%"."""
    c = audit.coverage
    steps = (
        ("printed numbers", c.numbers),
        ("read as numbers", c.parsed),
        ("tied to a population", c.linked),
        ("checked", c.checked),
    )
    return [
        (
            label,
            f"{count:,}",
            f"{min(1000 * count // c.numbers, 1000) / 10:g}%" if c.numbers else "0%",
        )
        for label, count in steps
    ]


def _check_counts(audit: Audit) -> str:
    tally = Counter(run.outcome for run in audit.checks)
    words = {
        Outcome.FAILED: "failed",
        Outcome.FINDINGS: "with findings",
        Outcome.NOT_EVALUABLE: "not evaluable",
        Outcome.PASSED: "passed",
    }
    return ", ".join(f"{tally[o]} {words[o]}" for o in _OUTCOMES if tally[o])
