"""Body mass index is not weight over height squared.

## What it does
Recomputes weight (kg) over squared height (m) and compares it with BMI within what the rounding of
all three allows. Where it differs, other units and slips are tried and named: height in metres or
inches, weight in pounds, height and weight exchanged, a decimal point. A difference of up to 5%
that no slip explains is a warning (height or weight of another visit), more is an error. Silent:
BMI that is right for the rounded height and weight, and subjects without one of the three. Where
more than half differ, BMI is of other measurements, and one note says so.

## Why it matters
Two of three numbers may be right, but not all; dosing by body surface uses the same two.

## Example
Height 172 cm, weight 154 and BMI 23.6: the weight is in pounds.

## References
World Health Organization. Obesity: preventing and managing the global epidemic. WHO Technical
Report Series 894, 2000 (definition of body mass index).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import breaches, finding, named, true_rows

if TYPE_CHECKING:
    import pandas as pd

# Slip, factor of the height in it, factor of the weight in it.
SLIPS = (
    ("the height is in metres", 100.0, 1.0),
    ("the height is in inches", 2.54, 1.0),
    ("the weight is in pounds", 1.0, 0.45359237),
    ("the weight is in grams", 1.0, 0.001),
    ("height and weight are in inches and pounds", 2.54, 0.45359237),
    ("a decimal point of the weight", 1.0, 0.1),
    ("a decimal point of the weight", 1.0, 10.0),
    ("a decimal point of the height", 0.1, 1.0),
    ("a decimal point of the height", 10.0, 1.0),
)
ANOTHER_VISIT = 0.05


@check(code="COH033", name="bmi-mismatch", subject=Subject.COHORT)
def bmi_mismatch(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each patient whose BMI, height and weight disagree."""
    patients = cohort.need("patients", "HEIGHT", "WEIGHT", "BMI")
    frame = patients.frame
    height, weight, bmi = frame["HEIGHT"], frame["WEIGHT"], frame["BMI"]
    judged = (height > 0) & (weight > 0) & (bmi > 0)
    if not judged.any():
        raise NotEvaluable("no subject has height, weight and BMI")
    yield Evaluated(int(judged.sum()))
    wrong = judged & ~_agree(height, weight, bmi)
    if wrong.sum() > 2 and wrong.sum() > judged.sum() / 2:
        row = true_rows(wrong)[0]
        slip = _slip(height[wrong], weight[wrong], bmi[wrong])
        yield finding(
            Severity.WARNING if slip else Severity.NOTE,
            Verdict.QUERY,
            f"{named(patients, 'BMI')}: {int(wrong.sum())} of {int(judged.sum())} are not those "
            "of height and weight beside them.",
            patients.place(row, "BMI"),
            suggestion=slip,
        )
        return
    exact = weight / (height / 100) ** 2
    close = wrong & ((exact / bmi - 1).abs() <= ANOTHER_VISIT)

    def make(row: int) -> Finding:
        slip = _slip(*(s.loc[[row]] for s in (height, weight, bmi)))
        if not slip and _agree(*(s.loc[[row]] for s in (weight, height, bmi))).all():
            slip = "height and weight are exchanged"
        column = "HEIGHT" if "height is" in slip else "WEIGHT" if "weight is" in slip else "BMI"
        others = [c for c in ("BMI", "HEIGHT", "WEIGHT") if c != column]
        return finding(
            Severity.WARNING if close[row] else Severity.ERROR,
            Verdict.DISAGREES,
            f"{named(patients, column)}: BMI is not weight over squared height.",
            patients.place(row, column),
            *(patients.place(row, other) for other in others),
            suggestion=slip,
            arithmetic=(f"{weight[row]:g} / ({height[row]:g} / 100)^2 = {exact[row]:.4g}",),
        )

    yield from breaches(Severity.WARNING, close, make)
    yield from breaches(Severity.ERROR, wrong & ~close, make)


def _agree(height: pd.Series, weight: pd.Series, bmi: pd.Series) -> pd.Series:
    """Whether the three agree within their rounding, by the decimals that each column has."""
    tall, heavy, index = (_half(s) for s in (height, weight, bmi))
    least = (weight - heavy) / ((height + tall) / 100) ** 2
    most = (weight + heavy) / ((height - tall) / 100) ** 2
    return (least <= bmi + index) & (bmi - index <= most)


def _half(column: pd.Series) -> pd.Series:
    """Half a unit of the last decimal of each value, at most of the first."""
    half = column * 0 + 0.005
    half = half.mask((column * 10).round(6) % 1 == 0, 0.05)
    return half.mask(column % 1 == 0, 0.5)


def _slip(height: pd.Series, weight: pd.Series, bmi: pd.Series) -> str:
    """The slip after which nearly all of them agree; "" where none does."""
    for slip, taller, heavier in SLIPS:
        tolerance = bmi * 0.02 + 0.05
        found = weight * heavier / (height * taller / 100) ** 2
        if ((found - bmi).abs() <= tolerance).mean() > 0.9:
            return slip
    return ""
