"""Barnard's and Boschloo's tests of two proportions: the arms are given, the total is not.

P is the greatest probability, over every common proportion, of a table at least as extreme.
Given the number of events t the tables have hypergeometric probabilities, whatever the
proportion; so with h(t), the probability of an extreme table among those with t events, P is the
greatest value of the mean of h(t) for a binomial t of all patients. The hypergeometric
probabilities, statistics and Fisher's P of all tables of two arm sizes are computed at once and
kept, and so are the binomial probabilities on a grid for one number of patients.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, lgamma, pi, sqrt
from typing import TYPE_CHECKING, NamedTuple

from auditor.statistics.contingency import Counts, two_by_two

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MOST_TABLES = 260_000  # two arms of 500 take 50 milliseconds and 10 megabytes
_SAME_Z = 1 - 1e-10  # statistics that are equal may differ in their last binary digits
_AS_LIKELY = 1 + 1e-7  # as in Fisher's test
_STEPS = 16  # of the grid, in a span of 1 / sqrt(patients) on the arcsine scale
_CLOSE = 0.9  # local maxima on the grid that may turn out to be the greatest
_MOST_PEAKS = 6


class Unconditional(NamedTuple):
    """P values: two-sided and towards the observed difference."""

    barnard: float
    barnard_one_sided: float
    boschloo: float
    boschloo_one_sided: float


def barnard(counts: Counts) -> float | None:
    """Tables are ordered by |z| of two proportions with pooled variance (score statistic).

    Barnard, Biometrika 1947;34:123, with the statistic of Suissa and Shuster, J R Stat Soc A
    1985;148:317; ``scipy.stats.barnard_exact``. None beyond ``MOST_TABLES``.
    """
    found = unconditional(counts)
    return None if found is None else found.barnard


def barnard_one_sided(counts: Counts) -> float | None:
    """As ``barnard``, ordered by z towards the observed difference."""
    found = unconditional(counts)
    return None if found is None else found.barnard_one_sided


def boschloo(counts: Counts) -> float | None:
    """Tables are ordered by Fisher's two-sided P. Boschloo, Stat Neerl 1970;24:1."""
    found = unconditional(counts)
    return None if found is None else found.boschloo


def boschloo_one_sided(counts: Counts) -> float | None:
    """Tables are ordered by Fisher's one-sided P towards the observed difference."""
    found = unconditional(counts)
    return None if found is None else found.boschloo_one_sided


def boschloo_doubled(counts: Counts) -> float | None:
    """Twice the smaller one-sided P, at most 1: ``scipy.stats.boschloo_exact``."""
    found = unconditional(counts)
    return None if found is None else min(1.0, 2 * found.boschloo_one_sided)


def unconditional(counts: Counts) -> Unconditional | None:
    """All four P values of a 2 x 2 table; None for others and beyond ``MOST_TABLES``."""
    cells = two_by_two(counts)
    if cells is None or (cells[0] + cells[1] + 1) * (cells[2] + cells[3] + 1) > MOST_TABLES:
        return None
    a, b, c, d = cells
    return _unconditional(a + b, c + d, a, c)


@lru_cache(maxsize=8192)
def _unconditional(n1: int, n2: int, x1: int, x2: int) -> Unconditional:
    import numpy as np

    arms = _arms(n1, n2)
    here = x1 * (n2 + 1) + x2
    z = float(arms.z[here])
    upwards = z > 0 if z else bool(arms.upper[here] <= arms.lower[here])
    tail = arms.upper if upwards else arms.lower
    extreme = (
        arms.distance >= abs(z) * _SAME_Z,
        (arms.z >= z * _SAME_Z) if upwards else (arms.z <= z * _SAME_Z),
        arms.fisher <= arms.fisher[here] * _AS_LIKELY,
        tail <= tail[here] * _AS_LIKELY,
    )
    shares: Floats = np.stack(
        [np.bincount(arms.events, arms.chance * which, n1 + n2 + 1) for which in extreme]
    )
    return Unconditional(*_greatest_means(shares).tolist())


@dataclass(frozen=True, slots=True)
class _Arms:
    """All tables of two arms, (x1, x2) at x1 * (n2 + 1) + x2.

    Attributes:
        events: x1 + x2; ``chance``: of the table, given the events.
        z: pooled, positive where the first proportion is greater; ``distance``: its magnitude.
        fisher: two-sided P; ``lower``, ``upper``: tails of x1 given the events.
    """

    events: Ints
    chance: Floats
    z: Floats
    distance: Floats
    fisher: Floats
    lower: Floats
    upper: Floats


