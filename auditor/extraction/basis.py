"""The denominators of a table: what N each arm's percentages are of.

The denominator is solved, not assumed: the N that a header states is tried first, and
where it explains few of an arm's percentages while another N explains nearly all of them,
the percentages are believed and the header is in question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.extraction.arms import arm_key
from auditor.extraction.fits import best_denominators, explained
from auditor.extraction.percents import Percentage, pairs_of, percentages
from auditor.extraction.reading import Column, StatedN, TableReading
from auditor.extraction.row_bases import SOLVED, Basis, RowBases

LARGEST = 50_000
_MANY = 5
"""An N that is solved from fewer percentages than this is a guess."""


UNKNOWN = Basis(0, "nothing that is printed")


@dataclass(frozen=True, slots=True)
class ArmBasis:
    """The denominator of one arm's percentages in one table.

    Attributes:
        arm: key of the arm, from ``arm_key``.
        basis: the denominator to judge by, or None where it could not be settled.
        stated: what the header (or another table, for the same arm) states.
        solved: the denominators that explain most of the percentages.
        pairs: how many percentages tell of the denominator.
        fit_stated, fit_solved, fit_basis: how many of them the stated N, the solved N and the
            basis (truncation allowed) explain.
        conflict: whether the header's N is contradicted by the percentages under it.
        borrowed: whether ``stated`` stands in another table.
        proven: false for a solved N that few percentages, several numbers or no block support.
    """

    arm: str
    basis: Basis | None
    stated: StatedN | None
    solved: range
    pairs: int
    fit_stated: int
    fit_solved: int
    conflict: bool = False
    fit_basis: int = 0
    borrowed: bool = False
    proven: bool = True


def arm_bases(
    reading: TableReading, elsewhere: Mapping[str, tuple[StatedN, ...]]
) -> dict[str, ArmBasis]:
    """The denominator of every arm of the table.

    Args:
        reading: the table.
        elsewhere: N stated for an arm (by its name, case-folded) in other tables.
    """
    rows = RowBases(reading)
    by_arm: dict[str, list[Percentage]] = {}
    for percentage in percentages(reading):
        if percentage.denominator is None and not rows.of(percentage.entry):
            column = reading.columns[percentage.entry.column]
            by_arm.setdefault(arm_key(column), []).append(percentage)
    return {arm: _arm_basis(reading, arm, members, elsewhere) for arm, members in by_arm.items()}


def _arm_basis(
    reading: TableReading,
    arm: str,
    members: list[Percentage],
    elsewhere: Mapping[str, tuple[StatedN, ...]],
) -> ArmBasis:
    column = reading.columns[members[0].entry.column]
    pairs = pairs_of(members)
    stated = column.stated
    solved, most = best_denominators(pairs, LARGEST)
    largest = max((p.count for p in members), default=0)
    fit_stated = explained(pairs, stated.value) if stated else 0
    enough = most >= 3 and most >= 0.6 * len(pairs) and solved[-1] >= largest
    if stated is not None and stated.value > 0:
        conflict = (
            len(pairs) >= 5
            and fit_stated <= 0.5 * len(pairs)
            and most >= 0.8 * len(pairs)
            and most - fit_stated >= 3
            and solved[-1] >= largest
        )
        basis = (
            Basis(solved.start, SOLVED) if conflict else Basis(stated.value, stated.source, stated)
        )
        return ArmBasis(arm, basis, stated, solved, len(pairs), fit_stated, most, conflict)
    for other in _borrowed(reading, column, elsewhere):
        fits = explained(pairs, other.value)
        if pairs and fits >= max(1, 0.5 * len(pairs), 0.9 * most):
            table = other.place.table
            found = Basis(other.value, f"the same arm in {table}" if table else "the text", other)
            return ArmBasis(arm, found, other, solved, len(pairs), fits, most, borrowed=True)
    if enough:
        sums = _block_sums(reading, members)
        usable = [n for n in sums if n in solved]
        value = max(usable, key=lambda n: (sums[n], -n), default=solved[-1])
        fits = explained(pairs, value)
        many = len(pairs) >= _MANY and fits >= 0.8 * len(pairs)
        return ArmBasis(
            arm,
            Basis(value, SOLVED),
            None,
            solved,
            len(pairs),
            0,
            most,
            fit_basis=fits,
            proven=many and (value in sums or len(solved) == 1),
        )
    return ArmBasis(arm, None, None, solved, len(pairs), 0, most)


def _borrowed(
    reading: TableReading, column: Column, elsewhere: Mapping[str, tuple[StatedN, ...]]
) -> list[StatedN]:
    arms = {c.arm for c in reading.data_columns()}
    caption = [reading.total] if reading.total is not None and len(arms) == 1 else []
    if not column.arm:
        return caption
    return caption + list(elsewhere.get(column.arm.casefold(), ()))


def _block_sums(reading: TableReading, members: list[Percentage]) -> dict[int, int]:
    """How many blocks of the columns of ``members`` add up to each number."""
    columns = {p.entry.column for p in members}
    sums: dict[int, int] = {}
    for (_, column, _), block in reading.blocks().items():
        if column in columns and len(block) > 1:
            total = sum(e.count or 0 for e in block)
            sums[total] = sums.get(total, 0) + 1
    return sums
