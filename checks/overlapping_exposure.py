"""Two periods of exposure to one treatment overlap.

## What it does
Orders the exposures of each subject and treatment by their start and compares each with the latest
end before it. It overlaps where it certainly starts before that end; to start on the day of that
end is in order, and partial dates are judged by the days that they can mean. A warning, at the
later of the two. Silent: exposures of different treatments at a time (combinations), two
strengths given over exactly the same period, records of dose zero, and periods without an end.

## Why it matters
Dose and duration are counted twice; dose intensity is wrong.

## Example
Drug A from 2021-01-01 to 2021-01-28 and again from 2021-01-20.

## References
CDISC SDTM Implementation Guide 3.4, section on exposure (EX): one record a period of constant
dose.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import finding, named, span, words


@check(code="COH028", name="overlapping-exposure", subject=Subject.COHORT)
def overlapping_exposure(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
    """Yield each exposure that starts before an earlier one has ended."""
    table = cohort.need("exposures", "USUBJID", "TRT", "ASTDT", "AENDT")
    start, end = span(table, "ASTDT"), span(table, "AENDT")
    frame = table.frame[["USUBJID"]].assign(
        treatment=words(table.frame["TRT"]),
        earliest=start.earliest,
        latest=start.latest,
        end=end.earliest,
        last=end.latest,
    )
    given = start.known & end.known & ~end.before(start) & frame["USUBJID"].notna()
    if table.has("DOSE"):
        given &= table.frame["DOSE"] != 0
    key = ["USUBJID", "treatment"]
    period = [*key, "earliest", "latest", "end", "last"]
    frame = frame[given].drop_duplicates(period)
    frame = frame.sort_values([*key, "earliest", "end"], kind="stable")
    if frame.empty:
        raise NotEvaluable("no exposure has a start and an end")
    yield Evaluated(len(frame))
    number = frame.groupby(key, sort=False).ngroup()
    before = frame["end"].groupby(number).cummax().groupby(number).shift()
    wrong = frame.index[(frame["latest"] < before).to_numpy()]
    if not len(wrong):
        return

    def make(row: int) -> Finding:
        own = frame[number == number[row]]
        earlier = own.iloc[: own.index.get_loc(row)]
        other = int(earlier.index[(earlier["end"] > frame.at[row, "latest"]).to_numpy()][0])
        return finding(
            Severity.WARNING,
            Verdict.DISAGREES,
            f"{named(table, 'ASTDT')}: the period starts before another of the same treatment "
            "has ended.",
            table.place(row, "ASTDT"),
            table.place(other, "AENDT"),
        )

    yield Breaches(Severity.WARNING, sorted(int(row) for row in wrong), make)
