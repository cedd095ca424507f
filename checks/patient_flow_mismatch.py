"""The patients who left do not explain how many remained.

## What it does
Follows the patients through a passage of the running text: how many came (screened, enrolled,
included, randomised), how many went (excluded, lost, withdrew, not treated), and how many are said
to be left ("leaving", "the remaining", "so that"). Every way of taking the losses is tried (a
breakdown of reasons within a number that is given too, several starts). Only if none gives the
rest, it is an error where more went than the difference allows, and a warning where fewer did,
since a loss may be unnamed. Losses that may overlap are silent.

## Why it matters
The number of patients analysed is the denominator of every result.

## Example
"Of 63 patients screened, 15 were excluded, leaving 52": 63 - 15 is 48.

## References
CONSORT 2010 statement, item 13 (participant flow). STROBE statement, item 13.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.passages.flow import Step, steps

from ._text import in_words, judged, place, read_passages


@check(code="FLW001", name="patient-flow-mismatch")
def patient_flow_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every rest that start and losses cannot give."""
    seen = False
    for passage in read_passages(manuscript):
        for step in steps(passage):
            seen = True
            yield judged([*step.starts, *step.outs, step.rest])
            if not step.holds and not step.overlapping:
                yield _finding(manuscript, step)
    if not seen:
        raise NotEvaluable("no passage says how many patients came, went and remained")


def _finding(manuscript: Manuscript, step: Step) -> Finding:
    start = step.starts[-1]
    came, rest = start.number or 0, step.rest.number or 0
    went = [m.number or 0 for m in step.outs]
    over = min(went) > came - rest and all(min(went) > (s.number or 0) - rest for s in step.starts)
    left = came - sum(went)
    return Finding(
        severity=Severity.ERROR if over else Severity.WARNING,
        verdict=Verdict.DISAGREES,
        message=f"{in_words(step.rest)}: {came} patients less {' and '.join(map(str, went))} are "
        f"{left}, but the text goes on with {rest}.",
        places=tuple(place(manuscript, m, words=4) for m in (step.rest, start, *step.outs)),
        reported=str(rest),
        expected=str(left),
        arithmetic=(f"{came} - {' - '.join(map(str, went))} = {left}", f"the text says {rest}"),
    )
