"""Fisher's exact test of tables larger than 2 x 2: Freeman and Halton, Biometrika 1951;38:141.

A table's probability is a product over its rows, and rows meet only in the sums of the columns.
So the rows are divided into two halves, every filling of a half is listed with its column sums,
and the halves are joined where their sums add up to the margins. Within one set of sums the
fillings of one half are sorted by probability, and how many of them are unlikely enough beside
a filling of the other half is looked up. That visits about the square root of all tables.

The sums of all columns are kept in one whole number, so many bits a column. Every column starts
as far below its highest bit as its margin is large: a sum above the margin sets that bit.
"""

from __future__ import annotations

from math import comb, lgamma, log
from typing import TYPE_CHECKING, NamedTuple

from auditor.statistics.contingency import Counts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MOST_FILLINGS = 600_000
_AS_LIKELY = 1e-7  # as fisher.test of R
_BITS = 63


class _Packing(NamedTuple):
    """How column sums lie in one number: margins, lowest bits, start, bits that say too much."""

    margins: tuple[int, ...]
    shifts: tuple[int, ...]
    start: int
    above: int


def freeman_halton(counts: Counts) -> float | None:
    """The probability of all tables with the same margins that are no likelier.

    ``counts`` has no empty row or column. None where a half of the table can be filled in more
    than ``MOST_FILLINGS`` ways, too many to list in less than a second.
    """
    if len(counts) < len(counts[0]):
        counts = tuple(zip(*counts, strict=True))
    margins = tuple(sum(column) for column in zip(*counts, strict=True))
    packing = _packed(margins)
    halves = _halves([sum(row) for row in counts], margins)
    if packing is None or halves is None:
        return None
    one, two = (_fillings(half, packing) for half in halves)
    if one is None or two is None:
        return None
    observed = -sum(lgamma(count + 1) for row in counts for count in row)
    everything = sum(lgamma(m + 1) for m in margins) - lgamma(sum(margins) + 1)
    everything += sum(lgamma(sum(row) + 1) for row in counts)
    whole = packing.start + sum(m << s for m, s in zip(margins, packing.shifts, strict=True))
    whole += packing.start  # each half begins at the start, their sum at twice the start
    if len(halves[0]) == 1:
        total = _joined_to_one_row(one, (whole - two[0], two[1]), observed, everything)
    else:
        total = _joined(one, (whole - two[0], two[1]), observed, everything)
    return min(1.0, total)


def _joined_to_one_row(
    one: tuple[Ints, Floats], two: tuple[Ints, Floats], observed: float, everything: float
) -> float:
    """The probability of tables no likelier, where no two fillings in ``one`` have the same sums.

    ``two`` comes with the sums that it needs of the other half.
    """
    import numpy as np

    order = np.argsort(one[0])
    sums, ways = one[0][order], one[1][order]
    at = np.minimum(np.searchsorted(sums, two[0]), sums.size - 1)
    table = two[1] + ways[at]
    counted = (sums[at] == two[0]) & (table <= observed + _AS_LIKELY)
    return float(np.exp(table[counted] + everything).sum())


def _joined(
    one: tuple[Ints, Floats], two: tuple[Ints, Floats], observed: float, everything: float
) -> float:
    """The probability of tables no likelier; ``two`` with the sums that it needs of ``one``."""
    import numpy as np

    order = np.argsort(one[0])
    left, ways = one[0][order], one[1][order]
    order = np.lexsort((two[1], two[0]))
    right, others = two[0][order], two[1][order]
    sums, starts = np.unique(left, return_index=True)
    ends = np.append(starts[1:], left.size)
    first = np.searchsorted(right, sums, side="left")
    last = np.searchsorted(right, sums, side="right")
    total = 0.0
    for a, b, lo, hi in zip(
        starts.tolist(), ends.tolist(), first.tolist(), last.tolist(), strict=True
    ):
        if lo == hi:
            continue
        mine, theirs = ways[a:b], others[lo:hi]
        below = np.searchsorted(theirs, observed + _AS_LIKELY - mine, side="right")
        cumulated = np.concatenate(([0.0], np.cumsum(np.exp(theirs - theirs[-1]))))
        total += float((np.exp(mine + (theirs[-1] + everything)) * cumulated[below]).sum())
    return total


def _packed(margins: tuple[int, ...]) -> _Packing | None:
    """Where the sums of each column lie; None if they do not fit into one number."""
    shifts, start, above, at = [], 0, 0, 0
    for margin in margins:
        width = margin.bit_length() + 1
        shifts.append(at)
        start |= ((1 << (width - 1)) - 1 - margin) << at
        above |= 1 << (at + width - 1)
        at += width
    return _Packing(margins, tuple(shifts), start, above) if at <= _BITS else None


def _halves(sizes: list[int], margins: tuple[int, ...]) -> tuple[list[int], list[int]] | None:
    """The sizes of the rows in two lots that can be filled in about equally many ways.

    None where even without the margins' limits one lot has far too many.
    """
    lots: tuple[list[int], list[int]] = ([], [])
    logs = [0.0, 0.0]
    for size in sorted(sizes, reverse=True):
        lot = 0 if logs[0] <= logs[1] else 1
        lots[lot].append(size)
        logs[lot] += log(comb(size + len(margins) - 1, len(margins) - 1))
    if max(sizes) > MOST_FILLINGS or max(logs) > log(200 * MOST_FILLINGS):
        return None
    return lots if len(lots[0]) <= len(lots[1]) else (lots[1], lots[0])


def _fillings(sizes: list[int], packing: _Packing) -> tuple[Ints, Floats] | None:
    """Packed column sums and log weights of all fillings of rows of these sizes."""
    import numpy as np

    sums, ways = np.array([packing.start], dtype=np.int64), np.zeros(1)
    for size in sizes:
        row = _compositions(size, packing)
        if row is None or row[0].size * sums.size > 4 * MOST_FILLINGS:
            return None
        sums = (sums[:, None] + row[0][None, :]).ravel()
        fits = np.flatnonzero((sums & packing.above) == 0)
        if fits.size > MOST_FILLINGS:
            return None
        sums, ways = sums[fits], (ways[:, None] + row[1][None, :]).ravel()[fits]
    return sums, ways


def _compositions(size: int, packing: _Packing) -> tuple[Ints, Floats] | None:
    """Every row of ``size`` within the margins, packed, and minus the log factorials."""
    import numpy as np

    table = np.array([-lgamma(k + 1) for k in range(size + 1)])
    rows, ways = np.zeros(1, dtype=np.int64), np.zeros(1)
    left = np.array([size], dtype=np.int64)
    for margin, shift in zip(packing.margins[:-1], packing.shifts[:-1], strict=True):
        here = np.arange(min(size, margin) + 1)
        if left.size * here.size > 4 * MOST_FILLINGS:
            return None
        rest = (left[:, None] - here[None, :]).ravel()
        fits = rest >= 0
        rows = (rows[:, None] + (here << shift)[None, :]).ravel()[fits]
        ways = (ways[:, None] + table[here][None, :]).ravel()[fits]
        left = rest[fits]
    fits = left <= packing.margins[-1]
    last = left[fits]
    return rows[fits] + (last << packing.shifts[-1]), ways[fits] + table[last]
