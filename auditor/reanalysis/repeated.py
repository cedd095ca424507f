"""Comparisons that the text states twice: with their counts in one place, as percentages in
another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from auditor.linking.agreement import Agreement, with_exact
from auditor.linking.claims import claim_ids
from auditor.reanalysis.cell_counts import percentage
from auditor.reanalysis.compared import ComparedCounts, Counts
from auditor.reanalysis.text_tests import TextTest
from auditor.statement import Statement


def repeated(test: TextTest, known: Sequence[ComparedCounts]) -> ComparedCounts | None:
    """The comparison of ``known`` that a sentence repeats in percentages, or None.

    It has the same P value, and its counts give all of the percentages.
    """
    found: dict[Counts, ComparedCounts] = {}
    for other in known:
        same = (other.p.value, other.p.relation) == (test.p.value, test.p.relation)
        if same and other.certain and _gives(other.tables[0], test.members):
            found.setdefault(tuple(sorted(other.tables[0])), other)
    if len(found) != 1 or test.doubts:
        return None
    (other,) = found.values()
    own = (test.claim, *(name for m in test.members for name in claim_ids(m)))
    return replace(
        other,
        p=test.p,
        p_place=test.place,
        places=(*(m.place for m in test.members), *other.places),
        claims=tuple(dict.fromkeys((*own, *other.claims))),
        sides=test.sides,
        test=test.test,
    )


def _gives(table: Counts, members: Sequence[Statement]) -> bool:
    """Whether the rows of a table have the shares of the members, in some order."""
    shares = [percentage(m) for m in members]
    if len(table) != len(members) or len(table) > _MOST or any(s is None for s in shares):
        return False
    return any(all(_fits(rows, members)) for rows in permutations(table))


_MOST = 4


def _fits(rows: Sequence[tuple[int, ...]], members: Sequence[Statement]) -> Iterator[bool]:
    for row, member in zip(rows, members, strict=True):
        share, n = percentage(member), sum(row)
        count = member.count.integer if member.count is not None else row[0]
        exact = Fraction(100 * row[0], n) if n else None
        yield (
            share is not None
            and exact is not None
            and count == row[0]
            and with_exact(share, exact) is Agreement.AGREES
        )
