"""A percentage is rounded otherwise than to the nearest.

## What it does
Notes every percentage that is less than one unit in the last digit away from its count over
its denominator, but is not the nearest value: truncated, rounded up, or rounded twice. The
convention that gives the print is named, as is a percentage moved by one unit so that its
block adds up to 100. A table whose percentages are all right under
truncation gets one note, not one a cell. Exact ties (12.5 printed as 12 or 13) are never noted.

## Why it matters
It contradicts nothing, but a single odd percentage in a table of well rounded ones often
marks a number that was typed by hand or forced so that a column adds up to 100.

## Example
"20 (64)" in a column of 31 patients: 20/31 is 64.52%, which rounds to 65; 64 is truncated.

## References
IEEE 754-2019, section 4.3 (rounding-direction attributes).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import corrected, division, places, statement, where
from auditor.extraction.fits import percentage
from auditor.extraction.judged import JudgedPercent, Status, TableJudgement
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.rounding import NEAREST, Rounding

_WORDS = {
    Rounding.DOWN: "truncated",
    Rounding.UP: "rounded up",
    Rounding.DOUBLE: "rounded twice (to one more decimal first)",
}


@check(code="PCT002", name="percent-rounding")
def percent_rounding(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a note for every percentage that is rounded unusually."""
    judged = 0
    for judgement in manuscript.judged:
        usable = [p for p in judgement.percents if p.status in (Status.RIGHT, Status.ROUNDED)]
        odd = [p for p in usable if p.status is Status.ROUNDED]
        judged += len(usable)
        for percent in usable:
            yield Judged(percent.stated.entry.claims)
        if len(odd) >= 3 and all(Rounding.DOWN in _modes(p) for p in usable):
            yield _truncated_table(odd, judgement)
        else:
            yield from (_finding(p, judgement) for p in odd)
    if not judged:
        raise NotEvaluable("no table prints a count with its percentage and a denominator for it")


def _modes(judged: JudgedPercent) -> tuple[Rounding, ...]:
    count, percent = judged.stated.pair
    if percent.relation != "=":
        return tuple(Rounding)
    return percent.conventions(percentage(count, judged.basis.value))


def _finding(judged: JudgedPercent, judgement: TableJudgement) -> Finding:
    entry, basis = judged.stated.entry, judged.basis
    sum_line = division(judged.stated.count, basis.value)
    modes = [m for m in _modes(judged) if m not in NEAREST]
    how = " or ".join(_WORDS[m] for m in modes if m is not Rounding.UP or len(modes) == 1)
    how = how or "moved by one unit, so that the percentages add up to 100"
    return Finding(
        severity=Severity.NOTE,
        verdict=Verdict.CONVENTION,
        message=f"{where(judgement.reading, entry)}: {statement(entry)} is {how}; {sum_line}.",
        places=places(entry),
        reported=statement(entry),
        expected=corrected(judged.stated, basis.value),
        arithmetic=(sum_line, f"{basis.value} is from {basis.source}"),
        conventions=tuple(str(m) for m in modes) or ("adjusted to add up to 100",),
    )


def _truncated_table(odd: list[JudgedPercent], judgement: TableJudgement) -> Finding:
    lines = [
        f"{division(p.stated.count, p.basis.value)}, printed {statement(p.stated.entry)}"
        for p in odd
    ]
    return Finding(
        severity=Severity.NOTE,
        verdict=Verdict.CONVENTION,
        message=f"{judgement.reading.table.name}: all percentages are truncated, not rounded; "
        f"{len(odd)} of them differ from the nearest value.",
        places=places(*(p.stated.entry for p in odd)),
        reported="truncated percentages",
        expected="percentages rounded to the nearest",
        arithmetic=tuple(lines),
        conventions=(str(Rounding.DOWN),),
    )
