"""Tails and quantiles of t, F and chi-squared with any degrees of freedom, and of z."""

from __future__ import annotations

import math
from statistics import NormalDist

from auditor.statistics.tails import normal_tail


def t_two_sided(t: float, df: float) -> float:
    """P(|T| > |t|) for ``df`` > 0 degrees of freedom; 1 at t = 0, 0 at infinity."""
    from scipy.special import stdtr

    if math.isinf(t):
        return 0.0
    return min(1.0, 2.0 * float(stdtr(df, -abs(t))))


def f_upper(f: float, df1: float, df2: float) -> float:
    """P(F > f) for f >= 0."""
    from scipy.special import fdtrc

    if math.isinf(f):
        return 0.0
    return float(fdtrc(df1, df2, max(0.0, f)))


def chi_squared_upper(x: float, df: float) -> float:
    """P(chi-squared > x) for x >= 0."""
    from scipy.special import chdtrc

    return float(chdtrc(df, max(0.0, x)))


def z_two_sided(z: float) -> float:
    """P(|Z| > |z|) of a standard normal variable."""
    return 2.0 * normal_tail(abs(z))


def t_of(p: float, df: float) -> float:
    """The t > 0 whose two-sided P value is ``p``."""
    from scipy.special import stdtrit

    return -float(stdtrit(df, p / 2.0))


def z_of(p: float) -> float:
    """The z >= 0 whose two-sided P value is ``p``; infinite at 0."""
    return math.inf if p <= 0.0 else max(0.0, -NormalDist().inv_cdf(min(p, 1.0) / 2.0))
