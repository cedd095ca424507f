"""Grade, outcome and death of one adverse event contradict each other.

## What it does
Grade 5 is death related to the event, so an event of grade 5 has a fatal outcome and results in
death, and an event that is fatal by its outcome, or results in death, has grade 5. Each row that
states two of the three otherwise is one error. Silent: values that are missing, grade 4 that was
resolved, and a death of the subject from another cause beside the event.

## Why it matters
Deaths on study are counted from one of these columns; the table of fatal events depends on which.

## Example
AETOXGR is 3 and AEOUT is "FATAL".

## References
Common Terminology Criteria for Adverse Events (CTCAE) 5.0: grade 5, death related to AE. CDISC
controlled terminology, Outcome of Event (FATAL).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._adverse import fatal_outcome
from ._records import breaches, finding, named, words


@check(code="COH023", name="fatal-event-mismatch", subject=Subject.COHORT)
def fatal_event_mismatch(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each event whose grade, outcome and death disagree."""
    events = cohort.need("adverse_events")
    present = [column for column in ("TOXGR", "OUT", "DTH") if events.has(column)]
    if len(present) < 2:
        raise NotEvaluable(
            f"{events.delivered.name} has fewer than two of grade, outcome and death"
        )
    frame = events.frame
    stated = frame["USUBJID"].isna().astype(int) * 0
    fatal = {}
    known = {}
    for column in present:
        if column == "TOXGR":
            known[column], fatal[column] = frame["TOXGR"].notna(), frame["TOXGR"] == 5
        elif column == "OUT":
            known[column], fatal[column] = words(frame["OUT"]) != "", fatal_outcome(frame["OUT"])
        else:
            flag = words(frame["DTH"])
            known[column], fatal[column] = flag.isin(("Y", "N")), flag == "Y"
        stated = stated + known[column].astype(int)
    if not (stated > 1).any():
        raise NotEvaluable("no adverse event states two of grade, outcome and death")
    yield Evaluated(int((stated > 1).sum()))
    done = stated < 0
    for one, other in (("TOXGR", "OUT"), ("TOXGR", "DTH"), ("OUT", "DTH")):
        if one in known and other in known:
            wrong = known[one] & known[other] & (fatal[one] != fatal[other]) & ~done
            done = done | wrong

            def make(row: int, one: str = one, other: str = other) -> Finding:
                dead = bool(fatal[one][row])
                return finding(
                    Severity.ERROR,
                    Verdict.DISAGREES,
                    f"{named(events, one)} {'says' if dead else 'does not say'} that the event "
                    f"was fatal, {named(events, other)} {'does not' if dead else 'does'}.",
                    events.place(row, one),
                    events.place(row, other),
                )

            yield from breaches(Severity.ERROR, wrong, make)
