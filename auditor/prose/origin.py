"""Whose number it is: this study's, a cited one's, or a plan."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.statement import Origin, Sentence

_BY_SECTION = {
    "introduction": (Origin.CITED, "in the introduction"),
    "methods": (Origin.PLANNED, "in the methods"),
}


def with_origins(sentences: Sequence[Sentence]) -> list[tuple[Origin, str]]:
    """Origin of each sentence and the words that say so."""
    return [_origin(sentence) for sentence in sentences]


def _origin(sentence: Sentence) -> tuple[Origin, str]:
    if sentence.section in _BY_SECTION:
        return _BY_SECTION[sentence.section]
    if sentence.section == "discussion" and sentence.citations:
        return Origin.CITED, "cites other work"
    return Origin.OWN, ""


def origin_of(sentence: Sentence, start: int, end: int) -> Origin:
    """Origin of ``sentence.text[start:end]``: a number or a clause."""
    del start, end
    return sentence.origin
