"""Categories that share out the patients, for P values that stand once for a variable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.extraction.lexicon import says
from auditor.extraction.partitions import Partition
from auditor.extraction.reading import Entry, Row, RowKind
from auditor.reanalysis.beside import Beside, Read
from auditor.reanalysis.compared import Counts

_ORDER = re.compile(
    r"\bstage|\bstaging|\bgrades?\b|\becog\b|\bperformance|\bkarnofsky|\bnumber of|\bno\. of|"
    r"\blines? of|\bsize|\bdifferentiation|\bscore|\bclass\b|\bage\b|\bbmi\b|"
    r"\bnyha\b|\basa\b|\bseverity|\bchild|\bcycles\b|\bresponse\b|\bfrequency|\beducation",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"^\W*(?:grade|stage|score|class|level|[TN])?\s*(?:[<>≤≥=]\s*)?(?:\d|[IV]+\b)")

_MOST = 0.85
"""Categories of fewer patients than this share of an arm are no variable of all of them."""


def block(
    beside: Beside,
    rows: Sequence[Row],
    partitions: Sequence[Partition],
    needed: Row | None = None,
) -> Read | None:
    """The table of arms by categories, if ``rows`` begin with categories that share out all.

    Every arm's counts must add up to its patients, or to the smaller number of which all its
    percentages are. Rows for missing values are left out first, then counted as a category:
    both are done. ``needed`` is a row that must be one of the categories.
    """
    members = [r for r in rows if r.kind is RowKind.COUNT and not says("rows", "total", r.label)]
    for categories in _candidates(members, partitions):
        if needed is not None and needed not in categories:
            continue
        known = [r for r in categories if not says("exclusive", "missing", r.label)]
        whole = _adds_up(beside, categories)
        if not whole and (len(known) == len(categories) or not _adds_up(beside, known)):
            continue
        sets = [s for s in (known, categories if whole else []) if len(s) >= 2]
        sets = sets[:1] if len(known) == len(categories) else sets
        if not sets:
            return None
        tables = tuple(_table(beside, s) for s in sets)
        return Read(tables, tuple(r.label for r in sets[0]), _entries(beside, categories))
    return None


def known_only(beside: Beside, rows: Sequence[Row]) -> Read | None:
    """The table of arms by categories where a few patients of each arm are in none of them, or
    where nothing states how many patients there are.

    Nothing says that they are missing, so that this is no certain reading.
    """
    members = [r for r in rows if r.kind is RowKind.COUNT and not says("rows", "total", r.label)]
    known = [r for r in members if not says("exclusive", "missing", r.label)]
    if len(known) < 2:
        return None
    doubt = "the categories do not add up to all patients"
    if not any(arm.columns[0].stated for arm in beside.arms):
        found = [e for row in known for line in beside.entries(row) for e in line]
        bare = all(e is not None and e.count is not None and e.percent is None for e in found)
        if bare and not any(e is not None and beside.of.of(e).values for e in found):
            doubt = "nothing states the number of patients"
            labels = tuple(r.label for r in known)
            return Read((_table(beside, known),), labels, _entries(beside, known), doubt)
    for arm in range(len(beside.arms)):
        entries = [e for row in known if (e := beside.entries(row)[arm][0]) is not None]
        of = {n for e in entries for n in beside.of.of(e).values[:1]}
        if len(entries) != len(known) or len(of) != 1:
            return None
        if not _MOST * (n := of.pop()) <= sum(e.count or 0 for e in entries) < n:
            return None
    table = _table(beside, known)
    return Read((table,), tuple(r.label for r in known), _entries(beside, known), doubt)


def _table(beside: Beside, rows: Sequence[Row]) -> Counts:
    arms = range(len(beside.arms))
    return tuple(tuple(_count(beside, row, arm) for row in rows) for arm in arms)


def _entries(beside: Beside, rows: Sequence[Row]) -> tuple[Entry, ...]:
    return tuple(e for row in rows for line in beside.entries(row) for e in line if e)


def ordered(heading: str, labels: Sequence[str]) -> bool:
    """Whether the categories have an order: stages, grades, numbers."""
    if len(labels) < 3:
        return False
    return bool(_ORDER.search(heading)) or all(_LEVEL.search(label) for label in labels)


def _candidates(members: list[Row], partitions: Sequence[Partition]) -> Iterator[list[Row]]:
    """All rows, then those that are known to be a partition, then ever fewer from the top."""
    yield members
    keys = {r.key for r in members}
    for partition in partitions:
        rows = [r for r in partition.rows if r.key in keys]
        if rows and rows[0].key == members[0].key and len(rows) == len(partition.rows):
            yield rows
    for length in range(len(members) - 1, 1, -1):
        yield members[:length]


def _adds_up(beside: Beside, rows: Sequence[Row]) -> bool:
    """Whether in every arm the rows add up to the number of its patients."""
    if len(rows) < 2:
        return False
    for arm, group in enumerate(beside.arms):
        found = [line[arm][0] for row in rows for line in [beside.entries(row)]]
        entries = [e for e in found if e is not None and e.count is not None]
        if len(entries) < 2 and len(rows) > 2 or not entries:
            return False
        total = sum(e.count or 0 for e in entries)
        stated = group.columns[0].stated
        bases = [set(beside.of.of(e).values) for e in entries if e.count]
        shared = bool(bases) and all(total in values for values in bases)
        if total == 0 or not (shared or (stated is not None and stated.value == total)):
            return False
    return True


def _count(beside: Beside, row: Row, arm: int) -> int:
    """A count; a blank is nobody where all others add up to the patients."""
    entry: Entry | None = beside.entries(row)[arm][0]
    return (entry.count or 0) if entry is not None else 0
