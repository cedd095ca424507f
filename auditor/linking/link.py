"""What the statements of the text speak of, and where else the same is stated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from auditor.claims import Measure
from auditor.document import Document
from auditor.extraction.judged import TableJudgement
from auditor.extraction.partitions import find_partitions
from auditor.extraction.reading import TableReading
from auditor.linking import discourse
from auditor.linking.cells import index
from auditor.linking.facts import facts
from auditor.linking.headers import PATIENTS, header_facts
from auditor.linking.leftover import leftovers
from auditor.linking.meanings import Vocabulary
from auditor.linking.read_topic import read_topic
from auditor.linking.readings import Context, How, Terms, context
from auditor.linking.tie import tie
from auditor.linking.topics import topics
from auditor.linking.twins import twins
from auditor.linking.vocabulary import vocabulary
from auditor.statement import Prose
from auditor.topic import Fact, Linked, Topic, Twin


def link(
    document: Document,
    tables: Sequence[TableReading],
    judged: Sequence[TableJudgement],
    prose: Prose,
    other_words: Mapping[str, Sequence[str]] | None = None,
) -> Linked:
    """Read what each statement is about, and tie it to cells and to other statements.

    ``other_words`` are those of a study for endpoints and labels of the tables.
    """
    partitions = tuple(find_partitions(j) for j in judged)
    words = vocabulary(document, tables, partitions, words=other_words)
    known = facts(tables, judged, words)
    stated = header_facts(tables, words)
    groups = _with(context((*known, *stated)), words)
    read = reader(words)
    readings = topics(prose, read, groups)
    left = leftovers(prose, read)
    cells = index((*known, *stated), groups.people)
    links, alternatives = tie(prose, readings, cells, document)
    links = tuple(
        replace(link, certain=False) if link.certain and link.statement in left else link
        for link in links
    )
    about = {name: found[0].topic for name, found in readings.items()}
    named = frozenset(
        name for name, found in readings.items() if found[0].who in (How.NAMED, How.COUNTED)
    )
    return Linked(
        about,
        known,
        links,
        alternatives,
        _guarded(twins(prose, about, known, named), left),
        people((*known, *stated)),
    )


def reader(words: Vocabulary) -> Callable[[str, str], Topic]:
    """Reads phrases of the text in a role; each is read once."""
    seen: dict[tuple[str, str], Topic] = {}

    def read(text: str, role: str) -> Topic:
        if (text, role) not in seen:
            topic = read_topic(text, words, role=role)
            kept = tuple(word for word in topic.residue if not discourse.light(word))
            seen[text, role] = replace(topic, residue=kept)
        return seen[text, role]

    return read


def _with(found: Context, words: Vocabulary) -> Context:
    """The groups of the tables with what the vocabulary knows of them."""
    people = {
        terms: found.people.get(terms, frozenset()) | {number}
        for terms, number in words.people.items()
    }
    return Context({**found.people, **people}, found.sides)


def people(known: Sequence[Fact]) -> dict[Terms, tuple[Fact, ...]]:
    """The facts that say how many patients each group has."""
    found: dict[Terms, list[Fact]] = defaultdict(list)
    for fact in known:
        if fact.topic.concept == PATIENTS and fact.measure in (Measure.COUNT, Measure.DENOMINATOR):
            found[fact.topic.terms].append(fact)
    return {terms: tuple(facts) for terms, facts in found.items()}


_SUPPOSED = frozenset(
    ("if", "unless", "assuming", "excluding", "exclusion", "excluded", "omitted", "ignored")
)
"""Words of a reckoning with other patients or other rules than the plain one."""
_UNSURE = 0.5


def _guarded(found: Sequence[Twin], left: Mapping[str, tuple[str, ...]]) -> tuple[Twin, ...]:
    """Twins about which other words were left unread accuse nobody; the two sides of a
    supposition ("if these are left out, ...") are no contradiction at all."""
    return tuple(
        _guard(twin, set(left.get(twin.one, ())) ^ set(left.get(twin.other, ()))) for twin in found
    )


def _guard(twin: Twin, differing: set[str]) -> Twin:
    certain = twin.certain and not differing
    supposed = not twin.agrees and differing & _SUPPOSED
    confidence = min(twin.confidence, _UNSURE) if supposed else twin.confidence
    return replace(twin, certain=certain, confidence=confidence)
