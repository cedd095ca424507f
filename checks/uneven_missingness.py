"""A baseline variable is missing more often in one arm than in the others.

## What it does
Counts the missing values of each baseline variable of the patients table (those of ADSL known as
such, and others named as baseline: ...BL, BASE..., STAGE..., HIST..., PRIOR...) by planned arm and
tests each arm against the rest by Fisher's exact test, two-sided, at 0.001 divided by the number
of tests. What differs is a warning with the counts. Silent: what is missing for most (at half, it
was hardly collected), variables that are missing by their nature for many (death, new therapy, end
of study, last dose), subjects who have no arm, and differences that chance explains.

## Why it matters
A variable that is missing by arm was not recorded alike, or was lost after the arm was known;
adjusted and subgroup analyses are then biased.

## Example
ECOG is missing for 21 of 60 patients in one arm and for 1 of 60 in the other.

## References
ICH E9, section 5.3 (missing values). Fisher RA. Statistical Methods for Research Workers, 5th ed.
1934, section 21.02 (exact treatment of 2 x 2 tables).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import exp, lgamma

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import finding, true_rows, words

BASELINE = (
    "AGE",
    "SEX",
    "ECOG",
    "HEIGHT",
    "WEIGHT",
    "BMI",
    "BRTHDT",
    "SITEID",
    "RFICDT",
    "RANDDT",
)
NAMED = re.compile(r"BL$|^BL|BASE|STAGE|^HIST|PRIOR|^RACE|^ETHNIC|^SMOK|^REGION|^COUNTRY")
LEVEL = 0.001


@check(code="COH038", name="uneven-missingness", subject=Subject.COHORT)
def uneven_missingness(cohort: Cohort) -> Iterator[Finding | Evaluated]:
    """Yield each baseline variable whose missing values are uneven by arm."""
    arm = cohort.study.arm
    patients = cohort.need("patients", arm)
    arms = words(patients.frame[arm])
    arms = arms[(arms != "") & ~arms.str.contains(r"SCREEN|NOT ASSIGNED|^NOTASSGN", regex=True)]
    names = sorted(set(arms))
    if len(names) < 2:
        raise NotEvaluable("there are fewer than two arms to compare")
    variables = _variables(patients)
    missing = {v: patients.delivered.frame[v].loc[arms.index] for v in variables}
    absent = {
        v: column.isna() | (column.astype(str).str.strip() == "") for v, column in missing.items()
    }
    absent = {v: gaps for v, gaps in absent.items() if 0 < gaps.sum() < len(gaps) / 2}
    if not variables:
        raise NotEvaluable("no baseline variable is known")
    yield Evaluated(len(arms))
    tests = max(1, len(absent) * (1 if len(names) == 2 else len(names)))
    sizes = arms.value_counts()
    for variable, gaps in absent.items():
        counts = gaps.groupby(arms).sum()
        p = {
            name: fisher(int(counts[name]), int(sizes[name]), int(counts.sum()), int(sizes.sum()))
            for name in names
        }
        worst = min(names, key=lambda name: (p[name], -counts[name] / sizes[name]))
        if p[worst] < LEVEL / tests:
            shown = [f"{counts[n]} of {sizes[n]}" for n in names]
            row = true_rows(gaps & (arms == max(names, key=lambda n: counts[n] / sizes[n])))[0]
            yield finding(
                Severity.WARNING,
                Verdict.QUERY,
                f"{patients.delivered.name} {variable} is missing by arm beyond chance: "
                f"{', '.join(shown)} (arms in alphabetical order).",
                patients.place(row, variable),
                arithmetic=(f"Fisher's exact test, two-sided: p = {p[worst]:.2g}",),
            )


def _variables(patients: Table) -> list[str]:
    """Delivered names of the baseline variables, in the order of the table."""
    known = {patients.columns[name] for name in BASELINE if patients.has(name)}
    mapped = set(patients.columns.values())
    return [
        str(name)
        for name in patients.delivered.frame.columns
        if name in known or (name not in mapped and NAMED.search(str(name).upper()))
    ]


def fisher(hits: int, drawn: int, marked: int, total: int) -> float:
    """Two-sided p of Fisher's exact test: ``hits`` of ``drawn`` where ``marked`` of ``total`` are.

    Sums the probabilities that do not exceed that of the table seen.
    """

    def log_choose(n: int, k: int) -> float:
        return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)

    def log_probability(k: int) -> float:
        return (
            log_choose(marked, k) + log_choose(total - marked, drawn - k) - log_choose(total, drawn)
        )

    seen = log_probability(hits) + 1e-7
    possible = range(max(0, drawn + marked - total), min(drawn, marked) + 1)
    return min(1.0, sum(exp(p) for p in map(log_probability, possible) if p <= seen))
