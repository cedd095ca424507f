"""A height or a weight is in another unit than those of the other patients.

## What it does
Heights in metres (1.2 to 2.3) or, for adults, in inches (48 to 84) among heights in centimetres,
and a weight that gives a body mass index above 60 and, taken as pounds, one between 15 and 45, are
warnings with the unit that is likely. Where every height is below 3, the column is in metres, and
one warning says so. Silent: short adults from 120 cm, children (an age below 18, or none where the
study has children), and subjects whose recorded BMI agrees or disagrees by itself, which is the
matter of bmi-mismatch.

## Why it matters
Body surface, dose and BMI follow from both; one height of 1.72 cm moves a mean by more than any
effect.

## Example
HEIGHT 1.72 among 160, 175 and 181.

## References
CDISC controlled terminology, Units for Vital Signs Results (cm, in, kg, LB).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import breaches, finding, named, true_rows

if TYPE_CHECKING:
    import pandas as pd

HEAVY = 60.0
PLAUSIBLE = (15.0, 45.0)
POUND = 0.45359237


@check(code="COH034", name="body-size-in-another-unit", subject=Subject.COHORT)
def body_size_in_another_unit(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each height and weight that is likely in another unit."""
    patients = cohort.need("patients", "HEIGHT")
    frame = patients.frame
    height = frame["HEIGHT"]
    judged = height.notna()
    if patients.has("BMI"):
        judged &= frame["BMI"].isna() | (frame["WEIGHT"].isna() if patients.has("WEIGHT") else True)
    if not judged.any():
        raise NotEvaluable("every height stands beside a BMI, by which bmi-mismatch judges it")
    yield Evaluated(int(judged.sum()))
    centimetres = height.between(100, 250)
    adult = frame["AGE"] >= 18 if patients.has("AGE") else judged
    if judged.sum() > 2 and (height[judged] < 3).all():
        yield finding(
            Severity.WARNING,
            Verdict.QUERY,
            f"{named(patients, 'HEIGHT')}: all heights are in metres; centimetres are expected.",
            patients.place(true_rows(judged)[0], "HEIGHT"),
            suggestion="multiply the column by 100",
        )
        return
    if centimetres.sum() > len(height.dropna()) / 2:
        yield from _off(patients, "HEIGHT", judged & height.between(1.2, 2.3), "metres")
        inches = judged & adult & height.between(48, 84)
        yield from _off(patients, "HEIGHT", inches, "inches")
    if patients.has("WEIGHT"):
        index = frame["WEIGHT"] / (height / 100) ** 2
        pounds = judged & adult & centimetres & (index > HEAVY)
        pounds &= (index * POUND).between(*PLAUSIBLE)
        yield from _off(patients, "WEIGHT", pounds, "pounds")


def _off(patients: Table, column: str, mask: pd.Series, unit: str) -> Iterator[Breaches]:
    yield from breaches(Severity.WARNING, mask, partial(_one, patients, column, unit))


def _one(patients: Table, column: str, unit: str, row: int) -> Finding:
    return finding(
        Severity.WARNING,
        Verdict.QUERY,
        f"{named(patients, column)} is on another scale than those of the other patients.",
        patients.place(row, column),
        suggestion=f"likely in {unit}",
    )
