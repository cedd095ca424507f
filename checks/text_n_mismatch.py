"""The text gives a group another number of patients than the headers of the tables.

## What it does
Compares the numbers of patients that the text gives the groups ("19 with thymoma and 32 with
carcinoma") with the N of the columns of the same groups. A difference is an error only where
another group of the same list has the N of its header, so that the text speaks of the same
patients: the randomised, treated and evaluable patients of a trial are different numbers.

## Why it matters
Every percentage of the group is of that number, and one of the two is wrong.

## Example
"51 patients, 21 with thymoma and 32 with carcinoma" beside columns of n = 19 and n = 32.

## References
Hopewell S et al. BMJ 2025;389:e081124 (CONSORT 2025, items 22 and 25: numbers of participants).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.linking.claims import claim_id
from auditor.linking.headers import is_header
from auditor.manuscript import Manuscript
from auditor.statement import Statement
from auditor.topic import Link


@check(code="TXT002", name="text-n-mismatch")
def text_n_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every number of patients in the text that a header contradicts."""
    links = [
        link
        for link in manuscript.linked.links
        if link.part == "count" and (link.certain or link.agrees) and is_header(link.facts[0])
    ]
    if not links:
        raise NotEvaluable("no number of patients in the text could be tied to a header")
    statements = {statement.id: statement for statement in manuscript.prose.statements}
    claims = {claim.id for claim in manuscript.claims}
    for link in links:
        yield Judged(tuple({claim_id(statements[link.statement], link.part)} & claims))
    for link in links:
        if not link.agrees:
            yield _finding(manuscript, statements[link.statement], link)


def _finding(manuscript: Manuscript, statement: Statement, link: Link) -> Finding:
    fact = link.facts[0]
    same = [
        other.place
        for other in manuscript.linked.people.get(fact.topic.terms, ())
        if other.printed.value == fact.printed.value and other.place != fact.place
    ]
    group = ", ".join(term.label or term.key for term in sorted(fact.topic.terms))
    message = (
        f"The text says {statement.value.text} patients (“{statement.place.quote}”) of the group "
        f"{group}, {fact.place.table or 'a table'} shows n = {link.shows}."
    )
    if same:
        message += f" {link.shows} stands in {len(same)} more places."
    return Finding(
        severity=Severity.ERROR,
        verdict=Verdict.DISAGREES,
        message=message,
        places=(statement.place, fact.place, *same[:3]),
        reported=statement.value.text,
        expected=link.shows,
        arithmetic=(f"text: {statement.value.text}", f"header: {link.shows}"),
    )
