"""Twins: the same quantity of the same patients stated twice in the running text.

Two statements are paired in two ways. *Mirrors*: two sentences share numbers, and a number that
differs stands in the same place among those that agree. *Equal topics*: far apart, in other
words, but about the same concept and the same patients and nothing left over. And *crossed*
sentences give the same numbers to other groups. Nothing is compared
all against all: sentences meet through the numbers they share, statements through their topics.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from auditor.linking.agreement import Agreement
from auditor.linking.crossed import crossed
from auditor.linking.mirrors import Match, Mirror, mirror, neighbours
from auditor.linking.parts import parts
from auditor.linking.same_value import compare
from auditor.linking.spots import frame, spots
from auditor.linking.twin_evidence import ACCUSE, MANY, Evidence, Pair
from auditor.statement import Origin, Prose, Sentence, Statement
from auditor.topic import Fact, Topic, Twin

__all__ = ["ACCUSE", "twins"]


def twins(
    prose: Prose,
    topics: Mapping[str, Topic],
    facts: Sequence[Fact] = (),
    explicit: frozenset[str] | None = None,
) -> tuple[Twin, ...]:
    """Every number that the text states twice, agreeing or not, in reading order.

    ``explicit`` holds the ids of statements whose patients are named and not assumed; None
    takes all as named. ``facts`` are used only to explain a difference: a value that a table
    states of other patients is no contradiction.
    """
    own = [s for s in prose.statements if s.origin in (Origin.OWN, Origin.UNCLEAR)]
    pairs = {(p.one.id, p.other.id, p.part): p for p in _mirrored(own, prose.sentences, topics)}
    for pair in _of_equal_topics(own, prose.sentences, topics):
        pairs.setdefault((pair.one.id, pair.other.id, pair.part), pair)
    evidence = Evidence(prose, own, topics, facts, explicit, list(pairs.values()))
    order = {s.id: i for i, s in enumerate(prose.statements)}
    found = {key: evidence.twin(pair) for key, pair in pairs.items()}
    for swap in crossed(own, topics, explicit, evidence.repeats):
        twin = evidence.crossed(swap.one, swap.other, swap.part)
        found[twin.one, twin.other, twin.part] = twin
    return tuple(sorted(found.values(), key=lambda t: (order[t.one], order[t.other], t.part)))


def _mirrored(
    own: Sequence[Statement], sentences: Sequence[Sentence], topics: Mapping[str, Topic]
) -> Iterable[Pair]:
    by_sentence: dict[int, list[Statement]] = defaultdict(list)
    for statement in own:
        by_sentence[statement.sentence].append(statement)
    members = {sentence: spots(found) for sentence, found in by_sentence.items()}
    texts = {sentence: sentences[sentence].text for sentence in members}
    for one, other, echo in neighbours(members, texts):
        if sentences[one].passage != sentences[other].passage:
            found = mirror(one, other, members[one], members[other], topics, echo=echo)
            for match in found.matches:
                pair = _of_match(match, found)
                if pair is not None:
                    yield pair


def _of_match(match: Match, found: Mirror) -> Pair | None:
    one, other = match.one, match.other
    if one.part != other.part:
        return None
    result = compare(one.statement, other.statement, one.part)
    if result is None:
        return None
    own_difference = not match.equal
    return Pair(
        one.statement,
        other.statement,
        one.part,
        *result,
        anchors=found.anchors(match),
        against=found.differing + found.lone - own_difference,
        sides=match.sides,
        alike=match.alike,
        beside=match.beside,
        echo=found.echo,
        mirrored=True,
    )


def _of_equal_topics(
    own: Sequence[Statement], sentences: Sequence[Sentence], topics: Mapping[str, Topic]
) -> Iterable[Pair]:
    groups: dict[object, list[Statement]] = defaultdict(list)
    for statement in own:
        topic = topics.get(statement.id, Topic())
        if topic.concept:
            groups[frame(statement), replace(topic, residue=())].append(statement)
    for group in groups.values():
        if len(group) > MANY:
            continue
        for i, one in enumerate(group):
            for other in group[i + 1 :]:
                if sentences[one.sentence].passage == sentences[other.sentence].passage:
                    continue
                whole = not (topics[one.id].residue or topics[other.id].residue)
                for part, _ in parts(one):
                    result = compare(one, other, part)
                    if result is not None and (whole or result[0] is Agreement.AGREES):
                        yield Pair(one, other, part, *result, alike=1.0)
