"""How many patients each population of a document has, and which columns share everybody out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from auditor.extraction.reading import ColumnRole, RowKind, TableReading
from auditor.linking.meanings import Vocabulary
from auditor.linking.read_topic import read_topic
from auditor.topic import Term

Terms = frozenset[Term]


def counted(tables: Sequence[TableReading], vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary with its numbers of patients, as most places state them.

    A header's N, the rows of a partition and the denominators that cells print are places.
    """
    votes: dict[Terms, Counter[int]] = {}
    exhaustive: set[int] = set()
    captions = {t.table.index: caption_terms(t, vocabulary) for t in tables}
    for table in tables:
        at, within = table.table.index, captions[table.table.index]
        arms: dict[Terms, int] = {}
        for column in table.columns:
            terms = frozenset(vocabulary.columns.get((at, column.index), ()))
            if column.stated is not None and column.role is ColumnRole.DATA:
                if terms or column.total or _only(table):
                    _vote(votes, terms | within, column.stated.value)
                if terms and not column.total:
                    arms[terms] = column.stated.value
        if len(arms) > 1 and not within and _exclusive(list(arms)):
            _vote(votes, frozenset(), sum(arms.values()))
            exhaustive.add(at)
        _rows(table, vocabulary, within, votes)
    people = {terms: best for terms, counter in votes.items() if (best := _best(counter))}
    wholes = votes.get(frozenset(), Counter())
    return replace(
        vocabulary,
        people=people,
        everybody=max(wholes, key=lambda n: (wholes[n], n)) if wholes else None,
        wholes=frozenset(wholes),
        exhaustive=frozenset(exhaustive),
    )


def caption_terms(table: TableReading, vocabulary: Vocabulary) -> Terms:
    """The groups to which the caption restricts every cell.

    A caption that lists several groups of one dimension announces them, and one that names a
    dimension which rows or columns of the table take up restricts nothing by it.
    """
    topic = read_topic(table.table.caption, vocabulary, role="caption")
    at = table.table.index
    inside = {t.dimension for (i, _), terms in vocabulary.columns.items() if i == at for t in terms}
    inside |= {
        m.term.dimension for (i, *_), m in vocabulary.rows.items() if i == at and m.term is not None
    }
    return frozenset(t for t in topic.terms if t.dimension not in inside)


def _rows(
    table: TableReading, vocabulary: Vocabulary, within: Terms, votes: dict[Terms, Counter[int]]
) -> None:
    at = table.table.index
    for entry in table.entries:
        column = table.columns[entry.column]
        terms = frozenset(vocabulary.columns.get((at, entry.column), ()))
        if column.role is not ColumnRole.DATA or not (terms or column.total or _only(table)):
            continue
        meaning = vocabulary.rows.get((at, *entry.row.key))
        row = frozenset((meaning.term,)) if meaning and meaning.term else frozenset[Term]()
        if {t.dimension for t in row} & {t.dimension for t in terms | within}:
            continue
        if entry.denominator:
            _vote(votes, terms | row | within, entry.denominator)
        elif row and entry.count and entry.row.kind is RowKind.COUNT and not _outcome(table, at):
            _vote(votes, terms | row | within, entry.count)


def _outcome(table: TableReading, at: int) -> bool:
    """Whether the cells of a table are no plain numbers of patients: fractions."""
    del at
    return any(entry.denominator is not None for entry in table.entries)


def _only(table: TableReading) -> bool:
    return sum(c.role is ColumnRole.DATA for c in table.columns) == 1


def _exclusive(arms: Sequence[Terms]) -> bool:
    dimensions = [frozenset(t.dimension for t in terms) for terms in arms]
    return all(d == dimensions[0] and len(d) == 1 for d in dimensions)


def _vote(votes: dict[Terms, Counter[int]], terms: Terms, number: int) -> None:
    votes.setdefault(terms, Counter())[number] += 1


def _best(counter: Counter[int]) -> int:
    """The number that most places state; 0 where two are stated equally often."""
    ranked = counter.most_common(2)
    if len(ranked) == 2 and ranked[0][1] == ranked[1][1]:
        return 0
    return ranked[0][0]
