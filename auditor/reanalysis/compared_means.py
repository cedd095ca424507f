"""Means that a printed P value compares."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.finding import Place
from auditor.printed import PrintedNumber

UNSURE = "the reading of the table is not certain"
"""A weakness that goes where other rows of the table are reproduced."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean with what is printed behind it, and the number of patients it is of."""

    group: str
    mean: PrintedNumber
    spread: PrintedNumber
    n: int

    @property
    def shown(self) -> str:
        return f"{self.mean.text} ± {self.spread.text} (n = {self.n})"


@dataclass(frozen=True, slots=True)
class ComparedMeans:
    """A P value with the means of the groups that it compares.

    Attributes:
        p: as printed; ``p_place``: its place.
        groups: two or more; one alone where a mean change is compared with none.
        what: the variable, in words.
        spread: what is printed behind the means: "SD", "SE", or "" where nothing says which.
        places: of the means; ``claims``: of means, spreads and P value.
        table: index of the table, None for a comparison of the text.
        words: row label, header and notes beside the P value: the test it may be from.
        doubt: why it may be no test of just these means, or ""; then it accuses nobody.
        weak: why a mismatch would be a note at most, or "".
        sides: 1 or 2 where the words say so, else None.
        where: the sizes of the groups, in words ("the column header").
        own: whether it is a result of the paper itself.
        also: other groups that the P value may compare instead (at another time).
    """

    p: PrintedNumber
    p_place: Place
    groups: tuple[Mean, ...]
    what: str
    spread: str
    places: tuple[Place, ...]
    claims: tuple[str, ...] = ()
    table: int | None = None
    words: str = ""
    doubt: str = ""
    weak: str = ""
    sides: int | None = None
    where: str = ""
    own: bool = True
    also: tuple[tuple[Mean, ...], ...] = ()
