"""McNemar's test: two outcomes of the same patients, or of matched pairs.

The table is the cross-table of the pairs: row i, column j counts those with outcome i on one
occasion and j on the other. Papers often print the totals of each occasion alone;
``cross_tables`` lists what they allow.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import exp, lgamma, log, sqrt

from auditor.statistics.contingency import Counts
from auditor.statistics.tails import chi_squared_tail, normal_tail

_MANY = 5_000  # pairs that are not counted in whole numbers any more


def cross_tables(first: int, second: int, pairs: int) -> Iterator[Counts]:
    """Every cross-table of ``pairs`` of which ``first`` and ``second`` have the outcome.

    Raises:
        ValueError: more with the outcome than there are pairs.
    """
    if not (0 <= first <= pairs and 0 <= second <= pairs):
        raise ValueError("no more pairs can have an outcome than there are")
    for both in range(max(0, first + second - pairs), min(first, second) + 1):
        neither = pairs - first - second + both
        yield ((both, first - both), (second - both, neither))


def mcnemar(counts: Counts) -> float | None:
    """(b - c)^2 / (b + c) on one degree of freedom. McNemar, Psychometrika 1947;12:153."""
    found = _discordant(counts)
    if found is None:
        return None
    b, c = found
    return chi_squared_tail((b - c) ** 2 / (b + c), 1)


def mcnemar_corrected(counts: Counts) -> float | None:
    """(|b - c| - 1)^2 / (b + c), not below 0. Edwards, Psychometrika 1948;13:185."""
    found = _discordant(counts)
    if found is None:
        return None
    b, c = found
    return 2 * normal_tail(max(0, abs(b - c) - 1) / sqrt(b + c))


def mcnemar_exact(counts: Counts) -> float | None:
    """Twice the smaller binomial tail of the discordant pairs at 1/2, at most 1."""
    found = _tail(counts)
    return None if found is None else min(1.0, 2 * found)


def mcnemar_exact_one_sided(counts: Counts) -> float | None:
    """The smaller binomial tail of the discordant pairs at 1/2."""
    return _tail(counts)


def mcnemar_mid_p(counts: Counts) -> float | None:
    """Twice the smaller tail less the probability of b. BMC Med Res Methodol 2013;13:91.

    Fagerland, Lydersen and Laake; where b = c, 1 less half that probability.
    """
    found, tail = _discordant(counts), _tail(counts)
    if found is None or tail is None:
        return None
    b, c = found
    point = exp(lgamma(b + c + 1) - lgamma(b + 1) - lgamma(c + 1) - (b + c) * log(2))
    return 1 - point / 2 if b == c else 2 * tail - point


def bowker(counts: Counts) -> float | None:
    """Symmetry of k x k tables, k > 2, on k (k - 1) / 2 degrees of freedom.

    Bowker, J Am Stat Assoc 1948;43:572; ``mcnemar.test`` of R. None where two outcomes are
    never exchanged.
    """
    k = len(counts)
    if k < 3 or any(len(row) != k for row in counts):
        return None
    statistic = 0.0
    for i, j in combinations(range(k), 2):
        exchanged = counts[i][j] + counts[j][i]
        if exchanged == 0:
            return None
        statistic += (counts[i][j] - counts[j][i]) ** 2 / exchanged
    return chi_squared_tail(statistic, k * (k - 1) // 2)


def _discordant(counts: Counts) -> tuple[int, int] | None:
    if len(counts) != 2 or any(len(row) != 2 for row in counts):
        return None
    b, c = counts[0][1], counts[1][0]
    return (b, c) if b + c else None


def _tail(counts: Counts) -> float | None:
    found = _discordant(counts)
    if found is None:
        return None
    pairs, least = sum(found), min(found)
    if pairs > _MANY:
        from scipy.special import bdtr

        return float(bdtr(least, pairs, 0.5))
    ways = whole = 1
    for k in range(least):
        ways = ways * (pairs - k) // (k + 1)
        whole += ways
    tail: float = whole / 2**pairs
    return tail
