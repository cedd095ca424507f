"""The P values of one column: for which rows each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from auditor.document import Cell
from auditor.extraction.lexicon import fold
from auditor.extraction.places import cell_place
from auditor.extraction.reading import Role, Row, RowKind, TableReading
from auditor.finding import Place
from auditor.printed import PrintedNumber, missing_kind
from auditor.reanalysis.naming import named_sides, named_tests
from auditor.reanalysis.p_columns import PColumn, notes_of, of_counts


@dataclass(frozen=True, slots=True)
class PCell:
    """A P value of a table.

    Attributes:
        p: as printed; "NS" is ">= 0.05".
        place, claims: of its cell.
        rows: the rows beside its cell: several where the cell spans them.
        below: the rows after them that have no P value, up to the next P value or the end of
            the block of rows, or of all blocks under its heading.
        above: the rows of the same block before them, where none of these has a P value.
        silent: the rows with counts after it that have no P value, as far as the next heading.
        tests, sides: as a note for it names them.
        doubt: why it may be of something else, or "".
    """

    p: PrintedNumber
    place: Place
    claims: tuple[str, ...]
    rows: tuple[Row, ...]
    below: tuple[Row, ...]
    above: tuple[Row, ...]
    silent: tuple[Row, ...]
    tests: frozenset[str]
    sides: int | None
    doubt: str


def p_cells(reading: TableReading, column: PColumn) -> Iterator[PCell]:
    """Every P value of the column that notes do not tie to a test of something else."""
    index = column.column.index
    printed = {
        e.row.key: (number, e.place, e.claims)
        for e in reading.entries
        if e.column == index
        if (number := e.number(Role.P_VALUE)) is not None and 0 <= number.value <= 1
    }
    rows = [r for r in reading.rows if r.kind not in (RowKind.HEADER, RowKind.SUBHEADER)]
    for row in rows:
        if row.key not in printed and row.line == 0:
            cell = _cell(reading, row, index)
            if cell is not None and missing_kind(cell.clean) == "not significant":
                printed[row.key] = (_not_significant(cell), _place(reading, row, cell), ())
    groups = _spanned(reading, rows, index, set(printed))
    for position, members in enumerate(groups):
        first = rows[members[0]]
        p, place, claims = printed[first.key]
        notes = notes_of(reading.table, _cells(reading, first, index))
        tests = frozenset(t for note in notes for t in named_tests(note))
        if not of_counts(notes):
            continue
        block = {rows[i].block for i in members}
        end = groups[position + 1][0] if position + 1 < len(groups) else len(rows)
        before = groups[position - 1][-1] if position else -1
        above = [r for r in rows[before + 1 : members[0]] if r.block in block]
        if any(rows[i].block in block for i in range(before + 1) if rows[i].key in printed):
            above = []
        yield PCell(
            p,
            place,
            claims,
            tuple(rows[i] for i in members),
            tuple(_following(rows, members[-1], end)),
            tuple(r for r in above if r.kind is RowKind.COUNT),
            tuple(_silent(rows[members[-1] + 1 : end])),
            tests or column.tests,
            named_sides(" ".join((column.column.label, *notes))),
            column.doubt,
        )


def _following(rows: list[Row], last: int, end: int) -> Iterator[Row]:
    """Rows after ``last`` in its block; after a heading also rows that stand under it."""
    head = rows[last]
    for row in rows[last + 1 : end]:
        if row.block != head.block:
            under = head.kind is RowKind.HEADING and row.groups[: len(head.groups)] == head.groups
            if not under or head.label not in row.groups:
                return
        if row.kind is RowKind.COUNT:
            yield row


def _silent(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        if row.kind is not RowKind.COUNT:
            return
        yield row


def _spanned(
    reading: TableReading, rows: list[Row], column: int, printed: set[tuple[int, int]]
) -> list[list[int]]:
    """Positions of the rows beside each cell with a P value, one list a cell."""
    groups: list[list[int]] = []
    owners: list[tuple[int, int]] = []
    for i, row in enumerate(rows):
        cell = _cell(reading, row, column)
        if cell is None:
            continue
        single = len(cell.lines) <= 1
        owner = (cell.row, 0 if single else row.line)
        if owners and owners[-1] == owner:
            groups[-1].append(i)
        elif row.key in printed:
            groups.append([i])
            owners.append(owner)
    return groups


def _cell(reading: TableReading, row: Row, column: int) -> Cell | None:
    grid = reading.table.grid
    return grid[row.index][column] if row.index < len(grid) else None


def _cells(reading: TableReading, row: Row, column: int) -> Iterator[Cell]:
    """The cell of the P value and those of the row's label."""
    line = reading.table.grid[row.index]
    yield line[column]
    labels = [c.index for c in reading.columns if c.role == "label"]
    yield from (line[i] for i in labels)


def _not_significant(cell: Cell) -> PrintedNumber:
    return PrintedNumber(fold(cell.clean), Decimal("0.05"), 2, ">=")


def _place(reading: TableReading, row: Row, cell: Cell) -> Place:
    known = next(iter(reading.entries)).place.input if reading.entries else ""
    label = reading.columns[cell.column].label
    return cell_place(known, reading.table, cell, row_label=row.label, column_label=label)
