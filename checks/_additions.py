"""What the checks of totals share: a law is accused of a break only where it mostly holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from auditor.errors import NotEvaluable
from auditor.extraction.describe import addition, places, where
from auditor.extraction.reading import Role, TableReading
from auditor.extraction.wholes import Addition
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript


def judge_totals(
    manuscript: Manuscript,
    additions: Callable[[TableReading], Iterable[Addition]],
    parts: str,
    *,
    least: int,
    nothing: str,
) -> Iterator[Finding | Judged]:
    """Weigh the additions of every table.

    Args:
        manuscript: as read.
        additions: finds the sums that should hold in a table.
        parts: what is added up, for the message ("arms").
        least: how many sums of a law have to hold before a break is believed.
        nothing: why the check is not evaluable where there is no sum at all.

    Raises:
        NotEvaluable: no table has such a sum.
    """
    telling = 0
    for reading in manuscript.tables:
        found = [a for a in additions(reading) if a.telling]
        telling += len(found)
        yield from _broken(reading, found, parts, least=least)
    if not telling:
        raise NotEvaluable(nothing)


def _broken(
    reading: TableReading, additions: Iterable[Addition], parts: str, *, least: int
) -> Iterator[Finding | Judged]:
    """Findings for the additions that break a law which holds elsewhere in the table."""
    laws: dict[str, list[Addition]] = {}
    for item in additions:
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
