"""The lesions of a visit were measured on another day than its response.

## What it does
Compares the day of the overall response with the days of the lesion results of the same
visit, by the same evaluator. A response that lies more than 14 days outside them is a query.

## Why it matters
The response is that of these measurements; one of the dates, or the visit, is wrong, and with it
the date of progression or response.

## Example
Week 12: lesions on 4 March, response on 25 March.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, section 4.5. CDISC SDTM
Implementation Guide, TR and RS domains.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches


@check(code="RES012", name="lesions-of-another-day", subject=Subject.COHORT)
def lesions_of_another_day(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for every response far from the lesions of its visit."""
    from auditor.endpoints.lesion_recorded import recorded_beside_derived

    table = cohort.need("responses", "USUBJID", "AVALC", "ADT")
    frame = recorded_beside_derived(cohort).frame
    if "day_said" not in frame.columns:
        raise NotEvaluable("responses and lesions have no visit in common, dates alone")
    frame = frame[frame["day_said"].notna() & frame["first"].notna()]
    if frame.empty:
        raise NotEvaluable("no response and its lesions both have a date")
    yield Evaluated(len(frame))
    before = (frame["first"] - frame["day_said"]).dt.days
    after = (frame["day_said"] - frame["last"]).dt.days
    far = frame[(before > _DAYS) | (after > _DAYS)]
    said = Judgement(
        Severity.WARNING,
        Verdict.QUERY,
        f"The response is dated more than {_DAYS} days from the lesion results of its visit.",
        suggestion="one of the dates, or the visit, is wrong",
    )
    yield from breaches(table, "ADT", dict.fromkeys([int(row) for row in far.index], said))


_DAYS = 14
