"""P values of the text that a table prints for more than the counts which the text compares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from auditor.extraction.reading import ColumnRole, Entry, Role, TableReading
from auditor.printed import PrintedNumber
from auditor.reanalysis.compared import Counts

_WORD = re.compile(r"[^\W\d_]{4,}")
_VAGUE = frozenset(
    ("patients", "grade", "total", "group", "rate", "with", "number", "other", "overall", "number")
)


def of_more(tables: Sequence[TableReading], p: PrintedNumber, counts: Counts, words: str) -> bool:
    """Whether a table prints this P value beside these counts and others: for all grades of an
    event, or for all categories of a variable.

    Args:
        p: as the text prints it; ``counts``: those of the groups that the text compares, and the
            rest of each; ``words``: of the sentence.
    """
    said = {word.lower() for word in _WORD.findall(words)}
    return any(_in_table(reading, p, counts, said) for reading in tables)


def _in_table(reading: TableReading, p: PrintedNumber, counts: Counts, said: set[str]) -> bool:
    tests = {c.index for c in reading.columns if c.role is ColumnRole.P_VALUE}
    totals = {c.index for c in reading.columns if c.total}
    rows: dict[tuple[int, int], list[Entry]] = {}
    printed: list[Entry] = []
    tested = set()
    for entry in reading.entries:
        if entry.column in tests:
            tested.add(entry.row.key)
            number = entry.number(Role.P_VALUE)
            if number is not None and (number.value, number.relation) == (p.value, p.relation):
                printed.append(entry)
        elif entry.count is not None and entry.column not in totals:
            rows.setdefault(entry.row.key, []).append(entry)
    own = Counter(row[0] for row in counts)
    if any(_beside(rows.get(entry.row.key, ()), own) for entry in printed):
        return any(
            _of_variable(rows, entry, tested, counts) for entry in printed if entry.row.key in rows
        )
    return any(
        (len(rows.get(entry.row.key, ())) > own.total() and _held(rows[entry.row.key], own))
        or (len(rows.get(entry.row.key, ())) > own.total() and _named(entry, said))
        or _of_variable(rows, entry, tested, counts)
        for entry in printed
    )


def _held(beside: Sequence[Entry], own: Counter[int]) -> bool:
    return own <= Counter(e.count for e in beside)


def _beside(beside: Sequence[Entry], own: Counter[int]) -> bool:
    """Whether a row has these counts alone, or as the totals of its others."""
    total = sum(e.count or 0 for e in beside) == 2 * sum(own.elements())
    return _held(beside, own) and (len(beside) == own.total() or total)


def _of_variable(
    rows: Mapping[tuple[int, int], Sequence[Entry]],
    entry: Entry,
    tested: AbstractSet[tuple[int, int]],
    counts: Counts,
) -> bool:
    """Whether a P value stands once for the categories of a variable, which the counts are of."""
    own = Counter(row[0] for row in counts)
    block = [key for key, found in rows.items() if found[0].row.block == entry.row.block]
    alone = not any(key in tested for key in block if key != entry.row.key)
    if not block or (entry.row.key in rows and entry.row.key != min(block)):
        return False
    holds = any(own <= Counter(e.count for e in rows[key]) for key in block)
    return len(block) > 2 and alone and holds and _shares_out(rows, block, counts)


def _named(entry: Entry, said: set[str]) -> bool:
    """Whether the sentence names the row."""
    label = {word.lower() for word in _WORD.findall(entry.row.label)} - _VAGUE
    return bool(label) and label <= said


def _shares_out(
    rows: Mapping[tuple[int, int], Sequence[Entry]],
    block: Sequence[tuple[int, int]],
    counts: Counts,
) -> bool:
    """Whether the rows of the block are the categories of one variable: they add up to the groups
    that are compared, or nearly, since some patients are not known."""
    sums = Counter[int]()
    for key in block:
        for entry in rows[key]:
            sums[entry.column] += entry.count or 0
    whole = max(sum(row) for row in counts)
    return max(sums.values(), default=0) <= whole * 1.02
