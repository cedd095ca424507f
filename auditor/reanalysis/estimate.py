"""An estimate that is printed with its confidence interval and a P value."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.finding import Place
from auditor.printed import PrintedNumber


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate with its interval and the P value that stands beside both.

    Attributes:
        name: "HR", "OR", "RR" or "difference"; ``ratio``: whether "no effect" is 1, else 0.
        value, lower, upper, p: as printed.
        level: of the interval, 0.95 where nothing is said.
        what: what it is of, in words.
        p_place: place of the P value; ``places``: of estimate and interval.
        claims: ids of the claims of all four numbers.
        words: what stands around the P value and in its header: the test it may be from.
        sides: 1 or 2 where these words say so, else None.
        own: whether it is a result of the paper itself.
        doubt: why the P value may belong to something else, or "".
        source: "table" or "text".
    """

    name: str
    value: PrintedNumber
    lower: PrintedNumber
    upper: PrintedNumber
    p: PrintedNumber
    p_place: Place
    places: tuple[Place, ...]
    what: str
    level: float = 0.95
    claims: tuple[str, ...] = ()
    words: str = ""
    sides: int | None = None
    own: bool = True
    doubt: str = ""
    source: str = "table"

    @property
    def ratio(self) -> bool:
        return self.name != "difference"
