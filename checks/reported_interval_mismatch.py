"""A reported confidence limit is not what the extract gives.

## What it does
Recomputes each reported confidence limit of a rate, a median, survival at a time or a hazard
ratio and compares it as printed. Intervals of proportions by Clopper and Pearson, Wilson and
others, and of survival on the log-log, log, plain and symmetric scale are all tried; one that is
not the study's is named in a note.

## Why it matters
An interval that no method gives for these data belongs to another population or was mistyped, and
its width is what readers judge a small study by.

## Example
"95% CI 4.1-6.8 months" where the log-log interval of these subjects is 3.9 to 7.4.

## References
Clopper CJ, Pearson ES. Biometrika 1934;26:404-413. Wilson EB. J Am Stat Assoc 1927;22:209-212.
Brookmeyer R, Crowley J. Biometrics 1982;38:29-41.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.comparison import Compared
from auditor.finding import Evaluated, Finding

from ._reported import judged


@check(code="REP003", name="reported-interval-mismatch", subject=Subject.COMPARISON)
def reported_interval_mismatch(compared: Compared) -> Iterator[Evaluated | Finding]:
    """Yield what disagrees among the reported confidence limits."""
    yield from judged(compared, "interval", "confidence limits")
