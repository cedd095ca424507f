"""Words that name a hazard, odds or risk ratio; "HR" is also hormone receptor and heart rate."""

from __future__ import annotations

import re

_HAZARD = re.compile(
    r"\b[au]?HR\b(?!\s?[+−–-](?!\d)|[\s/-]*(?:HER\d?|posit\w+|negat\w+|status|receptors?)\b)"
    r"|\b[Hh]azards?\b|\bHAZARDS?\b"
)
_OTHER_HR = re.compile(r"\bheart rate\b|\bbeats\b|\bbpm\b", re.IGNORECASE)
# In capitals alone: "fourth or later line" states no odds.
_CHANCES = re.compile(r"\b[au]?(?:OR|RR)\b|\b[Oo]dds\b|\b[Rr]isk ratio\b|\b[Rr]elative risk\b")


def hazard_ratio(words: str) -> bool:
    """Whether the words name a hazard ratio."""
    return bool(_HAZARD.search(words)) and not _OTHER_HR.search(words)


def odds_or_risk_ratio(words: str) -> bool:
    """Whether the words name an odds ratio, a risk ratio or a relative risk."""
    return bool(_CHANCES.search(words))
