"""The groups of patients and the rows that a document's own tables name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from auditor.document import Document
from auditor.extraction.partitions import Partition
from auditor.extraction.reading import TableReading
from auditor.lexicon.phrases import Phrasebook, extended, phrasebook
from auditor.linking.abbreviations import Abbreviations, find_abbreviations
from auditor.linking.draft import Draft
from auditor.linking.meanings import Vocabulary

__all__ = ["Vocabulary", "vocabulary"]

_PLAIN = re.compile(r"[\[\]()|]")


def vocabulary(
    document: Document,
    tables: Sequence[TableReading],
    partitions: Sequence[Sequence[Partition]],
    abbreviations: Abbreviations | None = None,
    *,
    words: Mapping[str, Sequence[str]] | None = None,
) -> Vocabulary:
    """What words mean in this document.

    Args:
        document: the manuscript; ``tables``: as read; ``partitions``: of each table.
        abbreviations: of ``find_abbreviations``, found here where None.
        words: of a study: other words for a concept of the lexicon or a label of the tables.
    """
    if abbreviations is None:
        abbreviations = find_abbreviations(document)
    words = words or {}
    base = Vocabulary(_book(words), abbreviations)
    draft = Draft(base)
    for table in tables:
        draft.columns_of(table)
    for table, blocks in zip(tables, partitions, strict=True):
        for block in blocks:
            draft.partition(table, block)
    for table in tables:
        draft.rows_of(table)
    draft.merged()
    draft.letters(document)
    draft.called(words)
    return draft.finish(document, tables)


def _book(words: Mapping[str, Sequence[str]]) -> Phrasebook:
    """The lexicon with a study's words for its concepts."""
    plain = phrasebook()
    own = {
        name: [_PLAIN.sub(" ", text) for text in texts]
        for name, texts in words.items()
        if name in plain.concepts
    }
    return extended({"concepts": own}) if own else plain
