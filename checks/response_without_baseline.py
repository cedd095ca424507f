"""A response is recorded for a patient whose lesions have no baseline.

## What it does
Looks at every patient with recorded overall responses and lesion results. CR, PR, SD and
NON-CR/NON-PD are judged against the lesions at baseline: visits called screening or baseline, or
dated up to the start of treatment. Where there is none, or no target or non-target lesion was
recorded there, the response has nothing to be compared with. PD needs no baseline (a new lesion
is enough) and is not judged.

## Why it matters
Without a baseline sum there is no percentage of change, and no response.

## Example
PR at week 6; the first lesion results are those of week 3.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, sections 3.2 and 4.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches, labelled

_COMPARED = ("CR", "PR", "SD", "NON-CR/NON-PD")


@check(code="RES009", name="response-without-baseline", subject=Subject.COHORT)
def response_without_baseline(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for the first response of every patient without baseline lesions."""
    from auditor.endpoints.lesion_sums import subjects_without_baseline

    table = cohort.need("responses", "USUBJID", "AVALC")
    known, without = subjects_without_baseline(cohort)
    frame = labelled(table)
    frame = frame[frame["label"].isin(_COMPARED) & frame["USUBJID"].isin(known)]
    if frame.empty:
        raise NotEvaluable("no patient with lesions has a response that needs a baseline")
    yield Evaluated(len(frame))
    first = frame[frame["USUBJID"].isin(without)].drop_duplicates("USUBJID")
    judged = {
        int(row): Judgement(
            Severity.ERROR,
            Verdict.DISAGREES,
            f"The overall response is {label}, but the patient has no lesion at baseline.",
            reported=str(label),
            suggestion="is the screening visit missing, or is its date after the start?",
        )
        for row, label in zip(first.index, first["label"], strict=True)
    }
    yield from breaches(table, "AVALC", judged)
