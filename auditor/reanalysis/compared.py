"""Counts that a printed P value compares."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.finding import Place
from auditor.printed import PrintedNumber
from auditor.statistics.contingency import Counts

__all__ = ["ComparedCounts", "Counts"]

TIMED = "the P value may be of times to events"
"""A doubt that no agreement of other P values takes away: a log-rank test is near the others'."""


@dataclass(frozen=True, slots=True)
class ComparedCounts:
    """A P value with the r x c table of counts that it tests.

    Attributes:
        p: as printed; ``p_place``: its place.
        tables: every table that the printed numbers allow, the likeliest first: one where the
            counts are printed, several where a rounded percentage leaves them open.
        groups: labels of the rows of the tables (arms); ``categories``: of their columns.
        what: what is compared, in words ("ORR", "Sex").
        places: of the counts.
        claims: ids of the claims of counts and P value.
        ordered: whether the categories have an order (grades, stages, lines of treatment).
        paired: whether the same patients are counted in every group.
        certain: whether the words leave no doubt that the P value tests just these counts.
        doubt: why not, or "".
        source: "table" or "text".
        sides: 1 or 2 where the words beside this P value say so; they go before what the methods
            declare.
        test: the test that the words beside it name, a key of ``Declared.tests``, or "".
    """

    p: PrintedNumber
    p_place: Place
    tables: tuple[Counts, ...]
    groups: tuple[str, ...]
    categories: tuple[str, ...]
    what: str
    places: tuple[Place, ...]
    claims: tuple[str, ...] = ()
    ordered: bool = False
    paired: bool = False
    certain: bool = True
    doubt: str = ""
    source: str = "table"
    sides: int | None = None
    test: str = ""
