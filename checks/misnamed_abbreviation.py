"""An abbreviation is defined nowhere and is a garbled form of one that the paper defines.

## What it does
Looks in captions, labels and text for abbreviations that the paper does not define and that
have the letters of a defined one in another order ("CRIS-G" for CIRS-G), or, as names of
quantities in tables, all letters but one ("OCR" where ORR is defined). Where the numbers under
such a name are those that stand elsewhere under the right one, or in sentences that use it, it is
an error; the same letters in another order in a table are one as well from four letters on.
Without that it is a note. Abbreviations that the field knows need no definition.

## Why it matters
The reader looks for a quantity that does not exist, or takes it for another one.

## Example
"OCR/DCR by line of treatment" in a paper that defines "overall response rate (ORR)" alone.

## References
ICMJE Recommendations, section IV.A.3 (abbreviations defined at first mention); Schwartz AS,
Hearst MA. Pac Symp Biocomput 2003:451-462 (how definitions are found).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.check import check
from auditor.document import Document, Table
from auditor.errors import NotEvaluable
from auditor.extraction.places import caption_place, cell_place
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.lexicon.phrases import phrasebook
from auditor.linking.abbreviations import Abbreviations, find_abbreviations, rough_short
from auditor.linking.misnamed import concept_of, meanings_of
from auditor.manuscript import Manuscript
from auditor.statement import Origin, Statement
from auditor.topic import Fact

_TOKEN = re.compile(r"(?<![\w-])[A-Za-z][A-Za-z0-9]*(?:-[A-Z0-9]+)*(?![\w-])")
_LEAST = 4
"""Letters that a word of the same letters in another order must have to be taken for it."""
_ENOUGH = 2
"""Numbers under the name that must stand elsewhere under the right one for an error."""
_SHOWN = 3
_Pair = tuple[Fact, Fact | Statement]


@dataclass(frozen=True, slots=True)
class _Use:
    """A place where an undefined abbreviation stands.

    ``table`` is its index, or None; ``text`` the label or caption it stands in.
    """

    place: Place
    table: int | None
    text: str = ""


@check(code="ABB001", name="misnamed-abbreviation")
def misnamed_abbreviation(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every name that is a garbled form of a defined abbreviation."""
    document = manuscript.document
    known = find_abbreviations(document)
    if not known.definitions:
        raise NotEvaluable("the paper defines no abbreviation")
    yield Judged((), others=len(known.definitions))
    often = Counter(_TOKEN.findall(document.text))
    undefined = _undefined(document, known)
    meant = _meant(manuscript, undefined, known)
    for name, uses in undefined.items():
        if found := _garbled(manuscript, name, uses, known, often, meant.get(name, "")):
            yield found


def _undefined(document: Document, known: Abbreviations) -> Mapping[str, list[_Use]]:
    """The abbreviations that are defined nowhere, with their places, tables first."""
    found: dict[str, list[_Use]] = {}
    for table in document.tables:
        for place, text in _labels(document, table):
            for name in _names(text, known):
                found.setdefault(name, []).append(_Use(place, table.index, text))
    for section in document.sections:
        if section.kind == "references":
            continue
        for paragraph in section.paragraphs:
            text = document.text[paragraph.start : paragraph.end]
            for match in _TOKEN.finditer(text):
                if _is_name(match[0], known):
                    start = paragraph.start + match.start()
                    place = Place(
                        document.name,
                        "text",
                        match[0],
                        section=section.title or None,
                        start=start,
                        end=start + len(match[0]),
                    )
                    found.setdefault(match[0], []).append(_Use(place, None))
    return found


def _labels(document: Document, table: Table) -> Iterator[tuple[Place, str]]:
    """The caption and every cell of a table that holds words."""
    yield caption_place(document.name, table), table.caption
    for cell in table.cells():
        if any(ch.isalpha() for ch in cell.clean):
            yield cell_place(document.name, table, cell), cell.clean


def _names(text: str, known: Abbreviations) -> list[str]:
    return list(dict.fromkeys(n for n in _TOKEN.findall(text) if _is_name(n, known)))


def _is_name(text: str, known: Abbreviations) -> bool:
    return rough_short(text) and not known.of(text)


def _meant(
    manuscript: Manuscript, undefined: Mapping[str, list[_Use]], known: Abbreviations
) -> Mapping[str, str]:
    """The quantity that each name in a table must stand for: the only one that its letters allow
    and that no other name of the same labels takes, where the cells were read as it."""
    book = phrasebook()
    found: dict[str, str] = {}
    open_names = {
        name: set(allowed) & {f.topic.concept for f in _facts(manuscript, name, uses)}
        for name, uses in undefined.items()
        if (allowed := meanings_of(name, known, book))
    }
    for _ in open_names:
        for name, concepts in open_names.items():
            beside = {n for use in undefined[name] for n in _TOKEN.findall(use.text)} - {name}
            taken = {found.get(n) or (known.of(n) and concept_of(n, known, book)) for n in beside}
            if name not in found and len(left := concepts - taken) == 1:
                found[name] = left.pop()
    return found


