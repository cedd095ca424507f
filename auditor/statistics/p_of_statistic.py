"""P values of printed test statistics with their degrees of freedom.

Over every value that the printed statistic (and printed decimal degrees of freedom) may stand for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from auditor.statistics.distributions import chi_squared_upper, f_upper, t_two_sided, z_two_sided
from auditor.statistics.p_range import PRange, Span

_STEPS = 16


@dataclass(frozen=True, slots=True)
class StatisticP:
    """P of one statistic: what is taken for two-sided, and half of it where that is a test."""

    p: PRange
    one_sided: PRange | None


def t(value: Span, df: Span) -> StatisticP:
    """Student's t; P falls with |t| and with the degrees of freedom, so the ends are corners."""
    near, far = _magnitudes(value)
    p = PRange(t_two_sided(far, df[1]), t_two_sided(near, df[0]))
    return StatisticP(p, p.half)


def z(value: Span) -> StatisticP:
    """A standard normal deviate."""
    near, far = _magnitudes(value)
    p = PRange(z_two_sided(far), z_two_sided(near))
    return StatisticP(p, p.half)


def chi_squared(value: Span, df: Span) -> StatisticP:
    """Chi-squared, also Cochran's Q: the upper tail, which falls with x and rises with df.

    With one degree of freedom half of it is the one-sided test of z = sqrt(x).
    """
    p = PRange(chi_squared_upper(value[1], df[0]), chi_squared_upper(value[0], df[1]))
    return StatisticP(p, p.half if df[0] <= 1 <= df[1] else None)


def f(value: Span, df1: Span, df2: Span) -> StatisticP:
    """F: the upper tail falls with F; in the degrees of freedom it need not be monotone.

    Decimal degrees of freedom (as after Greenhouse and Geisser) are gone through on a grid and
    the result widened by the greatest step. With df1 = 1 half of P is that of t = sqrt(F).
    """

    def over(x: float, pick: Callable[[list[float]], float], sign: float) -> float:
        rows = [[f_upper(x, a, b) for b in _grid(df2)] for a in _grid(df1)]
        flat = [p for row in rows for p in row]
        steps = [abs(p - q) for row in rows for p, q in zip(row, row[1:], strict=False)]
        steps += [
            abs(p - q)
            for one, two in zip(rows, rows[1:], strict=False)
            for p, q in zip(one, two, strict=True)
        ]
        return min(1.0, max(0.0, pick(flat) + sign * max(steps, default=0.0)))

    p = PRange(over(value[1], min, -1.0), over(value[0], max, 1.0))
    return StatisticP(p, p.half if df1 == (1.0, 1.0) else None)


def r(value: Span, df: Span) -> StatisticP:
    """Pearson's correlation: t = r sqrt(df / (1 - r^2)) with df = n - 2.

    For Spearman's rho it is an approximation (Kendall and Stuart, vol. 2, 31.19).
    """
    low, high = max(-1.0, value[0]), min(1.0, value[1])
    near, far = _magnitudes((low, high))
    ps = [t_two_sided(_t_of_r(x, d), d) for x, d in product((near, far), df)]
    p = PRange(min(ps), max(ps))
    return StatisticP(p, p.half)


def _t_of_r(value: float, df: float) -> float:
    return math.inf if abs(value) >= 1 else value * math.sqrt(df / (1 - value**2))


def _magnitudes(value: Span) -> Span:
    low, high = value
    near = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    return near, max(abs(low), abs(high))


def _grid(value: Span) -> list[float]:
    low, high = value
    if low == high:
        return [low]
    return [low + (high - low) * i / _STEPS for i in range(_STEPS + 1)]
