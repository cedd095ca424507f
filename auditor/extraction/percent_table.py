"""The percentages of a table with every denominator that the table offers for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.extraction.arms import arm_key
from auditor.extraction.basis import LARGEST, ArmBasis
from auditor.extraction.fits import (
    Fit,
    attainable,
    best_denominators,
    explained,
    fit,
    percentage,
)
from auditor.extraction.lexicon import says
from auditor.extraction.percents import Percentage, pairs_of
from auditor.extraction.reading import Entry, TableReading
from auditor.extraction.row_bases import KNOWN, Basis, RowBases
from auditor.rounding import Rounding


def how_it_fits(member: Percentage, basis: Basis) -> Fit:
    """How well the percentage is right over the denominator."""
    return fit(member.count, basis.value, member.percent)


@dataclass(slots=True)
class PercentTable:
    """The percentages of one table, by row, block and arm.

    Attributes:
        reading: the table.
        members: its percentages without a denominator of their own.
        arms: the denominators of its arms.
        rows: the members by row.
        by_arm: the members by arm.
        truncated: whether the table cuts its percentages off instead of rounding them.
    """

    reading: TableReading
    members: tuple[Percentage, ...]
    arms: Mapping[str, ArmBasis]
    rows: dict[tuple[int, int], list[Percentage]] = field(init=False, default_factory=dict)
    by_arm: dict[str, list[Percentage]] = field(init=False, default_factory=dict)
    truncated: bool = field(init=False)
    _blocks: dict[tuple[int, str, int], list[Percentage]] = field(init=False, default_factory=dict)
    _counts: dict[tuple[int, int, int], list[Entry]] = field(init=False)
    _stated: RowBases = field(init=False)
    _found: dict[int, list[Basis]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for member in self.members:
            self.rows.setdefault(member.entry.row.key, []).append(member)
            self._blocks.setdefault(self._block_key(member), []).append(member)
            self.by_arm.setdefault(self.arm_of(member), []).append(member)
        self._counts = self.reading.blocks()
        self._stated = RowBases(self.reading)
        self.truncated = self._cuts_off()

    def fitting(self, member: Percentage) -> tuple[Basis, Fit] | None:
        """The first of the member's denominators that explains it, the nearest fit first."""
        fits = [(basis, how_it_fits(member, basis)) for basis in self.bases(member)]
        for wanted in (Fit.NEAREST, Fit.LOOSE):
            for basis, how in fits:
                if how is wanted:
                    return basis, how
        return None

    def _cuts_off(self) -> bool:
        """Whether the table cuts its percentages off: all that fit their N do, three tell."""
        odd = 0
        for member in self.members:
            found = self.fitting(member)
            if found is None or not member.telling:
                continue
            exact = percentage(member.count, found[0].value)
            if exact not in member.percent.interval(Rounding.DOWN):
                return False
            odd += found[1] is Fit.LOOSE
        return odd >= 3

    def may_be_of(self, member: Percentage, limit: int) -> range:
        """Denominators that give the percentage by any rounding: what is accused as impossible
        must be so even if a single percentage was cut off."""
        return attainable(member.count, member.percent, limit, truncated=True)

    def arm_of(self, member: Percentage) -> str:
        return arm_key(self.reading.columns[member.entry.column])

    def _block_key(self, member: Percentage) -> tuple[int, str, int]:
        return (member.entry.row.block, self.arm_of(member), member.entry.part)

    def bases(self, member: Percentage) -> list[Basis]:
        """Every denominator that is stated or solved for the member, nearest first."""
        key = id(member.entry)
        if key not in self._found:
            self._found[key] = self._find_bases(member)
        return self._found[key]

    def _find_bases(self, member: Percentage) -> list[Basis]:
        found = [b for b in self._stated.of(member.entry) if b.value > 0]
        arm = self.arms.get(self.arm_of(member))
        if arm is not None and arm.basis is not None:
            found.append(arm.basis)
            header = arm.stated
            if header is not None and 0 < header.value != arm.basis.value:
                found.append(Basis(header.value, header.source, header))
        return found + self._known(member, found)

    def _known(self, member: Percentage, found: list[Basis]) -> list[Basis]:
        """N without the missing, where it explains the block better than N itself."""
        unknown = self._unknown(member)
        if not unknown:
            return []
        block = self.block(member)
        pairs = pairs_of(p for p in block if not self._missing(p.entry))
        return [
            Basis(b.value - unknown, KNOWN, b.stated)
            for b in found
            if b.value > unknown and explained(pairs, b.value - unknown) > explained(pairs, b.value)
        ]

    def _missing(self, entry: Entry) -> bool:
        return says("exclusive", "missing", entry.row.label)

    def _unknown(self, member: Percentage) -> int:
        """Patients whom the block counts as missing, or counts without a percentage."""
        entry = member.entry
        members = self._counts.get((entry.row.block, entry.column, entry.part), [])
        if not entry.row.headed or self._missing(entry):
            return 0
        return sum(e.count or 0 for e in members if e.percent is None or self._missing(e))

    def shared(self, member: Percentage) -> Basis | None:
        """A smaller denominator that explains the whole block of the member."""
        bases = self.bases(member)
        limit = bases[0].value if bases else LARGEST
        members = [p for p in self.block(member) if not self._missing(p.entry)]
        pairs = pairs_of(members)
        if len(pairs) < 2 or member not in members:
            return None
        run = self._run(member, members, limit)
        if run is not None:
            return run
        span, most = best_denominators(pairs, limit, truncated=self.truncated)
        whole = most == len(pairs)
        large = most >= 3 and most >= 0.75 * len(pairs)
        if not (whole or large) or most <= (explained(pairs, limit) if bases else 0):
            return None
        total = sum(p.count for p in members)
        return Basis(total if total in span else span[-1], "the percentages of the block")

    def siblings(self, member: Percentage, denominator: int) -> int:
        """How many other percentages of the block (or unheaded column) fit the denominator."""
        members = self.block(member)
        if len(members) < 2:
            arm = self.by_arm[self.arm_of(member)]
            members = [p for p in arm if not p.entry.row.headed or p.entry.row.level == 0]
        return explained(pairs_of(p for p in members if p is not member), denominator)

    def partition(self, member: Percentage, denominator: int) -> bool:
        """Whether the counts of the block add up to the denominator, nobody missing."""
        entry = member.entry
        members = self._counts.get((entry.row.block, entry.column, entry.part), [])
        whole = sum(e.count or 0 for e in members) == denominator
        of_known = any(b.source == KNOWN for b in self.bases(member))
        return len(members) >= 2 and whole and not of_known

    def _run(self, member: Percentage, members: list[Percentage], limit: int) -> Basis | None:
        """The first rows of an unmarked block, where their percentages are of their own sum.

        What follows them may be other variables.
        """
        if member.entry.row.marked:
            return None
        total = members[0].count if members else 0
        for end in range(2, len(members) + 1):
            total += members[end - 1].count
            if total >= limit:
                break
            pairs = pairs_of(members[:end])
            if member in members[:end] and total > 0 and len(pairs) >= 2:
                nearest = all(fit(n, total, percent) is Fit.NEAREST for n, percent in pairs)
                if nearest and explained(pairs, limit) < len(pairs):
                    return Basis(total, "the percentages of the block")
        return None

    def block(self, member: Percentage) -> list[Percentage]:
        """The percentages of the member's block in its arm, itself included."""
        return self._blocks[self._block_key(member)]
