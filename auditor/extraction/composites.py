"""Rows that take in other rows: "III" above "IIIA", "ORR" below CR and PR, "≥75" under "≥65"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from auditor.extraction.lexicon import says

_MOST_DROPPED = 8
_MARKER = re.compile(
    r"^(.*?)[\s,:-]*(positive|negative|mutat\w*|mutant|present|\+)$", re.IGNORECASE
)


def children_end(columns: Sequence[Sequence[int | None]], parent: int) -> int | None:
    """Where the rows end that add up to the row ``parent`` in every column that shows them.

    Args:
        columns: the counts of each column, row by row; None where a cell has none.
        parent: index of the row above.

    Returns:
        One past the last child, or None where fewer than two rows add up, or too few columns
        tell.
    """
    rows = len(columns[0]) if columns else 0
    usable = [c for c in columns if c[parent] is not None]
    sums = [0] * len(usable)
    best = None
    for end in range(parent + 1, rows):
        alive = False
        for i, column in enumerate(usable):
            count, whole = column[end], column[parent]
            if count is None or whole is None:
                return best
            sums[i] += count
            if sums[i] > whole:
                return best
            alive = alive or sums[i] < whole
        size = end - parent
        if size >= 2 and not alive and _telling(usable, parent, end):
            best = end + 1
    return best


def composite_rows(columns: Sequence[Sequence[int | None]]) -> set[int]:
    """Rows that are the sum of two or more consecutive rows above them, as a response rate is.

    The sum has to hold in every column that shows the rows, one excepted where there are
    three and more, and at least two columns have to tell.
    """
    found: set[int] = set()
    rows = len(columns[0]) if columns else 0
    for row in range(2, rows):
        for first in range(row - 1):
            if any(_adds_up(columns, row, first, end) for end in range(first + 2, row + 1)):
                found.add(row)
                break
    return found


def _adds_up(columns: Sequence[Sequence[int | None]], row: int, first: int, end: int) -> bool:
    held = missed = 0
    for column in columns:
        whole, parts = column[row], [n for n in column[first:end] if n is not None]
        if whole is None or len(parts) < end - first or sum(n > 0 for n in parts) < 2:
            continue
        held += whole == sum(parts)
        missed += whole != sum(parts)
    return held >= 2 and missed <= (held + missed >= 3)


def _telling(columns: Sequence[Sequence[int | None]], parent: int, end: int) -> bool:
    telling = sum(
        (c[parent] or 0) > 0 and sum((n or 0) > 0 for n in c[parent + 1 : end + 1]) >= 2
        for c in columns
    )
    return telling >= 2 or (telling == 1 and len(columns) == 1 and end - parent >= 3)


def marker_list(labels: Sequence[str]) -> bool:
    """Whether the labels name different markers ("ER positive", "PR positive", "HER2 positive"),
    of which a patient may have several."""
    found: dict[str, set[str]] = {}
    for label in labels:
        if match := _MARKER.match(label.strip()):
            found.setdefault(match[2].casefold(), set()).add(match[1].strip().casefold())
    return any(len(names - {""}) >= 2 for names in found.values())


def overlap_explains(labels: Sequence[str], counts: Sequence[int], whole: int) -> bool:
    """Whether categories that add up to more than ``whole`` do so because rows overlap.

    Some rows may be left out: those whose wording takes in others, whose label goes on from
    that of a row above, or whose count is the sum of two or more neighbours. Where leaving out
    any of them makes the rest add up to ``whole``, or one row alone is the whole, nothing is
    wrong.
    """
    if whole in counts:
        return True
    droppable = [i for i in range(len(labels)) if _may_overlap(labels, counts, i)]
    for size in range(1, min(len(droppable), _MOST_DROPPED) + 1):
        for dropped in combinations(droppable[:12], size):
            rest = [n for i, n in enumerate(counts) if i not in dropped]
            if len(rest) >= 2 and sum(rest) == whole:
                return True
    return False


def _may_overlap(labels: Sequence[str], counts: Sequence[int], i: int) -> bool:
    label = labels[i].casefold()
    if says("exclusive", "composite", label):
        return True
    if any(a and label.startswith(a) and label != a for a in (x.casefold() for x in labels[:i])):
        return True
    others = [n for j, n in enumerate(counts) if j != i and n > 0]
    return any(
        sum(others[a:b]) == counts[i]
        for a in range(len(others))
        for b in range(a + 2, len(others) + 1)
    )
