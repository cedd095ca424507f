"""The words of linking: how a statement may be understood, and the groups of the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.claims import Measure
from auditor.linking.headers import PATIENTS
from auditor.topic import Fact, Term, Topic

Terms = frozenset[Term]


class How(StrEnum):
    """How it is known of whom (or of what) a statement speaks."""

    NAMED = "named"
    COUNTED = "known by the number of patients"
    SIDE = "by its place in the list"
    BEFORE = "named in the sentences before"
    HEADING = "named in the heading"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a statement.

    Attributes:
        topic: concept, patients, grades, modifiers; residue of all its phrases.
        who: how the patients are known; ``what``: how the concept is known.
        patients: number of patients that the words or the denominator state, or None.
        restricts: residue of the phrases that say of whom: a part of the topic's patients.
        belong: where patients are counted, the groups that are counted ("24 of 44 had surgery
            alone"): the number of patients is then that of the other terms.
        rank: 0 for the likeliest reading and those that differ from it in the order alone.
        graded: whether the very phrase that names the concept names the grades.
        order: 0: a list of unnamed or named sides in its own order, 1: reversed; -1: no list.
    """

    topic: Topic
    who: How
    what: How
    patients: int | None = None
    restricts: tuple[str, ...] = ()
    order: int = -1
    belong: Terms = frozenset()
    rank: int = 0
    graded: bool = False

    @property
    def of(self) -> Terms:
        """Of whom the statement speaks: whose number of patients its denominator is."""
        return self.topic.terms - self.belong


@dataclass(frozen=True, slots=True)
class Context:
    """What the tables say of the groups of patients.

    Attributes:
        people: numbers of patients that are printed of each group.
        sides: for each dimension its terms in the order of the tables' columns and rows.
    """

    people: Mapping[Terms, frozenset[int]] = field(default_factory=dict)
    sides: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)

    def of(self, patients: int) -> list[Terms]:
        """The groups that have so many patients."""
        return [terms for terms, numbers in self.people.items() if patients in numbers]


def context(facts: Sequence[Fact]) -> Context:
    """The groups of the tables with their sizes and their order.

    The groups of one dimension in one table exclude each other: together they are as many as
    their sum.
    """
    people: dict[Terms, set[int]] = defaultdict(set)
    sides: dict[str, dict[Term, None]] = defaultdict(dict)
    sizes: dict[tuple[int, Terms, str], dict[Term, set[int]]] = defaultdict(dict)
    for fact in facts:
        for term in sorted(fact.topic.terms):
            sides[term.dimension][term] = None
        size = _size(fact)
        if size is None:
            continue
        people[fact.topic.terms].add(size)
        for term in fact.topic.terms:
            key = (fact.place.table_index or 0, fact.topic.terms - {term}, term.dimension)
            sizes[key].setdefault(term, set()).add(size)
    for (_, rest, _), found in sizes.items():
        numbers = [next(iter(n)) for n in found.values() if len(n) == 1]
        if len(numbers) == len(found) > 1:
            people[rest].add(sum(numbers))
    return Context(
        {terms: frozenset(found) for terms, found in people.items()},
        {dimension: tuple(found) for dimension, found in sides.items()},
    )


def _size(fact: Fact) -> int | None:
    """How many patients the group of a fact has: where patients are counted, their count."""
    if fact.topic.concept != PATIENTS:
        return fact.n if not fact.topic.residue else None
    if fact.measure in (Measure.COUNT, Measure.DENOMINATOR) and not fact.topic.residue:
        return fact.printed.integer
    return None
