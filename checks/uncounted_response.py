"""The text claims a response that no count of the paper knows.

## What it does
Where a passage of the text shares out all patients and counts no complete (or partial) response,
or every table that counts it shows none, every sentence that claims one for patients of the
study ("both of them achieved CR") is an error, or a warning where its words leave open whose
patients they were. Sentences about other studies, later treatments
and other kinds of response (metabolic, pathological, confirmed) are left alone, and so are those
with "no", "not" or "would".

A response that a sentence gives to a group of which a table counts none, or denies to one that
has some ("no complete response was seen in patients with ..."), is an error as well, and so are
more responses than all patients together had.

## Why it matters
A complete response in a discussion is what readers remember and cite.

## Example
"None achieved CR" in the results, and "both of them achieved CR" in the discussion.

## References
Eisenhauer EA et al. RECIST 1.1. Eur J Cancer 2009;45:228-247.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.passages.claimed import Claimed, NoneCounted, claimed, none_counted
from auditor.passages.exceeding import Exceeding, exceeding
from auditor.passages.grouped import Opposed, denied, opposed, response_cells
from auditor.passages.people import stated_people
from auditor.passages.responses import response_counts
from auditor.statement import Origin

from ._text import in_words, judged, place, read_passages

_NAMES = {"CR": "complete response", "PR": "partial response"}


@check(code="TRS002", name="uncounted-response")
def uncounted_response(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every response that is claimed and nowhere counted."""
    passages = read_passages(manuscript)
    sets = [counts for passage in passages for counts in response_counts(passage)]
    enrolled = stated_people(manuscript, passages).enrolled
    none = none_counted(manuscript, sets, enrolled)
    cells = response_cells(manuscript.tables)
    told = [item for passage in passages for item in opposed(passage, cells)]
    told += [item for s in manuscript.prose.sentences for item in denied(s, cells)]
    for each in told:
        yield Judged(each.claims)
        if not each.holds:
            yield _opposed(manuscript, each)
    for excess in exceeding(manuscript, passages, sets, enrolled):
        yield judged([excess.mention, excess.counted])
        yield _excess(manuscript, excess)
    if not none and not told:
        raise NotEvaluable("no count of responses shows that a kind of response never occurred")
    for counted in none:
        yield Judged(counted.claims)
    for sentence in manuscript.prose.sentences:
        for item in claimed(sentence):
            against = [n for n in none if n.key == item.key]
            if against:
                yield _finding(manuscript, item, against)


def _opposed(manuscript: Manuscript, item: Opposed) -> Finding:
    where = _where(manuscript, item)
    table, row = item.place.table or "the table", item.cell.row.label
    return Finding(
        severity=Severity.ERROR,
        verdict=Verdict.DISAGREES,
        message=f"“{' '.join(item.sentence.text.split())}”, but {table} counts {item.cell.count} "
        f"{item.key} for “{row}”.",
        places=(where, item.place),
        reported=" ".join(where.quote.split()),
        expected=f"{item.cell.count} {item.key}",
        arithmetic=(f"{table}, “{row}”: {item.cell.count} {item.key}",),
    )


def _excess(manuscript: Manuscript, item: Exceeding) -> Finding:
    own = item.mention.own
    return Finding(
        severity=Severity.ERROR if own else Severity.WARNING,
        verdict=Verdict.DISAGREES if own else Verdict.QUERY,
        message=f"{in_words(item.mention)}: “{place(manuscript, item.mention, words=3).quote}”, "
        f"but all patients together had {item.most} {item.key}.",
        places=(place(manuscript, item.mention, words=4), place(manuscript, item.counted, words=4)),
        reported=str(item.mention.number),
        expected=f"at most {item.most}",
        arithmetic=(f"{item.mention.number} > {item.most}",),
    )


def _where(manuscript: Manuscript, item: Claimed | Opposed) -> Place:
    start, end = item.sentence.span(item.start, item.end)
    return Place(
        input=manuscript.document.name,
        kind="text",
        quote=manuscript.document.text[start:end],
        section=item.sentence.title or None,
        start=start,
        end=end,
    )


def _finding(manuscript: Manuscript, item: Claimed, against: list[NoneCounted]) -> Finding:
    where = _where(manuscript, item)
    quote = where.quote
    first = against[0]
    own = item.sentence.origin is Origin.OWN
    return Finding(
        severity=Severity.ERROR if own else Severity.WARNING,
        verdict=Verdict.DISAGREES if own else Verdict.QUERY,
        message=f"“{' '.join(quote.split())}”, but none had a {_NAMES[item.key]}: {first.words}.",
        places=(where, *(n.place for n in against)),
        reported=" ".join(quote.split()),
        expected=f"no {item.key}",
        arithmetic=tuple(n.words for n in against),
    )
