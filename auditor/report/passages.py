"""Running text in question, each number in the sentence or paragraph it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.document import Document
from auditor.report.anchors import Mark, Spot

CONTEXT = 200
"""Characters of context kept on either side of a number in question."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of a passage; with marks where it is in question (then ``anchor`` is its id)."""

    text: str
    anchor: str = ""
    classes: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of running text with the numbers in question marked."""

    section: str
    stretches: tuple[Stretch, ...]


def passages(document: Document, marks: Mapping[Spot, Sequence[Mark]]) -> tuple[Passage, ...]:
    """Every passage of ``document`` that has a mark, in reading order."""
    edges = sorted(
        (paragraph.start, paragraph.end, section.title)
        for section in document.sections
        for paragraph in section.paragraphs
    )
    starts = [edge[0] for edge in edges]
    found: dict[tuple[int, int, str], list[Spot]] = {}
    for spot in sorted(marks, key=lambda s: s.start):
        index = bisect_right(starts, spot.start) - 1
        if index >= 0 and spot.start < edges[index][1]:
            frame = edges[index]
        else:
            frame = _line(document.text, spot.start)
        found.setdefault(frame, []).append(spot)
    return tuple(
        Passage(title, tuple(_stretches(document.text, (start, end), spots, marks)))
        for (start, end, title), spots in found.items()
    )


def _line(text: str, position: int) -> tuple[int, int, str]:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return start, len(text) if end < 0 else end, ""


def _stretches(
    text: str, frame: tuple[int, int], spots: Sequence[Spot], marks: Mapping[Spot, Sequence[Mark]]
) -> list[Stretch]:
    """Where marked stretches overlap, each ends where the next begins: ids never nest."""
    result: list[Stretch] = []
    position = frame[0]
    for index, spot in enumerate(spots):
        limit = spots[index + 1].start if index + 1 < len(spots) else frame[1]
        here = tuple(marks[spot])
        end = max(
            (
                m.place.end
                if m.place.start is not None and m.place.end
                else spot.start + len(m.place.quote)
                for m in here
            ),
        )
        end = max(min(end, limit), spot.start)
        result.append(Stretch(_trim(text[position : spot.start], bool(result), True)))
        primary = [m.severity for m in here if m.primary]
        kind = min(primary, key=lambda s: s.rank).value if primary else "used"
        result.append(Stretch(text[spot.start : end], spot.anchor, f"q q-{kind}", here))
        position = end
    result.append(Stretch(_trim(text[position : frame[1]], True, False)))
    return [stretch for stretch in result if stretch.text or stretch.anchor]


def _trim(text: str, before: bool, after: bool) -> str:
    """Shorten unmarked text, keeping the ends that touch a mark."""
    if len(text) <= CONTEXT * (before + after) + 20:
        return text
    head = text[:CONTEXT].rsplit(" ", 1)[0] + " … " if before else "… "
    tail = text[-CONTEXT:].split(" ", 1)[-1] if after else ""
    return head + tail
