"""Counts behind sensitivity, specificity and predictive values, where a table prints all four.

A table of diagnostic accuracy states true and false positives and negatives in rows of their own
("True positives") or two in a row ("True positive / false negative": 114 / 17), and the measures
in the same column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from auditor.extraction.lexicon import plain
from auditor.extraction.reading import Role, TableReading
from auditor.manuscript import Manuscript
from auditor.reanalysis.bounds import PrintedBounds
from auditor.statistics.printed_intervals import counts_of

_Cells = Mapping[tuple[int, int], Mapping[str, int]]
"""Counts "TP", "FN", "FP", "TN" by table and column."""

_NAMES = {
    "TP": r"(?:true[- ]positives?|tp)",
    "FN": r"(?:false[- ]negatives?|fn)",
    "FP": r"(?:false[- ]positives?|fp)",
    "TN": r"(?:true[- ]negatives?|tn)",
}
_NAME = "|".join(f"(?P<{key}{{0}}>{pattern})" for key, pattern in _NAMES.items())
_ROW = re.compile(
    rf"(?:no\.?|number|n)?(?: of)?\s*(?:{_NAME.format(1)})"
    rf"(?:\s*(?:/|and|,)\s*(?:{_NAME.format(2)}))?(?: results?)?,?\s*(?:\(?(?:n|no\.?)\)?)?"
)
_MEASURES = (
    (re.compile(r"\bsensitivity\b"), "TP", "FN"),
    (re.compile(r"\bspecificity\b"), "TN", "FP"),
    (re.compile(r"\bpositive predictive value\b|\bppv\b"), "TP", "FP"),
    (re.compile(r"\bnegative predictive value\b|\bnpv\b"), "TN", "FN"),
)


def diagnostic_counts(manuscript: Manuscript) -> _Cells:
    """The counts of every column that states them, each once."""
    found: dict[tuple[int, int], dict[str, int]] = {}
    twice: set[tuple[int, int]] = set()
    for reading in manuscript.tables:
        for column, name, count in _stated(reading):
            key = reading.table.index, column
            cell = found.setdefault(key, {})
            if cell.setdefault(name, count) != count:
                twice.add(key)  # several thresholds or readers one below the other
    return {key: cell for key, cell in found.items() if key not in twice}


def _stated(reading: TableReading) -> list[tuple[int, str, int]]:
    found = []
    for entry in reading.entries:
        named = _ROW.fullmatch(plain(entry.row.label))
        if named is None:
            continue
        names = [name for i in (1, 2) for name in _NAMES if named[f"{name}{i}"]]
        numbers = [
            number.integer
            for role, number in entry.numbers
            if role in (Role.COUNT, Role.DENOMINATOR, Role.VALUE) and not number.percent
        ]
        if len(numbers) == len(names):
            found += [
                (entry.column, name, count)
                for name, count in zip(names, numbers, strict=True)
                if count is not None
            ]
    return found


def diagnostic_pair(one: PrintedBounds, cells: _Cells) -> tuple[int, int] | None:
    """Count and patients of a measure of accuracy, where its column gives the print."""
    if one.table is None or not one.entries:
        return None
    cell = cells.get((one.table, one.entries[0].column), {})
    labels = plain(one.what)
    named = [(right, wrong) for pattern, right, wrong in _MEASURES if pattern.search(labels)]
    if len(named) != 1 or not all(name in cell for name in named[0]):
        return None
    right, wrong = (cell[name] for name in named[0])
    n = right + wrong
    return (right, n) if n and right in counts_of(one.value, n) else None
