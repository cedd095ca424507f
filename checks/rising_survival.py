"""The share of survivors is higher at a later time than at an earlier one.

## What it does
Compares the shares of one endpoint (overall, progression-free, disease-free survival and the like)
that one column or row of a table, one sentence, or one paragraph under the same names gives for
several times. The later share must not be higher than the earlier one, as rounding allows. Where
two numbers stand for one time, the words leave open whose they are, and nothing is said.

## Why it matters
Who has survived three years has survived two: a survival curve never rises. One of the numbers
belongs to another group, another time or is mistyped.

## Example
"The 1-, 2- and 3-year OS rates were 81%, 62% and 65%, respectively."

## References
Kaplan EL, Meier P. Nonparametric estimation from incomplete observations. J Am Stat Assoc
1958;53:457-481.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.survival import Curve, Share, curves
from auditor.statistics.plausibility import rises

from ._curves import months, of_whom, pair, percent


@check(code="PLS003", name="rising-survival")
def rising_survival(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every share of survivors above an earlier one."""
    judged = 0
    told: set[object] = set()
    for curve in curves(manuscript):
        if len(curve.shares) < 2:
            continue
        judged += 1
        yield Judged(tuple(claim for share in curve.shares for claim in share.claims))
        for early, late in combinations(curve.shares, 2):
            key = pair(early.place, late.place)
            if rises(early.span, late.span) and key not in told:
                told.add(key)
                yield _finding(curve, early, late)
    if not judged:
        raise NotEvaluable("no survival is given for two times of the same group")


def _finding(curve: Curve, early: Share, late: Share) -> Finding:
    return Finding(
        severity=Severity.ERROR if curve.certain else Severity.WARNING,
        verdict=Verdict.IMPOSSIBLE if curve.certain else Verdict.QUERY,
        message=f"{of_whom(curve)} rises from {percent(early)} at {months(early)} to "
        f"{percent(late)} at {months(late)}, which no survival curve does.",
        places=(late.place, early.place),
        reported=percent(late),
        expected=f"at most {percent(early)}",
        arithmetic=(f"{percent(late)} at {months(late)} > {percent(early)} at {months(early)}",),
    )
