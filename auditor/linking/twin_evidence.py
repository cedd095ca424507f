"""What speaks for and against two numbers of the text being one quantity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.linking.agreement import Agreement
from auditor.linking.calibration import calibrated
from auditor.linking.headers import PATIENTS
from auditor.linking.mirrors import ALIKE, same_topic
from auditor.linking.parts import number, parts
from auditor.linking.same_value import compare
from auditor.linking.spots import content, frame, is_bare, measured_apart, same_shape, words
from auditor.statement import Kind, Origin, Prose, Sentence, Source, Statement
from auditor.topic import Fact, Term, Topic, Twin

ACCUSE = 0.7
"""Least confidence with which a check may call a difference probable."""
MANY = 12
"""Statements of one topic that are compared; the topic of more is too coarse to trust."""
ANCHORS = 2.0
"""Weight of the agreeing numbers beside a difference that make it certain."""

_MANY_ANCHORS = 3.0
"""Weight of agreeing numbers that leave one neighbour enough to show the place."""
_SOME_ANCHORS = 1.5
"""The same where the statements have one concept: one number of three digits, or two."""
_VERY_ALIKE = 0.8
"""The same where few other numbers agree."""
_SILENT, _FREE = 0.5, 0.75
"""Most strength of a difference against which something speaks, least of one against which
nothing does."""
_DISTINCTIVE = 3
"""So many digits make it unlikely that a number is equal by chance."""
_SAID = 2
_READ = frozenset({"abstract", "results", "discussion", "conclusion"})
"""Sections that state what was found; others plan, cite or explain."""


@dataclass(frozen=True, slots=True)
class Pair:
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


class Evidence:
    """What speaks for and against a pair being one quantity."""

    def __init__(
        self,
        prose: Prose,
        own: Sequence[Statement],
        topics: Mapping[str, Topic],
        facts: Sequence[Fact],
        explicit: frozenset[str] | None,
        pairs: Sequence[Pair],
    ) -> None:
        self.sentences = prose.sentences
        self.topics = topics
        self.explicit = explicit
        self.ambiguous = _ambiguous(own, prose.sentences, topics)
        self.listed = _listed(own, topics)
        self.elsewhere = _elsewhere(own, topics, facts)
        self.tabled = _elsewhere((), topics, facts)
        self.sizes = _sizes(facts)
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

    def twin(self, pair: Pair) -> Twin:
        """The pair with its confidence and whether it may accuse by itself."""
        agrees = pair.agreement.fits
        equal = pair.agreement is Agreement.AGREES
        silence = "" if equal else self._reason_for_silence(pair)
        certain = not agrees and not silence and self._certain(pair)
        raw = self._strength(pair)
        if silence:
            raw = _SILENT * min(raw, 1.0)
        elif not agrees:
            raw = max(raw, _FREE)
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

    def crossed(self, one: Statement, other: Statement, part: str) -> Twin:
        """A group to which the two sentences give each other's numbers."""
        words = ("the two sentences give the same numbers to other groups",)
        return Twin(one.id, other.id, part, False, calibrated("twin differs", 0.97), words, True)

    def repeats(self, one: Statement, other: Statement) -> bool:
        """Whether both state results, in different parts of the paper."""
        return self._across(one, other) and all(self._results(s) for s in (one, other))

    def _results(self, statement: Statement) -> bool:
        sentence = self.sentences[statement.sentence]
        if sentence.source is Source.PARAGRAPH:
            return sentence.section in _READ
        return sentence.source is Source.FIGURE

    def _strength(self, pair: Pair) -> float:
        """A score (about 0-1) before calibration."""
        a, b = (self.topics.get(s.id, Topic()) for s in (pair.one, pair.other))
        same = same_topic(a, b)
        whole = same and not (a.residue or b.residue)
        score = 0.3 * self._certain(pair) + 0.2 * self._probable(pair) + 0.25 * pair.echo
        score += 0.15 * same + 0.1 * whole + 0.1 * bool(whole and a.terms) + 0.15 * pair.alike
        if pair.mirrored:
            score += 0.1 * min(pair.anchors, 4.0) + 0.1 * pair.sides
            score -= 0.08 * min(pair.against, 4)
            score += 0.1 * self._across(pair.one, pair.other)
        else:
            score += 0.2
        if pair.agreement.fits:
            printed = number(pair.one, pair.part)
            digits = sum(ch.isdigit() for ch in printed.text.lstrip("0.·,")) if printed else 0
            return score + 0.3 + 0.2 * (digits >= _DISTINCTIVE)
        votes = max(self._votes(s, pair.part) for s in (pair.one, pair.other))
        return score + 0.15 * min(votes, 2)

    def _certain(self, pair: Pair) -> bool:
        return (
            pair.mirrored
            and pair.anchors >= ANCHORS
            and pair.anchors >= 2 * pair.against
            and self._in_place(pair)
            and self._across(pair.one, pair.other)
        )

    def _probable(self, pair: Pair) -> bool:
        """Whether two sentences in like words agree on some other number, and on no fewer than
        they differ."""
        if not pair.mirrored or not self._across(pair.one, pair.other):
            return False
        if {pair.one.id, pair.other.id} & self.ambiguous or pair.part == "p-value":
            return False
        if self._restricting(pair.one) != self._restricting(pair.other):
            return False
        if pair.echo and not pair.against:
            votes = [self._votes(s, pair.part) for s in (pair.one, pair.other)]
            if pair.anchors >= 1 or min(votes) == 0 < max(votes):
                return True
        if not self._in_place(pair) or pair.anchors <= pair.against:
            return False
        a, b = (self.topics.get(s.id, Topic()) for s in (pair.one, pair.other))
        told = bool(a.concept) and a.concept == b.concept
        if told and pair.sides and not pair.against and pair.anchors >= _SOME_ANCHORS:
            return True
        return pair.alike >= _VERY_ALIKE and pair.anchors >= 1

    def _restricting(self, statement: Statement) -> frozenset[str]:
        """Words that say of whom or when and were not understood."""
        topic = self.topics.get(statement.id, Topic())
        phrases = (*statement.whom, *statement.setting)
        said = content(" ".join(phrase.text for phrase in phrases))
        return said & content(" ".join(topic.residue))

    def _said(self, pair: Pair) -> bool:
        """Whether the words say what is counted: one concept, or two words in common."""
        concepts = {self.topics.get(s.id, Topic()).concept for s in (pair.one, pair.other)}
        if len(concepts) == 1 and "" not in concepts:
            return True
        one, other = (
            content(" ".join(phrase.text for phrase in s.what)) for s in (pair.one, pair.other)
        )
        return len(one & other) >= _SAID

    def _in_place(self, pair: Pair) -> bool:
        """Whether it is the same number by its place among the others, or by its words.

        A bare count needs the words: randomised, treated and evaluable patients of the arms
        stand in the same place of different sentences. A P value needs its estimate.
        """
        if pair.part == "p-value":
            return pair.beside or pair.sides > 0
        bare = pair.part == "count" and (is_bare(pair.one) or is_bare(pair.other))
        if bare and not self._said(pair):
            return False
        if pair.alike >= ALIKE:
            return bool(pair.sides or pair.beside or not bare)
        a, b = (self.topics.get(s.id, Topic()) for s in (pair.one, pair.other))
        told = bool(a.concept) and a.concept == b.concept
        strange = not (told or pair.alike) and words(pair.one) and words(pair.other)
        alone = (told or pair.anchors >= _MANY_ANCHORS) and not pair.against and not strange
        return not bare and (pair.beside or pair.sides == 2 or (alone and pair.sides > 0))

    def _words(self, pair: Pair, silence: str) -> Iterable[str]:
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

    def _reason_for_silence(self, pair: Pair) -> str:
        """What makes both numbers right, or leaves open what they are of; "" if nothing does."""
        a, b = (self.topics.get(x.id, Topic()) for x in (pair.one, pair.other))
        listed = (pair.one.id in self.listed) != (pair.other.id in self.listed)
        if listed and a.terms != b.terms and not (a.residue or b.residue):
            return "one is a member of a list of groups, the other is of other patients"
        one, other = pair.one, pair.other
        ids = one.id, other.id
        if pair.part == "count" and not same_shape(one, other):
            return "one of the two may be the size of a group"
        if ids in self.populations:
            return "the denominators differ: other patients"
        if not (self._stated(one, pair.part) and self._stated(other, pair.part)):
            return "one of the two is not stated as a result of this study"
        if apart := self._apart(one, other):
            return apart
        if self._certain(pair) or self._probable(pair):
            return ""
        if any(self._of_fewer(s) for s in (one, other)):
            return "the denominator is not that of the group: other patients"
        if not same_topic(a, b) or a.residue or b.residue:
            return "words that were not understood may name other patients"
        if a.concept == PATIENTS or pair.part == "count":
            return "patients are counted at several stages"
        if {*ids} & self.ambiguous:
            return "the paragraph gives several values for it"
        votes = [self._votes(s, pair.part) for s in (one, other)]
        if min(votes) > 0:
            return "both values are repeated elsewhere"
        return self._unnamed(pair, a, votes)

    def _unnamed(self, pair: Pair, topic: Topic, votes: Sequence[int]) -> str:
        """Whether a value belongs to others, where the words may not say whose it is."""
        one, other = pair.one, pair.other
        doubted = [s for s, n in zip((one, other), votes, strict=True) if n == min(votes)]
        if any(self._explained(s, pair.part) for s in doubted):
            return "the value is that of other patients"
        named = bool(topic.terms) and (self.explicit is None or {one.id, other.id} <= self.explicit)
        if named:
            return ""
        # A ratio below a curve compares the curves, as the one ratio of the text does.
        curves = one.kind is Kind.RATIO and "legend" in {self._part_of(s) for s in (one, other)}
        if not max(votes) and not curves:
            return "the patients are not named"
        if not topic.terms and any(self._explained(s, pair.part) for s in (one, other)):
            return "the value is that of other patients"
        return ""

    def _of_fewer(self, statement: Statement) -> bool:
        """Whether a printed denominator is none of the sizes that the tables give the group."""
        printed = statement.denominator
        sizes = self.sizes.get(self.topics.get(statement.id, Topic()).terms, set())
        return printed is not None and bool(sizes) and printed.integer not in sizes

    def _apart(self, one: Statement, other: Statement) -> str:
        """What sets two statements apart whose words may be the same."""
        pairs = (one, self.sentences[other.sentence]), (other, self.sentences[one.sentence])
        if any(measured_apart(this, that.text) for this, that in pairs):
            return "a size, a dose or a threshold is that of one of the two alone"
        return "" if self._across(one, other) else "both stand in one part of the paper"

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
        printed = number(statement, part)
        if statement.origin is not Origin.OWN or not self._results(statement):
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


def _sizes(facts: Sequence[Fact]) -> dict[frozenset[Term], set[int]]:
    """How many patients the tables give each group."""
    found: dict[frozenset[Term], set[int]] = defaultdict(set)
    for fact in facts:
        if fact.n is not None and not fact.topic.residue:
            found[fact.topic.terms].add(fact.n)
    return found


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


def _listed(own: Sequence[Statement], topics: Mapping[str, Topic]) -> frozenset[str]:
    """Statements whose sentence states the same of another group as well."""
    groups: dict[tuple[int, str], dict[str, Topic]] = defaultdict(dict)
    for statement in own:
        topic = topics.get(statement.id, Topic())
        if topic.concept and topic.terms:
            groups[statement.sentence, topic.concept][statement.id] = topic
    return frozenset(
        name
        for found in groups.values()
        if len({topic.terms for topic in found.values()}) > 1
        for name in found
    )
