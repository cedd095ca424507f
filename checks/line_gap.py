"""A line of treatment is missing before a later one.

## What it does
Takes the numbers of lines of each subject: they start at 1 and have no gap. A line after a gap is
an error, and so is a first line above 1 where most subjects start at 1. Silent: several drugs or
rows of one line, a line 0 (adjuvant or neoadjuvant), concomitant medication without a line, and
numbers that are not whole, which are the matter of the models. Where nobody starts at 1 (the first
line is kept elsewhere), one note says so.

## Why it matters
Results by line of treatment count each subject once a line; a gap means a lost record or a
mistyped number.

## Example
A subject with lines 1, 2 and 4.

## References
Saini KS, Twelves C. Determining lines of therapy in patients with solid cancers: a proposed new
systematic and comprehensive framework. Br J Cancer 2021;125:155-163.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import breaches, finding, named


@check(code="COH020", name="line-gap", subject=Subject.COHORT)
def line_gap(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each line before which another is missing."""
    lines = cohort.need("lines", "USUBJID", "LINE")
    frame = lines.frame[["USUBJID", "LINE"]].dropna()
    frame = frame[(frame["LINE"] >= 1) & (frame["LINE"] % 1 == 0)]
    if frame.empty:
        raise NotEvaluable(f"{named(lines, 'LINE')} has no line of treatment")
    yield Evaluated(len(frame))
    order = frame.drop_duplicates().sort_values(["USUBJID", "LINE"], kind="stable")
    previous = order.groupby("USUBJID")["LINE"].shift()
    first = previous.isna()
    late = first & (order["LINE"] > 1)
    gap = ~first & (order["LINE"] - previous > 1)

    def make(row: int) -> Finding:
        return finding(
            Severity.ERROR,
            Verdict.DISAGREES,
            f"{named(lines, 'LINE')}: the subject has this line of treatment without the one "
            "before it.",
            lines.place(row, "LINE"),
        )

    yield from breaches(Severity.ERROR, gap.sort_index(), make)
    if late.sum() == first.sum() and late.sum() > 1:
        row = int(late.index[late.to_numpy()].min())
        yield finding(
            Severity.NOTE,
            Verdict.QUERY,
            f"{named(lines, 'LINE')}: no subject has line 1; the first line is kept elsewhere.",
            lines.place(row, "LINE"),
        )
    else:
        yield from breaches(Severity.ERROR, late.sort_index(), make)
