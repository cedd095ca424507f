"""Every number of every table with what it is about: the facts that statements are tied to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from auditor.claims import Measure
from auditor.extraction.arms import arm_key
from auditor.extraction.judged import TableJudgement
from auditor.extraction.reading import Column, ColumnRole, Entry, Role, TableReading
from auditor.lexicon import pattern
from auditor.linking.labels import label_words
from auditor.linking.meanings import Vocabulary
from auditor.linking.misnamed import outcome, repaired
from auditor.linking.people import caption_terms
from auditor.linking.read_topic import join, read_topic, survival
from auditor.topic import Fact, Term, Topic

MEASURES = {
    Role.COUNT: Measure.COUNT,
    Role.PERCENT: Measure.PERCENT,
    Role.DENOMINATOR: Measure.DENOMINATOR,
    Role.P_VALUE: Measure.P_VALUE,
    Role.LOWER: Measure.LOWER,
    Role.UPPER: Measure.UPPER,
    Role.SPREAD: Measure.SD,
}
_COUNTS = (Measure.COUNT, Measure.PERCENT, Measure.DENOMINATOR)
_UNIT = re.compile(
    r"\b(months?|mos?|weeks?|days?|years?|yrs?|cm|mm|kg|mg|Gy|cycles?)\b", re.IGNORECASE
)
_UNITS = {
    "mo": "months",
    "month": "months",
    "yr": "years",
    "year": "years",
    "week": "weeks",
    "day": "days",
    "cycle": "cycles",
}
_SPLIT = re.compile(r"\s*(?:/|,|;|\band\b|\bor\b|&)\s*")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with what holds for all of its cells."""

    reading: TableReading
    caption: Topic
    terms: frozenset[Term]
    listed: tuple[str, ...]
    events: bool
    columns: tuple[Topic, ...]
    n: dict[int, int]
    held: dict[tuple[tuple[int, int], int], int]
    read: Callable[[str, str], Topic]


def facts(
    tables: Sequence[TableReading], judged: Sequence[TableJudgement], vocabulary: Vocabulary
) -> tuple[Fact, ...]:
    """Every number of the tables that has a role, in reading order.

    Args:
        tables: with the claims numbered; ``judged``: their percentages, in the same order.
        vocabulary: of the document.
    """
    found: list[Fact] = []
    read = cache(lambda text, role: read_topic(text, vocabulary, role=role))
    for reading, judgement in zip(tables, judged, strict=True):
        table = _table(reading, judgement, vocabulary, read)
        own = [fact for entry in reading.entries for fact in _facts(entry, table, vocabulary)]
        found += _columns_apart(_told_apart(own), reading)
    return repaired(found, vocabulary)


def _told_apart(facts: Sequence[Fact]) -> list[Fact]:
    """Where two rows of a column read the same, what tells them apart was not understood: the
    words of the row are left as residue."""
    rows: dict[tuple[object, ...], set[tuple[int | None, int | None]]] = {}
    keys = []
    for fact in facts:
        place = fact.place
        key = (place.column, fact.measure, fact.of, fact.topic)
        keys.append(key)
        rows.setdefault(key, set()).add((place.row, place.line))
    return [
        replace(
            fact,
            topic=replace(fact.topic, residue=(*fact.topic.residue, f"row {fact.place.row_label}")),
        )
        if len(rows[key]) > 1 and fact.measure is not Measure.DENOMINATOR
        else fact
        for fact, key in zip(facts, keys, strict=True)
    ]


def _columns_apart(facts: Sequence[Fact], reading: TableReading) -> list[Fact]:
    """Where two columns of a row read the same ("Group N", "Group P"), what tells them apart was
    not understood: the words of the header are left as residue."""
    columns: dict[tuple[object, ...], set[int | None]] = {}
    keys = []
    for fact in facts:
        place = fact.place
        key = (place.row, place.line, fact.measure, fact.of, fact.topic)
        keys.append(key)
        columns.setdefault(key, set()).add(place.column)
    labels = {column.index: column.label for column in reading.columns if not column.total}
    return [
        replace(
            fact,
            topic=replace(
                fact.topic, residue=(*fact.topic.residue, f"column {labels[fact.place.column]}")
            ),
        )
        if len(columns[key]) > 1
        and fact.measure in (Measure.COUNT, Measure.PERCENT)
        and fact.place.column in labels
        else fact
        for fact, key in zip(facts, keys, strict=True)
    ]


