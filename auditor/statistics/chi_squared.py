"""Chi-squared tests of tables of counts, and z tests of two proportions and of their odds ratio."""

from __future__ import annotations

from math import log, sqrt

from auditor.statistics.contingency import Counts, two_by_two, without_empty
from auditor.statistics.tails import chi_squared_tail, normal_tail


def pearson(counts: Counts) -> float | None:
    """Sum of (O - E)^2 / E on (r - 1)(c - 1) degrees of freedom. Phil Mag 1900;50:157.

    In 2 x 2 tables the z test of two proportions with pooled variance.
    """
    found = _statistic(counts)
    return None if found is None else chi_squared_tail(found[0], found[1])


def n_minus_1(counts: Counts) -> float | None:
    """Pearson's statistic times (N - 1) / N. E Pearson 1947; Campbell, Stat Med 2007;26:3661."""
    found = _statistic(counts)
    if found is None:
        return None
    total = found[2]
    return chi_squared_tail(found[0] * (total - 1) / total, found[1])


def likelihood_ratio(counts: Counts) -> float | None:
    """G = 2 sum of O ln(O / E), cells of 0 left out. Wilks, Ann Math Stat 1938;9:60."""
    full = without_empty(counts)
    if full is None:
        return None
    rows, columns = [sum(row) for row in full], [sum(column) for column in zip(*full, strict=True)]
    total = sum(rows)
    g = 2 * sum(
        count * log(count * total / (rows[i] * columns[j]))
        for i, row in enumerate(full)
        for j, count in enumerate(row)
        if count
    )
    return chi_squared_tail(max(0.0, g), (len(rows) - 1) * (len(columns) - 1))


def yates(counts: Counts) -> float | None:
    """Each |O - E| of a 2 x 2 table less 1/2, not below 0. Suppl J R Stat Soc 1934;1:217."""
    z = _pooled(counts, corrected=True)
    return None if z is None else 2 * normal_tail(z)


def one_sided(counts: Counts) -> float | None:
    """The z test of two proportions with pooled variance, towards the observed difference."""
    z = _pooled(counts)
    return None if z is None else normal_tail(z)


def yates_one_sided(counts: Counts) -> float | None:
    """The z test with pooled variance and Yates's correction, towards the difference."""
    z = _pooled(counts, corrected=True)
    return None if z is None else normal_tail(z)


def unpooled(counts: Counts) -> float | None:
    """z = (p1 - p2) / sqrt(p1 q1 / n1 + p2 q2 / n2), two-sided; None where that is n / 0.

    Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed., 3.1.
    """
    z = _unpooled(counts, corrected=False)
    return None if z is None else 2 * normal_tail(z)


def unpooled_corrected(counts: Counts) -> float | None:
    """As ``unpooled``, |p1 - p2| less (1 / n1 + 1 / n2) / 2, not below 0. Fleiss 3.1."""
    z = _unpooled(counts, corrected=True)
    return None if z is None else 2 * normal_tail(z)


def unpooled_one_sided(counts: Counts) -> float | None:
    """As ``unpooled``, towards the observed difference."""
    z = _unpooled(counts, corrected=False)
    return None if z is None else normal_tail(z)


def odds_ratio(counts: Counts) -> float | None:
    """Wald test of log(ad / bc), two-sided: as a logistic regression prints it.

    Variance 1/a + 1/b + 1/c + 1/d: Woolf, Ann Hum Genet 1955;19:251. None where a cell is 0.
    """
    cells = two_by_two(counts)
    if cells is None or 0 in cells:
        return None
    a, b, c, d = cells
    return 2 * normal_tail(abs(log(a * d / (b * c))) / sqrt(1 / a + 1 / b + 1 / c + 1 / d))


def _statistic(counts: Counts) -> tuple[float, int, int] | None:
    """Pearson's chi-squared, its degrees of freedom, the number of patients."""
    cells = two_by_two(counts)
    if cells is not None:
        a, b, c, d = cells
        total = a + b + c + d
        margins = (a + b) * (c + d) * (a + c) * (b + d)
        return total * (a * d - b * c) ** 2 / margins, 1, total
    full = without_empty(counts)
    if full is None:
        return None
    rows, columns = [sum(row) for row in full], [sum(column) for column in zip(*full, strict=True)]
    total = sum(rows)
    statistic = sum(
        (count * total - rows[i] * columns[j]) ** 2 / (rows[i] * columns[j])
        for i, row in enumerate(full)
        for j, count in enumerate(row)
    )
    return statistic / total, (len(rows) - 1) * (len(columns) - 1), total


def _pooled(counts: Counts, *, corrected: bool = False) -> float | None:
    """|z| of two proportions with pooled variance: the root of chi-squared."""
    cells = two_by_two(counts)
    if cells is None:
        return None
    a, b, c, d = cells
    total = a + b + c + d
    distance = abs(a * d - b * c) - (total / 2 if corrected else 0)
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    return max(0.0, distance) * sqrt(total / margins)


def _unpooled(counts: Counts, *, corrected: bool) -> float | None:
    cells = two_by_two(counts)
    if cells is None:
        return None
    a, b, c, d = cells
    n1, n2 = a + b, c + d
    variance = a * b / n1**3 + c * d / n2**3
    if variance == 0:
        return None
    distance = abs(a / n1 - c / n2) - ((1 / n1 + 1 / n2) / 2 if corrected else 0)
    return max(0.0, distance) / sqrt(variance)
