"""A lesion has results but was never identified.

## What it does
Looks for the lesions of the tumour results in the tumour identification of the same patient, by
their identifier. Parts of a lesion that split (T01A of T01) belong to it. Patients without any
identified tumour are not judged.

## Why it matters
Without identification it is open where the lesion is, whether it is a node, and whether two
tables speak of one lesion.

## Example
Results of NT03; the patient's identified tumours are T01, T02, NT01 and NT02.

## References
CDISC SDTM Implementation Guide, TU and TR domains: TRLNKID links to TULNKID.
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, section 4.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches


@check(code="RES015", name="unidentified-lesion", subject=Subject.COHORT)
def unidentified_lesion(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for the first result of every lesion that is not identified."""
    from auditor.endpoints.lesion_records import lesions_beside_tumours

    frame = lesions_beside_tumours(cohort)
    if frame.empty:
        raise NotEvaluable("no patient has both lesion results and identified tumours")
    yield Evaluated(len(frame))
    said = Judgement(
        Severity.ERROR,
        Verdict.DISAGREES,
        "The lesion has results, but the tumour identification of the patient does not have it.",
    )
    rows = [int(row) for row in frame.index[~frame["known"]]]
    yield from breaches(cohort.tables["lesions"], "LNKID", dict.fromkeys(rows, said))
