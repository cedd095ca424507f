"""Blocks of rows that share out the patients: sex, stage, lines of treatment.

Whether a list of categories is a partition is not assumed from its heading alone: it shows
in the columns whose counts add up to N, in categories that exclude each other, or in both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.extraction.arms import arm_key
from auditor.extraction.judged import Status, TableJudgement
from auditor.extraction.lexicon import holds_pair, says
from auditor.extraction.reading import ColumnRole, Entry, Row, RowKind

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """The counts of one block in one column, against the N of the column.

    ``whole`` is the N; ``shared`` is the denominator that the block's percentages share
    where it is not N. ``complete`` tells whether every category has a count.
    """

    column: int
    entries: tuple[Entry, ...]
    total: int
    whole: int
    shared: int | None
    complete: bool

    @property
    def exact(self) -> bool:
        return self.complete and self.total == self.whole


@dataclass(frozen=True, slots=True)
class Partition:
    """A block of categories with its sums.

    ``exclusive`` says that wording shows that a patient has one category only;
    ``multiple`` that a patient may have several; ``unknowns`` that it has a row for missing.
    ``tight`` blocks stand in the lines of one row, ``marked`` ones plainly under their heading:
    their membership is plain, while rows of another variable may follow in other blocks.
    ``twin`` tells that another block with the same categories adds up in every column.
    """

    heading: str
    rows: tuple[Row, ...]
    sums: tuple[ColumnSum, ...]
    exclusive: bool
    multiple: bool
    unknowns: bool
    headed: bool
    tight: bool
    marked: bool
    twin: bool = False

    @property
    def exact(self) -> tuple[ColumnSum, ...]:
        return tuple(s for s in self.sums if s.exact)


def find_partitions(judgement: TableJudgement) -> tuple[Partition, ...]:
    """Every block of at least two categories with counts, nested rows and totals left out."""
    reading = judgement.reading
    if judgement.row_wise:
        return ()
    blocks: dict[int, list[Row]] = {}
    with_counts = {e.row.key for e in reading.entries if e.count is not None}
    for row in reading.rows:
        if row.kind == RowKind.COUNT and row.key in with_counts:
            blocks.setdefault(row.block, []).append(row)
    grid = _counts(judgement)
    found = []
    for members in blocks.values():
        rows = [r for r in members if not says("rows", "total", r.label)]
        rows = _without_children(rows, grid)
        if len(rows) >= 2:
            found.append(_partition(judgement, rows, grid))
    return _with_twins([p for p in found if p.sums])


def _with_twins(found: list[Partition]) -> tuple[Partition, ...]:
    """Mark the blocks whose categories add up in every column of another block."""
    exact = {_labels(p) for p in found if len(p.sums) >= 2 and len(p.exact) == len(p.sums)}
    return tuple(replace(p, twin=len(p.exact) < len(p.sums) and _labels(p) in exact) for p in found)


def _labels(partition: Partition) -> tuple[str, ...]:
    return tuple(row.label.casefold() for row in partition.rows)


def _counts(judgement: TableJudgement) -> dict[int, dict[Key, Entry]]:
    """Entries with a count by column and row; the first statement of a cell only."""
    grid: dict[int, dict[Key, Entry]] = {}
    for entry in judgement.reading.entries:
        role = judgement.reading.columns[entry.column].role
        if entry.count is not None and entry.part == 0 and role == ColumnRole.DATA:
            grid.setdefault(entry.column, {})[entry.row.key] = entry
    return grid


def _number(grid: dict[int, dict[Key, Entry]], column: int, row: Row) -> int | None:
    entry = grid[column].get(row.key)
    return entry.count if entry is not None else None


def _without_children(rows: list[Row], grid: dict[int, dict[Key, Entry]]) -> list[Row]:
    """Leave out rows that add up to the row above them in every column that shows both."""
    kept: list[Row] = []
    i = 0
    while i < len(rows):
        kept.append(rows[i])
        end = _end_of_children(rows, i, grid)
        i = end if end is not None else i + 1
    return kept


def _end_of_children(rows: list[Row], parent: int, grid: dict[int, dict[Key, Entry]]) -> int | None:
    for end in range(len(rows), parent + 2, -1):
        children = rows[parent + 1 : end]
        telling = 0
        for column in grid:
            whole = _number(grid, column, rows[parent])
            parts = [_number(grid, column, row) for row in children]
            if whole is None or None in parts:
                continue
            numbers = [p for p in parts if p is not None]
            if whole != sum(numbers):
                break
            telling += whole > 0 and sum(n > 0 for n in numbers) >= 2
        else:
            if telling >= 2 or (telling == 1 and len(grid) == 1 and len(children) >= 3):
                return end
    return None


def _partition(
    judgement: TableJudgement, rows: list[Row], grid: dict[int, dict[Key, Entry]]
) -> Partition:
    best = _sums(judgement, rows, grid)
    if not any(s.exact for s in best):
        for length in range(len(rows) - 1, 1, -1):
            sums = _sums(judgement, rows[:length], grid)
            if sum(s.exact for s in sums) >= 2:
                best, rows = sums, rows[:length]
                break
    heading = rows[0].groups[-1] if rows[0].groups else ""
    labels = tuple(r.label for r in rows)
    pair = holds_pair(labels)
    return Partition(
        heading=heading,
        rows=tuple(rows),
        sums=best,
        exclusive=pair or any(says("exclusive", "groups", g) for g in rows[0].groups[-1:]),
        multiple=not pair and (not heading or says("exclusive", "multiple", heading)),
        unknowns=any(says("exclusive", "missing", label) for label in labels),
        headed=rows[0].headed,
        tight=len({r.index for r in rows}) == 1,
        marked=all(r.marked for r in rows),
    )


def _sums(
    judgement: TableJudgement, rows: list[Row], grid: dict[int, dict[Key, Entry]]
) -> tuple[ColumnSum, ...]:
    sums = []
    keys = {row.key for row in rows}
    for column in sorted(grid):
        entries = tuple(e for key, e in grid[column].items() if key in keys)
        whole, shared = _whole(judgement, column, entries)
        if len(entries) < 2 or whole is None:
            continue
        total = sum(e.count or 0 for e in entries)
        if shared is not None and total == shared:
            whole = shared
        if total in _solved(judgement, column):
            whole = total
        sums.append(ColumnSum(column, entries, total, whole, shared, len(entries) == len(rows)))
    return tuple(sums)


def _solved(judgement: TableJudgement, column: int) -> range:
    """The denominators that explain a column equally well where no N is stated for it."""
    arm = judgement.arms.get(arm_key(judgement.reading.columns[column]))
    return arm.solved if arm is not None and arm.stated is None else range(0)


def _whole(
    judgement: TableJudgement, column: int, entries: tuple[Entry, ...]
) -> tuple[int | None, int | None]:
    """The N that the block ought to add up to, and the denominator its percentages share."""
    printed = {e.denominator for e in entries if e.denominator is not None}
    if printed:
        # Fractions carry their own denominators: only one that all share is that of the block.
        alone = len(printed) == 1 and all(e.denominator is not None for e in entries)
        return (printed.pop() if alone else None), None
    judged = {id(p.stated.entry): p for p in judgement.percents}
    own = [judged[id(e)] for e in entries if id(e) in judged]
    bases = [p.basis.value for p in own if p.status in (Status.RIGHT, Status.ROUNDED)]
    shared = [
        p.basis.value
        for p in own
        if p.status is Status.UNSTATED and p.basis.source == "the percentages of the block"
    ]
    stated = judgement.reading.columns[column].stated
    whole = max(set(bases), key=lambda n: (bases.count(n), n)) if bases else None
    if whole is None:
        whole = stated.value if stated is not None else None
    if len(shared) >= 2:
        return (stated.value if stated is not None else whole), shared[0]
    return whole, None
