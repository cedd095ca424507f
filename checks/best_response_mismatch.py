"""A recorded best overall response is not the one that the responses at visits give.

## What it does
Derives the best overall response of every patient from the responses at visits, under the
study's convention (RECIST 1.1 unless the study file says otherwise), and compares it with the
recorded one: parameter BOR or CBOR of the response data, or the column of the patients table.
Where another convention (without or with confirmation, another least duration of SD, another
start, or another registered convention) explains more of the table, what it explains is a note
that names it. A patient without any assessment cannot be CR or PR; another best response of such
a patient is a query. Patients with an assessment that cannot be placed in time, or whose
label is no response, are not judged.

## Why it matters
Response rates count best overall responses.

## Example
SD, PR, SD, PD at weeks 6, 12, 18 and 24; best overall response PR, and SD where it needs
confirmation. Recorded is CR.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, section 4.4.3 and Table 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches, rows_of


@check(code="RES003", name="best-response-mismatch", subject=Subject.COHORT)
def best_response_mismatch(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for every best response that differs from the derived one."""
    from auditor.endpoints.best_recorded import best_beside_derived
    from auditor.endpoints.response_dates import BEST

    responses = cohort.tables.get("responses")
    if responses is not None and responses.frame.empty:
        raise NotEvaluable(f"{responses.delivered.name} has no row")
    for beside in best_beside_derived(cohort):
        frame = beside.frame[beside.frame["recorded"].isin([*BEST, "NA", "ND", "UNKNOWN"])]
        yield Evaluated(len(frame))
        differing = frame[frame["recorded"] != frame["derived"]]
        judged = {
            row: said
            for row, values in rows_of(differing)
            if (said := _judge(values, beside.convention)) is not None
        }
        yield from breaches(cohort.tables[beside.table], beside.column, judged)


def _judge(values: Mapping[str, Any], convention: str) -> Judgement | None:
    recorded, derived = str(values["recorded"]), str(values["derived"])
    name = "confirmed best overall response" if values["code"] == "CBOR" else "best response"
    severity, verdict = Severity.ERROR, Verdict.DISAGREES
    conventions: tuple[str, ...] = ()
    message = f"The recorded {name} is {recorded}; the visits give {derived} ({convention})."
    suggestion = ""
    if not values["assessed"]:
        if recorded not in ("CR", "PR", "SD", "NON-CR/NON-PD", "PD"):
            return None
        message = f"The recorded {name} is {recorded}, but no assessment of the patient counts."
        if recorded not in ("CR", "PR"):
            severity, verdict = Severity.WARNING, Verdict.QUERY
            suggestion = "was it concluded from something else, such as clinical progression?"
    elif values["alternative"]:
        severity, verdict = Severity.NOTE, Verdict.CONVENTION
        conventions = (str(values["alternative"]),)
        suggestion = f"right under: {values['alternative']}"
    elif recorded == "PD" and derived in ("NE", "MISSING"):
        severity, verdict = Severity.WARNING, Verdict.QUERY
        suggestion = "no visit shows progression; was it clinical?"
    return Judgement(
        severity=severity,
        verdict=verdict,
        message=message,
        reported=recorded,
        expected=derived,
        suggestion=suggestion,
        conventions=conventions,
    )
