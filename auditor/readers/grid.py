"""From rows of cells with spans to a true grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.document import Cell

MAX_CELLS = 200_000
"""A table with more positions keeps its caption and loses its grid, with a warning."""

TOO_LARGE = f"more than {MAX_CELLS:,} cells: not read"
PADDED = "rows of different length: padded with empty cells"
OVERLAP = "overlapping spans: the later cell was cut"
OVERLONG = "a row span reaches beyond the rows: cut"

_MAX_SPAN = 1000


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as it stands in the source, before its place in the grid is known."""

    text: str = ""
    clean: str = ""
    marks: tuple[str, ...] = ()
    indent: int = 0
    bold: bool = False
    header: bool = False
    row_span: int = 1
    column_span: int = 1
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A raw cell with its origin and its true extent."""

    raw: RawCell
    row: int
    column: int
    row_span: int
    column_span: int

    def cell(self, start: int, end: int) -> Cell:
        """The cell of the document model, standing at ``start`` to ``end`` of the text."""
        raw = self.raw
        return Cell(
            row=self.row,
            column=self.column,
            row_span=self.row_span,
            column_span=self.column_span,
            text=raw.text,
            clean=raw.clean,
            marks=raw.marks,
            indent=raw.indent,
            bold=raw.bold,
            header=raw.header,
            start=start,
            end=end,
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Placed cells in reading order, every position of the grid covered exactly once."""

    placed: tuple[Placed, ...] = ()
    n_rows: int = 0
    n_columns: int = 0
    warnings: tuple[str, ...] = ()


def lay_out(rows: Sequence[Sequence[RawCell]], group_ends: Sequence[int] | None = None) -> Layout:
    """Expand the spans of ``rows``.

    A row span ends where its row group (head, body) ends: ``group_ends[r]`` is the row after
    the last one of the group of row ``r``. A cell that meets a position taken by a span from
    above moves right, as in HTML. Trailing columns in which no cell begins are dropped.
    """
    ends = group_ends if group_ends is not None else [len(rows)] * len(rows)
    taken: list[set[int]] = [set() for _ in rows]
    placed: list[Placed] = []
    warnings: list[str] = []
    total = width = 0
    for r, row in enumerate(rows):
        column = 0
        for raw in row:
            while column in taken[r]:
                column += 1
            wanted = min(max(raw.column_span, 1), _MAX_SPAN)
            span = next((i for i in range(1, wanted) if column + i in taken[r]), wanted)
            if span < wanted:
                warnings.append(OVERLAP)
            depth = ends[r] - r if raw.row_span == 0 else max(raw.row_span, 1)
            if depth > ends[r] - r:
                warnings.append(OVERLONG)
                depth = ends[r] - r
            for below in range(r, r + depth):
                taken[below].update(range(column, column + span))
            total += span * depth
            width = max(width, column + 1)
            if total > MAX_CELLS or width * len(rows) > MAX_CELLS:
                return Layout(warnings=(TOO_LARGE,))
            placed.append(Placed(raw, r, column, depth, span))
            column += span
    return _fill(placed, taken, width, warnings)


def _fill(placed: list[Placed], taken: list[set[int]], width: int, warnings: list[str]) -> Layout:
    """Cut at ``width``, and an empty cell wherever nothing stands."""
    whole = [
        p
        if p.column + p.column_span <= width
        else Placed(p.raw, p.row, p.column, p.row_span, width - p.column)
        for p in placed
    ]
    padded = False
    for r, columns in enumerate(taken):
        for column in range(width):
            if column not in columns:
                whole.append(Placed(RawCell(), r, column, 1, 1))
                padded = True
    if padded:
        warnings.append(PADDED)
        whole.sort(key=lambda p: (p.row, p.column))
    return Layout(tuple(whole), len(taken), width, tuple(dict.fromkeys(warnings)))


def fill_grid(cells: Sequence[Cell], n_rows: int, n_columns: int) -> tuple[tuple[Cell, ...], ...]:
    """Rows of equal length; a position inside a span holds the spanning cell itself.

    ``cells`` cover the ``n_rows`` by ``n_columns`` positions; where two do, the first counts.
    """
    grid: list[list[Cell | None]] = [[None] * n_columns for _ in range(n_rows)]
    for cell in cells:
        for r in range(cell.row, cell.row + cell.row_span):
            for c in range(cell.column, cell.column + cell.column_span):
                if grid[r][c] is None:
                    grid[r][c] = cell
    return tuple(
        tuple(cell if cell is not None else Cell(row=r, column=c) for c, cell in enumerate(row))
        for r, row in enumerate(grid)
    )
