"""What a row of the grid looks like by itself, before its place among the headings is known."""

from __future__ import annotations

from auditor.document import Cell, Table
from auditor.extraction.cells import split_parts
from auditor.extraction.columns import header_like
from auditor.extraction.lexicon import fold, says
from auditor.extraction.reading import Column, ColumnRole, RowKind
from auditor.extraction.stated import stated_numbers


def label_cell(table: Table, row: int, labels: list[int]) -> Cell | None:
    """The innermost label cell of the row that is not empty."""
    for c in reversed(labels):
        cell = table.grid[row][c]
        if not cell.empty:
            return cell
    return None


def outer_heading(table: Table, row: int, labels: list[int], label: Cell | None) -> Cell | None:
    """A label in an outer label column beside a label of the row itself opens a block."""
    if len(labels) < 2 or label is None:
        return None
    first = table.grid[row][labels[0]]
    if first.empty or first is label or first.row != row:
        return None
    return first


def levels(table: Table, depth: int, labels: list[int]) -> dict[int, int]:
    """Rank of each row's indentation among those of the table."""
    found: dict[int, int] = {}
    for r in range(depth, table.n_rows):
        cell = label_cell(table, r, labels)
        if cell is not None:
            found[r] = cell.indent + 100 * max(0, cell.column)
    ranks = {indent: rank for rank, indent in enumerate(sorted(set(found.values())))}
    return {r: ranks[indent] for r, indent in found.items()}


def no_data(table: Table, row: int, columns: tuple[Column, ...]) -> bool:
    return all(
        table.grid[row][c.index].empty
        or table.grid[row][c.index].column < c.index
        and _is_label(table.grid[row][c.index], columns)
        for c in columns
        if c.role not in (ColumnRole.LABEL, ColumnRole.P_VALUE)
    )


def _is_label(cell: Cell, columns: tuple[Column, ...]) -> bool:
    return columns[cell.column].role == ColumnRole.LABEL


def blank_category(table: Table, row: int, depths: dict[int, int]) -> bool:
    """Whether a row without data is a category left blank, and not a heading.

    It is one where the next row stands no deeper and has no data either, or is the end.
    """
    following = row + 1
    if following >= table.n_rows:
        return True
    return depths.get(following, 0) < depths.get(row, 0)


def deeper_next(depths: dict[int, int], row: int) -> bool:
    return depths.get(row + 1, -1) > depths.get(row, 0)


def row_kind(
    table: Table, row: int, columns: tuple[Column, ...], label: Cell | None, *, seen: bool
) -> RowKind:
    """A row of bare integers labelled "N" states N; below rows of data "Total" is their sum."""
    text = fold(label.clean) if label is not None else ""
    data = [
        table.grid[row][c.index]
        for c in columns
        if c.role == ColumnRole.DATA and not table.grid[row][c.index].empty
    ]
    total = seen and says("rows", "total", text)
    if (
        says("rows", "total_n", text)
        and not total
        and data
        and all(_plain_integer(cell) for cell in data)
    ):
        return RowKind.TOTAL_N
    return RowKind.COUNT


def _plain_integer(cell: Cell) -> bool:
    parts = split_parts(cell.clean)
    return len(parts) == 1 and parts[0].shape == "#" and parts[0].numbers[0].integer is not None


def line_count(table: Table, row: int, columns: tuple[Column, ...], label: Cell | None) -> int:
    """How many statements stand one above the other in the cells of the row, or 1."""
    counts = {
        len(table.grid[row][c.index].lines)
        for c in columns
        if c.role == ColumnRole.DATA and not table.grid[row][c.index].empty
    }
    if len(counts) != 1 or label is None:
        return 1
    lines = counts.pop()
    if lines < 2 or len(label.lines) not in (lines, lines + 1):
        return 1
    if first_line_empty(table, row, columns):
        return lines if len(label.lines) == lines else 1
    for c in columns:
        cell = table.grid[row][c.index]
        if c.role == ColumnRole.DATA and not cell.empty:
            parts = [split_parts(line)[0].shape for line in cell.lines]
            if any(shape.startswith("(") for shape in parts[1:]):
                return 1
    return lines


def first_line_empty(table: Table, row: int, columns: tuple[Column, ...]) -> bool:
    """Whether all cells of the row begin with an empty line, beside the heading of the lines."""
    cells = [table.grid[row][c.index] for c in columns if c.role is ColumnRole.DATA]
    return all(not cell.lines[0].strip() for cell in cells if not cell.empty)


def is_subheader(table: Table, row: int, columns: tuple[Column, ...]) -> bool:
    """Whether a row of the body names the columns anew, with their N."""
    cells = [
        table.grid[row][c.index]
        for c in columns
        if c.role is ColumnRole.DATA and not table.grid[row][c.index].empty
    ]
    return (
        header_like(table, row)
        and len(cells) >= 2
        and all(stated_numbers(fold(cell.clean)) for cell in cells)
    )
