"""A reported mean, median or spread of a characteristic is not what the extract gives.

## What it does
Recomputes each reported mean, standard deviation, median, quartile, least and greatest value of a
characteristic (age, body mass index and other numbers of the patients table) and compares it as
printed. Quartiles are tried by the definitions of R, SPSS and SAS.

## Why it matters
It shows that the table of patients was made from other data than the extract.

## Example
"Age, median 72 (52-89)" where the median of these subjects is 76.

## References
Hyndman RJ, Fan Y. Am Stat 1996;50:361-365 (definitions of quantiles).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.comparison import Compared
from auditor.finding import Evaluated, Finding

from ._reported import judged


@check(code="REP006", name="reported-summary-mismatch", subject=Subject.COMPARISON)
def reported_summary_mismatch(compared: Compared) -> Iterator[Evaluated | Finding]:
    """Yield what disagrees among the reported summaries."""
    yield from judged(compared, "summary", "summaries")
