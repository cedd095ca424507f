"""A reported rate is not what the extract gives.

## What it does
Recomputes each reported rate, or survival at a time, from the records of its population and
compares it as printed: the recomputed value must round to it. Where the study's convention does
not, the others are tried (confirmed or not, all or evaluable subjects, RECIST 1.1 or admiralonco,
days counted with the first or without it, and the extract's own best responses), and the one that
gives the print is named in a note.

## Why it matters
A response rate is the first thing that is quoted of a study. One that the data do not give was
taken from another extract, another population, or by hand.

## Example
"ORR 22%" of 86 subjects of whom 16 responded: 16/86 is 18.6%.

## References
ICH E9, sections 5.2 (analysis sets) and 5.7 (subgroups); FDA, Clinical Trial Endpoints for the
Approval of Cancer Drugs and Biologics, 2018.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.comparison import Compared
from auditor.finding import Evaluated, Finding

from ._reported import judged


@check(code="REP001", name="reported-rate-mismatch", subject=Subject.COMPARISON)
def reported_rate_mismatch(compared: Compared) -> Iterator[Evaluated | Finding]:
    """Yield what disagrees among the reported rates."""
    yield from judged(compared, "rate", "rates")
