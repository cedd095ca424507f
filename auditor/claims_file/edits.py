"""What a person changed in a row, and what the changed cells mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from auditor.claims import Claim, Measure
from auditor.claims_file.rows import ClaimsFile, Row
from auditor.claims_file.shown import Reading, Shown, address, spot
from auditor.linking.claims import concept_words
from auditor.printed import PrintedNumber, parse_number
from auditor.selection import did_you_mean
from auditor.statement import Kind
from auditor.topic import Term, Topic

_QUANTITIES = tuple(
    dict.fromkeys((*(m.value for m in Measure), *(k.value for k in Kind if k is not Kind.RANGE)))
)
_GRADES = re.compile(r"grades?\s*(\d)(?:\s*[-–]\s*(\d))?", re.IGNORECASE)
_AT = re.compile(r"at\s+(\d+(?:\.\d+)?)\s+months?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """What a person may write of one manuscript, in lower case, and what it means.

    ``cells`` gives the ids of the claims of a cell, by address, place or id.
    """

    concepts: Mapping[str, str]
    terms: Mapping[str, Term]
    modifiers: frozenset[str]
    cells: Mapping[str, tuple[str, ...]]


def words_of(reading: Reading, written: Mapping[str, tuple[str, ...]]) -> Words:
    """The words of a manuscript; ``written`` are ids and places as the file prints them."""
    linked = reading.manuscript.linked
    concepts: dict[str, str] = {}
    terms: dict[str, Term] = {}
    modifiers: set[str] = set()
    for topic in (*(fact.topic for fact in linked.facts), *linked.topics.values()):
        if topic.concept:
            concepts.setdefault(concept_words(topic.concept).lower(), topic.concept)
        for term in topic.terms:
            terms.setdefault((term.label or term.key).lower(), term)
            terms.setdefault(term.key.lower(), term)
        modifiers |= topic.modifiers
    names: defaultdict[str, list[str]] = defaultdict(list)
    for claim in reading.claims.values():
        if claim.place.row is not None:
            # A cell has as many claims as numbers.
            for name in {claim.id, address(claim.place), spot(claim.place)}:
                names[name.casefold()].append(claim.id)
    cells = {name: tuple(ids) for name, ids in names.items()}
    cells |= {name.casefold(): ids for name, ids in written.items()}
    return Words(concepts, terms, frozenset(modifiers), cells)


@dataclass(frozen=True, slots=True)
class Edits:
    """What replaces the reading; None: as read. ``cells`` are ids of claims, () for no cell."""

    value: PrintedNumber | None = None
    quantity: str | None = None
    about: Topic | None = None
    cells: tuple[str, ...] | None = None

    @property
    def any(self) -> bool:
        return self != Edits()


def edits_of(
    file: ClaimsFile,
    row: Row,
    was: Shown,
    reading: Reading,
    claim: Claim,
    words: Words,
) -> Edits:
    """What the row has otherwise than it ``was`` written.

    Raises:
        InputError: a changed cell cannot be understood.
    """
    if row.decision == "rejected":
        return Edits()
    found = Edits()
    if row.has("value") and (text := row["value"]) != was.value:
        found = replace(found, value=_value(file, row, text, was, claim))
    if _changed(row, "quantity", was.quantity):
        found = replace(found, quantity=_quantity(file, row, reading, claim))
    column = next((c for c in ("about", "population") if _changed(row, c, was.about)), "")
    if column == "population" and not (row.has("about") and claim.id in reading.statements):
        column = ""
    if column:
        if claim.id not in reading.statements:
            raise file.wrong(
                row.line,
                "what a cell of a table is about is read from its labels and cannot be edited",
                "Put back what was there; or reject the number.",
            )
        found = replace(found, about=_about(file, row, row[column], words))
    if _changed(row, "cells", was.cells):
        found = replace(found, cells=_cells(file, row, reading, claim, words))
    return found


def _changed(row: Row, column: str, was: str) -> bool:
    """Whether a cell says otherwise, white space and a wrong character set apart."""
    if not row.has(column):
        return False
    old = _folded(was)
    garbled = old.encode("utf-8").decode("cp1252", "replace")
    lost = old.encode("cp1252", "replace").decode("cp1252")
    return _folded(row[column]) not in (old, garbled, lost)


def _value(file: ClaimsFile, row: Row, text: str, was: Shown, claim: Claim) -> PrintedNumber | None:
    """The number, or None where a spreadsheet has only printed the same number otherwise."""
    number = parse_number(text)
    if number is None:
        if not _changed(row, "value", was.value):
            return None
        raise file.wrong(
            row.line,
            f"'{text}' under 'value' is no number",
            "Write it as printed, such as 45%, 5.4 or <0.001; or write rejected under 'decision'.",
        )
    old = parse_number(was.value)
    share = old is not None and old.percent and not number.percent
    if old is not None and (old.relation == number.relation) and row.decision != "edited":
        same = number.value == old.value or (share and number.value * 100 == old.value)
        if same:
            return None
    if share:
        number = replace(number, text=f"{number.text}%", percent=True)
    return replace(number, start=claim.printed.start, end=claim.printed.end)


def _quantity(file: ClaimsFile, row: Row, reading: Reading, claim: Claim) -> str:
    word = row["quantity"].lower()
    if word not in _QUANTITIES:
        known = f"There are {', '.join(_QUANTITIES)}."
        near = did_you_mean(word, _QUANTITIES, known)
        raise file.wrong(row.line, f"'{row['quantity']}' is no quantity", near)
    statement, part = reading.statements.get(claim.id, (None, ""))
    if statement is not None and part not in ("value", "count", "percent", "p-value"):
        raise file.wrong(
            row.line,
            f"this number is the {part} of another, which stands in the row before it",
            "Edit the quantity there, or write rejected under 'decision' here.",
        )
    return word


def _about(file: ClaimsFile, row: Row, text: str, words: Words) -> Topic:
    """A topic from the words that the document itself uses, the concept first."""
    parts = [part.strip() for part in text.split("|") if part.strip()]
    if not parts:
        return Topic()
    if parts[0].lower() not in words.concepts:
        raise _no_word(file, row, parts[0], [concept_words(c) for c in words.concepts.values()])
    topic = Topic(concept=words.concepts[parts[0].lower()])
    for word in parts[1:]:
        if grades := _GRADES.fullmatch(word):
            least = int(grades[1])
            topic = replace(topic, grades=(least, int(grades[2] or least)))
        elif time := _AT.fullmatch(word):
            topic = replace(topic, at=float(time[1]))
        elif word.lower() in words.modifiers:
            topic = replace(topic, modifiers=topic.modifiers | {word.lower()})
        else:
            term = words.terms.get(word.lower())
            if term is None:
                labels = [t.label or t.key for t in words.terms.values()]
                raise _no_word(file, row, word, labels)
            topic = replace(topic, terms=topic.terms | {term})
    return topic


def _no_word(file: ClaimsFile, row: Row, word: str, known: list[str]) -> Exception:
    otherwise = (
        "Write what is stated and then who is counted, in the words of the tables, with | between"
        " them: ORR | Study drug."
    )
    hint = did_you_mean(word, list(dict.fromkeys(known)), otherwise)
    return file.wrong(row.line, f"the manuscript does not speak of '{word}'", hint)


def _cells(
    file: ClaimsFile, row: Row, reading: Reading, claim: Claim, words: Words
) -> tuple[str, ...]:
    """Ids of the claims of the cells that a person names: by id, by place or by labels."""
    text = _folded(row["cells"])
    if not text:
        return ()
    if claim.id not in reading.statements:
        raise file.wrong(
            row.line,
            "a number of a table is linked to no other cell",
            "Name the cell in the row of the number in the text.",
        )
    if text.casefold() in words.cells:
        return words.cells[text.casefold()]
    found: list[str] = []
    for part in re.split(r"\s*[+;]\s+", text):
        if part.casefold() not in words.cells:
            known = "Write the address of a cell as 'cells' shows it, or the id of its row here."
            addresses = dict.fromkeys(
                address(c.place) for c in reading.claims.values() if c.place.row is not None
            )
            hint = did_you_mean(part, addresses, known)
            raise file.wrong(row.line, f"there is no cell '{part}'", hint)
        found += words.cells[part.casefold()]
    return tuple(dict.fromkeys(found))


def _folded(text: str) -> str:
    return " ".join(text.split())
