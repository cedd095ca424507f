"""A percentage does not match its count and denominator.

## What it does
Divides every count by its denominator and compares the result with the printed percentage
under every rounding convention. The denominator is solved before anything is accused: the
fraction in the cell, the N of the row, the heading, the column header, or the one smaller N
that a whole block of rows shares (missing values are rarely footnoted). What no denominator
up to N can give is *impossible*; what only an unlikely one could give is a warning. The likely
slip is named: a decimal point, transposed digits, the N of another column, a wrong count.

## Why it matters
A percentage that its own count contradicts means that at least one of two printed numbers is
wrong, and readers, meta-analyses among them, will use either.

## Example
"57 (65.5%)" in a column of 82 patients: 57/82 is 69.5%, and no denominator up to 82 gives 65.5%
for 57.

## References
Brown NJL, Heathers JAJ. The GRIM test. Soc Psychol Personal Sci 2017;8:363-369 (granularity of
proportions). Nuijten MB et al. Behav Res Methods 2016;48:1205-1226 (recomputation of results).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import (
    corrected,
    division,
    places,
    right_percent,
    statement,
    where,
)
from auditor.extraction.judged import JudgedPercent, Status, TableJudgement
from auditor.extraction.slips import TYPED, likely_slip
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript

JUDGED = (Status.RIGHT, Status.ROUNDED, Status.PROBABLE, Status.WRONG)


@check(code="PCT001", name="percent-mismatch")
def percent_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every percentage that its count contradicts."""
    judged = 0
    for judgement in manuscript.judged:
        for percent in judgement.percents:
            if percent.status in JUDGED:
                judged += 1
                yield Judged(percent.stated.entry.claims)
            if percent.status in (Status.WRONG, Status.PROBABLE):
                yield _finding(percent, judgement)
    if not judged:
        raise NotEvaluable("no table prints a count with its percentage and a denominator for it")


def _finding(judged: JudgedPercent, judgement: TableJudgement) -> Finding:
    entry, basis = judged.stated.entry, judged.basis
    count, percent = judged.stated.pair
    printed = percent.text if percent.percent else f"{percent.text}%"
    right = right_percent(count, basis.value, percent)
    stands = f"{where(judgement.reading, entry)}:"
    none = f"no denominator up to {basis.value} gives {printed} for {count}"
    arithmetic = [division(count, basis.value), f"{basis.value} is from {basis.source}"]
    expected = ""
    if count > basis.value:
        message = f"{stands} {count} of {basis.value} would be {right}: more than all of them."
    elif judged.impossible and not judged.sure_basis:
        message = f"{stands} {none}."
    else:
        message = f"{stands} {count} of {basis.value} is {right}, not {printed}."
        expected = corrected(judged.stated, basis.value)
        if judged.impossible and judged.stated.denominator is None:
            message += f" {none.capitalize()}."
    if judged.alternatives:
        low, high = judged.alternatives[0], judged.alternatives[-1]
        of = f"{low}" if low == high else f"{low} to {high}"
        arithmetic.append(f"{printed} would need {of} patients instead of {basis.value}")
    arithmetic += judged.evidence
    found = places(entry)
    if basis.stated is not None and basis.stated.place not in found:
        found = (*found, basis.stated.place)
    slip = likely_slip(judged, judgement)
    severity = Severity.WARNING
    if judged.status is Status.WRONG:
        severity = Severity.ERROR
    elif not judged.sure_basis and not slip.startswith(TYPED):
        severity = Severity.NOTE
    verdict = Verdict.IMPOSSIBLE if judged.impossible else Verdict.DISAGREES
    return Finding(
        severity=severity,
        verdict=Verdict.QUERY if severity is Severity.NOTE else verdict,
        message=message,
        places=found,
        reported=statement(entry),
        expected=expected,
        arithmetic=tuple(arithmetic),
        suggestion="" if severity is Severity.NOTE else slip,
    )
