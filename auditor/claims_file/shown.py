"""What a row of the claims file shows of the reading, and how a row is found again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields

from auditor.claims import Claim
from auditor.finding import Place
from auditor.linking.claims import claim_id, population_of
from auditor.manuscript import Manuscript
from auditor.statement import Statement
from auditor.topic import Link, Topic

EDITABLE = ("value", "quantity", "about", "cells")
"""Columns that a person may edit, beside ``confirmed`` and ``decision``."""

LEAST_SHOWN = 0.4
"""Links of less confidence are shown as alternatives: who confirms a row does not confirm them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What was written of one claim: the editable columns, the quote, and the address.

    ``about``: concept and groups in the document's own words. ``cells``: addresses of the cells
    that the claim is linked to. ``address``: of the claim itself, by labels and not by numbers
    of rows, so that it stays when a row is added elsewhere.
    """

    value: str
    quantity: str
    about: str
    cells: str
    quote: str
    address: str


def as_read(shown: Shown) -> str:
    """One cell of ASCII text that no spreadsheet takes for a number, date or formula."""
    return json.dumps(astuple(shown), ensure_ascii=True)


def parse_as_read(text: str) -> Shown | None:
    """What ``as_read`` wrote, or None where somebody has changed it."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    names = [field.name for field in fields(Shown)]
    if not isinstance(found, list) or len(found) != len(names):
        return None
    return Shown(*(str(value) for value in found))


@dataclass(frozen=True, slots=True)
class Reading:
    """Lookups over one manuscript: what its claims show, and which statement each is of.

    ``links`` are those that a row shows, ``guesses`` the others, the best first.
    """

    manuscript: Manuscript
    claims: Mapping[str, Claim]
    statements: Mapping[str, tuple[Statement, str]]
    links: Mapping[str, Link]
    guesses: Mapping[str, tuple[Link, ...]]

    def shown(self, claim: Claim) -> Shown:
        """What the row of a claim shows."""
        statement, _ = self.statements.get(claim.id, (None, ""))
        link = self.links.get(claim.id)
        linked = self.manuscript.linked
        about = claim.place.row_label or ""
        if statement is not None:
            about = about_words(linked.topics.get(statement.id, Topic()))
        return Shown(
            value=claim.printed.text,
            quantity=str(claim.quantity),
            about=about,
            cells="" if link is None else cells_words(link),
            quote=claim.place.quote,
            address=address(claim.place),
        )


def reading_of(manuscript: Manuscript) -> Reading:
    """The lookups over a manuscript as read."""
    statements: dict[str, tuple[Statement, str]] = {}
    for statement in manuscript.prose.statements:
        for part in PARTS:
            statements.setdefault(claim_id(statement, part), (statement, part))
    by_id = {statement.id: statement for statement in manuscript.prose.statements}
    links = {
        claim_id(by_id[link.statement], link.part): link
        for link in manuscript.linked.links
        if link.statement in by_id and link.confidence >= LEAST_SHOWN
    }
    guesses = {
        claim_id(by_id[link.statement], link.part): (
            *(() if link.confidence >= LEAST_SHOWN else (link,)),
            *manuscript.linked.alternatives.get((link.statement, link.part), ()),
        )
        for link in manuscript.linked.links
        if link.statement in by_id
    }
    claims = {claim.id: claim for claim in manuscript.claims}
    return Reading(manuscript, claims, statements, links, guesses)


PARTS = (
    *("count", "denominator", "percent", "lower", "upper", "lower2", "upper2", "p-value"),
    *("spread", "value"),
)


def about_words(topic: Topic) -> str:
    """Concept and groups of a topic: "ORR | Study drug"."""
    return str(population_of(topic))


def cells_words(link: Link) -> str:
    """The cells of a link by their labels; of a sum with plus signs between them."""
    return " + ".join(dict.fromkeys(address(fact.place) for fact in link.facts))


def address(place: Place) -> str:
    """Where something stands, by labels: "Table 2: PR / Study drug (N = 31)".

    A row or column without a label is given by its number, from 1.
    """
    if place.table_index is None and place.table is None:
        return _folded(place.section or "") or "Text"
    table = _folded(place.table or "") or f"Table {(place.table_index or 0) + 1} (no label)"
    if place.row is None and place.column is None:
        return table
    row = _folded(place.row_label or "") or f"row {(place.row or 0) + 1}"
    column = _folded(place.column_label or "") or f"column {(place.column or 0) + 1}"
    line = "" if place.line is None else f", line {place.line + 1}"
    return f"{table}: {row} / {column}{line}"


def spot(place: Place) -> str:
    """Table, row and column by number, from 1: "Table 2 r5 c3"; a section by its title."""
    if place.row is None:
        return address(place)
    line = "" if not place.line else f".{place.line + 1}"
    table = _folded(place.table or "") or f"Table {(place.table_index or 0) + 1} (no label)"
    return f"{table} r{place.row + 1}{line} c{(place.column or 0) + 1}"


def _folded(text: str) -> str:
    return " ".join(text.split())
