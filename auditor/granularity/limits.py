"""What least value, greatest value and n leave for the mean and the SD of any numbers.

Let a and b be the least and the greatest of n values with mean m. The mean lies between
((n - 1) a + b) / n and (a + (n - 1) b) / n. The sum of squared deviations is least where the
other n - 2 values are equal, (m - a)^2 + (b - m)^2 + (a + b - 2m)^2 / (n - 2), which is at least
(b - a)^2 / 2 whatever the mean. It is greatest where all values but one are a or b; with a free
mean half of them each, which for even n gives the SD (b - a)/2 sqrt(n / (n - 1)).

Sources: Samuelson PA. J Am Stat Assoc 1968;63:1522-1525. Shiffler RE, Harsha PD. Upper and lower
bounds for the sample standard deviation. Teaching Statistics 1980;2:84-86. Bhatia R, Davis C.
Am Math Mon 2000;107:353-357 (the limit for large n).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from auditor.errors import UsageError
from auditor.granularity.inputs import Number, either_way, ends, printed, sample_size
from auditor.granularity.roots import print_root
from auditor.rounding import Interval


@dataclass(frozen=True, slots=True)
class Limits:
    """Least and greatest possible variance, exact; ``shown`` as SDs with ``decimals``."""

    least: Fraction
    greatest: Fraction

    def shown(self, decimals: int = 2) -> tuple[str, str]:
        return print_root(self.least, decimals), print_root(self.greatest, decimals)

    def allows(self, sd: Interval) -> bool:
        """Whether an SD from ``sd`` is possible."""
        if sd.upper is None or sd.lower is None or sd.upper < 0:
            return False
        return sd.upper**2 >= self.least and (sd.lower < 0 or sd.lower**2 <= self.greatest)


def mean_limits(n: int, least: Fraction, greatest: Fraction) -> tuple[Fraction, Fraction]:
    """Least and greatest mean of ``n`` values, the least and the greatest of which are these."""
    if n == 1:
        return least, greatest
    return ((n - 1) * least + greatest) / n, (least + (n - 1) * greatest) / n


def variance_limits(
    n: int,
    least: Interval,
    greatest: Interval,
    mean: Interval | None = None,
    *,
    sample: bool = True,
) -> Limits | None:
    """The variance of ``n`` values, the least and greatest of which lie in these intervals.

    Args:
        n: at least 2 for a sample.
        least, greatest: bounded intervals of the least and the greatest value.
        mean: bounded interval of their mean, where it is known.
        sample: whether squared deviations are divided by n - 1.

    Returns:
        None where no values have such a least, greatest and mean.

    Raises:
        UsageError: a sample of one.
    """
    if sample and n < 2:
        raise UsageError("a single value has no sample SD")
    low, least_high = ends(least)
    greatest_low, high = ends(greatest)
    if low > high:
        return None
    divisor = n - 1 if sample else n
    narrow = max(greatest_low - least_high, Fraction(0))
    smallest = narrow**2 / 2 if n > 1 else Fraction(0)
    bottom, top = mean_limits(n, low, high)
    if mean is not None:
        mean_low, mean_high = ends(mean)
        if mean_high < bottom or mean_low > top:
            return None
        bottom, top = max(bottom, mean_low), min(top, mean_high)
        if n > 2 and narrow:
            below = max(bottom - least_high, Fraction(0))
            above = max(greatest_low - top, Fraction(0))
            smallest = max(smallest, _unequal(n, below, above))
    return Limits(smallest / divisor, _greatest(n, low, high, bottom, top) / divisor)


def sd_limits(
    n: int,
    minimum: Number,
    maximum: Number,
    mean: Number | None = None,
    *,
    sample: bool = True,
    decimals: int | None = None,
) -> Limits | None:
    """Least and greatest variance of ``n`` values, whose least and greatest are printed.

    The prints stand for all values that round to them. None: no values have such a mean.

    Raises:
        UsageError: an argument that is no such number.
    """
    least = either_way(printed(minimum, decimals, what="minimum"))
    greatest = either_way(printed(maximum, decimals, what="maximum"))
    middle = None if mean is None else either_way(printed(mean, decimals, what="mean"))
    return variance_limits(sample_size(n), least, greatest, middle, sample=sample)


def sd_possible(
    sd: Number,
    n: int,
    minimum: Number,
    maximum: Number,
    mean: Number | None = None,
    *,
    sample: bool = True,
    decimals: int | None = None,
) -> bool:
    """Whether ``n`` values with this least and greatest can have an SD that prints as ``sd``."""
    limits = sd_limits(n, minimum, maximum, mean, sample=sample, decimals=decimals)
    return limits is not None and limits.allows(either_way(printed(sd, decimals, what="SD")))


def _unequal(n: int, below: Fraction, above: Fraction) -> Fraction:
    """Least sum of squares with the least value ``below`` the mean and the greatest ``above``.

    Neither can be less than 1/(n - 1) of the other, and from there on the sum grows with both.
    """
    below, above = max(below, above / (n - 1)), max(above, below / (n - 1))
    return below**2 + above**2 + (above - below) ** 2 / (n - 2)


def _greatest(n: int, low: Fraction, high: Fraction, bottom: Fraction, top: Fraction) -> Fraction:
    """Greatest sum of squared deviations with a mean from ``bottom`` to ``top``.

    Between two means at which all values are ``low`` or ``high`` it is convex, so that its
    greatest value stands at such a mean or at an end.
    """
    span = high - low
    if not span:
        return Fraction(0)
    first, last = (bottom - low) * n / span, (top - low) * n / span
    whole = {floor(Fraction(n, 2)), ceil(Fraction(n, 2)), ceil(first), floor(last)}
    tried = [first, last, *(Fraction(k) for k in whole if first <= k <= last)]
    return max(_extreme(n, span, t) for t in tried)


def _extreme(n: int, span: Fraction, over: Fraction) -> Fraction:
    """Sum of squared deviations of values 0 and ``span``, and one between; total over * span."""
    top, rest = divmod(over, 1)
    return span**2 * (top + rest**2 - over**2 / n)
