"""Tables of counts: one row a group that is compared, one column a category."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations

Counts = tuple[tuple[int, ...], ...]
"""Numbers of patients: one row a group that is compared, one column a category."""

_MOST_PERMUTED = 6


@lru_cache(maxsize=1024)
def without_empty(counts: Counts) -> Counts | None:
    """``counts`` without groups and categories of nobody; None if no 2 x 2 table is left.

    Raises:
        ValueError: rows of different lengths, or a negative count.
    """
    if len({len(row) for row in counts}) > 1:
        raise ValueError("the rows of a table of counts have one length")
    if any(count < 0 for row in counts for count in row):
        raise ValueError("a count is not negative")
    full = counts
    if not all(map(any, counts)) or not all(map(any, zip(*counts, strict=True))):
        rows = [row for row in counts if any(row)]
        columns = [column for column in zip(*rows, strict=True) if any(column)]
        full = tuple(zip(*columns, strict=True))
    return full if len(full) >= 2 and len(full[0]) >= 2 else None


def canonical(counts: Counts) -> Counts:
    """The same for tables that differ by the order of their groups and categories alone.

    Beyond six categories only for those whose categories stand in the same order.
    """
    columns = list(zip(*counts, strict=True))
    if len(columns) > _MOST_PERMUTED:
        return tuple(sorted(counts))
    return min(
        (tuple(sorted(zip(*order, strict=True))) for order in permutations(columns)), default=()
    )


def two_by_two(counts: Counts) -> tuple[int, int, int, int] | None:
    """The cells a, b, c, d of a table of two groups and two categories with no empty margin."""
    full = without_empty(counts)
    if full is None or len(full) != 2 or len(full[0]) != 2:
        return None
    (a, b), (c, d) = full
    return a, b, c, d


def of_rates(x: Sequence[int], n: Sequence[int]) -> Counts:
    """The table of groups in which ``x`` of ``n`` have something: (x, n - x) each.

    Raises:
        ValueError: not as many x as n.
    """
    return tuple((a, b - a) for a, b in zip(x, n, strict=True))
