"""What a table says, once its layout is understood: the model that checks work on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from auditor.document import Table
from auditor.finding import Place
from auditor.printed import PrintedNumber


class ColumnRole(StrEnum):
    """What a column holds."""

    LABEL = "label"
    DATA = "data"
    PERCENT = "percent"
    ROW_TOTAL = "row total"
    P_VALUE = "p-value"
    ESTIMATE = "estimate"


class RowKind(StrEnum):
    """What a row holds. TOTAL_N states the N of each column; SUBHEADER is a header row that
    stands within the body and holds for the rows below it."""

    HEADER = "header"
    SUBHEADER = "header within the body"
    HEADING = "heading"
    COUNT = "count"
    STATISTIC = "statistic"
    TOTAL_N = "total N"
    OTHER = "other"


class Role(StrEnum):
    """What a number within a cell is."""

    COUNT = "count"
    PERCENT = "percent"
    DENOMINATOR = "denominator"
    VALUE = "value"
    LOWER = "lower"
    UPPER = "upper"
    SPREAD = "spread"
    P_VALUE = "p-value"


@dataclass(frozen=True, slots=True)
class StatedN:
    """A number of patients that the document states, and where."""

    value: int
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the grid.

    Attributes:
        index: 0-based in the expanded grid.
        path: header texts from the top down, without repetition.
        arm: the part of the header that names who is counted, shared by its sub-columns.
        sub: the part of the header below the arm ("Grade 3"), or "".
        stated: the N printed for this column, or None.
        partner: for DATA the index of the column with its percentages, for PERCENT that of
            its counts, else None.
        total: whether the header says that the column adds up the others.
        statistic: what the header announces for its cells ("n (%)", "percent", ...), or "".
    """

    index: int
    role: ColumnRole
    path: tuple[str, ...] = ()
    arm: str = ""
    sub: str = ""
    stated: StatedN | None = None
    partner: int | None = None
    total: bool = False
    statistic: str = ""

    @property
    def label(self) -> str:
        return " / ".join(self.path)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of data: a row of the grid, or a line within a row whose cells hold several.

    Attributes:
        index: 0-based in the expanded grid; ``line`` counts lines within it, from 0.
        label: the row's own label.
        groups: headings above it, outermost first.
        block: number of the block of rows under one heading; unique within the table.
        level: depth of indentation, 0 for the outermost.
        statistic: what the label announces ("n (%)", "mean", "median", ...), or "".
        stated: numbers of patients that the row's label or heading states.
        noted: numbers that the footnote of the row's label names.
        headed: whether a heading opens the block.
        marked: whether the row stands plainly under its heading, by indentation or type.
    """

    index: int
    kind: RowKind
    line: int = 0
    label: str = ""
    groups: tuple[str, ...] = ()
    block: int = 0
    level: int = 0
    statistic: str = ""
    stated: tuple[StatedN, ...] = ()
    noted: tuple[StatedN, ...] = ()
    headed: bool = False
    marked: bool = False

    @property
    def path(self) -> str:
        return " > ".join((*self.groups, self.label))

    @property
    def key(self) -> tuple[int, int]:
        return (self.index, self.line)


@dataclass(frozen=True, slots=True)
class Entry:
    """The numbers of one statement in a cell; a cell may hold several (``part`` from 0).

    ``numbers`` are (role, number) in printed order. ``place`` is that of the count, where
    the percentage has a column of its own ``percent_place`` is that of the percentage.
    """

    row: Row
    column: int
    part: int
    shape: str
    numbers: tuple[tuple[Role, PrintedNumber], ...]
    place: Place
    percent_place: Place
    claims: tuple[str, ...] = ()

    def number(self, role: Role) -> PrintedNumber | None:
        """The first number with this role."""
        return next((number for r, number in self.numbers if r == role), None)

    @property
    def count(self) -> int | None:
        number = self.number(Role.COUNT)
        return None if number is None else number.integer

    @property
    def percent(self) -> PrintedNumber | None:
        return self.number(Role.PERCENT)

    @property
    def denominator(self) -> int | None:
        number = self.number(Role.DENOMINATOR)
        return None if number is None else number.integer


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table as understood."""

    table: Table
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    entries: tuple[Entry, ...]
    total: StatedN | None = None
    events: bool = False

    def column(self, index: int) -> Column:
        return self.columns[index]

    def by_row(self) -> dict[tuple[int, int], list[Entry]]:
        """Entries by ``Row.key``, in column order."""
        found: dict[tuple[int, int], list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.row.key, []).append(entry)
        return found

    def blocks(self) -> dict[tuple[int, int, int], list[Entry]]:
        """Entries with a count by (block, column, part), in row order."""
        found: dict[tuple[int, int, int], list[Entry]] = {}
        for entry in self.entries:
            if entry.count is not None:
                found.setdefault((entry.row.block, entry.column, entry.part), []).append(entry)
        return found

    def data_columns(self) -> Iterator[Column]:
        return (c for c in self.columns if c.role == ColumnRole.DATA)
