"""The N of a column header is not the N of the percentages below it.

## What it does
Solves for the denominator that explains most of a column's percentages. Where the N in the
header explains at most half of them and another N at least four in five (and three more), the
header is in question. An N that is larger than the header's is an error: a percentage cannot
be of more patients than there are. A smaller one is a note, since a table may count the
treated or the evaluable among the randomised; it is a warning where another table states the
smaller N for the same arm, or where at least two blocks of categories add up to it. Percentages
that may be of cycles, lesions or events are a note at most.

## Why it matters
Readers compute numbers of patients from the header. A wrong N there falsifies all of them.

## Example
"Arm B (n = 75)" above 34 (44.2%), 27 (35.1%), 21 (27.3%): all are right over 77, not 75.

## References
CONSORT 2010 statement, item 16 (number of participants, the denominator, in each group).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.arms import arm_key
from auditor.extraction.basis import ArmBasis
from auditor.extraction.describe import addition, division, places, statement
from auditor.extraction.fits import Fit, fit
from auditor.extraction.judge import elsewhere_of
from auditor.extraction.judged import TableJudgement
from auditor.extraction.lexicon import says
from auditor.extraction.percents import Percentage, percentages
from auditor.extraction.reading import StatedN
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript

ENOUGH = 5
"""Fewer percentages than this do not put a header in question."""


@check(code="HDR001", name="header-n-mismatch")
def header_n_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every header whose N its own percentages contradict."""
    judged = 0
    for judgement in manuscript.judged:
        if judgement.row_wise:
            continue
        for arm in judgement.arms.values():
            header, basis = arm.stated, arm.basis
            if header is None or basis is None or arm.pairs < ENOUGH or arm.borrowed:
                continue
            judged += 1
            members = _members(judgement, arm)
            for member in members:
                yield Judged(member.entry.claims)
            if arm.conflict:
                support = _support(manuscript, judgement, members, basis.value)
                yield _finding(judgement, arm, header, basis.value, members, support)
    if not judged:
        raise NotEvaluable("no table states an N above five percentages with their counts")


def _members(judgement: TableJudgement, arm: ArmBasis) -> list[Percentage]:
    columns = judgement.reading.columns
    return [
        p
        for p in percentages(judgement.reading)
        if p.denominator is None and p.telling and arm_key(columns[p.entry.column]) == arm.arm
    ]


def _support(
    manuscript: Manuscript, judgement: TableJudgement, members: list[Percentage], solved: int
) -> tuple[str, ...]:
    """What else speaks for the solved N: the same arm elsewhere, blocks that add up to it."""
    reading = judgement.reading
    arm = reading.columns[members[0].entry.column].arm.casefold()
    lines = [
        f"{other.place.table} states {solved} for the same arm"
        for other in elsewhere_of(manuscript.tables, reading.table.index).get(arm, ())
        if arm and other.value == solved
    ]
    columns = {p.entry.column for p in members}
    blocks = [
        [e.count or 0 for e in block]
        for (_, column, _), block in reading.blocks().items()
        if column in columns and len(block) > 1
    ]
    sums = [counts for counts in blocks if sum(counts) == solved]
    header = reading.columns[members[0].entry.column].stated
    vetoed = header is not None and any(sum(counts) == header.value for counts in blocks)
    if len(sums) > 1 and not vetoed:
        lines += [f"{addition(counts)} in a block of categories" for counts in sums[:2]]
    return tuple(lines)


def _finding(
    judgement: TableJudgement,
    arm: ArmBasis,
    header: StatedN,
    solved: int,
    members: list[Percentage],
    support: tuple[str, ...],
) -> Finding:
    stated = header.value
    shown = [
        p
        for p in members
        if fit(p.count, solved, p.percent) is not Fit.MISFIT
        and fit(p.count, stated, p.percent) is Fit.MISFIT
    ]
    larger = solved > stated
    other = _other_unit(judgement, header, members, solved)
    name = judgement.reading.columns[members[0].entry.column].arm or header.place.quote
    lines = [
        f"{statement(p.entry)}: {division(p.count, solved)}, but {division(p.count, stated)}"
        for p in shown[:4]
    ]
    return Finding(
        severity=_severity(larger=larger, supported=bool(support), other=other),
        verdict=Verdict.DISAGREES if (larger or support) and not other else Verdict.QUERY,
        message=f"{judgement.reading.table.name}: the header states N = {stated} for “{name}”, "
        f"but {arm.fit_solved} of its {arm.pairs} percentages are right over {solved} and only "
        f"{arm.fit_stated} over {stated}.",
        places=(header.place, *places(*(p.entry for p in shown[:4]))),
        reported=f"N = {stated}",
        expected=f"N = {solved}",
        arithmetic=(*lines, *support),
        suggestion="" if larger else "say which patients the percentages are of",
    )


def _other_unit(
    judgement: TableJudgement, header: StatedN, members: list[Percentage], solved: int
) -> bool:
    """Whether the percentages may be of cycles or lesions: caption or header says so, or prints
    the N that they are of."""
    table = judgement.reading.table
    paths = [judgement.reading.columns[p.entry.column].label for p in members]
    groups = [group for p in members for group in p.entry.row.groups]
    return any(
        says("rows", "units", text) or re.search(rf"(?<!\d){solved}(?!\d)", text)
        for text in (table.caption, header.place.quote, *paths, *groups)
    )


def _severity(*, larger: bool, supported: bool, other: bool) -> Severity:
    if other:
        return Severity.NOTE
    if larger:
        return Severity.ERROR
    return Severity.WARNING if supported else Severity.NOTE
