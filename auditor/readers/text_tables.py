"""The tables of a text document, with offsets that are true in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.document import Cell, Footnote, Table
from auditor.readers.grid import (
    MAX_CELLS,
    PADDED,
    TOO_LARGE,
    Layout,
    RawCell,
    fill_grid,
    lay_out,
)
from auditor.readers.headers import GUESSED, guess_header_rows
from auditor.readers.lines import Line
from auditor.readers.remnants import plain_text, runs_of
from auditor.readers.runs import compose, fold
from auditor.readers.text_captions import Caption, assign_captions
from auditor.readers.text_grids import TextGrid, fields, find_grids
from auditor.readers.text_notes import find_notes, read_notes

_WIDTHS = {"\u2003": 4, "\u2001": 4, "\u2002": 2, "\u2000": 2}
_BLANKS = {"&nbsp;": "\u00a0", "&emsp;": "\u2003", "&ensp;": "\u2002", "&#160;": "\u00a0"}


@dataclass(frozen=True, slots=True)
class TextTables:
    """The tables, the line each one begins at, and which lines are left to the running text."""

    tables: tuple[Table, ...]
    first_lines: tuple[int, ...]
    free: list[bool]


def read_tables(text: str, lines: Sequence[Line]) -> TextTables:
    """Find and read every table; ``Table.section`` is left to the caller."""
    grids = find_grids(lines)
    captions = assign_captions(lines, grids)
    free = [True] * len(lines)
    for grid, caption in zip(grids, captions, strict=True):
        _take(free, grid.first, grid.last)
        if caption:
            _take(free, caption.first, caption.last)
    tables, first_lines = [], []
    for i, (grid, caption) in enumerate(zip(grids, captions, strict=True)):
        cells, header_rows, warnings = _read_grid(text, lines, grid)
        below = max(grid.last, caption.last if caption else 0)
        stop = next((n for n in range(below, len(lines)) if not free[n]), len(lines))
        marks = {mark for row in cells for cell in row for mark in cell.marks}
        found, last = find_notes(lines, below, stop, marks)
        for block in found:
            _take(free, block.start, block.stop)
        first = min(grid.first, caption.first) if caption else grid.first
        tables.append(
            _table(
                text,
                lines,
                i,
                caption,
                cells,
                header_rows,
                warnings,
                read_notes(text, lines, found, marks),
                first,
                max(last, below),
            )
        )
        first_lines.append(first)
    return TextTables(tuple(tables), tuple(first_lines), free)


def _table(
    text: str,
    lines: Sequence[Line],
    index: int,
    caption: Caption | None,
    cells: tuple[tuple[Cell, ...], ...],
    header_rows: int,
    warnings: tuple[str, ...],
    footnotes: tuple[Footnote, ...],
    first: int,
    last: int,
) -> Table:
    shown = plain_text(text[caption.start : caption.end])[0] if caption else ""
    return Table(
        index=index,
        label=caption.label if caption else "",
        caption=" ".join(fold(shown).split()).strip("*_ "),
        grid=cells,
        header_rows=header_rows,
        footnotes=footnotes,
        warnings=warnings,
        start=lines[first].start,
        end=lines[last - 1].end,
        caption_start=caption.start if caption else lines[first].start,
    )


def _take(free: list[bool], first: int, last: int) -> None:
    free[first:last] = [False] * (last - first)


def _read_grid(
    text: str, lines: Sequence[Line], grid: TextGrid
) -> tuple[tuple[tuple[Cell, ...], ...], int, tuple[str, ...]]:
    row_lines = [lines[i] for i in grid.rows if not (lines[i].blank and "\t" not in lines[i].text)]
    separator = "|" if grid.pipes else "\t"
    if max(line.text.count(separator) for line in row_lines) * len(row_lines) > MAX_CELLS:
        return (), 0, (TOO_LARGE,)
    places = [fields(line, pipes=grid.pipes) for line in row_lines]
    width = max(map(len, places))
    while width > 1 and not any(
        len(row) == width and text[slice(*row[-1])].strip() for row in places
    ):
        places = [row[: width - 1] for row in places]
        width -= 1
    ragged = any(len(row) < width for row in places)
    rows = [
        [_cell(text, a, b, pipes=grid.pipes) for a, b in row]
        + [RawCell(start=line.end, end=line.end)] * (width - len(row))
        for row, line in zip(places, row_lines, strict=True)
    ]
    marked = sum(1 for i in grid.rows if grid.rule is not None and i < grid.rule)
    guessed = guess_header_rows([[cell.clean for cell in row] for row in rows])
    header_rows = max(marked, guessed)
    for row in rows[:marked]:
        row[:] = [replace(cell, header=True) for cell in row]
    warnings = [GUESSED] if header_rows > marked or not marked else []
    if ragged:
        warnings.append(PADDED)
    layout = lay_out(_with_header_spans(rows, header_rows))
    return _cells(layout), header_rows, tuple(dict.fromkeys((*warnings, *layout.warnings)))


def _cells(layout: Layout) -> tuple[tuple[Cell, ...], ...]:
    cells = [placed.cell(placed.raw.start, placed.raw.end) for placed in layout.placed]
    return fill_grid(cells, layout.n_rows, layout.n_columns)


def _cell(text: str, start: int, end: int, *, pipes: bool) -> RawCell:
    """The field from ``start`` to ``end``, blanks around it taken off."""
    raw = text[start:end]
    if not raw.strip():
        at = start if pipes else end - len(raw)
        return RawCell(start=at, end=at)
    inner = raw.lstrip()
    begin = end - len(inner)
    inner = inner.rstrip()
    composed = compose(runs_of(inner))
    return RawCell(
        text=inner,
        clean=composed.clean,
        marks=composed.marks,
        indent=_indent(raw, pipes=pipes),
        bold=composed.bold,
        start=begin,
        end=begin + len(inner),
    )


def _indent(raw: str, *, pipes: bool) -> int:
    """Leading blanks; in a pipe table plain blanks only pad, entities and wide blanks count."""
    depth = 0
    rest = raw
    while rest:
        entity = next((e for e in _BLANKS if rest.startswith(e)), None)
        ch = _BLANKS[entity] if entity else rest[0]
        if not ch.isspace():
            break
        depth += 0 if pipes and ch in " \t" else _WIDTHS.get(ch, 1)
        rest = rest[len(entity) if entity else 1 :]
    return depth


def _with_header_spans(rows: list[list[RawCell]], header_rows: int) -> list[list[RawCell]]:
    """A label spans the empty cells to its right where the header row below has its own labels."""
    covered = [bool(cell.clean) for cell in rows[header_rows - 1]] if header_rows else []
    result = list(rows)
    for r in range(header_rows - 2, -1, -1):
        spanned: list[RawCell] = []
        here = [bool(cell.clean) for cell in rows[r]]
        column = 0
        while column < len(rows[r]):
            cell = rows[r][column]
            end = column + 1
            if cell.clean and covered[column]:
                while end < len(rows[r]) and not rows[r][end].clean and covered[end]:
                    here[end] = True
                    end += 1
            spanned.append(replace(cell, column_span=end - column))
            column = end
        result[r] = spanned
        covered = here
    return result
