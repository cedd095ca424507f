"""Both places of a contradiction side by side: the sentence, and the cell or other sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.audit import Audit
from auditor.document import Document
from auditor.finding import Finding, Place
from auditor.report.grid import Piece, pieces
from auditor.report.wording import one_line, place_words

BESIDE = 4
"""Tables and sentences that stand on the right; of more the number is given."""
CELLS = 24
"""Cells of one table that are shown; of more the number is given."""
_AROUND = 110
"""Characters of the sentence that are shown on either side of a quote."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A cell in pieces, with its anchor; without pieces none of the cells in question."""

    pieces: tuple[Piece, ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One place, or all cells of one table, with its words and anchor.

    Of running text ``quote`` is in pieces, the differing number set off, within its sentence.
    Of a table ``columns`` are the headers and ``rows`` the labels with a slip for each column.
    """

    words: str
    anchor: str
    quote: tuple[Piece, ...] = ()
    before: str = ""
    after: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[Slip, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """The place in question, those it contradicts, and how many places more there are."""

    left: Side
    right: tuple[Side, ...]
    more: int


def sides(finding: Finding, anchors: Sequence[str], audit: Audit, several: bool) -> Sides | None:
    """The places of a finding on the running text that contradicts another place; else None.

    ``anchors`` are those of its places, "" where there is none.
    """
    places = tuple(zip(finding.places, anchors, strict=True))
    if len(places) < 2 or not any(_in_text(place) for place in finding.places):
        return None
    documents = {document.name: document for document in audit.documents}
    # "30% (9 of 30)" is what a cell was worked out to; its first number may be printed there.
    right = finding.expected.partition(" (")[0]
    left, *_ = _sides(places[:1], documents, several, (finding.reported,))
    made = _sides(places[1:], documents, several, (right, finding.reported))
    hidden = made[BESIDE:]
    more = len(hidden) + sum(
        max(0, sum(bool(s.pieces) for _, row in side.rows for s in row) - CELLS) for side in made
    )
    return Sides(left, tuple(made[:BESIDE]), more)


def _sides(
    places: Sequence[tuple[Place, str]],
    documents: Mapping[str, Document],
    several: bool,
    numbers: Sequence[str],
) -> list[Side]:
    """Sentences one by one, the cells of a table together, where the first of them stands."""
    groups: dict[object, list[tuple[Place, str]]] = {}
    for number_of, (place, anchor) in enumerate(places):
        cell = place.row is not None or place.column is not None
        key = (place.input, place.table, place.table_index) if cell else number_of
        groups.setdefault(key, []).append((place, anchor))
    return [
        _sentence(*group[0], documents.get(group[0][0].input), several, numbers)
        if isinstance(key, int)
        else _table(group, several, numbers)
        for key, group in groups.items()
    ]


def _table(cells: Sequence[tuple[Place, str]], several: bool, numbers: Sequence[str]) -> Side:
    """The cells of one table under their headers, beside their labels."""
    first = cells[0][0]
    whole = Place(first.input, "cell", "", table=first.table, table_index=first.table_index)
    columns = tuple(dict.fromkeys(_column(place) for place, _ in cells))
    rows: dict[str, dict[str, Slip]] = {}
    for place, anchor in cells[:CELLS]:
        slip = Slip(_marked(one_line(place.quote, 120), numbers), anchor)
        rows.setdefault(_row(place), {}).setdefault(_column(place), slip)
    return Side(
        place_words(whole, with_input=several),
        cells[0][1],
        columns=columns,
        rows=tuple(
            (label, tuple(found.get(column, Slip()) for column in columns))
            for label, found in rows.items()
        ),
    )


def _row(place: Place) -> str:
    return one_line(place.row_label or f"row {(place.row or 0) + 1}", 90)


def _column(place: Place) -> str:
    return one_line(place.column_label or f"column {(place.column or 0) + 1}", 90)


def _in_text(place: Place) -> bool:
    return place.kind == "text" and place.table_index is None


def _sentence(
    place: Place, anchor: str, document: Document | None, several: bool, numbers: Sequence[str]
) -> Side:
    words = place_words(place, with_input=several)
    quote = _marked(one_line(place.quote, 300), numbers)
    if document is None or place.start is None or place.end is None:
        return Side(words, anchor, quote)
    text = document.text
    if not 0 <= place.start < place.end <= len(text) or place.end - place.start > 400:
        return Side(words, anchor, quote)
    before = _near(text[max(0, place.start - 2 * _AROUND) : place.start], last=True)
    after = _near(text[place.end : place.end + 2 * _AROUND], last=False)
    shown = _marked(one_line(text[place.start : place.end]), numbers)
    return Side(words, anchor, shown, before, after)


def _marked(quote: str, numbers: Sequence[str]) -> tuple[Piece, ...]:
    """The quote with the first number that stands in it once set off; else all of it."""
    for number in numbers:
        found = pieces(quote, [number])
        if any(piece.quoted for piece in found):
            return tuple(found)
    return tuple(replace(piece, quoted=True) for piece in pieces(quote))


def _near(text: str, *, last: bool) -> str:
    """What belongs to the same sentence or so, cut at a word."""
    lines = text.split("\n\n")
    text = lines[-1] if last else lines[0]
    folded = " ".join(text.split())
    if last:
        stop = max(folded.rfind(". "), folded.rfind("? "))
        folded = folded[stop + 2 :] if stop >= 0 else folded
        if len(folded) > _AROUND:
            folded = "… " + folded[-_AROUND:].split(" ", 1)[-1]
        return folded + " " * (bool(folded) and text[-1:].isspace())
    stop = folded.find(". ")
    folded = folded[: stop + 1] if stop >= 0 else folded
    if len(folded) > _AROUND:
        folded = folded[:_AROUND].rsplit(" ", 1)[0] + " …"
    return " " * (bool(folded) and text[:1].isspace()) + folded
