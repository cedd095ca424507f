"""Running text as a reader means it: broken sentences joined, remnants of markup resolved.

Offsets stay true: every character of a joined text knows where in the document it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.document import Document, Paragraph, Section
from auditor.readers.remnants import plain_text

_ENDS = re.compile(r"[.!?:;][\"'”’)\]*_]*(?:\s*(?:\[[\d,\s–-]+\]|\^\{?[\d,–-]+\}?))?\s*\Z")
_HYPHENATED = re.compile(r"[A-Za-z]{2}-\s*\Z")
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class JoinedText:
    """Text with, for every character of it, the offset in ``Document.text`` it comes from."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` (not empty) stands in the document."""
        return self.offsets[start], self.offsets[end - 1] + 1


def paragraph_groups(document: Document, section: Section) -> tuple[tuple[Paragraph, ...], ...]:
    """The paragraphs of ``section``; pieces of one sentence that was broken stand together.

    In a text file a page break or a table may part a sentence: a piece goes on in the next
    one where it does not end as a sentence does. In JATS every paragraph is whole.
    """
    if document.kind == "jats":
        return tuple((paragraph,) for paragraph in section.paragraphs)
    groups: list[list[Paragraph]] = []
    for paragraph in section.paragraphs:
        if groups and _goes_on(document.text, groups[-1][-1], paragraph):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return tuple(map(tuple, groups))


def joined_text(document: Document, group: tuple[Paragraph, ...]) -> JoinedText:
    """The paragraphs of a group as one text.

    Of text files tags, entities, LaTeX and emphasis are resolved, line ends become blanks and
    a word that was hyphenated at the break is one word again.
    """
    characters: list[str] = []
    offsets: list[int] = []
    for paragraph in group:
        raw = document.text[paragraph.start : paragraph.end]
        if document.kind == "jats":
            shown, places = raw, list(range(len(raw)))
        else:
            shown, places = plain_text(raw)
        if characters:
            tail = "".join(characters[-4:])
            if _HYPHENATED.search(tail) and shown[:1].islower():
                characters.pop()
                offsets.pop()
            else:
                characters.append(" ")
                offsets.append(offsets[-1])
        characters.extend(" " if ch in "\r\n\t" else ch for ch in shown)
        offsets.extend(paragraph.start + place for place in places)
    return JoinedText("".join(characters), tuple(offsets))


def _goes_on(text: str, before: Paragraph, after: Paragraph) -> bool:
    left = text[max(before.start, before.end - 200) : before.end]
    if _ENDS.search(left):
        return False
    first = text[after.start : after.start + 1]
    if _HYPHENATED.search(left):
        return first.islower()
    if first.islower() or first in "(,;":
        return True
    return len(left.split()) >= _FEWEST_WORDS and (first.isalnum() or first == "$")
