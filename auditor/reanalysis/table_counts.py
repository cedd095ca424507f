"""P values of tables with the counts that stand beside them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.manuscript import Manuscript
from auditor.reanalysis.compared import ComparedCounts


def compared(manuscript: Manuscript) -> tuple[ComparedCounts, ...]:
    """Comparisons of counts in tables that have a column of P values."""
    return tuple(c for reading in manuscript.tables for c in _of_table(reading))


def _of_table(_: object) -> Iterator[ComparedCounts]:
    yield from ()
