"""The facts of the tables by cell and by what they are about, so that none is searched for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from auditor.claims import Measure
from auditor.linking.headers import PATIENTS
from auditor.linking.readings import Terms
from auditor.topic import Fact, Term, Topic

_MOST_TABLES = 6
"""A statement is compared with the cells of so many tables at most; of more, with the nearest."""


@dataclass(frozen=True)
class Cell:
    """What one line of a table says of one topic: count, percentage, median, bounds, ...

    ``n`` is the number of patients it is of, or None.
    """

    table: int
    row: int
    line: int
    topic: Topic
    facts: tuple[Fact, ...]
    n: int | None = None
    additive: bool = False

    def fact(self, *measures: Measure, of: str | None = None) -> Fact | None:
        """The first fact with one of the measures (and of that interval)."""
        for measure in measures:
            for fact in self._by_measure.get(measure, ()):
                if not of or not fact.of or fact.of == of:
                    return fact
        return None

    @cached_property
    def _by_measure(self) -> Mapping[Measure, Sequence[Fact]]:
        found: dict[Measure, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.measure, []).append(fact)
        return found

    @cached_property
    def count(self) -> int | None:
        """The number of patients, where it is printed as one."""
        fact = self.fact(Measure.COUNT)
        return None if fact is None else fact.printed.integer

    @cached_property
    def share(self) -> Fraction | None:
        """Count over number of patients, in percent, where both are known."""
        return Fraction(100 * self.count, self.n) if self.count is not None and self.n else None

    @property
    def label(self) -> str:
        """The words around the cell, for comparison with the words of a statement."""
        place = self.facts[0].place
        return f"{place.row_label or ''} {place.column_label or ''}"


@dataclass(frozen=True)
class Index:
    """Cells by concept, by concept of the block above, and by printed value; ``people``: how many
    patients each group has, as far as the tables say."""

    cells: tuple[Cell, ...]
    by_concept: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    below: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    people: Mapping[Terms, frozenset[int]] = field(default_factory=dict)

    def of(
        self, concept: str, belong: Terms, terms: Terms, values: Sequence[Decimal] = ()
    ) -> tuple[Cell, ...]:
        """The cells of a concept; of numbers of patients only those of the same groups.

        Where very many tables have such cells, those of a few: that print one of the values,
        that are of the same groups, the first.
        """
        tables = self._tables.get(concept, ())
        if len(tables) <= _MOST_TABLES:
            return self._of(concept, belong or terms)
        keys = [*((concept, value, terms) for value in values), *((concept, v) for v in values)]
        near = dict.fromkeys(
            table
            for key in (*keys, (concept, terms), concept)
            for table in self._tables.get(key, ())[:_MOST_TABLES]
        )
        few = frozenset(list(near)[:_MOST_TABLES])
        if concept != PATIENTS:
            return tuple(c for t in sorted(few) for c in self._in_table[concept, t])
        return tuple(c for c in self._of(concept, belong or terms) if c.table in few)

    @cached_property
    def _tables(self) -> Mapping[object, tuple[int, ...]]:
        """The tables with cells of a concept; of a concept and groups; of a concept that print
        a value; and of those groups that print it."""
        found: dict[object, dict[int, None]] = defaultdict(dict)
        for cell in self.cells:
            concept, terms = cell.topic.concept, cell.topic.terms
            found[concept][cell.table] = None
            found[concept, terms][cell.table] = None
            for fact in cell.facts:
                found[concept, fact.printed.value][cell.table] = None
                found[concept, fact.printed.value, terms][cell.table] = None
        return {key: tuple(tables) for key, tables in found.items()}

    @cached_property
    def _in_table(self) -> Mapping[tuple[str, int], Sequence[Cell]]:
        found: dict[tuple[str, int], list[Cell]] = defaultdict(list)
        for cell in self.cells:
            found[cell.topic.concept, cell.table].append(cell)
        return found

    def _of(self, concept: str, wanted: Terms) -> tuple[Cell, ...]:
        if concept != PATIENTS:
            return self.by_concept.get(concept, ())
        if not wanted:
            return tuple(c for c in self.by_concept.get(PATIENTS, ()) if not c.topic.terms)
        some = min(wanted, key=lambda term: len(self.by_term.get(term, ())))
        return tuple(c for c in self.by_term.get(some, ()) if wanted <= c.topic.terms)

    @cached_property
    def by_term(self) -> Mapping[Term, tuple[Cell, ...]]:
        """The cells that count patients, by each group that they belong to."""
        found: dict[Term, list[Cell]] = defaultdict(list)
        for cell in self.by_concept.get(PATIENTS, ()):
            for term in cell.topic.terms:
                found[term].append(cell)
        return {term: tuple(cells) for term, cells in found.items()}

    @cached_property
    def by_value(self) -> Mapping[Decimal, tuple[tuple[Cell, Fact], ...]]:
        """Cells by each number that they print."""
        found: dict[Decimal, list[tuple[Cell, Fact]]] = defaultdict(list)
        for cell in self.cells:
            for fact in cell.facts:
                found[fact.printed.value.normalize()].append((cell, fact))
        return {value: tuple(cells) for value, cells in found.items()}

    @cached_property
    def everybody(self) -> frozenset[int]:
        """How many patients the tables count where they restrict nobody."""
        return frozenset(
            cell.n for cell in self.cells if cell.n is not None and not cell.topic.terms
        )

    @cached_property
    def dimensions(self) -> Mapping[tuple[int, str], Terms]:
        """For each table and dimension the terms that occur in it."""
        found: dict[tuple[int, str], set[object]] = defaultdict(set)
        for cell in self.cells:
            for term in cell.topic.terms:
                found[cell.table, term.dimension].add(term)
        return {key: frozenset(terms) for key, terms in found.items()}  # type: ignore[arg-type]


def index(facts: Sequence[Fact], people: Mapping[Terms, frozenset[int]] | None = None) -> Index:
    """Bring the facts of one line and one topic together.

    Args:
        facts: of all tables. ``people``: how many patients each group has.
    """
    grouped: dict[tuple[int, int, int, Topic], list[Fact]] = defaultdict(list)
    for fact in _printed_once(facts):
        place = fact.place
        topic = _of_lead(fact) if fact.measure in _BOUNDS else fact.topic
        key = (place.table_index or 0, place.row or 0, place.line or 0, topic)
        grouped[key].append(fact)
    cells = tuple(_cells(grouped))
    by_concept: dict[str, list[Cell]] = defaultdict(list)
    below: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        concept = cell.topic.concept
        by_concept[concept].append(cell)
        if ">" in concept:
            below[concept.rpartition(">")[0]].append(cell)
    return Index(
        cells,
        {concept: tuple(found) for concept, found in by_concept.items()},
        {concept: tuple(found) for concept, found in below.items()},
        people or {},
    )


_BOUNDS = (Measure.LOWER, Measure.UPPER)


def _of_lead(fact: Fact) -> Topic:
    """The topic of the value that a bound belongs to: intervals of several rows that read alike
    are told apart by their values."""
    left = tuple(word for word in fact.topic.residue if not word.startswith("row "))
    return replace(fact.topic, residue=left)


def _printed_once(facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts without those of tables that say, cell by cell, what one before them says: they
    could explain nothing more, and each statement would be held against every copy."""
    tables: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        tables[fact.place.table_index or 0].append(fact)
    first: dict[tuple[object, ...], int] = {}
    for table, members in tables.items():
        first.setdefault(tuple(_said(fact) for fact in members), table)
    kept = set(first.values())
    return (fact for fact in facts if (fact.place.table_index or 0) in kept)


def _said(fact: Fact) -> tuple[object, ...]:
    place, printed = fact.place, fact.printed
    where = (place.row, place.column, place.line, place.row_label, place.column_label)
    return (*where, fact.measure, fact.of, fact.unit, fact.n, printed.text, fact.topic)


def _cells(grouped: Mapping[tuple[int, int, int, Topic], Sequence[Fact]]) -> Iterator[Cell]:
    for (table, row, line, topic), facts in grouped.items():
        numbers = {fact.n for fact in facts if fact.n is not None}
        yield Cell(
            table,
            row,
            line,
            topic,
            tuple(facts),
            numbers.pop() if len(numbers) == 1 else None,
            any(fact.additive for fact in facts),
        )
