"""How a percentage stands to its denominator: the result of judging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from auditor.extraction.basis import UNKNOWN, ArmBasis
from auditor.extraction.percents import Percentage
from auditor.extraction.reading import TableReading
from auditor.extraction.row_bases import Basis


class Status(StrEnum):
    """RIGHT, or ROUNDED otherwise than to the nearest (or adjusted so as to add up to 100);
    NOBODY is a percentage of 0 patients; UNSTATED fits a smaller denominator that nothing
    states; PROBABLE and WRONG are mismatches; UNREADABLE may count something else than
    patients."""

    RIGHT = "right"
    ROUNDED = "rounded"
    NOBODY = "of nobody"
    UNSTATED = "unstated denominator"
    PROBABLE = "probably wrong"
    WRONG = "wrong"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class JudgedPercent:
    """A percentage with the denominator it was judged by.

    Attributes:
        stated: the count and the percentage.
        status: see ``Status``.
        basis: the denominator; ``UNKNOWN`` where none could be settled.
        impossible: no denominator up to ``basis`` gives the percentage.
        alternatives: the denominators that would give it.
        evidence: what speaks for the denominator, in words.
        sure_basis: false where only the impossibility is certain, since the rest of the row or
            block is not of ``basis`` either, or where nothing but the distance speaks for it.
    """

    stated: Percentage
    status: Status
    basis: Basis = UNKNOWN
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
