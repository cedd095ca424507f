"""Mean changes with SD within one group and the P value beside each, from tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from auditor.extraction.describe import places
from auditor.extraction.lexicon import plain
from auditor.extraction.reading import Column, ColumnRole, Entry, Role, TableReading
from auditor.reanalysis.compared_means import ComparedMeans, Mean

_WITHIN = re.compile(
    r"\bwithin\b|\bpaired\b|\bintra-?group\b"
    r"|\b(?:vs\.?|versus|from|against|compared (?:with|to)) (?:the )?(?:baseline|before|pre)"
)
_CHANGE = re.compile(
    r"\bchanges?\b|δ|\bdelta\b|\bdifference|\breduc|\bdecreas|\bincreas|\bgain|\bimprove"
)
_NO_SD = re.compile(r"%|\bpercent|\bratio\b|\bmedians?\b|\bbetween\b|\bc\.?i\.?\b")


def within_groups(
    reading: TableReading,
    sizes: Mapping[str, int],
    arm_key: Callable[[str], str],
    spread: Callable[[str, str], str],
) -> Iterator[tuple[ComparedMeans, Column, Entry]]:
    """Each change "−0.63 ± 1.56" of an arm with the P value of the arm that says "within", with
    its column and cell.

    Args:
        sizes: of the arms, by ``arm_key``.
        spread: "SD" or "SE" as near and far words name what stands behind the means, or "".
    """
    pairs = list(_pairs(reading))
    general = " ".join(n.text for n in reading.table.footnotes if not n.mark)
    for entries in reading.by_row().values():
        by_column = {e.column: e for e in entries if e.part == 0}
        for change, test in pairs:
            entry, tested = by_column.get(change.index), by_column.get(test.index)
            p = tested.number(Role.P_VALUE) if tested is not None else None
            if entry is None or tested is None or p is None or _NO_SD.search(plain(entry.row.path)):
                continue
            if tuple(role for role, _ in entry.numbers) != (Role.VALUE, Role.SPREAD):
                continue
            (_, mean), (_, sd) = entry.numbers
            near, far = f"{entry.row.path} {change.label}", f"{reading.table.caption} {general}"
            called = spread(near, far)
            n = change.stated.value if change.stated is not None else sizes.get(arm_key(change.arm))
            exact = mean.relation == sd.relation == "=" and not sd.percent and sd.value > 0
            if not called or n is None or n < 2 or not exact:
                continue
            yield (
                ComparedMeans(
                    p=p,
                    p_place=tested.place,
                    groups=(Mean(change.arm, mean, sd, n),),
                    what=f"{reading.table.name}, {entry.row.path}, {change.label}",
                    spread=called,
                    places=places(entry),
                    claims=(*tested.claims, *entry.claims),
                    table=reading.table.index,
                    where="the column header",
                ),
                test,
                tested,
            )


def _pairs(reading: TableReading) -> Iterator[tuple[Column, Column]]:
    """The only column of changes of an arm, and the column of P values within this arm."""
    for test in reading.columns:
        said = plain(test.sub or test.label)
        if test.role is not ColumnRole.P_VALUE or not test.sub or not _WITHIN.search(said):
            continue
        own = [c for c in reading.columns if c.arm == test.arm and c.role is ColumnRole.DATA]
        changes = [
            c for c in own if _CHANGE.search(plain(c.sub)) and not _NO_SD.search(plain(c.sub))
        ]
        tests = [c for c in reading.columns if c.arm == test.arm and c.role is ColumnRole.P_VALUE]
        if len(changes) == 1 and len(tests) == 1:
            yield changes[0], test
