"""Footnotes of a table in plain text: the lines under the grid that explain it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from auditor.document import Footnote
from auditor.readers.lines import Line
from auditor.readers.notes import leading_mark, split_notes
from auditor.readers.text_captions import caption_at, figure_label

_OPENING = re.compile(
    r"[*_]{0,2}(?:Abbreviations?\b|Notes?[*_]{0,2}[.:]|Data (?:are|were|is) |Values (?:are|were) "
    r"|Percentages? |Numbers (?:in|are) |Source[.:]|Key[.:]|Legend[.:]|All values )",
)
_DEFINED = re.compile(r"[*_]{0,2}(?P<short>[A-Za-z][\w/+.-]{0,11})[*_]{0,2}\s*[:=]\s*\S")
_LISTED = re.compile(
    r"(?P<short>[A-Za-z][\w/+-]{1,11}), (?P<long>[a-zA-Z][^;.,]{2,80})(?P<end>[;.]|$)"
)
_LONGEST_GLUED = 1500


def find_notes(
    lines: Sequence[Line], first: int, stop: int, marks: Collection[str]
) -> tuple[list[range], int]:
    """Note lines from line ``first`` on, before ``stop``: paragraphs of lines, and the line after.

    Lines glued to the grid are notes. After a blank line only what begins with a mark, defines
    an abbreviation or says what the data are is one: anything else is running text.
    """
    found: list[range] = []
    at = first
    glued = at < stop and not lines[at].blank
    while at < stop:
        if lines[at].blank:
            at += 1
            glued = False
            continue
        end = at
        while end < stop and not lines[end].blank and not _other(lines[end]):
            end += 1
        if end == at or not (
            _is_note(lines[at].text, marks)
            or (glued and lines[end - 1].end - lines[at].start <= _LONGEST_GLUED)
        ):
            break
        found.extend(_split(lines, at, end, marks))
        at = end
    return found, found[-1].stop if found else first


def read_notes(
    text: str, lines: Sequence[Line], found: Sequence[range], marks: Collection[str]
) -> tuple[Footnote, ...]:
    """The notes of the given lines; several in one line are parted where that is safe."""
    notes = []
    for block in found:
        start, end = lines[block.start].start, lines[block.stop - 1].end
        while start < end and text[start].isspace():
            start += 1
        for mark, a, b in split_notes(text[start:end], marks):
            notes.append(Footnote(mark, text[start + a : start + b], start + a, start + b))
    return tuple(notes)


def _other(line: Line) -> bool:
    if "\t" in line.text.strip() or figure_label(line.text):
        return True
    return caption_at(line) is not None


def _is_note(text: str, marks: Collection[str]) -> bool:
    folded = text.strip()[:600]
    if _OPENING.match(folded):
        return True
    if mark := leading_mark(folded, marks):
        # Markdown: "*de novo*" and "* item" are no notes, unless the table has the mark.
        return mark in marks or mark[0] not in "*#$&€"
    if (match := _DEFINED.match(folded)) and _is_short(match["short"]):
        return True
    match = _LISTED.match(folded)
    return (
        match is not None
        and _is_short(match["short"])
        and (match["end"] == ";" or match["long"][0].lower() == match["short"][0].lower())
    )


def _is_short(word: str) -> bool:
    """Whether a word looks abbreviated: two capitals, or a single letter."""
    return sum(ch.isupper() for ch in word) >= 2 or len(word) == 1


def _split(lines: Sequence[Line], first: int, last: int, marks: Collection[str]) -> list[range]:
    """A block of note lines; a line that itself begins as a note begins a new one."""
    starts = [i for i in range(first, last) if i == first or _is_note(lines[i].text, marks)]
    ends = [*starts[1:], last]
    return [range(a, b) for a, b in zip(starts, ends, strict=True)]
