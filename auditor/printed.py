"""Printed numbers: the text of a number, and the exact values it can stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from auditor.number_grammar import tokens
from auditor.number_signs import DASHES, FOOTNOTE_MARKS, MINUS, SPACES
from auditor.rounding import Interval, Rounding, round_fraction, rounding_interval, unit

__all__ = [
    "DASHES",
    "MINUS",
    "MISSING",
    "PrintedNumber",
    "missing_kind",
    "parse_number",
    "scan_numbers",
]

MISSING = {
    "nr": "not reached",
    "n.r.": "not reached",
    "n.r": "not reached",
    "n/r": "not reached",
    "not reached": "not reached",
    "not yet reached": "not reached",
    "not reported": "not reported",
    "ne": "not estimable",
    "n.e.": "not estimable",
    "n.e": "not estimable",
    "n/e": "not estimable",
    "not estimable": "not estimable",
    "not evaluable": "not estimable",
    "not calculable": "not estimable",
    "na": "not available",
    "n/a": "not available",
    "n.a.": "not available",
    "n.a": "not available",
    "not available": "not available",
    "not applicable": "not applicable",
    "nd": "not done",
    "n.d.": "not done",
    "n.d": "not done",
    "n/d": "not done",
    "not done": "not done",
    "ns": "not significant",
    "n.s.": "not significant",
    "n.s": "not significant",
    "not significant": "not significant",
    "..": "not applicable",
    "...": "not available",
    "…": "not available",
    "missing": "not available",
    "ref": "reference",
    "ref.": "reference",
    "reference": "reference",
}
"""Words that stand in a cell instead of a number, in lower case, with what they mean."""


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as printed.

    Attributes:
        text: verbatim, with relation and percent sign, without footnote marks.
        value: the number, exact.
        decimals: decimals printed ("15.20" has 2); negative where a power of ten hides the
            last digits ("3.5 × 10^9" has -8), so that ``unit(decimals)`` is always the
            worth of the last printed digit.
        relation: ``=``, ``<``, ``>``, ``<=``, ``>=`` or ``~``.
        percent: whether a percent sign follows.
        mark: a footnote mark glued to the number, or "".
        start, end: offsets in the text that was scanned (mark included).
    """

    text: str
    value: Decimal
    decimals: int
    relation: str = "="
    percent: bool = False
    mark: str = ""
    start: int = 0
    end: int = 0

    @property
    def fraction(self) -> Fraction:
        """The number as an exact fraction; a percentage keeps its scale ("39%" is 39)."""
        return Fraction(self.value)

    @property
    def integer(self) -> int | None:
        """The value as a count, or None where it is not printed as a non-negative integer."""
        if self.decimals or self.relation != "=" or self.percent or self.value < 0:
            return None
        return int(self.value)

    def interval(self, rounding: Rounding = Rounding.HALF_UP) -> Interval:
        """The exact values that this print allows; a bound ("<0.001") is taken at its word."""
        return _interval(self.value, self.decimals, self.relation, rounding)

    def conventions(self, exact: Fraction) -> tuple[Rounding, ...]:
        """Every rounding convention under which ``exact`` prints as this number."""
        return tuple(r for r in Rounding if exact in self.interval(r))

    def units_off(self, exact: Fraction) -> Fraction:
        """Distance from ``exact`` in units of the last printed digit; 0 inside a bound."""
        if self.relation != "=" and exact in self.interval():
            return Fraction(0)
        return abs(exact - self.fraction) / unit(self.decimals)

    def like(self, exact: Fraction) -> str:
        """``exact`` printed with as many decimals as this number, half-up."""
        return f"{round_fraction(exact, self.decimals):f}" + ("%" if self.percent else "")


@lru_cache(maxsize=8192)
def _interval(number: Decimal, decimals: int, relation: str, rounding: Rounding) -> Interval:
    value = Fraction(number)
    if relation in ("<", "<="):
        return Interval(None, value, True, relation == "<=")
    if relation in (">", ">="):
        return Interval(value, None, relation == ">=", True)
    if relation == "~":
        step = unit(decimals)
        return Interval(value - step, value + step)
    return rounding_interval(value, decimals, rounding)


_LONGEST_MISSING = 60  # longer text says more than that a number is missing
_MARKS_AFTER = re.compile(rf"(?:\^\{{[^{{}}]*\}}|\^\w{{1,2}}|[{re.escape(FOOTNOTE_MARKS)}])+$")


def missing_kind(text: str) -> str | None:
    """What a cell without a number says ("not reached", ...), or None if it does not.

    An empty cell is "blank"; a lone dash is "dash": a table may mean 0 or unknown by it.
    Brackets around the whole and footnote marks after it do not matter ("(NR)", "—*").
    """
    folded = " ".join(text.split())
    if len(folded) > _LONGEST_MISSING:
        return None
    folded = _MARKS_AFTER.sub("", folded).strip().lower()
    if folded[:1] in ("(", "[") and folded[-1:] in (")", "]"):
        folded = folded[1:-1].strip()
    if not folded:
        return "blank"
    if all(ch in DASHES or ch in SPACES for ch in folded):
        return "dash"
    return MISSING.get(folded)


def scan_numbers(text: str, *, decimal_comma: bool = False) -> tuple[PrintedNumber, ...]:
    """Every printed number of ``text`` in order; never raises, whatever the text.

    Digits that belong to a word ("CD38", "T2N1", "IL-6", "5-FU", "5q13"), ordinals ("2nd"),
    superscripts of words ("m^2") and dates with dots are not numbers. A unit that follows
    ("12mg", "5-year") is not part of the number. A digit glued on as ``^1`` is a footnote
    mark; only after 10 it is a power, and "3.5 × 10^9" is one number.

    A dash is a sign unless a number, word or closing bracket stands directly before it:
    "8–62" and "43 −81" are ranges. Digits are joined over narrow blanks ("12\u2009345"), over
    a plain blank never. With ``decimal_comma`` a comma before three digits is a decimal comma
    as well, and "1.234,5" is one number; without it "1,234" is a thousand and "0,07" still is
    a decimal, since no thousand starts with 0. "2,3,4" is a list either way.
    """
    return tuple(
        PrintedNumber(
            text=text[token.start : token.end - len(token.mark)],
            value=token.value,
            decimals=token.decimals,
            relation=token.relation,
            percent=token.percent,
            mark=token.mark,
            start=token.start,
            end=token.end,
        )
        for token in tokens(text, decimal_comma=decimal_comma)
    )


def parse_number(text: str, *, decimal_comma: bool = False) -> PrintedNumber | None:
    """The printed number that ``text`` wholly consists of, or None."""
    numbers = scan_numbers(text, decimal_comma=decimal_comma)
    if len(numbers) != 1:
        return None
    rest = text[: numbers[0].start] + text[numbers[0].end :]
    return None if rest.strip() else numbers[0]
