"""A manuscript as read: text with its sections, and tables as true grids.

Every reader in ``auditor.readers`` ends here, and everything after the readers
starts here. Offsets are positions in ``Document.text``, counted in characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, at its origin in the expanded grid.

    Attributes:
        row, column: 0-based origin in the expanded grid (header rows included).
        row_span, column_span: extent in the expanded grid, at least 1.
        text: as shown: white space folded, line breaks kept as ``\\n``, superscripts
            that are letters or digits written ``^x`` ("UICC stage^18").
        clean: ``text`` without footnote marks: what numbers and labels are read from.
            An exponent ("10^9") stays.
        marks: the footnote marks that were taken off, in order ("*", "18").
        indent: depth of leading space, in the units of the input; compare, don't add.
        bold: whether all of the visible text is bold or strong.
        header: whether the input marks the cell as a header (``th``, ``thead``).
        start, end: offsets in ``Document.text``.
    """

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str = ""
    clean: str = ""
    marks: tuple[str, ...] = ()
    indent: int = 0
    bold: bool = False
    header: bool = False
    start: int = 0
    end: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is printed in the cell."""
        return not self.clean.strip()

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of ``clean``, without the empty ones at the end."""
        return tuple(self.clean.rstrip("\n").split("\n"))


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note under a table; ``mark`` is empty for a general note."""

    mark: str
    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a true grid.

    Attributes:
        index: 0-based position among the tables of the document.
        label: the printed label ("Table 1"), or "" where there is none.
        caption: the caption without the label.
        grid: rows of equal length; a position inside a span holds the spanning cell itself.
        header_rows: how many leading rows the input marks as header (or the reader guesses).
        footnotes: notes under the table.
        section: title of the section the table stands in, or "".
        warnings: what a person should know about the reading ("header rows guessed").
        start, end: offsets in ``Document.text`` of the whole table.
        caption_start: offset of the caption.
    """

    index: int
    label: str
    caption: str
    grid: tuple[tuple[Cell, ...], ...]
    header_rows: int
    footnotes: tuple[Footnote, ...] = ()
    section: str = ""
    warnings: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    caption_start: int = 0

    @property
    def n_rows(self) -> int:
        return len(self.grid)

    @property
    def n_columns(self) -> int:
        return len(self.grid[0]) if self.grid else 0

    @property
    def name(self) -> str:
        """The printed label, or a stand-in that says which table is meant."""
        return self.label or f"table {self.index + 1} (no label)"

    def cells(self) -> Iterator[Cell]:
        """Every cell once, in reading order."""
        for r, row in enumerate(self.grid):
            for c, cell in enumerate(row):
                if cell.row == r and cell.column == c:
                    yield cell


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of running text: ``Document.text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the running text.

    ``kind`` is one of ``abstract, introduction, methods, results, discussion,
    conclusion, references, other``; a subsection has the kind of its parent
    unless its own title says otherwise.
    """

    kind: str
    title: str
    level: int
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A manuscript as read.

    Attributes:
        name: file name without folders.
        kind: ``jats``, ``text`` or ``markdown``.
        text: all that was read, one string: for text formats the decoded file itself.
        title: title of the paper, or "".
        sections, tables: in reading order.
        sha256: of the bytes of the input.
        warnings: what a person should know about the reading.
    """

    name: str
    kind: str
    text: str
    title: str = ""
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    sha256: str = ""
    warnings: tuple[str, ...] = field(default=())
