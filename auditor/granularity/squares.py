"""Which sums of squares n integers with a given sum can have: decided exactly.

Let S be the sum, Q the sum of squares and D = nQ - S^2 (n^2 times the variance). Q has the parity
of S, since x^2 and x have one parity, and D is at least 0; Q is least when the values are as equal
as possible. Where the values are not bounded, the rest is number theory:

* n = 1: Q = S^2.
* n = 2: D is the square of the difference of the two values. Any square will do.
* n = 3: 2D = v^2 + 3u^2 with u = x1 - x2 and v = x1 + x2 - 2 x3; any solution gives integers.
* n = 4, S odd: D is 3 modulo 8, so a sum of three odd squares (Gauss), and these are the
  differences x1 + x2 - x3 - x4 and so on: always possible. S even: D / 4 must be a sum of three
  squares, so not of the form 4^a (8b + 7) (Legendre).
* n = 5: a fifth value x of the other parity than S leaves four with an odd sum, possible where
  4(Q - x^2) >= (S - x)^2. That is an interval for x of length (4/5) sqrt(D), which holds an
  integer of either parity if D >= 6.25. Up to a shift S is 0, 1 or 2, Q is at least S, and for
  every other Q >= S + 2 D is at least 10: always possible.
* n > 5: shift the values so that 0 <= S < n. A value 0 leaves (n - 1, S, Q) with Q >= S, which is
  the least Q of n - 1 values: always possible, by induction.

So parity and minimum alone decide from five values on, and not below. With a least and a
greatest value there are gaps below the greatest Q whatever n is (two values 0 and R can only
come together as 1 and R - 1, which takes 2(R - 1) off Q). They are found by search: the greatest
value and how often it occurs, then the next. The search stops where Samuelson's inequality
((x - S/n)^2 <= (n - 1) D / n^2 for every value) says that the bounds cannot matter.
"""

from __future__ import annotations

from functools import lru_cache
from math import isqrt


def attainable(
    n: int, total: int, squares: int, least: int | None = None, greatest: int | None = None
) -> bool:
    """Whether some ``n`` integers from ``least`` to ``greatest`` have this sum and sum of squares.

    ``None`` leaves that side open. ``n`` may be 0.
    """
    if n == 0:
        return total == 0 and squares == 0
    if not _possible(n, total, squares):
        return False
    if least is None:
        if greatest is None:
            return _free(n, total, squares)
        least, greatest, total = -greatest, None, -total
    squares += least * (n * least - 2 * total)
    total -= n * least
    if total < 0:
        return False
    return _within(n, total, squares, total if greatest is None else greatest - least)


def least_squares(n: int, total: int) -> int:
    """The least sum of squares of ``n`` integers with this sum."""
    each, over = divmod(total, n)
    return n * each * each + over * (2 * each + 1)


def greatest_squares(n: int, total: int, least: int, greatest: int) -> int:
    """The greatest sum of squares of ``n`` integers with this sum from ``least`` to ``greatest``.

    The sum lies from ``n * least`` to ``n * greatest``.
    """
    span = greatest - least
    if span == 0:
        return n * least * least
    top, over = divmod(total - n * least, span)
    middle = (least + over) ** 2 if top < n else 0
    return top * greatest**2 + middle + max(n - top - 1, 0) * least**2


def _possible(n: int, total: int, squares: int) -> bool:
    return (total - squares) % 2 == 0 and squares >= least_squares(n, total)


def _free(n: int, total: int, squares: int) -> bool:
    """For integers without bounds; parity and minimum are right already."""
    spread = n * squares - total * total
    if n == 1:
        return spread == 0
    if n == 2:
        return isqrt(spread) ** 2 == spread
    if n == 3:
        doubled = 2 * spread
        return any(
            isqrt(rest := doubled - 3 * u * u) ** 2 == rest for u in range(isqrt(doubled // 3) + 1)
        )
    if n == 4 and total % 2 == 0:
        rest = spread // 4
        while rest and rest % 4 == 0:
            rest //= 4
        return rest % 8 != 7
    return True


@lru_cache(maxsize=200_000)
def _within(n: int, total: int, squares: int, top: int) -> bool:
    """For integers from 0 to ``top``; ``total`` is not negative."""
    if n == 0:
        return total == 0 and squares == 0
    if total > n * top or not _possible(n, total, squares):
        return False
    most = greatest_squares(n, total, 0, top)
    if squares >= most or squares == least_squares(n, total):
        return squares <= most
    reach = isqrt((n - 1) * (n * squares - total * total))
    high = (total + reach) // n
    low = -((reach - total) // n)
    if low >= 0 and high <= top:
        return _free(n, total, squares)
    if low > 0:
        shifted = squares + low * (n * low - 2 * total)
        return _within(n, total - n * low, shifted, min(top, high) - low)
    for value in range(min(top, high), -(-total // n) - 1, -1):
        if greatest_squares(n, total, 0, value) < squares:
            return False
        for often in range(min(n, total // value, squares // value**2), 0, -1):
            if _within(n - often, total - often * value, squares - often * value**2, value - 1):
                return True
    return False
