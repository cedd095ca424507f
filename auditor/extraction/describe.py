"""Words for findings: where something stands, what it says, how the sum goes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from auditor.extraction.fits import percentage
from auditor.extraction.percents import Percentage
from auditor.extraction.reading import Entry, Role, TableReading
from auditor.finding import Place
from auditor.printed import PrintedNumber
from auditor.rounding import round_fraction


def where(reading: TableReading, entry: Entry) -> str:
    """Such as: Table 1, row “Sex > Male”, column “PCR (N=32)”."""
    column = reading.columns[entry.column].label
    parts = [reading.table.name]
    if entry.row.path:
        parts.append(f"row “{entry.row.path}”")
    if column:
        parts.append(f"column “{column}”")
    return ", ".join(parts)


def statement(entry: Entry) -> str:
    """The count with its percentage as one reads it: "57 (65.5%)", "161/249 (66%)"."""
    count, denominator = entry.number(Role.COUNT), entry.number(Role.DENOMINATOR)
    text = count.text if count is not None else ""
    if denominator is not None:
        text += f"/{denominator.text}"
    percent = entry.percent
    if percent is None:
        return text
    shown = percent.text if percent.percent else f"{percent.text}%"
    return f"{text} ({shown})" if text else shown


def corrected(stated: Percentage, denominator: int) -> str:
    """``statement`` with the percentage that count and denominator give."""
    text = statement(stated.entry).partition(" (")[0]
    return f"{text} ({right_percent(stated.count, denominator, stated.percent)})"


def right_percent(count: int, denominator: int, percent: PrintedNumber) -> str:
    """The percentage half-up with as many decimals as ``percent`` is printed with."""
    exact = percentage(count, denominator)
    if percent.relation == "<" and 0 < exact < percent.fraction:
        return f"<{percent.value}%"
    return f"{round_fraction(exact, percent.decimals)}%"


def division(count: int, denominator: int) -> str:
    """Such as "57/82 = 69.51%": enough decimals to see how it rounds."""
    exact = percentage(count, denominator)
    for decimals in (2, 3, 4):
        shown = round_fraction(exact, decimals)
        if Fraction(shown) == exact or decimals == 4:
            break
        if exact.denominator < 10**6 and decimals == 2:
            break
    return f"{count}/{denominator} = {shown}%"


def addition(numbers: Sequence[int]) -> str:
    """Such as "11 + 39 + 29 = 79"."""
    return f"{' + '.join(map(str, numbers))} = {sum(numbers)}"


def places(*entries: Entry) -> tuple[Place, ...]:
    """The places of entries, each once; a percentage in a column of its own counts too."""
    found: list[Place] = []
    for entry in entries:
        for place in (entry.place, entry.percent_place):
            if place not in found:
                found.append(place)
    return tuple(found)
