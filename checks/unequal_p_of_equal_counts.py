"""The same counts have different P values.

## What it does
Looks at tables of two or more arms with a P value for each row. Three things cannot be: the two
rows of a variable with two categories (men and women) are one and the same table and have one P
value; two rows with the same counts of the same patients have the same P value; arms with equal
shares have P = 1, or 0.5 from a one-sided test. P values of survival times, and P values that
stand once for a whole variable, are left alone. A test that adjusts for other factors can give
rows of equal counts different P values; then the finding is a warning.

## Why it matters
At least one of the P values was not computed from the counts beside it.

## Example
Male 26 of 41 and 27 of 46, P = 0.38; female 15 of 41 and 19 of 46, P = 0.40.

## References
Fisher RA. Statistical Methods for Research Workers, 21.02 (exact treatment of 2x2 tables).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import places
from auditor.extraction.lexicon import says
from auditor.extraction.reading import TableReading
from auditor.extraction.two_by_two import ComparedRow, compared_rows
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.rounding import Rounding, unit


@check(code="PVL001", name="unequal-p-of-equal-counts")
def unequal_p_of_equal_counts(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every pair of P values that belong to one and the same table."""
    judged = 0
    for judgement in manuscript.judged:
        rows = [r for r in compared_rows(judgement) if not says("text", "timed", r.label)]
        own = Counter(row.block for row in rows)
        single = [
            r
            for r in rows
            if (own[r.block] > 1 and not _of_variable(rows, r)) or _alone(judgement.reading, r)
        ]
        for row in single:
            judged += 1
            yield Judged(row.entry.claims)
        pairs = list(_complements(judgement.reading, single))
        for one, other in pairs:
            yield _complement(judgement.reading, one, other)
        for row in single:
            if _level(row):
                yield _no_difference(judgement.reading, row)
        told = {frozenset((one.label, other.label)) for one, other in pairs}
        rest = [r for r in single if not _level(r)]
        yield from _same_counts(judgement.reading, rest, told)
    if not judged:
        raise NotEvaluable("no table of several arms has a P value for each row")


def _of_variable(rows: Sequence[ComparedRow], row: ComparedRow) -> bool:
    """Whether three and more rows of the block repeat one P value: that of the variable."""
    texts = [r.p.text for r in rows if r.block == row.block]
    return len(texts) > 2 and len(set(texts)) == 1


def _alone(reading: TableReading, row: ComparedRow) -> bool:
    """Whether the row is the only one with counts in its block: the P value is its own."""
    return (
        len(
            {e.row.key for e in reading.entries if e.row.block == row.block and e.count is not None}
        )
        == 1
    )


def _complements(
    reading: TableReading, rows: Sequence[ComparedRow]
) -> Iterator[tuple[ComparedRow, ComparedRow]]:
    for block in dict.fromkeys(row.block for row in rows):
        members = [row for row in rows if row.block == block]
        others = {
            e.row.key for e in reading.entries if e.row.block == block and e.count is not None
        }
        if len(members) != 2 or len(others) != 2:
            continue
        one, other = members
        whole = all(
            n is not None and len(a) == len(b) == 1 and a[0] + b[0] == n
            for a, b, n in zip(one.counts, other.counts, one.of, strict=True)
        )
        if whole and one.of == other.of and _apart(one.p, other.p):
            yield one, other


def _level(row: ComparedRow) -> bool:
    """Whether both arms have the same shares and yet a P value below one half."""
    if row.of[0] is None or len(set(row.of)) > 1 or len(set(row.counts)) > 1:
        return False
    if not any(row.counts[0]) or row.counts[0] == (row.of[0],):
        return False  # nobody, or everybody, tells nothing of a difference
    return row.p.fraction + unit(row.p.decimals) < 1 / 2 and row.p.relation != ">"


def _same_counts(
    reading: TableReading, rows: Sequence[ComparedRow], told: AbstractSet[frozenset[str]]
) -> Iterator[Finding]:
    alike: dict[object, list[ComparedRow]] = {}
    for row in rows:
        if None in row.of or all(set(side) == {0} for side in row.counts):
            continue
        sides = tuple(zip(row.counts, row.of, strict=True))
        # With two arms of one size the order of the arms changes no two-sided test.
        turned = len(sides) == 2 and row.of[0] == row.of[1]
        alike.setdefault(frozenset(sides) if turned else sides, []).append(row)
    for members in alike.values():
        apart = [
            pair
            for pair in combinations(members, 2)
            if _apart(pair[0].p, pair[1].p) and frozenset(r.label for r in pair) not in told
        ]
        keys = {row.entry.row.key for pair in apart for row in pair}
        if apart:
            yield _equal(reading, [row for row in members if row.entry.row.key in keys])


def _apart(one: PrintedNumber, other: PrintedNumber) -> bool:
    """Whether no exact P value prints as both, one unit of the coarser left aside."""
    if any(one.interval(r).intersects(other.interval(r)) for r in Rounding):
        return False
    if one.relation == other.relation == "=":
        return abs(one.fraction - other.fraction) > unit(min(one.decimals, other.decimals))
    return True


def _complement(reading: TableReading, one: ComparedRow, other: ComparedRow) -> Finding:
    return Finding(
        severity=Severity.ERROR,
        verdict=Verdict.IMPOSSIBLE,
        message=f"{reading.table.name}: “{one.label}” and “{other.label}” are the two rows of one "
        f"2x{len(one.counts)} table, but their P values are {one.p.text} and {other.p.text}.",
        places=places(one.entry, other.entry, *one.entries, *other.entries),
        reported=f"{one.p.text} and {other.p.text}",
        expected="one P value",
        arithmetic=tuple(
            f"{a[0]} + {b[0]} = {n}"
            for a, b, n in zip(one.counts, other.counts, one.of, strict=True)
        ),
    )


def _no_difference(reading: TableReading, row: ComparedRow) -> Finding:
    counts = " and ".join(map(str, row.counts[0]))
    return Finding(
        severity=Severity.ERROR,
        verdict=Verdict.DISAGREES,
        message=f"{reading.table.name}, row “{row.label}”: all arms have the same counts of the "
        f"same number of patients ({counts} of {row.of[0]}), but the P value is {row.p.text}.",
        places=places(row.entry, *row.entries),
        reported=row.p.text,
        expected="1, or 0.5 from a one-sided test",
        arithmetic=tuple(" = ".join(f"{n}/{of}" for of in row.of) for n in row.counts[0]),
        conventions=("a test adjusted for other factors",),
    )


def _equal(reading: TableReading, rows: Sequence[ComparedRow]) -> Finding:
    labels = ", ".join(f"“{row.label}”" for row in rows)
    texts = [row.p.text for row in rows]
    return Finding(
        severity=Severity.WARNING,
        verdict=Verdict.DISAGREES,
        message=f"{reading.table.name}: the rows {labels} have the same counts of the same "
        f"numbers of patients, but different P values: {', '.join(texts)}.",
        places=places(*(row.entry for row in rows), *(e for row in rows for e in row.entries)),
        reported=", ".join(texts),
        expected="one P value",
        arithmetic=tuple(
            f"{row.label}: "
            + " against ".join(
                f"{' + '.join(map(str, side))} of {n}"
                for side, n in zip(row.counts, row.of, strict=True)
            )
            for row in rows
        ),
        conventions=("a test adjusted for other factors",),
    )
