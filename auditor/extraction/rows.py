"""Rows: labels, headings and blocks, and what each row announces."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.document import Cell, Table
from auditor.extraction.lexicon import announced, fold, says
from auditor.extraction.places import cell_place, note_place
from auditor.extraction.reading import Column, ColumnRole, Row, RowKind, StatedN
from auditor.extraction.row_shapes import (
    blank_category,
    deeper_next,
    first_line_empty,
    is_subheader,
    label_cell,
    levels,
    line_count,
    no_data,
    outer_heading,
    row_kind,
)
from auditor.extraction.stated import stated_numbers
from auditor.printed import scan_numbers

_SPREADS = ("sd", "s.d", "se", "s.e", "sem", "min", "max", "range", "iqr")


@dataclass(frozen=True, slots=True)
class _Heading:
    label: str
    level: int
    bold: bool
    cell: Cell
    data: bool
    statistic: str


@dataclass(slots=True)
class _State:
    """Where the walk down the table stands: open headings and the number of the block."""

    stack: list[_Heading] = field(default_factory=list)
    block: int = 0
    counted: set[int] = field(default_factory=set)
    """Blocks in which rows of data were seen."""
    deeper: set[int] = field(default_factory=set)
    """Grid rows of headings under which deeper rows were seen."""
    statistic: str = ""
    """What the row of data above announced."""


def read_rows(
    table: Table, document: str, depth: int, columns: tuple[Column, ...]
) -> tuple[Row, ...]:
    """Every line of the table body, and the header rows, as ``Row``."""
    labels = [c.index for c in columns if c.role == ColumnRole.LABEL]
    depths = levels(table, depth, labels)
    rows = [Row(r, RowKind.HEADER) for r in range(depth)]
    state = _State()
    previous_data = False
    for r in range(depth, table.n_rows):
        label = label_cell(table, r, labels)
        outer = outer_heading(table, r, labels, label)
        if outer is not None:
            _open(state, outer, level=-1, data=False)
        level = depths.get(r, 0)
        if no_data(table, r, columns):
            if label is not None and not blank_category(table, r, depths):
                _open(state, label, level, data=False)
                kind = RowKind.HEADING
            else:
                kind = RowKind.OTHER
            rows.append(_row(table, document, r, kind, state, label, level))
            previous_data = False
            continue
        _close(state, table, r, label, level, previous_data)
        if label is not None and is_subheader(table, r, columns):
            _open(state, label, level, data=False)
            row = _row(table, document, r, RowKind.SUBHEADER, state, label, level)
            rows.append(row)
            previous_data = False
            continue
        if state.stack and level > state.stack[-1].level:
            state.deeper.add(state.stack[-1].cell.row)
        kind = row_kind(table, r, columns, label, seen=state.block in state.counted)
        if kind is RowKind.COUNT:
            state.counted.add(state.block)
        lines = line_count(table, r, columns, label)
        if lines > 1 and label is not None:
            state.block += 1
            headed = first_line_empty(table, r, columns)
            rows.extend(_line_rows(table, document, r, state, label, level, lines, headed=headed))
            state.block += 1
        else:
            rows.append(_row(table, document, r, kind, state, label, level))
            if label is not None and deeper_next(depths, r):
                _open(state, label, level, data=True)
        previous_data = True
    return tuple(rows)


def _open(state: _State, cell: Cell, level: int, *, data: bool) -> None:
    while state.stack and state.stack[-1].level >= level:
        state.stack.pop()
    label = fold(cell.clean)
    state.stack.append(_Heading(label, level, cell.bold, cell, data, _announced(label)))
    state.block += 1


def _close(
    state: _State, table: Table, row: int, label: Cell | None, level: int, previous_data: bool
) -> None:
    """Close the headings that a row of data does not stand under."""
    if label is None:
        return
    closed = False
    while state.stack:
        top = state.stack[-1]
        if top.level < 0:
            # A heading in an outer label column lasts while that column stays blank.
            outer = table.grid[row][top.cell.column]
            if outer is top.cell or outer.empty or outer is not label and not outer.bold:
                break
        elif (
            level > top.level
            or level == top.level
            and not top.data
            and top.cell.row not in state.deeper
            and not (label.bold == top.bold and top.bold and previous_data)
            and not (label.bold and not top.bold)
        ):
            break
        state.stack.pop()
        closed = True
    if closed:
        state.block += 1


def _line_rows(
    table: Table,
    document: str,
    row: int,
    state: _State,
    label: Cell,
    level: int,
    lines: int,
    *,
    headed: bool,
) -> list[Row]:
    words = label.lines
    above = len(words) > lines or headed
    heading = fold(words[0]) if above else fold(label.clean)
    own = words[1:] if len(words) > lines else words
    groups = (*(h.label for h in state.stack), heading)
    return [
        Row(
            index=row,
            kind=RowKind.COUNT,
            line=i,
            label=fold(own[i]),
            groups=groups,
            block=state.block,
            level=level,
            statistic=_announced(fold(own[i])),
            stated=_stated(table, document, state, label),
            headed=True,
            marked=True,
        )
        for i in range(headed, lines)
    ]


def _row(
    table: Table,
    document: str,
    row: int,
    kind: RowKind,
    state: _State,
    label: Cell | None,
    level: int,
) -> Row:
    text = fold(label.clean) if label is not None else ""
    groups = tuple(h.label for h in state.stack)
    statistic = _announced(text)
    if kind == RowKind.HEADING:
        groups = groups[:-1]
        state.statistic = ""
    else:
        statistic = statistic or _measured(text, state)
        state.statistic = statistic
    return Row(
        index=row,
        kind=kind,
        label=text,
        groups=groups,
        block=state.block,
        level=level,
        statistic=statistic or _inherited(state),
        stated=_stated(table, document, state, label),
        noted=_noted(table, document, label),
        headed=bool(state.stack),
        marked=_marked(state, label, level),
    )


def _marked(state: _State, label: Cell | None, level: int) -> bool:
    if label is None or not state.stack:
        return False
    top = state.stack[-1]
    return level > top.level or (top.bold and not label.bold)


def _announced(label: str) -> str:
    """What a row label announces; "No" is a category there, not a number."""
    said = announced(label)
    return "" if said == "n" else said


def _measured(label: str, state: _State) -> str:
    """A label that ends in a unit, or "SD" below a mean, announces a statistic too."""
    below = state.statistic == "statistic" and label.casefold().strip(" .±") in _SPREADS
    return "statistic" if below or says("announce", "measure", label) else ""


def _inherited(state: _State) -> str:
    for heading in reversed(state.stack):
        if heading.statistic:
            return heading.statistic
    return ""


def _noted(table: Table, document: str, label: Cell | None) -> tuple[StatedN, ...]:
    """Counts that the footnote of a label names: "* data of 26 patients"."""
    if label is None or not label.marks:
        return ()
    found = []
    for note in table.footnotes:
        if note.mark and note.mark in label.marks:
            place = note_place(document, table, note)
            numbers = [n.integer for n in scan_numbers(note.text)]
            found += [StatedN(n, "the footnote", place) for n in numbers if n and n > 1]
    return tuple(found)


def _stated(table: Table, document: str, state: _State, label: Cell | None) -> tuple[StatedN, ...]:
    """N stated in the row's label, else in the innermost heading that states any."""
    cells = [label] if label is not None else []
    cells += [h.cell for h in reversed(state.stack)]
    for cell in cells:
        numbers = stated_numbers(fold(cell.clean))
        if numbers:
            place = cell_place(document, table, cell)
            return tuple(StatedN(n, "the row label", place) for n in numbers)
    return ()
