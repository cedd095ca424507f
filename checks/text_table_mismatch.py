"""The text states another number than the table for the same quantity and patients.

## What it does
Ties the counts, percentages, medians, bounds, ratios and P values of the running text to the cells
that state the same quantity of the same patients, or to counts that add up over groups, grades or
rows that exclude each other, and compares them under every way of rounding. A difference is an
error only where the words of text and table mean the same with none left over, other numbers of
the passage agree with the table, and no other cell or sum explains the number. One unit in the
last digit is a note, and so is a question where a single word of the text is all that may make
the difference ("local recurrence"). What is less certain is left to a person.

Of P values it is a warning, and a note where the paper speaks of stratified or adjusted
tests: one comparison may have been tested in two ways.

## Why it matters
One of the two numbers is wrong. Readers cite the text, meta-analyses take the table.

## Example
"24 of 44 patients (55%) had surgery alone" beside a table with 7 of 13 and 16 of 31: 7 + 16 = 23.

## References
Assel M, Vickers AJ. BMJ Open 2018;8:e019676 (errors in statistical reporting); Georgescu C,
Wren JD. PLoS One 2018;13:e0200099 (numbers that contradict each other within a paper).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.linking.claims import claim_id
from auditor.linking.headers import is_header
from auditor.linking.parts import number
from auditor.manuscript import Manuscript
from auditor.reanalysis.declared import declared
from auditor.statement import Statement
from auditor.topic import Link

_STRATIFIED = re.compile(r"\b(?:un)?(?:stratified|adjusted)\b", re.IGNORECASE)
_SHOWN = 4
_PROBABLE = 0.7
"""Less sure pairs of statements may share a number by chance."""


@check(code="TXT001", name="text-table-mismatch")
def text_table_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every statement that the table it is surely tied to contradicts."""
    links = [
        link
        for link in manuscript.linked.links
        if (link.certain or link.agrees or link.doubt)
        and not any(is_header(fact) for fact in link.facts)
    ]
    if not links:
        raise NotEvaluable("no number of the text could be tied to a table")
    statements = {statement.id: statement for statement in manuscript.prose.statements}
    claims = {claim.id for claim in manuscript.claims}
    wrong: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        judged = (claim_id(statements[link.statement], link.part), *_ids(link))
        yield Judged(tuple(i for i in judged if i in claims))
        if link.certain and (not link.agrees or link.last_digit):
            wrong[link.statement].append(link)
        elif link.doubt and not link.agrees:
            yield _question(statements[link.statement], link)
    for name, found in wrong.items():
        yield _finding(manuscript, statements[name], found, statements)


def _finding(
    manuscript: Manuscript,
    statement: Statement,
    links: Sequence[Link],
    statements: dict[str, Statement],
) -> Finding:
    differing = [link for link in links if not link.agrees]
    link = (differing or list(links))[0]
    where = " and ".join(dict.fromkeys(fact.place.table or "a table" for fact in link.facts))
    printed = number(statement, link.part)
    said = printed.text if printed else statement.place.quote
    if link.part == "p-value":
        said = f"P = {said}" if printed and printed.relation == "=" else f"P {said}"
    who = _who(link)
    agreeing = _agreeing(manuscript, link)
    message = f"The text says {_said(said, statement)}, {where} shows {link.shows}{who}."
    if agreeing:
        message += f" The text itself says so {_times(len(agreeing))} elsewhere."
    repeated = _repeated(manuscript, link)
    if repeated:
        message += f" The number of the text is repeated {_times(len(repeated))}."
    severity, verdict, conventions = _weight(manuscript, differing)
    return Finding(
        severity=severity,
        verdict=verdict,
        conventions=conventions,
        message=message,
        places=(
            statement.place,
            *_cells(link),
            *(statements[name].place for name in (*agreeing, *repeated)[:_SHOWN]),
        ),
        reported=said,
        expected=link.shows.split(" = ")[0],
        arithmetic=tuple(f"{each.part}: {_arithmetic(each)}" for each in links),
    )


