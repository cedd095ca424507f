"""Percentages are of fewer patients than the table says, and nothing says of which.

## What it does
Notes, once a table, the blocks and rows whose percentages are right over a smaller denominator
than the N of their column, where neither header, heading, row nor footnote states it.

## Why it matters
Missing values are the usual and harmless reason; a reader can only tell if the number of
patients with data is printed. Where the denominator is neither N nor a number that the reader
knows, the percentage cannot be checked.

## Example
ECOG 0: 77 (49.7%) in a column of 160 patients: the block is right over 155.

## References
CONSORT 2010 statement, item 16. STROBE statement, item 14b (missing data for each variable).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.basis import UNKNOWN
from auditor.extraction.describe import division, places, statement
from auditor.extraction.judged import JudgedPercent, Status, TableJudgement
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript

_SHOWN = 12


@check(code="PCT004", name="unstated-denominator")
def unstated_denominator(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield one note for every table with percentages of unstated denominators."""
    judged = 0
    for judgement in manuscript.judged:
        open_ones = []
        for percent in judgement.percents:
            if percent.stated.denominator is not None or percent.basis is UNKNOWN:
                continue
            if percent.status is Status.UNREADABLE:
                continue
            judged += 1
            yield Judged(percent.stated.entry.claims)
            if percent.status is Status.UNSTATED and _smaller(percent):
                open_ones.append(percent)
        if open_ones:
            yield _finding(judgement, open_ones)
    if not judged:
        raise NotEvaluable("no table prints counts with percentages under an N")


def _smaller(percent: JudgedPercent) -> bool:
    return bool(percent.alternatives) or percent.basis.source == "the percentages of the block"


def _finding(judgement: TableJudgement, open_ones: list[JudgedPercent]) -> Finding:
    name = judgement.reading.table.name
    lines = [_line(judgement, p) for p in open_ones[:_SHOWN]]
    if len(open_ones) > _SHOWN:
        lines.append(f"and {len(open_ones) - _SHOWN} more")
    many = f"{len(open_ones)} percentages are" if len(open_ones) > 1 else "one percentage is"
    return Finding(
        severity=Severity.NOTE,
        verdict=Verdict.QUERY,
        message=f"{name}: {many} not of the N of the column but of a smaller number of patients, "
        "which is not stated.",
        places=places(*(p.stated.entry for p in open_ones)),
        reported="percentages without their denominator",
        expected="the number of patients with data for each of these rows",
        arithmetic=tuple(lines),
    )


def _line(judgement: TableJudgement, percent: JudgedPercent) -> str:
    entry, basis = percent.stated.entry, percent.basis
    where = f"{entry.row.path}, {judgement.reading.columns[entry.column].label}"
    if percent.alternatives:
        low, high = percent.alternatives[0], percent.alternatives[-1]
        of = f"{low}" if low == high else f"{low} to {high}"
        return f"{where}: {statement(entry)} is right over {of}"
    return f"{where}: {statement(entry)}; {division(percent.stated.count, basis.value)}"
