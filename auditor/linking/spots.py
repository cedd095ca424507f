"""The numbers of one sentence, their classes, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.linking.parts import parts
from auditor.linking.same_value import DAYS, unit_of
from auditor.printed import PrintedNumber
from auditor.statement import Kind, Statement

_WORD = re.compile(r"[a-z]+(?:[-'’][a-z]+)*")
_COMMON = """
a an and are as at be been being both by did do for from had has have in is it its no not of on or
our respectively than that the their them these they this those to was we were which while who with
patient patients compared versus vs median mean rate group groups arm arms overall study
"""
_STOP = frozenset(_COMMON.split())


@dataclass(frozen=True, slots=True)
class Spot:
    """One number of a sentence: its statement, its part, and its class, within which alone
    numbers are compared."""

    statement: Statement
    part: str
    printed: PrintedNumber
    kind: str

    @property
    def weight(self) -> float:
        """How little chance explains an equal number: half for one digit, more for three.

        A P value is as common as its threshold.
        """
        if self.kind == "p-value":
            return 0.25
        digits = self.printed.text.strip("%").replace(".", "").replace("·", "").lstrip("0")
        return {0: 0.5, 1: 0.5, 2: 1.0}.get(sum(ch.isdigit() for ch in digits), 1.5)

    @property
    def bare(self) -> bool:
        """Whether it is a count alone: perhaps the size of a group that many sentences name."""
        statement = self.statement
        return self.part == "count" and statement.percent is statement.denominator is None


def frame(statement: Statement) -> tuple[str, str]:
    """What kind of number it is: only statements of one frame can be the same quantity."""
    kind = statement.kind
    if kind in (Kind.COUNT, Kind.PERCENT):
        return "patients", ""
    if kind is Kind.RATIO:
        return "ratio", statement.ratio.upper()
    unit = unit_of(statement)
    unit = "time" if unit in DAYS else unit
    if kind in (Kind.MEDIAN, Kind.VALUE):
        return "value", unit
    return kind.value, "" if kind in (Kind.SURVIVAL, Kind.P_VALUE) else unit


def spots(statements: Iterable[Statement]) -> list[Spot]:
    """Every number of a sentence once, in reading order.

    Denominators are left out: those of different quantities are equal as a rule.
    """
    found: dict[object, Spot] = {}
    for statement in statements:
        for part, printed in parts(statement):
            if part == "denominator":
                continue
            where = (printed.start, printed.end) if printed.end else (statement.id, part)
            found.setdefault(where, Spot(statement, part, printed, _class(statement, part)))
    return sorted(found.values(), key=lambda s: s.printed.start)


def _class(statement: Statement, part: str) -> str:
    if part in ("value", "lower", "upper", "lower2", "upper2"):
        return f"{part.rstrip('2')} of {frame(statement)[0]}"
    return part


def words(statement: Statement) -> frozenset[str]:
    """Content words of the phrases around a number, without their endings."""
    phrases = (*statement.what, *statement.whom, *statement.setting)
    return content(" ".join(phrase.text for phrase in phrases))


_MEASURED = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)\s?"
    r"(?:%|(?:mm|cm|mg|g|µg|μg|Gy|kg|ng|pg|IU|U|mmol|mL|ml|points?|mmHg)\b)"
)


def is_bare(statement: Statement) -> bool:
    """Whether it prints a count alone."""
    return statement.percent is statement.denominator is None


def same_shape(one: Statement, other: Statement) -> bool:
    """Whether both counts are shares of patients or neither: "(n = 33)" is a group."""
    if one.percent is not None and other.percent is not None:
        # The same share of a much smaller number is one of other patients.
        low, high = sorted((one.value.fraction, other.value.fraction))
        return one.percent.value != other.percent.value or 4 * low >= 3 * high
    if one.percent is other.percent is None:
        return True
    of = one.denominator, other.denominator
    return of[0] is not None and of[1] is not None and of[0].value == of[1].value


def measured_apart(statement: Statement, text: str) -> bool:
    """Whether the phrases around a number give a size, a dose or a threshold ("at 7 mm") that
    the text does not give."""
    phrases = (*statement.what, *statement.whom, *statement.setting)
    given = {m[1] for p in phrases for m in _MEASURED.finditer(p.text)}
    return any(not re.search(rf"(?<![\d.]){re.escape(n)}(?!\d)", text) for n in given)


def content(text: str) -> frozenset[str]:
    """Content words of a text, without their endings."""
    found = _WORD.findall(text.lower())
    return frozenset(stem(word) for word in found if word not in _STOP and len(word) > 1)


def stem(word: str) -> str:
    """A word without the endings of plural and past."""
    for ending in ("ies", "ing", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
