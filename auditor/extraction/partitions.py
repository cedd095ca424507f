"""Blocks of rows that share out the patients: sex, stage, lines of treatment.

Whether a list of categories is a partition is not assumed from its heading alone: it shows
in the columns whose counts add up to N, in categories that exclude each other, or in both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.extraction.arms import arm_key
from auditor.extraction.composites import children_end, composite_rows, marker_list
from auditor.extraction.judged import JudgedPercent, Status, TableJudgement
from auditor.extraction.lexicon import announced, holds_pair, says
from auditor.extraction.reading import ColumnRole, Entry, Row, RowKind
from auditor.extraction.row_bases import KNOWN, ROW_TOTAL, SOLVED

_LONGEST = 30
"""Longer blocks are lists of events, which share out nobody."""
Key = tuple[int, int]
Grid = dict[int, dict[Key, Entry]]


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """The counts of one block in one column, against the N of the column.

    Attributes:
        column: index of the column.
        entries: the categories that have a count, in row order.
        total: their sum; ``known`` the sum of those that are not labelled missing and print a
            percentage, where others of the block do.
        whole: the N of the column.
        shared: the smaller denominator that the block's percentages share, or None.
        complete: whether every category has a count.
        summary: whether the column is a total of others.
        stated: whether the N is printed, and not solved from percentages.
    """

    column: int
    entries: tuple[Entry, ...]
    total: int
    known: int
    whole: int
    shared: int | None
    complete: bool
    summary: bool
    stated: bool

    def begins_with(self, number: int) -> bool:
        """Whether the first categories, two at least and not all, add up to ``number``."""
        counts = [e.count or 0 for e in self.entries]
        return any(sum(counts[:end]) == number for end in range(2, len(counts)))

    @property
    def exact(self) -> bool:
        """Whether the categories add up to N, or to the patients with known values."""
        return self.complete and self.total in (self.whole, self.shared)


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
    grid = _counts(judgement)
    counted = {key for column in grid.values() for key in column}
    blocks: dict[int, list[Row]] = {}
    for row in reading.rows:
        if row.kind is RowKind.COUNT and row.key in counted:
            blocks.setdefault(row.block, []).append(row)
    judged = {id(p.stated.entry): p for p in judgement.percents}
    found = []
    for members in blocks.values():
        rows = _without_children(_categories(members), grid)
        if len(rows) >= 2:
            found.append(_partition(judgement, judged, rows, grid))
    return _with_twins([p for p in found if p.sums])


def _categories(members: list[Row]) -> list[Row]:
    """The rows that may be categories of one variable.

    A row that announces "n (%)" itself is a variable of its own, where nothing marks the rows
    as members; what follows it belongs to it or to none.
    """
    rows = []
    for row in members:
        if not row.marked and row.groups and announced(row.label) == "n (%)":
            break
        if not says("rows", "total", row.label):
            rows.append(row)
    return rows


def _with_twins(found: list[Partition]) -> tuple[Partition, ...]:
    """Mark the blocks whose categories add up in every column of another block."""
    exact = {_labels(p) for p in found if len(p.sums) >= 2 and len(p.exact) == len(p.sums)}
    return tuple(replace(p, twin=len(p.exact) < len(p.sums) and _labels(p) in exact) for p in found)


def _labels(partition: Partition) -> tuple[str, ...]:
    return tuple(row.label.casefold() for row in partition.rows)


def _counts(judgement: TableJudgement) -> Grid:
    """Entries with a count by column and row; the first statement of a cell only."""
    grid: Grid = {}
    for entry in judgement.reading.entries:
        role = judgement.reading.columns[entry.column].role
        if entry.count is not None and entry.part == 0 and role is ColumnRole.DATA:
            grid.setdefault(entry.column, {})[entry.row.key] = entry
    return grid


def _without_children(rows: list[Row], grid: Grid) -> list[Row]:
    """Leave out rows that add up to a row above them, and rows that others above add up to."""
    columns = [
        [entries[r.key].count if r.key in entries else None for r in rows]
        for entries in grid.values()
    ]
    kept: list[Row] = []
    i = 0
    while i < len(rows):
        kept.append(rows[i])
        i = children_end(columns, i) or i + 1
    columns = [
        [entries[r.key].count if r.key in entries else None for r in kept]
        for entries in grid.values()
    ]
    composite = composite_rows(columns) if len(kept) <= _LONGEST else set()
    return [row for i, row in enumerate(kept) if i not in composite]


def _partition(
    judgement: TableJudgement, judged: dict[int, JudgedPercent], rows: list[Row], grid: Grid
) -> Partition:
    labels = [r.label for r in rows]
    heading = rows[0].groups[-1] if rows[0].groups else ""
    pair = holds_pair(tuple(labels))
    multiple = not pair and (
        not heading or says("exclusive", "multiple", heading) or marker_list(labels)
    )
    best = _sums(judgement, judged, rows, grid)
    if not any(s.exact for s in best) and not multiple and not all(r.marked for r in rows):
        best, rows = _prefix(judgement, judged, rows, grid) or (best, rows)
    return Partition(
        heading=heading,
        rows=tuple(rows),
        sums=best,
        exclusive=pair or says("exclusive", "groups", heading),
        multiple=multiple,
        unknowns=any(says("exclusive", "missing", r.label) for r in rows),
        tight=len({r.index for r in rows}) == 1,
        marked=all(r.marked for r in rows),
    )


def _prefix(
    judgement: TableJudgement, judged: dict[int, JudgedPercent], rows: list[Row], grid: Grid
) -> tuple[tuple[ColumnSum, ...], list[Row]] | None:
    """The first rows of a block that add up in all columns but one at most, if any do.

    Rows of another variable may follow a block where nothing marks its end.
    """
    found = []
    for length in range(2, len(rows)):
        sums = _sums(judgement, judged, rows[:length], grid)
        exact = sum(s.exact and not s.summary for s in sums)
        if exact >= 2 and exact >= len(sums) - 1:
            found.append((exact, length, sums))
    if not found:
        return None
    _, length, sums = max(found, key=lambda f: (f[0], -f[1]))
    return sums, rows[:length]


def _sums(
    judgement: TableJudgement, judged: dict[int, JudgedPercent], rows: list[Row], grid: Grid
) -> tuple[ColumnSum, ...]:
    sums = []
    for column in sorted(grid):
        entries = tuple(grid[column][r.key] for r in rows if r.key in grid[column])
        whole, shared = _whole(judgement, judged, column, entries)
        if len(entries) < 2 or not whole:
            continue
        total = sum(e.count or 0 for e in entries)
        if total in _solved(judgement, column):
            whole = total
        sums.append(
            ColumnSum(
                column=column,
                entries=entries,
                total=total,
                known=_known(entries),
                whole=whole,
                shared=shared,
                complete=len(entries) == len(rows),
                summary=judgement.reading.columns[column].total,
                stated=_stated(judgement, judged, column, entries),
            )
        )
    return tuple(sums)


def _known(entries: tuple[Entry, ...]) -> int:
    printed = [e for e in entries if e.percent is not None]
    counted = printed if len(printed) >= 2 else list(entries)
    return sum(e.count or 0 for e in counted if not says("exclusive", "missing", e.row.label))


def _solved(judgement: TableJudgement, column: int) -> range:
    """The denominators that explain a column equally well where no N is stated for it."""
    arm = judgement.arms.get(arm_key(judgement.reading.columns[column]))
    return arm.solved if arm is not None and arm.stated is None else range(0)


def _stated(
    judgement: TableJudgement,
    judged: dict[int, JudgedPercent],
    column: int,
    entries: tuple[Entry, ...],
) -> bool:
    bases = [judged[id(e)].basis for e in entries if id(e) in judged]
    printed = any(b.stated is not None and b.stated.source != SOLVED for b in bases)
    return judgement.reading.columns[column].stated is not None or printed


def _whole(
    judgement: TableJudgement,
    judged: dict[int, JudgedPercent],
    column: int,
    entries: tuple[Entry, ...],
) -> tuple[int | None, int | None]:
    """The N that the block ought to add up to, and the denominator its percentages share.

    Rows that print their own totals, or fractions of different denominators, have no N in
    common.
    """
    printed = {e.denominator for e in entries if e.denominator is not None}
    if printed:
        alone = len(printed) == 1 and all(e.denominator is not None for e in entries)
        stated_n = judgement.reading.columns[column].stated
        common = printed.pop() if alone else None
        in_line = stated_n is not None and stated_n.value == common
        return (common if in_line else None), None
    own = [judged[id(e)] for e in entries if id(e) in judged]
    if any(p.basis.source == ROW_TOTAL or p.status is Status.UNREADABLE for p in own):
        return None, None
    bases = [
        p.basis.value
        for p in own
        if p.status in (Status.RIGHT, Status.ROUNDED)
        and p.basis.source != KNOWN
        and not p.basis.source.startswith("the row “")
    ]
    shared = [
        p.basis.value
        for p in own
        if p.basis.source == KNOWN
        or (p.status is Status.UNSTATED and p.basis.source == "the percentages of the block")
    ]
    stated = judgement.reading.columns[column].stated
    whole = max(set(bases), key=lambda n: (bases.count(n), n)) if bases else None
    if whole is None and stated is not None:
        whole = stated.value
    if any(p.basis.source == KNOWN for p in own):
        return (whole if stated is None else stated.value), shared[0]
    if len(shared) >= 2:
        return (stated.value if stated is not None else whole), shared[0]
    return whole, None
