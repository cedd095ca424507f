"""P values of the running text with the counts that they compare."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.manuscript import Manuscript
from auditor.reanalysis.compared import ComparedCounts


def compared(manuscript: Manuscript) -> tuple[ComparedCounts, ...]:
    """Comparisons of counts that sentences state with their P value."""
    return tuple(c for sentence in manuscript.prose.sentences for c in _of_sentence(sentence))


def _of_sentence(_: object) -> Iterator[ComparedCounts]:
    yield from ()
