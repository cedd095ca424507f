"""A response was assessed before the subject was randomised or treated.

## What it does
Compares the dates of overall responses (CR, PR, SD, PD and the like) with the earlier of
randomisation and first dose. Silent: the same day, records of a screening or baseline visit, "NE"
and other labels that state no response, and scans without a response (the baseline). Where most
subjects have such a response, earlier lines of treatment are being reported, and nothing is said.

## Why it matters
A response is a change from the baseline scan; before treatment there is none. The date or the
subject is wrong, and best response and progression-free survival are taken from it.

## Example
Randomised 2021-06-01, a PR dated 2020-08-12.

## References
Eisenhauer EA et al. RECIST 1.1. Eur J Cancer 2009;45:228-247, section 4.2 (baseline) and 4.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import YEAR, Span, breaches, date_slip, finding, named, owners, span, words

RESPONSES = ("CR", "PR", "SD", "PD", "NON-CR/NON-PD", "MR", "ICR", "IPR", "ISD", "IUPD", "ICPD")
BASELINE = r"SCREEN|BASELINE|^BL$|^SCR"


@check(code="COH008", name="response-before-enrolment", subject=Subject.COHORT)
def response_before_enrolment(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each response that was assessed before enrolment."""
    table = cohort.need("responses", "USUBJID", "AVALC", "ADT")
    patients = cohort.need("patients", "USUBJID")
    columns = [column for column in ("RANDDT", "TRTSDT") if patients.has(column)]
    if not columns:
        raise NotEvaluable("the patients table has no RANDDT and no TRTSDT")
    first = span(patients, columns[0])
    if len(columns) > 1:
        other = span(patients, columns[1])
        first = Span(
            first.earliest.where(~(other.earliest < first.earliest), other.earliest),
            first.latest.where(~(other.latest < first.latest), other.latest),
        )
    start, day = first.at(owners(cohort, table)), span(table, "ADT")
    stated = words(table.frame["AVALC"]).isin(RESPONSES) & day.known & start.known
    if table.has("VISIT"):
        stated &= ~words(table.frame["VISIT"]).str.contains(BASELINE, regex=True)
    if not stated.any():
        raise NotEvaluable("no response has a date beside a date of randomisation or first dose")
    yield Evaluated(int(stated.sum()))
    early = stated & day.before(start)
    subjects = table.frame["USUBJID"]
    concerned, all_of_them = subjects[early].nunique(), subjects[stated].nunique()
    if concerned > 2 and concerned > all_of_them / 2:
        return

    def make(row: int) -> Finding:
        return finding(
            Severity.WARNING,
            Verdict.QUERY,
            f"{named(table, 'ADT')}: a response before {' and '.join(columns)} of the subject.",
            table.place(row, "ADT"),
            suggestion=date_slip(
                table.frame.at[row, "ADT"], start.earliest[row], start.latest[row] + YEAR
            ),
        )

    yield from breaches(Severity.WARNING, early, make)
