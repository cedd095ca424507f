"""A fatal adverse event is recorded as not serious.

## What it does
An event that results in death, has a fatal outcome or grade 5 is serious by definition: each such
event with "N" for serious is an error. Silent: events of grade 3 or 4 that are not serious
(severity and seriousness are different things), serious events of grade 1 or 2 (hospitalisation),
and a flag that is missing.
A row whose grade, outcome and death contradict each other is left to fatal-event-mismatch.

## Why it matters
Serious events are reported to authorities and tabulated by themselves; a death among the others is
lost.

## Example
AEOUT is "FATAL" and AESER is "N".

## References
ICH E2A, section II.B (serious adverse event: results in death).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._adverse import fatal
from ._records import breaches, finding, named, words


@check(code="COH025", name="fatal-event-not-serious", subject=Subject.COHORT)
def fatal_event_not_serious(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each fatal event that is not serious."""
    events = cohort.need("adverse_events", "SER")
    stated, by = fatal(events)
    if not by:
        raise NotEvaluable(f"{events.delivered.name} has no grade, outcome or death")
    flag = words(events.frame["SER"])
    if not flag.isin(("Y", "N")).any():
        raise NotEvaluable(f"{named(events, 'SER')} is empty")
    yield Evaluated(int(flag.isin(("Y", "N")).sum()))

    def make(row: int) -> Finding:
        own = next(name for name, rows in by.items() if rows[row])
        return finding(
            Severity.ERROR,
            Verdict.IMPOSSIBLE,
            f"{named(events, 'SER')} is N for an event that is fatal by {named(events, own)}.",
            events.place(row, "SER"),
            events.place(row, own),
            expected="Y",
        )

    yield from breaches(Severity.ERROR, stated & (flag == "N"), make)
