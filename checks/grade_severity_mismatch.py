"""The grade of an adverse event contradicts its severity in words.

## What it does
Compares the CTCAE grade with the word beside it: mild is 1, moderate 2, severe 3 or more (4 and 5
where no other word is in use), life-threatening 4, fatal 5. A row that differs is a warning. Where
more than half differ, the word is on another scale, and one note says so. Silent: numbers in
place of words, other words, and missing values.

## Why it matters
Tables by grade and tables by severity then count different events.

## Example
AETOXGR is 3 and AESEV is "MILD".

## References
Common Terminology Criteria for Adverse Events (CTCAE) 5.0, definition of grades.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import breaches, finding, named, true_rows, words

LEAST = {"MILD": 1, "MODERATE": 2, "SEVERE": 3, "LIFE THREATENING": 4, "FATAL": 5, "DEATH": 5}
MOST = LEAST | {"SEVERE": 5}


@check(code="COH026", name="grade-severity-mismatch", subject=Subject.COHORT)
def grade_severity_mismatch(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each event whose grade is not that of its severity."""
    events = cohort.need("adverse_events", "TOXGR", "SEV")
    grade = events.frame["TOXGR"]
    severity = words(events.frame["SEV"]).str.replace("-", " ", regex=False)
    least, most = severity.map(LEAST), severity.map(MOST)
    judged = grade.between(1, 5) & least.notna()
    if not judged.any():
        raise NotEvaluable("no adverse event has both a grade and a severity in words")
    yield Evaluated(int(judged.sum()))
    wrong = judged & ((grade < least) | (grade > most))
    if wrong.sum() > 2 and wrong.sum() > judged.sum() / 2:
        yield finding(
            Severity.NOTE,
            Verdict.CONVENTION,
            f"{named(events, 'SEV')}: {int(wrong.sum())} of {int(judged.sum())} events have "
            f"another grade in {named(events, 'TOXGR')}; taken as a scale of its own.",
            events.place(true_rows(wrong)[0], "SEV"),
        )
        return

    def make(row: int) -> Finding:
        low, high = int(least[row]), int(most[row])
        return finding(
            Severity.WARNING,
            Verdict.DISAGREES,
            f"{named(events, 'TOXGR')} is not the grade of the severity in {named(events, 'SEV')}.",
            events.place(row, "TOXGR"),
            events.place(row, "SEV"),
            expected=f"{low}" if low == high else f"{low} to {high}",
        )

    yield from breaches(Severity.WARNING, wrong, make)
