"""Fisher's exact test of 2 x 2 tables in all its forms; all margins are taken as given."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from auditor.statistics.contingency import Counts, two_by_two, without_empty
from auditor.statistics.freeman_halton import freeman_halton

# R calls tables as likely as the observed one where they agree to this relative tolerance.
AS_LIKELY = 1 + 1e-7
MOST_TABLES = 1_000_000


class Tails(NamedTuple):
    """Probabilities of the tables with the margins of one 2 x 2 table.

    Attributes:
        point: of the table itself.
        no_likelier: of all tables no likelier than it.
        lower, upper: of all with at most, and at least, its first cell.
    """

    point: float
    no_likelier: float
    lower: float
    upper: float


def fisher(counts: Counts) -> float | None:
    """The probability of all tables with the same margins that are no likelier, two-sided.

    ``fisher.test`` of R; in larger tables Freeman and Halton, Biometrika 1951;38:141. None
    where a margin is empty or there are too many tables (``freeman_halton``).
    """
    found = tails(counts)
    if found is not None:
        return found.no_likelier
    full = without_empty(counts)
    if full is None or (len(full) == 2 and len(full[0]) == 2):
        return None
    return freeman_halton(full)


def one_sided(counts: Counts) -> float | None:
    """The tail towards the observed difference: the smaller one."""
    found = tails(counts)
    return None if found is None else min(found.lower, found.upper)


def other_side(counts: Counts) -> float | None:
    """The tail against the observed difference: the larger one."""
    found = tails(counts)
    return None if found is None else max(found.lower, found.upper)


def doubled(counts: Counts) -> float | None:
    """Twice the smaller tail, at most 1. Yates, J R Stat Soc A 1984;147:426."""
    found = tails(counts)
    return None if found is None else min(1.0, 2 * min(found.lower, found.upper))


def mid_p(counts: Counts) -> float | None:
    """The two-sided P less half the probability of the table itself.

    Lancaster, J Am Stat Assoc 1961;56:223; Lydersen, Fagerland and Laake, Stat Med
    2009;28:1159; MIDP of SAS.
    """
    found = tails(counts)
    return None if found is None else found.no_likelier - found.point / 2


def mid_p_doubled(counts: Counts) -> float | None:
    """Twice the one-sided mid-p. Rothman and Greenland, Modern Epidemiology; OpenEpi."""
    found = mid_p_one_sided(counts)
    return None if found is None else min(1.0, 2 * found)


def mid_p_one_sided(counts: Counts) -> float | None:
    """The smaller tail less half the probability of the table itself."""
    found = tails(counts)
    return None if found is None else min(found.lower, found.upper) - found.point / 2


def tails(counts: Counts) -> Tails | None:
    """The probabilities that all forms of the test are made of.

    None if it is no 2 x 2 table, or if there are more than ``MOST_TABLES`` with its margins.
    """
    cells = two_by_two(counts)
    if cells is None:
        return None
    a, b, c, d = cells
    return _tails(*cells) if min(a + b, c + d, a + c, b + d) < MOST_TABLES else None


@lru_cache(maxsize=4096)
def _tails(a: int, b: int, c: int, d: int) -> Tails:
    # Relative weights of the tables by the ratio of neighbours, outwards from the likeliest:
    # no factorial, no cancellation, and underflow only where nothing is left to add.
    n1, n2, column = a + b, c + d, a + c
    least, most = max(0, column - n2), min(n1, column)
    mode = min(most, max(least, (n1 + 1) * (column + 1) // (n1 + n2 + 2)))
    weights = [0.0] * (most - least + 1)
    weights[mode - least] = weight = 1.0
    for k in range(mode, most):
        weight *= (n1 - k) * (column - k) / ((k + 1) * (n2 - column + k + 1))
        if weight == 0:
            break
        weights[k + 1 - least] = weight
    weight = 1.0
    for k in range(mode, least, -1):
        weight *= k * (n2 - column + k) / ((n1 - k + 1) * (column - k + 1))
        if weight == 0:
            break
        weights[k - 1 - least] = weight
    here = a - least
    total, point = sum(weights), weights[here]
    limit = point * AS_LIKELY
    return Tails(
        point=point / total,
        no_likelier=min(1.0, sum([w for w in weights if w <= limit]) / total),
        lower=min(1.0, sum(weights[: here + 1]) / total),
        upper=min(1.0, sum(weights[here:]) / total),
    )
