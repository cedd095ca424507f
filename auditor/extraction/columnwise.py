"""Judge the percentages of a table whose denominators run down its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import comb

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
from auditor.extraction.judged import JudgedPercent, Status
from auditor.extraction.lexicon import says
from auditor.extraction.percents import Percentage, pairs_of
from auditor.extraction.reading import Entry, StatedN, TableReading
from auditor.extraction.row_bases import KNOWN, ROW_TOTAL, Basis, RowBases
from auditor.rounding import Rounding, round_fraction

_FAR = 0.9
"""A denominator below this share of N would need one patient in ten missing without a word."""
_UNLIKELY = Fraction(1, 20)
_FEW = 10
"""In groups smaller than this percentages agree by chance."""


@dataclass(slots=True)
class ColumnJudge:
    """The percentages of one table, grouped as the weighing needs them."""

    reading: TableReading
    members: tuple[Percentage, ...]
    arms: Mapping[str, ArmBasis]
    _rows: dict[tuple[int, int], list[Percentage]] = field(init=False, default_factory=dict)
    _blocks: dict[tuple[int, str, int], list[Percentage]] = field(init=False, default_factory=dict)
    _arms: dict[str, list[Percentage]] = field(init=False, default_factory=dict)
    _counts: dict[tuple[int, int, int], list[Entry]] = field(init=False)
    _stated: RowBases = field(init=False)
    _found: dict[int, list[Basis]] = field(init=False, default_factory=dict)
    _truncated: bool = field(init=False)

    def __post_init__(self) -> None:
        for member in self.members:
            self._rows.setdefault(member.entry.row.key, []).append(member)
            self._blocks.setdefault(self._block_key(member), []).append(member)
            self._arms.setdefault(self._arm(member), []).append(member)
        self._counts = self.reading.blocks()
        self._stated = RowBases(self.reading)
        self._truncated = self._all_truncated()

    def judge(self, member: Percentage) -> JudgedPercent:
        """Find the denominator that explains the percentage, or weigh why none does."""
        found = self.fitting(member)
        if found is not None and found[1] is Fit.NEAREST:
            return JudgedPercent(member, Status.RIGHT, found[0])
        shared = self._shared(member)
        fair = (Fit.NEAREST, Fit.LOOSE) if self._truncated else (Fit.NEAREST,)
        if shared is not None and _fit(member, shared) in fair:
            above = self._printed_above(member, shared.value)
            if above is not None:
                return JudgedPercent(member, Status.RIGHT, above)
            return JudgedPercent(member, Status.UNSTATED, shared)
        if found is not None:
            return JudgedPercent(member, Status.ROUNDED, found[0])
        bases = self._bases(member)
        if not bases:
            return JudgedPercent(member, Status.UNSTATED)
        if self._adjusted(member, bases[0].value):
            return JudgedPercent(member, Status.ROUNDED, bases[0])
        return self._weigh(member, bases[0], shared)

    def fitting(self, member: Percentage) -> tuple[Basis, Fit] | None:
        """The first of the member's denominators that explains it, the nearest fit first."""
        fits = [(basis, _fit(member, basis)) for basis in self._bases(member)]
        for wanted in (Fit.NEAREST, Fit.LOOSE):
            for basis, how in fits:
                if how is wanted:
                    return basis, how
        return None

    def _all_truncated(self) -> bool:
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

    def _may_be_of(self, member: Percentage, limit: int) -> range:
        """Denominators that give the percentage by any rounding: what is accused as impossible
        must be so even if a single percentage was cut off."""
        return attainable(member.count, member.percent, limit, truncated=True)

    def _arm(self, member: Percentage) -> str:
        return arm_key(self.reading.columns[member.entry.column])

    def _block_key(self, member: Percentage) -> tuple[int, str, int]:
        return (member.entry.row.block, self._arm(member), member.entry.part)

    def _bases(self, member: Percentage) -> list[Basis]:
        """Every denominator that is stated or solved for the member, nearest first."""
        key = id(member.entry)
        if key not in self._found:
            self._found[key] = self._find_bases(member)
        return self._found[key]

    def _find_bases(self, member: Percentage) -> list[Basis]:
        found = [b for b in self._stated.of(member.entry) if b.value > 0]
        arm = self.arms.get(self._arm(member))
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
        block = self._blocks[self._block_key(member)]
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

    def _shared(self, member: Percentage) -> Basis | None:
        """A smaller denominator that explains the whole block of the member."""
        bases = self._bases(member)
        limit = bases[0].value if bases else LARGEST
        members = [p for p in self._blocks[self._block_key(member)] if not self._missing(p.entry)]
        pairs = pairs_of(members)
        if len(pairs) < 2 or member not in members:
            return None
        span, most = best_denominators(pairs, limit, truncated=self._truncated)
        whole = most == len(pairs)
        large = most >= 3 and most >= 0.75 * len(pairs)
        if not (whole or large) or most <= (explained(pairs, limit) if bases else 0):
            return None
        total = sum(p.count for p in members)
        return Basis(total if total in span else span[-1], "the percentages of the block")

    def _printed_above(self, member: Percentage, denominator: int) -> Basis | None:
        """The denominator as a count that a row above prints, such as that of a parent row."""
        for other in reversed(self.reading.entries):
            if (
                other.column == member.entry.column
                and other.row.index < member.entry.row.index
                and other.row.block != member.entry.row.block
                and other.count == denominator
            ):
                stated = StatedN(denominator, "row", other.place)
                return Basis(denominator, f"the row “{other.row.label}”", stated)
        return None

    def _adjusted(self, member: Percentage, denominator: int) -> bool:
        """Whether the percentage was moved by one unit so that the block adds up to 100.

        The counts add up to N, the printed percentages to exactly 100, the rounded ones do
        not, and this one is at most one unit from its rounded value.
        """
        block = [
            p
            for p in self._blocks[self._block_key(member)]
            if p.entry.column == member.entry.column
        ]
        if len(block) < 3 or not self._partition(member, denominator):
            return False
        if any(p.percent.relation != "=" for p in block):
            return False
        rounded = [_rounded(p, denominator) for p in block]
        step = Decimal(1).scaleb(-member.percent.decimals)
        return (
            sum(p.percent.value for p in block) == 100
            and sum(rounded) != 100
            and abs(_rounded(member, denominator) - member.percent.value) <= step
        )

    def _weigh(self, member: Percentage, basis: Basis, shared: Basis | None) -> JudgedPercent:
        """Weigh a percentage that none of its denominators explains."""
        row = self._rows[member.entry.row.key]
        others = [
            p
            for p in row
            if p.entry.column != member.entry.column
            and p.telling
            and not self.reading.columns[p.entry.column].total
        ]
        agreeing = [p for p in others if self.fitting(p) is not None]
        if self._other_unit(member) or (others and not agreeing and _common([member, *others])):
            return JudgedPercent(member, Status.UNREADABLE, basis)
        if basis.source == ROW_TOTAL and self._row_totals_hold(member):
            return JudgedPercent(member, Status.WRONG, basis, impossible=True)
        top = shared if shared is not None else basis
        alternatives = self._may_be_of(member, top.value)
        arm_basis = self.arms.get(self._arm(member))
        if top.stated is None and arm_basis is not None and not arm_basis.proven:
            return JudgedPercent(member, Status.UNSTATED, top, False, alternatives)
        siblings = self._siblings(member, top.value)
        whole = self._partition(member, top.value)
        evidence = self._evidence(agreeing, siblings, top)
        if not alternatives:
            if self._larger(member, top.value):
                return JudgedPercent(member, Status.UNREADABLE, top)
            if member.count > top.value and not agreeing:
                apart = siblings >= 3 and member.percent.value < 100
                status = Status.PROBABLE if apart and not others else Status.UNREADABLE
                return JudgedPercent(member, status, top, True, alternatives, evidence)
            lonely = bool(others) and not agreeing and not member.percent.percent
            sure = bool(agreeing) or siblings >= 2 or (whole and siblings > 0)
            if lonely and not (member.entry.row.marked and siblings >= 2):
                return JudgedPercent(member, Status.UNREADABLE, top)
            settled = bool(agreeing) or not others
            status = Status.WRONG if sure else Status.UNSTATED
            return JudgedPercent(member, status, top, True, alternatives, evidence, settled)
        if whole and siblings and top.value >= _FEW:
            return JudgedPercent(member, Status.WRONG, top, False, alternatives, evidence)
        if self._nested(member, alternatives) or self._alike(member, alternatives):
            return JudgedPercent(member, Status.UNSTATED, top, False, alternatives)
        proven = siblings > 0 or top.stated is not None
        unlikely = proven and self._chance(agreeing, top.value, alternatives[-1]) < _UNLIKELY
        far = not others and siblings >= 3 and alternatives[-1] <= _FAR * top.value
        if unlikely or (far and not self._counted_above(member, alternatives)):
            return JudgedPercent(
                member, Status.PROBABLE, top, False, alternatives, evidence, unlikely
            )
        return JudgedPercent(member, Status.UNSTATED, top, False, alternatives)

    def _row_totals_hold(self, member: Percentage) -> bool:
        """Whether the numbers that the rows print for themselves explain most of the arm."""
        rest = [p for p in self._arms[self._arm(member)] if p is not member and p.telling]
        held = sum(
            any(b.source == ROW_TOTAL and _fit(p, b) is not Fit.MISFIT for b in self._bases(p))
            for p in rest
        )
        return held >= 3 and held >= 0.75 * len(rest)

    def _larger(self, member: Percentage, denominator: int) -> bool:
        """Whether the whole block is of one larger number: of sites, eyes or events."""
        pairs = pairs_of(self._blocks[self._block_key(member)])
        span, most = best_denominators(pairs, LARGEST)
        total = sum(p.count for p in self._blocks[self._block_key(member)])
        proven = len(pairs) >= 3 or total in span
        return proven and most == len(pairs) and span[0] > denominator

    def _alike(self, member: Percentage, alternatives: range) -> bool:
        """Whether another percentage of the arm that fits no N either would be right over the
        same smaller number, as in rows of the evaluable patients."""
        for other in self._arms[self._arm(member)]:
            if other.entry.row.key == member.entry.row.key or not other.telling:
                continue
            if self.fitting(other) is None and any(
                d in alternatives for d in attainable(other.count, other.percent, alternatives[-1])
            ):
                return True
        return False

    def _counted_above(self, member: Percentage, alternatives: range) -> bool:
        """Whether a count printed above would explain the percentage, as of those tested."""
        return any(
            other.count is not None
            and other.count in alternatives
            and other.column == member.entry.column
            and other.row.index < member.entry.row.index
            for other in self.reading.entries
        )

    def _other_unit(self, member: Percentage) -> bool:
        """Whether the row counts something else than patients, or estimates a rate over time."""
        row = member.entry.row
        return says("rows", "estimated_rate", row.path) or says("rows", "not_patients", row.label)

    def _siblings(self, member: Percentage, denominator: int) -> int:
        """How many other percentages of the block (or unheaded column) fit the denominator."""
        members = self._blocks[self._block_key(member)]
        if len(members) < 2:
            arm = self._arms[self._arm(member)]
            members = [p for p in arm if not p.entry.row.headed or p.entry.row.level == 0]
        return explained(pairs_of(p for p in members if p is not member), denominator)

    def _chance(self, agreeing: list[Percentage], denominator: int, needed: int) -> Fraction:
        """Probability that all values missing from a row are missing from this arm.

        Args:
            agreeing: percentages of other arms in the row that are right over their own N.
                Those that would be right with as many values missing tell nothing.
            denominator: N of this arm.
            needed: the largest denominator that would explain its percentage.
        """
        others = 0
        for other in agreeing:
            found = self.fitting(other)
            if found is None:
                continue
            whole = found[0].value
            as_many = whole * needed // denominator
            if as_many not in attainable(
                other.count, other.percent, whole, truncated=self._truncated
            ):
                others += whole
        gap = denominator - needed
        return Fraction(comb(denominator, gap), comb(denominator + others, gap))

    def _partition(self, member: Percentage, denominator: int) -> bool:
        """Whether the counts of the block add up to the denominator, nobody missing."""
        entry = member.entry
        members = self._counts.get((entry.row.block, entry.column, entry.part), [])
        whole = sum(e.count or 0 for e in members) == denominator
        of_known = any(b.source == KNOWN for b in self._bases(member))
        return len(members) >= 2 and whole and not of_known

    def _nested(self, member: Percentage, alternatives: range) -> bool:
        """Whether the percentage is of a count that stands above it, as of a parent row."""
        row = member.entry.row
        for other in self.reading.entries:
            if other.column != member.entry.column or other.count is None:
                continue
            above = 0 < row.index - other.row.index <= 3
            parent = bool(other.row.label) and other.row.label in row.groups
            if (parent or above) and other.count in alternatives and other.count > member.count:
                return True
        return False

    def _evidence(self, agreeing: list[Percentage], siblings: int, basis: Basis) -> tuple[str, ...]:
        lines = []
        if siblings:
            many = "percentages here are" if siblings > 1 else "percentage here is"
            lines.append(f"{siblings} other {many} right over {basis.value}")
        for other in agreeing[:1]:
            label = self.reading.columns[other.entry.column].arm or "the other arm"
            lines.append(f"in the same row {other.entry.place.quote} of {label} is right")
        return tuple(lines)


def _fit(member: Percentage, basis: Basis) -> Fit:
    return fit(member.count, basis.value, member.percent)


def _rounded(member: Percentage, denominator: int) -> Decimal:
    return round_fraction(percentage(member.count, denominator), member.percent.decimals)


def _common(members: list[Percentage]) -> bool:
    """Whether one larger N (both arms, all lesions) explains the entire row."""
    pairs = pairs_of(members)
    _, most = best_denominators(pairs, LARGEST)
    return most == len(pairs)
