"""Confidence intervals of a proportion, each by its name; limits are fractions of 1."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from auditor.statistics.normal import normal_quantile

Interval = tuple[float, float]


def clopper_pearson(x: int, n: int, level: float = 0.95) -> Interval:
    """The exact interval: two one-sided binomial tests. Clopper, Pearson, Biometrika 1934;26:404.

    ``binom.test`` of R.
    """
    alpha = _check(x, n, level)
    lower = 0.0 if x == 0 else _beta_quantile(alpha / 2, x, n - x + 1)
    upper = 1.0 if x == n else _beta_quantile(1 - alpha / 2, x + 1, n - x)
    return lower, upper


def wilson(x: int, n: int, level: float = 0.95) -> Interval:
    """The score interval. Wilson, J Am Stat Assoc 1927;22:209. ``prop.test(correct = FALSE)``."""
    _check(x, n, level)
    z, p = normal_quantile(level), x / n
    centre = p + z * z / (2 * n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    # Exactly 0 and 1 at the ends, which rounding would miss by 1e-17.
    return (centre - half) / scale if x else 0.0, (centre + half) / scale if x < n else 1.0


def wilson_corrected(x: int, n: int, level: float = 0.95) -> Interval:
    """The score interval with continuity correction. Newcombe, Stat Med 1998;17:857, method 4.

    Newcombe's end points: 0 at x = 0, 1 at x = n. ``prop.test(correct = TRUE)`` of R gives the
    same, except where x is less than half a subject from n / 2: there R corrects by less.
    """
    _check(x, n, level)
    z, p = normal_quantile(level), x / n
    scale = 2 * (n + z * z)
    lower = upper = 0.0
    if x > 0:
        root = sqrt(z * z - 2 - 1 / n + 4 * p * (n * (1 - p) + 1))
        lower = max(0.0, (2 * n * p + z * z - 1 - z * root) / scale)
    if x < n:
        root = sqrt(z * z + 2 - 1 / n + 4 * p * (n * (1 - p) - 1))
        upper = min(1.0, (2 * n * p + z * z + 1 + z * root) / scale)
    else:
        upper = 1.0
    return lower, upper


def wald(x: int, n: int, level: float = 0.95) -> Interval:
    """The simple asymptotic interval, p -+ z * sqrt(p (1 - p) / n), cut at 0 and 1."""
    return _cut(wald_uncut(x, n, level))


def wald_uncut(x: int, n: int, level: float = 0.95) -> Interval:
    """``wald`` as its formula gives it: bounds below 0 and above 1 stay.

    Newcombe, Stat Med 1998;17:857, method 1.
    """
    _check(x, n, level)
    p = x / n
    half = normal_quantile(level) * sqrt(p * (1 - p) / n)
    return p - half, p + half


def wald_corrected(x: int, n: int, level: float = 0.95) -> Interval:
    """``wald`` wider by 1 / (2 n) on each side, cut at 0 and 1."""
    return _cut(wald_uncut_corrected(x, n, level))


def wald_uncut_corrected(x: int, n: int, level: float = 0.95) -> Interval:
    """``wald_corrected`` before it is cut. Newcombe, Stat Med 1998;17:857, method 2."""
    lower, upper = wald_uncut(x, n, level)
    return lower - 1 / (2 * n), upper + 1 / (2 * n)


def agresti_coull(x: int, n: int, level: float = 0.95) -> Interval:
    """Wald's interval around Wilson's centre, cut at 0 and 1. Am Stat 1998;52:119."""
    _check(x, n, level)
    z = normal_quantile(level)
    size = n + z * z
    p = (x + z * z / 2) / size
    half = z * sqrt(p * (1 - p) / size)
    return max(0.0, p - half), min(1.0, p + half)


def jeffreys(x: int, n: int, level: float = 0.95) -> Interval:
    """Equal tails of the Beta(x + 1/2, n - x + 1/2) posterior; 0 at x = 0 and 1 at x = n.

    Brown, Cai and DasGupta, Stat Sci 2001;16:101, with their end points.
    """
    alpha = _check(x, n, level)
    lower = 0.0 if x == 0 else _beta_quantile(alpha / 2, x + 0.5, n - x + 0.5)
    upper = 1.0 if x == n else _beta_quantile(1 - alpha / 2, x + 0.5, n - x + 0.5)
    return lower, upper


def mid_p(x: int, n: int, level: float = 0.95) -> Interval:
    """The exact interval with half the probability of the observed count.

    Lancaster, J Am Stat Assoc 1961;56:223. Berry and Armitage, The Statistician 1995;44:417.
    """
    alpha = _check(x, n, level)
    from scipy.optimize import brentq
    from scipy.special import bdtr, bdtrc

    def below(p: float) -> float:  # P(X < x) + P(X = x) / 2
        at_most = bdtr(x, n, p)
        return float((at_most + (bdtr(x - 1, n, p) if x else 0.0)) / 2) - alpha / 2

    def above(p: float) -> float:  # P(X > x) + P(X = x) / 2
        more = bdtrc(x, n, p) if x < n else 0.0
        return float((more + (bdtrc(x - 1, n, p) if x else 1.0)) / 2) - alpha / 2

    lower = 0.0 if x == 0 else float(brentq(above, 0.0, 1.0, xtol=1e-15, rtol=1e-14))
    upper = 1.0 if x == n else float(brentq(below, 0.0, 1.0, xtol=1e-15, rtol=1e-14))
    return lower, upper


INTERVALS: dict[str, Callable[[int, int, float], Interval]] = {
    "Clopper-Pearson": clopper_pearson,
    "Wilson": wilson,
    "Wilson with continuity correction": wilson_corrected,
    "Wald": wald,
    "Agresti-Coull": agresti_coull,
    "Jeffreys": jeffreys,
    "mid-p": mid_p,
}


def _cut(interval: Interval) -> Interval:
    return max(0.0, interval[0]), min(1.0, interval[1])


def _check(x: int, n: int, level: float) -> float:
    """Alpha of the level.

    Raises:
        ValueError: not 0 <= x <= n with n > 0, or no level between 0 and 1.
    """
    if not 0 <= x <= n or n == 0:
        raise ValueError("a proportion needs 0 <= x <= n and n > 0")
    if not 0 < level < 1:
        raise ValueError("a confidence level lies between 0 and 1")
    return 1 - level


def _beta_quantile(probability: float, a: float, b: float) -> float:
    from scipy.special import betaincinv

    return float(betaincinv(a, b, probability))
