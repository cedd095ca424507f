"""What of the estimates a report shows: rates with the intervals that papers print.

Of the single best responses papers print none.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.estimate import Estimate

SHOWN = ("Clopper-Pearson", "Wilson 95%")
"""Beginnings of the names of intervals of rates; the other ones are there to be compared with."""


def headline(estimates: Iterable[Estimate]) -> tuple[Estimate, ...]:
    """All estimates but the limits of rates by intervals that few papers use."""
    return tuple(
        e
        for e in estimates
        if e.of != "rate"
        or e.statistic not in ("lower", "upper")
        or (not e.endpoint.startswith("BOR=") and any(c.startswith(SHOWN) for c in e.conventions))
    )
