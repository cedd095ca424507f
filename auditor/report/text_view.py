"""The running text with its numbers marked, each led to its table cell and back."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.audit import Audit
from auditor.document import Document, Section
from auditor.finding import Place
from auditor.report.anchors import Mark, Spot, locate
from auditor.report.grid import TextRef
from auditor.report.text_states import Standing, State, standings, tally
from auditor.report.wording import one_line, place_words, plural
from auditor.topic import Link, Twin

QUEUE = 60
"""Links below the threshold that are listed; the rest is counted."""
_SHOWN = 3
"""Links and repetitions that are named where a number is pointed at."""

CLASSES = {
    State.DIFFERS: "differs",
    State.PERSON: "person",
    State.AGREES: "agrees",
    State.ALONE: "alone",
    State.CITED: "cited",
    State.PLANNED: "cited",
}
MEANINGS = (
    (State.AGREES, "a table or another sentence says the same"),
    (State.DIFFERS, "a table or another sentence says otherwise"),
    (State.PERSON, "it may be stated elsewhere: a person must say"),
    (State.ALONE, "nothing else was found to state it"),
    (State.CITED, "of a cited study, or planned"),
)


@dataclass(frozen=True, slots=True)
class Run:
    """Text of a paragraph; with ``state`` a number that was read.

    ``target`` is the anchor of its table cell, or of the other sentence; ``hint`` says in words
    what stands there.
    """

    text: str
    state: str = ""
    anchor: str = ""
    target: str = ""
    hint: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class PartView:
    """One section of the text: its paragraphs, and how its numbers stand, in words."""

    title: str
    counts: str
    paragraphs: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A link below the threshold, for a person to decide."""

    quote: str
    section: str
    anchor: str
    other: str
    target: str
    shows: str
    differs: bool
    confidence: str
    why: str


@dataclass(frozen=True, slots=True)
class TextView:
    """The running text of a document.

    ``counts`` are pairs (state class, words) for the legend; ``questions`` the first of
    ``asked`` links for a person.
    """

    anchor: str
    parts: tuple[PartView, ...]
    legend: tuple[tuple[str, str, str], ...]
    questions: tuple[Question, ...]
    asked: int
    refs: Mapping[Spot, TextRef]


def text_view(audit: Audit, number: int, marks: Mapping[Spot, Sequence[Mark]]) -> TextView | None:
    """The text of document ``number`` (from 0), or None where no statement was read in it.

    ``marks`` are the findings that point into the running text.
    """
    if number >= len(audit.texts) or not audit.texts[number].prose.statements:
        return None
    document = audit.documents[number]
    found = standings(audit.texts[number])
    book = _Book(audit, number, found)
    parts = tuple(part for s in document.sections if (part := _part(document, s, book, marks)))
    counted = tally(found)
    counted[State.CITED] += counted.pop(State.PLANNED)
    questions = sorted(
        (q for standing in found.values() for q in _questions(standing, book)),
        key=lambda q: (not q.differs, -float(q.confidence)),
    )
    return TextView(
        f"d{number + 1}-read",
        parts,
        tuple(
            (CLASSES[state], f"{counted[state]:,}", words)
            for state, words in MEANINGS
            if counted[state]
        ),
        tuple(questions[:QUEUE]),
        len(questions),
        book.refs(),
    )


class _Book:
    """Anchors of the statements and cells of one document."""

    def __init__(self, audit: Audit, number: int, found: Mapping[str, Standing]) -> None:
        self.audit, self.number, self.found = audit, number, found
        self.documents = {audit.documents[number].name: number}
        inside = _paragraphs(audit.documents[number])
        self.shown = [s for s in sorted(found.values(), key=_start) if _within(inside, _start(s))]
        self.starts = [_start(standing) for standing in self.shown]
        self.anchors = {
            standing.statement.id: f"d{number + 1}-n{index + 1}"
            for index, standing in enumerate(self.shown)
        }

    def cell(self, place: Place) -> Spot | None:
        spot = locate(place, self.documents, self.audit)
        return spot if spot is not None and spot.table is not None else None

    def target(self, standing: Standing) -> str:
        """Where a number leads: its cell, else the other sentence."""
        first: Link | Twin | None = next(iter(standing.links), None)
        twin = next(iter(standing.twins), None)
        if twin is not None and (first is None or (twin.certain and not twin.agrees)):
            first = twin
        if isinstance(first, Link):
            spot = self.cell(first.facts[0].place)
            return "" if spot is None else spot.anchor
        if isinstance(first, Twin):
            return self.anchors.get(_other(first, standing), "")
        return ""

    def refs(self) -> dict[Spot, TextRef]:
        """Cells that numbers of the text are linked to."""
        found: dict[Spot, list[Standing]] = {}
        for standing in self.shown:
            if standing.state in (State.AGREES, State.DIFFERS, State.PERSON):
                spots = {
                    s for link in standing.links for f in link.facts if (s := self.cell(f.place))
                }
                for spot in spots:
                    found.setdefault(spot, []).append(standing)
        return {
            spot: TextRef(
                self.anchors[many[0].statement.id],
                len(many),
                "stated in the text: "
                + "; ".join(_where(standing) for standing in many[:_SHOWN])
                + (f" and {len(many) - _SHOWN} more" if len(many) > _SHOWN else ""),
            )
            for spot, many in found.items()
        }


def _start(standing: Standing) -> int:
    start = standing.statement.place.start
    return -1 if start is None else start


