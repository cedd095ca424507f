"""From a document to its claims: what manuscript checks take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from auditor.audit import Unchecked
from auditor.claims import Claim, Measure, Population, Quantity
from auditor.document import Document, Table
from auditor.extraction.across import judge_tables
from auditor.extraction.fractions import TextFraction, text_fractions
from auditor.extraction.judged import TableJudgement
from auditor.extraction.partitions import Partition, find_partitions
from auditor.extraction.places import caption_place
from auditor.extraction.reading import ColumnRole, Entry, Role, TableReading
from auditor.extraction.table import read_table
from auditor.finding import Place
from auditor.linking import link
from auditor.linking.claims import statement_claims, text_numbers, with_claims
from auditor.linking.facts import MEASURES
from auditor.printed import scan_numbers
from auditor.prose import read_prose
from auditor.statement import Prose
from auditor.topic import Linked


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A document with all that was read from it.

    Attributes:
        document: as read.
        tables: what each table says.
        judged: the percentages of each table against their denominators, in the same order.
        claims: every number with a known role, in reading order.
        printed_numbers: how many numbers stand in the bodies of the tables and in the running
            text, those that other studies or plans state left out where they were not read.
        unread: tables and cells that could not be read, and why.
        fractions: statements of the text that carry their own denominator.
        partitions: the blocks of categories of each table, in the same order as ``tables``.
        prose: sentences and statements of the running text.
        linked: what the statements are about, and where else the same is stated.
        words: other words for endpoints and labels that a study declares.
        remembered: what several checks gather alike, by name, kept after the first of them; a
            copy with other readings (``dataclasses.replace``) starts without.
    """

    document: Document
    tables: tuple[TableReading, ...]
    judged: tuple[TableJudgement, ...]
    claims: tuple[Claim, ...]
    printed_numbers: int
    unread: tuple[Unchecked, ...] = ()
    fractions: tuple[TextFraction, ...] = ()
    partitions: tuple[tuple[Partition, ...], ...] = ()
    prose: Prose = field(default_factory=Prose)
    linked: Linked = field(default_factory=Linked)
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    remembered: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)


def read_manuscript(
    document: Document, words: Mapping[str, Sequence[str]] | None = None
) -> Manuscript:
    """Read the tables and the running text of a document, and tie them together.

    ``words`` are other words for endpoints and labels, as a study file declares them.
    """
    tables: list[TableReading] = []
    claims: list[Claim] = []
    unread: list[Unchecked] = []
    numbers = 0
    for table in document.tables:
        reading, made = _with_claims(read_table(table, document.name))
        tables.append(reading)
        claims += made
        printed = _printed_numbers(reading)
        numbers += printed
        unread += _unread(document, reading, printed, len(made))
    readings = tuple(tables)
    judged = judge_tables(document, readings)
    prose = read_prose(document)
    linked = link(document, readings, judged, prose, words)
    fractions, others = with_claims(text_fractions(document), prose)
    stated, in_text, unread_text = _of_text(document, prose, linked, others)
    claims += stated
    numbers += in_text
    unread += unread_text
    return Manuscript(
        document,
        readings,
        judged,
        tuple(claims),
        numbers,
        tuple(unread),
        fractions,
        tuple(find_partitions(j) for j in judged),
        prose,
        linked,
        words or {},
    )


def reread(
    manuscript: Manuscript,
    tables: tuple[TableReading, ...],
    prose: Prose,
    fractions: tuple[TextFraction, ...],
    amended: Callable[[Linked], Linked],
    *,
    linked: Linked | None = None,
    rejected: Collection[str] = (),
) -> Manuscript:
    """The manuscript with other readings of its tables and text, judged and linked again.

    Args:
        tables, prose, fractions: they replace those of the manuscript; ids stay.
        amended: what is done to the links.
        linked: the links, where nothing that they rest on has changed.
        rejected: ids of claims that are none. The numbers stay counted as printed.
    """
    document = manuscript.document
    judged = manuscript.judged
    if tables != manuscript.tables:
        judged = judge_tables(document, tables)
    if linked is None:
        linked = link(document, tables, judged, prose, manuscript.words)
    linked = amended(linked)
    others = [fraction for fraction in fractions if not fraction.ids]
    stated, *_ = _of_text(document, prose, linked, others)
    known = {claim.id: claim for claim in manuscript.claims if claim.place.row is not None}
    in_tables = [
        replace(known[name], quantity=_quantity(role, entry), printed=number)
        for table in tables
        for entry in table.entries
        for name, (role, number) in zip(entry.claims, entry.numbers, strict=True)
    ]
    return replace(
        manuscript,
        tables=tables,
        judged=judged,
        claims=(*in_tables, *(claim for claim in stated if claim.id not in rejected)),
        fractions=fractions,
        partitions=tuple(find_partitions(j) for j in judged),
        prose=prose,
        linked=linked,
    )


