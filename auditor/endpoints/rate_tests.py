"""Tests of rates between groups: Fisher, Pearson, Yates; two-sided p-values unless named else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from auditor.endpoints.timefix import Times

# R calls tables as likely as the observed one where they agree to this relative tolerance.
_AS_LIKELY = 1 + 1e-7
MOST_TABLES = 1_000_000


def fisher(x: Sequence[int], n: Sequence[int]) -> float | None:
    """Fisher's exact test of rates x / n in two or more groups, two-sided.

    The sum of the probabilities of all tables with the same margins that are no likelier than
    the observed one: ``fisher.test`` of R, in larger tables Freeman and Halton, Biometrika
    1951;38:141. None where a margin is empty or more than ``MOST_TABLES`` tables would have
    to be gone through.
    """
    kept = [(a, b) for a, b in zip(x, n, strict=True) if b > 0]
    total, size = sum(a for a, _ in kept), sum(b for _, b in kept)
    if len(kept) < 2 or total in (0, size):
        return None
    tables = 1
    for _, b in kept[:-1]:
        tables *= min(b, total) + 1
    if tables > MOST_TABLES:
        return None
    # Counts in all groups but the last, and the logarithm of their number of ways.
    counts, ways = np.zeros(1, dtype=np.int64), np.zeros(1)
    observed = sum(float(_log_choose(b, np.array([a]))[0]) for a, b in kept)
    for _, b in kept[:-1]:
        here = np.arange(min(b, total) + 1)
        counts = (counts[:, None] + here[None, :]).ravel()
        ways = (ways[:, None] + _log_choose(b, here)[None, :]).ravel()
        fits = counts <= total
        counts, ways = counts[fits], ways[fits]
    last = kept[-1][1]
    fits = total - counts <= last
    ways = ways[fits] + _log_choose(last, total - counts[fits])
    everything = float(_log_choose(size, np.array([total]))[0])
    as_unlikely = ways <= observed + np.log(_AS_LIKELY)
    return min(1.0, float(np.exp(ways[as_unlikely] - everything).sum()))


def fisher_one_sided(x: Sequence[int], n: Sequence[int], alternative: str) -> float | None:
    """Fisher's exact test of two groups: ``alternative`` "greater": the first rate is greater.

    Raises:
        ValueError: there are not two groups, or no such alternative.
    """
    (a, b), (n1, n2) = x, n
    if alternative not in ("greater", "less"):
        raise ValueError(f"no alternative is called {alternative!r}")
    if n1 == 0 or n2 == 0 or a + b in (0, n1 + n2):
        return None
    total = a + b
    counts = np.arange(max(0, total - n2), min(n1, total) + 1)
    counts = counts[counts >= a] if alternative == "greater" else counts[counts <= a]
    ways = _log_choose(n1, counts) + _log_choose(n2, total - counts)
    everything = float(_log_choose(n1 + n2, np.array([total]))[0])
    return min(1.0, float(np.exp(ways - everything).sum()))


def pearson(x: Sequence[int], n: Sequence[int]) -> float | None:
    """Pearson's chi-squared test, ``chisq.test(correct = FALSE)``. Phil Mag 1900;50:157."""
    return _chi_squared(x, n, correct=False)


def yates(x: Sequence[int], n: Sequence[int]) -> float | None:
    """Pearson's test of two groups with Yates's continuity correction, ``chisq.test``.

    None for more than two groups. Yates, J R Stat Soc Suppl 1934;1:217.
    """
    return _chi_squared(x, n, correct=True) if len(x) == 2 else None


def _chi_squared(x: Sequence[int], n: Sequence[int], *, correct: bool) -> float | None:
    from scipy.special import chdtrc

    table = np.array([x, [b - a for a, b in zip(x, n, strict=True)]], dtype=np.float64)
    table = table[:, table.sum(axis=0) > 0]
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    if columns.size < 2 or (rows == 0).any():
        return None
    expected = np.outer(rows, columns) / table.sum()
    distance = np.abs(table - expected)
    if correct:
        distance -= min(0.5, float(distance.min()))
    statistic = float((distance**2 / expected).sum())
    return float(chdtrc(columns.size - 1, statistic))


def _log_choose(n: int, k: np.ndarray) -> Times:
    from scipy.special import gammaln

    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1), dtype=np.float64)
