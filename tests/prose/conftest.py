"""Small manuscripts for the reading of running text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.document import Document
from auditor.readers import read_document

Reader = Callable[[str], Document]


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, str], Document]:
    """Write a text under a name and read it as a manuscript."""

    def reader(name: str, content: str) -> Document:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8", newline="")
        return read_document(path)

    return reader


@pytest.fixture
def jats(read: Callable[[str, str], Document]) -> Reader:
    """Read the body of a JATS article."""
    return lambda body: read("paper.nxml", f"<article><body>{body}</body></article>")


@pytest.fixture
def text(read: Callable[[str, str], Document]) -> Reader:
    """Read a plain-text manuscript."""
    return lambda content: read("paper.txt", content)
