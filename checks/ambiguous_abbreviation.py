"""An abbreviation is defined with two meanings.

## What it does
Compares the definitions of each abbreviation in the running text ("disease control rate (DCR)")
and in the notes of tables. Two wordings of one meaning ("overall" and "objective response
rate") are none, nor are definitions that hold in the notes of two tables alone. An abbreviation of
an endpoint that is defined as something else too is a warning, any other a note.

## Why it matters
Which of the two a number is of cannot be told.

## Example
"disease control rate (DCR)" in the results, "duration of clinical response (DCR)" in the methods.

## References
ICMJE Recommendations, section IV.A.3 (abbreviations); Schwartz AS, Hearst MA. Pac Symp Biocomput
2003:451-462 (how definitions are found).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.lexicon.phrases import phrasebook
from auditor.linking.abbreviations import Definition, find_abbreviations
from auditor.linking.misnamed import quantity
from auditor.manuscript import Manuscript

_SHARED = 0.5
"""Share of the shorter one's words from which two definitions are wordings of one meaning."""


@check(code="ABB002", name="ambiguous-abbreviation")
def ambiguous_abbreviation(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every abbreviation whose definitions differ in meaning."""
    known = find_abbreviations(manuscript.document)
    if not known.by_short:
        raise NotEvaluable("the paper defines no abbreviation")
    yield Judged((), others=len(known.definitions))
    for short, definitions in known.by_short.items():
        meanings = _meanings([d for d in definitions if "(" not in d.long])
        if len(meanings) < 2 or all(m[0].scope is not None for m in meanings):
            continue
        longs = " and ".join(f"“{m[0].long}”" for m in meanings)
        endpoint = any(quantity(m[0].long, phrasebook()) for m in meanings)
        yield Finding(
            severity=Severity.WARNING if endpoint else Severity.NOTE,
            verdict=Verdict.QUERY,
            message=f"{short} is defined as {longs}.",
            places=tuple(m[0].place for m in meanings),
            reported=short,
            expected="one meaning",
        )


def _meanings(definitions: Sequence[Definition]) -> list[list[Definition]]:
    """The definitions brought together by meaning."""
    found: list[list[Definition]] = []
    for definition in definitions:
        group = next((g for g in found if any(_same(definition, d) for d in g)), None)
        if group is None:
            found.append([definition])
        else:
            group.append(definition)
    return found


def _same(one: Definition, other: Definition) -> bool:
    """Whether two long forms mean the same: as endpoints, or by their words."""
    book = phrasebook()
    a, b = set(book.normal(one.long)), set(book.normal(other.long))
    concepts = quantity(one.long, book), quantity(other.long, book)
    if all(concepts):
        return concepts[0] == concepts[1]
    entries = [book.entries.get(book.normal(d.long)) for d in (one, other)]
    if all(entries) and entries[0] == entries[1]:
        return True
    if not a or not b or a <= b or b <= a:
        return True
    return len(a & b) / min(len(a), len(b)) >= _SHARED or _alike(a, b)


def _alike(a: set[str], b: set[str]) -> bool:
    """Whether each word of the shorter form begins as one of the longer does."""
    short, long = sorted((a, b), key=len)
    return all(any(w[:5] == v[:5] for v in long) for w in short)
