"""Comparisons in words whose order of numbers is open, with the cells of a table for both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.claims import Measure
from auditor.finding import Place
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.passages.mentions import Mention, mentions
from auditor.printed import PrintedNumber
from auditor.reanalysis.direction import COMPARED, NEGATED, THAN, VAGUE, opposite
from auditor.reanalysis.significance_words import LONGEST
from auditor.statement import Kind, Sentence
from auditor.topic import Fact, Topic

_MEASURES = {
    Kind.PERCENT: Measure.PERCENT,
    Kind.COUNT: Measure.PERCENT,
    Kind.SURVIVAL: Measure.PERCENT,
    Kind.MEDIAN: Measure.MEDIAN,
}


@dataclass(frozen=True, slots=True)
class Tabled:
    """A comparison in words with the cells of both sides.

    Attributes:
        word, larger: as in ``Directed``. ``names``: of the sides, the subject first.
        first, second: what the table prints for the sides; ``table``: its name.
        places: of the numbers of the text, then of the cells; ``claims``: of the text.
        sentence: where the words stand.
    """

    word: str
    larger: bool
    names: tuple[str, str]
    first: PrintedNumber
    second: PrintedNumber
    table: str
    places: tuple[Place, ...]
    claims: tuple[str, ...]
    sentence: Sentence

    @property
    def contradicted(self) -> bool:
        """Whether the cells say the opposite of the words."""
        return opposite(self.first, self.second, larger=self.larger)


def tabled(manuscript: Manuscript) -> Iterator[Tabled]:
    """Every comparison with an open order whose two sides have a cell each in one table."""
    for _, found in sorted(mentions(manuscript.prose).items()):
        sentence = found[0].sentence
        if len(sentence.text) > LONGEST:
            continue
        words = list(COMPARED.finditer(sentence.text))
        if len(words) != 1 or not found[0].own or sentence.section == "methods":
            continue
        pairs = [
            (a, b)
            for a, b in zip(found, found[1:], strict=False)
            if a.statement.series is not None
            and a.statement.series == b.statement.series
            and a.statement.order_open
            and b.statement.order_open
            and a.statement.versus
        ]
        if len(pairs) == 1 and (made := _compared(manuscript, pairs[0], words[0])):
            yield made


def _compared(
    manuscript: Manuscript, pair: tuple[Mention, Mention], word: re.Match[str]
) -> Tabled | None:
    one, other = pair
    text = one.sentence.text
    than = THAN.search(text, word.end())
    if than is None or than.start() > one.start:
        return None
    if NEGATED.search(text[: one.start]) or VAGUE.search(text[word.start() : one.start]):
        return None
    topics = [manuscript.linked.topics.get(m.statement.id) for m in pair]
    if topics[0] is None or topics[1] is None or topics[0].residue or topics[1].residue:
        return None
    if not topics[0].terms or not topics[1].terms or topics[0].terms == topics[1].terms:
        return None
    if {t.dimension for t in topics[0].terms} != {t.dimension for t in topics[1].terms}:
        return None
    # The side that is named first in the words is the first of the pair.
    sides = [next((p for p in m.statement.whom), None) for m in pair]
    if sides[0] is None or sides[1] is None or sides[0].start >= sides[1].start:
        return None
    cells = [_cell(manuscript, topic, one.statement.kind) for topic in topics if topic]
    if cells[0] is None or cells[1] is None:
        return None
    if cells[0].place.table_index != cells[1].place.table_index:
        return None
    return Tabled(
        word[0],
        word["up"] is not None,
        (sides[0].text, sides[1].text),
        cells[0].printed,
        cells[1].printed,
        cells[0].place.table or "the table",
        (one.statement.place, other.statement.place, cells[0].place, cells[1].place),
        (*claim_ids(one.statement), *claim_ids(other.statement)),
        one.sentence,
    )


def _cell(manuscript: Manuscript, topic: Topic, kind: Kind) -> Fact | None:
    """The only cell that states just this; None where there are none or several values."""
    measure = _MEASURES.get(kind)
    found = [
        fact
        for fact in manuscript.linked.facts
        if fact.measure is measure and not fact.of and fact.topic == topic
    ]
    values = {fact.printed.value for fact in found}
    return found[0] if len(values) == 1 and found[0].printed.relation == "=" else None
