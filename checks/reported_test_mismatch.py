"""A reported test or ratio is not what the extract gives.

## What it does
Recomputes each reported P value (Fisher's exact test, one- and two-sided, Pearson, Yates, the
log-rank test) and hazard ratio (Efron, Breslow) between the groups it names and compares it as
printed. Another test than the usual one is named in a note; it is a warning where the conclusion at
0.05 changes with it.

## Why it matters
A conclusion rests on it, and tests chosen after the fact are a known way to a small P value.

## Example
"P = 0.047" for 1 of 16 against 5 of 13 responders: Fisher's exact test gives 0.064, two-sided;
0.047 is one-sided.

## References
Fisher RA. Statistical Methods for Research Workers, 1925. Mantel N. Cancer Chemother Rep
1966;50:163-170. Cox DR. J R Stat Soc B 1972;34:187-220.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.comparison import Compared
from auditor.finding import Evaluated, Finding

from ._reported import judged


@check(code="REP004", name="reported-test-mismatch", subject=Subject.COMPARISON)
def reported_test_mismatch(compared: Compared) -> Iterator[Evaluated | Finding]:
    """Yield what disagrees among the reported tests or ratios."""
    yield from judged(compared, "test", "tests or ratios")
