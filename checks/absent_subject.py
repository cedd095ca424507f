"""A subject is absent from a table that should hold every subject.

## What it does
Three laws that hold without further knowledge: OS and PFS have a time for every subject, so a
parameter that most patients have is asked of all of them; a subject with a date of first dose has
exposure records; and a table of best responses that holds nearly all patients holds all. Where the
patients table has an intention-to-treat flag, only its subjects count, else those randomised (with
RANDDT) or, without that column, those with an arm. Silent: durations of response (responders
only), parameters that few patients have, subjects without adverse events, and patients who died or
left before the first assessment and have no response or lesion records.

## Why it matters
A subject without an OS time drops out of the curve and of the number at risk; the analysis by
intention to treat is then none.

## Example
43 of 44 patients have a PFS record in ADTTE; the forty-fourth has none.

## References
ICH E9, section 5.2.1 (full analysis set). CDISC ADaM Basic Data Structure for Time-to-Event
Analyses 1.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import breaches, finding, span, words

if TYPE_CHECKING:
    import pandas as pd

OF_ALL = ("OS", "PFS")
MOST = 0.5
NO_ARM = r"SCREEN|SCRNFAIL|NOT ASSIGNED|NOTASSGN|NOT RANDOMI"
NEARLY_ALL = 0.9


@check(code="COH002", name="absent-subject", subject=Subject.COHORT)
def absent_subject(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each patient who is absent from a table or a parameter."""
    patients = cohort.need("patients", "USUBJID")
    subjects = patients.frame["USUBJID"]
    expected = _population(patients) & subjects.notna()
    laws = 0
    for table, what, present, among, least in _laws(cohort, patients, expected):
        have = subjects.isin(set(present))
        if not among.any() or (have & among).sum() < least * among.sum():
            continue
        laws += 1
        yield Evaluated(int(among.sum()))
        yield from breaches(Severity.WARNING, among & ~have, partial(_one, patients, table, what))
    if not laws:
        raise NotEvaluable("no table was delivered in which every patient should be")


def _population(patients: Table) -> pd.Series:
    if patients.has("ITTFL") and (words(patients.frame["ITTFL"]) == "Y").any():
        return words(patients.frame["ITTFL"]) == "Y"
    if patients.has("RANDDT") and span(patients, "RANDDT").known.any():
        return span(patients, "RANDDT").known
    everybody = patients.frame["USUBJID"].notna()
    if patients.has("TRT01P"):
        arm = words(patients.frame["TRT01P"])
        if (arm != "").any():
            everybody &= (arm != "") & ~arm.str.contains(NO_ARM, regex=True)
    return everybody


def _laws(
    cohort: Cohort, patients: Table, expected: pd.Series
) -> Iterator[tuple[Table, str, pd.Series, pd.Series, float]]:
    """Table, what is absent, who is present, who should be, and the share that proves it."""
    if cohort.has("times", "USUBJID", "PARAMCD"):
        times = cohort.tables["times"]
        for code in OF_ALL:
            own = times.frame["USUBJID"][words(times.frame["PARAMCD"]) == code]
            if len(own):
                yield times, f"no {code} time", own, expected, MOST
    if cohort.has("exposures", "USUBJID") and patients.has("TRTSDT"):
        exposures = cohort.tables["exposures"]
        treated = span(patients, "TRTSDT").known & patients.frame["USUBJID"].notna()
        yield exposures, "no exposure record", exposures.frame["USUBJID"], treated, MOST
    if cohort.has("best_responses", "USUBJID"):
        best = cohort.tables["best_responses"]
        for code in sorted(set(words(best.frame["PARAMCD"])) - {""}):
            own = best.frame["USUBJID"][words(best.frame["PARAMCD"]) == code]
            yield best, f"no best overall response ({code})", own, expected, NEARLY_ALL


def _one(patients: Table, table: Table, what: str, row: int) -> Finding:
    return finding(
        Severity.WARNING,
        Verdict.QUERY,
        f"{patients.delivered.name}: the subject has {what} in {table.delivered.name}.",
        patients.place(row, "USUBJID"),
    )
