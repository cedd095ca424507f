"""The death flag or the status of a subject contradicts the date of death.

## What it does
Compares DTHFL, DTHDT and EOSSTT of the patients table: a date of death without the flag, a flag
"Y" without any date (a warning: the date may be unknown), and a status at end of study that says
dead without either, or alive or ongoing beside a death. A partial date counts as a date. Silent:
an empty flag of the living (ADaM has Y or nothing), "COMPLETED" or "DISCONTINUED" beside a death,
which follow-up explains, and a flag that no subject has, if there is no death either.

## Why it matters
Deaths are counted by one column and dated by the other: overall survival and the table of deaths
will disagree.

## Example
DTHFL is empty and DTHDT is 2020-05-03.

## References
CDISC ADaM Implementation Guide 1.3, section 3.2 (ADSL: DTHFL, DTHDT, EOSSTT).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import breaches, finding, named, span, unread, words

DEAD = ("DEATH", "DEAD", "DIED", "DECEASED")
LIVING = ("ALIVE", "LIVING", "ONGOING")


@check(code="COH010", name="death-flag-mismatch", subject=Subject.COHORT)
def death_flag_mismatch(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each patient whose flag, status and date of death disagree."""
    patients = cohort.need("patients", "DTHDT")
    if not (patients.has("DTHFL") or patients.has("EOSSTT")):
        raise NotEvaluable(f"patients ({patients.delivered.name}) have no DTHFL and no EOSSTT")
    date = span(patients, "DTHDT")
    # What cannot be read is neither a death nor none: it speaks for no mismatch.
    maybe = unread(patients, "DTHDT")
    dated = date.known
    dead = dated
    done = dated & False
    yield Evaluated(len(dated))

    def law(
        column: str, what: str, severity: Severity, verdict: Verdict
    ) -> Callable[[int], Finding]:
        def make(row: int) -> Finding:
            return finding(
                severity,
                verdict,
                f"{named(patients, column)} {what} ({named(patients, 'DTHDT')}).",
                patients.place(row, column),
                patients.place(row, "DTHDT"),
            )

        return make

    if patients.has("DTHFL"):
        flag = words(patients.frame["DTHFL"])
        unsaid = unread(patients, "DTHFL")
        for mask, what, severity in (
            (
                dated & (flag != "Y") & ~unsaid,
                "does not say death, and there is a date of it",
                Severity.ERROR,
            ),
            (
                ~dated & ~maybe & (flag == "Y"),
                "says death, and there is no date of it",
                Severity.WARNING,
            ),
        ):
            done |= mask
            yield from breaches(severity, mask, law("DTHFL", what, severity, Verdict.DISAGREES))
        dead = dated | (flag == "Y")
        maybe = maybe | unsaid
    if patients.has("EOSSTT"):
        status = words(patients.frame["EOSSTT"])
        for mask, what in (
            (status.isin(DEAD) & ~dead & ~maybe, "says death, and there is no date of it"),
            (status.isin(LIVING) & dead, "says that the subject lives, beside a death"),
        ):
            make = law("EOSSTT", what, Severity.WARNING, Verdict.DISAGREES)
            yield from breaches(Severity.WARNING, mask & ~done, make)
