"""Weigh a percentage that none of its denominators explains: wrong, or of somebody else?"""

from __future__ import annotations

from fractions import Fraction
from math import comb

from auditor.extraction.basis import LARGEST
from auditor.extraction.fits import Fit, attainable, best_denominators
from auditor.extraction.judged import JudgedPercent, Status
from auditor.extraction.lexicon import says
from auditor.extraction.percent_table import PercentTable, how_it_fits
from auditor.extraction.percents import Percentage, pairs_of
from auditor.extraction.row_bases import ROW_TOTAL, Basis

_FAR = 0.9
"""A denominator below this share of N would need one patient in ten missing without a word."""
_UNLIKELY = Fraction(1, 20)
_FEW = 10
"""In groups smaller than this percentages agree by chance."""


def weigh(
    table: PercentTable, member: Percentage, basis: Basis, shared: Basis | None
) -> JudgedPercent:
    """Weigh a percentage that none of its denominators explains."""
    row = table.rows[member.entry.row.key]
    others = [
        p
        for p in row
        if p.entry.column != member.entry.column
        and p.telling
        and not table.reading.columns[p.entry.column].total
    ]
    agreeing = [p for p in others if table.fitting(p) is not None]
    if _other_unit(member) or (others and not agreeing and _common([member, *others])):
        return JudgedPercent(member, Status.UNREADABLE, basis)
    if basis.source == ROW_TOTAL and _row_totals_hold(table, member):
        return JudgedPercent(member, Status.WRONG, basis, impossible=True)
    top = shared if shared is not None else basis
    alternatives = table.may_be_of(member, top.value)
    arm_basis = table.arms.get(table.arm_of(member))
    if top.stated is None and arm_basis is not None and not arm_basis.proven:
        return JudgedPercent(member, Status.UNSTATED, top, False, alternatives)
    if shared is not None and not member.entry.row.marked:
        # Where nothing marks the block, the row may be another variable.
        return JudgedPercent(member, Status.UNSTATED, top, False, alternatives)
    siblings = table.siblings(member, top.value)
    whole = table.partition(member, top.value)
    evidence = _evidence(table, agreeing, siblings, top)
    if not alternatives:
        if _larger(table, member, top.value):
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
    if _nested(table, member, alternatives) or _alike(table, member, alternatives):
        return JudgedPercent(member, Status.UNSTATED, top, False, alternatives)
    mostly = 2 * len(agreeing) > len(others)
    proven = mostly and (siblings > 0 or top.stated is not None)
    unlikely = proven and _chance(table, agreeing, top.value, alternatives[-1]) < _UNLIKELY
    far = not others and siblings >= 3 and alternatives[-1] <= _FAR * top.value
    if unlikely or (far and not _counted_above(table, member, alternatives)):
        return JudgedPercent(member, Status.PROBABLE, top, False, alternatives, evidence, unlikely)
    return JudgedPercent(member, Status.UNSTATED, top, False, alternatives)


def _row_totals_hold(table: PercentTable, member: Percentage) -> bool:
    """Whether the numbers that the rows print for themselves explain most of the arm."""
    rest = [p for p in table.by_arm[table.arm_of(member)] if p is not member and p.telling]
    held = sum(
        any(b.source == ROW_TOTAL and how_it_fits(p, b) is not Fit.MISFIT for b in table.bases(p))
        for p in rest
    )
    return held >= 3 and held >= 0.75 * len(rest)


def _larger(table: PercentTable, member: Percentage, denominator: int) -> bool:
    """Whether the whole block is of one larger number: of sites, eyes or events."""
    pairs = pairs_of(table.block(member))
    span, most = best_denominators(pairs, LARGEST)
    total = sum(p.count for p in table.block(member))
    proven = len(pairs) >= 3 or total in span
    return proven and most == len(pairs) and span[0] > denominator


def _alike(table: PercentTable, member: Percentage, alternatives: range) -> bool:
    """Whether another percentage of the arm that fits no N either would be right over the
    same smaller number, as in rows of the evaluable patients."""
    for other in table.by_arm[table.arm_of(member)]:
        if other.entry.row.key == member.entry.row.key or not other.telling:
            continue
        if table.fitting(other) is None and any(
            d in alternatives for d in attainable(other.count, other.percent, alternatives[-1])
        ):
            return True
    return False


def _counted_above(table: PercentTable, member: Percentage, alternatives: range) -> bool:
    """Whether a count printed above would explain the percentage, as of those tested."""
    return any(
        other.count is not None
        and other.count in alternatives
        and other.column == member.entry.column
        and other.row.index < member.entry.row.index
        for other in table.reading.entries
    )


def _other_unit(member: Percentage) -> bool:
    """Whether the row counts something else than patients, or estimates a rate over time."""
    row = member.entry.row
    return says("rows", "estimated_rate", row.path) or says("rows", "not_patients", row.label)


def _chance(
    table: PercentTable, agreeing: list[Percentage], denominator: int, needed: int
) -> Fraction:
    """Probability that all values missing from a row are missing from this arm.

    Args:
        agreeing: percentages of other arms in the row that are right over their own N.
            Those that would be right with as many values missing tell nothing.
        denominator: N of this arm.
        needed: the largest denominator that would explain its percentage.
    """
    others = 0
    for other in agreeing:
        found = table.fitting(other)
        if found is None or (found[1] is Fit.LOOSE and not table.truncated):
            continue
        whole = found[0].value
        as_many = whole * needed // denominator
        if as_many not in attainable(other.count, other.percent, whole, truncated=table.truncated):
            others += whole
    gap = denominator - needed
    return Fraction(comb(denominator, gap), comb(denominator + others, gap))


def _nested(table: PercentTable, member: Percentage, alternatives: range) -> bool:
    """Whether the percentage is of a count that stands above it, as of a parent row."""
    row = member.entry.row
    for other in table.reading.entries:
        if other.column != member.entry.column or other.count is None:
            continue
        above = 0 < row.index - other.row.index <= 3
        parent = bool(other.row.label) and other.row.label in row.groups
        if (parent or above) and other.count in alternatives and other.count > member.count:
            return True
    return False


def _evidence(
    table: PercentTable, agreeing: list[Percentage], siblings: int, basis: Basis
) -> tuple[str, ...]:
    lines = []
    if siblings:
        many = "percentages here are" if siblings > 1 else "percentage here is"
        lines.append(f"{siblings} other {many} right over {basis.value}")
    for other in agreeing[:1]:
        label = table.reading.columns[other.entry.column].arm or "the other arm"
        lines.append(f"in the same row {other.entry.place.quote} of {label} is right")
    return tuple(lines)


def _common(members: list[Percentage]) -> bool:
    """Whether one larger N (both arms, all lesions) explains the entire row."""
    pairs = pairs_of(members)
    _, most = best_denominators(pairs, LARGEST)
    return most == len(pairs)
