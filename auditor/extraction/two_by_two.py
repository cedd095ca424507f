"""Rows of a table that set counts of arms beside a P value: the table behind the P."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.extraction.judged import Status, TableJudgement
from auditor.extraction.reading import Column, ColumnRole, Entry, Role
from auditor.printed import PrintedNumber


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row with counts of the arms, their denominators and the P value printed beside them.

    Attributes:
        counts: by arm, one count for each of its columns ("Grade 3", "Grade 4").
        of: by arm the number of patients, None where nothing states it.
        p: as printed; ``entry``: its cell; ``entries``: the cells of the counts.
        block: number of the block of rows; ``label``: the path of the row.
    """

    counts: tuple[tuple[int, ...], ...]
    of: tuple[int | None, ...]
    p: PrintedNumber
    entry: Entry
    entries: tuple[Entry, ...]
    block: int
    label: str


def compared_rows(judgement: TableJudgement) -> Iterator[ComparedRow]:
    """Every row of a table of two or more arms and one column of P values with all its numbers."""
    reading = judgement.reading
    tests = [c.index for c in reading.columns if c.role is ColumnRole.P_VALUE]
    data = [c for c in reading.columns if c.role is ColumnRole.DATA and not c.total]
    arms = list(dict.fromkeys(c.arm for c in data))
    if len(tests) != 1 or len(arms) < 2 or not all(arms):
        return
    sides = [[c for c in data if c.arm == arm] for arm in arms]
    if any([c.sub for c in side] != [c.sub for c in sides[0]] for side in sides[1:]):
        return
    of = {
        (p.stated.entry.row.key, p.stated.entry.column): p.basis.value
        for p in judgement.percents
        if p.basis.value and p.status in (Status.RIGHT, Status.ROUNDED, Status.WRONG)
    }
    for key, entries in reading.by_row().items():
        by_column = {e.column: e for e in entries if e.part == 0}
        tested = by_column.get(tests[0])
        p = tested.number(Role.P_VALUE) if tested is not None else None
        counted = [[by_column.get(c.index) for c in side] for side in sides]
        if tested is None or p is None or not any(counted):
            continue
        numbers = [tuple(e.count if e is not None else None for e in side) for side in counted]
        # A blank beside a printed count is read as nothing, never as 0.
        kept = [
            i for i, row in enumerate(zip(*numbers, strict=True)) if any(n is not None for n in row)
        ]
        counts = [tuple(n for i in kept if (n := side[i]) is not None) for side in numbers]
        if not kept or any(len(side) != len(kept) for side in counts):
            continue
        known = [
            {_of(of, key, side[i], by_column.get(side[i].index)) for i in kept} for side in sides
        ]
        settled = [values.pop() if len(values) == 1 else None for values in known]
        yield ComparedRow(
            tuple(counts),
            tuple(settled),
            p,
            tested,
            tuple(e for side in counted for e in side if e is not None),
            tested.row.block,
            tested.row.path,
        )


def _of(
    of: Mapping[tuple[tuple[int, int], int], int],
    key: tuple[int, int],
    column: Column,
    entry: Entry | None,
) -> int | None:
    """The denominator of a count: that of its percentage, or the N of the header where it has
    none. A percentage of nobody known leaves it open."""
    if entry is not None and entry.percent is not None:
        return of.get((key, column.index))
    return column.stated.value if column.stated is not None else None
