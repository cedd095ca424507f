"""DEBIT: whether n yes-or-no answers (1 and 0) can have the printed mean and SD.

Heathers JAJ, Brown NJL. DEBIT: a simple consistency test for binary data. OSF, 2019. With k ones
the mean is k/n and the SD the root of k (n - k) / (n (n - 1)), so that the mean fixes the SD.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from auditor.errors import UsageError
from auditor.granularity.grim import grim, interval, sums
from auditor.granularity.grimmer import sums_of_squares
from auditor.granularity.inputs import Number, Scale, printed, sample_size
from auditor.granularity.roots import print_root
from auditor.granularity.verdict import Reason, Verdict, conventions
from auditor.rounding import NEAREST, Rounding

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
        return any(
            ones in sums_of_squares(ones, within, size, _BINARY, sample)
            for ones in sums(interval(number, rounding), size, _BINARY)
            for sample in _KINDS[kind]
        )

    allowed, found = conventions(possible, roundings)
    if allowed:
        return Verdict(True, Reason.POSSIBLE, found)
    first = grim(number, size, minimum=0, maximum=1, roundings=roundings)
    if not first:
        return Verdict(False, first.reason, found, first.nearest)
    if size == 1 and kind == "sample":
        return Verdict(False, Reason.ONE_VALUE, found)
    nearest = {
        print_root(Fraction(ones * (size - ones), size * (size - sample)), spread.decimals)
        for ones in sums(interval(number, None), size, _BINARY)
        for sample in _KINDS[kind]
    }
    return Verdict(False, Reason.BINARY, found, tuple(sorted(nearest)))
