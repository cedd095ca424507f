"""A P value does not belong to the confidence interval printed beside it.

## What it does
Takes every hazard, odds or risk ratio and every difference that is printed with its confidence
interval and a P value, in tables and in the text, and recomputes P from the interval: estimate
over standard error, which is the width of the interval over 3.92 (95%; on the log scale for
ratios), over everything that the printed digits may stand for. A log-rank, score or
likelihood-ratio test gives another P value than the interval of the model, so a small distance is
let pass and a larger one is a note. It is a warning where no usual test can be so far off, or
where the interval excludes "no effect" while P calls it not significant, or the reverse. P values
of interactions, of trends, of heterogeneity and of non-inferiority are left alone. Where two
estimates stand beside one P value, or a margin of non-inferiority is named somewhere, a P value
is judged only if three others of its column belong to the intervals of the same column.

## Why it matters
Reader and meta-analyst take the significance from the P value and the size of the effect from the
interval: one of the two is wrong.

## Example
Hazard ratio 0.71 (95% CI 0.52 to 0.97), P = 0.20: the interval excludes 1 and gives P = 0.03.

## References
Altman DG, Bland JM. How to obtain the P value from a confidence interval. BMJ 2011;343:d2304.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis import p_words
from auditor.reanalysis.declared import declared
from auditor.reanalysis.estimate import Estimate
from auditor.reanalysis.estimates import estimates
from auditor.reanalysis.judged_estimates import SOURCE, JudgedEstimate, distinct, judged, shown
from auditor.reanalysis.table_estimates import OTHER
from auditor.recomputed import Recomputed
from auditor.statistics.distributions import z_of

_NEAR = (0.10, 0.10)
"""Usual tests of the same data differ by so much, and so much of it, in normal deviates."""
_FAR = (1.0, 0.35)
"""Further apart than any two usual tests of the same data."""
_FLIP = {"HR": 0.25, "OR": 0.6, "RR": 0.6, "difference": 0.5}
"""From here on a contradiction is none of exact tests or of t at the edge of significance."""
_MARGIN = re.compile(r"\bnon-?\s?inferior", re.IGNORECASE)
_FEWEST = 3
_WIDE = 8.0
"""Upper over lower bound of a ratio that rests on few events."""


@check(code="PVL008", name="p-of-interval-mismatch")
def p_of_interval_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a finding for every P value that its confidence interval contradicts."""
    stated = declared(manuscript.document, manuscript.prose)
    margin = any(_MARGIN.search(s.text) for s in manuscript.prose.sentences)
    found: list[tuple[JudgedEstimate, list[Estimate]]] = []
    for group in distinct(estimates(manuscript)):
        first = min(group, key=lambda e: (bool(e.doubt), not e.own))
        result = judged(first, stated)
        if result is not None:
            found.append((result, group))
    if not found:
        raise NotEvaluable("no estimate is printed with its confidence interval and a P value")
    columns = _columns([result for result, _ in found])
    for result, group in found:
        yield Judged(tuple(claim for one in group for claim in one.claims))
        yield result.recomputed
        others = columns.get(_column(result.estimate), [])
        read = result not in others[:1] and _agree(result, others)
        if margin and result.contradicts == "included" and not read:
            continue  # P may be that of a margin, not of "no effect"
        if result.estimate.doubt and not (read and result.estimate.doubt == OTHER):
            continue
        if finding := _finding(result, group):
            yield finding


def _column(one: Estimate) -> tuple[int | None, int | None, int | None]:
    return one.p_place.table_index, one.p_place.column, one.places[0].column


def _columns(
    results: Sequence[JudgedEstimate],
) -> dict[tuple[int | None, int | None, int | None], list[JudgedEstimate]]:
    """The estimates of tables by their column and that of their P values, from above."""
    found: dict[tuple[int | None, int | None, int | None], list[JudgedEstimate]] = {}
    for result in sorted(results, key=lambda r: r.estimate.p_place.row or 0):
        if result.estimate.source == "table":
            found.setdefault(_column(result.estimate), []).append(result)
    return found


