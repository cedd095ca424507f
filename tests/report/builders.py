"""Tables and places of made-up papers."""

from __future__ import annotations

from auditor.document import Cell, Footnote, Table
from auditor.finding import Place

PAPER = "trabectedin.xml"
Spans = dict[tuple[int, int], tuple[int, int]]


def make_table(
    index: int,
    label: str,
    caption: str,
    rows: list[list[str]],
    *,
    header_rows: int = 1,
    spans: Spans | None = None,
    indents: dict[int, int] | None = None,
    footnotes: tuple[Footnote, ...] = (),
    warnings: tuple[str, ...] = (),
) -> Table:
    """A table from the texts of its expanded grid; text under a span is ignored."""
    grid: list[list[Cell | None]] = [[None] * len(row) for row in rows]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if grid[r][c] is not None:
                continue
            height, width = (spans or {}).get((r, c), (1, 1))
            cell = Cell(
                row=r,
                column=c,
                row_span=height,
                column_span=width,
                text=text,
                clean=text,
                indent=(indents or {}).get(r, 0) if c == 0 else 0,
                header=r < header_rows,
            )
            for rr in range(r, r + height):
                for cc in range(c, c + width):
                    grid[rr][cc] = cell
    return Table(
        index=index,
        label=label,
        caption=caption,
        grid=tuple(tuple(cell for cell in row if cell is not None) for row in grid),
        header_rows=header_rows,
        footnotes=footnotes,
        warnings=warnings,
    )


def cell_place(table: Table, row: int, column: int, name: str = PAPER, quote: str = "") -> Place:
    cell = table.grid[row][column]
    return Place(
        input=name,
        kind="cell",
        quote=quote or cell.text,
        table=table.label or None,
        table_index=table.index,
        row=row,
        column=column,
        row_label=table.grid[row][0].text,
        column_label=" ".join(
            dict.fromkeys(table.grid[r][column].text for r in range(table.header_rows))
        ),
    )
