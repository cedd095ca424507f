"""P values of the text that a table prints for more than the counts which the text compares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from auditor.extraction.reading import ColumnRole, Entry, Role, TableReading
from auditor.printed import PrintedNumber


def of_more(tables: Sequence[TableReading], p: PrintedNumber, counts: Sequence[int]) -> bool:
    """Whether a table prints this P value beside these counts and others: for all grades of an
    event, or for all categories of a variable.

    Args:
        p: as the text prints it; ``counts``: those of the groups that the text compares.
    """
    return any(_in_table(reading, p, Counter(counts)) for reading in tables)


def _in_table(reading: TableReading, p: PrintedNumber, counts: Counter[int]) -> bool:
    tests = {c.index for c in reading.columns if c.role is ColumnRole.P_VALUE}
    totals = {c.index for c in reading.columns if c.total}
    rows: dict[tuple[int, int], list[Entry]] = {}
    printed: list[Entry] = []
    for entry in reading.entries:
        if entry.column in tests:
            number = entry.number(Role.P_VALUE)
            if number is not None and (number.value, number.relation) == (p.value, p.relation):
                printed.append(entry)
        elif entry.count is not None and entry.column not in totals:
            rows.setdefault(entry.row.key, []).append(entry)
    for entry in printed:
        own = rows.get(entry.row.key, [])
        if counts <= Counter(e.count for e in own) and len(own) > counts.total():
            return True
        block = [key for key, found in rows.items() if found[0].row.block == entry.row.block]
        others = [e for e in printed if e.row.block == entry.row.block]
        holds = any(counts <= Counter(e.count for e in rows[key]) for key in block)
        if len(block) > 2 and len(others) == 1 and holds and not _each(reading, tests, block):
            return True
    return False


def _each(reading: TableReading, tests: set[int], block: Sequence[tuple[int, int]]) -> bool:
    """Whether every row of a block has a P value of its own."""
    have = {entry.row.key for entry in reading.entries if entry.column in tests}
    return all(key in have for key in block)
