"""Whether two prints of the text can both be right of one and the same quantity."""

from __future__ import annotations

from fractions import Fraction

from auditor.linking.agreement import Agreement, best, of_counts, with_print
from auditor.linking.parts import number
from auditor.printed import PrintedNumber
from auditor.rounding import Interval
from auditor.statement import Kind, Statement

DAYS = {
    "days": (Fraction(1), Fraction(1)),
    "weeks": (Fraction(7), Fraction(7)),
    "months": (Fraction(28), Fraction(31)),
    "years": (Fraction(364), Fraction(366)),
}
"""Least and greatest number of days that a paper may mean by a unit (months of 4 weeks)."""
APPROXIMATE = frozenset(
    (
        *("about", "approximately", "around", "nearly", "almost", "roughly", "some", "only about"),
        *("at least", "at most", "up to", "more than", "less than", "fewer than", "over", "under"),
    )
)
_ABOUT = frozenset(("about", "approximately", "around", "nearly", "almost", "roughly"))
_FIFTH_MORE = Fraction(6, 5)
_COUNTS = ("count", "denominator")
_OPPOSITE = {"lower": "upper", "upper": "lower"}


def unit_of(statement: Statement) -> str:
    """The unit of a time in the plural ("months"), or the unit as it stands."""
    unit = statement.unit.lower().rstrip(".")
    short = {"mo": "months", "mos": "months", "yr": "years", "yrs": "years", "wk": "weeks"}
    unit = short.get(unit, unit)
    return unit if unit.endswith("s") or f"{unit}s" not in DAYS else f"{unit}s"


def compare(one: Statement, other: Statement, part: str) -> tuple[Agreement, str] | None:
    """How the numbers of this name agree, and what makes different ones agree, in words.

    None where a statement lacks the number, prints an approximate one, or where the two cannot
    be compared (a range and a confidence interval).
    """
    first, second = number(one, part), number(other, part)
    if first is None or second is None or not _same_bounds(one, other, part):
        return None
    units = {unit_of(one), unit_of(other)}
    if Kind.VALUE in (one.kind, other.kind) and len(units) > 1 and not units <= DAYS.keys():
        return None
    if one.quantifier in APPROXIMATE or other.quantifier in APPROXIMATE:
        if first.value == second.value and unit_of(one) == unit_of(other):
            return Agreement.AGREES, ""
        return (Agreement.DIFFERS, "") if _far_apart(one, other, part, first, second) else None
    if part in _COUNTS and first.integer is not None and second.integer is not None:
        return of_counts(first, second.integer), ""
    found = with_print(first, second)
    if found is Agreement.AGREES:
        return found, ""
    kinder = [(kind, why) for kind, why in _other_ways(one, other, part, first, second)]
    if kinder:
        kind = best([k for k, _ in kinder])
        return kind, next(why for k, why in kinder if k is kind)
    return found, ""


def _far_apart(
    one: Statement, other: Statement, part: str, first: PrintedNumber, second: PrintedNumber
) -> bool:
    """Whether two times, of which one is "about" so long, differ by more than a fifth."""
    units = unit_of(one), unit_of(other)
    said = {s.quantifier for s in (one, other)} - {""}
    if part != "value" or not {*units} <= DAYS.keys() or not said <= _ABOUT:
        return False
    times = sorted((_days(first, units[0]), _days(second, units[1])), key=lambda i: i.lower or 0)
    most, least = times[0].upper, times[1].lower
    return most is not None and least is not None and least > most * _FIFTH_MORE


def _same_bounds(one: Statement, other: Statement, part: str) -> bool:
    """Whether the interval of this part is of the same kind in both (an unsaid kind is any)."""
    if not part.startswith(("lower", "upper")):
        return True
    which = 1 if part.endswith("2") else 0
    kinds = {s.bounds[which].of.lower() for s in (one, other) if which < len(s.bounds)}
    return len(kinds - {""}) <= 1


def _other_ways(
    one: Statement,
    other: Statement,
    part: str,
    first: PrintedNumber,
    second: PrintedNumber,
) -> list[tuple[Agreement, str]]:
    """Ways in which two different prints say the same."""
    found: list[tuple[Agreement, str]] = []
    units = unit_of(one), unit_of(other)
    timed = part in ("value", "lower", "upper", "lower2", "upper2")
    converted = timed and units[0] != units[1] and {*units} <= DAYS.keys()
    if converted and _days(first, units[0]).intersects(_days(second, units[1])):
        found.append((Agreement.AGREES, f"{units[0]} against {units[1]}"))
    if one.kind is Kind.RATIO and timed:
        turned = number(other, _OPPOSITE.get(part, part))
        if turned is not None and _reciprocal(first, turned):
            found.append((Agreement.AGREES, "the ratio the other way round"))
    if part == "percent" and _hundredfold(first, second):
        found.append((Agreement.AGREES, "a share against a percentage"))
    if part == "p-value" and (_twice(first, second) or _twice(second, first)):
        found.append((Agreement.AGREES, "one-sided against two-sided"))
    return found


def _days(printed: PrintedNumber, unit: str) -> Interval:
    within = printed.interval()
    least, most = DAYS[unit]
    return Interval(
        None if within.lower is None else within.lower * least,
        None if within.upper is None else within.upper * most,
    )


def _scaled(printed: PrintedNumber, factor: int) -> Interval:
    within = printed.interval()
    return Interval(
        None if within.lower is None else within.lower * factor,
        None if within.upper is None else within.upper * factor,
    )


def _reciprocal(first: PrintedNumber, second: PrintedNumber) -> bool:
    within = first.interval()
    if within.lower is None or within.upper is None or within.lower <= 0:
        return False
    return Interval(1 / within.upper, 1 / within.lower).intersects(second.interval())


def _hundredfold(first: PrintedNumber, second: PrintedNumber) -> bool:
    return any(
        not small.percent and small.value <= 1 and _scaled(small, 100).intersects(large.interval())
        for small, large in ((first, second), (second, first))
    )


def _twice(first: PrintedNumber, second: PrintedNumber) -> bool:
    both = first.relation == second.relation == "="
    return both and _scaled(first, 2).intersects(second.interval())
