"""One test, dose or time is given in several units.

## What it does
Lists the units within each test of the lesions (standardised results), each treatment of the
exposures and each parameter of the times to events. Where one is in use beside the commonest, it
is a warning with the number of rows, at the first of them. Spellings of one unit (mm, MM,
millimetre) are one unit. Silent: different units of different tests or drugs, units as collected
where standardised results stand beside them, and rows without a value or a unit.

## Why it matters
A sum of diameters over mm and cm, or a cumulative dose over mg and g, is meaningless.

## Example
LDIAM is in mm in 500 rows and in cm in two.

## References
CDISC SDTM Implementation Guide 3.4 (--STRESU: results of a test are standardised to one unit).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import finding, named, several, words

if TYPE_CHECKING:
    import pandas as pd

# Table, what is measured, its value, its unit.
MEASURED = (
    ("lesions", "TESTCD", "AVAL", "UNIT"),
    ("exposures", "TRT", "DOSE", "DOSU"),
    ("times", "PARAMCD", "AVAL", "AVALU"),
)
SPELT = {
    "MILLIMETER": "MM",
    "MILLIMETRE": "MM",
    "CENTIMETER": "CM",
    "CENTIMETRE": "CM",
    "MILLIGRAM": "MG",
    "GRAM": "G",
    "MICROGRAM": "UG",
    "MCG": "UG",
    "µG": "UG",
    "ΜG": "UG",
    "D": "DAY",
    "MO": "MONTH",
    "MG/M^2": "MG/M2",
    "MG/M²": "MG/M2",
}
LIKELY = {frozenset(("MM", "CM")), frozenset(("MG", "G")), frozenset(("MG", "UG"))}


@check(code="COH031", name="mixed-units", subject=Subject.COHORT)
def mixed_units(cohort: Cohort) -> Iterator[Finding | Evaluated]:
    """Yield each unit that stands beside the commonest of its test."""
    judged = 0
    for name, group, value, unit in MEASURED:
        if not cohort.has(name, value, unit):
            continue
        table = cohort.tables[name]
        units = _units(table.frame[unit])
        stated = (units != "") & table.frame[value].notna()
        judged += int(stated.sum())
        groups = words(table.frame[group]) if table.has(group) else units.where(units == "", "")
        for test, own in units[stated].groupby(groups[stated], sort=True):
            counts = own.value_counts()
            if len(counts) > 1:
                yield from _others(table, str(test), unit, own, counts)
    if not judged:
        raise NotEvaluable("no value stands beside a unit")
    yield Evaluated(judged)


def _units(column: pd.Series) -> pd.Series:
    plain = words(column)
    once = {text: text if len(text) < 3 else text.removesuffix("S") for text in plain.unique()}
    return plain.map(once).replace(SPELT)


def _others(
    table: Table, test: str, unit: str, own: pd.Series, counts: pd.Series
) -> Iterator[Finding]:
    order = sorted(counts.index, key=lambda u: (-int(counts[u]), u))
    for other in order[1:]:
        row = int(own.index[(own == other).to_numpy()][0])
        near = frozenset((order[0], other)) in LIKELY
        yield finding(
            Severity.WARNING,
            Verdict.QUERY,
            f"{named(table, unit)}: {test} is in {_shown(other)} in "
            f"{several(int(counts[other]), 'row')} and in {_shown(order[0])} in "
            f"{int(counts[order[0]])}.",
            table.place(row, unit),
            expected=_shown(order[0]),
            suggestion="convert the values, or correct the unit" if near else "",
        )


def _shown(unit: str) -> str:
    """A unit as it is written; a text that is none (a date, a number) stays out of messages."""
    plain = unit.lower()
    likely = "%" in plain or any(c.isalpha() for c in plain)
    short = len(plain) <= 12 and " " not in plain and sum(c.isdigit() for c in plain) < 4
    return plain if likely and short else "another unit"
