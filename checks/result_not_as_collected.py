"""A standard result differs from the result as collected.

## What it does
Where a lesion has a number as collected and a standard one, both with their unit, converts the
first (mm, cm, m, inches) and compares. A difference beyond the rounding of the standard result is
an error; a factor of ten or transposed digits are named. Where the units are equal or absent, the
numbers have to be equal. Silent: rounding to the decimals of the standard result, texts as
collected ("< 5", "too small to measure"), and units that are unknown.

## Why it matters
Sums of diameters are made of the standard results; the sites confirmed the others.

## Example
Collected 3.2 cm, standard 3.2 mm.

## References
CDISC SDTM Implementation Guide 3.4 (--ORRES, --ORRESU, --STRESN, --STRESU).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import breaches, finding, named, words

MILLIMETRES = {"MM": 1.0, "CM": 10.0, "M": 1000.0, "IN": 25.4}
NUMBER = r"^[+-]?\d+(?:[.,]\d+)?$"


@check(code="COH044", name="result-not-as-collected", subject=Subject.COHORT)
def result_not_as_collected(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each standard result that its collected one contradicts."""
    table = cohort.need("lesions", "ORRES", "AVAL")
    text = words(table.frame["ORRES"])
    plain = text.str.fullmatch(NUMBER)
    collected = text.where(plain).str.replace(",", ".", regex=False).astype(float)
    standard = table.frame["AVAL"]
    units = [
        words(table.frame[column]) if table.has(column) else words(text.where(text.isna()))
        for column in ("ORRESU", "UNIT")
    ]
    same = (units[0] == units[1]) | (units[0] == "") | (units[1] == "")
    factor = (units[0].map(MILLIMETRES) / units[1].map(MILLIMETRES)).mask(same, 1.0)
    judged = collected.notna() & standard.notna() & factor.notna()
    if not judged.any():
        raise NotEvaluable("no lesion has a number as collected beside a standard one")
    yield Evaluated(int(judged.sum()))
    expected = collected * factor
    half = (standard * 0 + 0.005).mask((standard * 10).round(6) % 1 == 0, 0.05)
    half = half.mask(standard % 1 == 0, 0.5)
    # Where nothing was converted, nothing was rounded away unless decimals were.
    half = half.where((factor != 1) | (expected % 1 != 0), 0.0)
    wrong = judged & ((expected - standard).abs() > half + 1e-9)

    def make(row: int) -> Finding:
        ratio = expected[row] / standard[row] if standard[row] else 0.0
        slip = ""
        if any(abs(ratio / f - 1) < 0.02 for f in (10.0, 0.1)):
            slip = "a factor of ten: centimetres and millimetres"
        elif sorted(f"{expected[row]:g}") == sorted(f"{standard[row]:g}"):
            slip = "transposed digits"
        return finding(
            Severity.ERROR,
            Verdict.DISAGREES,
            f"{named(table, 'AVAL')} is not the result as collected ({named(table, 'ORRES')}).",
            table.place(row, "AVAL"),
            table.place(row, "ORRES"),
            expected=f"{expected[row]:g}",
            suggestion=slip,
        )

    yield from breaches(Severity.ERROR, wrong, make)
