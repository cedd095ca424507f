"""Medians and quartiles of whole numbers: which values n allows.

The median of an odd number of whole numbers is one of them, that of an even number may be a half.
A quartile is x_j + g (x_{j+1} - x_j) with a weight g that depends on n and on the definition, so
it is a multiple of 1 over the denominator of g. The nine definitions are those of Hyndman RJ,
Fan Y. Sample quantiles in statistical packages. Am Stat 1996;50:361-365, the numbers those of R's
``quantile``; hinges: Tukey JW. Exploratory Data Analysis, 1977; Moore and McCabe leave the median
out of both halves.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from auditor.errors import UsageError
from auditor.granularity.grim import integers
from auditor.granularity.inputs import Exact, Number, either_way, exact, printed, sample_size
from auditor.printed import PrintedNumber


def median_possible(
    median: Number, n: int, *, items: int = 1, step: Exact = 1, decimals: int | None = None
) -> bool:
    """Whether the median of ``n`` multiples of ``step / items`` can print as ``median``.

    Raises:
        UsageError: an argument that is no such number.
    """
    grain = exact(step) / items
    number = printed(median, decimals, what="median")
    return _multiple(number, grain if sample_size(n) % 2 else grain / 2)


def quartile_definitions(
    quartile: Number,
    n: int,
    which: int = 1,
    *,
    items: int = 1,
    step: Exact = 1,
    decimals: int | None = None,
) -> tuple[str, ...]:
    """Under which definitions of the first or third quartile ``n`` whole numbers can have it.

    Empty: no definition of those tried allows it.

    Raises:
        UsageError: an argument that is no such number; ``which`` is neither 1 nor 3.
    """
    if which not in (1, 3):
        raise UsageError(f"which must be 1 or 3, not {which}")
    grain = exact(step) / items
    number = printed(quartile, decimals, what="quartile")
    weights = _weights(sample_size(n), Fraction(which, 4))
    return tuple(name for name, g in weights.items() if _multiple(number, grain / g.denominator))


def _multiple(number: PrintedNumber, grain: Fraction) -> bool:
    return bool(integers(either_way(number), 1 / grain))


def _weights(n: int, p: Fraction) -> dict[str, Fraction]:
    """The weight of the upper of the two values between which a quantile lies."""
    third, eighth = Fraction(1, 3), Fraction(3, 8)
    positions = {
        "type 4 (linear in the distribution function)": n * p,
        "type 5 (Hazen)": n * p + Fraction(1, 2),
        "type 6 (Weibull; SPSS, Minitab)": (n + 1) * p,
        "type 7 (R, Excel, numpy)": (n - 1) * p + 1,
        "type 8 (median-unbiased)": (n + third) * p + third,
        "type 9 (normal-unbiased)": (n + Fraction(1, 4)) * p + eighth,
    }
    half = Fraction(1, 2)
    whole = n * p == floor(n * p)
    return {
        "type 1 (inverse distribution function)": Fraction(0),
        "type 2 (SAS)": half if whole else Fraction(0),
        "type 3 (nearest even)": Fraction(0),
        **{name: h - floor(h) for name, h in positions.items()},
        "hinges (Tukey)": Fraction(0) if (n + 1) // 2 % 2 else half,
        "halves without the median (Moore and McCabe)": (
            Fraction(0) if n == 1 or n // 2 % 2 else half
        ),
    }
