"""Complete and partial responses that a sentence claims for patients, and who counts none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.extraction.reading import Entry, RowKind, TableReading
from auditor.finding import Place
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.passages.responses import Counts, categories
from auditor.statement import Origin, Sentence, Source

_CLAIM = re.compile(
    r"\b(?:achiev\w+|attain\w+|reach\w+|experienc\w+|had|have|has|obtain\w+|show\w+|with|exhibit\w+|"
    r"was|were)\s+(?:(?:a|an|in|the|durable|ongoing|long-lasting|sustained)\s+){0,2}"
    r"(?P<what>(?i:(?:complete|partial) (?:response|remission)s?)|CRs?|PRs?)\b"
)
_WHO = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|both|a|an|another|this|these|the|"
    r"[1-9]\d*)(?:\s+of)?(?:\s+[\w-]+){0,4}?\s+(?:patients?|cases?|wom[ae]n|m[ae]n|them|"
    r"subjects?)\b|\b(?:both|one|two|three|all) of (?:them|these|whom)\b|"
    r"\b(?:one|two|three|both|\d+) (?=achiev|had)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:no|none|not|neither|nor|never|without|nobody|zero|0|if|would|could|may|might|should|"
    r"unless|to|than|expected|whether|who|versus|vs)\b",
    re.IGNORECASE,
)
_SPECIAL = re.compile(
    r"\b(?:surger\w+|resect\w+|operat\w+|radiotherapy|transplant\w*|salvage|subsequent\w*|later|"
    r"second course|metabolic|patholog\w+|molecular|intracranial|cytogenetic|pet|biochemical|"
    r"confirmed|review\w*|lesions?|previous\w*|prior|serolog\w+|hematolog\w+|haematolog\w+|clinical|"
    r"cns|brain|literature|case reports?|elsewhere|local|next|switch\w+|rechallenge\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claimed:
    """A sentence that claims a response: ``key`` is CR or PR, ``start`` and ``end`` of the words
    in the sentence."""

    key: str
    sentence: Sentence
    start: int
    end: int


def claimed(sentence: Sentence) -> Iterator[Claimed]:
    """Responses that the sentence claims for patients of the study, however worded.

    Negated and conditional sentences, responses to another treatment and of another kind
    (metabolic, pathological, confirmed) are left out.
    """
    if (
        sentence.origin not in (Origin.OWN, Origin.UNCLEAR)
        or sentence.source is not Source.PARAGRAPH
    ):
        return
    if unlike(sentence):
        return
    for match in _CLAIM.finditer(sentence.text):
        begin = max(sentence.text.rfind(sign, 0, match.start()) for sign in ";:,") + 1
        words = sentence.text[begin : match.start()]
        who = _WHO.search(words)
        if who is None or _NOT.search(words):
            continue
        key = next(k for k in categories(match["what"]) if k in ("CR", "PR"))
        yield Claimed(key, sentence, begin + who.start(), match.end())


def unlike(sentence: Sentence) -> bool:
    """Whether a sentence may speak of other responses than those that a table counts."""
    elsewhere = sentence.section in ("introduction", "methods", "references")
    return elsewhere or bool(_SPECIAL.search(sentence.text))


@dataclass(frozen=True)
class NoneCounted:
    """Who counts no such response among all patients, and where; ``words`` say it, ``claims``
    are the ids of the numbers that do."""

    key: str
    words: str
    place: Place
    claims: tuple[str, ...] = ()


def none_counted(
    manuscript: Manuscript, sets: Sequence[Counts], enrolled: int
) -> tuple[NoneCounted, ...]:
    """Statements that nobody of the study had a complete (or partial) response.

    Args:
        manuscript: as read.
        sets: the counts of responses of its text.
        enrolled: patients of the study, 0 if unknown; a count of fewer than three quarters of
            them is one of a subgroup.
    """
    most = max((c.total for c in sets), default=0)
    found: list[NoneCounted] = []
    for counts in sets:
        for key in ("CR", "PR"):
            everybody = counts.complete and counts.total == most and 4 * most >= 3 * enrolled
            if everybody and key in counts.by and counts.number(key) == 0:
                statement = counts.by[key].statement
                words = f"{counts.words} of {counts.total}"
                found.append(NoneCounted(key, words, statement.place, claim_ids(statement)))
    counted = [
        (key, entries)
        for reading in manuscript.tables
        if 4 * _patients(reading) >= 3 * enrolled
        for key, entries in response_rows(reading)
    ]
    for key in ("CR", "PR"):
        mine = [entries for k, entries in counted if k == key]
        if mine and not any(e.count for entries in mine for e in entries):
            place = mine[0][-1].place
            claims = tuple(c for entries in mine for e in entries for c in e.claims)
            found.append(NoneCounted(key, f"no {key} in {place.table}", place, claims))
    rows = (item for reading in manuscript.tables for item in response_rows(reading))
    some = {k for k, entries in rows if any(e.count for e in entries)}
    some |= {k for c in sets if len(c.by) > 1 for k in c.by if c.number(k)}
    return tuple(n for n in found if n.key not in some)


def _patients(reading: TableReading) -> int:
    """The patients of a table: its total, or those of its columns together."""
    total = reading.total.value if reading.total is not None else 0
    columns = [c.stated.value for c in reading.data_columns() if c.stated is not None]
    bases = [e.denominator for e in reading.entries if e.denominator]
    return max([total, sum(columns), *bases])


def response_rows(reading: TableReading) -> Iterator[tuple[str, list[Entry]]]:
    """Rows and columns that count CR or PR, with their counts."""
    for entries in reading.by_row().values():
        row = entries[0].row
        named = [k for k in categories(row.label) if k in ("CR", "PR")]
        counts = [e for e in entries if e.count is not None]
        if row.kind is RowKind.COUNT and len(named) == 1 and bare(row.label) and counts:
            yield named[0], counts
    for column in reading.data_columns():
        named = [k for k in categories(column.label) if k in ("CR", "PR")]
        cells = [e for e in reading.entries if e.column == column.index and e.count is not None]
        if len(named) == 1 and bare(column.label) and len(cells) >= 2:
            yield named[0], cells


def bare(label: str) -> bool:
    """Whether a label names one response of the ordinary kind and little else."""
    return len(categories(label)) == 1 and not _SPECIAL.search(label) and len(label) < 60
