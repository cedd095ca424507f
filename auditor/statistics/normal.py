"""The standard normal distribution."""

from __future__ import annotations


def normal_quantile(level: float) -> float:
    """The two-sided quantile of the standard normal distribution, 1.96 for 0.95."""
    from scipy.special import ndtri

    return float(ndtri(1 - (1 - level) / 2))
