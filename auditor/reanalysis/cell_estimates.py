"""Estimates of tables that name themselves in the cell, or whose P value stands in the cell or in
the row below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.document import Cell
from auditor.extraction.lexicon import fold, says
from auditor.extraction.places import cell_place
from auditor.extraction.reading import ColumnRole, TableReading
from auditor.finding import Place
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber, parse_number
from auditor.reanalysis.estimate import Estimate
from auditor.reanalysis.estimate_names import level_of, name_of
from auditor.reanalysis.p_words import of_something_else
from auditor.reanalysis.sentence_numbers import NUMBER
from auditor.reanalysis.words_of_tests import sides_named

_CELL = re.compile(
    rf"^(?P<name>[A-Za-z][A-Za-z ]{{1,30}}?)?[\s,:=]*(?P<value>{NUMBER})\s*%?\s*[,;]?\s*[(\[]?\s*"
    r"(?:(?P<level>9\d(?:\.\d+)?)\s?%\s*(?:C\.?I\.?|confidence interval))?[\s,:=]*"
    rf"(?P<lower>{NUMBER})\s?%?\s*(?:to|[-\u2010-\u2015]|,|;)\s*(?P<upper>{NUMBER})\s?%?\s*[)\]]?"
    r"(?:[\s,;]*[(\[]?(?P<test>[^\d()]{0,24}?)\b[pP][-\s]?(?:value)?\s*"
    r"(?P<p>(?:=|<\s?=?|>\s?=?|[≤≥])\s*(?:\d?[.,·]\d+|[01]))\s*[)\]]?)?$"
)


def estimates(manuscript: Manuscript) -> Iterator[Estimate]:
    """Every such estimate, in reading order."""
    for reading in manuscript.tables:
        document = manuscript.document.name
        headers = {row.index for row in reading.rows if row.kind == "header"}
        labels = {c.index for c in reading.columns if c.role is ColumnRole.LABEL}
        for cell in reading.table.cells():
            if cell.row in headers or cell.column in labels:
                continue
            text = " ".join(cell.clean.split())
            match = _CELL.match(text) if len(text) < 120 else None
            if match is not None and (made := _estimate(reading, cell, match, document)):
                yield made


def _estimate(
    reading: TableReading, cell: Cell, match: re.Match[str], document: str
) -> Estimate | None:
    label = fold(reading.table.grid[cell.row][0].clean)
    column = reading.columns[cell.column]
    own = match["name"] or ""
    names = (own, label, column.label)
    name = next((known for text in names if (known := name_of(text))), "")
    level = level_of(" ".join((match[0], label, column.label, reading.table.caption)))
    found = _own_p(reading, cell, match, document) or _beside(reading, cell, own, document)
    found = found or _below(reading, cell, label, document)
    if not name or level is None or found is None:
        return None
    p, place, said = found
    words = f"{said} {label}"
    numbers = [parse_number(match[part].replace("+", "")) for part in ("value", "lower", "upper")]
    value, lower, upper = numbers
    if value is None or lower is None or upper is None or of_something_else(words):
        return None
    general = " ".join((reading.table.caption, *(n.text for n in reading.table.footnotes)))
    return Estimate(
        name=name,
        value=value,
        lower=lower,
        upper=upper,
        p=p,
        p_place=place,
        places=(cell_place(document, reading.table, cell, row_label=label),),
        what=f"{reading.table.name}, {label or column.label}",
        level=level,
        claims=_claims(reading, {(cell.row, cell.column), (place.row, place.column)}),
        words=f"{words} {column.label} {general}",
        sides=sides_named(f"{words} {general}"),
    )


_Found = tuple[PrintedNumber, Place, str]


def _own_p(reading: TableReading, cell: Cell, match: re.Match[str], document: str) -> _Found | None:
    """The P value of the cell itself."""
    p = parse_number(match["p"].removeprefix("=").strip()) if match["p"] else None
    if p is None:
        return None
    return p, cell_place(document, reading.table, cell), match["test"] or ""


def _beside(reading: TableReading, cell: Cell, own: str, document: str) -> _Found | None:
    """The P value of the next column, for a cell that names its own estimate."""
    after = cell.column + cell.column_span
    if not name_of(own) or after >= len(reading.columns):
        return None
    column = reading.columns[after]
    if column.role is not ColumnRole.P_VALUE:
        return None
    return _number(reading, cell.row, after, document, column.label)


def _below(reading: TableReading, cell: Cell, label: str, document: str) -> _Found | None:
    """The P value of the row below, where the rows are labelled "HR (95% CI)" and "P value"."""
    row = cell.row + cell.row_span
    if not name_of(label) or row >= reading.table.n_rows:
        return None
    said = fold(reading.table.grid[row][0].clean)
    if not says("columns", "p_value", said) and not re.search(r"\b[pP](?:[- ]value)?$", said):
        return None
    beside = [
        other
        for other in reading.table.grid[row][1:]
        if not other.empty and parse_number(other.clean) is not None
    ]
    estimates = [
        other
        for other in reading.table.grid[cell.row][1:]
        if not other.empty and _CELL.match(" ".join(other.clean.split()))
    ]
    if len(set(beside)) == len(set(estimates)) == 1:
        return _number(reading, row, beside[0].column, document, said)
    return _number(reading, row, cell.column, document, said)


def _number(
    reading: TableReading, row: int, column: int, document: str, said: str
) -> _Found | None:
    cell = reading.table.grid[row][column]
    p = parse_number(cell.clean)
    if p is None or p.percent or not 0 <= p.value <= 1 or cell.row != row:
        return None
    return p, cell_place(document, reading.table, cell, row_label=said), said


def _claims(reading: TableReading, at: set[tuple[int | None, int | None]]) -> tuple[str, ...]:
    return tuple(
        claim
        for entry in reading.entries
        if (entry.row.index, entry.column) in at
        for claim in entry.claims
    )
