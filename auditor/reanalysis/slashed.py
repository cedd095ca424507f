"""Cells that hold all categories of a variable: "Male/female: 16/19"."""

from __future__ import annotations

import re

from auditor.extraction.lexicon import fold
from auditor.extraction.reading import Row
from auditor.reanalysis.beside import Beside, Read
from auditor.reanalysis.compared import Counts

_LIST = re.compile(r"\d{1,6}(?:\s?[/:∶]\s?\d{1,6})+")
_BRACKET = re.compile(r"[([]([^()\[\]]*[/:∶][^()\[\]]*)[)\]]")
_APART = re.compile(r"\s?[/:∶]\s?")
_SHARE = re.compile(r"n\s?/\s?n", re.IGNORECASE)


def slashed(beside: Beside, row: Row) -> Read | None:
    """The table of arms by the categories that the row's label lists, or None.

    The label lists as many words as each cell has numbers ("Sex (male/female)"), and they add
    up to the patients of each arm where the header states these.
    """
    lists = [_list(beside, row, arm.columns[0].index) for arm in beside.arms]
    names = categories(row.label, len(lists[0]) if lists and lists[0] else 0)
    if not names or any(len(found) != len(names) for found in lists):
        return None
    stated = [arm.columns[0].stated for arm in beside.arms]
    unsure = any(s is None for s in stated)
    if any(s is not None and sum(x) != s.value for s, x in zip(stated, lists, strict=True)):
        return None
    table: Counts = tuple(tuple(found) for found in lists)
    entries = tuple(e for line in beside.entries(row) for e in line if e is not None)
    return Read((table,), names, entries, "nothing states the number of patients" if unsure else "")


def categories(label: str, number: int) -> tuple[str, ...]:
    """The words that a label lists with slashes, if there are ``number`` of them."""
    if number < 2 or _SHARE.search(label):
        return ()
    text = fold(label)
    inside = _BRACKET.search(text)
    names = _APART.split(inside[1] if inside else text)
    if len(names) != number:
        return ()
    return tuple(name.strip(" ,;") for name in names)


def _list(beside: Beside, row: Row, column: int) -> tuple[int, ...]:
    """The numbers of a cell that holds nothing but a list of counts."""
    cell = beside.of.judgement.reading.table.grid[row.index][column]
    text = fold(cell.clean)
    if len(cell.lines) > 1 or not _LIST.fullmatch(text):
        return ()
    return tuple(int(part) for part in _APART.split(text))
