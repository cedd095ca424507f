"""Columns and rows that add up others: a total column, "all grades", a row "Total"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.extraction.lexicon import plain, says
from auditor.extraction.reading import Column, ColumnRole, Entry, Role, RowKind, TableReading

_RANGE = re.compile(
    r"(?:grades?)?\s*([1-5]|i{1,3}|iv|v)\s*(?:-|/|,|\+|and|to|or)\s*(?:grades?)?\s*([1-5]|i{1,3}|iv|v)\b"
)
_FROM = re.compile(
    r"(?:grades?)?\s*(?:>=|≥|>)\s*(?:grades?)?\s*([1-5]|i{1,3}|iv|v)\b|grades?\s*([1-5])\s*\+"
)
_SINGLE = re.compile(r"(?:grades?)?\s*\b([0-5]|i{1,3}|iv|v)\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


@dataclass(frozen=True, slots=True)
class Addition:
    """One sum that should hold: ``whole`` against ``parts``, over counts or denominators.

    ``law`` numbers the relation that it is an instance of: the same columns in other rows,
    or the same rows in other columns. ``role`` is COUNT or DENOMINATOR.
    """

    law: str
    whole: Entry
    parts: tuple[Entry, ...]
    role: Role

    @property
    def stated(self) -> int:
        return _value(self.whole, self.role) or 0

    @property
    def total(self) -> int:
        return sum(_value(e, self.role) or 0 for e in self.parts)

    @property
    def holds(self) -> bool:
        return self.stated == self.total

    @property
    def telling(self) -> bool:
        """Whether the sum says anything: 0 = 0 + 0 does not."""
        return self.stated > 0 or self.total > 0


def _value(entry: Entry, role: Role) -> int | None:
    return entry.denominator if role is Role.DENOMINATOR else entry.count


def grades(text: str) -> frozenset[int]:
    """The CTCAE grades that a column heading names; empty where it names none."""
    folded = plain(text)
    if match := _RANGE.fullmatch(folded):
        low, high = _grade(match[1]), _grade(match[2])
        return frozenset(range(low, high + 1))
    if match := _FROM.fullmatch(folded):
        low = _grade(match[1] or match[2]) + (folded.count(">") == 1 and "=" not in folded)
        return frozenset(range(low, 6))
    if match := _SINGLE.fullmatch(folded):
        return frozenset({_grade(match[1])})
    return frozenset()


def _grade(text: str) -> int:
    return _ROMAN[text] if text in _ROMAN else int(text)


def column_additions(reading: TableReading) -> Iterator[Addition]:
    """Arms against a total column, and grades against "all grades" within each arm."""
    data = [c for c in reading.columns if c.role == ColumnRole.DATA]
    by_sub: dict[str, list[Column]] = {}
    by_arm: dict[str, list[Column]] = {}
    for column in data:
        by_sub.setdefault(plain(column.sub), []).append(column)
        by_arm.setdefault(plain(column.arm) if column.sub else "", []).append(column)
    for sub, columns in by_sub.items():
        wholes = [c for c in columns if c.total]
        parts = [c for c in columns if not c.total]
        by_grade = all(grades(c.arm) for c in parts)
        if len(wholes) == 1 and len(parts) >= 2 and not by_grade and _may_add_up(wholes[0], parts):
            yield from _across(reading, f"arms {sub}", wholes[0], parts)
    for arm, columns in by_arm.items():
        wholes = [c for c in columns if says("columns_grades", "whole", c.sub or c.arm)]
        names = [c.sub or c.arm for c in columns if c not in wholes]
        parts = [c for c in columns if c not in wholes]
        by_grade = len(parts) >= 2 and all(grades(n) for n in names) and _disjoint(names)
        if len(wholes) == 1 and by_grade:
            yield from _across(reading, f"grades {arm}", wholes[0], parts)


def _may_add_up(whole: Column, parts: list[Column]) -> bool:
    """Whether the N of the columns do not forbid that the parts share out the whole."""
    stated = [c.stated.value for c in parts if c.stated is not None]
    if whole.stated is None or len(stated) < len(parts):
        return True
    return max(stated) <= whole.stated.value <= sum(stated)


def _disjoint(names: list[str]) -> bool:
    """Whether no two of the names overlap as grades, as a total within the parts would."""
    sets = [g for name in names if (g := grades(name))]
    return sum(len(g) for g in sets) == len(frozenset().union(*sets))


def _across(
    reading: TableReading, law: str, whole: Column, parts: list[Column]
) -> Iterator[Addition]:
    announced = any(e.percent is not None for e in reading.entries)
    for entries in reading.by_row().values():
        grades_of_n = law.startswith("grades") and entries[0].row.kind is RowKind.TOTAL_N
        if entries[0].row.kind not in (RowKind.COUNT, RowKind.TOTAL_N) or grades_of_n:
            continue
        if says("rows", "not_patients", entries[0].row.label):
            continue
        for part in sorted({e.part for e in entries}):
            here = {e.column: e for e in entries if e.part == part and e.count is not None}
            members = [here[c.index] for c in parts if c.index in here]
            complete = whole.index in here and len(members) == len(parts)
            if complete and not _average(here[whole.index], members, announced=announced):
                yield from _additions(f"{law} {part}", here[whole.index], members)


def _average(whole: Entry, parts: list[Entry], *, announced: bool) -> bool:
    """Whether bare numbers are an average and no sum: in a table of n (%) a total without a
    percentage that lies between its parts."""
    counts = [e.count or 0 for e in parts]
    bare = whole.percent is None and all(e.percent is None for e in parts)
    between = min(counts) <= (whole.count or 0) <= max(counts)
    return bare and between and (announced or min(counts) > 0)


def _additions(law: str, whole: Entry, parts: list[Entry]) -> Iterator[Addition]:
    yield Addition(f"{law} counts", whole, tuple(parts), Role.COUNT)
    if whole.denominator is not None and all(e.denominator is not None for e in parts):
        yield Addition(f"{law} denominators", whole, tuple(parts), Role.DENOMINATOR)


def cross_additions(reading: TableReading) -> Iterator[Addition]:
    """Cells of a row against the number of patients that the row prints for itself.

    Which columns share out the row is found by trial: the first two, three, ... columns of
    counts right of the row's total, as many as add up to it in most rows.
    """
    by_row = reading.by_row()
    for whole in (c for c in reading.columns if c.role == ColumnRole.ROW_TOTAL):
        right = [
            c
            for c in reading.columns
            if c.role == ColumnRole.DATA and c.index > whole.index and c.arm != whole.arm
        ]
        best: list[Addition] = []
        for size in range(2, len(right) + 1):
            found = list(_shared_out(by_row, whole, right[:size]))
            if sum(a.holds for a in found) > sum(a.holds for a in best):
                best = found
        yield from best


def _shared_out(
    by_row: dict[tuple[int, int], list[Entry]], whole: Column, parts: list[Column]
) -> Iterator[Addition]:
    for entries in by_row.values():
        here = {e.column: e for e in entries if e.part == 0 and e.count is not None}
        members = [here[c.index] for c in parts if c.index in here]
        if whole.index in here and len(members) == len(parts):
            yield Addition(f"cross {whole.index}", here[whole.index], tuple(members), Role.COUNT)


def row_additions(reading: TableReading) -> Iterator[Addition]:
    """A row "Total" against the rows above it, back to the previous total or heading."""
    counted = {e.row.key for e in reading.entries if e.count is not None}
    rows = [r for r in reading.rows if r.key in counted and r.kind == RowKind.COUNT]
    for at, total in enumerate(rows):
        if not says("rows", "total", total.label):
            continue
        members = []
        for row in reversed(rows[:at]):
            if says("rows", "total", row.label) or row.block != total.block:
                break
            members.append(row.key)
        if len(members) < 2:
            continue
        by_row = reading.by_row()
        for entry in by_row[total.key]:
            if entry.count is None:
                continue
            parts = [
                e
                for key in reversed(members)
                for e in by_row[key]
                if e.column == entry.column and e.part == entry.part and e.count is not None
            ]
            if len(parts) == len(members):
                yield from _additions(f"rows {total.index}", entry, parts)
