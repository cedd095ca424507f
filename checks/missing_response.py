"""An overall response has no value.

## What it does
Looks for records of the overall response without a result that are not said to be not done.

## Why it matters
A visit that was assessed and has no response is neither NE nor SD; best response and the date of
progression hang on it.

## Example
Overall response at week 12, on a date, and nothing else.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, section 4.4.2: a visit that cannot be
assessed is NE.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches


@check(code="RES010", name="missing-response", subject=Subject.COHORT)
def missing_response(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for every overall response without a value."""
    table = cohort.need("responses", "USUBJID", "AVALC")
    frame = table.frame
    delivered = table.delivered.frame
    undone = [c for c in delivered.columns if str(c).upper() in ("RSSTAT", "STAT")]
    judged = frame
    for column in undone:
        done = delivered.loc[frame.index, column].astype(str).str.upper() != "NOT DONE"
        judged = judged[done.reindex(judged.index)]
    yield Evaluated(len(judged))
    said = Judgement(
        Severity.WARNING,
        Verdict.QUERY,
        "The overall response has no value, and it is not said to be not done.",
        suggestion="NE if it could not be assessed",
    )
    unread = {u.row for u in table.unread if u.column == "AVALC"}
    rows = [int(row) for row in judged.index[judged["AVALC"].isna()] if row not in unread]
    yield from breaches(table, "AVALC", dict.fromkeys(rows, said))
