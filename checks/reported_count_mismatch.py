"""A reported number of subjects or events is not what the extract gives.

## What it does
Counts the subjects of each population, category, best response and adverse event (by worst
grade) and the events of each time to an event, and compares them with what is reported. Counts of
events instead of patients, and of evaluable instead of all subjects, are named in a note.

## Why it matters
A count cannot be off by rounding: one that differs was taken from other data, or by hand.

## Example
"54 women" of 86 subjects on placebo, where the extract has 53.

## References
ICH E3, section 10.1 (disposition) and 11.2 (demographics); CTCAE v5.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.comparison import Compared
from auditor.finding import Evaluated, Finding

from ._reported import judged


@check(code="REP005", name="reported-count-mismatch", subject=Subject.COMPARISON)
def reported_count_mismatch(compared: Compared) -> Iterator[Evaluated | Finding]:
    """Yield what disagrees among the reported counts."""
    yield from judged(compared, "count", "counts")
