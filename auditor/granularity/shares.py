"""Which counts print as a percentage."""

from __future__ import annotations

from auditor.granularity.grim import totals
from auditor.granularity.inputs import Number
from auditor.rounding import Rounding


def counts_of_percent(
    percent: Number, n: int, *, decimals: int | None = None
) -> dict[Rounding, range]:
    """The counts that are ``percent`` of ``n``, by convention of rounding; "39%" or "39".

    ``grim(percent, n, percent=True)`` says whether there is any. A convention under which there
    is none has an empty range.

    Raises:
        UsageError: an argument that is no such number.
    """
    return totals(percent, n, percent=True, decimals=decimals)
