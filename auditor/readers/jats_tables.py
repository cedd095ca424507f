"""The tables of a JATS article, written into the text of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from auditor.document import Cell, Footnote, Table
from auditor.readers.builder import TextBuilder
from auditor.readers.grid import MAX_CELLS, TOO_LARGE, Layout, fill_grid, lay_out
from auditor.readers.headers import GUESSED, guess_header_rows
from auditor.readers.jats_cells import RawRows, count_cells, read_rows
from auditor.readers.jats_inline import runs_in, text_of
from auditor.readers.notes import leading_mark, split_notes
from auditor.readers.runs import Run, compose
from auditor.readers.titles import label_at_start, normal_label
from auditor.readers.xml_safety import all_text, local_name

IMAGE_ONLY = "image only: the table has no cells to read"
NOT_READ = "table model not read (neither rows nor image)"
_WRAPS = ("table-wrap", "table-wrap-group")


@dataclass(frozen=True, slots=True)
class _Source:
    """One ``table-wrap`` (or a ``table`` that stands alone) with its grids."""

    element: etree._Element
    tables: tuple[etree._Element, ...]
    section: str


def read_tables(article: etree._Element, builder: TextBuilder) -> tuple[Table, ...]:
    """Every table of ``article`` in document order; a wrap with several gives several."""
    tables: list[Table] = []
    for source in _sources(article):
        tables.extend(_read_wrap(source, builder, len(tables)))
    return tuple(tables)


def _sources(article: etree._Element) -> Iterator[_Source]:
    for element in article.iter():
        name = local_name(element)
        if name == "table-wrap" or (name == "table" and not _inside(element, ("table-wrap",))):
            if _inside(element, ("table",)):
                continue
            yield _Source(element, tuple(_tables_of(element)), _section_title(element))


def _tables_of(wrap: etree._Element) -> Iterator[etree._Element]:
    """The ``table`` elements of a wrap; of alternatives the first, nested ones not."""
    if local_name(wrap) == "table":
        yield wrap
        return
    seen: set[etree._Element] = set()
    for table in wrap.iter():
        if local_name(table) != "table" or _inside(table, ("table",), until=wrap):
            continue
        choice = next((a for a in table.iterancestors() if local_name(a) == "alternatives"), None)
        if choice is not None:
            if choice in seen:
                continue
            seen.add(choice)
        yield table


def _inside(
    element: etree._Element, names: Sequence[str], until: etree._Element | None = None
) -> bool:
    for ancestor in element.iterancestors():
        if ancestor is until:
            return False
        if local_name(ancestor) in names:
            return True
    return False


def _section_title(element: etree._Element) -> str:
    for ancestor in element.iterancestors():
        if local_name(ancestor) == "sec":
            title = text_of(_child(ancestor, "title"))
            if title:
                return title
    return ""


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _read_wrap(source: _Source, builder: TextBuilder, index: int) -> list[Table]:
    wrap = source.element
    label, caption = _label_and_caption(wrap)
    printed = " ".join(part for part in (label, caption) if part)
    start, end = builder.block(printed)
    caption_start = end - len(caption)
    notes = _notes(wrap)
    references = _references(wrap)
    known = references | {mark for mark, _ in notes if mark}
    known |= {mark for _, text in notes for mark, _, _ in split_notes(text, references) if mark}
    grids = [
        (len(builder), *_read_grid(element, known, builder), len(builder))
        for element in source.tables
    ]
    if not grids:
        has_image = any(local_name(e) in ("graphic", "media") for e in wrap.iter())
        grids = [(start, (), 0, (IMAGE_ONLY if has_image else NOT_READ,), len(builder))]
    marks = known | {m for _, grid, _, _, _ in grids for row in grid for c in row for m in c.marks}
    footnotes = _write_notes(notes, marks, builder)
    return [
        Table(
            index=index + i,
            label=label,
            caption=caption,
            grid=grid,
            header_rows=header_rows,
            footnotes=footnotes,
            section=source.section,
            warnings=warnings,
            start=start if i == 0 else grid_start,
            end=len(builder) if i == len(grids) - 1 else grid_end,
            caption_start=caption_start,
        )
        for i, (grid_start, grid, header_rows, warnings, grid_end) in enumerate(grids)
    ]


def _label_and_caption(wrap: etree._Element) -> tuple[str, str]:
    label = normal_label(text_of(_child(wrap, "label")))
    caption = _caption(wrap)
    group = wrap.getparent()
    if group is not None and local_name(group) == "table-wrap-group":
        label = label or normal_label(text_of(_child(group, "label")))
        caption = caption or _caption(group)
    if not label and (found := label_at_start(caption)):
        label, caption = found[0], caption[found[1] :].lstrip(" .:|–—-")
    return label, caption


def _caption(wrap: etree._Element) -> str:
    caption = _child(wrap, "caption")
    if caption is None:
        return ""
    runs = [text_of(child) for child in caption if local_name(child) in ("title", "p")]
    return " ".join(filter(None, runs)) or text_of(caption)


def _read_grid(
    element: etree._Element, known: set[str], builder: TextBuilder
) -> tuple[tuple[tuple[Cell, ...], ...], int, tuple[str, ...]]:
    """The grid of one ``table``, its header rows and warnings."""
    if count_cells(element) > MAX_CELLS:
        return (), 0, (TOO_LARGE,)
    raw = read_rows(element, known)
    layout = lay_out(raw.rows, raw.group_ends)
    warnings = layout.warnings
    if not layout.n_rows:
        return (), 0, warnings or (NOT_READ,)
    header_rows = raw.head_rows
    if not header_rows:
        header_rows = _guess(raw, layout)
        warnings = (GUESSED, *warnings)
    return _write_grid(layout, builder), header_rows, warnings


def _guess(raw: RawRows, layout: Layout) -> int:
    """Leading rows of ``th`` cells, or else rows that carry no values."""
    count = 0
    for row in raw.rows[:-1]:
        if not row or not all(cell.header for cell in row):
            break
        count += 1
    if count:
        return count
    texts = [[""] * layout.n_columns for _ in range(layout.n_rows)]
    for placed in layout.placed:
        texts[placed.row][placed.column] = placed.raw.clean
    return guess_header_rows(texts)


def _write_grid(layout: Layout, builder: TextBuilder) -> tuple[tuple[Cell, ...], ...]:
    """Cells row by row, tabs between columns; a position covered by a span stays empty."""
    cells = []
    row = column = 0
    builder.add("\n")
    for placed in layout.placed:
        if placed.row > row:
            builder.add("\n" * (placed.row - row))
            row, column = placed.row, 0
        builder.add("\t" * (placed.column - column))
        column = placed.column
        cells.append(placed.cell(*builder.add(placed.raw.text)))
    return fill_grid(cells, layout.n_rows, layout.n_columns)


def _notes(wrap: etree._Element) -> list[tuple[str, str]]:
    """The paragraphs under the table as (mark of the label or "", text)."""
    notes: list[tuple[str, str]] = []
    for foot in wrap:
        if local_name(foot) != "table-wrap-foot":
            continue
        for element in foot.iter():
            name = local_name(element)
            if name == "fn":
                label = (
                    compose(runs_in(label_of)).text
                    if ((label_of := _child(element, "label")) is not None)
                    else ""
                )
                texts = [_note_text(p) for p in element if local_name(p) == "p"]
                _append_note(notes, label.lstrip("^").strip(" .:)("), " ".join(filter(None, texts)))
            elif name in ("p", "attrib") and not _inside(element, ("fn", "p"), until=foot):
                _append_note(notes, "", _note_text(element))
    return notes


def _note_text(paragraph: etree._Element) -> str:
    """The paragraph, with a blank between a raised mark and the word glued to it."""
    runs: list[Run] = []
    before = ""
    for run in runs_in(paragraph):
        glued = bool(runs) and runs[-1].raised and not run.raised and run.text[:1].isalnum()
        if glued and before.strip()[-1:] in ("", ".", ";", ","):
            runs.append(Run(" "))
        runs.append(run)
        if not run.raised:
            before = run.text
    return compose(runs).text.replace("\n", " ")


def _append_note(notes: list[tuple[str, str]], mark: str, text: str) -> None:
    if mark:
        text = text.lstrip(" :.)")
    if text or mark:
        notes.append((mark or leading_mark(text, ()), text))


def _references(wrap: etree._Element) -> set[str]:
    """The marks that cells print as references to footnotes."""
    return {
        text
        for xref in wrap.iter()
        if local_name(xref) == "xref"
        and xref.get("ref-type") in ("table-fn", "fn")
        and (text := all_text(xref).strip())
    }


def _write_notes(
    notes: list[tuple[str, str]], marks: set[str], builder: TextBuilder
) -> tuple[Footnote, ...]:
    footnotes = []
    for label, text in notes:
        for mark, start, end in split_notes(text, marks):
            builder.add("\n")
            own = mark or (label if start == 0 else "")
            if own:
                builder.add(f"{own} ")
            footnotes.append(Footnote(own, text[start:end], *builder.add(text[start:end])))
    return tuple(footnotes)
