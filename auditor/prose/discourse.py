"""What a sentence takes over from the one before it in its paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.prose.cues import begins, says
from auditor.statement import Sentence

_HEAD = 60
"""Characters at the beginning of a sentence that may point back."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence is about before its own words are read.

    Attributes:
        path: titles of its section, the outermost first.
        previous: index of the sentence before it in the same paragraph, or None.
        relation: how it takes that one up: "same" patients ("of these", "they"), the "rest" of
            them ("the remaining"), "more" of the same ("besides"), or "" for a new start.
    """

    path: tuple[str, ...]
    previous: int | None
    relation: str


def subject_of(sentences: Sequence[Sentence], index: int) -> Subject:
    """What ``sentences[index]`` takes over from its section and the sentence before it."""
    sentence = sentences[index]
    before = sentences[index - 1] if index else None
    if before is None or before.passage != sentence.passage:
        return Subject(sentence.path, None, "")
    head = sentence.text[:_HEAD]
    relation = ""
    if says("discourse", "rest", head):
        relation = "rest"
    elif says("discourse", "same", head):
        relation = "same"
    elif begins("discourse", "more", head):
        relation = "more"
    return Subject(sentence.path, before.index, relation)
