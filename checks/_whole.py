"""What the checks of whole numbers share: what fewer patients would change, and its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from auditor.finding import Place, Severity, Verdict
from auditor.reanalysis.whole_means import WholeMean
from auditor.rounding import Rounding

_FEWER = 50
"""So many sizes are tried; of more patients nothing is impossible for all of them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How bad an impossible print is: severity, verdict, and lines that say why."""

    severity: Severity
    verdict: Verdict
    lines: tuple[str, ...]
    conventions: tuple[str, ...]


def standing(one: WholeMean, possible: Callable[[int, Rounding | None], bool]) -> Standing:
    """How bad it is that the print is impossible for the stated number of patients.

    ``possible`` says whether it would be for another n, by a convention of rounding (None:
    ordinary rounding).
    """
    n = one.sizes[0]
    other = tuple(
        rounding for rounding in (Rounding.DOUBLE, Rounding.DOWN) if possible(n, rounding)
    )
    names = tuple({"double": "double rounding", "down": "cutting off"}[r] for r in other)
    fewer = [size for size in one.sizes[1:_FEWER] if possible(size, None)]
    if names:
        line = f"it would be right by {' or '.join(names)}"
        return Standing(Severity.NOTE, Verdict.CONVENTION, (line,), names)
    if fewer:
        line = f"it would be right with {fewer[0]} values, were {n - fewer[0]} missing"
        return Standing(Severity.NOTE, Verdict.QUERY, (line,), ())
    if not one.variable.firm:
        line = "answers that are missing may have been replaced by averages"
        return Standing(Severity.NOTE, Verdict.QUERY, (line,), ())
    if not one.certain and not one.of_everybody:
        line = "those who have a value may be fewer than the group"
        return Standing(Severity.NOTE, Verdict.QUERY, (line,), ())
    lines = [] if one.certain else [f"nor for any n down to {one.sizes[-1]}, were values missing"]
    if one.complete is not None:
        lines.append(f"the text says: “{one.complete.quote}”")
    severity = Severity.ERROR if one.printed.own_n else Severity.WARNING
    return Standing(severity, Verdict.IMPOSSIBLE, tuple(lines), ())


def cell_places(one: WholeMean) -> tuple[Place, ...]:
    """The cell, and the sentence that says that nothing is missing."""
    return (one.printed.place, *((one.complete,) if one.complete is not None else ()))
