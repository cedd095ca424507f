"""Judge every percentage of a table against its denominator, before anything is accused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from auditor.extraction.basis import (
    LARGEST,
    ArmBasis,
    Basis,
    arm_bases,
    arm_key,
    pairs_of,
    plain_percentages,
    row_bases,
)
from auditor.extraction.fits import (
    Fit,
    attainable,
    best_denominators,
    explained,
    fit,
    informative,
    percentage,
)
from auditor.extraction.lexicon import says
from auditor.extraction.reading import Entry, StatedN, TableReading
from auditor.rounding import round_fraction


class Status(StrEnum):
    """RIGHT, or ROUNDED otherwise than to the nearest (or adjusted so as to add up to 100); NOBODY is a percentage of 0 patients;
    UNSTATED fits a smaller denominator that nothing states; PROBABLE and WRONG are mismatches;
    UNREADABLE may count something else than patients."""

    RIGHT = "right"
    ROUNDED = "rounded"
    NOBODY = "of nobody"
    UNSTATED = "unstated denominator"
    PROBABLE = "probably wrong"
    WRONG = "wrong"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class JudgedPercent:
    """A percentage with its count and the denominator it was judged by.

    ``impossible`` says that no denominator up to ``basis`` gives the percentage.
    ``alternatives`` are the denominators that would. ``sure_basis`` is false where the rest of
    the row or block is not of ``basis`` either, so that only the impossibility is certain.
    """

    entry: Entry
    status: Status
    basis: Basis | None = None
    impossible: bool = False
    alternatives: range = range(0)
    evidence: tuple[str, ...] = ()
    sure_basis: bool = True


@dataclass(frozen=True, slots=True)
class TableJudgement:
    """All percentages of a table, judged, with the denominators of its arms."""

    reading: TableReading
    percents: tuple[JudgedPercent, ...]
    arms: Mapping[str, ArmBasis]
    row_wise: bool = False


def judge_table(
    reading: TableReading, elsewhere: Mapping[str, tuple[StatedN, ...]]
) -> TableJudgement:
    """Judge every n (%) of a table.

    Args:
        reading: the table.
        elsewhere: N stated for an arm (by its name, case-folded) in other tables.
    """
    explicit = tuple(
        _explicit(e)
        for e in reading.entries
        if e.count is not None and e.percent is not None and e.denominator is not None
    )
    arms = arm_bases(reading, elsewhere)
    plain = plain_percentages(reading)
    table = _Table(reading, plain, arms)
    row_wise = _row_wise(table, plain)
    if row_wise is not None:
        return TableJudgement(reading, explicit + row_wise, arms, row_wise=True)
    judged = tuple(table.judge(e) for e in plain)
    return TableJudgement(reading, explicit + judged, arms)


def _explicit(entry: Entry) -> JudgedPercent:
    """A percentage beside its own fraction: nothing has to be assumed."""
    count, denominator, percent = entry.count, entry.denominator, entry.percent
    assert count is not None and denominator is not None and percent is not None
    basis = Basis(denominator, "the fraction in the cell")
    if denominator == 0:
        return JudgedPercent(entry, Status.NOBODY, basis)
    how = fit(count, denominator, percent)
    if how is not Fit.MISFIT:
        status = Status.RIGHT if how is Fit.NEAREST else Status.ROUNDED
        return JudgedPercent(entry, status, basis)
    both = count + denominator
    if "/" in entry.row.path and fit(count, both, percent) is not Fit.MISFIT:
        return JudgedPercent(entry, Status.RIGHT, Basis(both, "the two counts in the cell"))
    return JudgedPercent(entry, Status.WRONG, basis, impossible=True)


def _row_wise(table: _Table, plain: list[Entry]) -> tuple[JudgedPercent, ...] | None:
    """Percentages along rows ("FS: 2 (22), 5 (56), 2 (22)"): each row has its own N."""
    pairs = pairs_of(plain)
    by_column = sum(table.fitting(e) is not None for e in plain if pairs_of([e]))
    rows: dict[tuple[int, int], list[Entry]] = {}
    for entry in plain:
        rows.setdefault(entry.row.key, []).append(entry)
    solved = {key: best_denominators(pairs_of(members), LARGEST) for key, members in rows.items()}
    full = [key for key, members in rows.items() if len(pairs_of(members)) >= 2]
    in_full = sum(len(pairs_of(rows[key])) for key in full)
    by_row = sum(solved[key][1] for key in full)
    if len(pairs) < 6 or by_column >= 0.6 * len(pairs) or not full:
        return None
    if by_row < 0.85 * in_full or in_full < 2.5 * len(full):
        return None
    judged = []
    for key, members in rows.items():
        span, most = solved[key]
        telling = len(pairs_of(members))
        for entry in members:
            judged.append(_along_row(entry, span, most, telling))
    return tuple(judged)


def _along_row(entry: Entry, span: range, most: int, telling: int) -> JudgedPercent:
    count, percent = entry.count, entry.percent
    assert count is not None and percent is not None
    if not span or most < 2:
        return JudgedPercent(entry, Status.UNSTATED)
    best = min(span, key=lambda d: (fit(count, d, percent) is Fit.MISFIT, d))
    basis = Basis(best, "the percentages of the row")
    how = fit(count, best, percent)
    if how is not Fit.MISFIT:
        return JudgedPercent(entry, Status.RIGHT if how is Fit.NEAREST else Status.ROUNDED, basis)
    sure = most >= 3 and most == telling - 1
    return JudgedPercent(entry, Status.PROBABLE if sure else Status.UNSTATED, basis)


class _Table:
    """The percentages of one table whose denominators run down its columns."""

    def __init__(
        self, reading: TableReading, plain: list[Entry], arms: Mapping[str, ArmBasis]
    ) -> None:
        self.reading = reading
        self.arms = arms
        self.rows: dict[tuple[int, int], list[Entry]] = {}
        self.blocks: dict[tuple[int, str, int], list[Entry]] = {}
        self.by_arm: dict[str, list[Entry]] = {}
        for entry in plain:
            arm = arm_key(reading.columns[entry.column])
            self.rows.setdefault(entry.row.key, []).append(entry)
            self.blocks.setdefault((entry.row.block, arm, entry.part), []).append(entry)
            self.by_arm.setdefault(arm, []).append(entry)
        self.counts = reading.blocks()

    def bases(self, entry: Entry) -> list[Basis]:
        """Every denominator that is stated or solved for the entry, nearest first."""
        found = row_bases(self.reading, entry)
        arm = self.arms.get(arm_key(self.reading.columns[entry.column]))
        if arm is not None and arm.basis is not None:
            found.append(arm.basis)
            if arm.stated is not None and arm.stated.value != arm.basis.value:
                found.append(Basis(arm.stated.value, arm.stated.source, arm.stated))
        return found

    def fitting(self, entry: Entry) -> tuple[Basis, Fit] | None:
        """The best of the entry's denominators that explains it."""
        count, percent = entry.count, entry.percent
        assert count is not None and percent is not None
        fits = [(basis, fit(count, basis.value, percent)) for basis in self.bases(entry)]
        for wanted in (Fit.NEAREST, Fit.LOOSE):
            for basis, how in fits:
                if how is wanted:
                    return basis, how
        return None

    def judge(self, entry: Entry) -> JudgedPercent:
        count, percent = entry.count, entry.percent
        assert count is not None and percent is not None
        found = self.fitting(entry)
        if found is not None and found[1] is Fit.NEAREST:
            return JudgedPercent(entry, Status.RIGHT, found[0])
        shared = self.shared(entry)
        if shared is not None and fit(count, shared.value, percent) is Fit.NEAREST:
            above = self.printed_above(entry, shared.value)
            if above is not None:
                return JudgedPercent(entry, Status.RIGHT, above)
            return JudgedPercent(entry, Status.UNSTATED, shared)
        if found is not None:
            return JudgedPercent(entry, Status.ROUNDED, found[0])
        bases = self.bases(entry)
        if not bases:
            return JudgedPercent(entry, Status.UNSTATED)
        if self.adjusted(entry, bases[0].value):
            return JudgedPercent(entry, Status.ROUNDED, bases[0])
        return self.misfit(entry, bases[0], shared)

    def shared(self, entry: Entry) -> Basis | None:
        """A smaller denominator that explains the whole block of the entry."""
        arm = arm_key(self.reading.columns[entry.column])
        bases = self.bases(entry)
        limit = bases[0].value if bases else LARGEST
        members = self.blocks[entry.row.block, arm, entry.part]
        pairs = pairs_of(members)
        if len(pairs) < 2:
            return None
        span, most = best_denominators(pairs, limit)
        stated_fit = explained(pairs, limit) if bases else 0
        whole = most == len(pairs)
        large = most >= 3 and most >= 0.75 * len(pairs)
        if not (whole or large) or most <= stated_fit:
            return None
        total = sum(e.count or 0 for e in members)
        value = total if total in span else span[-1]
        return Basis(value, "the percentages of the block")

    def printed_above(self, entry: Entry, denominator: int) -> Basis | None:
        """The denominator as a count that a row above prints, such as that of a parent row."""
        for other in reversed(self.reading.entries):
            if (
                other.column == entry.column
                and other.row.index < entry.row.index
                and other.row.block != entry.row.block
                and other.count == denominator
            ):
                place = StatedN(denominator, "row", other.place)
                return Basis(denominator, f"the row “{other.row.label}”", place)
        return None

    def adjusted(self, entry: Entry, denominator: int) -> bool:
        """Whether the percentage was moved by one unit so that the block adds up to 100.

        The counts add up to N, the printed percentages to exactly 100, the rounded ones do
        not, and this one is at most one unit from its rounded value.
        """
        arm = arm_key(self.reading.columns[entry.column])
        members = self.blocks[entry.row.block, arm, entry.part]
        members = [e for e in members if e.column == entry.column]
        if len(members) < 3 or not self.partition(entry, denominator):
            return False
        printed = rounded = Decimal(0)
        for e in members:
            if e.percent is None or e.count is None or e.percent.relation != "=":
                return False
            printed += e.percent.value
            rounded += round_fraction(percentage(e.count, denominator), e.percent.decimals)
        count, percent = entry.count, entry.percent
        assert count is not None and percent is not None
        own = round_fraction(percentage(count, denominator), percent.decimals)
        step = Decimal(1).scaleb(-percent.decimals)
        return printed == 100 and rounded != 100 and abs(own - percent.value) <= step

    def misfit(self, entry: Entry, basis: Basis, shared: Basis | None) -> JudgedPercent:
        """Weigh a percentage that none of its denominators explains."""
        count, percent = entry.count, entry.percent
        assert count is not None and percent is not None
        others = [
            e
            for e in self.rows[entry.row.key]
            if e.column != entry.column and e.count and informative(e.count, e.percent)  # type: ignore[arg-type]
        ]
        agreeing = [e for e in others if self.fitting(e) is not None]
        if self.other_unit(entry) or (others and not agreeing and self.common(entry, others)):
            return JudgedPercent(entry, Status.UNREADABLE, basis)
        top = shared if shared is not None else basis
        alternatives = attainable(count, percent, top.value)
        siblings = self.siblings(entry, top.value)
        evidence = self.evidence(entry, agreeing, siblings, top)
        if not alternatives:
            sure = bool(agreeing) or siblings >= 2
            if count > top.value and not agreeing:
                return JudgedPercent(entry, Status.UNREADABLE, top)
            status = Status.WRONG if sure else Status.UNSTATED
            settled = bool(agreeing) or not others
            return JudgedPercent(entry, status, top, True, alternatives, evidence, settled)
        if self.nested(entry, alternatives):
            return JudgedPercent(entry, Status.UNSTATED, top, False, alternatives)
        if self.partition(entry, top.value) and siblings:
            return JudgedPercent(entry, Status.WRONG, top, False, alternatives, evidence)
        far = alternatives[-1] <= 0.9 * top.value
        alone = entry.row.headed and siblings >= 3 and self.majority(entry, top.value)
        if (far and siblings or alone) and (agreeing or (not others and siblings >= 3)):
            return JudgedPercent(entry, Status.PROBABLE, top, False, alternatives, evidence)
        return JudgedPercent(entry, Status.UNSTATED, top, False, alternatives)

    def other_unit(self, entry: Entry) -> bool:
        """Whether the row counts something else than patients, or estimates a rate over time."""
        return says("rows", "estimated_rate", entry.row.path) or says(
            "rows", "not_patients", entry.row.label
        )

    def common(self, entry: Entry, others: list[Entry]) -> bool:
        """Whether one larger N (both arms, all lesions) explains the entire row."""
        pairs = pairs_of([entry, *others])
        _, most = best_denominators(pairs, LARGEST)
        return most == len(pairs)

    def siblings(self, entry: Entry, denominator: int) -> int:
        """How many other percentages of the block (or unheaded column) fit the denominator."""
        arm = arm_key(self.reading.columns[entry.column])
        members = self.blocks[entry.row.block, arm, entry.part]
        if len(members) < 2:
            members = [e for e in self.by_arm[arm] if not e.row.headed or e.row.level == 0]
        return explained(pairs_of([e for e in members if e is not entry]), denominator)

    def majority(self, entry: Entry, denominator: int) -> bool:
        """Whether the denominator explains most of the block, so that one row stands alone."""
        arm = arm_key(self.reading.columns[entry.column])
        pairs = pairs_of(self.blocks[entry.row.block, arm, entry.part])
        return explained(pairs, denominator) >= 0.6 * len(pairs)

    def partition(self, entry: Entry, denominator: int) -> bool:
        """Whether the counts of the block add up to the denominator, nobody missing."""
        members = self.counts.get((entry.row.block, entry.column, entry.part), [])
        return len(members) >= 2 and sum(e.count or 0 for e in members) == denominator

    def nested(self, entry: Entry, alternatives: range) -> bool:
        """Whether the percentage is of a count that stands above it, as of a parent row."""
        for other in self.reading.entries:
            if other.column != entry.column or other.count is None:
                continue
            above = 0 < entry.row.index - other.row.index <= 3
            parent = bool(other.row.label) and other.row.label in entry.row.groups
            if (parent or above) and other.count in alternatives and other.count > (
                entry.count or 0
            ):
                return True
        return False

    def evidence(
        self, entry: Entry, agreeing: list[Entry], siblings: int, basis: Basis
    ) -> tuple[str, ...]:
        lines = []
        if siblings:
            lines.append(f"{siblings} other percentages here are right over {basis.value}")
        for other in agreeing[:1]:
            label = self.reading.columns[other.column].arm or "the other arm"
            lines.append(f"in the same row {other.place.quote} of {label} is right")
        return tuple(lines)


def elsewhere_of(
    readings: tuple[TableReading, ...], index: int
) -> dict[str, tuple[StatedN, ...]]:
    """N stated for arms (by name, case-folded) in the tables other than ``index``."""
    found: dict[str, list[StatedN]] = {}
    for reading in readings:
        if reading.table.index == index:
            continue
        for column in reading.data_columns():
            if column.arm and column.stated is not None:
                found.setdefault(column.arm.casefold(), []).append(column.stated)
    return {arm: tuple(dict.fromkeys(stated)) for arm, stated in found.items()}

