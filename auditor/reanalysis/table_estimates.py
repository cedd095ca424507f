"""Rows of tables with an estimate, its confidence interval and a P value of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.extraction.bounded import Bounded, bounded
from auditor.extraction.describe import places
from auditor.extraction.reading import Column, ColumnRole, Entry, Role, TableReading
from auditor.manuscript import Manuscript
from auditor.reanalysis import p_words
from auditor.reanalysis.estimate import Estimate
from auditor.reanalysis.estimate_names import level_of, name_of
from auditor.reanalysis.p_words import of_something_else
from auditor.reanalysis.words_of_tests import sides_named

OTHER = "the P value may be that of the other estimate beside it"
"""A doubt that goes where the other P values of the column belong to this estimate."""


def estimates(manuscript: Manuscript) -> Iterator[Estimate]:
    """Every estimate of the tables that has a P value in a column of its own, in order."""
    for reading in manuscript.tables:
        tests = _tests(reading)
        if not tests:
            continue
        rows = reading.by_row()
        found = [b for b in _bounded(reading) if name_of(_labels(reading, b))]
        known = {(b.entries[0].row.key, b.entries[0].column) for b in found}
        for one in found:
            made = _estimate(reading, one, tests, rows, known)
            if made is not None:
                yield made


def _bounded(reading: TableReading) -> Iterator[Bounded]:
    """Estimates with their bounds in one cell, or in the column on their right."""
    yield from bounded(reading)
    for entries in reading.by_row().values():
        by_column = {e.column: e for e in entries if e.part == 0}
        for column, entry in by_column.items():
            right = by_column.get(column + 1)
            roles = tuple(role for role, _ in entry.numbers)
            if right is None or roles != (Role.VALUE,):
                continue
            if tuple(role for role, _ in right.numbers) == (Role.LOWER, Role.UPPER):
                (_, value), (_, lower), (_, upper) = (*entry.numbers, *right.numbers)
                yield Bounded(value, lower, upper, frozenset(), frozenset(), (entry, right))


def _labels(reading: TableReading, one: Bounded) -> str:
    columns = [reading.columns[e.column] for e in one.entries]
    header = " ".join(dict.fromkeys(text for c in columns for text in c.path))
    return header if name_of(header) else f"{header} {one.entries[0].row.path}"


def _tests(reading: TableReading) -> list[Column]:
    return [c for c in reading.columns if c.role is ColumnRole.P_VALUE]


def _own_test(reading: TableReading, last: int, tests: Sequence[Column]) -> Column | None:
    """The column of P values of an estimate: the next one on its right, before any other
    estimate, and under the same heading where headings tell the models apart."""
    after = [c for c in tests if c.index > last]
    if not after:
        return None
    test = after[0]
    for column in reading.columns[last + 1 : test.index]:
        if name_of(" ".join(column.path)) or column.role is ColumnRole.ESTIMATE:
            return None
    own, other = reading.columns[last].path[:-1], test.path[:-1]
    return test if not own or not other or own == other or own[0] == other[0] else None


def _estimate(
    reading: TableReading,
    one: Bounded,
    tests: Sequence[Column],
    rows: Mapping[tuple[int, int], Sequence[Entry]],
    known: set[tuple[tuple[int, int], int]],
) -> Estimate | None:
    first, last = one.entries[0], one.entries[-1]
    labels = _labels(reading, one)
    level = level_of(" ".join((labels, *_general(reading))))
    test = _own_test(reading, last.column, tests)
    if test is None or level is None or one.kinds - {"CI"} or first.row.key != last.row.key:
        return None
    entry = next((e for e in rows[first.row.key] if e.column == test.index and e.part == 0), None)
    p = entry.number(Role.P_VALUE) if entry is not None else None
    words = f"{' '.join(test.path)} {first.row.path}"
    if entry is None or p is None or of_something_else(words):
        return None
    if any(n.relation != "=" for n in (one.value, one.lower, one.upper)):
        return None
    doubt = ""
    if any(c.index == test.index + 1 and not of_something_else(" ".join(c.path)) for c in tests):
        doubt = "two P values stand beside the estimate"
    if _another(reading, first.column, name_of(labels)) and not _same_model(reading, first, test):
        doubt = OTHER
    if _shared(first, test.index, rows, known):
        doubt = "the P value may be that of the whole variable, or of another row"
    return Estimate(
        name=name_of(labels),
        value=one.value,
        lower=one.lower,
        upper=one.upper,
        p=p,
        p_place=entry.place,
        places=places(*one.entries),
        what=f"{reading.table.name}, {first.row.path or reading.columns[first.column].label}",
        level=level,
        claims=tuple(c for e in (*one.entries, entry) for c in e.claims),
        words=" ".join((words, labels, *_general(reading))),
        sides=sides_named(" ".join((words, *_general(reading)))),
        doubt=doubt,
    )


def _another(reading: TableReading, column: int, name: str) -> bool:
    """Whether an estimate of the same kind stands on the left without a P value of its own."""
    for other in reversed(reading.columns[:column]):
        if other.role is ColumnRole.P_VALUE:
            return False
        if name_of(" ".join(other.path)) == name:
            return True
    return False


def _same_model(reading: TableReading, entry: Entry, test: Column) -> bool:
    """Whether both headers say that they are of the adjusted, or both of the crude estimate."""
    own = p_words.model(" ".join(reading.columns[entry.column].path))
    return bool(own) and own == p_words.model(" ".join(test.path))


def _general(reading: TableReading) -> tuple[str, ...]:
    return (reading.table.caption, *(note.text for note in reading.table.footnotes))


def _shared(
    entry: Entry,
    test: int,
    rows: Mapping[tuple[int, int], Sequence[Entry]],
    known: set[tuple[tuple[int, int], int]],
) -> bool:
    """Whether another row of the block has an estimate in this column, but no P value: then the
    printed one may stand for the variable as a whole."""
    for key, entries in rows.items():
        if key == entry.row.key or entries[0].row.block != entry.row.block:
            continue
        tested = any(e.column == test for e in entries)
        if (key, entry.column) in known and not tested:
            return True
    return False
