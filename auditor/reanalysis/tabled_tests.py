"""Columns of test statistics beside a column of P values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.extraction.lexicon import fold
from auditor.extraction.places import cell_place
from auditor.extraction.reading import Column, ColumnRole, Role, TableReading
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber, parse_number
from auditor.reanalysis.p_words import of_something_else
from auditor.reanalysis.reported_tests import ReportedTest
from auditor.reanalysis.words_of_tests import sides_named

_DF = (
    r"(?:\s*[(\[_]\s*(?:(?:df|d\.f\.)\s*=?\s*)?"
    r"(?P<df>\d+(?:\.\d+)?(?:\s*,\s*\d+(?:\.\d+)?)?|df)?\s*[)\]]?)?"
)
_NAMED = r"(?:[-\s]?(?:value|statistic|stat|score|test))?"
_HEADERS = (
    ("t", re.compile(rf"(?-i:t){_NAMED}{_DF}", re.IGNORECASE)),
    ("F", re.compile(rf"(?-i:F){_NAMED}{_DF}", re.IGNORECASE)),
    ("z", re.compile(r"z(?:[-\s]?(?:value|statistic|stat|test))?", re.IGNORECASE)),
    (
        "chi2",
        re.compile(
            rf"(?:pearson(?:['’]s)?\s)?(?:[χΧ]|chi|x)[-\s]?(?:\^?\{{?[2²]\}}?|squared?){_NAMED}{_DF}",
            re.IGNORECASE,
        ),
    ),
)
_DEGREES = re.compile(r"(?:df|d\.f\.|degrees of freedom)", re.IGNORECASE)


def in_columns(manuscript: Manuscript) -> Iterator[ReportedTest]:
    """Every row with a statistic in a column that is headed by its letter, and a P value."""
    for reading in manuscript.tables:
        found = [(c, *named) for c in reading.columns if (named := _named(c)) is not None]
        tests = [c for c in reading.columns if c.role is ColumnRole.P_VALUE]
        if len(found) != 1 or len(tests) != 1 or of_something_else(" ".join(tests[0].path)):
            continue
        column, kind, df = found[0]
        if 0 < tests[0].index - column.index <= 2:
            yield from _rows(manuscript, reading, column, tests[0], kind, df)


def _named(column: Column) -> tuple[str, tuple[PrintedNumber, ...]] | None:
    if not column.path:
        return None
    header = fold(column.path[-1])
    for kind, pattern in _HEADERS:
        if match := pattern.fullmatch(header):
            text = match.groupdict().get("df") or ""
            numbers = [parse_number(part) for part in text.split(",")] if text else []
            return kind, tuple(n for n in numbers if n is not None)
    return None


def _rows(
    manuscript: Manuscript,
    reading: TableReading,
    column: Column,
    test: Column,
    kind: str,
    df: tuple[PrintedNumber, ...],
) -> Iterator[ReportedTest]:
    degrees = next(
        (c for c in reading.columns if c.path and _DEGREES.fullmatch(fold(c.path[-1]))), None
    )
    for entries in reading.by_row().values():
        tested = next((e for e in entries if e.column == test.index and e.part == 0), None)
        p = tested.number(Role.P_VALUE) if tested is not None else None
        if tested is None or p is None or of_something_else(tested.row.path):
            continue
        cell = reading.table.grid[tested.row.index][column.index]
        value = parse_number(cell.clean)
        if value is None or value.percent or value.relation != "=" or cell.row_span > 1:
            continue
        own = df
        if degrees is not None and not own:
            parts = reading.table.grid[tested.row.index][degrees.index].clean.split(",")
            numbers = [parse_number(part) for part in parts]
            own = tuple(n for n in numbers if n is not None and n.value > 0)
        if kind == "F" and len(own) != 2:
            continue
        name = "χ2" if kind == "chi2" else kind
        shown = ", ".join((f"{name} = {value.text}", *(f"df = {d.text}" for d in own)))
        claims = [c for e in entries if e.column in (column.index, test.index) for c in e.claims]
        yield ReportedTest(
            kind,
            value,
            own if kind == "F" else own[:1],
            p,
            tested.place,
            (
                cell_place(
                    manuscript.document.name, reading.table, cell, row_label=tested.row.label
                ),
            ),
            shown,
            f"{reading.table.name}, {tested.row.path}",
            tuple(claims),
            f"{tested.row.path} {' '.join(test.path)} {reading.table.caption}",
            sides_named(" ".join((*test.path, reading.table.caption))),
        )
