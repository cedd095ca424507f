"""Tables whose rows are the groups: subgroups with their responders, factors by outcome."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.extraction.lexicon import says
from auditor.extraction.reading import Entry, Row
from auditor.reanalysis.beside import Beside, Read


def by_rows(beside: Beside, rows: Sequence[Row], *, row_wise: bool) -> Read | None:
    """The table of rows by columns, or of rows by "these and the rest" for a single column.

    With several columns every row's counts must add up to the number of which its percentages
    are; with one, that number is what each count is of.
    """
    known = [r for r in rows if not says("exclusive", "missing", r.label)]
    if len(known) < 2:
        return None
    lines: list[tuple[int, ...]] = []
    entries: list[Entry] = []
    for row in known:
        own = [e for line in beside.entries(row) for e in line]
        kept = [e for e in own if e is not None and e.count is not None]
        if len(kept) != len(own):
            return None
        of = [beside.of.of(e).values for e in kept]
        counts = tuple(e.count or 0 for e in kept)
        if len(kept) == 1:
            if len(of[0]) != 1 or counts[0] > of[0][0]:
                return None
            lines.append((counts[0], of[0][0] - counts[0]))
        elif row_wise and any(of) and all(sum(counts) in values for values in of if values):
            lines.append(counts)
        else:
            return None
        entries += kept
    if len(beside.arms) == 1 and _distribution(beside, lines):
        return None
    arms = tuple(a.label for a in beside.arms)
    categories = arms if len(arms) > 1 else (arms[0], "others")
    return Read((tuple(lines),), categories, tuple(entries), groups=tuple(r.label for r in known))


def _distribution(beside: Beside, lines: Sequence[tuple[int, ...]]) -> bool:
    """Whether the rows are the categories of all patients of the one column, and no groups."""
    stated = beside.arms[0].columns[0].stated
    sizes = {sum(line) for line in lines}
    if len(sizes) > 1:
        return False
    size = sizes.pop()
    return sum(line[0] for line in lines) == size or (stated is not None and stated.value == size)
