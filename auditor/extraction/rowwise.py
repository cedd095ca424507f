"""Tables whose percentages run along the rows: "FS: 2 (22), 5 (56), 2 (22)" of 9 patients."""

from __future__ import annotations

from auditor.extraction.basis import LARGEST, Basis
from auditor.extraction.fits import Fit, best_denominators, fit
from auditor.extraction.judged import JudgedPercent, Status
from auditor.extraction.percents import Percentage, pairs_of

_FEWEST = 6


def judge_rows(members: tuple[Percentage, ...], by_column: int) -> tuple[JudgedPercent, ...] | None:
    """Judge each row by the N that its own percentages share.

    Args:
        members: percentages without a denominator of their own.
        by_column: how many of them the denominators of their columns explain.

    Returns:
        None where the percentages do not run along the rows: where the columns explain three
        in five, or the rows less than six in seven of theirs.
    """
    rows: dict[tuple[int, int], list[Percentage]] = {}
    for percentage in members:
        rows.setdefault(percentage.entry.row.key, []).append(percentage)
    telling = {key: len(pairs_of(row)) for key, row in rows.items()}
    solved = {key: best_denominators(pairs_of(row), LARGEST) for key, row in rows.items()}
    full = [key for key in rows if telling[key] >= 2]
    in_full = sum(telling[key] for key in full)
    total = sum(telling.values())
    if not full or total < _FEWEST or by_column >= 0.6 * total:
        return None
    if sum(solved[key][1] for key in full) < 0.85 * in_full or in_full < 2.5 * len(full):
        return None
    return tuple(
        _along(percentage, *solved[key], telling[key])
        for key, row in rows.items()
        for percentage in row
    )


def _along(percentage: Percentage, span: range, most: int, telling: int) -> JudgedPercent:
    if not span or most < 2:
        return JudgedPercent(percentage, Status.UNSTATED)
    count, percent = percentage.pair
    best = min(span, key=lambda d: (fit(count, d, percent) is Fit.MISFIT, d))
    basis = Basis(best, "the percentages of the row")
    how = fit(count, best, percent)
    if how is not Fit.MISFIT:
        status = Status.RIGHT if how is Fit.NEAREST else Status.ROUNDED
    else:
        status = Status.PROBABLE if most >= 3 and most == telling - 1 else Status.UNSTATED
    return JudgedPercent(percentage, status, basis)
