"""Numbers of tables that are printed with a lower and an upper bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.extraction.lexicon import plain
from auditor.extraction.reading import ColumnRole, Entry, Role, TableReading
from auditor.printed import PrintedNumber

_KINDS = {
    "range": re.compile(r"\brange\b|\bmin(?:imum)?\W{1,3}max"),
    "IQR": re.compile(r"\biqr\b|\binterquartile\b|\binter-quartile\b|\bq1\b|\bquartiles?\b"),
    "CI": re.compile(r"\bc\.?i\.?\b|\bconfidence\b|\bcredib"),
}
_MEAN = re.compile(r"\bmeans?\b|\baverage\b")
_MEDIAN = re.compile(r"\bmedians?\b")
_RATIO = re.compile(r"\b[au]?HR\b|\b[Hh]azard\b|\bHAZARD\b")
# In capitals alone: "fourth or later line" states no odds.
_CHANCES = re.compile(r"\b[au]?(?:OR|RR)\b|\b[Oo]dds\b|\b[Rr]isk ratio\b|\b[Rr]elative risk\b")


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number with bounds.

    Attributes:
        value, lower, upper: as printed; the bounds may stand in the row below.
        kinds: what the labels call the bounds: "range", "IQR", "CI"; empty where nothing does.
        statistics: "mean" or "median", "hazard ratio", "odds or risk ratio" where labels say so.
        entries: the entry of the value, and that of the bounds where it is another.
    """

    value: PrintedNumber
    lower: PrintedNumber
    upper: PrintedNumber
    kinds: frozenset[str]
    statistics: frozenset[str]
    entries: tuple[Entry, ...]


def bounded(reading: TableReading) -> Iterator[Bounded]:
    """Every number of the table with its bounds, in reading order.

    Bounds that fill the cell below a lone value belong to it if both rows have one label.
    """
    above: dict[int, Entry] = {}
    for entry in reading.entries:
        roles = tuple(role for role, _ in entry.numbers)
        if reading.columns[entry.column].role is ColumnRole.P_VALUE:
            continue
        if roles[:3] == (Role.VALUE, Role.LOWER, Role.UPPER):
            yield _bounded(reading, [number for _, number in entry.numbers[:3]], (entry,))
        elif roles == (Role.LOWER, Role.UPPER):
            value = above.get(entry.column)
            if (
                value is not None
                and value.row.index == entry.row.index - 1
                and value.row.path == entry.row.path
            ):
                numbers = [n for e in (value, entry) for _, n in e.numbers]
                yield _bounded(reading, numbers, (value, entry))
        if roles == (Role.VALUE,):
            above[entry.column] = entry


def _bounded(
    reading: TableReading, numbers: list[PrintedNumber], entries: tuple[Entry, ...]
) -> Bounded:
    first = entries[0]
    labels = f"{first.row.path} {' '.join(reading.columns[first.column].path)}"
    near = plain(labels)
    far = plain(f"{reading.table.caption} {' '.join(n.text for n in reading.table.footnotes)}")
    kinds = _named(_KINDS, near) or _named(_KINDS, far)
    statistics = _named({"mean": _MEAN, "median": _MEDIAN}, near)
    statistics |= _named({"hazard ratio": _RATIO, "odds or risk ratio": _CHANCES}, labels)
    value, lower, upper = numbers
    return Bounded(value, lower, upper, kinds, statistics, entries)


def _named(words: dict[str, re.Pattern[str]], text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in words.items() if pattern.search(text))
