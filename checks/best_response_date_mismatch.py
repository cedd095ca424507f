"""The date of a best overall response is no visit with that response.

## What it does
Looks for the assessments of the patient on the day of the recorded best response. There must be
one, and it must allow the label: CR, PR and PD themselves, SD also an unconfirmed CR or PR. PD on
a day without assessment is a query: it may have been clinical. Patients with an assessment that
has no complete date or no known label, best responses without a date, and those that no visit
allows (best-response-mismatch reports them) are not judged; nor is BESTRESP of an SDTM RS, whose
date is the day on which it was recorded.

## Why it matters
Time to response and its duration count from this day.

## Example
BOR PR, dated 11 days after the visit at which PR was seen.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, sections 4.4.3 and 4.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches, labelled


@check(code="RES011", name="best-response-date-mismatch", subject=Subject.COHORT)
def best_response_date_mismatch(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for every best response whose date is not that of such a visit."""
    table = cohort.need("best_responses", "USUBJID", "PARAMCD", "AVALC", "ADT")
    responses = cohort.need("responses", "USUBJID", "AVALC", "ADT")
    visits = labelled(responses)
    everybody = responses.frame["USUBJID"]
    unread = everybody[~responses.frame.index.isin(visits.index)]
    unsure = {*visits.loc[visits["ADT"].isna(), "USUBJID"], *unread}
    # The date of BESTRESP, in SDTM, is that of the record: often the end of treatment.
    dated = table.frame["ADT"].notna() & (table.frame["PARAMCD"] != "BESTRESP")
    frame = table.frame[dated & table.frame["AVALC"].isin(_ALLOWED)]
    frame = frame[frame["USUBJID"].isin(visits["USUBJID"]) & ~frame["USUBJID"].isin(unsure)]
    if frame.empty:
        raise NotEvaluable("no best response with a date has dated assessments")
    yield Evaluated(len(frame))
    seen: dict[tuple[object, object], set[str]] = {}
    ever: dict[object, set[str]] = {}
    for subject, day, label in zip(visits["USUBJID"], visits["ADT"], visits["label"], strict=True):
        seen.setdefault((subject, day), set()).add(label)
        ever.setdefault(subject, set()).add(label)
    judged: dict[int, Judgement] = {}
    columns = (frame.index, frame["USUBJID"], frame["ADT"], frame["AVALC"])
    for row, subject, day, label in zip(*columns, strict=True):
        found = seen.get((subject, day))
        allowed = set(_ALLOWED[label])
        supported = label == "PD" or ever[subject] & allowed
        if supported and (found is None or not found & allowed):
            judged[int(row)] = _judge(str(label), assessed=found is not None)
    yield from breaches(table, "ADT", judged)


def _judge(label: str, *, assessed: bool) -> Judgement:
    if label == "PD" and not assessed:
        return Judgement(
            Severity.WARNING,
            Verdict.QUERY,
            "The best response is PD on a day without assessment.",
            suggestion="was the progression clinical?",
        )
    what = "another response was recorded" if assessed else "the patient has no assessment"
    return Judgement(
        Severity.ERROR,
        Verdict.DISAGREES,
        f"The best response is {label} on a day on which {what}.",
    )


_ALLOWED = {
    "CR": ("CR",),
    "PR": ("PR",),
    "SD": ("SD", "PR", "CR"),
    "NON-CR/NON-PD": ("NON-CR/NON-PD", "CR"),
    "PD": ("PD", "PR", "SD", "NON-CR/NON-PD"),  # PR after CR is PD
    "NE": ("NE", "SD", "PR", "CR", "NON-CR/NON-PD"),
}
