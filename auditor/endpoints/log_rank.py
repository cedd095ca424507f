"""The log-rank test of two or more groups, also stratified."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from auditor.endpoints.timefix import Times, timefix


@dataclass(frozen=True, slots=True)
class LogRank:
    """Chi-squared statistic, degrees of freedom and two-sided p-value."""

    chi_squared: float
    degrees: int
    p: float


def log_rank(
    times: ArrayLike, events: ArrayLike, group: ArrayLike, strata: ArrayLike | None = None
) -> LogRank | None:
    """The log-rank test with the hypergeometric variance, as ``survdiff`` of R.

    Args:
        times, events: one a subject.
        group: the groups compared; any values that can be sorted.
        strata: observed and expected are summed over these.

    Returns:
        None where fewer than two groups have an expected event.

    References:
        Mantel, Cancer Chemother Rep 1966;50:163. Peto and Peto, J R Stat Soc A 1972;135:185.
    """
    from scipy.special import chdtrc

    at = timefix(np.asarray(times, dtype=np.float64))
    happened = np.asarray(events, dtype=bool)
    names, member = np.unique(np.asarray(group), return_inverse=True)
    layer = (
        np.zeros(at.size, dtype=np.int64)
        if strata is None
        else np.unique(np.asarray(strata), return_inverse=True)[1]
    )
    observed = np.zeros(names.size)
    expected = np.zeros(names.size)
    variance = np.zeros((names.size, names.size))
    for value in np.unique(layer):
        chosen = layer == value
        o, e, v = _one_stratum(at[chosen], happened[chosen], member[chosen], names.size)
        observed, expected, variance = observed + o, expected + e, variance + v
    used = np.flatnonzero(expected > 0)
    if used.size < 2:
        return None
    kept = used[1:]
    difference = (observed - expected)[kept]
    matrix = variance[np.ix_(kept, kept)]
    try:
        chi_squared = float(difference @ np.linalg.solve(matrix, difference))
    except np.linalg.LinAlgError:  # events only where a single group is left at risk
        return None
    return LogRank(chi_squared, int(kept.size), float(chdtrc(kept.size, chi_squared)))


def _one_stratum(
    times: Times, events: NDArray[np.bool_], member: NDArray[np.int64], groups: int
) -> tuple[Times, Times, Times]:
    """Observed, expected and the covariance matrix, summed over the event times."""
    distinct, when = np.unique(times, return_inverse=True)
    leaving = np.zeros((distinct.size, groups))
    np.add.at(leaving, (when, member), 1.0)
    deaths = np.zeros((distinct.size, groups))
    np.add.at(deaths, (when[events], member[events]), 1.0)
    at_risk = leaving[::-1].cumsum(axis=0)[::-1]
    d, n = deaths.sum(axis=1), at_risk.sum(axis=1)
    kept = d > 0
    d, n, at_risk = d[kept], n[kept], at_risk[kept]
    share = at_risk / n[:, None]
    weight = d * np.where(n > 1, (n - d) / np.maximum(n - 1, 1), 0.0)
    covariance = np.diag((weight[:, None] * share).sum(axis=0)) - share.T @ (
        weight[:, None] * share
    )
    return deaths.sum(axis=0), (d[:, None] * share).sum(axis=0), covariance
