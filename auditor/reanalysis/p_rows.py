"""Rows of P values: tables whose rows are the groups and whose columns are what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.extraction.describe import places
from auditor.extraction.judged import TableJudgement
from auditor.extraction.lexicon import fold, says
from auditor.extraction.reading import Column, ColumnRole, Entry, Row, RowKind
from auditor.reanalysis.compared import TIMED, ComparedCounts
from auditor.reanalysis.denominators import Denominators
from auditor.reanalysis.naming import OF_COUNTS, named_tests
from auditor.reanalysis.p_columns import SAME_PATIENTS, notes_of, of_counts

_P = re.compile(r"p(?:[-\s]?values?)?", re.IGNORECASE)
_STATISTIC = re.compile(
    r"(?:χ|[xX])\s?\^?\{?[2²]\}?|(?:χ|[xX])[2²]?(?:\s?[/,]\s?[tFzZ])?|[tFzZU](?:[-\s]values?)?|"
    r"chi-?squared?|(?:test )?statistics?",
    re.IGNORECASE,
)


def p_rows(judgement: TableJudgement, of: Denominators) -> Iterator[ComparedCounts]:
    """Every P value of a row named "P" that stands below the counts of two groups or more."""
    reading = judgement.reading
    if any(c.role is ColumnRole.P_VALUE for c in reading.columns):
        return
    by_row = reading.by_row()
    above: list[Row] = []
    for row in reading.rows:
        label = fold(row.label)
        if row.kind in (RowKind.HEADING, RowKind.HEADER, RowKind.SUBHEADER):
            above = []
        elif _P.fullmatch(label):
            entries = by_row.get(row.key, [])
            if len(entries) >= 2:
                yield from _of_row(judgement, of, entries, above, by_row)
            above = []
        elif row.kind is RowKind.COUNT and not (
            _STATISTIC.fullmatch(label) or says("rows", "total", label)
        ):
            above.append(row)


def _of_row(
    judgement: TableJudgement,
    of: Denominators,
    entries: Sequence[Entry],
    above: Sequence[Row],
    by_row: dict[tuple[int, int], list[Entry]],
) -> Iterator[ComparedCounts]:
    reading = judgement.reading
    if sum(bool(SAME_PATIENTS.search(r.label)) for r in above) >= 2 or len(above) < 2:
        return
    for entry in entries:
        column = reading.columns[entry.column]
        numbers = [number for _, number in entry.numbers]
        cell = reading.table.grid[entry.row.index][entry.column]
        notes = notes_of(reading.table, [cell])
        if len(numbers) != 1 or not 0 <= numbers[0].value <= 1 or not of_counts(notes):
            continue
        own = [e for r in above for e in by_row.get(r.key, []) if e.column == entry.column]
        lines = [line for e in own if e.part == 0 if (line := _line(of, e)) is not None]
        if column.role is ColumnRole.DATA and len(lines) == len(above):
            yield _compared(reading.table.name, column, entry, own, tuple(lines), notes)


def _line(of: Denominators, entry: Entry) -> tuple[int, int] | None:
    found = of.of(entry)
    if entry.count is None or len(found.values) != 1 or found.doubt:
        return None
    n = found.values[0]
    return (entry.count, n - entry.count) if entry.count <= n else None


def _compared(
    table: str,
    column: Column,
    entry: Entry,
    own: Sequence[Entry],
    counts: tuple[tuple[int, int], ...],
    notes: Sequence[str],
) -> ComparedCounts:
    label = column.label or "counts"
    doubt = "the P value may be of two of the groups" if len(own) > 2 else ""
    if says("text", "timed", label) and not doubt:
        doubt = TIMED
    tests = named_tests(" ".join(notes)) & OF_COUNTS
    return ComparedCounts(
        p=entry.numbers[0][1],
        p_place=entry.place,
        tables=(counts,),
        groups=tuple(e.row.label for e in own),
        categories=(label, "others"),
        what=f"{table}, {label}",
        places=places(*own),
        claims=tuple(dict.fromkeys((*entry.claims, *(c for e in own for c in e.claims)))),
        certain=not doubt,
        doubt=doubt,
        test=next(iter(tests)) if len(tests) == 1 else "",
    )
