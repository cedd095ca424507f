"""The standard normal distribution."""

from __future__ import annotations

from statistics import NormalDist

_STANDARD = NormalDist()


def normal_quantile(level: float) -> float:
    """The two-sided quantile of the standard normal distribution, 1.96 for 0.95.

    Wichura, Appl Stat 1988;37:477 (AS 241), to 16 digits.

    Raises:
        ValueError: ``level`` is not between 0 and 1.
    """
    return -_STANDARD.inv_cdf((1 - level) / 2)
