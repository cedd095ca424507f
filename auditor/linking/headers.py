"""The numbers of patients that headers of columns and labels of rows state, as facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.claims import Measure
from auditor.extraction.reading import ColumnRole, StatedN, TableReading
from auditor.linking.meanings import Vocabulary
from auditor.linking.people import caption_terms
from auditor.printed import PrintedNumber
from auditor.topic import Fact, Term, Topic

PATIENTS = "N"
"""The concept of a number of patients: how many belong to a group."""

_PREFIX = "N:"


def is_header(fact: Fact) -> bool:
    """Whether a fact is a header's number of patients, which is no claim of a cell."""
    return fact.claim.startswith(_PREFIX)


def header_facts(tables: Sequence[TableReading], words: Vocabulary) -> tuple[Fact, ...]:
    """How many patients each named group has by the headers and row labels of the tables.

    Their ``claim`` is no id of a claim: see ``is_header``.
    """
    return tuple(fact for table in tables for fact in _of_table(table, words))


def _of_table(table: TableReading, words: Vocabulary) -> Iterator[Fact]:
    at = table.table.index
    within = caption_terms(table, words)
    for column in table.columns:
        terms = frozenset(words.columns.get((at, column.index), ()))
        if column.stated is not None and column.role is ColumnRole.DATA and not column.total:
            yield from _fact(column.stated, terms, within, f"{at}.c{column.index}")
    for row in table.rows:
        meaning = words.rows.get((at, *row.key))
        if len(row.stated) == 1 and meaning is not None and meaning.term is not None:
            term = frozenset((meaning.term,))
            yield from _fact(row.stated[0], term, within, f"{at}.r{row.index}.{row.line}")


def _fact(
    stated: StatedN, terms: frozenset[Term], within: frozenset[Term], name: str
) -> Iterator[Fact]:
    if not terms:
        return
    yield Fact(
        _PREFIX + name,
        stated.place,
        Measure.COUNT,
        PrintedNumber(str(stated.value), Decimal(stated.value), 0),
        Topic(PATIENTS, terms | within),
    )
