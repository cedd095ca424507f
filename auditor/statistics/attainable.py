"""Whether any counts at all of two arms give a printed P value: granularity of P values.

Two arms of 10 have 119 tables, and Fisher's test gives no more than 30 different P values for
them: a P of 0.20 is none of these. As the GRIM test has it for means of whole numbers (Brown and
Heathers, Soc Psychol Personal Sci 2017;8:363), what the number of patients forbids is wrong
whatever the counts were.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from auditor.printed import PrintedNumber
from auditor.statistics.contingency import Counts, of_rates
from auditor.statistics.count_tests import CountTest
from auditor.statistics.printed_p import allowed

MOST_PAIRS = 40_000
MOST_PAIRS_COSTLY = 2_500
_SLACK = 1e-9  # computed values are floats; a tie of rounding is either way


@dataclass(frozen=True, slots=True)
class Attainable:
    """What two arms of given sizes can give under one test.

    Attributes:
        possible: whether some table gives a P that may be printed so.
        nearest: the P closest to what the print allows; one that it allows where ``possible``.
        counts: a table that gives ``nearest``.
    """

    possible: bool
    nearest: float
    counts: Counts


def attainable(
    p: PrintedNumber,
    sizes: tuple[int, int],
    test: CountTest,
    *,
    first: Collection[int] | None = None,
    second: Collection[int] | None = None,
) -> Attainable | None:
    """Whether ``test`` can give ``p`` for any counts of two arms.

    Args:
        p: the printed P value; rounded or truncated (``printed_p.allowed``).
        sizes: patients of the arms.
        test: a test of unpaired 2 x 2 tables.
        first, second: the counts to which something else (a printed percentage) confines the
            arms, each 0 to the size; None: any.

    Returns:
        None where no table has such a test, and where there are too many tables: beyond
        ``MOST_PAIRS`` for n1 * n2, ``MOST_PAIRS_COSTLY`` for costly tests.

    Raises:
        ValueError: a count that is no count of its arm.
    """
    n1, n2 = sizes
    for counts, n in ((first, n1), (second, n2)):
        if counts is not None and any(not 0 <= x <= n for x in counts):
            raise ValueError("a count of an arm lies between 0 and its size")
    span = allowed(p)
    low = float(span.lower or 0) - _SLACK
    high = float(span.upper if span.upper is not None else 1) + _SLACK
    confined = first is not None or second is not None
    xs = range(n1 + 1) if first is None else sorted(first)
    ys = range(n2 + 1) if second is None else sorted(second)
    if len(xs) * len(ys) > (MOST_PAIRS_COSTLY if test.costly else MOST_PAIRS) + n1 + n2 + 1:
        return None
    if confined:
        tried = ((value, (x, y)) for x in xs for y in ys for value in _value(test, sizes, x, y))
        return _nearest(tried, low, high, sizes)
    values, places = _spectrum(n1, n2, test)
    at = bisect_left(values, low)
    tried = ((values[i], divmod(places[i], n2 + 1)) for i in (at - 1, at) if 0 <= i < len(values))
    return _nearest(tried, low, high, sizes)


def _nearest(
    tried: Iterator[tuple[float, tuple[int, int]]],
    low: float,
    high: float,
    sizes: tuple[int, int],
) -> Attainable | None:
    def off(value: float) -> float:
        return max(low - value, value - high, 0.0)

    best = min(tried, key=lambda one: off(one[0]), default=None)
    if best is None:
        return None
    value, counts = best
    return Attainable(off(value) == 0, value, of_rates(counts, sizes))


@lru_cache(maxsize=64)
def _spectrum(n1: int, n2: int, test: CountTest) -> tuple[array[float], array[int]]:
    """P of every table of two arms in order, and where it stands: x1 * (n2 + 1) + x2.

    Exchanging the categories changes no test, so that half of the tables are enough.
    """
    found = [
        (value, x * (n2 + 1) + y)
        for x in range(n1 // 2 + 1)
        for y in range(n2 + 1)
        for value in _value(test, (n1, n2), x, y)
    ]
    found.sort()
    return array("d", [value for value, _ in found]), array("l", [place for _, place in found])


def _value(test: CountTest, sizes: tuple[int, int], x: int, y: int) -> tuple[float, ...]:
    """P of x against y, or nothing where there is no such test."""
    value = test.function(of_rates((x, y), sizes))
    return () if value is None else (value,)
