"""Responses that the text gives to a group, or denies it, beside the count of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.extraction.reading import Entry, RowKind, TableReading
from auditor.finding import Place
from auditor.linking.claims import claim_ids
from auditor.passages.claimed import bare, unlike
from auditor.passages.mentions import Passage
from auditor.passages.responses import categories, category_of, clause, special, turns
from auditor.prose.number_words import number_of
from auditor.statement import Origin, Sentence, Source

Label = frozenset[str]
Cells = dict[tuple[Label, str], list[Entry]]

_NONE = re.compile(
    r"\b[Nn]o (?P<what>(?:complete|partial) (?:response|remission)s?|CRs?|PRs?)\s+"
    r"(?:(?:was|were) )?(?:observed|seen|achieved|recorded|noted|documented|occurred)\s+"
    r"(?:in|among|with|at)\s+(?P<whom>[^,;.()]{2,60})"
)
_TOKEN = re.compile(r"(?:[<>≥≤]=?\s?)?[\w-]+")
_EMPTY = frozenset(
    {"the", "a", "an", "in", "at", "with", "among", "on", "of", "to", "all", "patient", "patients"}
    | {"those", "who", "had", "group", "cohort", "arm", "level", "and", "our", "these"}
)


@dataclass(frozen=True)
class Opposed:
    """A response of a group in words beside the cell that counts it.

    ``holds`` tells whether both may be true; ``start`` and ``end`` are those of the words in the
    sentence, ``claims`` the ids of all numbers that were compared.
    """

    key: str
    holds: bool
    sentence: Sentence
    start: int
    end: int
    cell: Entry
    claims: tuple[str, ...]

    @property
    def place(self) -> Place:
        return self.cell.place


def label_of(text: str) -> Label:
    """The words of a label without those that every label may have; "two or more" is "≥2"."""
    words = [
        str(found[0]) if (found := number_of([w.lower()])) else w.lower()
        for w in _TOKEN.findall(text.replace(">=", "≥"))
    ]
    joined = re.sub(r"\b(\d+) or more\b", r"≥\1", " ".join(w.replace(" ", "") for w in words))
    kept = (w.rstrip("s") if len(w) > 3 else w for w in joined.split() if w not in _EMPTY)
    return frozenset(kept)


def response_cells(tables: Iterable[TableReading]) -> Cells:
    """The counts of CR and PR in tables with a column for them, by the label of the row."""
    found: Cells = {}
    for reading in tables:
        if special(reading.table.caption):
            continue
        for column in reading.data_columns():
            named = [k for k in categories(column.label) if k in ("CR", "PR")]
            if len(named) != 1 or not bare(column.label):
                continue
            for entry in reading.entries:
                counts = entry.row.kind is RowKind.COUNT and entry.count is not None
                label = label_of(entry.row.label)
                worded = any(ch.isalpha() for word in label for ch in word)
                if entry.column == column.index and counts and worded:
                    found.setdefault((label, named[0]), []).append(entry)
    return found


def opposed(passage: Passage, cells: Cells) -> Iterator[Opposed]:
    """Responses given to a group, which hold unless a table counts none of it."""
    if not passage.running:
        return
    for sentence, mentions in passage.parts:
        for mention in mentions:
            keys = category_of(mention)
            whom = mention.statement.whom
            if len(keys) != 1 or not mention.number or not mention.own or len(whom) != 1:
                continue
            if unlike(sentence) or special(clause(mention)) or not mention.of_people:
                continue
            rows = cells.get((label_of(whom[0].text), keys[0]), ())
            if rows:
                claims = (*claim_ids(mention.statement), *rows[0].claims)
                holds = any(e.count for e in rows)
                yield Opposed(keys[0], holds, sentence, mention.start, mention.end, rows[0], claims)


def denied(sentence: Sentence, cells: Cells) -> Iterator[Opposed]:
    """Such as "no complete responses were seen in patients with ...", where a table counts some."""
    if sentence.origin is not Origin.OWN or sentence.source is not Source.PARAGRAPH:
        return
    if unlike(sentence) or turns(sentence):
        return
    for match in _NONE.finditer(sentence.text):
        key = next(k for k in categories(match["what"]) if k in ("CR", "PR"))
        rows = cells.get((label_of(match["whom"]), key), ())
        if rows:
            holds = not all(e.count for e in rows)
            claims = rows[0].claims
            yield Opposed(key, holds, sentence, match.start(), match.end(), rows[0], claims)
