"""A misuse that papers print: the counts of the groups tested against each other, without n.

8 of 20 against 12 of 60 is then tested as 8 against 12, as if both groups were equally large. It
is no test of the rates, so it is none of ``count_tests.COUNT_TESTS``; it explains P values that
no test of the rates gives.
"""

from __future__ import annotations

from auditor.statistics.contingency import Counts
from auditor.statistics.tails import chi_squared_tail

NAME = "chi-squared test of the counts alone, without the numbers of patients"
SOURCE = "Pearson's goodness of fit to equal counts, Phil Mag 1900;50:157"


def counts_alone(counts: Counts) -> float | None:
    """P of the sum of (x - m)^2 / m over the groups, x in the first category, m their mean.

    On one degree of freedom less than there are groups. ``chisq.test(x)`` of R, NPAR TESTS
    /CHISQUARE of SPSS. None for fewer than two groups, and where nobody is in that category.

    Raises:
        ValueError: a group without a category.
    """
    if not all(counts):
        raise ValueError("a group has at least one category")
    x = [row[0] for row in counts]
    total = sum(x)
    if len(x) < 2 or total == 0:
        return None
    # (x - total / k)^2 / (total / k), in whole numbers as far as possible.
    k = len(x)
    return chi_squared_tail(sum((k * one - total) ** 2 for one in x) / (k * total), k - 1)
