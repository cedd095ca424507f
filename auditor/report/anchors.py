"""Links between findings and the places where their numbers stand, both ways.

Findings are numbered in the order in which a report shows them; every place that lies
in a table or in the running text that was read gets an anchor and the list of findings
that point to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.audit import Audit
from auditor.document import Document, Table
from auditor.finding import Finding, Place, Severity


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding that points to a place; ``primary`` where the place is the one in question."""

    number: int
    severity: Severity
    primary: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place is: in document ``document``, in a table, at a cell, or in the text.

    ``table`` is None in the running text; ``row`` is None where the table as a whole is meant.
    ``start`` is where the place stands in the running text, or -1 where that is not known.
    """

    document: int
    table: int | None = None
    row: int | None = None
    column: int | None = None
    start: int = -1

    @property
    def anchor(self) -> str:
        """The id in the page."""
        if self.table is not None:
            cell = "" if self.row is None else f"-r{self.row}-c{self.column}"
            return f"d{self.document + 1}-t{self.table + 1}{cell}"
        return f"d{self.document + 1}-x{self.start}"


def locate(place: Place, documents: dict[str, int], audit: Audit) -> Spot | None:
    """The spot of a place, or None where it lies in nothing that was read.

    A place inside a span is moved to the origin of the spanning cell.
    """
    number = documents.get(place.input)
    if number is None or place.kind not in ("cell", "text"):
        return None
    document = audit.documents[number]
    if place.table_index is None:
        return _text_spot(place, number, document)
    table = table_of(document, place.table_index)
    if table is None:
        return None
    row, column = place.row, place.column
    if row is None and column is None:
        return Spot(number, table.index)
    row, column = row or 0, column or 0
    if not (0 <= row < table.n_rows and 0 <= column < table.n_columns):
        return Spot(number, table.index)
    cell = table.grid[row][column]
    return Spot(number, table.index, cell.row, cell.column)


def table_of(document: Document, index: int) -> Table | None:
    """The table with this index, wherever it stands in the tuple."""
    if 0 <= index < len(document.tables) and document.tables[index].index == index:
        return document.tables[index]
    return next((table for table in document.tables if table.index == index), None)


def _text_spot(place: Place, number: int, document: Document) -> Spot | None:
    start, end = place.start, place.end
    if start is not None and end is not None and 0 <= start < end <= len(document.text):
        return Spot(number, start=start)
    if place.quote and (found := document.text.find(place.quote)) >= 0:
        return Spot(number, start=found)
    return None


Group = tuple[int, int, int]
"""Where findings are shown together.

Document, 0 text / 1 table / 2 delivered table or file / 3 elsewhere, index of the table. What
is in no document stands behind the last one.
"""


@dataclass(frozen=True, slots=True)
class Links:
    """All links of a report.

    Attributes:
        groups: findings by group, in reading order; each with its number, from 1.
        spots: the spot of each place that has one.
        marks: the marks at each spot, by document and table (None: running text).
        sources: input and table of the groups of kind 2, by their index.
        tables: those of them that are tables of the extract, which come first.
    """

    groups: tuple[tuple[Group, tuple[tuple[int, Finding], ...]], ...]
    spots: dict[Place, Spot]
    marks: dict[tuple[int, int | None], dict[Spot, list[Mark]]]
    sources: tuple[Source, ...] = ()
    tables: tuple[Source, ...] = ()


Source = tuple[str, str]
"""A delivered table, or a file of reported results: name of the input, of the table or ""."""


def link(audit: Audit) -> Links:
    """Number the findings in reading order and tie them to their places."""
    documents: dict[str, int] = {}
    for index, document in enumerate(audit.documents):
        documents.setdefault(document.name, index)
    spots: dict[Place, Spot] = {}
    for place in _places(audit.findings):
        if place not in spots and (spot := locate(place, documents, audit)) is not None:
            spots[place] = spot
    grouped: defaultdict[Group, list[Finding]] = defaultdict(list)
    sources = {(table.input, table.name): number for number, table in enumerate(audit.tables)}
    for finding in audit.findings:
        grouped[_group(finding, documents, spots, sources)].append(finding)
    marks: defaultdict[tuple[int, int | None], dict[Spot, list[Mark]]] = defaultdict(dict)
    groups = []
    number = 0
    for key in sorted(grouped):
        numbered = []
        for finding in sorted(grouped[key], key=lambda f: f.severity.rank):
            number += 1
            numbered.append((number, finding))
            _mark(finding, number, spots, marks)
        groups.append((key, tuple(numbered)))
    known = tuple(sources)
    return Links(tuple(groups), spots, dict(marks), known, known[: len(audit.tables)])


def _places(findings: Iterable[Finding]) -> Iterable[Place]:
    for finding in findings:
        yield from finding.places


def _group(
    finding: Finding,
    documents: dict[str, int],
    spots: dict[Place, Spot],
    sources: dict[Source, int],
) -> Group:
    behind = len(documents)
    if not finding.places:
        return (behind, 3, 0)
    first = finding.places[0]
    spot = spots.get(first)
    if spot is not None and spot.table is not None:
        return (spot.document, 1, spot.table)
    if first.input in documents:
        return (documents[first.input], 0 if first.kind == "text" else 3, 0)
    if first.kind == "text":
        return (behind, 0, 0)
    if first.kind in ("record", "value"):
        source = (first.input, first.table or "")
        return (behind, 2, sources.setdefault(source, len(sources)))
    return (behind, 3, 0)


def _mark(
    finding: Finding,
    number: int,
    spots: dict[Place, Spot],
    marks: defaultdict[tuple[int, int | None], dict[Spot, list[Mark]]],
) -> None:
    seen: set[Spot] = set()
    for position, place in enumerate(finding.places):
        spot = spots.get(place)
        if spot is None or spot in seen:
            continue
        seen.add(spot)
        mark = Mark(number, finding.severity, position == 0, place)
        marks[spot.document, spot.table].setdefault(spot, []).append(mark)
