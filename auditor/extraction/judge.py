"""Judge every percentage of a table against its denominator, before anything is accused."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.extraction.basis import arm_bases
from auditor.extraction.columnwise import judge_percentage
from auditor.extraction.fits import Fit, fit
from auditor.extraction.judged import JudgedPercent, Status, TableJudgement
from auditor.extraction.percent_table import PercentTable
from auditor.extraction.percents import Percentage, percentages
from auditor.extraction.reading import StatedN, TableReading
from auditor.extraction.row_bases import Basis
from auditor.extraction.rowwise import judge_rows


def judge_table(
    reading: TableReading, elsewhere: Mapping[str, tuple[StatedN, ...]]
) -> TableJudgement:
    """Judge every n (%) of a table.

    Args:
        reading: the table.
        elsewhere: N stated for an arm (by its name, case-folded) in other tables.
    """
    members = percentages(reading)
    explicit = tuple(
        _beside_fraction(p, p.denominator) for p in members if p.denominator is not None
    )
    plain = tuple(p for p in members if p.denominator is None)
    arms = arm_bases(reading, elsewhere)
    table = PercentTable(reading, plain, arms)
    rows = judge_rows(reading, plain, lambda p: table.fitting(p) is not None)
    judged = tuple((rows or {}).get(id(p.entry)) or judge_percentage(table, p) for p in plain)
    return TableJudgement(reading, explicit + judged, arms, row_wise=rows is not None)


def _beside_fraction(stated: Percentage, denominator: int) -> JudgedPercent:
    """A percentage beside its own fraction: nothing has to be assumed."""
    basis = Basis(denominator, "the fraction in the cell")
    if denominator == 0:
        return JudgedPercent(stated, Status.NOBODY, basis)
    how = fit(stated.count, denominator, stated.percent)
    if how is not Fit.MISFIT:
        status = Status.RIGHT if how is Fit.NEAREST else Status.ROUNDED
        return JudgedPercent(stated, status, basis)
    both = stated.count + denominator
    if "/" in stated.entry.row.path and fit(stated.count, both, stated.percent) is not Fit.MISFIT:
        return JudgedPercent(stated, Status.RIGHT, Basis(both, "the two counts in the cell"))
    return JudgedPercent(stated, Status.WRONG, basis, impossible=True)


def elsewhere_of(readings: tuple[TableReading, ...], index: int) -> dict[str, tuple[StatedN, ...]]:
    """N stated for arms (by name, case-folded) in the tables other than ``index``."""
    found: dict[str, list[StatedN]] = {}
    for reading in readings:
        if reading.table.index == index:
            continue
        for column in reading.data_columns():
            if column.arm and column.stated is not None:
                found.setdefault(column.arm.casefold(), []).append(column.stated)
    return {arm: tuple(dict.fromkeys(stated)) for arm, stated in found.items()}
