"""P values of the running text with the statements that they compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.finding import Place
from auditor.linking.claims import claim_id
from auditor.linking.read_topic import survival
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis import words_of_tests
from auditor.reanalysis.members import members_of, p_of, with_shares
from auditor.statement import Kind, Origin, Sentence, Statement
from auditor.topic import Topic

_EXACTLY = frozenset(("fisher", "chi-squared", "yates", "barnard", "boschloo", "mid-p"))
_BEHIND = 80
"""So many characters behind a P value may still say what test it is from."""


@dataclass(frozen=True, slots=True)
class TextTest:
    """A P value of the text and the shares of patients that it compares.

    Attributes:
        p: as printed; ``place``: its place; ``claim``: its id.
        members: the statements of the groups in their order; none where the sentence has a P
            value alone.
        carrier: the statement that has the P value.
        sentence: where they stand; ``words``: the part of it that speaks of this P value.
        doubts: what keeps it from being certain, in words.
        sides, test, paired: as in ``ComparedCounts``.
    """

    p: PrintedNumber
    place: Place
    claim: str
    members: tuple[Statement, ...]
    carrier: Statement
    sentence: Sentence
    words: str
    doubts: tuple[str, ...] = ()
    sides: int | None = None
    test: str = ""
    paired: bool = False


def text_tests(manuscript: Manuscript) -> Iterator[TextTest]:
    """Every P value of the paper's own results that may compare shares of patients, in order."""
    by_sentence: dict[int, list[Statement]] = defaultdict(list)
    for statement in manuscript.prose.statements:
        by_sentence[statement.sentence].append(statement)
    for sentence in manuscript.prose.sentences:
        own = with_shares(by_sentence.get(sentence.index, []))
        if sentence.section != "methods" and any(p_of(s) is not None for s in own):
            yield from _of_sentence(sentence, own, manuscript)


def _of_sentence(
    sentence: Sentence, own: Sequence[Statement], manuscript: Manuscript
) -> Iterator[TextTest]:
    carriers: dict[int, list[Statement]] = defaultdict(list)
    for statement in own:
        p = p_of(statement)
        if p is not None:
            carriers[p.start].append(statement)
    position = {offset: at for at, offset in enumerate(sentence.offsets)}
    before = 0
    for start, found in sorted(carriers.items()):
        p = p_of(found[0])
        at = position.get(start)
        if p is None or at is None or found[0].origin is not Origin.OWN:
            continue
        end = at + len(p.text)
        before_p = sentence.offsets[before] if before else -1
        words, before = sentence.text[before : _end(sentence.text, end)], end
        members, doubt = members_of(found, own, sentence, manuscript.linked.topics)
        said = sentence.text[:end]
        if words_of_tests.other_test(words, said) or _of_something_else(members, words, manuscript):
            continue
        if not members and (len(found) > 1 or found[0].kind is not Kind.P_VALUE):
            continue
        carrier, paired = found[-1], words_of_tests.paired(sentence.text)
        place = Place(
            manuscript.document.name,
            "text",
            p.text,
            section=sentence.title or None,
            start=p.start,
            end=p.end,
        )
        test = words_of_tests.test_named(words)
        if test in _EXACTLY:
            doubt = ""  # of the counts, whatever ratio stands beside it
        doubts = [doubt if members else "", *_doubts(members, test, words, paired=paired)]
        doubts += _of_list(members, own, before_p, sentence.text[end:])
        yield TextTest(
            p,
            place,
            claim_id(carrier, "p-value"),
            members,
            carrier,
            sentence,
            words,
            tuple(d for d in doubts if d),
            words_of_tests.sides_named(words),
            test,
            paired,
        )


def _end(text: str, at: int) -> int:
    """Where the words about the P value before ``at`` end: with its bracket or its clause."""
    for end in range(at, min(len(text), at + _BEHIND)):
        if text[end] in ")];":
            return end
    return min(len(text), at + _BEHIND)


def _topic(statement: Statement, manuscript: Manuscript) -> Topic:
    return manuscript.linked.topics.get(statement.id, Topic())


def _of_something_else(members: Sequence[Statement], words: str, manuscript: Manuscript) -> bool:
    """Whether what is stated is no count of the patients of these groups."""
    if any(m.origin is not Origin.OWN or m.quantifier in _VAGUE for m in members):
        return True
    named = " ".join(p.text for m in members for p in (*m.what, *m.whom))
    bare = [m for m in members if m.count is None]
    concepts = {_topic(m, manuscript).concept for m in members}
    if any(survival(c) for c in concepts):
        return True
    if bare and (
        words_of_tests.measured(named)
        or ("" in concepts and words_of_tests.of_survival(words + named))
    ):
        return True
    return any(m.bounds and m.bounds[0].of in ("range", "IQR") for m in members)


_VAGUE = frozenset(
    ("about", "approximately", "around", "nearly", "almost", "at least", "more than", "less than")
)


def _of_list(
    members: Sequence[Statement], own: Sequence[Statement], since: int, behind: str
) -> Iterator[str]:
    """The doubt of a P value behind several comparisons: "CR 5% vs 9%, PR 20% vs 31% (P = 0.1)"."""
    if not members:
        return
    if words_of_tests.several(behind):
        yield "several P values follow each other"
    first = members[0]
    lists: dict[int, list[Statement]] = defaultdict(list)
    for s in own:
        if s.series is not None and since < s.value.start < first.value.start:
            lists[s.series].append(s)
    for found in lists.values():
        alike = len(found) == len(members) and _form(found[0]) == _form(first)
        alike = alike and all(s.what[:1] == found[0].what[:1] for s in found)
        if alike and found[0].series != first.series and found[0].what[:1] != first.what[:1]:
            yield "the P value may be that of several comparisons together"


def _form(statement: Statement) -> tuple[bool, bool, bool]:
    numbers = (statement.count, statement.denominator, statement.percent)
    return (numbers[0] is None, numbers[1] is None, numbers[2] is None)


def _doubts(members: Sequence[Statement], test: str, words: str, *, paired: bool) -> Iterator[str]:
    named = " ".join(p.text for m in members for p in m.what)
    if words_of_tests.timed_event(named) and not (test and test != "cmh"):
        yield "events that come in time may have been compared by a survival test"
    if test == "cmh" or words_of_tests.stratified(words):
        yield "the test is stratified"
    if paired or words_of_tests.counted_again(words):
        yield "the counts do not show how many patients changed"
    if words_of_tests.clustered(words):
        yield "a patient may be counted more than once"
    if words_of_tests.univariate(words):
        yield "the P value may be that of a model"
    if members and (len(members) > 2) != words_of_tests.of_all(words):
        yield "which of the groups the P value compares is not said"