def _garbled(
    manuscript: Manuscript,
    name: str,
    uses: list[_Use],
    known: Abbreviations,
    often: Counter[str],
    concept: str,
) -> Finding | None:
    """The finding of one name, or None where nothing shows what it stands for."""
    book = phrasebook()
    ordinary = name.upper() in book.ordinary
    order = [short for short in known.by_short or {} if _reordered(name, short)]
    tables = [use for use in uses if use.table is not None]
    if concept and tables:
        short = meanings_of(name, known, book)[concept][0]
        agreeing = _agreeing(manuscript, _facts(manuscript, name, uses), known, short)
        severity = (
            Severity.ERROR
            if len(agreeing) >= _ENOUGH
            else Severity.WARNING
            if agreeing
            else Severity.NOTE
        )
        return _finding(name, short, uses, known, severity, agreeing)
    if len(order) == 1 and not ordinary and often[order[0]] > often[name]:
        labels = [use for use in tables if use.place.kind == "cell"]
        beside = _beside(manuscript, _facts(manuscript, name, labels), order[0])
        sure = bool(tables) and (len(name) >= _LEAST or len(beside) >= _ENOUGH)
        severity = Severity.ERROR if sure else Severity.WARNING if beside else Severity.NOTE
        return _finding(name, order[0], uses, known, severity, beside)
    return None


def _reordered(name: str, short: str) -> bool:
    """Whether two names have the same letters in another order."""
    one, other = name.casefold(), short.casefold()
    return one != other and len(one) > 2 and sorted(one) == sorted(other)


def _facts(manuscript: Manuscript, name: str, uses: list[_Use]) -> list[Fact]:
    """The facts of cells whose labels or caption hold the name, and no other quantity."""
    captions = {use.table for use in uses if use.place.kind != "cell"}
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    tables = {use.table for use in uses}
    return [
        fact
        for fact in manuscript.linked.facts
        if fact.place.table_index in tables
        and (
            fact.place.table_index in captions
            or pattern.search(f"{fact.place.row_label} {fact.place.column_label}")
        )
    ]


def _agreeing(
    manuscript: Manuscript, facts: list[Fact], known: Abbreviations, short: str
) -> tuple[_Pair, ...]:
    """Numbers under the doubtful name beside the same numbers under the right one."""
    concept = concept_of(short, known, phrasebook())
    own = [f for f in facts if f.topic.concept == concept]
    tables = {f.place.table_index for f in own}
    others: dict[tuple[object, ...], Fact] = {
        (f.topic.terms, f.topic.grades, f.measure, f.printed.value): f
        for f in manuscript.linked.facts
        if f.topic.concept == concept and not f.topic.residue and f.place.table_index not in tables
    }
    pairs: list[_Pair] = [
        (f, others[key])
        for f in own
        if (key := (f.topic.terms, f.topic.grades, f.measure, f.printed.value)) in others
    ]
    found: dict[tuple[str, str], _Pair] = {}
    for pair in (*pairs, *_said(manuscript, own, concept)):
        found.setdefault((pair[0].claim, pair[1].place.quote), pair)
    return tuple(found.values())


def _said(
    manuscript: Manuscript, own: list[Fact], concept: str
) -> tuple[tuple[Fact, Statement], ...]:
    """Cells under the doubtful name beside statements of the right one with the same number."""
    statements = {s.id: s for s in manuscript.prose.statements}
    cells = {fact.claim: fact for fact in own}
    return tuple(
        (cells[link.facts[0].claim], statements[link.statement])
        for link in manuscript.linked.links
        if link.agrees
        and link.operation == "same"
        and link.facts[0].claim in cells
        and manuscript.linked.topics[link.statement].concept == concept
    )


def _beside(manuscript: Manuscript, facts: list[Fact], short: str) -> tuple[_Pair, ...]:
    """Numbers with decimals under the doubtful name that the text gives in sentences with the
    right one."""
    named = re.compile(rf"(?<![\w-]){re.escape(short)}(?![\w-])")
    sentences = {s.index for s in manuscript.prose.sentences if named.search(s.text)}
    said = {
        number.value: statement
        for statement in manuscript.prose.statements
        if statement.sentence in sentences and statement.origin is Origin.OWN
        for number in (statement.value, statement.percent)
        if number is not None and number.decimals
    }
    found = {f.printed.value: (f, said[f.printed.value]) for f in facts if f.printed.value in said}
    return tuple(found.values())


def _finding(
    name: str,
    short: str,
    uses: list[_Use],
    known: Abbreviations,
    severity: Severity,
    agreeing: tuple[_Pair, ...],
) -> Finding:
    first = known.of(short)[0]
    where = uses[0].place.table or uses[0].place.section or "the text"
    message = (
        f"“{name}” ({where}) is defined nowhere in the paper; it seems to stand for {short}, "
        f"defined as “{first.long}”."
    )
    if agreeing:
        message += " The numbers under it are those that stand elsewhere under the right name."
    return Finding(
        severity=severity,
        verdict=Verdict.DISAGREES if severity is Severity.ERROR else Verdict.QUERY,
        message=message,
        places=(
            *(use.place for use in uses[:_SHOWN]),
            first.place,
            *(other.place for _, other in agreeing[:_SHOWN]),
        ),
        reported=name,
        expected=short,
        arithmetic=tuple(
            f"{own.printed.text} under {name} = {_number(other)} under {short} "
            f"({other.place.table or other.place.section or 'the text'})"
            for own, other in agreeing[:_SHOWN]
        ),
        suggestion="letters in another order" if _reordered(name, short) else "a wrong letter",
    )


def _number(other: Fact | Statement) -> str:
    return other.printed.text if isinstance(other, Fact) else other.value.text
