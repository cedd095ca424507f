"""Medians of two groups that stand in columns of their own beside the hazard ratio of each row.

As in tables of subgroups: arm A (n, median), arm B (n, median), hazard ratio.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.extraction.reading import Entry, Role, TableReading
from auditor.reanalysis.survival import MONTHS, MedianTime, rounded

_WORD = re.compile(r"[^\W_]+")
_VERSUS = re.compile(r"\b(?:versus|vs|v|compared|relative|against|over|to)\b")


def unit_of(label: str) -> str | None:
    """The unit of a row or column of median times to an event; None for every other."""
    label = label.lower()
    if "median" not in label or re.search(r"\bage\b|follow|dur|cycle|hazard|\bhr\b", label):
        return None
    return next((u for u in MONTHS if re.search(rf"\b{u}\b", label)), None)


def median_of(entry: Entry, unit: str) -> MedianTime | None:
    """The median time that a cell prints, or None."""
    value = entry.number(Role.VALUE)
    if value is None or value.relation != "=" or value.value <= 0:
        return None
    return MedianTime(value, unit, rounded(value, MONTHS[unit]), entry.place, entry.claims)


def endpoint_of(label: str) -> str:
    """The endpoint that words name, or ""."""
    if re.search(r"\bPFS\b|(?i:progression)", label):
        return "PFS"
    if re.search(r"\bOS\b|(?i:overall survival|\bdeath\b)", label):
        return "OS"
    found = re.search(r"\b[DERFM]FS\b|\bTT[PF]\b", label)
    return found[0] if found else ""


def median_columns(
    reading: TableReading, ratio: Entry, row: Sequence[Entry]
) -> tuple[tuple[MedianTime, MedianTime] | None, bool | None]:
    """The medians of the two groups of a row in printed order, and whether the ratio is that of
    the first to the second (True), the other way round (False), or unsaid (None)."""
    header = reading.columns[ratio.column].label
    mine = endpoint_of(header)
    found: dict[str, MedianTime] = {}
    for entry in row:
        column = reading.columns[entry.column]
        unit = unit_of(column.label)
        if unit is None or entry.part or (mine and endpoint_of(column.label) not in (mine, "")):
            continue
        made = median_of(entry, unit)
        if made is None or not column.arm or column.arm in found:
            return None, None
        found[column.arm] = made
    if len(found) != 2:
        return None, None
    (one, first), (other, second) = found.items()
    said = (_direction(words, one, other) for words in (header, reading.table.caption))
    return (first, second), next((d for d in said if d is not None), None)


def _direction(words: str, one: str, other: str) -> bool | None:
    """Whether words set the first group against the second: "HR, A versus B"."""
    names = [set(_WORD.findall(name.lower())) for name in (one, other)]
    only = names[0] - names[1], names[1] - names[0]
    said = _WORD.findall(words.lower())
    at = [[i for i, word in enumerate(said) if word in side] for side in only]
    if not at[0] or not at[1]:
        return None
    firsts, seconds = (0, 1) if at[0][0] < at[1][0] else (1, 0)
    between = " ".join(said[at[firsts][0] + 1 : at[seconds][0]])
    if not _VERSUS.search(between) or at[firsts][-1] > at[seconds][0]:
        return None
    return firsts == 0
