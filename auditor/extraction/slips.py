"""How a wrong percentage may have come about: each slip is tried, and named where it fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from auditor.extraction.fits import Fit, fit, percentage
from auditor.extraction.judged import JudgedPercent, TableJudgement
from auditor.printed import PrintedNumber
from auditor.rounding import NEAREST, round_fraction

TYPED = ("decimal slip", "transposed digits", "one digit differs")
"""How the slips begin that show in the digits of the print itself."""


def likely_slip(judged: JudgedPercent, judgement: TableJudgement) -> str:
    """The first slip that explains the print, in words, or ""."""
    of = judged.basis.value
    count, percent = judged.stated.pair
    if not of or count > of:
        return ""
    right = round_fraction(percentage(count, of), percent.decimals)
    tries = (
        _count_that_adds_up(judged, judgement),
        _decimal_slip(count, of, percent),
        _transposed(str(percent.value), str(right)),
        _other_denominator(judged, judgement),
        _one_digit(str(percent.value), str(right)),
        _other_count(of, percent),
    )
    return next((words for words in tries if words), "")


def _count_that_adds_up(judged: JudgedPercent, judgement: TableJudgement) -> str:
    """Another count gives both the percentage and the sum of the block."""
    entry, basis = judged.stated.entry, judged.basis
    count, percent = judged.stated.pair
    members = judgement.reading.blocks().get((entry.row.block, entry.column, entry.part), [])
    total = sum(e.count or 0 for e in members)
    wanted = basis.value - (total - count)
    if len(members) < 2 or total == basis.value or not 0 <= wanted <= basis.value:
        return ""
    if fit(wanted, basis.value, percent) is not Fit.NEAREST:
        return ""
    return (
        f"the count may be {wanted}: {percent.text} is right for {wanted} of {basis.value}, and "
        f"the categories then add up to {basis.value}"
    )


def _decimal_slip(count: int, denominator: int, percent: PrintedNumber) -> str:
    """The digits are right and the point is not: 45.5% for 4.55%."""
    if percent.relation != "=":
        return ""
    exact = percentage(count, denominator)
    factors = (
        (Fraction(10), "ten times too large"),
        (Fraction(1, 10), "ten times too small"),
        (Fraction(100), "a hundred times too large"),
    )
    for factor, words in factors:
        shifted = exact * factor
        if count and any(shifted in percent.interval(mode) for mode in NEAREST):
            return f"decimal slip: the percentage is {words}"
    return ""


def _unlike(printed: str, right: str) -> list[int]:
    """Positions at which two numbers of the same length differ; empty for other lengths."""
    if len(printed) != len(right):
        return []
    return [i for i, (a, b) in enumerate(zip(printed, right, strict=True)) if a != b]


def _transposed(printed: str, right: str) -> str:
    unlike = _unlike(printed, right)
    if len(unlike) != 2:
        return ""
    first, second = unlike
    if (printed[first], printed[second]) != (right[second], right[first]):
        return ""
    return f"transposed digits: {printed} for {right}"


def _one_digit(printed: str, right: str) -> str:
    if len(_unlike(printed, right)) != 1 or len(right.replace(".", "")) < 2:
        return ""
    return f"one digit differs: {printed} for {right}"


def _other_denominator(judged: JudgedPercent, judgement: TableJudgement) -> str:
    """The percentage may be of another arm's N."""
    count, percent = judged.stated.pair
    own = judged.basis.value
    for arm in judgement.arms.values():
        other = arm.basis.value if arm.basis is not None else 0
        if other and other != own and fit(count, other, percent) is Fit.NEAREST:
            return f"{percent.text} is right for {count} of {other}, the N of another column"
    own_block = (judged.stated.entry.row.block, judged.stated.entry.column)
    for value in judgement_sums(judgement, own_block):
        if value != own and fit(count, value, percent) is Fit.NEAREST:
            return f"{percent.text} is right for {count} of {value}"
    return ""


def judgement_sums(judgement: TableJudgement, own: tuple[int, int]) -> Iterable[int]:
    """Sums of the explicit numerators of each block, the ``own`` (block, column) first."""
    blocks: dict[tuple[int, int], list[int]] = {}
    for judged in judgement.percents:
        stated = judged.stated
        if stated.denominator is not None:
            key = (stated.entry.row.block, stated.entry.column)
            blocks.setdefault(key, []).append(stated.count)
    sums = [(key != own, sum(counts)) for key, counts in blocks.items() if len(counts) > 1]
    return list(dict.fromkeys(value for _, value in sorted(sums)))


def _other_count(denominator: int, percent: PrintedNumber) -> str:
    """The percentage may be right and the count wrong."""
    near = _counts(denominator, percent)
    if len(near) == 1:
        return f"{percent.text} is right for {near[0]} of {denominator}: the count may be wrong"
    return ""


def _counts(denominator: int, percent: PrintedNumber) -> Sequence[int]:
    if percent.relation != "=":
        return ()
    middle = int(percent.fraction * denominator / 100)
    return [
        n
        for n in range(max(0, middle - 2), middle + 4)
        if n <= denominator and fit(n, denominator, percent) is Fit.NEAREST
    ]
