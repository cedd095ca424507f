"""Published papers, where a folder of them is named: which P values of counts are accused."""

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
CODES = ("PVL002", "PVL003", "PVL004", "PVL005")
READ = {  # each was compared with the paper: the counts beside it give another P value
    ("PMC5346637", "0.45"),
    ("PMC5362536", "0.54"),
    ("PMC3117815", "0.57"),
    ("PMC3664086", "0.590"),
    ("PMC3664086", "0.160"),
}


@pytest.mark.skipif(not PAPERS, reason="AUDITOR_PAPERS names no folder of papers")
def test_only_p_values_that_no_test_gives_are_accused() -> None:
    checks = [check for check in load_rulebook(None).checks if check.code in CODES]
    accused: set[tuple[str, str]] = set()
    standing: Counter[str] = Counter()
    for path in PAPERS:
        manuscript = read_manuscript(read_document(path))
        for check in checks:
            try:
                found = list(check(manuscript))
            except NotEvaluable:
                continue
            standing.update(one.standing for one in found if isinstance(one, Recomputed))
            accused |= {
                (path.stem, f.reported)
                for f in found
                if isinstance(f, Finding) and f.severity != Severity.NOTE
            }
    assert accused <= READ
    assert standing.total() >= 150
    # Two of the papers print P values that follow from no usual test, some 60 of them.
    assert standing["standard"] >= 0.5 * standing.total(), standing
