"""Tests of counts in ordered categories: trends, and ranks with many ties.

The columns are in order; groups and categories have the scores 1, 2, 3, ... An empty category
keeps its place: 0, 1 and 3 of 0 to 3 are not three neighbours.
"""

from __future__ import annotations

from math import sqrt

from auditor.statistics.contingency import Counts, without_empty
from auditor.statistics.tails import chi_squared_tail, normal_tail


def trend(counts: Counts) -> float | None:
    """Cochran-Armitage test of a trend in proportions, N r^2 on one degree of freedom.

    Of k groups by 2 or 2 groups by k categories, k > 2. Cochran, Biometrics 1954;10:417;
    Armitage, Biometrics 1955;11:375; ``prop.trend.test`` of R.
    """
    z = _trend(counts)
    return None if z is None else 2 * normal_tail(z)


def trend_one_sided(counts: Counts) -> float | None:
    """Cochran-Armitage towards the observed trend."""
    z = _trend(counts)
    return None if z is None else normal_tail(z)


def linear_by_linear(counts: Counts) -> float | None:
    """(N - 1) r^2 on one degree of freedom, beyond 2 x 2 tables.

    Mantel, J Am Stat Assoc 1963;58:690. SPSS: linear-by-linear association; SAS: Mantel-Haenszel
    chi-squared. With more than two groups these too are taken as ordered.
    """
    if _is_two_by_two(counts):
        return None
    square = _squared_correlation(counts)
    return None if square is None else chi_squared_tail((_total(counts) - 1) * square, 1)


def mann_whitney(counts: Counts) -> float | None:
    """Wilcoxon-Mann-Whitney of two groups, normal approximation with ties, uncorrected.

    Lehmann, Nonparametrics, 1.4; ``wilcox.test(exact = FALSE, correct = FALSE)`` of R; SPSS.
    """
    z = _mann_whitney(counts, corrected=False)
    return None if z is None else 2 * normal_tail(z)


def mann_whitney_corrected(counts: Counts) -> float | None:
    """As ``mann_whitney``, the distance less 1/2: ``wilcox.test(exact = FALSE)``; SAS."""
    z = _mann_whitney(counts, corrected=True)
    return None if z is None else 2 * normal_tail(z)


def mann_whitney_one_sided(counts: Counts) -> float | None:
    """As ``mann_whitney``, towards the observed difference."""
    z = _mann_whitney(counts, corrected=False)
    return None if z is None else normal_tail(z)


def kruskal_wallis(counts: Counts) -> float | None:
    """Kruskal-Wallis of three or more groups, with ties. J Am Stat Assoc 1952;47:583."""
    full = without_empty(counts)
    if full is None or len(full) < 3 or len(full[0]) < 3:
        return None
    ranks, ties = _midranks(full)
    total = _total(full)
    # Twice the ranks are whole numbers, so that the sums are exact.
    square = 0.0
    for row in full:
        above = sum(c * (r - total - 1) for c, r in zip(row, ranks, strict=True))
        square += above**2 / sum(row)
    statistic = 3 * square / (total * (total + 1)) / (1 - ties / (total**3 - total))
    return chi_squared_tail(statistic, len(full) - 1)


def _trend(counts: Counts) -> float | None:
    full = without_empty(counts)
    if full is None or min(len(full), len(full[0])) != 2 or _is_two_by_two(full):
        return None
    square = _squared_correlation(counts)
    return None if square is None else sqrt(_total(counts) * square)


def _squared_correlation(counts: Counts) -> float | None:
    """Of the scores of groups and categories; None where there are none to correlate."""
    if without_empty(counts) is None:
        return None
    cells = [(count, i, j) for i, row in enumerate(counts) for j, count in enumerate(row) if count]
    n = sum(count for count, _, _ in cells)
    x, y = sum(c * i for c, i, _ in cells), sum(c * j for c, _, j in cells)
    xx, yy = sum(c * i * i for c, i, _ in cells), sum(c * j * j for c, _, j in cells)
    xy = sum(c * i * j for c, i, j in cells)
    return (n * xy - x * y) ** 2 / ((n * xx - x * x) * (n * yy - y * y))


def _mann_whitney(counts: Counts, *, corrected: bool) -> float | None:
    full = without_empty(counts)
    if full is None or len(full) != 2 or _is_two_by_two(full):
        return None
    ranks, ties = _midranks(full)
    n1, n2 = sum(full[0]), sum(full[1])
    total = n1 + n2
    doubled = sum(c * r for c, r in zip(full[0], ranks, strict=True)) - n1 * (total + 1)
    distance = max(0.0, abs(doubled) / 2 - (0.5 if corrected else 0))
    variance = n1 * n2 / 12 * (total + 1 - ties / (total * (total - 1)))
    return distance / sqrt(variance)


def _midranks(full: Counts) -> tuple[list[int], int]:
    """Twice the mean rank of each category, and the sum of t^3 - t over the categories."""
    ranks, before, ties = [], 0, 0
    for column in zip(*full, strict=True):
        size = sum(column)
        ranks.append(2 * before + size + 1)
        before += size
        ties += size**3 - size
    return ranks, ties


def _is_two_by_two(counts: Counts) -> bool:
    full = without_empty(counts)
    return full is not None and len(full) == 2 and len(full[0]) == 2


def _total(counts: Counts) -> int:
    return sum(map(sum, counts))