def _table(
    reading: TableReading,
    judgement: TableJudgement,
    vocabulary: Vocabulary,
    read: Callable[[str, str], Topic],
) -> _Table:
    held: dict[tuple[tuple[int, int], int], int] = {}
    for entry in reading.entries:
        key = (entry.row.key, entry.column)
        held[key] = max(held.get(key, 0), entry.part + 1)
    caption = read_topic(reading.table.caption, vocabulary, role="caption")
    events = reading.events or caption.concept == "AE"
    return _Table(
        reading,
        caption,
        caption_terms(reading, vocabulary),
        _listed(reading.table.caption, vocabulary),
        events,
        tuple(_column(reading, c, vocabulary, events=events) for c in reading.columns),
        _denominators(judgement, vocabulary),
        held,
        read,
    )


def _denominators(judgement: TableJudgement, vocabulary: Vocabulary) -> dict[int, int]:
    """The denominator of each percentage, by the id of its entry; where it is solved from the
    percentages alone and several would do, the number of all patients if that is one."""
    found = {}
    for percent in judgement.percents:
        n: int | None = percent.basis.value
        column = judgement.reading.columns[percent.stated.entry.column]
        arm = judgement.arms.get(arm_key(column))
        if arm is not None and arm.stated is None and n in arm.solved:
            n = vocabulary.everybody if vocabulary.everybody in arm.solved else n
        if n:
            found[id(percent.stated.entry)] = n
    return found


def _column(
    reading: TableReading, column: Column, vocabulary: Vocabulary, *, events: bool
) -> Topic:
    """What a header says of the cells below it, beside what announces numbers."""
    terms = frozenset(vocabulary.columns.get((reading.table.index, column.index), ()))
    if column.role is ColumnRole.P_VALUE:
        return Topic()
    topic = join(
        read_topic(text, vocabulary, role="grade" if events else "column")
        for text in reversed(column.path)
        if label_words(text, vocabulary.book, vocabulary.abbreviations)
    )
    return replace(topic, terms=terms or topic.terms)


