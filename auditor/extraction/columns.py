"""Header rows and columns: which column is which arm, with what N, holding what."""

from __future__ import annotations

import re
from dataclasses import replace

from auditor.document import Cell, Table
from auditor.extraction.cells import roles_of, split_parts
from auditor.extraction.lexicon import announced, fold, says
from auditor.extraction.places import cell_place
from auditor.extraction.reading import Column, ColumnRole, StatedN
from auditor.extraction.stated import stated_numbers, without_stated
from auditor.printed import missing_kind, parse_number


def header_depth(table: Table) -> int:
    """How many leading rows are header rows: those marked, and header-like rows below them."""
    depth = min(table.header_rows, table.n_rows)
    while depth < table.n_rows and depth < table.header_rows + 3:
        if not header_like(table, depth):
            break
        depth += 1
    return depth


def header_like(table: Table, row: int) -> bool:
    """Whether a body row goes on with the header: it names columns and holds no data."""
    cells = _own(table, row)
    others = [cell for cell in cells if cell.column > 0 and not cell.empty]
    if not others:
        return False
    return all(_names_column(cell.clean) for cell in others)


def _names_column(text: str) -> bool:
    text = fold(text)
    if re.search(r"\d\s*[%％]", text):
        return False
    if stated_numbers(text) and not without_stated(text):
        return True
    if announced(text) in ("n (%)", "% (n)", "n/N", "%", "n") and len(text) < 25:
        return True
    lowered = text.lower()
    return (
        says("columns", "p_value", text)
        or lowered.startswith(("grade", "all grade", "any grade", "all patient"))
        or bool(stated_numbers(text) and len(without_stated(text)) > 2)
    )


def _own(table: Table, row: int) -> list[Cell]:
    return [cell for c, cell in enumerate(table.grid[row]) if cell.column == c]


def label_columns(table: Table, depth: int) -> int:
    """How many leading columns hold row labels (at least 1; Lancet tables have 2)."""
    count = 1
    while count < min(3, table.n_columns - 1) and _is_label_column(table, depth, count):
        count += 1
    return count


def _is_label_column(table: Table, depth: int, column: int) -> bool:
    header = " ".join(
        fold(table.grid[r][column].clean)
        for r in range(depth)
        if table.grid[r][column].column == column
    ).strip()
    if stated_numbers(header) or announced(header) or says("columns", "total", header):
        return False
    own = [
        table.grid[r][column]
        for r in range(depth, table.n_rows)
        if table.grid[r][column].column == column and not table.grid[r][column].empty
    ]
    if not own or any(_composite(cell) for cell in own):
        return False
    beside_blank = sum(
        table.grid[cell.row][column - 1].empty or table.grid[cell.row][column - 1].row_span > 1
        for cell in own
    )
    words = sum(not any(ch.isdigit() for ch in cell.clean) for cell in own)
    if words == len(own) and not any(missing_kind(c.clean) for c in own):
        return True
    return beside_blank >= 0.3 * len(own) and (not header or words >= 0.3 * len(own) or column == 1)


def _composite(cell: Cell) -> bool:
    return any("(" in part.shape and roles_of(part, "n (%)") for part in split_parts(cell.clean))


def read_columns(table: Table, document: str, depth: int, labels: int) -> tuple[Column, ...]:
    """One ``Column`` for every column of the grid.

    Args:
        table: the table.
        document: name of the document, for places.
        depth: number of header rows, from ``header_depth``.
        labels: number of label columns, from ``label_columns``.
    """
    paths = [_path(table, depth, c) for c in range(table.n_columns)]
    named = [[name for cell in path if (name := _name(table, cell))] for path in paths]
    common = _common([names for names in named[labels:] if names])
    columns = []
    for c in range(table.n_columns):
        texts = tuple(fold(cell.clean) for cell in paths[c])
        if c < labels:
            columns.append(Column(c, ColumnRole.LABEL, texts))
            continue
        names = [n for n in named[c] if n not in common]
        stated = _stated(paths[c], document, table)
        arm, sub = _arm(names, stated)
        columns.append(
            Column(
                index=c,
                role=_role(texts),
                path=texts,
                arm=arm,
                sub=sub,
                stated=stated,
                total=any(says("columns", "total", n) for n in names[:1]),
                statistic=_statistic(texts),
            )
        )
    return _totals_among(_row_totals(_partners(tuple(columns))))


