"""Writes synthetic papers as JATS, Markdown or text, and says where an error can be planted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.sax.saxutils import escape

from planting import Header, Slot
from synthetic_layouts import CUT, Box, Layout, Printed


def planted_places(tables: Sequence[Printed]) -> tuple[list[Slot], list[Header]]:
    """The slots and headers of the tables; ``element`` counts them from 0."""
    slots: list[Slot] = []
    headers: list[Header] = []
    element = 0
    for index, table in enumerate(tables):
        own = []
        for row, column, _, text, n, p, totals in table.slots:
            own.append(Slot((index, row, column), element, text, n, p, totals))
            element += 1
        slots += own
        for row, column, n, columns in table.stated:
            box = table.grid[row][column]
            text = box.text if box else ""
            at = text.rfind(str(n))
            under = tuple(s for s in own if s.key[2] in columns and s.totals == {n})
            if at >= 0 and len(under) >= 3:
                span = (at, at + len(str(n)))
                key = (index, row, column)
                headers.append(Header(key, element, text, span, frozenset(columns), under))
            element += 1
    return slots, headers


def changed(tables: Sequence[Printed], element: int, text: str) -> list[Printed]:
    """The tables with ``text`` in the cell (or two cells) of this element."""
    at = 0
    result = []
    for table in tables:
        grid = [list(row) for row in table.grid]
        cells = [(s[0], s[1], s[2]) for s in table.slots] + [(s[0], s[1], -1) for s in table.stated]
        if at <= element < at + len(cells):
            row, first, second = cells[element - at]
            pieces = text.split(CUT)
            for column, piece in zip((first, second), pieces, strict=False):
                box = grid[row][column]
                if box is not None:
                    grid[row][column] = replace(box, text=piece)
        at += len(cells)
        result.append(replace(table, grid=grid))
    return result


def document(tables: Sequence[Printed], paragraphs: Sequence[str], layout: Layout) -> str:
    """The paper in the format of the layout."""
    if layout.format == "jats":
        parts = [f"<p>{escape(p)}</p>" for p in paragraphs]
        parts += [_jats(i, table) for i, table in enumerate(tables, 1)]
        body = f"<sec><title>Results</title>{''.join(parts)}</sec>"
        return f"<article><body>{body}</body></article>"
    pipes = layout.format == "markdown"
    blocks = ["# Results" if pipes else "Results", *paragraphs]
    for i, table in enumerate(tables, 1):
        grid = "\n".join(_markdown(table) if pipes else _tabbed(table))
        blocks += [f"Table {i}. {table.title}", grid, *table.notes]
    return "\n\n".join(blocks) + "\n"


def _markdown(table: Printed) -> Iterator[str]:
    for r, row in enumerate(table.grid):
        cells = []
        for box in row:
            text = box.text if box else ""
            if box and box.bold:
                text = f"**{text}**"
            if box and box.depth:
                text = "&nbsp;" * 4 * box.depth + text
            cells.append(text + ("†" if box and box.mark else ""))
        yield "| " + " | ".join(cells) + " |"
        if r == 0:
            yield "|" + " --- |" * len(row)


def _tabbed(table: Printed) -> Iterator[str]:
    for row in table.grid:
        yield "\t".join(
            "  " * box.depth + box.text + ("†" if box.mark else "") if box else "" for box in row
        )


def _jats(index: int, table: Printed) -> str:
    rows = []
    for r, row in enumerate(table.grid):
        tag = "th" if r < table.header_rows else "td"
        cells = "".join(_jats_cell(box, tag) for box in row if box is not None)
        rows.append(f"<tr>{cells}</tr>")
    head = "".join(rows[: table.header_rows])
    body = "".join(rows[table.header_rows :])
    notes = "".join(f"<p>{escape(note)}</p>" for note in table.notes)
    foot = f"<table-wrap-foot>{notes}</table-wrap-foot>" if notes else ""
    caption = f"<label>Table {index}</label><caption><p>{escape(table.title)}</p></caption>"
    grid = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    return f'<table-wrap id="t{index}">{caption}{grid}{foot}</table-wrap>'


def _jats_cell(box: Box, tag: str) -> str:
    text = "<break/>".join(escape("\u2003" * box.depth + line) for line in box.text.split("\n"))
    text = f"<bold>{text}</bold>" if box.bold else text
    text += f"<sup>{box.mark}</sup>" if box.mark else ""
    span = f' colspan="{box.span}"' if box.span > 1 else ""
    tall = f' rowspan="{box.tall}"' if box.tall > 1 else ""
    return f"<{tag}{span}{tall}>{text}</{tag}>"
