"""The N of a column header is not the N of the percentages below it.

## What it does
Solves for the denominator that explains most of a column's percentages. Where the N in the
header explains at most half of them and another N at least four in five (and three more), the
header is in question. An N that is larger than the header's is an error: a percentage cannot
be of more patients than there are. A smaller one is a note, since a table may count the
treated or the evaluable among the randomised.

## Why it matters
Readers compute numbers of patients from the header. A wrong N there falsifies all of them.

## Example
"Arm B (n = 75)" above 34 (44.2%), 27 (35.1%), 21 (27.3%): all are right over 77, not 75.

## References
CONSORT 2010 statement, item 16 (number of participants, the denominator, in each group).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction import Manuscript
from auditor.extraction.basis import ArmBasis, arm_key, pairs_of, plain_percentages
from auditor.extraction.describe import division, places, statement
from auditor.extraction.fits import Fit, fit
from auditor.extraction.judge import TableJudgement
from auditor.extraction.reading import Entry
from auditor.finding import Finding, Judged, Severity, Verdict


@check(code="HDR001", name="header-n-mismatch")
def header_n_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every header whose N its own percentages contradict."""
    judged = 0
    for judgement in manuscript.judged:
        if judgement.row_wise:
            continue
        for arm in judgement.arms.values():
            if arm.stated is None or not arm.pairs or "same arm" in _source(arm):
                continue
            judged += 1
            entries = _entries(judgement, arm)
            for entry in entries:
                yield Judged(entry.claims)
            if arm.conflict:
                yield _finding(judgement, arm, entries)
    if not judged:
        raise NotEvaluable("no table states an N above percentages with their counts")


def _source(arm: ArmBasis) -> str:
    return arm.basis.source if arm.basis is not None else ""


def _entries(judgement: TableJudgement, arm: ArmBasis) -> list[Entry]:
    reading = judgement.reading
    return [
        e
        for e in plain_percentages(reading)
        if arm_key(reading.columns[e.column]) == arm.arm and pairs_of([e])
    ]


def _finding(judgement: TableJudgement, arm: ArmBasis, entries: list[Entry]) -> Finding:
    assert arm.stated is not None and arm.basis is not None
    stated, solved = arm.stated.value, arm.basis.value
    shown = [
        e
        for e in entries
        if e.count is not None
        and e.percent is not None
        and fit(e.count, solved, e.percent) is not Fit.MISFIT
        and fit(e.count, stated, e.percent) is Fit.MISFIT
    ]
    larger = solved > stated
    name = judgement.reading.columns[entries[0].column].arm or arm.stated.place.quote
    lines = [
        f"{statement(e)}: {division(e.count, solved)}, but {division(e.count, stated)}"
        for e in shown[:4]
        if e.count is not None and e.count <= min(solved, stated)
    ]
    return Finding(
        severity=Severity.ERROR if larger else Severity.NOTE,
        verdict=Verdict.DISAGREES if larger else Verdict.QUERY,
        message=f"{judgement.reading.table.name}: the header states N = {stated} for “{name}”, "
        f"but {arm.fit_solved} of its {arm.pairs} percentages are right over {solved} and only "
        f"{arm.fit_stated} over {stated}.",
        places=(arm.stated.place, *places(*shown[:4])),
        reported=f"N = {stated}",
        expected=f"N = {solved}",
        arithmetic=tuple(lines),
        suggestion="" if larger else "say which patients the percentages are of",
    )
