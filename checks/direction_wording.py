"""Words say that one number is higher or lower than another, and the numbers say the opposite.

## What it does
Looks for sentences that settle by themselves which number belongs to which side: "higher with A
(38%) than with B (6%)", each number in brackets behind its own side; "higher with A (38% with A and
6% with B)"; "decreased from 3.1 to 4.5".
Also, where a sentence says "A had a higher rate than B (6% versus 38%)" and leaves the order of the
numbers open, the cells of the document's own tables for A and B are compared instead. Negations,
conditions, changes of changes, negative numbers and bare whole numbers that may be times or years
are left alone. Without a table the open order alone accuses nobody.

## Why it matters
Either the groups are swapped or the conclusion is.

## Example
"Remission was more frequent with placebo (15.2%) than with the drug (38.7%)."

## References
AMA Manual of Style, 11th edition, 19.4 (statistics in text).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.direction import Directed, directed
from auditor.reanalysis.direction_tables import Tabled, tabled


@check(code="WRD002", name="direction-wording")
def direction_wording(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every comparison whose numbers turn its words round."""
    judged = 0
    for one in directed(manuscript):
        judged += 1
        yield Judged(one.claims, others=0 if one.claims else 1)
        if one.contradicted:
            yield _finding(one)
    for two in tabled(manuscript):
        judged += 1
        yield Judged(two.claims)
        if two.contradicted:
            yield _of_tables(two)
    if not judged:
        raise NotEvaluable("no words say which of two numbers beside them is the larger")


def _finding(one: Directed) -> Finding:
    sign = "<" if one.larger else ">"
    text = one.sentence.text
    return Finding(
        severity=Severity.WARNING,
        verdict=Verdict.DISAGREES,
        message=f"{one.sentence.title or one.sentence.section}: the words say “{one.word}”, the "
        f"numbers {one.first.text} and {one.second.text} the opposite: "
        f"“{text if len(text) <= 220 else text[:220].rstrip() + '…'}”",
        places=one.places,
        reported=one.word,
        expected="the opposite, or the numbers exchanged",
        arithmetic=(f"{one.first.text} {sign} {one.second.text}",),
    )


def _of_tables(two: Tabled) -> Finding:
    sign = "<" if two.larger else ">"
    return Finding(
        severity=Severity.WARNING,
        verdict=Verdict.QUERY,
        message=f"{two.sentence.title or two.sentence.section}: the words say “{two.word}” of "
        f"{two.names[0]} against {two.names[1]}, but {two.table} gives {two.first.text} and "
        f"{two.second.text}: “{two.sentence.text[:220]}”",
        places=two.places,
        reported=two.word,
        expected="the opposite",
        arithmetic=(f"{two.first.text} {sign} {two.second.text}",),
    )
