"""Columns of odds or risk ratios that stand beside the counts of their two groups."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.extraction.bounded import Bounded, bounded
from auditor.extraction.reading import ColumnRole
from auditor.finding import Place
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.cell_counts import CellCount, cell_counts
from auditor.rounding import unit
from auditor.statistics.count_ratios import RATIO_KINDS, Pair, RatioKind

_LEVEL = re.compile(r"\b(80|90|95|97\.5|99)\s?%")
_ENOUGH = 3
"""So many rows must be reproduced wholly before a column is taken to be of one kind."""


@dataclass(frozen=True, slots=True)
class CountRatio:
    """A printed ratio with the counts of its two groups.

    Attributes:
        printed: estimate and bounds. ``pair``: events and patients of both groups.
        level: of the interval, as a share. ``where``: in words. ``place``: of the estimate.
        others: places of the counts. ``claims``: ids of the ratio and of the counts.
    """

    printed: Bounded
    pair: Pair
    level: float
    where: str
    place: Place
    others: tuple[Place, ...]
    claims: tuple[str, ...]

    def estimated(self, kind: RatioKind) -> bool:
        """Whether the printed estimate is that of a kind, rounded in any way."""
        values = kind.of(self.pair, self.level)
        return values is not None and _near(self.printed.value, values[0])

    def reproduced(self, kind: RatioKind) -> bool:
        """Whether estimate and bounds are those of a kind."""
        values = kind.of(self.pair, self.level)
        numbers = (self.printed.value, self.printed.lower, self.printed.upper)
        return values is not None and all(
            _near(number, value) for number, value in zip(numbers, values, strict=True)
        )


@dataclass(frozen=True, slots=True)
class RatioColumn:
    """The ratios of one column, and the kind that most of them show it to be of."""

    kind: RatioKind
    ratios: tuple[CountRatio, ...]


def ratio_columns(manuscript: Manuscript) -> Iterator[RatioColumn]:
    """Columns of which at least three ratios and three quarters of all are wholly reproduced by
    one kind: the others are then of that kind as well, and not adjusted."""
    lines: dict[tuple[int, tuple[int, int]], list[CellCount]] = defaultdict(list)
    for cell in cell_counts(manuscript):
        if cell.place.table_index is not None and cell.arm and not cell.line[2]:
            lines[cell.place.table_index, cell.line[:2]].append(cell)
    for reading in manuscript.tables:
        columns: dict[int, list[CountRatio]] = defaultdict(list)
        for one in bounded(reading):
            entry = one.entries[0]
            if "odds or risk ratio" not in one.statistics or one.kinds - {"CI"}:
                continue
            if reading.columns[entry.column].role is not ColumnRole.ESTIMATE:
                continue
            counts = lines.get((reading.table.index, (entry.row.index, entry.row.line)), [])
            arms = {cell.arm for cell in counts}
            if len(counts) != 2 or len(arms) != 2 or counts[0].sub != counts[1].sub:
                continue
            first, second = sorted(counts, key=lambda cell: cell.column)
            words = f"{reading.columns[entry.column].label} {entry.row.path}"
            level = _LEVEL.search(words) or _LEVEL.search(reading.table.caption)
            columns[entry.column].append(
                CountRatio(
                    one,
                    (first.count, first.n, second.count, second.n),
                    float(level[1]) / 100 if level else 0.95,
                    f"{reading.table.name}, row “{entry.row.path}”",
                    entry.place,
                    (first.place, second.place),
                    (*(c for e in one.entries for c in e.claims), *first.claims, *second.claims),
                )
            )
        for ratios in columns.values():
            yield from _of_one_kind(ratios)


def _of_one_kind(ratios: list[CountRatio]) -> Iterator[RatioColumn]:
    shown = {kind: sum(one.reproduced(kind) for one in ratios) for kind in RATIO_KINDS}
    kind = max(RATIO_KINDS, key=lambda k: shown[k])
    known = [one for one in ratios if kind.of(one.pair, one.level) is not None]
    if shown[kind] >= _ENOUGH and 4 * shown[kind] >= 3 * len(known):
        yield RatioColumn(kind, tuple(known))


def _near(number: PrintedNumber, value: float) -> bool:
    """Whether a value is printed so, rounded to nearest, up or down."""
    return abs(float(number.fraction) - value) < float(unit(number.decimals)) * 1.000001
