"""What n whole numbers can have, found by adding one number after the other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache

Sums = dict[int, int]
"""By total the sums of squares, as the bits of one number."""


def sums_of_squares(n: int, values: range, most: int | None = None) -> list[Sums]:
    """For 0 to ``n`` numbers out of ``values``; sums of squares above ``most`` are left out."""
    mask = -1 if most is None else (1 << most + 1) - 1
    found: list[Sums] = [{0: 1}]
    for _ in range(n):
        longer: Sums = {}
        for total, squares in found[-1].items():
            for value in values:
                more = squares << value * value & mask
                if more:
                    longer[total + value] = longer.get(total + value, 0) | more
        found.append(longer)
    return found


def members(bits: int) -> Iterator[int]:
    """The positions of the bits that are set."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


@cache
def printed_root(numerator: int, denominator: int, decimals: int) -> str:
    """The root of a fraction, rounded half-up; a tie is a root that ends, so it is exact."""
    with localcontext() as context:
        context.prec = 60
        root = (Decimal(numerator) / Decimal(denominator)).sqrt()
        return str(root.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


@cache
def printed_mean(total: int, n: int, decimals: int) -> str:
    with localcontext() as context:
        context.prec = 60
        return str((Decimal(total) / n).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def reachable(
    n: int,
    sums: Sums,
    mean_decimals: int,
    sd_decimals: int,
    *,
    sample: bool = True,
    items: int = 1,
) -> dict[str, set[str]]:
    """The SDs that go with each mean, as printed; ``sums`` are of ``items`` times the values."""
    found: dict[str, set[str]] = {}
    divisor = n * (n - 1 if sample else n) * items**2
    for total, bits in sums.items():
        sds = found.setdefault(printed_mean(total, n * items, mean_decimals), set())
        for squares in members(bits):
            sds.add(printed_root(n * squares - total * total, divisor, sd_decimals))
    return found


def prints(last: int, decimals: int, first: int = 0) -> list[str]:
    """Every print from ``first`` to ``last`` with these decimals."""
    scale = 10**decimals
    return [str(Decimal(i).scaleb(-decimals)) for i in range(first * scale, last * scale + 1)]
