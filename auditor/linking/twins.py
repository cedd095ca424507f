"""Twins: the same quantity of the same patients stated twice in the running text.

Two statements are paired in two ways. *Mirrors*: two sentences share numbers and tell them in
the same words; the numbers that agree are anchors for those that do not. *Equal topics*: far
apart, with other words, but about the same concept and the same patients and nothing left over.
Nothing is compared all against all: sentences meet through the numbers they share, statements
through their topics.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from auditor.linking.agreement import Agreement
from auditor.linking.calibration import calibrated
from auditor.linking.mirrors import Aligned, Frame, align, frame, neighbours
from auditor.linking.parts import number, parts
from auditor.linking.same_value import compare
from auditor.statement import Origin, Prose, Sentence, Source, Statement
from auditor.topic import Fact, Topic, Twin

ACCUSE = 0.7
"""Least confidence with which a check may call a difference probable."""
MANY = 12
"""Statements of one topic that are compared; the topic of more is too coarse to trust."""
_ANCHORS = 2.0
"""Agreeing numbers beside a difference that make it certain."""

_READ = frozenset({"abstract", "results", "discussion", "conclusion"})
"""Sections that state what was found; others plan, cite or explain."""

_Key = tuple[Frame, Topic]
_Value = tuple[Frame, str, Fraction]


@dataclass(frozen=True, slots=True)
class _Compared:
    """One number of an aligned pair: how it agrees, and how the pair was found."""

    pair: Aligned
    part: str
    agreement: Agreement
    why: str
    mirrored: bool


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
    compared = [*_mirrored(own, prose.sentences, topics)]
    seen = {(c.pair.one.id, c.pair.other.id) for c in compared}
    ambiguous = _ambiguous(own, prose.sentences, topics)
    for pair in _of_equal_topics(own, topics):
        if (pair.one.id, pair.other.id) not in seen:
            compared += _parts_of(pair, mirrored=False)
    elsewhere = _elsewhere(own, topics, facts)
    evidence = _Evidence(prose.sentences, topics, explicit, ambiguous, elsewhere, compared)
    found = [evidence.twin(c) for c in compared]
    order = {s.id: i for i, s in enumerate(prose.statements)}
    return tuple(sorted(found, key=lambda t: (order[t.one], order[t.other], t.part)))


def _mirrored(
    own: Sequence[Statement], sentences: Sequence[Sentence], topics: Mapping[str, Topic]
) -> Iterable[_Compared]:
    by_sentence: dict[int, list[Statement]] = defaultdict(list)
    for statement in own:
        by_sentence[statement.sentence].append(statement)
    for one, other in neighbours(own):
        if sentences[one].passage == sentences[other].passage:
            continue
        for pair in align(by_sentence[one], by_sentence[other], topics):
            yield from _parts_of(pair, mirrored=True)


def _of_equal_topics(own: Sequence[Statement], topics: Mapping[str, Topic]) -> Iterable[Aligned]:
    groups: dict[_Key, list[Statement]] = defaultdict(list)
    for statement in own:
        topic = topics.get(statement.id, Topic())
        if topic.concept:
            key = replace(topic, residue=())
            groups[frame(statement), key].append(statement)
    for group in groups.values():
        if len(group) > MANY:
            continue
        for i, one in enumerate(group):
            for other in group[i + 1 :]:
                left_over = topics[one.id].residue or topics[other.id].residue
                yield Aligned(one, other, same=True, whole=not left_over, named=True)


def _parts_of(pair: Aligned, *, mirrored: bool) -> Iterable[_Compared]:
    for part, _ in parts(pair.one):
        result = compare(pair.one, pair.other, part)
        if result is not None:
            yield _Compared(pair, part, *result, mirrored)


def _ambiguous(
    own: Sequence[Statement], sentences: Sequence[Sentence], topics: Mapping[str, Topic]
) -> frozenset[str]:
    """Statements that their topic does not tell apart from another of the same passage.

    A paragraph does not give two values for one quantity: its topics lost what differs.
    """
    seen: dict[tuple[_Key, int], list[Statement]] = defaultdict(list)
    found: set[str] = set()
    for statement in own:
        key = frame(statement), topics.get(statement.id, Topic())
        group = seen[key, sentences[statement.sentence].passage]
        for other in group[:MANY]:
            differing = [
                part
                for part, _ in parts(statement)
                if (result := compare(statement, other, part)) is not None
                and result[0] is Agreement.DIFFERS
            ]
            if differing:
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


class _Evidence:
    """What speaks for and against a pair being the same quantity."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        topics: Mapping[str, Topic],
        explicit: frozenset[str] | None,
        ambiguous: frozenset[str],
        elsewhere: Mapping[tuple[str, Fraction], set[Topic]],
        compared: Sequence[_Compared],
    ) -> None:
        self.sentences = sentences
        self.topics = topics
        self.explicit = explicit
        self.ambiguous = ambiguous
        self.elsewhere = elsewhere
        self.anchors: dict[tuple[int, int], set[tuple[str, _Value]]] = defaultdict(set)
        self.differing: dict[tuple[int, int], set[str]] = defaultdict(set)
        self.populations: set[tuple[str, str]] = set()
        self.agreeing: dict[tuple[str, str], set[int]] = defaultdict(set)
        for c in compared:
            one, other = c.pair.one, c.pair.other
            key = one.sentence, other.sentence
            if c.agreement is Agreement.DIFFERS:
                self.differing[key].add(one.id)
                if c.part == "denominator":
                    self.populations.add((one.id, other.id))
            elif c.agreement is Agreement.AGREES:
                printed = number(one, c.part)
                if printed is not None:
                    value = frame(one), c.part, printed.fraction
                    self.anchors[key].add((one.id, value))
                for this, that in ((one, other), (other, one)):
                    passage = self.sentences[that.sentence].passage
                    self.agreeing[this.id, c.part].add(passage)

    def twin(self, c: _Compared) -> Twin:
        """The pair with its confidence and whether it may accuse by itself."""
        one, other = c.pair.one, c.pair.other
        agrees, last_digit = c.agreement.fits, c.agreement is Agreement.LAST_DIGIT
        anchors, words = self._anchors(c)
        against = len(self.differing[one.sentence, other.sentence] - {one.id})
        named = bool(self.topics.get(one.id, Topic()).terms)
        score = 0.35 if c.mirrored else 0.25 + 0.15 * named
        score += 0.12 * min(anchors, 4)
        score += 0.2 * c.pair.same + 0.1 * c.pair.whole + 0.05 * c.pair.named
        score -= 0.1 * min(against, 3)
        evidence = [words] if words else []
        if c.pair.whole:
            evidence.append("the words name the same quantity of the same patients")
        elif c.pair.same:
            evidence.append("the same quantity, with words that were not understood")
        else:
            evidence.append("told in like words")
        if agrees:
            score += 0.3
            if c.why:
                evidence.append(c.why)
        else:
            reason = self._reason_for_silence(c)
            if reason:
                score -= 0.4
                evidence.insert(0, reason)
            votes = max(len(self.agreeing[s.id, c.part]) for s in (one, other))
            if votes:
                score += 0.15
                evidence.append("one of the two is repeated elsewhere")
            if not c.mirrored and not anchors and not self._far_apart(one, other):
                score -= 0.2
        certain = (
            not agrees
            and c.mirrored
            and anchors >= _ANCHORS
            and anchors >= 2 * against
            and c.pair.named
            and not self._reason_for_silence(c)
            and self._stated(one, c.part)
            and self._stated(other, c.part)
        )
        group = "twin agrees" if agrees else "twin differs"
        confidence = calibrated(group, min(max(score, 0.01), 0.97))
        return Twin(
            one.id, other.id, c.part, agrees, confidence, tuple(evidence), certain, last_digit
        )

    def _anchors(self, c: _Compared) -> tuple[float, str]:
        """Weight of the other numbers on which the two sentences agree, and the same in words."""
        one = c.pair.one
        found = {
            value
            for holder, value in self.anchors[one.sentence, c.pair.other.sentence]
            if holder != one.id or value[1] != c.part
        }
        weight = sum(1.0 if _digits(value) >= 2 else 0.5 for *_, value in found)
        if not found:
            return 0.0, ""
        plural = "" if len(found) == 1 else "s"
        return weight, f"{len(found)} other number{plural} of the two sentences agree"

    def _count_kept(self, c: _Compared) -> bool:
        """Whether count and words are those of the other sentence: only the denominator is not."""
        counts = number(c.pair.one, "count"), number(c.pair.other, "count")
        return (
            c.mirrored
            and counts[0] is not None
            and counts[1] is not None
            and counts[0].value == counts[1].value
        )

    def _stated(self, statement: Statement, part: str) -> bool:
        """Whether it is an exact result of this study, in a section that states results."""
        sentence = self.sentences[statement.sentence]
        printed = number(statement, part)
        if statement.origin is not Origin.OWN or sentence.origin is not Origin.OWN:
            return False
        if sentence.source is Source.PARAGRAPH and sentence.section not in _READ:
            return False
        if sentence.source not in (Source.PARAGRAPH, Source.FIGURE):
            return False
        return printed is not None and (printed.relation == "=" or part == "p-value")

    def _far_apart(self, one: Statement, other: Statement) -> bool:
        """Whether the two stand in different parts of the paper, which repeat each other."""
        return self._part_of(one) != self._part_of(other)

    def _part_of(self, statement: Statement) -> str:
        sentence = self.sentences[statement.sentence]
        if sentence.source is not Source.PARAGRAPH:
            return "legend"
        return "discussion" if sentence.section == "conclusion" else sentence.section

    def _reason_for_silence(self, c: _Compared) -> str:
        """What makes both numbers right, or leaves open what they are of; "" if nothing does."""
        one, other = c.pair.one, c.pair.other
        pair = one.id, other.id
        if pair in self.populations and not (c.part == "denominator" and self._count_kept(c)):
            return "the denominators differ: other patients"
        if self.sentences[one.sentence].passage == self.sentences[other.sentence].passage:
            return "both stand in one paragraph"
        if not (self._stated(one, c.part) and self._stated(other, c.part)):
            return "one of the two is not stated as a result of this study"
        if not c.mirrored:
            if not c.pair.whole:
                return "words that were not understood may name other patients"
            if self.explicit is not None and not {*pair} <= self.explicit:
                return "the patients are not named"
            if {*pair} & self.ambiguous:
                return "the paragraph gives several values for it"
        if self._explained(one, c.part) or self._explained(other, c.part):
            return "" if c.mirrored and c.pair.whole else "the value is that of other patients"
        return ""

    def _explained(self, statement: Statement, part: str) -> bool:
        """Whether this value belongs to the same concept of other patients."""
        printed = number(statement, part)
        topic = self.topics.get(statement.id, Topic())
        if printed is None:
            return False
        having = self.elsewhere.get((topic.concept, printed.fraction), set())
        return any(
            (t.terms, t.at, t.grades, t.modifiers)
            != (topic.terms, topic.at, topic.grades, topic.modifiers)
            for t in having
        )


def _digits(value: Fraction) -> int:
    shown = f"{float(value):.6g}".replace(".", "").lstrip("0")
    return len(shown.rstrip("0") or shown)
