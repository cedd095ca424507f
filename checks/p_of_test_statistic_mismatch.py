"""A P value does not belong to the test statistic printed with it.

## What it does
Reads test statistics with their degrees of freedom in the text, in notes and in tables ("t(28) =
2.20, p = .036", "χ2 = 5.2, df = 1", "F(2, 57) = 4.1", "z = −1.96", "r(48) = .31", "Q(9) = 23.1")
and recomputes the P value, two- and one-sided, over every value that the printed statistic may
stand for. Of t without degrees of freedom the P value is at least that of the normal law, of
chi-squared at least that of one degree of freedom: only what lies below is found. A P value on
the other side of the declared level than the statistic, or off by a power of ten, is a warning,
else a note. P values that are corrected for multiple tests may be greater than those of the
statistic; Spearman's rho is judged approximately.

## Why it matters
One of the numbers is wrong: the statistic, its degrees of freedom or the P value. In psychology
one paper in eight has an error of this kind that decides about significance.

## Example
t(28) = 1.80, p = .04: two-sided the statistic gives 0.083, one-sided 0.041.

## References
Nuijten MB et al. The prevalence of statistical reporting errors in psychology (1985-2013). Behav
Res Methods 2016;48:1205 (statcheck).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis import p_words
from auditor.reanalysis.declared import declared
from auditor.reanalysis.judged_tests import JudgedTest, judged
from auditor.reanalysis.reported_tests import ReportedTest, distinct, in_cells, reported_tests
from auditor.reanalysis.tabled_tests import in_columns
from auditor.recomputed import Recomputed

_CONSERVATIVE = 0.6
"""In normal deviates: Fisher's exact or Yates's corrected P value beside Pearson's statistic."""
_NEAR = 0.03
"""In normal deviates: a statistic that was cut instead of rounded."""


@check(code="PVL007", name="p-of-test-statistic-mismatch")
def p_of_test_statistic_mismatch(
    manuscript: Manuscript,
) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a finding for every P value that its test statistic does not give."""
    stated = declared(manuscript.document, manuscript.prose)
    corrected = any(
        p_words.altered(s.text) for s in manuscript.prose.sentences if s.section == "methods"
    )
    found = (*in_columns(manuscript), *in_cells(manuscript), *reported_tests(manuscript))
    none = True
    for group in distinct(found):
        result = judged(min(group, key=lambda t: not t.own), stated)
        if result is None:
            continue
        none = False
        yield Judged(tuple(claim for one in group for claim in one.claims))
        yield result.recomputed
        if finding := _finding(result, group, stated.alpha, corrected=corrected):
            yield finding
    if none:
        raise NotEvaluable("no test statistic is printed with what its P value takes")


def _finding(
    result: JudgedTest, group: Sequence[ReportedTest], alpha: float, *, corrected: bool
) -> Finding | None:
    test = result.test
    half = result.fits_one_sided
    if result.fits or (result.deviates <= _NEAR and not half):
        return None
    if result.bound and half:
        return None
    flips = result.flips(alpha)
    grave = flips if half else flips or result.orders > 1
    greater = result.expected.greatest < float(test.p.value)
    raised = greater and (corrected or p_words.altered(test.words))
    if test.kind == "rho":
        if result.orders <= 1 and not flips:
            return None
        grave = False
    exact = test.kind == "chi2" and greater and result.deviates < _CONSERVATIVE
    if raised or exact or not test.own or (flips and not half and result.deviates < 0.1):
        grave = False
    return Finding(
        severity=Severity.WARNING if grave else Severity.NOTE,
        verdict=Verdict.CONVENTION if half or raised or exact else Verdict.DISAGREES,
        message=_message(result, half=half, flips=flips),
        places=tuple(place for one in group for place in (one.p_place, *one.places)),
        reported=test.p.text,
        expected=_shown(result),
        arithmetic=(result.call, f"over the rounding of the statistic: {_shown(result)}"),
        conventions=_conventions(half=half, raised=raised, exact=exact),
    )


def _shown(result: JudgedTest) -> str:
    shown = result.expected.shown(result.test.p)
    if result.bound:
        return f"P of at least {shown.partition(' to ')[0]} with any degrees of freedom"
    return f"P < {shown[1:]}" if shown.startswith("<") and " to " not in shown else f"P = {shown}"


def _message(result: JudgedTest, *, half: bool, flips: bool) -> str:
    test = result.test
    text = test.p.text.strip()
    printed = text if text[:1] in "<>≤≥=" or not text[-1:].isdigit() else f"= {text}"
    message = f"{test.what}: {test.shown} is printed with P {printed}, but it gives "
    message += _shown(result)
    if half:
        message += ", two-sided; the print is half of it, a one-sided P value"
    if flips:
        message += "; the two lie on different sides of the level of significance"
    return message + "."


def _conventions(*, half: bool, raised: bool, exact: bool) -> tuple[str, ...]:
    found = ["one-sided test"] if half else []
    if exact:
        found.append("Fisher’s exact test or Yates’s correction beside Pearson’s statistic")
    if raised:
        found.append("P value corrected for multiple tests")
    return tuple(found)
