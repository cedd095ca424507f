"""What the checks of totals share: a law is accused of a break only where it mostly holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.extraction.describe import addition, places, where
from auditor.extraction.reading import Role, TableReading
from auditor.extraction.wholes import Addition
from auditor.finding import Finding, Judged, Severity, Verdict


def broken(
    reading: TableReading, additions: Iterable[Addition], parts: str, *, least: int
) -> Iterator[Finding | Judged]:
    """Findings for the additions that break a law which holds elsewhere in the table.

    Args:
        reading: the table.
        additions: instances of laws; those of one law are weighed together.
        parts: what is added up, for the message ("arms").
        least: how many instances have to hold before a break is believed.
    """
    laws: dict[str, list[Addition]] = {}
    for item in additions:
        if item.telling:
            laws.setdefault(item.law, []).append(item)
    for members in laws.values():
        held = [a for a in members if a.holds]
        failed = [a for a in members if not a.holds]
        if len(held) < least or len(held) < 2 * len(failed):
            continue
        for item in members:
            yield Judged(item.whole.claims)
            for entry in item.parts:
                yield Judged(entry.claims)
        sure = len(held) >= max(4, 4 * len(failed))
        for item in failed:
            yield _finding(reading, item, parts, len(held), sure=sure)


def _finding(
    reading: TableReading, item: Addition, parts: str, held: int, *, sure: bool
) -> Finding:
    counts = [
        (e.denominator if item.role is Role.DENOMINATOR else e.count) or 0 for e in item.parts
    ]
    what = "denominators" if item.role is Role.DENOMINATOR else "counts"
    return Finding(
        severity=Severity.ERROR if sure else Severity.WARNING,
        verdict=Verdict.DISAGREES,
        message=f"{where(reading, item.whole)}: the total is {item.stated}, but the {what} of "
        f"the {parts} add up to {item.total}.",
        places=places(item.whole, *item.parts),
        reported=str(item.stated),
        expected=str(item.total),
        arithmetic=(
            f"{addition(counts)}, printed {item.stated}",
            f"the same sum holds in {held} other places of the table",
        ),
    )
