"""What the checks of running text share: places, quotes and whom to leave out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from auditor.finding import Judged, Place
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.passages.mentions import Mention, Passage, passages
from auditor.passages.parts import MembersOf
from auditor.statement import Source


def read_passages(manuscript: Manuscript) -> tuple[Passage, ...]:
    """Paragraphs, legends and notes of the running text with their statements."""
    return passages(manuscript.prose)


def judged(mentions: Iterable[Mention]) -> Judged:
    """The claims of these statements, judged."""
    return Judged(tuple(claim for m in mentions for claim in claims_of(m)))


def claims_of(mention: Mention) -> tuple[str, ...]:
    """Ids of the claims that a statement makes."""
    return claim_ids(mention.statement)


def place(manuscript: Manuscript, mention: Mention, *, words: int = 0) -> Place:
    """The place of a mention, its quote widened by words of its sentence on the right."""
    found = mention.statement.place
    if not words or found.start is None or found.end is None:
        return found
    sentence = mention.sentence
    more = re.match(rf"(?:\s*[^\s,;.()]+){{1,{words}}}", sentence.text[mention.end :])
    if more is None:
        return found
    _, end = sentence.span(mention.start, mention.end + more.end())
    return replace(found, quote=manuscript.document.text[found.start : end], end=end)


def quoted(mention: Mention, limit: int = 160) -> str:
    """The sentence of a mention, cut around it where it is long."""
    text = mention.sentence.text
    if len(text) <= limit:
        return text
    start = max(0, mention.start - limit // 2)
    end = min(len(text), start + limit)
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")


def in_words(mention: Mention) -> str:
    """Where a mention stands, such as: Results, paragraph."""
    sentence = mention.sentence
    if sentence.source is Source.PARAGRAPH:
        return sentence.title or sentence.section
    return str(sentence.source)


def terms_of(manuscript: Manuscript) -> MembersOf:
    """Which groups of the document's tables a mention counts; none where words are left over."""

    def terms(mention: Mention) -> frozenset[tuple[str, str]]:
        topic = manuscript.linked.topics.get(mention.statement.id)
        if topic is None or topic.residue:
            return frozenset()
        return frozenset((term.dimension, term.key) for term in topic.terms)

    return terms


def groups_of(manuscript: Manuscript) -> MembersOf:
    """Which groups of the document's tables a mention counts, whatever else its words say."""

    def groups(mention: Mention) -> frozenset[tuple[str, str]]:
        topic = manuscript.linked.topics.get(mention.statement.id)
        terms = topic.terms if topic is not None else ()
        return frozenset((term.dimension, term.key) for term in terms)

    return groups
