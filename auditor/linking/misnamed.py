"""Abbreviations that exist nowhere, one letter away from one that the paper defines: "OCR".

Which quantity is meant shows in the list that the name stands in ("OCR/DCR", where DCR is taken)
and in the numbers: those of the meant quantity stand elsewhere under its right name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.claims import Measure
from auditor.lexicon.phrases import Phrasebook
from auditor.linking.abbreviations import Abbreviations
from auditor.linking.meanings import Vocabulary
from auditor.topic import Fact, Term

_SHORTEST = 3
_MEASURES = (Measure.COUNT, Measure.PERCENT, Measure.MEDIAN, Measure.LOWER, Measure.UPPER)
_QUANTITIES = frozenset(
    (
        "ORR",
        "DCR",
        "CBR",
        "PFS",
        "OS",
        "DFS",
        "RFS",
        "EFS",
        "MFS",
        "LRFS",
        "TTP",
        "TTF",
        "DoR",
        "TTR",
    )
)


def outcome(concept: str) -> bool:
    """Whether a concept is a response or a time to an event: what a caption says of all cells."""
    return concept in _QUANTITIES or concept.startswith("BOR=")


def near(one: str, other: str) -> bool:
    """Whether two short names differ by one letter, by two neighbours changed, or in order."""
    from rapidfuzz.distance import OSA

    one, other = one.upper(), other.upper()
    if one == other or min(len(one), len(other)) < _SHORTEST:
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1 or sorted(one) == sorted(other)


def meanings_of(
    short: str, abbreviations: Abbreviations, book: Phrasebook
) -> dict[str, tuple[str, ...]]:
    """The quantities that a name undefined in the paper may stand for by its letters, with the
    defined abbreviations of each; none where the paper or the field knows it as a quantity."""
    if abbreviations.of(short) or (short.lower(),) in book.entries:
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    for known in abbreviations.by_short or {}:
        if near(short, known) and (concept := concept_of(known, abbreviations, book)):
            found[concept].append(known)
    return {concept: tuple(known) for concept, known in found.items()}


def concept_of(short: str, abbreviations: Abbreviations, book: Phrasebook) -> str:
    """The quantity of the lexicon that a defined abbreviation stands for, or ""."""
    return quantity(abbreviations.long(short), book) or quantity(short, book)


def quantity(text: str, book: Phrasebook) -> str:
    """The endpoint that words name as a whole, or ""."""
    entry = book.entries.get(book.normal(text))
    return entry.key if entry is not None and entry.key in _QUANTITIES else ""


def repaired(facts: Sequence[Fact], vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """Facts whose only residue is such a name, with the quantity that it must mean.

    Where the same number stands under the right name in another cell of the same patients, and
    no other number does, the residue is taken away; else it stays.
    """
    doubtful: dict[str, list[int]] = defaultdict(list)
    for i, fact in enumerate(facts):
        if len(fact.topic.residue) == 1 and fact.topic.concept in ("", "N", *_QUANTITIES):
            doubtful[fact.topic.residue[0]].append(i)
    meant: dict[str, tuple[str, bool]] = {}
    known: Mapping[tuple[str, frozenset[Term], Measure], list[Fact]] = _known(facts)
    taken = {f.topic.concept for i in doubtful.values() for f in (facts[k] for k in i)}
    for name, places in doubtful.items():
        candidates = meanings_of(name.upper(), vocabulary.abbreviations, vocabulary.book)
        own = [facts[i] for i in places]
        named = {f.topic.concept for f in own} & set(candidates)
        free = named or (set(candidates) - _beside(own, facts, taken))
        if len(free) == 1:
            concept = free.pop()
            meant[name] = concept, bool(named) or proven(own, concept, known)
    found = list(facts)
    for name, (concept, sure) in meant.items():
        for i in doubtful[name]:
            topic = facts[i].topic
            measured = facts[i].measure is not Measure.DENOMINATOR
            topic = replace(
                topic,
                concept=concept if measured else topic.concept,
                residue=() if sure or not measured else topic.residue,
            )
            found[i] = replace(facts[i], topic=topic)
    return tuple(found)


def _beside(own: Sequence[Fact], facts: Sequence[Fact], taken: set[str]) -> set[str]:
    """The quantities that the same tables name rightly for other numbers."""
    tables = {f.place.table_index for f in own}
    claims = {f.claim for f in own}
    return {
        f.topic.concept
        for f in facts
        if f.claim not in claims
        and f.place.table_index in tables
        and f.topic.concept in _QUANTITIES
    } | (taken & _QUANTITIES)


def _known(
    facts: Sequence[Fact],
) -> Mapping[tuple[str, frozenset[Term], Measure], list[Fact]]:
    found: dict[tuple[str, frozenset[Term], Measure], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.topic.concept in _QUANTITIES and not fact.topic.residue:
            found[fact.topic.concept, fact.topic.terms, fact.measure].append(fact)
    return found


def proven(
    own: Sequence[Fact],
    concept: str,
    known: Mapping[tuple[str, frozenset[Term], Measure], list[Fact]],
) -> bool:
    """Whether numbers under the doubtful name are those under the right one, and none differs."""
    compared = [
        fact.printed.value == other.printed.value
        for fact in own
        if fact.measure in _MEASURES
        for other in known.get((concept, fact.topic.terms, fact.measure), ())
        if other.topic.grades == fact.topic.grades and other.topic.at == fact.topic.at
    ]
    return bool(compared) and all(compared)
