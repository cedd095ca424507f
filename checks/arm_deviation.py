"""A subject received another arm than planned.

## What it does
Compares the planned with the actual arm of each patient. Each difference is a note: it is a
deviation to be reported, and decides between the intention-to-treat and the safety population, but
contradicts nothing. Where most differ, the columns use other words for the arms, and one note says
so. Silent: an empty actual arm (never treated), spellings that differ in case only, and arms that
the study file does not declare.

## Why it matters
Efficacy is analysed by the planned arm, safety by the actual one; the N of the tables differ by
these subjects.

## Example
TRT01P "High dose", TRT01A "Low dose".

## References
ICH E9, section 5.2. CDISC ADaM Implementation Guide 1.3, section 3.2 (ADSL: TRT01P, TRT01A).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import breaches, finding, named, true_rows, words


@check(code="COH040", name="arm-deviation", subject=Subject.COHORT)
def arm_deviation(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each patient whose actual arm is not the planned one."""
    patients = cohort.need("patients", "TRT01P", "TRT01A")
    planned, actual = words(patients.frame["TRT01P"]), words(patients.frame["TRT01A"])
    judged = (planned != "") & (actual != "")
    if cohort.study.arms:
        # A misspelt arm is the matter of the models.
        arms = [arm.strip().upper() for arm in cohort.study.arms]
        judged &= planned.isin(arms) & actual.isin(arms)
    if not judged.any():
        raise NotEvaluable("no subject has both a planned and an actual arm")
    yield Evaluated(int(judged.sum()))
    other = judged & (planned != actual)
    if other.sum() > 2 and other.sum() > judged.sum() / 2:
        yield finding(
            Severity.NOTE,
            Verdict.CONVENTION,
            f"{named(patients, 'TRT01A')} differs from {named(patients, 'TRT01P')} for "
            f"{int(other.sum())} of {int(judged.sum())} subjects: other words for the arms.",
            patients.place(true_rows(other)[0], "TRT01A"),
        )
        return

    def make(row: int) -> Finding:
        return finding(
            Severity.NOTE,
            Verdict.QUERY,
            f"{named(patients, 'TRT01A')} is not the planned arm ({named(patients, 'TRT01P')}).",
            patients.place(row, "TRT01A"),
            patients.place(row, "TRT01P"),
        )

    yield from breaches(Severity.NOTE, other, make)
