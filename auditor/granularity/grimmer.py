"""GRIMMER: whether n whole numbers can have both the printed mean and the printed SD.

After Anaya J. The GRIMMER test. PeerJ Preprints 2016;4:e2400v1, and Allard A. Analytic-GRIMMER,
2018, but complete and sound: every total that prints as the mean is tried, not only the nearest;
every sum of squares that prints as the SD with each of them; and each pair is decided exactly
(``squares``), where parity alone lets pass what no small sample and no bounded scale can have.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from math import ceil, floor

from auditor.errors import UsageError
from auditor.granularity.grim import interval, nearest_means, sums
from auditor.granularity.inputs import Exact, Number, Scale, make_scale, printed, sample_size
from auditor.granularity.roots import print_root
from auditor.granularity.squares import attainable, greatest_squares, least_squares
from auditor.granularity.verdict import Reason, Verdict, conventions
from auditor.printed import PrintedNumber
from auditor.rounding import NEAREST, Interval, Rounding

_KINDS = {"sample": (True,), "population": (False,), "either": (True, False)}
_FARTHEST = 10_000  # sums of squares that are tried next to an impossible one


def grimmer(
    mean: Number,
    sd: Number,
    n: int,
    *,
    items: int = 1,
    step: Exact = 1,
    minimum: Exact | None = None,
    maximum: Exact | None = None,
    kind: str = "sample",
    roundings: Collection[Rounding] = NEAREST,
    decimals: int | None = None,
    sd_decimals: int | None = None,
) -> Verdict:
    """Whether ``n`` whole numbers can have a mean and an SD that print like this.

    Args:
        mean, sd: as printed, as text ("3.10") to keep their decimals.
        n: number of observations.
        items, step, minimum, maximum, roundings: as in ``grim``. Mean and SD are rounded by the
            same convention, but for ties.
        kind: "sample" (divided by n - 1), "population" (by n) or "either".
        decimals, sd_decimals: number of decimals printed, where ``mean`` or ``sd`` is a float;
            ``sd_decimals`` is ``decimals`` unless told.

    Raises:
        UsageError: an argument that is no such number.
    """
    number = printed(mean, decimals, what="mean")
    spread = printed(sd, decimals if sd_decimals is None else sd_decimals, what="SD")
    size = sample_size(n)
    scale = make_scale(items, step, minimum, maximum)
    if kind not in _KINDS:
        raise UsageError(f"kind must be one of {', '.join(_KINDS)}, not {kind!r}")

    def possible(rounding: Rounding | None) -> bool:
        return any(
            fits(interval(number, rounding), interval(spread, rounding), size, scale, sample)
            for sample in _KINDS[kind]
        )

    allowed, found = conventions(possible, roundings)
    if allowed:
        return Verdict(True, Reason.POSSIBLE, found)
    reason = why_not(number, spread, size, scale, _KINDS[kind], roundings)
    if reason in (Reason.MEAN, Reason.MEAN_BOUNDS):
        return Verdict(False, reason, found, nearest_means(number, size, scale))
    nearest = nearest_sds(number, spread, size, scale, _KINDS[kind])
    return Verdict(False, reason, found, nearest)


def fits(mean: Interval, sd: Interval, n: int, scale: Scale, sample: bool = True) -> bool:
    """Whether some ``n`` observations have their mean and their SD in these intervals."""
    return any(
        _has(n, total, squares, scale)
        for total in sums(mean, n, scale)
        for squares in sums_of_squares(total, sd, n, scale, sample)
    )


def sums_of_squares(total: int, sd: Interval, n: int, scale: Scale, sample: bool) -> range:
    """Sums of squares, in squared grains, with the parity of ``total`` whose SD lies in ``sd``.

    They lie between the least and the greatest that bounds allow; which of them n whole
    numbers have is for ``squares.attainable`` to say.
    """
    window = _window(total, sd, n, scale, sample)
    first = window.start + (window.start + total) % 2
    return range(first, max(window.stop, first), 2)


def _window(total: int, sd: Interval, n: int, scale: Scale, sample: bool) -> range:
    least, greatest = _limits(total, n, scale)
    if (sample and n == 1) or sd.upper is None or sd.lower is None:
        return range(0)
    if sd.upper < 0 or (sd.upper == 0 and not sd.upper_closed):
        return range(0)
    factor = n * (n - 1 if sample else n) / scale.grain**2
    high = (sd.upper**2 * factor + total**2) / n
    last = floor(high) if sd.upper_closed else ceil(high) - 1
    if sd.lower >= 0:
        low = (sd.lower**2 * factor + total**2) / n
        least = max(least, ceil(low) if sd.lower_closed else floor(low) + 1)
    if greatest is not None:
        last = min(last, greatest)
    return range(least, max(least, last + 1))


def _limits(total: int, n: int, scale: Scale) -> tuple[int, int | None]:
    least = least_squares(n, total)
    if scale.least is not None and scale.greatest is not None:
        return least, greatest_squares(n, total, scale.least, scale.greatest)
    bound = scale.least if scale.least is not None else scale.greatest
    if bound is None:
        return least, None
    return least, (n - 1) * bound**2 + (total - (n - 1) * bound) ** 2


def why_not(
    mean: PrintedNumber,
    sd: PrintedNumber,
    n: int,
    scale: Scale,
    kinds: tuple[bool, ...],
    roundings: Collection[Rounding],
) -> Reason:
    """Which step of the test fails, under the most lenient of the conventions."""
    tried = [r for r in Rounding if r in roundings]
    means = [(r, total) for r in tried for total in sums(interval(mean, r), n, scale)]
    if not means:
        open_scale = Scale(scale.grain)
        inside = any(sums(interval(mean, r), n, open_scale) for r in tried)
        return Reason.MEAN_BOUNDS if inside else Reason.MEAN
    if sd.value < 0:
        return Reason.NEGATIVE
    if n == 1 and kinds == (True,):
        return Reason.ONE_VALUE
    cases = [(total, interval(sd, r), n, scale, kind) for r, total in means for kind in kinds]
    if any(sums_of_squares(*case) for case in cases):
        return Reason.GAP
    if any(_window(*case) for case in cases):
        return Reason.PARITY
    printed_spread = [sd.fraction**2 * n * (n - kind) / scale.grain**2 for kind in kinds]
    limits = [(total, *_limits(total, n, scale)) for _, total in means]
    if all(n * least - t**2 > max(printed_spread) for t, least, _ in limits):
        return Reason.TOO_SMALL
    if all(most is not None and n * most - t**2 < min(printed_spread) for t, _, most in limits):
        return Reason.TOO_GREAT
    return Reason.SQUARES


def nearest_sds(
    mean: PrintedNumber,
    sd: PrintedNumber,
    n: int,
    scale: Scale,
    kinds: tuple[bool, ...] = (True,),
) -> tuple[str, ...]:
    """The possible SDs next below and above that go with ``mean``, by ordinary rounding."""
    below: list[Fraction] = []
    above: list[Fraction] = []
    target = max(sd.fraction, Fraction(0)) ** 2 / scale.grain**2
    for sample in kinds:
        divisor = n * (n - 1 if sample else n)
        if not divisor:
            continue
        for total in sums(interval(mean, None), n, scale):
            least, greatest = _limits(total, n, scale)
            middle = max(floor((target * divisor + total**2) / n), least - 1)
            stop = middle + _FARTHEST if greatest is None else min(greatest, middle + _FARTHEST)
            for found, tried in (
                (below, range(min(middle, stop), least - 1, -1)),
                (above, range(max(middle + 1, least), stop + 1)),
            ):
                squares = next((q for q in tried if _has(n, total, q, scale)), None)
                if squares is not None:
                    found.append(Fraction(n * squares - total**2, divisor) * scale.grain**2)
    nearest = [max(below, default=None), min(above, default=None)]
    return tuple(print_root(v, sd.decimals) for v in nearest if v is not None)


def _has(n: int, total: int, squares: int, scale: Scale) -> bool:
    return attainable(n, total, squares, scale.least, scale.greatest)