def _listed(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The quantities that a label lists, "ORR and DCR"; of one not understood its words."""
    head, bracket, tail = text.partition(" (")
    for part in ((tail.rstrip(") "),) if bracket else ()) + (head.split(" of ")[0],):
        pieces = [p for p in _SPLIT.split(part) if p]
        read = [read_topic(p, vocabulary, role="row") for p in pieces]
        if len(pieces) > 1 and all(_one(t) for t in read):
            return tuple(t.concept or t.residue[0] for t in read)
    return ()


def _one(topic: Topic) -> bool:
    return not topic.terms and len(topic.residue) + bool(topic.concept) == 1


def _facts(entry: Entry, table: _Table, vocabulary: Vocabulary) -> Iterator[Fact]:
    column = table.reading.columns[entry.column]
    topic = _topic(entry, table, vocabulary)
    labels = (entry.row.label, *reversed(entry.row.groups), *reversed(column.path))
    n = entry.denominator or table.n.get(id(entry))
    if n is None and column.stated is not None:
        n = column.stated.value
    topic = _fingerprint(topic, entry, n, vocabulary)
    statistic = _statistic(labels)
    texts = (*labels, table.reading.table.caption)
    additive = (
        table.reading.table.index in vocabulary.exhaustive
        and not column.total
        and bool(table.columns[entry.column].terms)
    )
    for position, (role, number) in enumerate(entry.numbers):
        if position >= len(entry.claims):
            return
        measure = _measure(role, statistic, topic)
        yield Fact(
            claim=entry.claims[position],
            place=entry.percent_place if role is Role.PERCENT else entry.place,
            measure=measure,
            printed=number,
            topic=_counted(topic, measure),
            of=_of(measure, statistic, texts),
            unit=_unit(texts) if measure not in (*_COUNTS, Measure.P_VALUE) else "",
            n=n,
            additive=additive and measure is Measure.COUNT,
        )


def _topic(entry: Entry, table: _Table, vocabulary: Vocabulary) -> Topic:
    """What a cell is about, from its row, its headings, its column and the caption."""
    row = entry.row
    meaning = vocabulary.rows.get((table.reading.table.index, *row.key))
    role = "grade" if table.events else "row"
    label = table.read(row.label, role)
    headings = [table.read(text, "heading") for text in reversed(row.groups)]
    listed = _listed(row.label, vocabulary) or table.listed
    if meaning is not None:
        own = Topic(
            meaning.concept,
            frozenset((meaning.term,)) if meaning.term else frozenset(),
            label.grades,
        )
        topics = [own, *(_outer(h, own) for h in headings)]
    else:
        topics = [label, *(_announced(h, label) for h in headings)]
    topics.append(table.columns[entry.column])
    topic = join(topics)
    if not topic.concept and listed and len(listed) == table.held[row.key, entry.column]:
        name = listed[entry.part]
        known = name in vocabulary.concepts
        # A caption that lists as many quantities says which one an unknown name stands for.
        other = table.listed[entry.part] if len(table.listed) == len(listed) else ""
        topic = replace(
            topic,
            concept=name if known else other if other in vocabulary.concepts else "",
            residue=topic.residue if known else (*topic.residue, name),
        )
    elif not topic.concept and outcome(table.caption.concept) and len(listed) < 2:
        topic = replace(topic, concept=table.caption.concept, at=topic.at or table.caption.at)
    told_apart = table.caption.modifiers - vocabulary.given if table.events else frozenset()
    return replace(
        topic,
        terms=topic.terms | table.terms,
        grades=topic.grades or table.caption.grades,
        modifiers=topic.modifiers | told_apart,
    )


def _announced(heading: Topic, label: Topic) -> Topic:
    """A heading without a concept of which the rows below are kinds: responses, events, the
    deaths below "overall survival"."""
    kinds = label.concept and (
        heading.concept in ("ORR", "AE")
        or (label.concept in ("death", "alive") and survival(heading.concept))
    )
    return replace(heading, concept="") if kinds else heading


def _outer(heading: Topic, own: Topic) -> Topic:
    """What a heading adds to a row that is known with it: groups of patients and grades."""
    dimensions = {t.dimension for t in own.terms}
    terms = frozenset(t for t in heading.terms if t.dimension not in dimensions)
    return Topic(terms=terms if own.concept else frozenset(), grades=heading.grades)


def _counted(topic: Topic, measure: Measure) -> Topic:
    """A number of patients of a group is about how many they are."""
    if measure is Measure.DENOMINATOR:
        return replace(topic, concept="N", grades=None, at=None)
    if not topic.concept and (measure in _COUNTS or measure is Measure.P_VALUE):
        return replace(topic, concept="N")
    return topic


def _fingerprint(topic: Topic, entry: Entry, n: int | None, vocabulary: Vocabulary) -> Topic:
    """The topic with the group that its number of patients gives away, or with the number left
    as residue where it is that of nobody known."""
    if n is None or vocabulary.everybody is None or topic.terms or topic.concept in ("", "N"):
        return topic
    if n in vocabulary.wholes:
        return topic
    same = [terms for terms, people in vocabulary.people.items() if people == n and len(terms) == 1]
    if len(same) == 1 and entry.denominator is None:
        return replace(topic, terms=same[0])
    return replace(topic, residue=(*topic.residue, f"n={n}"))


def _measure(role: Role, statistic: str, topic: Topic) -> Measure:
    if role is not Role.VALUE:
        return MEASURES[role]
    if not statistic and topic.at is not None and survival(topic.concept):
        return Measure.PERCENT
    if statistic in ("median", "mean"):
        return Measure(statistic)
    return Measure.ESTIMATE if statistic == "hazard-ratio" else Measure.OTHER


@cache
def _statistic(labels: tuple[str, ...]) -> str:
    """The first statistic that the labels name, the nearest label first."""
    for text in labels:
        for name in ("median", "mean", "hazard-ratio"):
            if pattern("statistics", name).search(text):
                return name
    return ""


def _of(measure: Measure, statistic: str, texts: Sequence[str]) -> str:
    if measure in (Measure.LOWER, Measure.UPPER):
        for text in texts:
            for name, meant in (("interval", "95% CI"), ("range", "range"), ("quartiles", "IQR")):
                if pattern("statistics", name).search(text):
                    return meant
    return "HR" if measure is Measure.ESTIMATE and statistic == "hazard-ratio" else ""


def _unit(texts: Sequence[str]) -> str:
    for text in texts:
        if found := _UNIT.search(text):
            word = found[1].lower().rstrip("s")
            return _UNITS.get(word, found[1].lower())
    return ""
