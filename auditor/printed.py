"""Printed numbers: the text of a number, and the exact values it can stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from auditor.rounding import Interval, Rounding, round_fraction, rounding_interval, unit

MINUS = "-\u2212\u2010\u2011\u2012\ufe63\uff0d"
DASHES = MINUS + "\u2013\u2014\u2015"
_DOTS = ".\u00b7\u2219\u22c5\u2027"
_SPACES = "\u0020\u00a0\u2009\u202f\u2006\u2007\u2008\u200a\u2005"
_MARKS = "*†‡§¶#‖¤\u2021\u2020⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲ"

MISSING = {
    "nr": "not reached",
    "not reached": "not reached",
    "ne": "not estimable",
    "not estimable": "not estimable",
    "na": "not available",
    "n/a": "not available",
    "n.a.": "not available",
    "n.a": "not available",
    "not available": "not available",
    "not applicable": "not applicable",
    "nd": "not done",
    "not done": "not done",
    "ns": "not significant",
    "n.s.": "not significant",
    "..": "not applicable",
    "...": "not available",
    "…": "not available",
    "missing": "not available",
}
"""Words that stand in a cell instead of a number, in lower case, with what they mean."""


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as printed.

    Attributes:
        text: verbatim, with relation and percent sign, without footnote marks.
        value: the number, exact.
        decimals: decimals printed ("15.20" has 2).
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
        return Fraction(self.value)

    @property
    def integer(self) -> int | None:
        """The value as a count, or None where it is not printed as a non-negative integer."""
        if self.decimals or self.relation != "=" or self.percent or self.value < 0:
            return None
        return int(self.value)

    def interval(self, rounding: Rounding = Rounding.HALF_UP) -> Interval:
        """The exact values that this print allows; a bound ("<0.001") is taken at its word."""
        value = self.fraction
        if self.relation in ("<", "<="):
            return Interval(None, value, True, self.relation == "<=")
        if self.relation in (">", ">="):
            return Interval(value, None, self.relation == ">=", True)
        if self.relation == "~":
            step = unit(self.decimals)
            return Interval(value - step, value + step)
        return rounding_interval(value, self.decimals, rounding)

    def conventions(self, exact: Fraction) -> tuple[Rounding, ...]:
        """Every rounding convention under which ``exact`` prints as this number."""
        return tuple(r for r in Rounding if exact in self.interval(r))

    def units_off(self, exact: Fraction) -> Fraction:
        """Distance from ``exact`` in units of the last printed digit; 0 inside a bound."""
        if self.relation != "=":
            return Fraction(0) if exact in self.interval() else abs(exact - self.fraction) / unit(
                self.decimals
            )
        return abs(exact - self.fraction) / unit(self.decimals)

    def like(self, exact: Fraction) -> str:
        """``exact`` printed with as many decimals as this number, half-up."""
        return str(round_fraction(exact, self.decimals)) + ("%" if self.percent else "")


_SPACE_CLASS = f"[{_SPACES}]"
_NUMBER = re.compile(
    rf"""
    (?P<relation>[<>≤≥~≈]\s*=?|=<|=>)?{_SPACE_CLASS}*
    (?P<sign>(?<![\w)\]%.,{DASHES}])[{MINUS}\u2013]{_SPACE_CLASS}?|[+](?=\d))?
    (?P<digits>
        \d{{1,3}}(?:,\d{{3}})+(?![\d])(?:[{_DOTS}]\d+)?      # 1,234.5
      | \d{{1,3}}(?:[\u00a0\u2009\u202f\u2006\u2007\u2008\u200a]\d{{3}})+(?!\d)(?:[{_DOTS},]\d+)?
      | \d+[{_DOTS}]\d+                                      # 12.5, 12·5
      | \d+,\d+                                              # 0,07
      | \d+
      | (?<![\d{_DOTS}])[{_DOTS}]\d+                          # .49
    )
    (?P<percent>{_SPACE_CLASS}?[%％])?
    (?P<mark>(?:\^\{{?[^\s{{}}]{{1,3}}\}}?|[{re.escape(_MARKS)}]|(?<=\d)[a-k](?![\w.]))*)
    """,
    re.VERBOSE,
)
_RELATIONS = {"≤": "<=", "≥": ">=", "≈": "~", "=<": "<=", "=>": ">="}


def missing_kind(text: str) -> str | None:
    """What a cell without a number says ("not reached", "none or nil"), or None if it does not.

    An empty cell is "blank"; a lone dash is "dash": a table may mean 0 or unknown by it.
    """
    folded = " ".join(text.replace("\u00a0", " ").split()).strip("*†‡§¶#").lower()
    if not folded:
        return "blank"
    if all(ch in DASHES for ch in folded):
        return "dash"
    return MISSING.get(folded)


def scan_numbers(text: str, *, decimal_comma: bool = False) -> tuple[PrintedNumber, ...]:
    """Every printed number of ``text`` in order.

    Digits that belong to a word ("CD38", "T2N1", "G719X") are not numbers. With
    ``decimal_comma`` a comma before three digits is a decimal comma as well; without it
    "1,234" is a thousand and "0,07" still is a decimal, since no thousand starts with 0.
    """
    found = []
    position = 0
    while match := _NUMBER.search(text, position):
        position = max(match.end(), match.start() + 1)
        digits_at = match.start("digits")
        before = text[digits_at - 1] if digits_at else ""
        if (before.isalpha() or before in ("_", "^")) and not match["sign"] and not match["relation"]:
            position = _end_of_word(text, digits_at)
            continue
        after = text[match.end() : match.end() + 1]
        if after.isalpha() and not match["mark"] and not match["percent"]:
            tail = _end_of_word(text, match.end())
            if any(ch.isdigit() for ch in text[match.end() : tail]):
                position = tail
                continue
        found.append(_number(match, decimal_comma))
    return tuple(found)


def parse_number(text: str, *, decimal_comma: bool = False) -> PrintedNumber | None:
    """The printed number that ``text`` wholly consists of, or None."""
    numbers = scan_numbers(text, decimal_comma=decimal_comma)
    if len(numbers) != 1:
        return None
    rest = text[: numbers[0].start] + text[numbers[0].end :]
    return None if rest.strip() else numbers[0]


def _end_of_word(text: str, start: int) -> int:
    end = start
    while end < len(text) and (text[end].isalnum() or text[end] in "_^"):
        end += 1
    return max(end, start + 1)


def _number(match: re.Match[str], decimal_comma: bool) -> PrintedNumber:
    digits = match["digits"]
    for space in _SPACES:
        digits = digits.replace(space, "")
    for dot in _DOTS[1:]:
        digits = digits.replace(dot, ".")
    thousands = re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", digits)
    if thousands and not (decimal_comma and digits.count(",") == 1 and "." not in digits):
        digits = digits.replace(",", "")
    digits = digits.replace(",", ".")
    if digits.startswith("."):
        digits = "0" + digits
    value = Decimal(digits)
    if match["sign"] and match["sign"].strip() != "+":
        value = -value
    relation = "".join((match["relation"] or "=").split())
    mark = match["mark"] or ""
    start = match.start("relation") if match["relation"] else (
        match.start("sign") if match["sign"] else match.start("digits")
    )
    end = match.end()
    return PrintedNumber(
        text=match.string[start : end - len(mark)].strip(),
        value=value,
        decimals=len(digits.partition(".")[2]),
        relation=_RELATIONS.get(relation, relation),
        percent=match["percent"] is not None,
        mark=mark,
        start=start,
        end=end,
    )
