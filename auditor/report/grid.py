"""A table drawn again as it was read: true spans, header cells, groups, cells in question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.document import Cell, Footnote, Table
from auditor.report.anchors import Mark, Spot

MOST_REFERENCES = 6
"""How many findings that merely use a cell are linked from it; the rest are counted."""

SHORT = 22
"""A data cell of at most so many characters ("1,234 (12.3–14.5)") is not broken over lines."""

WIDE = 9
"""Tables of more columns are printed on a page in landscape."""

_SPECIAL = re.compile(r"(\n|\^\{[^{}\n]{1,8}\}|\^[A-Za-z0-9*]{1,3}(?![A-Za-z0-9]))")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of cell text; ``kind`` is ``text``, ``sup`` or ``break``."""

    kind: str
    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class TextRef:
    """From a cell back to the text: anchor of the first number there, and how many there are."""

    anchor: str
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell as an HTML element; spans are given only where they exceed 1."""

    tag: str
    scope: str
    row_span: int
    column_span: int
    classes: str
    anchor: str
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    more: int
    text: TextRef | None = None


Row = tuple[DrawnCell, ...]


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table with its rows in a head and one or more bodies; no span crosses their edges."""

    anchor: str
    label: str
    caption: str
    head: tuple[Row, ...]
    bodies: tuple[tuple[Row, ...], ...]
    footnotes: tuple[Footnote, ...]
    warnings: tuple[str, ...]
    marks: tuple[Mark, ...]
    wide: bool


def draw(
    table: Table,
    document: int,
    marks: Mapping[Spot, Sequence[Mark]],
    refs: Mapping[Spot, TextRef] | None = None,
) -> DrawnTable:
    """Draw ``table`` of document number ``document`` with the marks at its spots.

    ``refs`` lead from its cells to the running text.
    """
    refs = refs or {}
    cuts = _cuts(table)
    groups = {row for row in range(table.n_rows) if _is_group(table, row)}
    indents = _indent_ranks(table)
    whole = Spot(document, table.index)
    head_end = cuts[0]
    blocks = [
        tuple(
            tuple(
                _cell(
                    table,
                    cell,
                    head_end,
                    groups,
                    indents,
                    Spot(document, table.index, cell.row, cell.column),
                    marks,
                    refs,
                )
                for column, cell in enumerate(table.grid[row])
                if cell.row == row and cell.column == column
            )
            for row in range(start, end)
        )
        for start, end in zip([0, *cuts], [*cuts, table.n_rows], strict=True)
    ]
    return DrawnTable(
        anchor=whole.anchor,
        label=title(table),
        caption=table.caption,
        head=blocks[0],
        bodies=tuple(block for block in blocks[1:] if block),
        footnotes=table.footnotes,
        warnings=table.warnings,
        marks=tuple(marks.get(whole, ())),
        wide=table.n_columns > WIDE,
    )


def title(table: Table) -> str:
    """The name of a table as a heading."""
    return table.name[:1].upper() + table.name[1:]


def _cuts(table: Table) -> list[int]:
    """Rows at which a new block starts: the first after the head, then one a group row.

    HTML clips a row span at the edge of its block, so a block ends only where none crosses.
    """
    crossed: set[int] = set()
    for cell in table.cells():
        crossed.update(range(cell.row + 1, min(cell.row + cell.row_span, table.n_rows)))
    head = min(table.header_rows, table.n_rows)
    while head in crossed:
        head += 1
    if head >= table.n_rows:
        head = 0
    groups = [
        row for row in range(head + 1, table.n_rows) if row not in crossed and _is_group(table, row)
    ]
    return [head, *groups]


def _is_group(table: Table, row: int) -> bool:
    """Whether the row is a heading: text at its start and nothing else."""
    cells = {(cell.row, cell.column): cell for cell in table.grid[row]}
    first = table.grid[row][0]
    others = [cell for cell in cells.values() if cell is not first]
    return (
        row >= table.header_rows
        and table.n_columns > 1
        and first.row == row
        and not first.empty
        and all(cell.empty for cell in others)
    )


def _indent_ranks(table: Table) -> dict[int, int]:
    depths = {row[0].indent for row in table.grid[table.header_rows :] if row}
    return {depth: min(rank, 6) for rank, depth in enumerate(sorted(depths))}


def _cell(
    table: Table,
    cell: Cell,
    head_end: int,
    groups: set[int],
    indents: Mapping[int, int],
    spot: Spot,
    found: Mapping[Spot, Sequence[Mark]],
    refs: Mapping[Spot, TextRef],
) -> DrawnCell:
    marks = sorted(found.get(spot, ()), key=lambda m: (not m.primary, m.severity.rank, m.number))
    primary = [mark for mark in marks if mark.primary]
    used = [mark for mark in marks if not mark.primary]
    in_head = cell.row < head_end
    stub = cell.column == 0 and not in_head and table.n_columns > 1
    heading = in_head or cell.header or stub
    classes = []
    if cell.row in groups and not in_head:
        classes.append("group")
    if stub and (rank := indents.get(cell.indent, 0)):
        classes.append(f"indent-{rank}")
    if cell.bold:
        classes.append("bold")
    if len(cell.text) <= SHORT and "\n" not in cell.text and not heading:
        classes.append("short")
    if marks:
        classes.append(f"q q-{primary[0].severity}" if primary else "q q-used")
    return DrawnCell(
        tag="th" if heading else "td",
        scope=_scope(cell, in_head, "group" in classes) if heading else "",
        row_span=min(cell.row_span, table.n_rows - cell.row),
        column_span=min(cell.column_span, table.n_columns - cell.column),
        classes=" ".join(classes),
        anchor=spot.anchor if marks or spot in refs else "",
        pieces=tuple(pieces(cell.text, [mark.place.quote for mark in primary])),
        marks=(*primary, *used[:MOST_REFERENCES]),
        more=max(0, len(used) - MOST_REFERENCES),
        text=refs.get(spot),
    )


def _scope(cell: Cell, in_head: bool, group: bool) -> str:
    if in_head:
        return "colgroup" if cell.column_span > 1 else "col"
    return "rowgroup" if group or cell.row_span > 1 else "row"


def pieces(text: str, quotes: Sequence[str] = ()) -> list[Piece]:
    """``text`` cut at line breaks, superscripts and the edges of ``quotes``.

    A quote is set off only where it stands exactly once and is not all of the text.
    """
    ranges = []
    for quote in dict.fromkeys(quotes):
        if not quote.strip() or quote == text:
            continue
        pattern = re.compile(rf"(?<![\w.]){re.escape(quote)}(?!\w)")
        if len(spans := [match.span() for match in pattern.finditer(text)]) == 1:
            ranges.append(spans[0])
    edges = sorted({0, len(text), *(edge for span in ranges for edge in span)})
    result: list[Piece] = []
    for start, end in zip(edges, edges[1:], strict=False):
        quoted = any(low <= start and end <= high for low, high in ranges)
        for part in _SPECIAL.split(text[start:end]):
            if part == "\n":
                result.append(Piece("break", ""))
            elif part.startswith("^") and _SPECIAL.fullmatch(part):
                result.append(Piece("sup", part[1:].strip("{}"), quoted))
            elif part:
                result.append(Piece("text", part, quoted))
    return result