def _weight(
    manuscript: Manuscript, differing: Sequence[Link]
) -> tuple[Severity, Verdict, tuple[str, ...]]:
    """One comparison may be tested twice: of P values alone no certain contradiction comes."""
    if not differing:
        return Severity.NOTE, Verdict.CONVENTION, ()
    if any(link.part != "p-value" for link in differing):
        return Severity.ERROR, Verdict.DISAGREES, ()
    other = ("another test of the same comparison (stratified, adjusted)",)
    if declared(manuscript.document, manuscript.prose).adjusted or _STRATIFIED.search(
        manuscript.document.text
    ):
        return Severity.NOTE, Verdict.QUERY, other
    return Severity.WARNING, Verdict.DISAGREES, other


def _question(statement: Statement, link: Link) -> Finding:
    printed = number(statement, link.part)
    said = printed.text if printed else statement.place.quote
    return Finding(
        severity=Severity.NOTE,
        verdict=Verdict.QUERY,
        message=(
            f"The text says {_said(said, statement)}, {link.facts[0].place.table} shows "
            f"{link.shows}{_who(link)}: does “{link.doubt}” make the difference?"
        ),
        places=(statement.place, *_cells(link)),
        reported=said,
        expected=link.shows.split(" = ")[0],
        arithmetic=(f"{link.part}: {_arithmetic(link)}",),
    )


def _said(number_: str, statement: Statement) -> str:
    """The number with the words that name it, and the quote where it holds more than the number."""
    words = statement.what[0].text if statement.what else ""
    named = f"{number_} for “{words}”" if words else number_
    quote = statement.place.quote
    if quote.startswith("(") and quote.endswith(")"):
        quote = quote[1:-1]
    return named if quote == number_ else f"{named} (“{quote}”)"


def _ids(link: Link) -> tuple[str, ...]:
    return tuple(fact.claim for fact in link.facts)


def _who(link: Link) -> str:
    rows = {fact.place.row_label or "" for fact in link.facts}
    columns = {fact.place.column_label or "" for fact in link.facts}
    if len(rows) > 1:  # a block of rows: what stands above them
        rows = {next(iter(rows)).rpartition(" > ")[0]}
    words = ", ".join(label for found in (rows, columns) if len(found) == 1 for label in found)
    return f" ({words.strip(', ')})" if words.strip(", ") else ""


def _arithmetic(link: Link) -> str:
    """Such as "7 + 16 = 23", or "(7 + 16)/44 = 52%"."""
    share = re.fullmatch(r"(\S+) \((?:\S+ = )?(.+) of (\d+)\)", link.shows)
    if share:
        counts = f"({share[2]})" if "+" in share[2] else share[2]
        return f"{counts}/{share[3]} = {share[1]}"
    if " = " in link.shows:
        total, _, parts = link.shows.partition(" = ")
        return f"{parts} = {total}"
    return f"{link.facts[0].place.table} shows {link.shows}"


def _cells(link: Link) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(fact.place for fact in link.facts))


def _agreeing(manuscript: Manuscript, link: Link) -> list[str]:
    """Other statements that say what the cells say."""
    claims = {fact.claim for fact in link.facts}
    return [
        other.statement
        for other in manuscript.linked.links
        if other.agrees
        and not other.last_digit
        and other.part == link.part
        and other.statement != link.statement
        and {fact.claim for fact in other.facts} == claims
    ]


def _repeated(manuscript: Manuscript, link: Link) -> list[str]:
    """Other statements that repeat the number of the text."""
    return [
        twin.other if twin.one == link.statement else twin.one
        for twin in manuscript.linked.twins
        if twin.agrees and twin.part == link.part and twin.confidence >= _PROBABLE
        if link.statement in (twin.one, twin.other)
    ]


def _times(number_: int) -> str:
    return {1: "once", 2: "twice"}.get(number_, f"{number_} times")
