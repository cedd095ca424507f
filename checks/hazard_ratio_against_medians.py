"""A hazard ratio points the other way than the medians of its two groups.

## What it does
Where a sentence or a row gives the median times of two groups and their hazard ratio, compares the
ratio with the inverse ratio of the medians, which it would be under constant hazards. Curves may
cross and need not be exponential, so only strong contradictions are named: the interval of the
hazard ratio lies wholly on one side of 1, and the medians differ by a fifth or more to the other
side. If the words say which group the ratio is of, that is a warning; otherwise a note, since the
ratio may be given the other way round. What was compared is shown in the report in any case.

## Why it matters
A hazard ratio that is turned round, or belongs to another comparison, reverses the message.

## Example
"Median OS was 20.1 months with A and 12.3 months with B (HR for A versus B 1.80; 95% CI 1.20 to
2.70)."

## References
Collett D. Modelling Survival Data in Medical Research, 3rd ed., 5.1. Spruance SL et al. Hazard
ratio in clinical trials. Antimicrob Agents Chemother 2004;48:2787-2792.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.hazard_ratios import HazardRatio, hazard_ratios
from auditor.reanalysis.survival import MedianTime
from auditor.recomputed import Recomputed, Result
from auditor.statistics.plausibility import exponential_ratio

_CLEAR = 1.2  # medians nearer than this tell nothing of the hazards
_SOURCE = "Collett, Modelling Survival Data, 5.1"


@check(code="PLS001", name="hazard-ratio-against-medians")
def hazard_ratio_against_medians(
    manuscript: Manuscript,
) -> Iterator[Finding | Judged | Recomputed]:
    """Yield what the medians let expect of each hazard ratio, and the strong contradictions."""
    judged = 0
    for ratio in hazard_ratios(manuscript):
        if ratio.medians is None:
            continue
        judged += 1
        yield Judged(ratio.claims)
        yield _recomputed(ratio, ratio.medians)
        if finding := _finding(ratio, ratio.medians):
            yield finding
    if not judged:
        raise NotEvaluable("no hazard ratio stands beside the medians of its two groups")


def _recomputed(ratio: HazardRatio, medians: tuple[MedianTime, MedianTime]) -> Recomputed:
    one, other = medians
    results = []
    for name, low, high in (
        ("first group to second: side of 1", *exponential_ratio(one.span, other.span)),
        ("second group to first: side of 1", *exponential_ratio(other.span, one.span)),
    ):
        agrees = not _opposite(ratio, low, high)
        value = f"{low:.2f} to {high:.2f} under constant hazards"
        results.append(Result(name, value, agrees, True, _SOURCE))
    if ratio.first is not None:
        results = results[:1] if ratio.first else results[1:]
    return Recomputed(
        statistic="hazard ratio",
        of=ratio.where,
        printed=f"{ratio.value.text} ({ratio.lower.text} to {ratio.upper.text})",
        place=ratio.place,
        inputs=(f"medians {one.printed.text} and {other.printed.text} {one.unit}",),
        results=tuple(results),
        note="a rough comparison: survival need not be exponential, and curves may cross",
    )


def _opposite(ratio: HazardRatio, low: float, high: float) -> bool:
    """Whether the interval of the ratio lies on one side of 1 and the medians clearly speak for
    the other."""
    above, below = float(ratio.lower.value) > 1, float(ratio.upper.value) < 1
    return (above and high < 1 / _CLEAR) or (below and low > _CLEAR)


def _finding(ratio: HazardRatio, medians: tuple[MedianTime, MedianTime]) -> Finding | None:
    one, other = medians
    low, high = exponential_ratio(one.span, other.span)
    if ratio.first is False:
        low, high = 1 / high, 1 / low
    if not _opposite(ratio, low, high):
        return None
    above = float(ratio.lower.value) > 1
    certain = ratio.first is not None
    top, bottom = (one, other) if ratio.first is not False else (other, one)
    return Finding(
        severity=Severity.WARNING if certain else Severity.NOTE,
        verdict=Verdict.QUERY,
        message=f"{ratio.where}: the hazard ratio is {ratio.value.text} ({ratio.lower.text} to "
        f"{ratio.upper.text}), but the medians are {top.printed.text} and {bottom.printed.text} "
        f"{top.unit}, which lets expect one {'below' if above else 'above'} 1."
        + ("" if certain else " It may be that of the second group to the first."),
        places=(ratio.place, top.place, bottom.place),
        reported=ratio.value.text,
        expected=f"about {low:.2f} to {high:.2f}",
        arithmetic=(
            f"under constant hazards: {bottom.printed.text} / {top.printed.text} = "
            f"{float(bottom.printed.value) / float(top.printed.value):.2f}",
        ),
        conventions=("the ratio is given for the other group", "curves that cross"),
    )
