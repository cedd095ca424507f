"""Progression-free survival is higher or longer than overall survival.

## What it does
Compares progression-free, event-free, disease-free, relapse-free or failure-free survival with the
overall survival of the same patients at the same time, and the medians of both, where one column or
row of a table or one sentence gives them. Estimates by Kaplan and Meier may cross by a little where
deaths after missed visits are censored; up to five points (or a tenth of the median) is a note.

## Why it matters
Who is alive without progression is alive: one of the numbers is of another group or mistyped.

## Example
"At 12 months, PFS was 61% and OS was 55%."

## References
FDA. Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics (2018), sections on OS
and PFS.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from fractions import Fraction

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.survival import Curve, curves
from auditor.statistics.plausibility import rises

from ._curves import months, pair, percent

_WITHIN = ("PFS", "EFS", "DFS", "RFS", "FFS")
_POINTS = Fraction(5, 100)
_PART = Fraction(1, 10)


@check(code="PLS005", name="progression-free-above-overall")
def progression_free_above_overall(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding wherever fewer are alive than are alive without an event."""
    scopes: dict[Hashable, dict[str, Curve]] = defaultdict(dict)
    for curve in curves(manuscript):
        if curve.certain:
            scopes[curve.scope][curve.endpoint] = curve
    judged = 0
    told: set[object] = set()
    for found in scopes.values():
        overall = found.get("OS")
        for name in _WITHIN:
            if overall is None or name not in found:
                continue
            claims, findings = _compared(found[name], overall)
            judged += bool(claims)
            yield Judged(claims)
            for finding in findings:
                key = pair(*finding.places[:2])
                if key not in told:
                    told.add(key)
                    yield finding
    if not judged:
        raise NotEvaluable("no group has both overall and progression-free survival")


def _compared(free: Curve, overall: Curve) -> tuple[tuple[str, ...], list[Finding]]:
    claims: list[str] = []
    findings = []
    at = {share.at: share for share in overall.shares}
    for share in free.shares:
        other = at.get(share.at)
        if other is None:
            continue
        claims += [*share.claims, *other.claims]
        if rises(other.span, share.span):
            far = share.printed.fraction - other.printed.fraction > 100 * _POINTS
            said = f"{free.endpoint} is {percent(share)} at {months(share)}"
            findings.append(
                _finding(free, said, percent(share), percent(other), share.place, other.place, far)
            )
    one, other_median = free.median, overall.median
    if one is not None and other_median is not None and one.unit == other_median.unit:
        claims += [*one.claims, *other_median.claims]
        if rises(other_median.span, one.span):
            far = one.printed.fraction > other_median.printed.fraction * (1 + _PART)
            said = f"the median {free.endpoint} is {one.printed.text} {one.unit}"
            shown = f"{other_median.printed.text} {other_median.unit}"
            text = f"{one.printed.text} {one.unit}"
            findings.append(_finding(free, said, text, shown, one.place, other_median.place, far))
    return tuple(claims), findings


def _finding(
    free: Curve, said: str, text: str, limit: str, one: Place, other: Place, far: bool
) -> Finding:
    who = f" ({free.who})" if free.who else ""
    return Finding(
        severity=Severity.WARNING if far else Severity.NOTE,
        verdict=Verdict.DISAGREES if far else Verdict.CONVENTION,
        message=f"{said[0].upper()}{said[1:]}{who}, but OS only {limit}; who is alive without an "
        "event is alive.",
        places=(one, other),
        reported=text,
        expected=f"at most {limit}",
        arithmetic=(f"{free.endpoint} {text} > OS {limit}",),
        conventions=(f"deaths after missed assessments are censored for {free.endpoint}",)
        if not far
        else (),
    )
