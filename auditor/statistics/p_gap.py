"""How far a printed P value is from those that the printed inputs allow."""

from __future__ import annotations

import math

from auditor.printed import PrintedNumber
from auditor.statistics.distributions import z_of
from auditor.statistics.p_range import PRange, Span, ends
from auditor.statistics.printed_p import allowed, significant


def printed_span(p: PrintedNumber) -> Span:
    """The exact P values that ``p`` may stand for."""
    return ends(allowed(p))


def orders_off(p: PrintedNumber, found: PRange) -> float:
    """Factor between the nearest allowed and the nearest computed P value, in powers of ten.

    0 where they meet; infinite where one of them is 0.
    """
    low, high = printed_span(p)
    if found.allows(p):
        return 0.0
    greater, less = (found.least, high) if found.least > high else (low, found.greatest)
    return math.inf if less <= 0 else math.log10(greater / less)


def deviates_off(p: PrintedNumber, found: PRange) -> float:
    """Distance between the two as standard normal deviates: what "P = 0.03" and "P = 0.05" are
    apart is the same, 0.2, at every place of the scale where tests differ from each other."""
    low, high = printed_span(p)
    if found.allows(p):
        return 0.0
    greater, less = (found.least, high) if found.least > high else (low, found.greatest)
    return max(0.0, z_of(less) - z_of(greater))


def flips(p: PrintedNumber, found: PRange, alpha: float = 0.05) -> bool:
    """Whether ``p`` and every computed P value lie on different sides of ``alpha``."""
    called = significant(p, alpha)
    if called is None:
        return False
    return found.least >= alpha if called else found.greatest < alpha


def hull(*ranges: PRange | None) -> PRange | None:
    """The range from the least to the greatest of several; None where there is none."""
    known = [r for r in ranges if r is not None]
    if not known:
        return None
    return PRange(min(r.least for r in known), max(r.greatest for r in known))