def _where(standing: Standing) -> str:
    place = standing.statement.place
    return f"{place_words(place)}: “{one_line(place.quote, 60)}”"


def _paragraphs(document: Document) -> list[tuple[int, int]]:
    return sorted((p.start, p.end) for section in document.sections for p in section.paragraphs)


def _within(inside: Sequence[tuple[int, int]], at: int) -> bool:
    index = bisect_left(inside, (at + 1, -1)) - 1
    return index >= 0 and at < inside[index][1]


def _part(
    document: Document, section: Section, book: _Book, marks: Mapping[Spot, Sequence[Mark]]
) -> PartView | None:
    """A section that states a number; others have nothing to show."""
    if section.kind == "references":
        return None
    by_start = sorted(marks, key=lambda spot: spot.start)
    counted: Counter[State] = Counter()
    paragraphs = []
    for paragraph in section.paragraphs:
        low = bisect_left(book.starts, paragraph.start)
        high = bisect_left(book.starts, paragraph.end)
        here = book.shown[low:high]
        counted.update(standing.state for standing in here)
        span = (paragraph.start, paragraph.end)
        paragraphs.append(tuple(_runs(document.text, span, here, book, by_start, marks)))
    if not counted:
        return None
    words = {
        State.AGREES: f"{counted[State.AGREES]} agree",
        State.DIFFERS: f"{counted[State.DIFFERS]} differ",
        State.PERSON: f"{counted[State.PERSON]} for a person",
    }
    total = plural(sum(counted.values()), "statement")
    counts = ", ".join([total, *(text for state, text in words.items() if counted[state])])
    return PartView(one_line(section.title) or "Text", counts, tuple(paragraphs))


def _runs(
    text: str,
    span: tuple[int, int],
    here: Sequence[Standing],
    book: _Book,
    spots: Sequence[Spot],
    marks: Mapping[Spot, Sequence[Mark]],
) -> list[Run]:
    """Where statements overlap, each ends where the next begins: links never nest."""
    runs: list[Run] = []
    position = span[0]
    starts = [spot.start for spot in spots]
    for index, standing in enumerate(here):
        start = max(_start(standing), position)
        limit = _start(here[index + 1]) if index + 1 < len(here) else span[1]
        end = min(standing.statement.place.end or start, max(limit, start), span[1])
        if position < start:
            runs.append(Run(text[position:start]))
        near = spots[bisect_left(starts, start) : bisect_left(starts, max(end, start + 1))]
        runs.append(
            Run(
                text[start:end],
                CLASSES[standing.state],
                book.anchors[standing.statement.id],
                book.target(standing),
                _hint(standing, book),
                tuple(dict.fromkeys(mark for spot in near for mark in marks[spot])),
            )
        )
        position = max(end, start)
    if position < span[1]:
        runs.append(Run(text[position : span[1]]))
    return [run for run in runs if run.text or run.anchor]


def _hint(standing: Standing, book: _Book) -> str:
    """What stands elsewhere, in words; of a number alone its state."""
    lines = [f"{link.shows} in {_cells(link)}{_sure(link)}" for link in standing.links[:_SHOWN]]
    for twin in standing.twins[: _SHOWN - len(lines)]:
        other = book.found.get(_other(twin, standing))
        if other is not None:
            lines.append(f"{_where(other)}{_sure(twin)}")
    if standing.state in (State.CITED, State.PLANNED) and standing.statement.why:
        lines.append(standing.statement.why)
    return one_line("; ".join([standing.state.value, *lines]), 400)


def _sure(tie: Link | Twin) -> str:
    words = "agrees" if tie.agrees else "differs"
    return f" ({words})" if tie.certain or tie.confidence >= 0.7 else f" ({words}, unsure)"


def _cells(link: Link) -> str:
    """The first cell of a link in words; of a sum how many more there are."""
    first = place_words(link.facts[0].place)
    places = len({fact.place for fact in link.facts})
    return f"{first} and {plural(places - 1, 'more cell')}" if places > 1 else first


def _other(twin: Twin, standing: Standing) -> str:
    return twin.other if twin.one == standing.statement.id else twin.one


def _questions(standing: Standing, book: _Book) -> list[Question]:
    """What a person should say of a statement: at most one link, and one other sentence."""
    if standing.state is not State.PERSON:
        return []
    place = standing.statement.place
    anchor = book.anchors.get(standing.statement.id, "")
    quote, section = one_line(place.quote, 80), one_line(place.section or "", 60)
    for link in standing.links[:1]:
        spot = book.cell(link.facts[0].place)
        return [
            Question(
                quote,
                section,
                anchor,
                _cells(link),
                "" if spot is None else spot.anchor,
                one_line(link.shows, 80),
                not link.agrees,
                f"{link.confidence:.2f}",
                one_line("; ".join(link.evidence[:3])),
            )
        ]
    twin = standing.twins[0]
    other = book.found.get(_other(twin, standing))
    # Of two sentences the earlier one is asked about.
    if other is None or twin.one != standing.statement.id:
        return []
    return [
        Question(
            quote,
            section,
            anchor,
            place_words(other.statement.place),
            book.anchors.get(other.statement.id, ""),
            one_line(other.statement.place.quote, 80),
            not twin.agrees,
            f"{twin.confidence:.2f}",
            one_line("; ".join(twin.evidence[:3])),
        )
    ]