def _totals_among(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A column is a total only beside others: a lone column "All (N = 60)" is an arm."""
    arms = {c.arm for c in columns if c.role is ColumnRole.DATA and not c.total}
    return columns if arms else tuple(replace(c, total=False) for c in columns)


def _name(table: Table, cell: Cell) -> str:
    """What a header cell names; "" for a bare number of patients."""
    if parse_number(cell.clean) is not None and _labels_n(table, cell.row):
        return ""
    return without_stated(cell.clean)


def _arm(names: list[str], stated: StatedN | None) -> tuple[str, str]:
    """Arm and sub-column: the arm is the heading that states the N, else the topmost."""
    if not names:
        return "", ""
    at = 0
    if stated is not None:
        own = without_stated(stated.place.quote)
        at = names.index(own) if own in names else 0
    return names[at], " / ".join(names[at + 1 :])


def _path(table: Table, depth: int, column: int) -> list[Cell]:
    path: list[Cell] = []
    for row in range(depth):
        cell = table.grid[row][column]
        if not cell.empty and cell not in path:
            path.append(cell)
    return path


def _common(named: list[list[str]]) -> set[str]:
    """Header texts that stand over every data column: they tell nothing apart."""
    if len(named) < 2:
        return set()
    return set(named[0]).intersection(*named[1:])


def _role(texts: tuple[str, ...]) -> ColumnRole:
    for text in reversed(texts):
        if says("columns", "p_value", without_stated(text) or text):
            return ColumnRole.P_VALUE
        if announced(text) in ("n (%)", "% (n)", "n/N"):
            return ColumnRole.DATA
        if says("columns", "estimate", text) and not stated_numbers(text):
            return ColumnRole.ESTIMATE
    return ColumnRole.DATA


def _statistic(texts: tuple[str, ...]) -> str:
    for text in reversed(texts):
        if said := announced(text):
            return said
    return ""


def _stated(path: list[Cell], document: str, table: Table) -> StatedN | None:
    for cell in reversed(path):
        numbers = stated_numbers(fold(cell.clean))
        number = parse_number(cell.clean)
        if number is not None and number.integer and _labels_n(table, cell.row):
            numbers = (number.integer,)
        if len(numbers) == 1:
            source = "the column header" if cell.row == 0 else "the lower header row"
            return StatedN(numbers[0], source, cell_place(document, table, cell))
    return None


def _labels_n(table: Table, row: int) -> bool:
    """Whether the first cell of a header row says that the row holds numbers of patients."""
    return says("rows", "total_n", table.grid[row][0].clean)


def _partners(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Tie a column of percentages to the column of counts on its left."""
    found = list(columns)
    for left, right in zip(columns, columns[1:], strict=False):
        if (
            left.role == ColumnRole.DATA
            and right.role == ColumnRole.DATA
            and right.statistic == "%"
            and left.statistic != "%"
            and (left.arm == right.arm or not right.arm)
            and found[left.index].partner is None
        ):
            found[left.index] = replace(found[left.index], partner=right.index)
            found[right.index] = replace(
                found[right.index], role=ColumnRole.PERCENT, partner=left.index, arm=left.arm
            )
    return tuple(found)


def _row_totals(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Mark columns that print the number of patients of each row."""
    found = list(columns)
    for column in columns:
        last = without_stated(column.path[-1]) or column.path[-1] if column.path else ""
        if (
            column.role == ColumnRole.DATA
            and column.partner is None
            and says("columns", "row_total", last)
            and column.statistic in ("", "n")
        ):
            found[column.index] = replace(column, role=ColumnRole.ROW_TOTAL)
    return tuple(found)
