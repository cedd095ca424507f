"""DEBIT: whether n yes-or-no answers (1 and 0) can have the printed mean and SD.

Heathers JAJ, Brown NJL. DEBIT: a simple consistency test for binary data. OSF, 2019. With k ones
the mean is k/n and the SD the root of k (n - k) / (n (n - 1)), so that the mean fixes the SD.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from fractions import Fraction

from auditor.errors import UsageError
from auditor.granularity.grim import grim, interval, sums
from auditor.granularity.grimmer import sums_of_squares
from auditor.granularity.inputs import Number, Scale, printed, sample_size
from auditor.granularity.roots import print_root
from auditor.granularity.verdict import Reason, Verdict, conventions
from auditor.rounding import NEAREST, Interval, Rounding

_BINARY = Scale(least=0, greatest=1)
_KINDS = {"sample": (True,), "population": (False,), "either": (True, False)}


def debit(
    mean: Number,
    sd: Number,
    n: int,
    *,
    kind: str = "sample",
    roundings: Collection[Rounding] = NEAREST,
    decimals: int | None = None,
    sd_decimals: int | None = None,
) -> Verdict:
    """Whether ``n`` ones and zeros can have a mean and an SD that print like this.

    Arguments as of ``grimmer``, which with ``minimum=0, maximum=1`` says the same.

    Raises:
        UsageError: an argument that is no such number.
    """
    number = printed(mean, decimals, what="mean")
    spread = printed(sd, decimals if sd_decimals is None else sd_decimals, what="SD")
    size = sample_size(n)
    if kind not in _KINDS:
        raise UsageError(f"kind must be one of {', '.join(_KINDS)}, not {kind!r}")

    def possible(rounding: Rounding | None) -> bool:
        within = interval(spread, rounding)
        ones = sums(interval(number, rounding), size, _BINARY)
        return any(_some(ones, within, size, sample) for sample in _KINDS[kind])

    allowed, found = conventions(possible, roundings)
    if allowed:
        return Verdict(True, Reason.POSSIBLE, found)
    first = grim(number, size, minimum=0, maximum=1, roundings=roundings)
    if not first:
        return Verdict(False, first.reason, found, first.nearest)
    if size == 1 and kind == "sample":
        return Verdict(False, Reason.ONE_VALUE, found)
    ones = sums(interval(number, None), size, _BINARY)
    # The SD is greatest at half of them, and least at the ends.
    middle = min(max(size // 2, ones[0]), ones[-1])
    nearest = {
        print_root(Fraction(k * (size - k), size * (size - sample)), spread.decimals)
        for k in (ones[0], middle, ones[-1])
        for sample in _KINDS[kind]
    }
    return Verdict(False, Reason.BINARY, found, tuple(sorted(nearest)))


def _some(ones: range, sd: Interval, n: int, sample: bool) -> bool:
    """Whether some number of ones out of a range has its SD in the interval.

    The SD rises up to n/2 ones and falls from there on, so that halving finds it.
    """
    half = n // 2
    rising = range(ones.start, min(ones.stop, half + 1))
    falling = range(max(ones.start, half + 1), ones.stop)[::-1]
    for side in (rising, falling):
        first = bisect_left(side, True, key=lambda k: not _below(k, sd, n, sample))
        if first < len(side) and _fits(side[first], sd, n, sample):
            return True
    return False


def _fits(ones: int, sd: Interval, n: int, sample: bool) -> bool:
    return ones in sums_of_squares(ones, sd, n, _BINARY, sample)


def _below(ones: int, sd: Interval, n: int, sample: bool) -> bool:
    """Whether the SD with so many ones is less than the interval allows."""
    if sd.lower is None or sd.lower < 0:
        return False
    square = sd.lower**2 * n * (n - 1 if sample else n)
    spread = ones * (n - ones)
    return spread < square or (spread == square and not sd.lower_closed)
