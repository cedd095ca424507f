"""SDs before, after and of the change of one variable in one group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.extraction.reading import TableReading
from auditor.lexicon import plain
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.printed_means import CHANGE, LATER, PrintedMean, printed_means
from auditor.reanalysis.spread_named import declared_spread
from auditor.reanalysis.summaries import arm_sizes

_BEFORE = re.compile(
    r"\bbaseline\b|\bbefore\b|\bpre(?:treatment|therapy|operative|intervention)?\b"
)
_PERCENT = re.compile(r"%|\bpercent")
_FILLING = re.compile(r"\b(?:scores?|index|scale|mean|sd)\b")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")


@dataclass(frozen=True, slots=True)
class Course:
    """Means with SD of one variable in one group of constant size.

    ``same_table`` is whether the values before stand beside the others.
    """

    before: PrintedMean
    after: PrintedMean
    change: PrintedMean
    same_table: bool

    def spreads(self) -> tuple[PrintedNumber, ...]:
        """The SDs before, after and of the change."""
        found = (one.spread for one in (self.before, self.after, self.change))
        return tuple(spread for spread in found if spread is not None)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mean with its group, variable and time."""

    mean: PrintedMean
    arm: str
    variable: str
    when: str


def courses(manuscript: Manuscript) -> Iterator[Course]:
    """Every variable whose SDs before, after and of the change are printed for one group."""
    declared = declared_spread(manuscript)
    arms = arm_sizes(manuscript.tables)
    tables = [list(_placed(reading, declared, arms)) for reading in manuscript.tables]
    for table in tables:
        for change in table:
            if change.when != "change":
                continue
            own = [p for p in table if _alike(p, change)]
            changes = [p for p in own if p.when == "change"]
            after = [p for p in own if p.when == "after"]
            before = [p for p in own if p.when == "before"]
            if len(changes) != 1 or len(after) != 1 or len(before) > 1:
                continue
            elsewhere = before or _elsewhere(tables, table, change)
            if len(elsewhere) == 1:
                yield Course(elsewhere[0].mean, after[0].mean, change.mean, bool(before))


def _elsewhere(
    tables: Sequence[list[_Placed]], table: list[_Placed], change: _Placed
) -> list[_Placed]:
    return [
        p
        for other in (tables if change.arm else ())
        if other is not table
        for p in other
        if p.when == "before" and _alike(p, change)
    ]


def _alike(one: _Placed, other: _Placed) -> bool:
    return (one.arm, one.variable, one.mean.n) == (other.arm, other.variable, other.mean.n)


def _placed(reading: TableReading, declared: str, arms: Mapping[str, int]) -> Iterator[_Placed]:
    at_baseline = _BEFORE.search(plain(reading.table.caption)) is not None
    for mean in printed_means(reading, declared, arms):
        if mean.spread is None or mean.spread_is != "SD" or mean.doubt or mean.n is None:
            continue
        if mean.entry is None:
            continue
        column, row = reading.columns[mean.entry.column], mean.entry.row
        if _PERCENT.search(f"{column.label} {row.path}"):
            continue
        parts = [plain(_BRACKETS.sub(" ", part)) for part in column.path]
        times = [p for p in parts if any(w.search(p) for w in (_BEFORE, LATER, CHANGE))]
        words = f"{' '.join(times)} {plain(row.label)}"
        if mean.change:
            when = "change"
        elif _BEFORE.search(words) or (at_baseline and not times):
            when = "before"
        else:
            when = "after"
        variable = _FILLING.sub(" ", _BRACKETS.sub(" ", row.path.casefold()))
        arm = " ".join(p for p in parts if p not in times)
        yield _Placed(mean, arm, plain(variable), when)
