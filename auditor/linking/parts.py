"""The numbers of one statement by name: what links and twins call its parts."""

from __future__ import annotations

from auditor.printed import PrintedNumber
from auditor.statement import Kind, Statement

SHARES = frozenset({Kind.PERCENT, Kind.SURVIVAL})


def number(statement: Statement, part: str) -> PrintedNumber | None:
    """The number of this name, or None where the statement does not print it.

    ``value`` is always the leading number; a COUNT calls it ``count``, a share ``percent``.
    ``lower`` and ``upper`` are those of the first interval, ``lower2`` and ``upper2`` those of
    the second.
    """
    if part == "value":
        return statement.value
    if part == "count":
        return statement.count or (statement.value if statement.kind is Kind.COUNT else None)
    if part == "percent":
        return statement.percent or (statement.value if statement.kind in SHARES else None)
    if part == "denominator":
        return statement.denominator
    if part == "p-value":
        return statement.value if statement.kind is Kind.P_VALUE else statement.p_value
    side, which = part.rstrip("2"), 1 if part.endswith("2") else 0
    if side in ("lower", "upper") and which < len(statement.bounds):
        bounds = statement.bounds[which]
        return bounds.lower if side == "lower" else bounds.upper
    return None


def parts(statement: Statement) -> tuple[tuple[str, PrintedNumber], ...]:
    """Every number of the statement once, the leading one first."""
    leading = "value"
    if statement.kind is Kind.COUNT:
        leading = "count"
    elif statement.kind in SHARES:
        leading = "percent"
    elif statement.kind is Kind.P_VALUE:
        leading = "p-value"
    found: dict[str, PrintedNumber] = {leading: number(statement, leading) or statement.value}
    for name in (
        "count",
        "denominator",
        "percent",
        "lower",
        "upper",
        "lower2",
        "upper2",
        "p-value",
    ):
        printed = number(statement, name)
        if printed is not None:
            found.setdefault(name, printed)
    return tuple(found.items())
