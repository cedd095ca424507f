"""Fisher's exact test of tables larger than 2 x 2: Freeman and Halton, Biometrika 1951;38:141.

A table's probability is a product over its rows, and rows meet only in the sums of the columns.
So the rows are divided into two halves, every filling of a half is listed with its column sums,
and the halves are joined where their sums add up to the margins. Within one set of sums the
fillings of one half are sorted by probability, and how many of them are unlikely enough beside
a filling of the other half is looked up. That visits about the square root of all tables.
"""

from __future__ import annotations

from math import comb, lgamma, log
from typing import TYPE_CHECKING

from auditor.statistics.contingency import Counts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MOST_FILLINGS = 1_000_000
_AS_LIKELY = 1e-7  # as fisher.test of R


def freeman_halton(counts: Counts) -> float | None:
    """The probability of all tables with the same margins that are no likelier.

    ``counts`` has no empty row or column. None where a half of the table can be filled in more
    than ``MOST_FILLINGS`` ways, too many to list within about a second.
    """
    import numpy as np

    if len(counts) < len(counts[0]):
        counts = tuple(zip(*counts, strict=True))
    margins = tuple(sum(column) for column in zip(*counts, strict=True))
    rows = sorted(counts, key=sum)
    # Of the columns all but the last are kept track of; sums are numbered as mixed digits.
    digits = np.cumprod([1, *(m + 1 for m in margins[:-2])]).astype(np.int64)
    wanted = int(np.dot(digits, margins[:-1]))
    one, two = (_fillings(half, margins) for half in _halves(rows, margins))
    if one is None or two is None:
        return None
    observed = -sum(lgamma(count + 1) for row in rows for count in row)
    everything = sum(lgamma(m + 1) for m in margins) - lgamma(sum(margins) + 1)
    everything += sum(lgamma(sum(row) + 1) for row in rows)
    left, right = one[0] @ digits, two[0] @ digits
    order = np.argsort(left, kind="stable")
    left, ways = left[order], one[1][order]
    order = np.lexsort((two[1], right))
    right, others = right[order], two[1][order]
    total = 0.0
    sums, starts = np.unique(left, return_index=True)
    ends = np.append(starts[1:], left.size)
    first = np.searchsorted(right, wanted - sums, side="left")
    last = np.searchsorted(right, wanted - sums, side="right")
    for a, b, lo, hi in zip(starts, ends, first, last, strict=True):
        if lo == hi:
            continue
        mine, theirs = ways[a:b], others[lo:hi]
        below = np.searchsorted(theirs, observed + _AS_LIKELY - mine, side="right")
        cumulated = np.concatenate(([0.0], np.cumsum(np.exp(theirs - theirs[-1]))))
        total += float((np.exp(mine + theirs[-1] + everything) * cumulated[below]).sum())
    return min(1.0, total)


def _halves(rows: list[tuple[int, ...]], margins: tuple[int, ...]) -> tuple[list[int], list[int]]:
    """The sizes of the rows in two lots that can be filled in about equally many ways."""
    lots: tuple[list[int], list[int]] = ([], [])
    logs = [0.0, 0.0]
    for row in reversed(rows):
        size = sum(row)
        lot = 0 if logs[0] <= logs[1] else 1
        lots[lot].append(size)
        logs[lot] += log(comb(size + len(margins) - 1, len(margins) - 1))
    return lots


def _fillings(sizes: list[int], margins: tuple[int, ...]) -> tuple[Ints, Floats] | None:
    """Column sums (all but the last) and log weights of all fillings of rows of these sizes."""
    import numpy as np

    columns = len(margins)
    sums, ways = np.zeros((1, columns), dtype=np.int64), np.zeros(1)
    limits = np.array(margins, dtype=np.int64)
    for size in sizes:
        row = _compositions(size, margins)
        if row is None or row[0].shape[0] * sums.shape[0] > 8 * MOST_FILLINGS:
            return None
        sums = (sums[:, None, :] + row[0][None, :, :]).reshape(-1, columns)
        ways = (ways[:, None] + row[1][None, :]).ravel()
        fits = (sums <= limits).all(axis=1)
        sums, ways = sums[fits], ways[fits]
        if ways.size > MOST_FILLINGS:
            return None
    return sums[:, :-1], ways


def _compositions(size: int, margins: tuple[int, ...]) -> tuple[Ints, Floats] | None:
    """Every row of ``size`` within the margins, and minus the log factorials of its cells."""
    import numpy as np

    cells = np.zeros((1, 0), dtype=np.int64)
    left = np.array([size], dtype=np.int64)
    for margin in margins[:-1]:
        here = np.arange(min(size, margin) + 1)
        if left.size * here.size > 8 * MOST_FILLINGS:
            return None
        rest = (left[:, None] - here[None, :]).ravel()
        before = np.repeat(cells, here.size, axis=0)
        cells = np.column_stack((before, np.tile(here, left.size)))
        fits = rest >= 0
        cells, left = cells[fits], rest[fits]
    cells = np.column_stack((cells, left))
    cells = cells[left <= margins[-1]]
    table = np.array([-lgamma(k + 1) for k in range(size + 1)])
    return cells, table[cells].sum(axis=1)
