"""Twins: the same quantity of the same patients stated twice in the running text.

Two statements are paired in two ways. *Mirrors*: two sentences share numbers, and a number that
differs stands in the same place among those that agree. *Equal topics*: far apart, in other
words, but about the same concept and the same patients and nothing left over. Nothing is compared
all against all: sentences meet through the numbers they share, statements through their topics.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from auditor.linking.agreement import Agreement
from auditor.linking.calibration import calibrated
from auditor.linking.headers import PATIENTS
from auditor.linking.mirrors import (
    ALIKE,
    Match,
    Mirror,
    content,
    frame,
    mirror,
    neighbours,
    same_topic,
    spots,
)
from auditor.linking.parts import number, parts
from auditor.linking.same_value import compare
from auditor.statement import Origin, Prose, Sentence, Source, Statement
from auditor.topic import Fact, Topic, Twin

ACCUSE = 0.7
"""Least confidence with which a check may call a difference probable."""
MANY = 12
"""Statements of one topic that are compared; the topic of more is too coarse to trust."""
ANCHORS = 2.0
"""Weight of the agreeing numbers beside a difference that make it certain."""

_MANY_ANCHORS = 3.0
"""Weight of agreeing numbers that leave one neighbour enough to show the place."""
_VERY_ALIKE = 0.8
"""The same where few other numbers agree."""
_SILENT = 0.6
"""Most strength of a difference against which something speaks."""
_READ = frozenset({"abstract", "results", "discussion", "conclusion"})
"""Sections that state what was found; others plan, cite or explain."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """One number stated by two statements, and what surrounds it.

    Attributes:
        anchors: weight of the other numbers on which the two sentences agree.
        against: how many other numbers of the two sentences differ or have no partner.
        sides: how many neighbours are matched; ``alike``: words in common (0-1);
            ``beside``: another number of the same two statements is equal.
        echo: whether the two sentences have nearly all of their words in common.
        mirrored: found in mirrored sentences, not by equal topics alone.
    """

    one: Statement
    other: Statement
    part: str
    agreement: Agreement
    why: str
    anchors: float = 0.0
    against: int = 0
    sides: int = 0
    alike: float = 0.0
    beside: bool = False
    echo: bool = False
    mirrored: bool = False


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
    evidence = _Evidence(prose, own, topics, facts, explicit, list(pairs.values()))
    order = {s.id: i for i, s in enumerate(prose.statements)}
    found = [evidence.twin(pair) for pair in pairs.values()]
    return tuple(sorted(found, key=lambda t: (order[t.one], order[t.other], t.part)))


def _mirrored(
    own: Sequence[Statement], sentences: Sequence[Sentence], topics: Mapping[str, Topic]
) -> Iterable[_Pair]:
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


def _of_match(match: Match, found: Mirror) -> _Pair | None:
    one, other = match.one, match.other
    if one.part != other.part:
        return None
    result = compare(one.statement, other.statement, one.part)
    if result is None:
        return None
    own_difference = not match.equal
    return _Pair(
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
) -> Iterable[_Pair]:
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
                        yield _Pair(one, other, part, *result, alike=1.0)


class _Evidence:
    """What speaks for and against a pair being one quantity."""

    def __init__(
        self,
        prose: Prose,
        own: Sequence[Statement],
        topics: Mapping[str, Topic],
        facts: Sequence[Fact],
        explicit: frozenset[str] | None,
        pairs: Sequence[_Pair],
    ) -> None:
        self.sentences = prose.sentences
        self.topics = topics
        self.explicit = explicit
        self.ambiguous = _ambiguous(own, prose.sentences, topics)
        self.elsewhere = _elsewhere(own, topics, facts)
        self.tabled = _elsewhere((), topics, facts)
        self.populations: set[tuple[str, str]] = set()
        self.agreeing: dict[tuple[str, str], set[int]] = defaultdict(set)
        for pair in pairs:
            of = compare(pair.one, pair.other, "denominator")
            if of is not None and of[0] is Agreement.DIFFERS:
                self.populations.add((pair.one.id, pair.other.id))
            if pair.agreement is Agreement.AGREES:
                for this, that in ((pair.one, pair.other), (pair.other, pair.one)):
                    passage = self.sentences[that.sentence].passage
                    self.agreeing[this.id, pair.part].add(passage)

    def twin(self, pair: _Pair) -> Twin:
        """The pair with its confidence and whether it may accuse by itself."""
        agrees = pair.agreement.fits
        equal = pair.agreement is Agreement.AGREES
        silence = "" if equal else self._reason_for_silence(pair)
        certain = not agrees and not silence and self._certain(pair)
        raw = self._strength(pair)
        raw = min(raw - 0.4, _SILENT) if silence else raw
        group = "twin agrees" if agrees else "twin differs"
        return Twin(
            pair.one.id,
            pair.other.id,
            pair.part,
            agrees,
            calibrated(group, min(max(raw, 0.01), 0.97)),
            tuple(self._words(pair, silence)),
            certain,
            pair.agreement is Agreement.LAST_DIGIT,
        )

    def _strength(self, pair: _Pair) -> float:
        """A score (about 0-1) before calibration."""
        a, b = (self.topics.get(s.id, Topic()) for s in (pair.one, pair.other))
        same = same_topic(a, b)
        whole = same and not (a.residue or b.residue)
        score = 0.3 * self._certain(pair) + 0.1 * self._probable(pair) + 0.25 * pair.echo
        score += 0.15 * same + 0.1 * whole + 0.1 * bool(whole and a.terms) + 0.15 * pair.alike
        if pair.mirrored:
            score += 0.1 * min(pair.anchors, 4.0) + 0.1 * pair.sides
            score -= 0.08 * min(pair.against, 4)
            score += 0.1 * self._across(pair.one, pair.other)
        else:
            score += 0.2
        if pair.agreement.fits:
            return score + 0.3
        votes = max(self._votes(s, pair.part) for s in (pair.one, pair.other))
        return score + 0.15 * min(votes, 2)

    def _certain(self, pair: _Pair) -> bool:
        return (
            pair.mirrored
            and pair.anchors >= ANCHORS
            and pair.anchors >= 2 * pair.against
            and self._in_place(pair)
            and self._across(pair.one, pair.other)
        )

    def _probable(self, pair: _Pair) -> bool:
        """Whether two sentences in like words agree on some other number, and on no fewer than
        they differ."""
        if not pair.mirrored or not self._across(pair.one, pair.other):
            return False
        if self._restricting(pair.one) != self._restricting(pair.other):
            return False
        if pair.echo and pair.part != "p-value" and not pair.against:
            votes = [self._votes(s, pair.part) for s in (pair.one, pair.other)]
            if pair.anchors >= 1 or min(votes) == 0 < max(votes):
                return True
        alike = pair.alike >= _VERY_ALIKE and self._in_place(pair)
        return alike and pair.anchors >= 1 and pair.anchors > pair.against

    def _restricting(self, statement: Statement) -> frozenset[str]:
        """Words that say of whom or when and were not understood."""
        topic = self.topics.get(statement.id, Topic())
        phrases = (*statement.whom, *statement.setting)
        said = content(" ".join(phrase.text for phrase in phrases))
        return said & content(" ".join(topic.residue))

    def _in_place(self, pair: _Pair) -> bool:
        """Whether it is the same number by its place among the others, or by its words.

        A bare count needs the words: randomised, treated and evaluable patients of the arms
        stand in the same place of different sentences. A P value needs its estimate.
        """
        if pair.part == "p-value":
            return pair.beside
        bare = pair.part == "count" and not (pair.one.percent or pair.other.percent)
        if pair.alike >= ALIKE:
            return bool(pair.sides or pair.beside or not bare)
        alone = pair.anchors >= _MANY_ANCHORS and not pair.against
        return not bare and (pair.beside or pair.sides == 2 or (alone and pair.sides > 0))

    def _words(self, pair: _Pair, silence: str) -> Iterable[str]:
        if silence:
            yield silence
        if pair.anchors:
            yield "other numbers of the two sentences agree"
        if pair.echo:
            yield "the two sentences have nearly all of their words in common"
        if pair.sides:
            yield "they stand in the same place among them"
        if pair.alike >= ALIKE:
            yield "the words around them are alike"
        if not pair.mirrored:
            yield "the words name the same quantity of the same patients"
        if pair.why:
            yield pair.why

    def _across(self, one: Statement, other: Statement) -> bool:
        """Whether they stand in different parts of the paper: within a part it goes on, across
        parts it repeats itself."""
        return self._part_of(one) != self._part_of(other)

    def _part_of(self, statement: Statement) -> str:
        sentence = self.sentences[statement.sentence]
        if sentence.source is not Source.PARAGRAPH:
            return "legend"
        return "discussion" if sentence.section == "conclusion" else sentence.section

    def _reason_for_silence(self, pair: _Pair) -> str:
        """What makes both numbers right, or leaves open what they are of; "" if nothing does."""
        one, other = pair.one, pair.other
        ids = one.id, other.id
        if pair.part == "count" and (one.percent is None) != (other.percent is None):
            return "one of the two may be the size of a group"
        if ids in self.populations:
            return "the denominators differ: other patients"
        if not (self._stated(one, pair.part) and self._stated(other, pair.part)):
            return "one of the two is not stated as a result of this study"
        if not self._across(one, other):
            return "both stand in one part of the paper"
        if self._certain(pair) or self._probable(pair):
            return ""
        a, b = (self.topics.get(name, Topic()) for name in ids)
        if not same_topic(a, b) or a.residue or b.residue:
            return "words that were not understood may name other patients"
        if a.concept == PATIENTS or pair.part == "count":
            return "patients are counted at several stages"
        if {*ids} & self.ambiguous:
            return "the paragraph gives several values for it"
        votes = [self._votes(s, pair.part) for s in (one, other)]
        doubted = [s for s, n in zip((one, other), votes, strict=True) if n == min(votes)]
        if any(self._explained(s, pair.part) for s in doubted):
            return "the value is that of other patients"
        named = bool(a.terms) and (self.explicit is None or {*ids} <= self.explicit)
        if named:
            return ""
        if not min(votes) == 0 < max(votes):
            return "the patients are not named"
        if not a.terms and any(self._explained(s, pair.part) for s in (one, other)):
            return "the value is that of other patients"
        return ""

    def _votes(self, statement: Statement, part: str) -> int:
        """How many other places repeat a number: passages of the text, and the tables."""
        topic = self.topics.get(statement.id, Topic())
        printed = number(statement, part)
        tabled = printed is not None and any(
            same_topic(t, topic) for t in self.tabled.get((topic.concept, printed.fraction), ())
        )
        return len(self.agreeing[statement.id, part]) + tabled

    def _stated(self, statement: Statement, part: str) -> bool:
        """Whether it is an exact result of this study, in a section that states results."""
        sentence = self.sentences[statement.sentence]
        printed = number(statement, part)
        if statement.origin is not Origin.OWN:
            return False
        if sentence.source is Source.PARAGRAPH and sentence.section not in _READ:
            return False
        if sentence.source not in (Source.PARAGRAPH, Source.FIGURE):
            return False
        return printed is not None and (printed.relation == "=" or part == "p-value")

    def _explained(self, statement: Statement, part: str) -> bool:
        """Whether this value belongs to the same concept of other patients."""
        printed = number(statement, part)
        topic = self.topics.get(statement.id, Topic())
        if printed is None:
            return False
        having = self.elsewhere.get((topic.concept, printed.fraction), set())
        return any(not same_topic(t, topic) for t in having)


def _ambiguous(
    own: Sequence[Statement], sentences: Sequence[Sentence], topics: Mapping[str, Topic]
) -> frozenset[str]:
    """Statements that their topic does not tell apart from another of the same passage.

    A paragraph does not give two values for one quantity: its topics lost what differs.
    """
    seen: dict[object, list[Statement]] = defaultdict(list)
    found: set[str] = set()
    for statement in own:
        topic = topics.get(statement.id, Topic())
        group = seen[frame(statement), topic, sentences[statement.sentence].passage]
        for other in group[:MANY]:
            for part, _ in parts(statement):
                result = compare(statement, other, part)
                if result is not None and result[0] is Agreement.DIFFERS:
                    found |= {statement.id, other.id}
        group.append(statement)
    return frozenset(found)


def _elsewhere(
    own: Sequence[Statement], topics: Mapping[str, Topic], facts: Sequence[Fact]
) -> dict[tuple[str, Fraction], set[Topic]]:
    """For each concept and value the topics that have it, in the text and in the tables."""
    found: dict[tuple[str, Fraction], set[Topic]] = defaultdict(set)
    for statement in own:
        topic = topics.get(statement.id, Topic())
        for _, printed in parts(statement):
            found[topic.concept, printed.fraction].add(topic)
    for fact in facts:
        found[fact.topic.concept, fact.printed.fraction].add(fact.topic)
    return found
