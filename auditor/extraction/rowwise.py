"""Tables whose percentages run along the rows: "FS: 2 (22), 5 (56), 2 (22)" of 9 patients."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from auditor.extraction.basis import LARGEST
from auditor.extraction.fits import Fit, best_denominators, explained, fit
from auditor.extraction.judged import JudgedPercent, Status
from auditor.extraction.percents import Percentage, pairs_of
from auditor.extraction.reading import TableReading
from auditor.extraction.row_bases import Basis

_FEWEST = 6
_PRINTED = ("the row's total", "the sum of the row")


@dataclass(frozen=True, slots=True)
class _Line:
    """The percentages of one row, with the denominator they share and how many it explains."""

    members: tuple[Percentage, ...]
    basis: Basis | None
    explained: int

    @property
    def telling(self) -> int:
        return len(pairs_of(self.members))


def judge_rows(
    reading: TableReading,
    members: tuple[Percentage, ...],
    fits_column: Callable[[Percentage], bool],
) -> dict[int, JudgedPercent] | None:
    """Judge the percentages of each row by the N that they share.

    A total column stays out of it: it may be in percentages of its own N.

    Args:
        reading: the table.
        members: percentages without a denominator of their own.
        fits_column: whether a denominator of its column explains a percentage.

    Returns:
        The judged percentages by ``id`` of their entry; None where the percentages do not run
        along the rows. They do where the denominators that the rows print for themselves (a
        total, or the sum of the row) explain six in seven and the columns three in five at
        most, or where each row of three and more has a denominator that explains as many.
    """
    rows: dict[tuple[int, int, int], list[Percentage]] = {}
    for member in members:
        if not reading.columns[member.entry.column].total:
            key = (*member.entry.row.key, member.entry.part)
            rows.setdefault(key, []).append(member)
    full = [tuple(row) for row in rows.values() if len(pairs_of(row)) >= 2]
    telling = sum(len(pairs_of(row)) for row in full)
    by_column = sum(p.telling and fits_column(p) for row in full for p in row)
    if telling < _FEWEST or by_column > 0.6 * telling:
        return None
    printed = [_printed(reading, tuple(row)) for row in rows.values()]
    if sum(line.explained for line in printed if line.telling >= 2) >= 0.85 * telling:
        return _judged(printed)
    solved = [_solved(tuple(row)) for row in rows.values()]
    enough = sum(line.explained for line in solved if line.telling >= 2) >= 0.85 * telling
    if enough and telling >= 2.5 * len(full):
        return _judged(solved)
    return None


def _printed(reading: TableReading, row: tuple[Percentage, ...]) -> _Line:
    """The row's total, or the sum of its counts, whichever explains more."""
    first = row[0].entry
    totals = [
        e.count
        for e in reading.by_row().get(first.row.key, [])
        if reading.columns[e.column].total and e.part == first.part and e.count
    ]
    candidates = [*totals, sum(p.count for p in row)]
    best = max(candidates, key=lambda d: explained(pairs_of(row), d))
    source = _PRINTED[0] if best in totals else _PRINTED[1]
    return _Line(row, Basis(best, source), explained(pairs_of(row), best))


def _solved(row: tuple[Percentage, ...]) -> _Line:
    span, most = best_denominators(pairs_of(row), LARGEST)
    if not span or most < 2:
        return _Line(row, None, most)
    best = max(span, key=lambda d: (explained(pairs_of(row), d), -d))
    return _Line(row, Basis(best, "the percentages of the row"), most)


def _judged(lines: list[_Line]) -> dict[int, JudgedPercent]:
    return {id(p.entry): _along(p, line) for line in lines for p in line.members}


def _along(member: Percentage, line: _Line) -> JudgedPercent:
    basis = line.basis
    if basis is None or basis.value == 0:
        return JudgedPercent(member, Status.UNSTATED)
    how = fit(member.count, basis.value, member.percent)
    if how is not Fit.MISFIT:
        status = Status.RIGHT if how is Fit.NEAREST else Status.ROUNDED
    else:
        alone = line.explained >= 3 and line.explained == line.telling - 1
        status = Status.PROBABLE if alone else Status.UNSTATED
    return JudgedPercent(member, status, basis)
