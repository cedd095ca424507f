"""From the grid of a table to what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from auditor.document import Cell, Table
from auditor.extraction.cells import Part, roles_of, split_parts
from auditor.extraction.columns import header_depth, label_columns, read_columns
from auditor.extraction.decide import decide_counts, settle_arms
from auditor.extraction.lexicon import announced, fold, says
from auditor.extraction.places import caption_place, cell_place
from auditor.extraction.reading import (
    Column,
    ColumnRole,
    Entry,
    Role,
    Row,
    RowKind,
    StatedN,
    TableReading,
)
from auditor.extraction.rows import read_rows
from auditor.extraction.stated import stated_numbers
from auditor.printed import missing_kind, scan_numbers

_FEWEST = 30
"""In smaller samples the N of arms add up to that of another by chance."""


def read_table(table: Table, document: str) -> TableReading:
    """Understand one table: columns, rows, and the role of every number.

    Args:
        table: from a reader.
        document: name of the document, for places.
    """
    if not table.grid or not table.grid[0]:
        return TableReading(table, (), (), ())
    depth = header_depth(table)
    labels = label_columns(table, depth)
    columns = read_columns(_realigned(table, depth, labels), document, depth, labels)
    columns = _checked_row_totals(table, depth, columns)
    rows = read_rows(table, document, depth, columns)
    columns = _with_caption_n(table, document, _with_body_n(table, document, columns, rows))
    columns = _with_total(columns)
    general = _general_announcement(table)
    entries = tuple(_entries(table, document, columns, rows, general))
    total = _caption_total(table, document)
    reading = TableReading(table, columns, rows, entries, total)
    return settle_arms(decide_counts(reading, general))


def _realigned(table: Table, depth: int, labels: int) -> Table:
    """The table with its header moved one column left where it stands beside its data.

    A header row with one empty cell too many pushes every heading to the right: the first
    column of data has no heading and the last heading has no data.
    """
    if depth == 0 or depth >= table.n_rows or table.n_columns < labels + 2:
        return table
    last = table.n_columns - 1
    first_unnamed = all(table.grid[r][labels].empty for r in range(depth))
    last_named = any(not table.grid[r][last].empty for r in range(depth))
    body = range(depth, table.n_rows)
    last_unused = all(table.grid[r][last].empty or table.grid[r][last].column == 0 for r in body)
    first_used = any(not table.grid[r][labels].empty for r in body)
    if not (first_unnamed and last_named and last_unused and first_used):
        return table
    blank = Cell(0, last)
    header = tuple((*row[:labels], *row[labels + 1 :], blank) for row in table.grid[:depth])
    return replace(table, grid=header + table.grid[depth:])


def _general_announcement(table: Table) -> str:
    """What caption and general notes say of all cells: "n (%)", "mixed" or ""."""
    texts = [table.caption] + [f.text for f in table.footnotes if not f.mark]
    said = {announced(part) for text in texts for part in _clauses(text)}
    if "n (%)" in said or "n/N" in said:
        whole = " ".join(texts)
        return "mixed" if says("announce", "statistic", whole) else "n (%)"
    return "statistic" if "statistic" in said and says("announce", "spread", table.caption) else ""


def _clauses(text: str) -> list[str]:
    return [part for part in text.replace(";", ".").split(". ") if part]


def _caption_total(table: Table, document: str) -> StatedN | None:
    numbers = stated_numbers(fold(table.caption))
    if len(numbers) != 1:
        return None
    return StatedN(numbers[0], "the caption", caption_place(document, table))


def _with_caption_n(table: Table, document: str, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Take the N of arms from a caption that states one for each, in their order."""
    data = [c for c in columns if c.role is ColumnRole.DATA and not c.total]
    arms = list(dict.fromkeys(c.arm for c in data if c.arm))
    numbers = stated_numbers(fold(table.caption))
    if len(arms) < 2 or len(numbers) != len(arms) or any(c.stated for c in data):
        return columns
    place = caption_place(document, table)
    found = {arm: StatedN(n, "the caption", place) for arm, n in zip(arms, numbers, strict=True)}
    return tuple(replace(c, stated=found[c.arm]) if c.arm in found else c for c in columns)


