"""The running text of a plain-text document as sections of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.document import Paragraph, Section
from auditor.readers.lines import Line, blocks
from auditor.readers.remnants import plain_text
from auditor.readers.sections import OpenSection, close, infer_results, split_run_in, trimmed
from auditor.readers.text_captions import figure_label
from auditor.readers.text_headings import Heading, heading_at
from auditor.readers.titles import run_in_heads, section_kind

_RULE_OR_IMAGE = re.compile(r"\s*(?:!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>|[-*_=]{3,}|`{3,}.*)\s*$")
_ABSTRACT = re.compile(r"[*_#\s]*(?:Abstract|ABSTRACT|Summary|SUMMARY)[*_]*\s*[.:—–-][*_]*\s*")
_NOT_ABSTRACT = re.compile(r"copyright|licen[cs]e|correspond|@|received|key ?words", re.IGNORECASE)
_ARTICLE_TYPE = re.compile(
    r"(?:\w+ ){0,2}(?:article|report|paper|communication|study|trial)$", re.IGNORECASE
)
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,})\s*")
_LONGEST_TITLE = 400
_ABSTRACT_WORDS = 60


@dataclass(frozen=True, slots=True)
class _Headed:
    """A block of lines, what heading it begins with, and its text without the heading."""

    lines: range
    heading: Heading | None
    start: int
    end: int


def read_sections(
    text: str, lines: Sequence[Line], free: Sequence[bool]
) -> tuple[str, tuple[Section, ...], list[tuple[int, str]]]:
    """Title, sections, and (line, title) of every heading, from the lines that are ``free``."""
    headed = _headed(lines, free)
    title, skipped = _title(text, headed)
    reader = _Reader(headed)
    figures: list[OpenSection] = []
    for i, block in enumerate(headed):
        if i == skipped and block.heading is None:
            continue
        shown = text[block.start : min(block.end, block.start + 200)]
        if label := figure_label(shown):
            figure = OpenSection("other", label, 1, fixed=True)
            figure.paragraphs += trimmed(text, block.start, block.end)
            figures.append(figure)
            continue
        if block.heading and i != skipped:
            reader.open(block.heading, i)
        if block.start < block.end and not _RULE_OR_IMAGE.fullmatch(shown):
            reader.current.paragraphs += trimmed(text, block.start, block.end)
    sections = reader.sections
    _find_abstract(sections, text)
    infer_results(sections)
    parted: list[OpenSection] = []
    for section in sections:
        parted.append(section)
        if section.kind == "abstract" and section.paragraphs:
            parted += split_run_in(section, text)
    headings = [(b.lines.start, b.heading.title) for b in headed if b.heading]
    return title, close((*parted, *figures)), headings


def _headed(lines: Sequence[Line], free: Sequence[bool]) -> list[_Headed]:
    """Blocks of lines, parted before and after a heading that stands on a line of its own."""
    result = []
    for block in blocks(list(lines), list(free)):
        at = block.start
        for i in block:
            if i != at and i != block.start and not lines[i].text.lstrip().startswith("#"):
                continue
            underlined = _UNDERLINE.fullmatch(lines[i + 1].text) if i + 1 < block.stop else None
            alone = len(block) == 1 or bool(underlined)
            heading = heading_at(lines[i], alone=alone)
            if underlined and heading is None and len(lines[i].text) < 200:
                heading = Heading(lines[i].text.strip(), 1 if "=" in underlined[0] else 2)
            if heading is None:
                continue
            if i > at:
                result.append(_Headed(range(at, i), None, lines[at].start, lines[i - 1].end))
            after = i + (2 if underlined else 1)
            start = (
                heading.text_start
                if heading.text_start is not None
                else (lines[after].start if after < block.stop else lines[after - 1].end)
            )
            run_in = heading.text_start is not None
            stop = _next_heading(lines, after, block.stop)
            end = lines[stop - 1].end if stop > after or run_in else start
            result.append(_Headed(range(i, stop), heading, start, end))
            at = stop
        if at < block.stop:
            result.append(
                _Headed(range(at, block.stop), None, lines[at].start, lines[block.stop - 1].end)
            )
    return result


def _next_heading(lines: Sequence[Line], first: int, stop: int) -> int:
    return next((i for i in range(first, stop) if lines[i].text.lstrip().startswith("#")), stop)


def _title(text: str, headed: Sequence[_Headed]) -> tuple[str, int | None]:
    """The title, and the index of its block: a first heading, or a first line that reads so."""
    for i, block in enumerate(headed[:6]):
        if block.heading:
            known = section_kind(block.heading.title)
            if known is None and block.heading.hashes == 1:
                return block.heading.title, i
            if known:
                return "", None
            continue
        if block.end - block.start > _LONGEST_TITLE:
            return "", None
        shown = " ".join(plain_text(text[block.start : block.end])[0].split()).strip("*_ ")
        if _ARTICLE_TYPE.match(shown) or len(shown.split()) < 4:
            continue
        if shown[-1] not in ".;," and not _NOT_ABSTRACT.search(shown):
            return shown, i
        return "", None
    return "", None


class _Reader:
    """Opens sections at headings, each with the kind that its title or its parent has."""

    def __init__(self, headed: Sequence[_Headed]) -> None:
        self.current = OpenSection("other", "", 1)
        self.sections = [self.current]
        self._parents: list[OpenSection] = []
        kinds = [section_kind(b.heading.title) if b.heading else None for b in headed]
        self._last_of_kind = {kind: i for i, kind in enumerate(kinds) if kind}
        # Where a paper has "# Title" and "## Methods", the sections begin at level 2.
        hashes = [
            b.heading.hashes
            for b, kind in zip(headed, kinds, strict=True)
            if b.heading and b.heading.hashes and kind
        ]
        self._base = min(hashes, default=1) - 1

    def open(self, heading: Heading, index: int) -> None:
        level = max(1, heading.hashes - self._base) if heading.hashes else heading.level
        kind = section_kind(heading.title)
        if self._in_abstract(heading, kind, index, level):
            level, kind = 2, "abstract"
        while self._parents and self._parents[-1].level >= level:
            self._parents.pop()
        inherited = self._parents[-1].kind if self._parents else "other"
        self.current = OpenSection(kind or inherited, heading.title, level)
        self._parents.append(self.current)
        self.sections.append(self.current)

    def _in_abstract(self, heading: Heading, kind: str | None, index: int, level: int) -> bool:
        """A heading "Methods" within an abstract: below its level, or it comes again later."""
        if not self._parents or self._parents[0].kind != "abstract" or heading.number:
            return False
        if heading.hashes and level > 1:
            return True
        if kind not in ("introduction", "methods", "results", "discussion", "conclusion"):
            return False
        return self._last_of_kind[kind] > index


def _find_abstract(sections: list[OpenSection], text: str) -> None:
    """An abstract without heading: run-in headings, the word itself, or the last long paragraph."""
    if any(s.kind == "abstract" for s in sections) or len(sections) < 2:
        return
    at = 0
    chosen: int | None = None
    begin: int | None = None
    for i, paragraph in enumerate(sections[0].paragraphs):
        shown = text[paragraph.start : paragraph.end]
        if match := _ABSTRACT.match(shown):
            chosen, begin = i, paragraph.start + match.end()
            break
        if len(run_in_heads(shown)) >= 2:
            chosen, begin = i, paragraph.start
            break
        if len(shown.split()) >= _ABSTRACT_WORDS and not _NOT_ABSTRACT.search(shown):
            chosen, begin = i, paragraph.start
    if chosen is None or begin is None:
        at, chosen, begin = _told_abstract(sections, text)
    if chosen is None or begin is None:
        return
    abstract = OpenSection("abstract", "Abstract", 1)
    front = sections[at]
    first = front.paragraphs[chosen]
    abstract.paragraphs = [Paragraph(begin, first.end), *front.paragraphs[chosen + 1 :]]
    del front.paragraphs[chosen:]
    sections.insert(at + 1, abstract)


def _told_abstract(
    sections: Sequence[OpenSection], text: str
) -> tuple[int, int | None, int | None]:
    """A paragraph "Abstract. ..." below the names of authors that read like a heading."""
    for at, section in enumerate(sections):
        if section.kind != "other":
            break
        for i, paragraph in enumerate(section.paragraphs):
            if match := _ABSTRACT.match(text[paragraph.start : paragraph.end]):
                return at, i, paragraph.start + match.end()
    return 0, None, None
