"""Cells of tables as counts of so many patients, by what they are about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations

from auditor.claims import Measure
from auditor.finding import Place
from auditor.linking.agreement import Agreement, with_exact
from auditor.linking.headers import PATIENTS
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.statement import Statement
from auditor.topic import Fact, Topic

_PART = re.compile(r"\.N\d+$")


@dataclass(frozen=True, slots=True)
class CellCount:
    """Patients counted in a cell, and of how many.

    Attributes:
        line: what tells the rows apart (row, line, part); ``column``: of the grid.
        arm, sub: of its column, see ``reading.Column``; "" for a column of totals.
    """

    topic: Topic
    count: int
    n: int
    place: Place
    claims: tuple[str, ...]
    line: tuple[int, int, str]
    column: int
    arm: str = ""
    sub: str = ""

    @property
    def label(self) -> set[str]:
        """The telling words of its row, of the headings too where its own has none."""
        path = self.place.row_label or ""
        return content(path.rpartition(" > ")[2]) or content(path)

    @property
    def share(self) -> Fraction:
        """The percentage, exact."""
        return Fraction(100 * self.count, self.n)


def cell_counts(manuscript: Manuscript) -> tuple[CellCount, ...]:
    """Every count of a table whose number of patients is known, in reading order."""
    cells: dict[str, list[Fact]] = defaultdict(list)
    for fact in manuscript.linked.facts:
        cells[_PART.sub("", fact.claim)].append(fact)
    columns = {(t.table.index, c.index): c for t in manuscript.tables for c in t.columns}
    found = []
    for name, facts in cells.items():
        counts = [f for f in facts if f.measure is Measure.COUNT]
        if len(counts) != 1 or not counts[0].n:
            continue
        fact, n, count = counts[0], counts[0].n, counts[0].printed.integer
        table, row, column = fact.place.table_index, fact.place.row, fact.place.column
        if count is None or count > n or row is None or column is None or table is None:
            continue
        part = re.search(r"\.P\d+", name)
        line = (row, fact.place.line or 0, part.group() if part else "")
        head = columns.get((table, column))
        arm, sub = (head.arm, head.sub) if head is not None and not head.total else ("", "")
        claims = tuple(f.claim for f in facts)
        found.append(CellCount(fact.topic, count, n, fact.place, claims, line, column, arm, sub))
    return tuple(found)


def by_concept(cells: Sequence[CellCount]) -> dict[str, list[CellCount]]:
    """The cells under each concept, "" for one not known."""
    found: dict[str, list[CellCount]] = defaultdict(list)
    for cell in cells:
        found[cell.topic.concept].append(cell)
    return dict(found)


def shows(statement: Statement, cell: CellCount, *, nearly: bool = False) -> bool:
    """Whether the cell gives every number that the statement prints; ``nearly`` lets the last
    digit of the percentage differ by one."""
    if statement.count is not None and statement.count.integer != cell.count:
        return False
    if statement.denominator is not None and statement.denominator.integer != cell.n:
        return False
    share = percentage(statement)
    if share is None:
        return True
    agreement = with_exact(share, cell.share)
    return agreement is Agreement.AGREES or (nearly and agreement.fits)


def percentage(statement: Statement) -> PrintedNumber | None:
    """The percentage that a statement prints, if it does."""
    return statement.percent or (statement.value if statement.count is None else None)


def opposed(
    members: Sequence[Statement],
    topics: Sequence[Topic],
    cells: Mapping[str, Sequence[CellCount]],
    *,
    either_order: bool,
    nearly: bool = False,
) -> tuple[tuple[CellCount, ...], ...]:
    """Cells of one row, or of one column, that show the members of a comparison.

    Args:
        members: statements; ``topics``: what they are about, in the same order.
        cells: by concept.
        either_order: whether the sides may stand the other way round in the text.
        nearly: whether the last digit of a percentage may differ by one.
    """
    concept = topics[0].concept
    if concept in ("", PATIENTS):
        return ()
    lines: dict[object, list[CellCount]] = defaultdict(list)
    for cell in cells.get(concept, ()):
        table = cell.place.table_index
        lines[table, "row", cell.line].append(cell)
        lines[table, "column", cell.column, cell.line[2]].append(cell)
    found = []
    for line in lines.values():
        if len(line) >= len(members):
            found += list(_chosen(members, topics, line, either_order, nearly))
    return tuple(found)


def labelled(
    members: Sequence[Statement],
    topics: Sequence[Topic],
    cells: Mapping[str, Sequence[CellCount]],
    words: str,
) -> tuple[tuple[CellCount, ...], ...]:
    """Cells of one row that show the members, where the sentence names the row in its words and
    prints counts or decimals, which no other row is likely to have.

    Args:
        members, topics, cells: as for ``opposed``; ``words``: of the sentence.
    """
    if not all(m.count is not None or (s := percentage(m)) and s.decimals for m in members):
        return ()
    said = content(words)
    lines: dict[object, list[CellCount]] = defaultdict(list)
    for known in cells.values():
        for cell in known:
            lines[cell.place.table_index, cell.line].append(cell)
    found = []
    for line in lines.values():
        label = line[0].label
        if len(line) >= len(members) and 2 * len(label & said) > len(label):
            found += list(_chosen(members, topics, line, either=True, nearly=False))
    return tuple(found)


def content(text: str) -> set[str]:
    """The telling words of a text, without their plural."""
    return {word.lower().removesuffix("s") for word in _WORD.findall(text)} - _VAGUE


_WORD = re.compile(r"[^\W\d_]{3,}")
_VAGUE = frozenset(
    (
        *("the", "and", "for", "with", "not", "any", "all", "yes", "none", "other", "total"),
        *("patient", "number", "grade", "rate", "event", "year"),
    )
)


def _chosen(
    members: Sequence[Statement],
    topics: Sequence[Topic],
    line: Sequence[CellCount],
    either: bool,
    nearly: bool,
) -> Iterator[tuple[CellCount, ...]]:
    options = [[cell for cell in line if shows(m, cell, nearly=nearly)] for m in members]
    for chosen in _products(options):
        if not _apart(chosen):
            continue
        said = _unlike(topics, chosen)
        orders = permutations(chosen) if either else [chosen]
        if any(
            all(_fits(t, c.topic) for t, c in zip(said, order, strict=True)) for order in orders
        ):
            yield chosen


def _apart(chosen: Sequence[CellCount]) -> bool:
    """Whether cells count different patients, none of them a part or the whole of another."""
    arms = {cell.arm for cell in chosen}
    if len({cell.line for cell in chosen}) == 1 and len(arms) == len(chosen) and all(arms):
        return len({cell.sub for cell in chosen}) == 1
    dimensions = [{t.dimension for t in cell.topic.terms} for cell in chosen]
    different = len({cell.topic for cell in chosen}) == len(chosen)
    return different and all(d == dimensions[0] for d in dimensions)


def _unlike(topics: Sequence[Topic], chosen: Sequence[CellCount]) -> list[Topic]:
    """The topics without a group that all have been given where the cells are of different ones:
    the sentence names it among others ("in groups A and B, the ORR was 6% versus 38%")."""
    shared = frozenset.intersection(*(t.terms for t in topics))
    common = frozenset.intersection(*(c.topic.terms for c in chosen))
    apart = {t.dimension for c in chosen for t in c.topic.terms - common}
    over = {t for t in shared if t.dimension in apart}
    return [replace(t, terms=t.terms - over) for t in topics]


def _products(options: Sequence[Sequence[CellCount]]) -> Iterator[tuple[CellCount, ...]]:
    if not options:
        yield ()
        return
    for first in options[0]:
        for rest in _products(options[1:]):
            if first not in rest:
                yield (first, *rest)


def _fits(said: Topic, cell: Topic) -> bool:
    """Whether the groups that a statement names are those of the cell, as far as both say."""
    known = {t.dimension: t.key for t in cell.terms}
    return all(known.get(t.dimension, t.key) == t.key for t in said.terms) and (
        said.grades is None or said.grades == cell.grades
    )
