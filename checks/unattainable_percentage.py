"""A percentage is printed that no number of patients can give.

## What it does
Looks at percentages that stand without their count, in columns with a stated N. With N
patients only N + 1 percentages are possible; where N is small enough that the printed decimals
leave gaps between them, a percentage in a gap is impossible for that N. Survival rates and
other estimates are not judged, and a column is judged only where nearly all of its other
percentages are attainable, so that percentages of something else stay silent. A percentage that
is right over up to a tenth fewer patients is a note: values may be missing.

## Why it matters
Either the percentage, or the N, or the statement that all patients were counted is wrong.

## Example
"45.0%" of 31 patients: 13/31 is 41.9% and 14/31 is 45.2%; nothing lies between.

## References
Brown NJL, Heathers JAJ. The GRIM test. Soc Psychol Personal Sci 2017;8:363-369.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import division, places, where
from auditor.extraction.fits import Fit, fit
from auditor.extraction.lexicon import says
from auditor.extraction.reading import ColumnRole, Entry, Role, RowKind, TableReading
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.rounding import unit

_MISSING = Fraction(9, 10)
"""Values may be missing of up to a tenth of the patients without a word."""


@check(code="PCT005", name="unattainable-percentage")
def unattainable_percentage(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a warning for every lone percentage that lies in a gap."""
    judged = 0
    for reading in manuscript.tables:
        for column in reading.columns:
            if column.role is not ColumnRole.DATA or column.stated is None:
                continue
            patients = column.stated.value
            lone = _lone(reading, column.index, patients)
            missed = [(e, p) for e, p in lone if not _near(p, patients)]
            if len(lone) < 4 or len(missed) * 5 > len(lone):
                continue
            judged += len(lone)
            for entry, _ in lone:
                yield Judged(entry.claims)
            for entry, percent in missed:
                yield _finding(reading, entry, percent, patients)
    if not judged:
        raise NotEvaluable("no column of percentages without counts has a small enough N")


def _lone(reading: TableReading, column: int, patients: int) -> list[tuple[Entry, PrintedNumber]]:
    return [
        (e, e.percent)
        for e in reading.entries
        if e.column == column
        and e.row.kind is RowKind.COUNT
        and e.percent is not None
        and e.number(Role.COUNT) is None
        and len(e.numbers) == 1
        and _telling(e.percent, patients)
        and not e.row.stated
        and e.row.statistic != "statistic"
        and not says("rows", "estimated_rate", e.row.path)
    ]


def _telling(percent: PrintedNumber, patients: int) -> bool:
    """Whether at most half of the values with these decimals are possible for N patients."""
    possible = Fraction(patients + 1) * unit(percent.decimals) / 100
    return percent.relation == "=" and 0 < percent.value < 100 and possible <= Fraction(1, 2)


def _near(percent: PrintedNumber, patients: int) -> bool:
    """Whether a count of patients gives the percentage, by any rounding."""
    middle = int(percent.fraction * patients / 100)
    return any(
        fit(n, patients, percent) is not Fit.MISFIT
        for n in range(max(0, middle - 1), min(patients, middle + 2) + 1)
    )


def _finding(reading: TableReading, entry: Entry, percent: PrintedNumber, patients: int) -> Finding:
    below = int(percent.fraction * patients / 100)
    fewer = [n for n in range(patients - 1, int(_MISSING * patients), -1) if _near(percent, n)]
    lines = [division(below, patients), division(below + 1, patients)]
    if fewer:
        lines.append(f"it would be right over {fewer[0]} patients, were values missing")
    printed = percent.text if percent.percent else f"{percent.text}%"
    return Finding(
        severity=Severity.NOTE if fewer else Severity.WARNING,
        verdict=Verdict.QUERY if fewer else Verdict.IMPOSSIBLE,
        message=f"{where(reading, entry)}: no number of {patients} patients is {printed} of them.",
        places=places(entry),
        reported=printed,
        expected=f"{percent.like(Fraction(100 * below, patients)).rstrip('%')}% or "
        f"{percent.like(Fraction(100 * (below + 1), patients)).rstrip('%')}%",
        arithmetic=tuple(lines),
    )
