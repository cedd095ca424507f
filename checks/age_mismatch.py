"""The age of a subject is not that of the date of birth.

## What it does
Counts the completed years from birth to consent, randomisation and first dose; an age that none of
them gives under any completion of partial dates is a finding: one year off a warning, more an
error. Where more than half are off, the study counts otherwise (the difference of calendar years,
the nearest year, the age at diagnosis), and one finding says so. Silent: a birthday between
consent and first dose, a year of birth alone, ages given with decimals, and ages that nobody has
(the models refuse them).

## Why it matters
Age is a stratum, a covariate and an eligibility criterion.

## Example
Born 1956-04-02, randomised 2020-05-10, AGE 46: 64 completed years.

## References
CDISC ADaM Implementation Guide 1.3, section 3.2 (ADSL: AGE, AAGE).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import Span, breaches, finding, named, span, true_rows

if TYPE_CHECKING:
    import pandas as pd

WHEN = ("RFICDT", "RANDDT", "TRTSDT")


@check(code="COH035", name="age-mismatch", subject=Subject.COHORT)
def age_mismatch(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each patient whose age and birth disagree."""
    import pandas as pd

    patients = cohort.need("patients", "AGE", "BRTHDT")
    birth, age = span(patients, "BRTHDT"), patients.frame["AGE"]
    dates = [span(patients, column) for column in WHEN if patients.has(column)]
    if not dates:
        raise NotEvaluable("the patients table has no RFICDT, RANDDT or TRTSDT")
    when = Span(
        pd.concat([d.earliest for d in dates], axis=1).min(axis=1),
        pd.concat([d.latest for d in dates], axis=1).max(axis=1),
    )
    # A birth after the date is the matter of date-before-birth, an age of 156 of the models.
    judged = birth.known & when.known & age.between(0, 120) & (birth.earliest <= when.latest)
    if not judged.any():
        raise NotEvaluable("no subject has an age, a birth and a date to count to")
    yield Evaluated(int(judged.sum()))
    least, most = _years(birth.latest, when.earliest), _years(birth.earliest, when.latest)
    whole = age // 1
    below, above = judged & (whole < least), judged & (whole > most)
    off = (least - whole).where(below, whole - most).where(below | above, 0)
    wrong = judged & (off > 0)
    near = wrong & (off <= 1)
    if wrong.sum() > 2 and wrong.sum() > judged.sum() / 2:
        row = true_rows(wrong)[0]
        far = int((wrong & ~near).sum())
        yield finding(
            Severity.WARNING if far > wrong.sum() / 2 else Severity.NOTE,
            Verdict.CONVENTION,
            f"{named(patients, 'AGE')}: {int(wrong.sum())} of {int(judged.sum())} ages are not "
            f"the completed years at enrolment, {far} of them by more than one; taken as another "
            "way of counting, or as the age at another date.",
            patients.place(row, "AGE"),
            patients.place(row, "BRTHDT"),
        )
        return
    make = partial(_one, patients, least, most)
    yield from breaches(Severity.WARNING, near, partial(make, Severity.WARNING))
    yield from breaches(Severity.ERROR, wrong & ~near, partial(make, Severity.ERROR))


def _years(birth: pd.Series, day: pd.Series) -> pd.Series:
    """Completed years; who is born on 29 February has a birthday on 1 March."""
    early = (day.dt.month * 100 + day.dt.day) < (birth.dt.month * 100 + birth.dt.day)
    years: pd.Series = day.dt.year - birth.dt.year - early.astype(int)
    return years


def _one(
    patients: Table, least: pd.Series, most: pd.Series, severity: Severity, row: int
) -> Finding:
    low, high = int(least[row]), int(most[row])
    age: Any = patients.frame.at[row, "AGE"]
    swapped = f"{age:02.0f}"[::-1] in (f"{low:02d}", f"{high:02d}")
    return finding(
        severity,
        Verdict.DISAGREES,
        f"{named(patients, 'AGE')} is not the completed years since {named(patients, 'BRTHDT')}.",
        patients.place(row, "AGE"),
        patients.place(row, "BRTHDT"),
        expected=f"{low}" if low == high else f"{low} to {high}",
        suggestion="transposed digits" if swapped and severity is Severity.ERROR else "",
    )
