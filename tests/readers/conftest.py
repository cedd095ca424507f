"""Small manuscripts for the readers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.document import Document, Table
from auditor.readers import read_document

Reader = Callable[[str], Document]
TableReader = Callable[[str], Table]


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, str], Document]:
    """Write a text under a name and read it as a manuscript."""

    def reader(name: str, content: str) -> Document:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8", newline="")
        document = read_document(path)
        check_offsets(document)
        return document

    return reader


@pytest.fixture
def jats(read: Callable[[str, str], Document]) -> Reader:
    """Read the body of a JATS article."""
    return lambda body: read("paper.nxml", f"<article><body>{body}</body></article>")


@pytest.fixture
def table(jats: Reader) -> TableReader:
    """Read the rows (and what else stands in a ``table``) as the only table of an article."""

    def reader(inner: str) -> Table:
        wrap = f"<table-wrap><label>Table 1</label><table>{inner}</table></table-wrap>"
        return jats(f"<sec><title>Results</title>{wrap}</sec>").tables[0]

    return reader


@pytest.fixture
def text(read: Callable[[str, str], Document]) -> Reader:
    """Read a plain-text manuscript."""
    return lambda content: read("paper.txt", content)


@pytest.fixture
def markdown(read: Callable[[str, str], Document]) -> Reader:
    """Read a Markdown manuscript."""
    return lambda content: read("paper.md", content)


def check_offsets(document: Document) -> None:
    """Every offset is true: the text that it points to is what the object shows."""
    for one in document.tables:
        assert 0 <= one.start <= one.end <= len(document.text)
        for cell in one.cells():
            assert document.text[cell.start : cell.end] == cell.text
            assert one.start <= cell.start <= cell.end <= one.end
        for note in one.footnotes:
            assert document.text[note.start : note.end] == note.text
        for r, row in enumerate(one.grid):
            assert len(row) == one.n_columns
            for c, cell in enumerate(row):
                assert cell.row <= r < cell.row + cell.row_span
                assert cell.column <= c < cell.column + cell.column_span
    for section in document.sections:
        for paragraph in section.paragraphs:
            shown = document.text[paragraph.start : paragraph.end]
            assert shown == shown.strip() != ""
