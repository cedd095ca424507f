"""The counts beside a P value: of each arm how many of how many."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from auditor.extraction.reading import Entry, Row
from auditor.printed import PrintedNumber
from auditor.reanalysis.compared import Counts
from auditor.reanalysis.denominators import Denominators
from auditor.reanalysis.p_columns import Arm
from auditor.rounding import Rounding

_MOST = 8
"""More tables than these tell nothing: nearly any P value follows from one of them."""
Key = tuple[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Read:
    """Tables of counts read for one P value.

    Attributes:
        tables: the likeliest first.
        categories: of the columns of the tables.
        entries: the cells of the counts.
        doubt: why they may not be what the P value compares, or "".
        groups: of the rows of the tables, where these are no arms.
    """

    tables: tuple[Counts, ...]
    categories: tuple[str, ...]
    entries: tuple[Entry, ...]
    doubt: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """The cells of the arms that one column of P values compares.

    Attributes:
        arms: with the same sub-columns each.
        cells: the statements of counts or percentages by row and column.
        of: their denominators.
    """

    arms: tuple[Arm, ...]
    cells: dict[Key, Entry]
    of: Denominators

    def entries(self, row: Row) -> tuple[tuple[Entry | None, ...], ...]:
        """By arm the cell of each of its columns."""
        return tuple(
            tuple(self.cells.get((row.key, c.index)) for c in arm.columns) for arm in self.arms
        )

    def row(self, row: Row) -> Read | None:
        """The row against the rest of the patients of each arm; for arms of one column."""
        entries = [line[0] for line in self.entries(row)]
        kept = [e for e in entries if e is not None]
        if len(kept) != len(entries) or len(kept) < 2:
            return None
        doubts = []
        shares: list[list[tuple[int, int]]] = []
        for entry in kept:
            denominator = self.of.of(entry)
            shares.append(list(_shares(entry, denominator.values)))
            doubts.append(denominator.doubt)
            if entry.percent is None and entry.denominator is None and not self._announced(entry):
                doubts.append("nothing says that the row counts patients")
        if not all(shares) or math.prod(map(len, shares)) > _MOST:
            return None
        tables = tuple(tuple((x, n - x) for x, n in chosen) for chosen in product(*shares))
        label = row.label or row.path
        return Read(tables, (label, "others"), tuple(kept), next(filter(None, doubts), ""))

    def _announced(self, entry: Entry) -> bool:
        column = self.of.judgement.reading.columns[entry.column]
        return entry.row.statistic in ("n", "n (%)") or column.statistic in ("n", "n (%)")


def _shares(entry: Entry, denominators: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """How many of how many, as the cell allows."""
    for n in denominators:
        if entry.count is not None:
            if entry.count <= n:
                yield entry.count, n
        elif entry.percent is not None:
            yield from ((x, n) for x in counts_of(entry.percent, n))


def counts_of(percent: PrintedNumber, n: int) -> Iterator[int]:
    """Every count of ``n`` patients that prints as the percentage."""
    for x in range(n + 1):
        if any(Fraction(100 * x, n) in percent.interval(r) for r in Rounding):
            yield x
