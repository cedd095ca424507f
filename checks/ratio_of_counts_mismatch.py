"""An odds or risk ratio is not that of the counts in its row.

## What it does
Recomputes the odds ratios and risk ratios of a column from the counts of the two groups in the same
rows, in either direction, with Wald's interval on the log scale. Where one kind gives estimate and
bounds of at least three rows and of three quarters of all, the column is of that kind and not
adjusted; an estimate that is then off by more than a tenth is a warning. Columns that no kind
reproduces (adjusted, exact, stratified) are left alone. Bounds are shown, but not accused.

## Why it matters
The ratio, or one of the counts, is wrong.

## Example
12 of 104 and 17 of 98: the odds ratio is 0.62 and the risk ratio 0.67. Printed is 0.26, beside rows
that all give the odds ratio of their counts.

## References
Woolf B. On estimating the relation between blood group and disease. Ann Hum Genet 1955;19:251-253.
Katz D et al. Obtaining confidence intervals for the risk ratio in cohort studies. Biometrics
1978;34:469-474.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.count_ratios import CountRatio, ratio_columns
from auditor.recomputed import Recomputed, Result
from auditor.statistics.count_ratios import RATIO_KINDS, RatioKind

_CLEAR = 0.1  # of the logarithm: missing patients move a ratio by less


@check(code="INT010", name="ratio-of-counts-mismatch")
def ratio_of_counts_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield every ratio of columns that are of counts, and those that are not theirs."""
    judged = 0
    for column in ratio_columns(manuscript):
        for one in column.ratios:
            judged += 1
            yield Judged(one.claims)
            yield _recomputed(one, column.kind)
            if finding := _finding(one, column.kind):
                yield finding
    if not judged:
        raise NotEvaluable("no column of odds or risk ratios is that of the counts beside it")


def _shown(one: CountRatio, kind: RatioKind) -> str:
    values = kind.of(one.pair, one.level)
    if values is None:
        return ""
    decimals = one.printed.value.decimals
    return f"{values[0]:.{decimals}f} ({values[1]:.{decimals}f} to {values[2]:.{decimals}f})"


def _recomputed(one: CountRatio, kind: RatioKind) -> Recomputed:
    others = [k for k in RATIO_KINDS if k is not kind and one.reproduced(k)]
    a, n, c, m = one.pair
    numbers = one.printed
    return Recomputed(
        statistic="odds ratio" if kind.odds else "risk ratio",
        of=one.where,
        printed=f"{numbers.value.text} ({numbers.lower.text} to {numbers.upper.text})",
        place=one.place,
        inputs=(f"{a}/{n} against {c}/{m}",),
        results=tuple(
            Result(f"{k.name}, Wald", _shown(one, k), one.reproduced(k), k is kind, k.source)
            for k in (kind, *others)
        ),
        note="The other rows show which ratio the column gives.",
    )


def _finding(one: CountRatio, kind: RatioKind) -> Finding | None:
    values = kind.of(one.pair, one.level)
    printed = one.printed.value
    if values is None or one.estimated(kind) or printed.value <= 0:
        return None
    if abs(log(float(printed.value) / values[0])) <= _CLEAR:
        return None
    a, n, c, m = one.pair
    other = next((k for k in RATIO_KINDS if one.reproduced(k)), None)
    line = f"({a}/{n - a}) / ({c}/{m - c})" if kind.odds else f"({a}/{n}) / ({c}/{m})"
    turned = " (or its inverse)" if "second group to" in kind.name else ""
    return Finding(
        severity=Severity.WARNING,
        verdict=Verdict.CONVENTION if other else Verdict.DISAGREES,
        message=f"{one.where}: the ratio is {printed.text}, but {a} of {n} against {c} of {m} give "
        f"{values[0]:.{printed.decimals}f} as {kind.name}, as the other rows of the column have it."
        + (f" It is right as {other.name}." if other else ""),
        places=(one.place, *one.others),
        reported=printed.text,
        expected=f"{values[0]:.{printed.decimals}f}",
        arithmetic=(f"{line} = {values[0]:.4g}{turned}",),
        conventions=(other.name,) if other else (),
    )
