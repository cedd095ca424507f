"""The numbers of patients that a document states: what a share may be a share of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.extraction.reading import Role
from auditor.finding import Place
from auditor.manuscript import Manuscript
from auditor.passages.mentions import Mention, Passage
from auditor.statement import Origin


@dataclass(frozen=True, slots=True)
class Stated:
    """Every number that may be a number of patients.

    Attributes:
        ns: N of table columns, rows and headings, denominators and numbers of people in the
            text, with the first place of each; ascending.
        counts: every count of the document, also of a table's cells.
        largest: the largest of all, or 0.
        most_people: the largest N of a table, denominator or number of patients that the text
            calls included, treated, analysed, or 0.
        enrolled: the largest number that the text calls the patients of the study, or 0.
    """

    ns: dict[int, Place]
    counts: frozenset[int]
    largest: int
    most_people: int
    enrolled: int = 0

    def explains(self, denominators: range) -> int | None:
        """The largest stated N among these denominators, or None."""
        return next((n for n in reversed(self.ns) if n in denominators), None)

    def counted(self, denominators: range) -> int | None:
        """The largest count of the document among these denominators, or None."""
        if len(denominators) < len(self.counts):
            return next((n for n in reversed(denominators) if n in self.counts), None)
        return max((n for n in self.counts if n in denominators), default=None)


def stated_people(manuscript: Manuscript, passages: Iterable[Passage]) -> Stated:
    """Numbers of patients of the study; what cited studies say is left out."""
    ns: dict[int, Place] = {}
    counts: set[int] = set()
    _of_tables(manuscript, ns, counts)
    most = max(ns, default=0)
    enrolled = 0
    for passage in passages:
        for mention in passage.mentions:
            if not mention.cited:
                if mention.of_population:
                    most = max(most, mention.number or 0)
                if mention.enrolled and mention.own:
                    enrolled = max(enrolled, mention.number or 0)
                if mention.statement.denominator is not None:
                    most = max(most, mention.statement.denominator.integer or 0)
                _of_text(mention, ns, counts)
    return Stated(
        dict(sorted(ns.items())),
        frozenset(counts) | frozenset(ns),
        max([*ns, *counts], default=0),
        most,
        enrolled,
    )


def _of_tables(manuscript: Manuscript, ns: dict[int, Place], counts: set[int]) -> None:
    for reading in manuscript.tables:
        named = [c.stated for c in reading.columns] + [reading.total]
        named += [s for row in reading.rows for s in (*row.stated, *row.noted)]
        for stated in named:
            if stated is not None:
                ns.setdefault(stated.value, stated.place)
        for entry in reading.entries:
            if entry.denominator is not None:
                ns.setdefault(entry.denominator, entry.place)
            bare = entry.number(Role.VALUE)
            number = entry.count if bare is None else bare.integer
            if number is not None:
                counts.add(number)
    for judgement in manuscript.judged:
        for judged in judgement.percents:
            if judged.basis.value > 0:
                ns.setdefault(judged.basis.value, judged.stated.entry.place)
    for fraction in manuscript.fractions:
        ns.setdefault(fraction.denominator, fraction.place)


def _of_text(mention: Mention, ns: dict[int, Place], counts: set[int]) -> None:
    statement = mention.statement
    if statement.denominator is not None and statement.denominator.integer:
        ns.setdefault(statement.denominator.integer, statement.place)
    number = mention.number
    if number is None:
        return
    if mention.of_people or statement.percent is not None:
        counts.add(number)
    if mention.of_people and statement.origin is not Origin.PLANNED and number > 1:
        ns.setdefault(number, statement.place)
