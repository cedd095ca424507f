"""Denominators that a table prints for a row, a block or a panel, rather than for a column."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.extraction.arms import arm_key
from auditor.extraction.reading import (
    Column,
    ColumnRole,
    Entry,
    RowKind,
    StatedN,
    TableReading,
)

ROW_TOTAL = "the row's own total"
KNOWN = "the patients with known values"
SOLVED = "the percentages of the column"


@dataclass(frozen=True, slots=True)
class Basis:
    """A denominator with where it comes from; ``stated`` is None where it was solved."""

    value: int
    source: str
    stated: StatedN | None = None


@dataclass(slots=True)
class RowBases:
    """The stated denominators of a table below its header, found once and looked up often."""

    reading: TableReading
    _totals: dict[tuple[int, int], dict[int, Entry]] = field(init=False, default_factory=dict)
    _above: dict[int, list[Entry]] = field(init=False, default_factory=dict)
    _arms: list[str] = field(init=False)
    _headed: bool = field(init=False)

    def __post_init__(self) -> None:
        columns = self.reading.columns
        for entry in self.reading.entries:
            if not entry.count:
                continue
            if columns[entry.column].role is ColumnRole.ROW_TOTAL:
                self._totals.setdefault(entry.row.key, {})[entry.column] = entry
            if entry.row.kind in (RowKind.TOTAL_N, RowKind.SUBHEADER):
                self._above.setdefault(entry.column, []).append(entry)
        data = [c for c in self.reading.data_columns() if not c.total]
        self._arms = list(dict.fromkeys(arm_key(c) for c in data))
        self._headed = any(c.stated for c in data)

    def of(self, entry: Entry) -> list[Basis]:
        """Denominators stated for the very row or block of the entry, nearest first."""
        column = self.reading.columns[entry.column]
        return [
            *self._row_total(entry, column),
            *self._panel(entry),
            *self._labels(entry, column),
            *(Basis(n.value, n.source, n) for n in entry.row.noted),
        ]

    def _row_total(self, entry: Entry, column: Column) -> list[Basis]:
        """The column "n" nearest on the left, or that of the same arm."""
        totals = self._totals.get(entry.row.key, {})
        left = [i for i in totals if i < column.index]
        near = left or [i for i in totals if self.reading.columns[i].arm == column.arm]
        if not near or column.index in totals:
            return []
        total = totals[max(near)]
        value = total.count or 0
        return [Basis(value, ROW_TOTAL, StatedN(value, ROW_TOTAL, total.place))]

    def _panel(self, entry: Entry) -> list[Basis]:
        """An N row, or a header row within the body, that holds for the entry."""
        above = [e for e in self._above.get(entry.column, []) if e.row.index < entry.row.index]
        found = []
        for kind, source in (
            (RowKind.TOTAL_N, "the N row above"),
            (RowKind.SUBHEADER, "the header row above"),
        ):
            for total in reversed([e for e in above if e.row.kind is kind]):
                groups = total.row.groups
                if kind is RowKind.SUBHEADER or entry.row.groups[: len(groups)] == groups:
                    value = total.count or 0
                    found.append(Basis(value, source, StatedN(value, source, total.place)))
                    break
        return found

    def _labels(self, entry: Entry, column: Column) -> list[Basis]:
        """N in the row's label or heading: one an arm, in order, or one for all."""
        stated = entry.row.stated
        key = arm_key(column)
        if len(stated) == len(self._arms) and len(self._arms) > 1 and key in self._arms:
            own = stated[self._arms.index(key)]
            return [Basis(own.value, own.source, own)]
        if len(stated) == 1 and (len(self._arms) <= 1 or not self._headed):
            return [Basis(stated[0].value, stated[0].source, stated[0])]
        return []
