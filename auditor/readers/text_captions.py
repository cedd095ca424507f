"""Captions of tables and figures in plain text, and which grid each belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.readers.lines import Line
from auditor.readers.text_grids import TextGrid
from auditor.readers.titles import label_at_start

_MARKUP = re.compile(r"[\s>#*_]*")
_AFTER_LABEL = re.compile(r"[*_]*\s*(?:[.:|)–—-]+[*_]*|\s{2,}|\t|(?=[*_]*\s*$))\s*[*_]*\s*")
_AFTER_BARE_LABEL = re.compile(r"[*_]*\s+(?=[A-Z(])")
_CONTINUED = re.compile(r"\s*\(?(?:continued|cont\.?|cont'd)\)?[.:]*\s*", re.IGNORECASE)
_FIGURE = re.compile(
    r"[\s>#*_]*(?:Supplementa(?:ry|l)\s+)?(?:Figure|Fig\.?|FIGURE|FIG\.?|Scheme)\s*"
    r"(?P<number>S?\d+[A-Za-z]?)[*_]*\s*(?:[.:|–—-]|\Z)",
)
_MAX_CAPTION_LINES = 6
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption: lines ``first`` up to ``last`` (excluded), its text from ``start`` to ``end``.

    ``sure`` says that the label is set off by punctuation or stands alone.
    """

    label: str
    first: int
    last: int
    start: int
    end: int
    sure: bool


def caption_at(line: Line) -> tuple[str, int, bool] | None:
    """(label, offset of the caption in the text, sure) of a line that begins as a caption."""
    text = line.text[:400]
    begin = _MARKUP.match(text)
    at = begin.end() if begin else 0
    found = label_at_start(text[at:])
    if found is None:
        return None
    label, length = found
    rest = text[at + length :]
    if separated := _AFTER_LABEL.match(rest):
        return label, line.start + at + length + separated.end(), True
    if continued := _CONTINUED.match(rest):
        return label, line.start + at + length + continued.end(), True
    if bare := _AFTER_BARE_LABEL.match(rest):
        return label, line.start + at + length + bare.end(), False
    return None


def figure_label(text: str) -> str:
    """The label of a figure caption ("Figure 2"), or "" for any other line."""
    match = _FIGURE.match(text[:200])
    return f"Figure {match['number']}" if match else ""


def assign_captions(lines: Sequence[Line], grids: Sequence[TextGrid]) -> list[Caption | None]:
    """The caption of every grid: the one above or the one below, as this document has it."""
    before = [_above(lines, grids, i) for i in range(len(grids))]
    after = [_below(lines, grids, i) for i in range(len(grids))]
    first, second = (
        (before, after)
        if sum(c is not None for c in before) >= sum(c is not None for c in after)
        else (after, before)
    )
    used = {caption.first for caption in first if caption}
    chosen: list[Caption | None] = []
    for own, other in zip(first, second, strict=True):
        if own is None and other is not None and other.first not in used:
            used.add(other.first)
            chosen.append(other)
        else:
            chosen.append(own)
    return chosen


def _above(lines: Sequence[Line], grids: Sequence[TextGrid], index: int) -> Caption | None:
    """The caption whose lines end right above the grid, blank lines left out."""
    stop = grids[index - 1].last if index else 0
    end = _skip_back(lines, grids[index].first, stop)
    start = end
    while start > stop and not lines[start - 1].blank and end - start < _MAX_CAPTION_LINES:
        start -= 1
        if (found := caption_at(lines[start])) and _is_caption(lines, start, end, found):
            return _caption(lines, start, end, found)
    if end - start > 2 or start == end:
        return None
    label_end = _skip_back(lines, start, stop)  # the label alone, the title in the next block
    if label_end > stop and (found := caption_at(lines[label_end - 1])) and found[2]:
        label_line = lines[label_end - 1]
        if not label_line.text[found[1] - label_line.start :].strip(" *_"):
            return _caption(lines, label_end - 1, end, found, text_from=start)
    return None


def _below(lines: Sequence[Line], grids: Sequence[TextGrid], index: int) -> Caption | None:
    stop = grids[index + 1].first if index + 1 < len(grids) else len(lines)
    start = grids[index].last
    while start < stop and lines[start].blank:
        start += 1
    if start == stop or not (found := caption_at(lines[start])):
        return None
    end = start + 1
    while end < stop and not lines[end].blank and end - start < _MAX_CAPTION_LINES:
        end += 1
    return _caption(lines, start, end, found) if _is_caption(lines, start, end, found) else None


def _is_caption(lines: Sequence[Line], start: int, end: int, found: tuple[str, int, bool]) -> bool:
    """Whether a line that begins with a label is no sentence such as "Table 1 Shows ..."."""
    length = lines[end - 1].end - lines[start].start
    return length <= _LONGEST and (found[2] or length <= _LONGEST // 5)


def _caption(
    lines: Sequence[Line],
    first: int,
    last: int,
    found: tuple[str, int, bool],
    text_from: int | None = None,
) -> Caption:
    label, start, sure = found
    if text_from is None and start >= lines[first].end and last > first + 1:
        text_from = first + 1
    if text_from is not None:
        start = lines[text_from].start
    return Caption(label, first, last, start, max(start, lines[last - 1].end), sure)


def _skip_back(lines: Sequence[Line], end: int, stop: int) -> int:
    while end > stop and lines[end - 1].blank:
        end -= 1
    return end
