"""P values of estimates from their confidence intervals.

Altman and Bland, BMJ 2011;343:d2304: the standard error is the width of the interval over twice
its quantile (on the log scale for ratios), z the estimate over it. Their rule prints an
approximation of the normal tail; here it is the tail itself. Intervals of differences of means
are t intervals: with few patients the P value is that of t.
"""

from __future__ import annotations

import math

from auditor.statistics.distributions import t_of, t_two_sided, z_of, z_two_sided
from auditor.statistics.p_range import PRange, Span

Triple = tuple[Span, Span, Span]
"""Estimate, lower and upper bound: the exact values that each may stand for."""

LEVELS = (0.90, 0.95, 0.975, 0.98, 0.99, 0.999)
"""Levels at which intervals are printed."""


def quantile(level: float, df: float | None = None) -> float:
    """The quantile that a two-sided interval of the level reaches to: 1.96 at 0.95."""
    return z_of(1 - level) if df is None else t_of(1 - level, df)


def of_difference(triple: Triple, level: float = 0.95, df: float | None = None) -> PRange | None:
    """P of "no difference" (0), over everything that the printed numbers may stand for.

    Args:
        triple: estimate, lower and upper bound.
        level: of the interval.
        df: degrees of freedom where interval and test are t, else None.

    Returns:
        None where the interval may have no width.
    """
    estimate, lower, upper = triple
    widths = (upper[0] - lower[1], upper[1] - lower[0])
    if widths[0] <= 0:
        return None
    near = 0.0 if estimate[0] <= 0 <= estimate[1] else min(map(abs, estimate))
    far = max(map(abs, estimate))
    reach = quantile(level, df)

    def p(size: float, width: float) -> float:
        score = size * 2 * reach / width
        return z_two_sided(score) if df is None else t_two_sided(score, df)

    return PRange(p(far, widths[0]), p(near, widths[1]))


def of_ratio(triple: Triple, level: float = 0.95) -> PRange | None:
    """P of "no effect" (1) of a ratio, by its logarithm. None where a bound may be 0."""
    if min(least for least, _ in triple) <= 0:
        return None
    return of_difference(_logs(triple), level)


def nearer_bound(triple: Triple, level: float = 0.95, df: float | None = None) -> PRange | None:
    """P by the half of the interval that faces 0: for intervals that are not symmetric.

    z = quantile x estimate / (estimate - nearer bound). None where the half may have no width.
    """
    estimate, lower, upper = triple
    if estimate[0] < 0 < estimate[1]:
        return PRange(0.0, 1.0)
    if estimate[1] <= 0:
        estimate, lower = _mirrored(estimate), _mirrored(upper)
    reach = quantile(level, df)
    if estimate[0] <= lower[1]:
        return None

    def p(size: float, bound: float) -> float:
        # estimate / (estimate - bound) falls in the estimate where the bound is above 0.
        score = reach * size / (size - bound)
        return z_two_sided(score) if df is None else t_two_sided(score, df)

    ps = [p(e, b) for e in estimate for b in lower]
    return PRange(min(ps), max(ps))


def nearer_bound_of_ratio(triple: Triple, level: float = 0.95) -> PRange | None:
    """``nearer_bound`` of the logarithms of a ratio and its bounds."""
    if min(least for least, _ in triple) <= 0:
        return None
    return nearer_bound(_logs(triple), level)


def _logs(triple: Triple) -> Triple:
    one, two, three = ((math.log(least), math.log(greatest)) for least, greatest in triple)
    return one, two, three


def _mirrored(x: Span) -> Span:
    return -x[1], -x[0]
