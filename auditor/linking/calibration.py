"""From the strength of evidence to a probability, by what was right on papers with known truth.

``calibration.toml`` beside this file holds, for links and twins that agree and that differ, an
intercept and a slope on the log-odds scale (Platt's scaling), fitted by benchmarks/linking.py.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from pathlib import Path

GROUPS = ("link agrees", "link differs", "twin agrees", "twin differs")
_DATA = Path(__file__).with_suffix(".toml")
_LEAST, _MOST = 0.001, 0.999


@cache
def coefficients() -> dict[str, tuple[float, float]]:
    """Intercept and slope of each group; (0, 1) leaves a confidence as it is."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return {
        group: (float(data[group]["intercept"]), float(data[group]["slope"])) for group in GROUPS
    }


def log_odds(share: float) -> float:
    """ln(p / (1 - p)), with p held off 0 and 1."""
    held = min(max(share, _LEAST), _MOST)
    return math.log(held / (1 - held))


def probability(odds: float) -> float:
    """The inverse of ``log_odds``."""
    return 1 / (1 + math.exp(-odds))


def calibrated(group: str, raw: float) -> float:
    """The probability (0-1, two decimals) that a pair of this group and raw strength is right.

    Raises:
        KeyError: there is no such group.
    """
    intercept, slope = coefficients()[group]
    return round(probability(intercept + slope * log_odds(raw)), 2)
