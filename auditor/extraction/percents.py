"""Counts with their percentages, wherever the table prints the two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.extraction.fits import Pair, informative
from auditor.extraction.reading import ColumnRole, Entry, Role, TableReading
from auditor.printed import PrintedNumber


@dataclass(frozen=True, slots=True)
class Percentage:
    """A count with its percentage; ``denominator`` is the one printed beside them, if any."""

    entry: Entry
    count: int
    percent: PrintedNumber
    denominator: int | None

    @property
    def telling(self) -> bool:
        """Whether the pair tells something of its denominator (0 of anything is 0%)."""
        return informative(self.count, self.percent)

    @property
    def pair(self) -> Pair:
        return (self.count, self.percent)


def percentages(reading: TableReading) -> tuple[Percentage, ...]:
    """Every count with its percentage, in reading order."""
    found = []
    for entry in reading.entries:
        count, percent = entry.count, entry.percent
        role = reading.columns[entry.column].role
        if count is None or percent is None or role is ColumnRole.P_VALUE:
            continue
        if entry.number(Role.DENOMINATOR) is not None and entry.denominator is None:
            continue
        found.append(Percentage(entry, count, percent, entry.denominator))
    return tuple(found)


def pairs_of(members: Iterable[Percentage]) -> list[Pair]:
    """The (count, percentage) pairs that tell something of their denominator."""
    return [p.pair for p in members if p.telling]
