"""Of how many patients a count of a table is, as far as the table says."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.extraction.judged import JudgedPercent, Status, TableJudgement
from auditor.extraction.reading import Entry
from auditor.extraction.row_bases import RowBases

_MOST = 4


@dataclass(frozen=True, slots=True)
class Denominator:
    """What a count may be of.

    Attributes:
        values: every denominator that the print allows, the likeliest first; empty where
            nothing tells it.
        doubt: why it is not certain, or "".
    """

    values: tuple[int, ...]
    doubt: str = ""


@dataclass(slots=True)
class Denominators:
    """Denominators of a table's counts, looked up by cell."""

    judgement: TableJudgement
    _percents: dict[tuple[tuple[int, int], int, int], JudgedPercent] = field(init=False)
    _bases: RowBases = field(init=False)

    def __post_init__(self) -> None:
        self._percents = {
            (p.stated.entry.row.key, p.stated.entry.column, p.stated.entry.part): p
            for p in self.judgement.percents
        }
        self._bases = RowBases(self.judgement.reading)

    def of(self, entry: Entry) -> Denominator:
        """The denominator of a count: printed beside it, that of its percentage, or the N."""
        if entry.denominator is not None:
            return Denominator((entry.denominator,), self._mismatch(entry))
        judged = self._percents.get((entry.row.key, entry.column, entry.part))
        if judged is not None:
            return _of_percent(judged)
        if entry.percent is not None and entry.count is not None:
            return Denominator(())
        column = self.judgement.reading.columns[entry.column]
        stated = [b.value for b in self._bases.of(entry)]
        if stated:
            return Denominator((stated[0],))
        if column.stated is None:
            return Denominator(())
        doubt = "the row may be of fewer patients than the header says" if entry.row.stated else ""
        return Denominator((column.stated.value,), doubt)

    def _mismatch(self, entry: Entry) -> str:
        judged = self._percents.get((entry.row.key, entry.column, entry.part))
        if judged is None or judged.status in (Status.RIGHT, Status.ROUNDED):
            return ""
        return "count and percentage disagree"


def _of_percent(judged: JudgedPercent) -> Denominator:
    basis = judged.basis.value
    if judged.status in (Status.RIGHT, Status.ROUNDED) and basis:
        return Denominator((basis,))
    if judged.status is Status.UNSTATED and judged.stated.count:
        may = [n for n in judged.alternatives if n >= judged.stated.count]
        others = [n for n in may if n != basis]
        values = ([basis] if basis in may else []) + others
        if 0 < len(values) <= _MOST:
            doubt = "" if len(values) == 1 else "nothing states the denominators"
            return Denominator(tuple(values), doubt)
        if basis:
            return Denominator((basis,), "nothing states the denominators")
        return Denominator(())
    if judged.status in (Status.WRONG, Status.PROBABLE) and basis:
        return Denominator((basis,), "count and percentage disagree")
    return Denominator(())
