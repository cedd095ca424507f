"""Places of cells, for claims and findings."""

from __future__ import annotations

from auditor.document import Cell, Footnote, Table
from auditor.extraction.lexicon import fold
from auditor.finding import Place


def cell_place(
    document: str,
    table: Table,
    cell: Cell,
    *,
    row_label: str | None = None,
    column_label: str | None = None,
    line: int | None = None,
    row: int | None = None,
    column: int | None = None,
) -> Place:
    """The place of a cell; ``row`` and ``column`` say which position of a spanning cell."""
    return Place(
        input=document,
        kind="cell",
        quote=fold(cell.text),
        section=table.section or None,
        table=table.name,
        table_index=table.index,
        row=cell.row if row is None else row,
        column=cell.column if column is None else column,
        row_label=row_label,
        column_label=column_label,
        line=line,
        start=cell.start,
        end=cell.end,
    )


def caption_place(document: str, table: Table) -> Place:
    """The place of a table's caption."""
    return _text_place(document, table, table.caption, table.caption_start)


def note_place(document: str, table: Table, note: Footnote) -> Place:
    """The place of a footnote."""
    return _text_place(document, table, note.text, note.start)


def _text_place(document: str, table: Table, quote: str, start: int) -> Place:
    return Place(
        input=document,
        kind="text",
        quote=quote,
        section=table.section or None,
        table=table.name,
        table_index=table.index,
        start=start,
        end=start + len(quote),
    )
