"""The rows and cells of one JATS (XHTML) table element."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import takewhile

from lxml import etree

from auditor.readers.grid import RawCell
from auditor.readers.jats_inline import runs_in
from auditor.readers.runs import compose
from auditor.readers.xml_safety import all_text, local_name

_PADDING = re.compile(
    r"(?:padding-left|text-indent|margin-left)\s*:\s*(\d+(?:\.\d+)?)\s*(em|ex|ch|px|pt|mm|cm|in)?",
    re.IGNORECASE,
)
_FOUR_PADDINGS = re.compile(
    r"padding\s*:\s*\S+\s+\S+\s+\S+\s+(\d+(?:\.\d+)?)(em|px|pt)?", re.IGNORECASE
)
_INDENT_TYPE = re.compile(r"indent\D{0,2}(\d?)", re.IGNORECASE)
_UNITS = {"em": 4, "ex": 2, "ch": 2, "mm": 3, "cm": 28, "in": 72}
_STEP = 4  # one level of a list or of a named indentation, in the width of blanks
_WIDTHS = {"\u2003": 4, "\u2001": 4, "\u2002": 2, "\u2000": 2, "\t": 4, "\u3000": 4}
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class RawRows:
    """Rows as they stand: ``group_ends[r]`` is the row after the row group of row ``r``.

    ``head_rows`` is 0 where the table has no ``thead``.
    """

    rows: tuple[tuple[RawCell, ...], ...]
    group_ends: tuple[int, ...]
    head_rows: int


def read_rows(table: etree._Element, known: Collection[str]) -> RawRows:
    """The rows of ``table``, a ``tfoot`` last; ``known`` are the marks of its footnotes."""
    groups = _groups(table)
    rows: list[list[RawCell]] = []
    layout_blanks: list[list[int | None]] = []
    ends: list[int] = []
    head_rows = 0
    for in_head, elements in groups:
        ends.extend([len(rows) + len(elements)] * len(elements))
        for tr in elements:
            cells = [td for td in tr if local_name(td) in ("td", "th")]
            rows.append([_cell(td, in_head, known) for td in cells])
            layout_blanks.append([_layout_blanks(_leading_space(td)) for td in cells])
        if in_head and head_rows == len(rows) - len(elements):
            head_rows = len(rows)
    if rows and head_rows == len(rows):
        head_rows = 0  # everything in the head says nothing about where the body begins
    _indent_by_layout(rows, layout_blanks, head_rows)
    return RawRows(tuple(map(tuple, rows)), tuple(ends), head_rows)


def count_cells(table: etree._Element) -> int:
    """How many cell elements stand in ``table``; cheap, to refuse giants before reading them."""
    return sum(1 for e in table.iter() if local_name(e) in ("td", "th"))


def _groups(table: etree._Element) -> list[tuple[bool, list[etree._Element]]]:
    groups: list[tuple[bool, list[etree._Element]]] = []
    feet: list[tuple[bool, list[etree._Element]]] = []
    bare: list[etree._Element] = []
    for child in table:
        name = local_name(child)
        if name == "tr":
            if not bare:
                groups.append((False, bare))
            bare.append(child)
        elif name in ("thead", "tbody", "tfoot"):
            bare = []
            group = (name == "thead", [tr for tr in child if local_name(tr) == "tr"])
            (feet if name == "tfoot" else groups).append(group)
    return groups + feet


def _cell(td: etree._Element, in_head: bool, known: Collection[str]) -> RawCell:
    composed = compose(runs_in(td), known)
    return RawCell(
        text=composed.text,
        clean=composed.clean,
        marks=composed.marks,
        indent=_indent(td) if composed.text else 0,
        bold=composed.bold,
        header=in_head or local_name(td) == "th",
        row_span=_span(td.get("rowspan")),
        column_span=max(1, _span(td.get("colspan"))),
    )


def _span(value: str | None) -> int:
    try:
        return max(0, int(value)) if value is not None and len(value) < 9 else 1
    except ValueError:
        return 1


def _leading_space(td: etree._Element) -> str:
    """The white space before the first visible character, through all nested elements."""
    space = ""
    for piece in map(str, td.itertext()):
        leading = "".join(takewhile(lambda ch: ch.isspace() or ch in _ZERO_WIDTH, piece))
        space += leading
        if len(leading) < len(piece):
            break
    return space


def _indent(td: etree._Element) -> int:
    """Depth of leading blanks, list nesting and style; blanks after a line end are layout."""
    space = _leading_space(td)
    if "\n" in space:
        space = "".join(ch for ch in space if ch not in " \t\r\n")
    depth = sum(_WIDTHS.get(ch, 0 if ch in _ZERO_WIDTH else 1) for ch in space)
    depth += _declared(td)
    for element in td.iter():
        name = local_name(element)
        if name == "list-item" and _is_first(element, td):
            depth += _STEP
        elif name in ("p", "styled-content", "named-content") and _is_first(element, td):
            depth += _declared(element)
    return depth


def _is_first(element: etree._Element, td: etree._Element) -> bool:
    """Whether nothing visible stands before ``element`` within ``td``."""
    while element is not td:
        for before in element.itersiblings(preceding=True):
            if all_text(before).strip() or (before.tail or "").strip():
                return False
        parent = element.getparent()
        if parent is None or (parent.text or "").strip():
            return False
        element = parent
    return True


def _declared(element: etree._Element) -> int:
    depth = 0
    style = element.get("style")
    if style:
        match = _PADDING.search(style) or _FOUR_PADDINGS.search(style)
        if match:
            depth += int(float(match[1]) * _UNITS.get((match[2] or "px").lower(), 1))
    named = _INDENT_TYPE.search(
        " ".join(filter(None, (element.get("content-type"), element.get("style-type"))))
    )
    if named:
        depth += _STEP * int(named[1] or 1)
    return depth


def _layout_blanks(space: str) -> int | None:
    """Blanks after the last line end of the leading space, or None where it holds none."""
    return len(space.rpartition("\n")[2]) if "\n" in space else None


def _indent_by_layout(
    rows: list[list[RawCell]], layout_blanks: list[list[int | None]], head_rows: int
) -> None:
    """Blanks after a line end count only where all stubs have them, and in different numbers."""
    stubs = [r for r in range(head_rows, len(rows)) if rows[r] and rows[r][0].text]
    blanks = [layout_blanks[r][0] for r in stubs]
    numbers = [n for n in blanks if n is not None]
    if len(numbers) < 2 or len(numbers) < len(blanks) or len(set(numbers)) < 2:
        return
    least = min(numbers)
    for r, number in zip(stubs, numbers, strict=True):
        stub = rows[r][0]
        rows[r][0] = replace(stub, indent=stub.indent + number - least)
