"""Numbers of responses in a sentence that are more than all patients had."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.manuscript import Manuscript
from auditor.passages.claimed import response_rows, unlike
from auditor.passages.mentions import Mention, Passage
from auditor.passages.responses import Counts, category_of, clause, special
from auditor.statement import Origin

_SEEN = re.compile(
    r"^[^;,.]{0,40}?\b(?:occurred|"
    r"(?:was|were) (?:seen|observed|achieved|recorded|noted|documented|obtained))\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:(?!(?:this|our|present|current)\b)\w+ (?:trials?|stud(?:y|ies)|series|reports?|registry|"
    r"literature|cohorts?)|et al|previous\w*|combination|historical\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Exceeding:
    """More responses of a kind than the count of all patients has; ``counted`` is its mention."""

    key: str
    mention: Mention
    counted: Mention
    most: int


def exceeding(
    manuscript: Manuscript, passages: Sequence[Passage], sets: Sequence[Counts], enrolled: int
) -> Iterator[Exceeding]:
    """Sentences such as "three complete responses were seen", where one was counted in all.

    Args:
        manuscript: as read.
        passages: of its text.
        sets: the counts of responses of the text.
        enrolled: patients of the study; without them nobody knows whether all were counted.
    """
    known: dict[str, Mention] = {}
    for counts in sets:
        everybody = counts.complete and 0 < 3 * enrolled <= 4 * counts.total
        for key in ("CR", "PR") if everybody else ():
            if key in counts.by:
                known.setdefault(key, counts.by[key])
    most = {key: _most(manuscript, sets, key) for key in known}
    for passage in passages if most else ():
        for mention in passage.mentions:
            keys = category_of(mention)
            if len(keys) != 1 or keys[0] not in most or not passage.running:
                continue
            if (mention.number or 0) > most[keys[0]] and _claims(mention):
                yield Exceeding(keys[0], mention, known[keys[0]], most[keys[0]])


def _most(manuscript: Manuscript, sets: Sequence[Counts], key: str) -> int:
    """The largest number of such responses that the text or a table counts."""
    rows = (row for reading in manuscript.tables for row in response_rows(reading))
    cells = [e.count or 0 for k, entries in rows if k == key for e in entries]
    return max([0, *(c.number(key) for c in sets if len(c.by) > 1), *cells])


def _claims(mention: Mention) -> bool:
    """Whether its words say that so many were seen in the study, and no other share of them."""
    statement, sentence = mention.statement, mention.sentence
    begin = max(sentence.text.rfind(sign, 0, mention.start) for sign in ";.") + 1
    said = re.split(r"[;.]", sentence.text[begin:], maxsplit=1)[0]
    own = {statement.origin, sentence.origin} <= {Origin.OWN, Origin.UNCLEAR}
    plain = statement.percent is None and not mention.fraction and not statement.versus
    return bool(
        own
        and plain
        and not unlike(sentence)
        and not special(clause(mention))
        and not _ELSEWHERE.search(said)
        and _SEEN.search(mention.after)
    )
