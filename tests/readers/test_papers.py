"""Real papers, where a folder of them is named: every cell that the truth names is there.

``AUDITOR_PAPERS`` names a folder with JATS articles and, beside them, truth files of the same
name in JSON, whose ``locations`` give table, row, column and cell.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.readers import read_document

FOLDER = os.environ.get("AUDITOR_PAPERS", "")
PAPERS = sorted(Path(FOLDER).rglob("*.*xml")) if FOLDER else []

pytestmark = pytest.mark.skipif(not PAPERS, reason="AUDITOR_PAPERS names no folder of papers")


def locations(node: Any) -> Iterator[dict[str, Any]]:
    """Every location within a truth file."""
    if isinstance(node, dict):
        if "where" in node:
            yield node
        for value in node.values():
            yield from locations(value)
    elif isinstance(node, list):
        for value in node:
            yield from locations(value)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_paper(path: Path) -> None:
    started = time.perf_counter()
    document = read_document(path)
    assert time.perf_counter() - started < 1
    assert document.tables
    assert document.sections
    for table in document.tables:
        for cell in table.cells():
            assert document.text[cell.start : cell.end] == cell.text
    truth = path.with_suffix(".json")
    if not truth.exists():
        return
    words = " ".join(document.text.split())
    for location in locations(json.loads(truth.read_text(encoding="utf-8"))):
        if location["where"] == "text":
            assert " ".join(location["quote"].split()) in words
            continue
        table = document.tables[location["table_index"]]
        cell = table.grid[location["row"]][location["col"]]
        assert table.label == location["table"]
        assert " ".join(cell.text.split()) == " ".join(location["cell"].split())
