"""The chi-squared statistics themselves of a table of counts, by name."""

from __future__ import annotations

from collections.abc import Callable

from auditor.statistics import chi_squared
from auditor.statistics.contingency import Counts, without_empty
from auditor.statistics.distributions import z_of

_TESTS: tuple[tuple[str, Callable[[Counts], float | None]], ...] = (
    ("Pearson", chi_squared.pearson),
    ("Yates", chi_squared.yates),
    ("N − 1", chi_squared.n_minus_1),
    ("likelihood ratio", chi_squared.likelihood_ratio),
)


def statistics(counts: Counts) -> dict[str, float]:
    """Pearson's statistic, with Yates's correction (2 x 2), N - 1 and likelihood ratio.

    Taken back from their P values on (r - 1)(c - 1) degrees of freedom; empty where the table
    has no test, or where P is too small to be taken back.
    """
    full = without_empty(counts)
    if full is None:
        return {}
    df = (len(full) - 1) * (len(full[0]) - 1)
    found = {}
    for name, test in _TESTS:
        p = test(counts)
        if p is not None and p > 1e-300:
            found[name] = _quantile(p, df)
    return found


def _quantile(p: float, df: int) -> float:
    if df == 1:
        return z_of(p) ** 2
    from scipy.special import chdtri

    return float(chdtri(df, min(1.0, p)))