def _with_total(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Take an arm for the total whose N is the sum of the N of all others, of two and more."""
    data = [c for c in columns if c.role is ColumnRole.DATA]
    stated = {c.arm: c.stated.value for c in data if c.arm and c.stated is not None}
    if any(c.total or not c.arm or c.stated is None for c in data) or len(stated) < 3:
        return columns
    wholes = [arm for arm, n in stated.items() if 2 * n == sum(stated.values())]
    edges = (data[0].arm, data[-1].arm)
    if len(wholes) != 1 or wholes[0] not in edges or stated[wholes[0]] < _FEWEST:
        return columns
    return tuple(replace(c, total=True) if c.arm == wholes[0] else c for c in columns)


def _checked_row_totals(
    table: Table, depth: int, columns: tuple[Column, ...]
) -> tuple[Column, ...]:
    """Columns headed "n" count as row totals only where they hold bare integers."""
    found = list(columns)
    for column in columns:
        if column.role != ColumnRole.ROW_TOTAL:
            continue
        cells = [
            table.grid[r][column.index]
            for r in range(depth, table.n_rows)
            if not table.grid[r][column.index].empty
            and table.grid[r][column.index].column == column.index
        ]
        shapes = [split_parts(cell.clean)[0].shape for cell in cells]
        percents = any(
            "(" in split_parts(table.grid[cell.row][c.index].clean)[0].shape
            for cell in cells
            for c in columns
            if c.index > column.index
        )
        if not percents or any(shape != "#" for shape in shapes):
            found[column.index] = replace(column, role=ColumnRole.DATA)
    return tuple(found)


def _with_body_n(
    table: Table, document: str, columns: tuple[Column, ...], rows: tuple[Row, ...]
) -> tuple[Column, ...]:
    """Take the N of columns from a row "N" that stands before all data."""
    first = next((row for row in rows if row.kind in (RowKind.COUNT, RowKind.TOTAL_N)), None)
    if first is None or first.kind != RowKind.TOTAL_N:
        return columns
    found = list(columns)
    for column in columns:
        cell = table.grid[first.index][column.index]
        if column.role != ColumnRole.DATA or column.stated is not None or cell.empty:
            continue
        number = split_parts(cell.clean)[0].numbers[0].integer
        if number is not None:
            place = cell_place(document, table, cell, row_label=first.label)
            found[column.index] = replace(column, stated=StatedN(number, "the first row", place))
    return tuple(found)


def _entries(
    table: Table,
    document: str,
    columns: tuple[Column, ...],
    rows: tuple[Row, ...],
    general: str,
) -> Iterable[Entry]:
    for row in rows:
        if row.kind == RowKind.HEADER:
            continue
        for column in columns:
            if column.role in (ColumnRole.LABEL, ColumnRole.PERCENT):
                continue
            cell = table.grid[row.index][column.index]
            if cell.column != column.index or cell.row != row.index or cell.empty:
                continue
            yield from _cell_entries(table, document, columns, row, column, cell, general)


def _cell_entries(
    table: Table,
    document: str,
    columns: tuple[Column, ...],
    row: Row,
    column: Column,
    cell: Cell,
    general: str,
) -> Iterable[Entry]:
    if row.kind is RowKind.SUBHEADER:
        yield from _stated_entry(table, document, row, column, cell)
        return
    multi = row.line > 0 or any(row.label == fold(line) for line in _label_lines(table, row))
    lines = cell.lines
    text = lines[row.line] if row.line < len(lines) and multi else cell.clean
    if missing_kind(text):
        return
    if _spans_arms(columns, cell):
        return
    place = cell_place(
        document,
        table,
        cell,
        row_label=row.path,
        column_label=column.label,
        line=row.line if multi and len(lines) > 1 else None,
    )
    heads = [announced(text) for text in columns[0].path]
    stub = "statistic" if "statistic" in heads else ""
    statistic = _statistic(row, column, general, stub)
    partner = _partner_part(table, row, column)
    for i, part in enumerate(split_parts(fold(text))):
        numbers = roles_of(part, statistic)
        if numbers is None:
            continue
        percent_place = place
        counted = len(numbers) == 1 and numbers[0][1].integer is not None
        if partner is not None and counted and statistic != "statistic":
            percent_cell, percent = partner
            roles = roles_of(percent, "%")
            if roles is not None:
                numbers = (*(roles_of(part, "n") or numbers), *roles)
                percent_place = cell_place(
                    document,
                    table,
                    percent_cell,
                    row_label=row.path,
                    column_label=columns[percent_cell.column].label,
                )
        yield Entry(row, column.index, i, part.shape, numbers, place, percent_place)


def _spans_arms(columns: tuple[Column, ...], cell: Cell) -> bool:
    """Whether one cell stands for several arms at once: whom it counts is open."""
    over = columns[cell.column : cell.column + cell.column_span]
    return len({c.arm for c in over if c.role is ColumnRole.DATA}) > 1


def _stated_entry(
    table: Table, document: str, row: Row, column: Column, cell: Cell
) -> Iterable[Entry]:
    """The N that a header row within the body states for a column."""
    text = fold(cell.clean)
    wanted = stated_numbers(text)
    for number in scan_numbers(text):
        if column.role is ColumnRole.DATA and wanted and number.integer == wanted[0]:
            place = cell_place(
                document, table, cell, row_label=row.label, column_label=column.label
            )
            yield Entry(row, column.index, 0, "#", ((Role.COUNT, number),), place, place)
            return


def _label_lines(table: Table, row: Row) -> tuple[str, ...]:
    for cell in table.grid[row.index]:
        if not cell.empty:
            return cell.lines if len(cell.lines) > 1 else ()
    return ()


def _statistic(row: Row, column: Column, general: str, stub: str) -> str:
    if column.role == ColumnRole.P_VALUE:
        return "p-value"
    if column.role == ColumnRole.ESTIMATE:
        return "statistic"
    if column.role == ColumnRole.ROW_TOTAL or row.kind == RowKind.TOTAL_N:
        return "n"
    if row.statistic and row.statistic != "n":
        return row.statistic
    return column.statistic or row.statistic or stub or ("" if general == "mixed" else general)


def _partner_part(table: Table, row: Row, column: Column) -> tuple[Cell, Part] | None:
    if column.partner is None:
        return None
    cell = table.grid[row.index][column.partner]
    if cell.empty or cell.column != column.partner or cell.row != row.index:
        return None
    parts = split_parts(fold(cell.clean))
    return (cell, parts[0]) if len(parts) == 1 else None
