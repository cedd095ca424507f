"""Judge the percentages of a table whose denominators run down its columns."""

from __future__ import annotations

from decimal import Decimal

from auditor.extraction.fits import Fit, percentage
from auditor.extraction.judged import JudgedPercent, Status
from auditor.extraction.percent_table import PercentTable, how_it_fits
from auditor.extraction.percents import Percentage
from auditor.extraction.reading import StatedN
from auditor.extraction.row_bases import Basis
from auditor.extraction.weigh import weigh
from auditor.rounding import round_fraction


def judge_percentage(table: PercentTable, member: Percentage) -> JudgedPercent:
    """Find the denominator that explains the percentage, or weigh why none does."""
    found = table.fitting(member)
    if found is not None and found[1] is Fit.NEAREST:
        return JudgedPercent(member, Status.RIGHT, found[0])
    shared = table.shared(member)
    fair = (Fit.NEAREST, Fit.LOOSE) if table.truncated else (Fit.NEAREST,)
    if shared is not None and how_it_fits(member, shared) in fair:
        above = _printed_above(table, member, shared.value)
        if above is not None:
            return JudgedPercent(member, Status.RIGHT, above)
        return JudgedPercent(member, Status.UNSTATED, shared)
    if found is not None:
        return JudgedPercent(member, Status.ROUNDED, found[0])
    if shared is not None and how_it_fits(member, shared) is not Fit.MISFIT:
        return JudgedPercent(member, Status.UNSTATED, shared)
    bases = table.bases(member)
    if not bases:
        return JudgedPercent(member, Status.UNSTATED)
    if _adjusted(table, member, bases[0].value):
        return JudgedPercent(member, Status.ROUNDED, bases[0])
    return weigh(table, member, bases[0], shared)


def _printed_above(table: PercentTable, member: Percentage, denominator: int) -> Basis | None:
    """The denominator as a count that a row above prints, such as that of a parent row."""
    for other in reversed(table.reading.entries):
        if (
            other.column == member.entry.column
            and other.row.index < member.entry.row.index
            and other.row.block != member.entry.row.block
            and other.count == denominator
        ):
            stated = StatedN(denominator, "row", other.place)
            return Basis(denominator, f"the row “{other.row.label}”", stated)
    return None


def _adjusted(table: PercentTable, member: Percentage, denominator: int) -> bool:
    """Whether the percentage was moved by one unit so that the block adds up to 100.

    The counts add up to N, the printed percentages to exactly 100, the rounded ones do
    not, and this one is at most one unit from its rounded value.
    """
    block = [p for p in table.block(member) if p.entry.column == member.entry.column]
    if len(block) < 3 or not table.partition(member, denominator):
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


def _rounded(member: Percentage, denominator: int) -> Decimal:
    return round_fraction(percentage(member.count, denominator), member.percent.decimals)
