"""For each number of a statement the cells, or sums of cells, that may state the same.

Cells are looked up by concept; only where the concept of a statement is not known, or none of
its cells fits, by printed value and words. Nothing is decided here: see ``gate``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rapidfuzz import fuzz

from auditor.claims import Measure
from auditor.linking import discourse
from auditor.linking.agreement import Agreement
from auditor.linking.cells import Cell, Index
from auditor.linking.parts import parts
from auditor.linking.readings import Reading, Terms
from auditor.linking.showing import VALUES, one_cell, same_unit, sum_of_cells, sure
from auditor.printed import PrintedNumber
from auditor.statement import Statement
from auditor.topic import Fact, Topic

_MOST_LOOSE = 40
_LEAST_SIMILAR = 60.0


@dataclass(frozen=True, slots=True)
class Match:
    """How the topic of a statement stands to that of a cell, as far as they differ."""

    terms: bool = True
    grades: bool = True
    at: bool = True
    modifiers: bool = True
    text_residue: int = 0
    cell_residue: int = 0
    patients: bool | None = None

    @property
    def clean(self) -> bool:
        """Whether nothing is different and nothing left over."""
        return self.same and not self.text_residue and not self.cell_residue

    @property
    def same(self) -> bool:
        """Whether all that was understood is equal."""
        return (
            self.terms and self.grades and self.at and self.modifiers and self.patients is not False
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """One number of a statement beside what cells say.

    Attributes:
        exact: what the cells give as an exact value, or None (a printed median).
        agreement: whether the numbers are one; ``match``: whether the topics are.
        named: whether the concept is known and the same; else the words are ``similar`` (0-1).
        exclusive: of a sum, whether no patient can be in two of its parts.
        whole: of a sum, whether its parts are known to make up the statement's patients.
        sure: whether the table says that it shows the same statistic.
    """

    statement: str
    part: str
    printed: PrintedNumber
    reading: Reading
    facts: tuple[Fact, ...]
    operation: str
    shows: str
    agreement: Agreement
    match: Match
    named: bool = True
    similar: float = 1.0
    exclusive: bool = True
    whole: bool = True
    exact: Fraction | None = None
    sure: bool = True

    @property
    def table(self) -> int:
        return self.facts[0].place.table_index or 0


def candidates(
    statement: Statement, readings: Sequence[Reading], index: Index
) -> Iterator[Candidate]:
    """All that is worth a look, for each part of the statement."""
    words = " ".join(p.text for p in (*statement.what, *statement.whom, *statement.setting))
    several = parts(statement)
    values = tuple(printed.value for _, printed in several)
    groups = [(reading, tuple(_groups(reading, values, index))) for reading in readings]
    for part, printed in several:
        found = False
        for reading, cells in groups:
            for group in cells:
                for made in _compared(statement, part, printed, reading, group):
                    found = found or made.agreement.fits
                    yield made
        if not found and readings:
            yield from _loose(statement, part, printed, readings[0], words, index)


@dataclass(frozen=True, slots=True)
class _Group:
    cells: tuple[Cell, ...]
    match: Match
    exclusive: bool = True
    whole: bool = True


def _groups(reading: Reading, values: Sequence[Decimal], index: Index) -> Iterator[_Group]:
    """Cells, and sets of cells that add up, of the concept of a reading."""
    topic = reading.topic
    if not topic.concept:
        return
    cells = index.of(topic.concept, reading.belong, topic.terms, values)
    for cell in cells:
        yield _Group((cell,), match(reading, cell))
    yield from _over_groups(reading, cells, index)
    yield from _over_grades(reading, cells)
    if not cells:
        yield from _over_rows(reading, index)


def match(reading: Reading, cell: Cell, terms: Terms | None = None) -> Match:
    """Compare the topic of a reading with that of a cell (of ``terms`` in place of its own)."""
    one, other = reading.topic, cell.topic
    patients: bool | None = None
    if reading.patients is not None and cell.n is not None and terms is None:
        patients = reading.patients == cell.n
    return Match(
        terms=one.terms == (other.terms if terms is None else terms),
        grades=one.grades == other.grades,
        at=_times(one.at, other.at),
        modifiers=one.modifiers == other.modifiers,
        text_residue=len(one.residue),
        cell_residue=len(other.residue),
        patients=patients,
    )


def _times(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 0.02 * max(one, other)


def _over_groups(reading: Reading, cells: Sequence[Cell], index: Index) -> Iterator[_Group]:
    """Cells of groups that exclude each other and differ from the reading in one dimension."""
    wanted = reading.topic
    found: dict[tuple[int, str, Topic], list[Cell]] = defaultdict(list)
    for cell in cells:
        more = cell.topic.terms - wanted.terms
        if len(more) == 1 and wanted.terms < cell.topic.terms and cell.count is not None:
            (term,) = more
            rest = Topic(
                grades=cell.topic.grades,
                at=cell.topic.at,
                modifiers=cell.topic.modifiers,
                residue=cell.topic.residue,
            )
            found[cell.table, term.dimension, rest].append(cell)
    for (table, dimension, _), parts_ in found.items():
        terms = [next(iter(c.topic.terms - wanted.terms)) for c in parts_]
        if len(parts_) < 2 or len(set(terms)) != len(terms):
            continue
        everyone = set(terms) >= index.dimensions[table, dimension]
        sizes = [_size(cell, index) for cell in parts_]
        total = None if None in sizes else sum(size for size in sizes if size is not None)
        people = index.people.get(reading.of, frozenset())
        if reading.patients is not None:
            people = frozenset({reading.patients})
        if total is not None and people and total not in people:
            continue
        whole = total in people if total is not None else all(cell.additive for cell in parts_)
        if everyone or (total is not None and total == reading.patients):
            yield _Group(tuple(parts_), match(reading, parts_[0], wanted.terms), whole=whole)


def _size(cell: Cell, index: Index) -> int | None:
    """How many patients a cell is of: as it or its table says, or as its group always has."""
    if cell.n is not None:
        return cell.n
    people = index.people.get(cell.topic.terms, frozenset())
    return next(iter(people)) if len(people) == 1 else None


def _over_grades(reading: Reading, cells: Sequence[Cell]) -> Iterator[_Group]:
    """Cells of grades that together are those of the reading."""
    wanted = reading.topic.grades or (1, 5)
    found: dict[tuple[int, Topic], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.topic.grades and cell.count is not None and cell.topic.terms == reading.topic.terms:
            rest = Topic(modifiers=cell.topic.modifiers, residue=cell.topic.residue)
            found[cell.table, rest].append(cell)
    for parts_ in found.values():
        inside = sorted(
            (c for c in parts_ if c.topic.grades and _within(c.topic.grades, wanted)),
            key=lambda c: c.topic.grades or (0, 0),
        )
        spans = [c.topic.grades for c in inside if c.topic.grades]
        if len(spans) < 2 or any(a[1] + 1 != b[0] for a, b in zip(spans, spans[1:], strict=False)):
            continue
        if spans[0][0] != wanted[0] or (spans[-1][1] != wanted[1] and wanted[1] < 5):
            continue
        compared = match(reading, inside[0])
        one = reading.topic
        yield _Group(
            tuple(inside),
            Match(
                compared.terms,
                True,
                compared.at,
                one.modifiers == inside[0].topic.modifiers,
                compared.text_residue,
                compared.cell_residue,
                compared.patients,
            ),
        )


def _within(grades: tuple[int, int], wanted: tuple[int, int]) -> bool:
    return wanted[0] <= grades[0] and grades[1] <= wanted[1]


def _over_rows(reading: Reading, index: Index) -> Iterator[_Group]:
    """All rows of a block, over all of its columns: "metastases in 25" of a list of sites."""
    found: dict[int, list[Cell]] = defaultdict(list)
    for cell in index.below.get(reading.topic.concept, ()):
        if cell.count is not None:
            found[cell.table].append(cell)
    for parts_ in found.values():
        same = [c for c in parts_ if c.topic.terms == reading.topic.terms]
        if not same:
            more = [c.topic.terms - reading.topic.terms for c in parts_]
            if any(len(m) != 1 for m in more) or len({t.dimension for m in more for t in m}) != 1:
                continue
            same = parts_
        if len(same) < 2:
            continue
        labels = [(c.facts[0].place.row_label or "") for c in same]
        exclusive = all(discourse.exclusive(label) for label in labels)
        yield _Group(
            tuple(same), match(reading, same[0], reading.topic.terms), exclusive, whole=True
        )


def _compared(
    statement: Statement, part: str, printed: PrintedNumber, reading: Reading, group: _Group
) -> Iterator[Candidate]:
    made = (
        one_cell(statement, part, printed, group.cells[0])
        if len(group.cells) == 1
        else sum_of_cells(statement, part, printed, group.cells)
    )
    if made is None:
        return
    facts, shows, how, exact = made
    yield Candidate(
        statement.id,
        part,
        printed,
        reading,
        facts,
        "same" if len(group.cells) == 1 else "sum",
        shows,
        how,
        group.match,
        exclusive=group.exclusive,
        whole=group.whole,
        exact=exact,
        sure=all(sure(statement, fact) for fact in facts),
    )


_LOOSE: dict[str, tuple[Measure, ...]] = {
    "count": (Measure.COUNT,),
    "percent": (Measure.PERCENT,),
    "p-value": (Measure.P_VALUE,),
    "lower": (Measure.LOWER,),
    "upper": (Measure.UPPER,),
}


def _loose(
    statement: Statement,
    part: str,
    printed: PrintedNumber,
    reading: Reading,
    words: str,
    index: Index,
) -> Iterator[Candidate]:
    """Cells that print the same number under similar words."""
    measures = _LOOSE.get(part, VALUES.get(statement.kind, ()))
    for cell, fact in index.by_value.get(printed.value.normalize(), ())[:_MOST_LOOSE]:
        if fact.measure not in measures or not same_unit(statement.unit, fact.unit):
            continue
        similar = fuzz.token_set_ratio(words.lower(), cell.label.lower())
        if similar < _LEAST_SIMILAR:
            continue
        yield Candidate(
            statement.id,
            part,
            printed,
            reading,
            (fact,),
            "same",
            fact.printed.text,
            Agreement.AGREES,
            match(reading, cell),
            named=False,
            similar=similar / 100,
        )
