"""The description of a time to event contradicts its censoring flag.

## What it does
Compares CNSR with the words beside it: an event (CNSR 0) with a reason of censoring in CNSDTDSC,
an event described as censored, alive or lost to follow-up, and a censored time whose description
says censoring nowhere and which other subjects have as an event of the same parameter, without a
reason of censoring of its own. Silent: a censored time whose EVNTDESC repeats the circumstance of
censoring ("Alive", "Last tumor assessment"), a death that censors a time to progression, and a
description that is the same for all.

## Why it matters
One reversed flag turns a survivor into a death and moves the whole curve.

## Example
CNSR is 0, EVNTDESC is "Lost to follow-up".

## References
CDISC ADaM Basic Data Structure for Time-to-Event Analyses 1.0, section 3 (CNSR, EVNTDESC,
CNSDTDSC).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import breaches, finding, named, words

NOTHING = ("", "NA", "N/A", "NONE", "-", ".", "NOT APPLICABLE", "EVENT")
CENSORED = (
    r"CENSOR|^ALIVE|LOST TO FOLLOW|NO EVENT|NO DOCUMENTED|WITHDR(?:AWAL|EW)|LAST (?:TUMO|ASSESS|"
    r"KNOWN|CONTACT|ADEQUATE)|DATA CUT|ONGOING|^NO (?:PROGRESSION|DEATH|BASELINE)|NOT PROGRESSED"
)


@check(code="COH011", name="censoring-mismatch", subject=Subject.COHORT)
def censoring_mismatch(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each time whose description contradicts its flag."""
    times = cohort.need("times", "PARAMCD", "CNSR")
    if not (times.has("EVNTDESC") or times.has("CNSDTDSC")):
        raise NotEvaluable(f"{times.delivered.name} has no EVNTDESC and no CNSDTDSC")
    flag = times.frame["CNSR"]
    event, censored = flag == 0, flag > 0
    blank = flag.isna() & False
    reason = words(times.frame["CNSDTDSC"]) if times.has("CNSDTDSC") else blank.map({False: ""})
    given = ~reason.isin(NOTHING)
    described = words(times.frame["EVNTDESC"]) if times.has("EVNTDESC") else reason
    judged = flag.notna() & (given | (described != ""))
    if not judged.any():
        raise NotEvaluable("no time to an event has a description")
    yield Evaluated(int(judged.sum()))
    column = "EVNTDESC" if times.has("EVNTDESC") else "CNSDTDSC"
    says = described.str.contains(CENSORED, regex=True)
    reasoned = event & given & times.has("CNSDTDSC")
    said = event & says & ~reasoned
    key = words(times.frame["PARAMCD"]) + "\n" + described
    elsewhere = key.isin(set(key[event & (described != "")]))
    share = event[described != ""].groupby(key[described != ""]).mean()
    unreasoned = censored & elsewhere & ~given & ~says & (key.map(share) > 0.5)
    for mask, where, what in (
        (reasoned, "CNSDTDSC", "gives a reason of censoring for an event"),
        (said, column, "describes an event as censored"),
        (unreasoned, column, "describes a censored time as others describe an event"),
    ):
        yield from breaches(Severity.ERROR, mask, partial(_one, times, where, what))


def _one(times: Table, column: str, what: str, row: int) -> Finding:
    return finding(
        Severity.ERROR,
        Verdict.DISAGREES,
        f"{named(times, column)} {what} ({named(times, 'CNSR')}).",
        times.place(row, "CNSR"),
        times.place(row, column),
    )
