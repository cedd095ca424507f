"""Odds ratios and risk ratios of two groups from their counts, with Wald intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

Pair = tuple[int, int, int, int]
"""Events and patients of the first group, events and patients of the second."""


@dataclass(frozen=True, slots=True)
class RatioKind:
    """One ratio that may be meant.

    Attributes:
        name: in words. ``odds``: whether it is one of odds.
        log_ratio: of the counts; events, others, events, others; with its standard error.
        source: of the formula.
    """

    name: str
    odds: bool
    log_ratio: Callable[[int, int, int, int], tuple[float, float]]
    source: str

    def of(self, pair: Pair, level: float) -> tuple[float, float, float] | None:
        """Estimate and Wald interval at a level (0.95); None where a count of 0 forbids it."""
        a, n, c, m = pair
        cells = (a, n - a, c, m - c)
        if min(a, c) < 1 or min(cells) < 0 or (self.odds and 0 in cells):
            return None
        middle, error = self.log_ratio(*cells)
        half = NormalDist().inv_cdf(0.5 + level / 2) * error
        return exp(middle), exp(middle - half), exp(middle + half)


def _odds(a: int, b: int, c: int, d: int) -> tuple[float, float]:
    return log(a * d / (b * c)), sqrt(1 / a + 1 / b + 1 / c + 1 / d)


def _risk(a: int, b: int, c: int, d: int) -> tuple[float, float]:
    n, m = a + b, c + d
    return log(a * m / (c * n)), sqrt(1 / a - 1 / n + 1 / c - 1 / m)


_WOOLF = "Woolf, Ann Hum Genet 1955;19:251"
_KATZ = "Katz et al., Biometrics 1978;34:469"
RATIO_KINDS = (
    RatioKind("odds ratio, first group to second", True, _odds, _WOOLF),
    RatioKind(
        "odds ratio, second group to first", True, lambda a, b, c, d: _odds(c, d, a, b), _WOOLF
    ),
    RatioKind("risk ratio, first group to second", False, _risk, _KATZ),
    RatioKind(
        "risk ratio, second group to first", False, lambda a, b, c, d: _risk(c, d, a, b), _KATZ
    ),
)
"""Every ratio that is tried, with Wald's interval on the log scale."""
