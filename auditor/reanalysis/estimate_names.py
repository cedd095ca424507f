"""Labels of tables that name an estimate and the level of its interval."""

from __future__ import annotations

import re

from auditor.extraction.ratio_names import hazard_ratio

_NAMES = (
    ("OR", re.compile(r"\b[au]?OR\b|\b(?i:odds ratio)")),
    ("RR", re.compile(r"\b[au]?RR\b|\b[au]?IRR\b|\b(?i:(?:risk|rate|relative) (?:ratio|risk))")),
    (
        "difference",
        re.compile(
            r"\b(?:mean |risk |absolute |treatment |estimated |rate )*difference\b|\bMD\b"
            r"|\bcoefficient\b|^β|\bbeta\b",
            re.IGNORECASE,
        ),
    ),
)
_LEVEL = re.compile(r"\b(9\d(?:\.\d{1,3})?)\s?[%％]")


def name_of(labels: str) -> str:
    """ "HR", "OR", "RR", "difference", or "" where labels name none or several of them."""
    names = ["HR"] if hazard_ratio(labels) else []
    names += [name for name, pattern in _NAMES if pattern.search(labels)]
    return names[0] if len(names) == 1 else ""


def level_of(labels: str) -> float | None:
    """The level of the interval; 0.95 where none is printed, None where several are."""
    found = set(_LEVEL.findall(labels))
    if len(found) > 1:
        return None
    return float(found.pop()) / 100 if found else 0.95
