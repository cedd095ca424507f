"""A line of treatment starts before the line that precedes it.

## What it does
Compares the first day of each line of treatment with the first day of the line before it. The same
day is in order, partial dates are judged by the days that they can mean, and a line of which any
drug has no start is not judged as a predecessor. Silent: a line that starts before the previous
one has ended (maintenance goes on), drugs added later within a line, and a missing date.

## Why it matters
The order of lines defines the population of an analysis by line; here the number or the date is
wrong.

## Example
Line 1 starts on 2020-05-01, line 2 on 2020-02-01.

## References
Saini KS, Twelves C. Determining lines of therapy in patients with solid cancers: a proposed new
systematic and comprehensive framework. Br J Cancer 2021;125:155-163.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import YEAR, date_slip, finding, holds, named, span


@check(code="COH021", name="line-before-previous", subject=Subject.COHORT)
def line_before_previous(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each line that starts before the one that precedes it."""
    lines = cohort.need("lines", "USUBJID", "LINE", "ASTDT")
    start = span(lines, "ASTDT")
    frame = lines.frame[["USUBJID", "LINE"]].assign(
        earliest=start.earliest, latest=start.latest, row=lines.frame.index
    )
    frame = frame.dropna(subset=["USUBJID", "LINE"])
    key = ["USUBJID", "LINE"]
    whole = frame["earliest"].notna().groupby([frame["USUBJID"], frame["LINE"]]).all()
    known = frame.dropna(subset=["earliest", "latest"]).sort_values("earliest", kind="stable")
    first = known.groupby(key, sort=True)[["earliest", "latest", "row"]].agg(
        {"earliest": "min", "latest": "min", "row": "first"}
    )
    first["whole"] = whole.reindex(first.index)
    before = first.groupby(level=0)[["earliest", "row", "whole"]].shift()
    judged = before["earliest"].notna() & holds(before["whole"])
    if not judged.any():
        raise NotEvaluable("no subject has two lines of treatment with a start")
    yield Evaluated(int(judged.sum()))
    wrong = first[judged & (first["latest"] < before["earliest"])]
    if len(wrong):
        pairs = {
            int(row): int(other)
            for row, other in zip(wrong["row"], before["row"].loc[wrong.index], strict=True)
        }
        yield Breaches(Severity.ERROR, sorted(pairs), partial(_one, lines, pairs))


def _one(lines: Table, pairs: dict[int, int], row: int) -> Finding:
    day: Any = lines.frame.at[row, "ASTDT"]
    least: Any = lines.frame.at[pairs[row], "ASTDT"]
    return finding(
        Severity.ERROR,
        Verdict.DISAGREES,
        f"{named(lines, 'ASTDT')}: the line starts before the previous line of the subject.",
        lines.place(row, "ASTDT"),
        lines.place(pairs[row], "ASTDT"),
        suggestion=date_slip(day, least, least + YEAR) if least == least else "",
    )
