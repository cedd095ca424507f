"""Two identifiers may be one subject.

## What it does
Looks for patients with the same complete date of birth and sex, at the same site where sites are
given, who also share every date of consent, randomisation and first dose that is recorded, one at
least. Where sites and births coincide by chance (births that are only years, entered as 1 January
or 1 July), height and weight have to be equal too. A warning, to be queried. Silent: twins or
chance births with other dates, and partial dates of birth.

## Why it matters
A subject who is counted twice is a duplicate publication within one study.

## Example
01-017 and 01-023, both men born on 1956-04-02, with consent and randomisation on the same days.

## References
SCDM Good Clinical Data Management Practices, chapter on edit checks. FDA Guidance, Oversight of
Clinical Investigations: A Risk-Based Approach to Monitoring (2013).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import breaches, finding, span, words

DATES = ("RFICDT", "RANDDT", "TRTSDT")
# A fifth on the first of a month means that days are not recorded: by chance it is a thirtieth.
COARSE = 0.2


@check(code="COH037", name="subject-under-two-ids", subject=Subject.COHORT)
def subject_under_two_ids(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each patient who has the birth, sex and dates of an earlier one."""
    patients = cohort.need("patients", "USUBJID", "BRTHDT", "SEX")
    birth = span(patients, "BRTHDT")
    dates = [column for column in DATES if patients.has(column)]
    if not dates:
        raise NotEvaluable("the patients table has no RFICDT, RANDDT or TRTSDT")
    frame = patients.frame[["USUBJID", *dates]].assign(
        birth=birth.earliest, sex=words(patients.frame["SEX"])
    )
    judged = birth.exact & (frame["sex"] != "") & frame["USUBJID"].notna()
    judged &= frame[dates].notna().any(axis=1)
    key = ["birth", "sex", *dates]
    if patients.has("SITEID"):
        frame["site"] = words(patients.frame["SITEID"])
        key.append("site")
    if (birth.earliest[judged].dt.day == 1).mean() > COARSE and judged.sum() > 4:
        sizes = [column for column in ("HEIGHT", "WEIGHT") if patients.has(column)]
        if not sizes:
            raise NotEvaluable("births are recorded without days: they tell nobody apart")
        frame[sizes] = patients.frame[sizes]
        judged &= frame[sizes].notna().all(axis=1)
        key += sizes
    if not judged.any():
        raise NotEvaluable("no subject has a complete birth, a sex and a date")
    yield Evaluated(int(judged.sum()))
    own = frame[judged].drop_duplicates("USUBJID")
    number = own.groupby(key, sort=False, dropna=False).ngroup()
    later = number.duplicated(keep="first")

    def make(row: int) -> Finding:
        first = int(number.index[(number == number[row]).to_numpy()][0])
        other = patients.frame.at[first, "USUBJID"]
        return finding(
            Severity.WARNING,
            Verdict.QUERY,
            f"{patients.delivered.name}: birth, sex and {', '.join(dates)} are those of subject "
            f"{other!s}.",
            patients.place(row, "USUBJID"),
            patients.place(first, "USUBJID"),
            suggestion="one subject under two identifiers",
        )

    yield from breaches(Severity.WARNING, later, make)
