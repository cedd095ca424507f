"""Every P value of a manuscript that compares counts, from tables and from the text."""

from __future__ import annotations

from auditor.manuscript import Manuscript
from auditor.reanalysis import table_counts, text_counts
from auditor.reanalysis.compared import ComparedCounts

_NAME = "compared counts"


def compared_counts(manuscript: Manuscript) -> tuple[ComparedCounts, ...]:
    """The P values of tables in reading order, then those of the running text."""
    found: tuple[ComparedCounts, ...] | None = manuscript.remembered.get(_NAME)
    if found is None:
        found = (*table_counts.compared(manuscript), *text_counts.compared(manuscript))
        manuscript.remembered[_NAME] = found
    return found
