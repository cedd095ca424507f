"""A reported median time is not what the extract gives.

## What it does
Recomputes each reported median of a time to an event (progression-free and overall survival,
duration of response, follow-up) by Kaplan-Meier and compares it as printed, in its unit. Where the
study's convention does not give the print, others are tried: days counted with the first or
without it, months of 30 days or of 4 weeks, the first time or the midpoint where the curve is level
at one half, new anticancer therapy. The one that gives it is named in a note.

## Why it matters
A median that the data do not give rests on another cut-off, other censoring, or another extract,
and so does everything beside it.

## Example
"Median PFS 6.9 months" where the curve of these subjects falls to one half at 5.3 months.

## References
Kaplan EL, Meier P. J Am Stat Assoc 1958;53:457-481. Brookmeyer R, Crowley J. Biometrics
1982;38:29-41.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.comparison import Compared
from auditor.finding import Evaluated, Finding

from ._reported import judged


@check(code="REP002", name="reported-time-mismatch", subject=Subject.COMPARISON)
def reported_time_mismatch(compared: Compared) -> Iterator[Evaluated | Finding]:
    """Yield what disagrees among the reported times."""
    yield from judged(compared, "time", "times")