@lru_cache(maxsize=16)
def _arms(n1: int, n2: int) -> _Arms:
    import numpy as np

    x1, x2 = (grid.ravel() for grid in np.mgrid[0 : n1 + 1, 0 : n2 + 1])
    events, patients = x1 + x2, n1 + n2
    ways = _log_choose(n1)[x1] + _log_choose(n2)[x2] - _log_choose(patients)[events]
    chance = np.exp(ways)
    spread = n1 * n2 * events.astype(float) * (patients - events)
    cross = (x1 * (n2 - x2) - x2 * (n1 - x1)).astype(float)
    z = cross * np.sqrt(np.divide(patients, spread, out=np.zeros_like(cross), where=spread > 0))
    # One row a number of events, one column a place among its tables; 0 where there is none.
    place = x1 - np.maximum(0, events - n2)
    rows = np.zeros((patients + 1, min(n1, n2) + 1))
    rows[events, place] = chance
    rows /= rows.sum(axis=1, keepdims=True)
    lower = np.cumsum(rows, axis=1)
    upper = np.cumsum(rows[:, ::-1], axis=1)[:, ::-1]
    order = np.argsort(rows, axis=1)
    ranked = np.take_along_axis(rows, order, axis=1)
    no_likelier = np.cumsum(ranked, axis=1)
    # At most two tables with the same events are equally likely: one on either side.
    tied = ranked[:, 1:] <= ranked[:, :-1] * _AS_LIKELY
    no_likelier[:, :-1] = np.where(tied, no_likelier[:, 1:], no_likelier[:, :-1])
    fisher = np.empty_like(rows)
    np.put_along_axis(fisher, order, no_likelier, axis=1)
    return _Arms(
        events=events,
        chance=rows[events, place],
        z=z,
        distance=np.abs(z),
        fisher=fisher[events, place],
        lower=lower[events, place],
        upper=upper[events, place],
    )


@lru_cache(maxsize=64)
def _log_choose(n: int) -> Floats:
    import numpy as np

    return np.array([lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) for k in range(n + 1)])


@lru_cache(maxsize=32)
def _grid(patients: int) -> tuple[Floats, Floats]:
    """Logits of a grid of proportions, and the binomial probabilities at each, one column each.

    Even on the arcsine scale, where every binomial distribution has the same width.
    """
    import numpy as np

    steps = ceil(_STEPS * sqrt(patients))
    share = np.sin(np.arange(1, steps) * (pi / 2 / steps)) ** 2
    logits = np.log(share) - np.log1p(-share)
    return logits, _binomial(patients, logits)


def _binomial(patients: int, logits: Floats) -> Floats:
    """Binomial probabilities of 0 to ``patients`` events, one column a logit."""
    import numpy as np

    events = np.arange(patients + 1)[:, None]
    log_one_more = np.logaddexp(0.0, logits)
    return np.asarray(
        np.exp(_log_choose(patients)[:, None] + events * logits - patients * log_one_more)
    )


def _greatest_means(shares: Floats) -> Floats:
    """For each row h(0..N) the greatest mean of h(t) over all binomial distributions of t.

    Every peak on the grid that comes near the highest is climbed by Newton's method.
    """
    import numpy as np

    patients = shares.shape[1] - 1
    logits, chances = _grid(patients)
    means = shares @ chances
    best = np.maximum(means.max(axis=1), np.maximum(shares[:, 0], shares[:, -1]))
    walled = np.concatenate((shares[:, :1], means, shares[:, -1:]), axis=1)
    peaks = (means >= walled[:, :-2]) & (means >= walled[:, 2:]) & (means >= _CLOSE * best[:, None])
    which, where = np.nonzero(peaks & (best < 1)[:, None])
    if which.size > _MOST_PEAKS * len(shares):
        which, where = _highest(means, which, where)
    if which.size == 0:
        return np.asarray(np.minimum(best, 1.0))
    at = logits[where]
    low = np.where(where > 0, logits[np.maximum(where - 1, 0)], at - 2)
    high = np.where(where < logits.size - 1, logits[np.minimum(where + 1, logits.size - 1)], at + 2)
    events = np.arange(patients + 1)[:, None]
    rows = shares[which].T
    for _ in range(3):
        weights = rows * _binomial(patients, at)
        share = 1 / (1 + np.exp(-at))
        off = events - patients * share
        value = weights.sum(axis=0)
        slope = (weights * off).sum(axis=0)
        bend = (weights * off * off).sum(axis=0) - patients * share * (1 - share) * value
        np.maximum.at(best, which, value)
        # Newton's step for the logarithm; where it is not concave, a step uphill.
        curve = bend / value - (slope / value) ** 2
        concave = curve < 0
        step = np.where(
            concave,
            -(slope / value) / np.where(concave, curve, 1.0),
            np.sign(slope) * (high - low) / 8,
        )
        at = np.clip(at + step, low, high)
    np.maximum.at(best, which, (rows * _binomial(patients, at)).sum(axis=0))
    return np.asarray(np.minimum(best, 1.0))


def _highest(means: Floats, which: Ints, where: Ints) -> tuple[Ints, Ints]:
    """Of the peaks of each row the highest few."""
    import numpy as np

    kept = []
    for row in range(len(means)):
        mine = np.flatnonzero(which == row)
        kept.append(mine[np.argsort(-means[row, where[mine]], kind="stable")][:_MOST_PEAKS])
    chosen = np.concatenate(kept)
    return which[chosen], where[chosen]