def _of_text(
    document: Document, prose: Prose, linked: Linked, others: Sequence[TextFraction]
) -> tuple[list[Claim], int, list[Unchecked]]:
    """Claims of the running text, how many numbers stand there, and where some state nothing.

    ``others`` are the fractions that no statement reads.
    """
    stated = statement_claims(prose, linked)
    printed = text_numbers(prose, stated)
    extra = [f for f in others if not any(at in printed for at in _reach(f.place))]
    read = {claim.printed.start for claim in stated}
    read |= {at for f in others for at in _reach(f.place) if at in printed}
    total = Counter(sentence.title for sentence in printed.values())
    lost = Counter(sentence.title for at, sentence in printed.items() if at not in read)
    unread = [
        Unchecked(
            Place(document.name, "text", "", section=title or None),
            f"what they state was not understood: {lost[title]} of {count} numbers",
        )
        for title, count in total.items()
        if lost[title]
    ]
    claims = [*stated, *(claim for fraction in others for claim in _fraction_claims(fraction))]
    claims.sort(key=lambda claim: claim.place.start or 0)
    return claims, len(printed) + 3 * len(extra), unread


def _reach(place: Place) -> range:
    return range(place.start or 0, place.end or 0)


def _fraction_claims(fraction: TextFraction) -> list[Claim]:
    population = Population((("section", fraction.place.section or fraction.section),))
    measures = (Measure.COUNT, Measure.DENOMINATOR, Measure.PERCENT)
    return [
        Claim(claim, Quantity(measure), population, number, fraction.place)
        for claim, measure, number in zip(fraction.claims, measures, fraction.numbers, strict=True)
    ]


def _with_claims(reading: TableReading) -> tuple[TableReading, list[Claim]]:
    """Number the claims of a table: table, row, column, then line, part and role."""
    entries: list[Entry] = []
    claims: list[Claim] = []
    for entry in reading.entries:
        ids = []
        for position, (role, number) in enumerate(entry.numbers):
            base = f"T{reading.table.index + 1}.R{entry.row.index}.C{entry.column}"
            suffix = "".join(
                f".{letter}{value}"
                for letter, value in (("L", entry.row.line), ("P", entry.part), ("N", position))
                if value
            )
            claim = Claim(
                id=base + suffix,
                quantity=_quantity(role, entry),
                population=_population(reading, entry),
                printed=number,
                place=entry.percent_place if role is Role.PERCENT else entry.place,
                confidence=_confidence(reading, entry),
            )
            claims.append(claim)
            ids.append(claim.id)
        entries.append(replace(entry, claims=tuple(ids)))
    return replace(reading, entries=tuple(entries)), claims


def _quantity(role: Role, entry: Entry) -> Quantity:
    if role is Role.VALUE:
        label = entry.row.path.lower()
        for measure in (Measure.MEDIAN, Measure.MEAN):
            if measure.value in label:
                return Quantity(measure)
        return Quantity(Measure.OTHER)
    return Quantity(MEASURES[role])


def _population(reading: TableReading, entry: Entry) -> Population:
    column = reading.columns[entry.column]
    terms = [("column", column.label)] if column.label else []
    terms += [("group", group) for group in entry.row.groups]
    if entry.row.label:
        terms.append(("row", entry.row.label))
    return Population(tuple(terms))


def _confidence(reading: TableReading, entry: Entry) -> float:
    """1 where label and header are plain, less where a label or the header is missing."""
    score = 1.0
    if not entry.row.label:
        score -= 0.3
    if not reading.columns[entry.column].label:
        score -= 0.2
    if reading.table.warnings:
        score -= 0.1
    return round(score, 2)


def _body(reading: TableReading) -> Iterator[str]:
    labels = {c.index for c in reading.columns if c.role == ColumnRole.LABEL}
    headers = {row.index for row in reading.rows if row.kind == "header"}
    for cell in reading.table.cells():
        if cell.column not in labels and cell.row not in headers:
            yield cell.clean


def _printed_numbers(reading: TableReading) -> int:
    return sum(len(scan_numbers(text)) for text in _body(reading))


def _unread(
    document: Document, reading: TableReading, printed: int, claimed: int
) -> list[Unchecked]:
    table: Table = reading.table
    place = caption_place(document.name, table)
    if not table.grid:
        return [Unchecked(place, "; ".join(table.warnings) or "the table has no cells")]
    missing = printed - claimed
    if missing > 0:
        return [Unchecked(place, f"{missing} of {printed} numbers have no known role")]
    return []
