"""What one survival curve, and two of them, cannot show: laws on printed survival numbers.

Times are in months, shares are fractions of one, all as exact intervals of what may have been
printed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.rounding import Interval
from auditor.statistics.normal import normal_quantile

TIME_SLACK = Fraction(1, 25)
"""A year is 12 months or 365 days, a month 28, 30 or 30.4375 days: times agree to 4%."""

HALF = Fraction(1, 2)


def rises(earlier: Interval, later: Interval) -> bool:
    """Whether the later share is larger than the earlier one, whatever was rounded.

    A survival function never rises (Kaplan EL, Meier P. J Am Stat Assoc 1958;53:457-481, 2).
    """
    return later.lower is not None and earlier.upper is not None and later.lower > earlier.upper


def against_median(at: Fraction, share: Interval, median: Interval) -> bool:
    """Whether a share at a time contradicts the median of the same curve.

    The median is the first time at which the share is one half or less (Brookmeyer R, Crowley J.
    Biometrics 1982;38:29-41), or the middle of the step where it is just one half: after it no
    more than half are left, before it at least half.

    Args:
        at: the time; ``share``: at that time, 0 to 1; ``median``: of the same curve.
    """
    early, late = at * (1 - TIME_SLACK), at * (1 + TIME_SLACK)
    above = share.lower is not None and share.lower > HALF
    below = share.upper is not None and share.upper < HALF
    if above and median.upper is not None and early > median.upper:
        return True
    return below and median.lower is not None and late < median.lower


def exponential_share(at: Fraction, median: Fraction) -> float:
    """The share left at a time under a constant hazard: 2^(-at/median)."""
    return float(2.0 ** (-float(at) / float(median)))


def exponential_ratio(median: Interval, reference: Interval) -> tuple[float, float]:
    """Hazard ratio of two groups with constant hazards, least and greatest.

    Under exponential survival the hazard is ln 2 / median, so the ratio of hazards is the inverse
    ratio of medians (Collett D. Modelling Survival Data in Medical Research, 3rd ed., 5.1).

    Args:
        median: of the group in question; ``reference``: of the one it is compared with.

    Raises:
        ValueError: a median is not above 0 or has no bound.
    """
    bounds = (median.lower, median.upper, reference.lower, reference.upper)
    if any(b is None or b <= 0 for b in bounds):
        raise ValueError("medians must be bounded and above 0")
    low, high, ref_low, ref_high = (float(b) for b in bounds if b is not None)
    return ref_low / high, ref_high / low


def log_error(lower: Interval, upper: Interval, level: Fraction = Fraction(95, 100)) -> float:
    """The greatest standard error of a log ratio that a Wald interval allows: its width on the
    log scale over twice the normal quantile (Altman DG, Bland JM. BMJ 2011;343:d2304).

    Raises:
        ValueError: a bound is not above 0, or open.
    """
    if lower.lower is None or upper.upper is None or lower.lower <= 0:
        raise ValueError("bounds must be above 0")
    z = normal_quantile(float(level))
    return (math.log(upper.upper) - math.log(lower.lower)) / (2 * z)


def least_error(*events: int) -> float:
    """The least standard error of a log hazard ratio between two groups with these events.

    sqrt(1/d1 + 1/d2), which is never below 2/sqrt(d) for d events in all (Schoenfeld D.
    Biometrika 1981;68:316-319; Parmar MK, Torri V, Stewart L. Stat Med 1998;17:2815-2834).

    Args:
        events: of each of two groups, or of both together.

    Raises:
        ValueError: no events, or numbers of more than two groups.
    """
    if not 1 <= len(events) <= 2 or any(d <= 0 for d in events):
        raise ValueError("events of one or two groups, above 0")
    if len(events) == 1:
        return 2 / math.sqrt(events[0])
    return math.sqrt(1 / events[0] + 1 / events[1])


@dataclass(frozen=True, slots=True)
class Combined:
    """Independent P values as a whole.

    Attributes:
        k: how many. ``stouffer``: share of chance that the P values together are so low;
            ``stouffer_high``: so high. ``fisher``: as ``stouffer``, by Fisher's method.
    """

    k: int
    stouffer: float
    stouffer_high: float
    fisher: float


def combined(p_values: Sequence[float]) -> Combined:
    """P values of independent tests under true null hypotheses, combined.

    Stouffer SA et al. The American Soldier, vol. 1 (1949): the sum of normal quantiles over
    sqrt(k). Fisher RA. Statistical Methods for Research Workers (1932), 21.1: minus twice the sum
    of logarithms is chi-squared with 2k degrees of freedom.

    Raises:
        ValueError: none, or one outside 0 to 1.
    """
    if not p_values or any(not 0 <= p <= 1 for p in p_values):
        raise ValueError("P values between 0 and 1")
    from scipy.special import chdtrc, ndtr, ndtri

    kept = [min(max(p, 1e-12), 1 - 1e-12) for p in p_values]
    z = sum(float(ndtri(p)) for p in kept) / math.sqrt(len(kept))
    fisher = chdtrc(2 * len(kept), -2 * sum(math.log(p) for p in kept))
    return Combined(len(kept), float(ndtr(z)), float(ndtr(-z)), float(fisher))
