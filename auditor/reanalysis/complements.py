"""A group against all others: the others are what a total leaves without the group."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from auditor.linking.agreement import Agreement, with_exact
from auditor.printed import PrintedNumber
from auditor.reanalysis.cell_counts import CellCount, percentage
from auditor.statement import Statement

_OTHERS = re.compile(
    r"\bothers?\b(?! hand\b)|\bremaining\b|\bthe rest\b|\b(?:later|further) lines?\b", re.IGNORECASE
)
_WITHOUT = re.compile(r"\bwithout\b|\bnot\b|\bno\b|\bnon-|\babsen[ct]", re.IGNORECASE)


def opposes_others(words: str) -> bool:
    """Whether a sentence sets a group against the others."""
    return _OTHERS.search(words) is not None


def opposes_absence(words: str) -> bool:
    """Whether a sentence may set those that have something against those that have not."""
    return _WITHOUT.search(words) is not None


def against_others(
    members: Sequence[Statement], concept: str, cells: Mapping[str, Sequence[CellCount]]
) -> tuple[tuple[CellCount, CellCount], ...]:
    """Cells of a group and of all patients whose difference the second percentage is of.

    A group counts 4 of 8 and all patients 6 of 31: the others are 2 of 23. Both percentages must
    be printed, and both must be right; the order is open.

    Returns:
        Pairs of group and whole.
    """
    if len(members) != 2 or not concept:
        return ()
    shares = [percentage(m) for m in members]
    first, second = shares
    if first is None or second is None:
        return ()
    known = cells.get(concept, ())
    return tuple(
        (part, whole)
        for whole in known
        for part in known
        if _within(part, whole) and _show(first, second, part, whole)
    )


def rest(part: CellCount, whole: CellCount) -> tuple[int, int]:
    """Count and number of patients of the others."""
    return whole.count - part.count, whole.n - part.n


def _within(part: CellCount, whole: CellCount) -> bool:
    """Whether the cell is of a group of those that the other counts, in the same table."""
    return (
        part.place.table_index == whole.place.table_index
        and whole.topic.terms < part.topic.terms
        and len(part.topic.terms) == len(whole.topic.terms) + 1
        and part.n < whole.n
        and 0 <= whole.count - part.count <= whole.n - part.n
        and part.topic.grades == whole.topic.grades
        and part.topic.modifiers == whole.topic.modifiers
    )


def _show(first: PrintedNumber, second: PrintedNumber, part: CellCount, whole: CellCount) -> bool:
    count, n = rest(part, whole)
    others = Fraction(100 * count, n)
    return any(
        with_exact(one, part.share) is Agreement.AGREES
        and with_exact(other, others) is Agreement.AGREES
        for one, other in ((first, second), (second, first))
    )
