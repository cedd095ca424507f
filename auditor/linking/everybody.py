"""Words that hold for everybody in the paper, and so restrict nobody: its disease, its only sex."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.document import Document
from auditor.lexicon.phrases import Words
from auditor.linking.meanings import Vocabulary

_NAMES = """
cancer carcinoma tumor sarcoma lymphoma melanoma leukemia myeloma glioma glioblastoma mesothelioma
thymoma adenocarcinoma neuroblastoma osteosarcoma hepatoblastoma malignancy neoplasm
"""
_DISEASES = frozenset(_NAMES.split())
_MALE = re.compile(r"\b(?:men|males?)\b", re.IGNORECASE)
_FEMALE = re.compile(r"\b(?:women|females?)\b", re.IGNORECASE)
_LONGEST = 6


def everybodys(document: Document, vocabulary: Vocabulary) -> Iterator[Words]:
    """Names that everybody bears.

    The disease that the title names, where it names a single one, with any of the words before
    it ("platinum resistant ovarian cancer", "ovarian cancer"); "women" where the paper has no men.
    """
    words = vocabulary.words(document.title)
    ends = [i for i, word in enumerate(words) if word in _DISEASES]
    if len(ends) == 1:
        start = max((i + 1 for i, w in enumerate(words[: ends[0]]) if w in _BREAKS), default=0)
        for first in range(max(start, ends[0] - _LONGEST), ends[0] + 1):
            yield words[first : ends[0] + 1]
    both = [pattern.search(document.text) is not None for pattern in (_MALE, _FEMALE)]
    if both == [False, True]:
        yield ("female",)
    if both == [True, False]:
        yield ("male",)


_BREAKS = frozenset((",", "plus", "treating", "patient", "versus", "alone", "refractory"))
