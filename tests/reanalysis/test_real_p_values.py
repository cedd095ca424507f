"""Published papers, where a folder of them is named: no P value of theirs is accused."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from auditor.discovery import load_rulebook
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Severity
from auditor.manuscript import read_manuscript
from auditor.readers import read_document
from auditor.recomputed import Recomputed

FOLDER = os.environ.get("AUDITOR_PAPERS", "")
PAPERS = [
    path
    for path in (sorted(Path(FOLDER).rglob("*.*xml")) if FOLDER else [])
    if path.name.startswith(("PMC", "journal."))
]
CODES = ("PVL006", "PVL007", "PVL008", "PVL010")


@pytest.mark.skipif(not PAPERS, reason="AUDITOR_PAPERS names no folder of papers")
def test_published_p_values_are_reproduced() -> None:
    checks = [check for check in load_rulebook(None).checks if check.code in CODES]
    assert len(checks) == len(CODES)
    standing: Counter[str] = Counter()
    for path in PAPERS:
        manuscript = read_manuscript(read_document(path))
        for check in checks:
            try:
                found = list(check(manuscript))
            except NotEvaluable:
                continue
            standing.update(one.standing for one in found if isinstance(one, Recomputed))
            graver = [f for f in found if isinstance(f, Finding) and f.severity != Severity.NOTE]
            assert not graver, (path.name, graver)
    assert standing["standard"] >= 0.85 * standing.total(), standing