def _agree(result: JudgedEstimate, others: Sequence[JudgedEstimate]) -> bool:
    """Whether the other P values of the column, three at least that are printed as numbers,
    belong to the intervals of this very column, tested against "no effect"."""
    rest = [r for r in others if r is not result and r.estimate.p.relation == "="]
    fits = sum(r.fits for r in rest)
    return fits >= _FEWEST and 2 * fits > len(rest)


def _finding(result: JudgedEstimate, group: Sequence[Estimate]) -> Finding | None:
    one = result.estimate
    if result.fits:
        return None
    half = result.sides == 2 and result.one_sided.allows(one.p)
    score = z_of(result.wide.greatest)
    few = one.ratio and float(one.upper.value) > _WIDE * float(one.lower.value)
    slack = 2.0 if few else 1.0
    off = result.apart
    flips_one_sided = half and bool(result.contradicts) and not few
    if off <= slack * (_NEAR[0] + _NEAR[1] * score) and not flips_one_sided:
        return None
    contradicts = flips_one_sided or (bool(result.contradicts) and off > slack * _FLIP[one.name])
    far = off > slack * max(_FAR[0], _FAR[1] * score) and not half
    if p_words.log_rank(one.words) and p_words.adjusted(one.words):
        far = False  # the log-rank test is not adjusted
    grave = one.own and (contradicts or far)
    return Finding(
        severity=Severity.WARNING if grave else Severity.NOTE,
        verdict=Verdict.CONVENTION if half or not grave else Verdict.DISAGREES,
        message=_message(result, contradicts=contradicts, half=half),
        places=(one.p_place, *(place for e in group for place in e.places)),
        reported=one.p.text,
        expected=("P = " + result.wald.shown(one.p)).replace("= <", "< "),
        arithmetic=_arithmetic(result),
        conventions=_conventions(result, half=half),
    )


def _message(result: JudgedEstimate, *, contradicts: bool, half: bool) -> str:
    one = result.estimate
    null = "1" if one.ratio else "0"
    text = f"{one.what}: {one.name} {shown(one)} is printed with P {_relation(one)}"
    if contradicts and result.contradicts == "excluded":
        text += f", but the interval excludes {null}"
    elif contradicts:
        text += f", but the interval includes {null}"
    text += f"; the interval gives P of {result.wald.shown(one.p)}"
    if half:
        text += f", and half of it, {result.one_sided.shown(one.p)}, one-sided"
    return text + "."


def _relation(one: Estimate) -> str:
    text = one.p.text.strip()
    return text if text[:1] in "<>≤≥=" else f"= {text}"


def _arithmetic(result: JudgedEstimate) -> tuple[str, ...]:
    one = result.estimate
    value, lower, upper = (f"{n.value:f}" for n in (one.value, one.lower, one.upper))
    tail = f"{(1 + one.level) / 2:g}"
    if one.ratio:
        value, lower, upper = f"log({value})", f"log({lower})", f"log({upper})"
    return (
        f"SE = ({upper} - {lower}) / (2 * qnorm({tail})); z = {value} / SE; P = 2 * pnorm(-abs(z))",
        f"over the rounding of all three numbers P is {result.wald.shown(one.p)} ({SOURCE})",
    )


def _conventions(result: JudgedEstimate, *, half: bool) -> tuple[str, ...]:
    one = result.estimate
    found = ["one-sided test"] if half else []
    if one.name == "HR":
        found.append("log-rank P value beside the interval of a Cox model")
    if one.name in ("OR", "RR"):
        found.append("Fisher’s exact test beside a Wald interval")
    if p_words.adjusted(one.words):
        found.append("unadjusted P value beside an adjusted estimate, or the reverse")
    return tuple(found)
