"""Sections while they are being read, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor.document import Paragraph, Section
from auditor.readers.titles import run_in_heads, section_kind

_CLOSING = ("discussion", "conclusion")


@dataclass(slots=True)
class OpenSection:
    """A section that still takes paragraphs; the kind of a ``fixed`` one is not inferred."""

    kind: str
    title: str
    level: int
    fixed: bool = False
    paragraphs: list[Paragraph] = field(default_factory=list)


def close(sections: Iterable[OpenSection]) -> tuple[Section, ...]:
    """The sections as read; one without title and paragraphs is left out."""
    return tuple(
        Section(s.kind, s.title, s.level, tuple(s.paragraphs))
        for s in sections
        if s.title or s.paragraphs
    )


def infer_results(sections: list[OpenSection]) -> None:
    """Let sections of no known kind between results and discussion ("Safety") tell results."""
    tops = [i for i, s in enumerate(sections) if s.level == 1]
    last_closing = max((i for i in tops if sections[i].kind in _CLOSING), default=-1)
    for number, at in enumerate(tops):
        top = sections[at]
        if top.fixed or top.kind != "other" or not top.title or section_kind(top.title):
            continue
        follows_results = number > 0 and sections[tops[number - 1]].kind == "results"
        if follows_results and at < last_closing:
            end = tops[number + 1]
            for section in sections[at:end]:
                if section.kind == "other" and not section.fixed:
                    section.kind = "results"


def split_run_in(section: OpenSection, text: str) -> list[OpenSection]:
    """Take the run-in parts of a structured abstract out of ``section``, as its subsections.

    What stands before the first heading stays in ``section``; a paragraph without headings
    belongs to the part before it.
    """
    kept: list[Paragraph] = []
    parts: list[OpenSection] = []
    for paragraph in section.paragraphs:
        heads = run_in_heads(text[paragraph.start : paragraph.end])
        if not heads:
            (parts[-1].paragraphs if parts else kept).append(paragraph)
            continue
        if heads[0][1] > 0:
            before = trimmed(text, paragraph.start, paragraph.start + heads[0][1])
            (parts[-1].paragraphs if parts else kept).extend(before)
        ends = [start for _, start, _ in heads[1:]] + [paragraph.end - paragraph.start]
        for (title, _, begin), end in zip(heads, ends, strict=True):
            part = OpenSection(section.kind, title, section.level + 1)
            part.paragraphs += trimmed(text, paragraph.start + begin, paragraph.start + end)
            parts.append(part)
    section.paragraphs[:] = kept
    return parts


def trimmed(text: str, start: int, end: int) -> list[Paragraph]:
    """The paragraph from ``start`` to ``end`` without blanks at its ends, or none."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Paragraph(start, end)] if start < end else []
