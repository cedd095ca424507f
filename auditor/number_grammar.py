"""How numbers are written in manuscripts: which characters of a text are one number.

This is the lexical half of ``auditor.printed``; nothing else should need it. Every step is
linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from auditor.number_signs import (
    DASHES,
    DOTS,
    FOOTNOTE_MARKS,
    GROUP_SPACES,
    SIGNS,
    SPACES,
    left_context,
)

LONGEST = 40
"""Longer runs of digits are keys or noise, not numbers anybody printed as a result."""

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")

# Letters of scripts without spaces between words (Chinese, Japanese, Korean) do not
# make a word with the digits beside them.
_W = r"(?:(?![\u2e80-\ud7ff\uf900-\ufaff])\w)"
_LETTER = r"(?:(?![\u2e80-\ud7ff\uf900-\ufaff])[^\W\d])"
_GLUED_WORD = re.compile(rf"{_LETTER}{_W}*(?:(?<=\d)[{DASHES}{DOTS},/]\d+)*")  # mg, q13.3
_TOKEN = re.compile(
    rf"""
      (?P<superscript>\^(?:\{{[^{{}}\n]{{1,40}}\}}|[{SIGNS}]?\d+))      # m^2, stage^{{18,19}}
    | (?P<word>{_LETTER}{_W}*                                         # HER2, T1.5
        (?:(?<=\d)[{DOTS},]\d+)*
        (?:[{DASHES}]\d+(?!\d|[{DOTS},]\d|[{SPACES}]?[%％])           # IL-6, COVID-19
         |(?<=\d)/\d+(?!\d|[{DOTS},]\d|[{SPACES}]?[%％]))*)           # T3/4
    | (?P<run>(?:(?<![\w{DOTS}])[{DOTS}])?\d+
        (?:[{DOTS},]\d+|[{GROUP_SPACES}]\d{{3}}(?!\d))*)
    """,
    re.VERBOSE,
)

_POWER = (
    rf"10(?:\^\{{?(?P<caret>[{SIGNS}+]?\d{{1,3}})(?!\d)\}}?"
    r"|(?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))"
)
_SCIENTIFIC = re.compile(
    rf"""
    (?P<mantissa>\d{{1,15}}(?:[{DOTS},]\d{{1,15}})?)
    (?:(?P<e>[eE](?P<exponent>[{SIGNS}+]?\d{{1,3}})(?!\w))
      |[{SPACES}]?[×xX*✕✖{DOTS[1:]}][{SPACES}]?{_POWER})
    """,
    re.VERBOSE,
)
_BARE_POWER = re.compile(_POWER)

_PERCENT = re.compile(rf"[{SPACES}]{{0,2}}(?:[%％﹪]|per[\u0020\u00a0]?cent(?!\w))")
_MARKS = re.compile(
    rf"""(?:
        \^\{{[^{{}}\n]{{1,20}}\}}                              # ^{{a,b}}
      | \^(?:\d+|[^\W\d_]|[{FOOTNOTE_MARKS}]+)(?!\w)
          (?:,(?:[a-z]|\d)(?![\w.,^]))*                      # ^1  ^a,b
      | \^\d+
      | [{FOOTNOTE_MARKS}]
      | (?<=\d)[a-k](?:,[a-k])*(?![\w.])                       # 15.2a
    )*""",
    re.VERBOSE,
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![^\W\d_])")
_COMPOUND_NAME = re.compile(  # 5-FU, but not 4-NR
    r"(?<!\d[.,]\d)(?<![.,]\d\d)[-\u2010\u2011](?!DAY|N[AER]\b)[A-Z]{2,3}\d*(?!\w)"
)

_PLAIN = re.compile(r"\d+")
_DECIMAL = re.compile(rf"\d*[{DOTS}]\d+")
_COMMA_GROUPS = re.compile(rf"[1-9]\d{{0,2}}(?:,\d{{3}})+(?:[{DOTS}]\d+)?")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")
_SPACE_GROUPS = re.compile(
    rf"[1-9]\d{{0,2}}(?:([{GROUP_SPACES}])\d{{3}})(?:\1\d{{3}})*(?:[{DOTS},]\d+)?"
)
_DOT_GROUPS = re.compile(rf"[1-9]\d{{0,2}}(?:(?:[{DOTS}]\d{{3}})+,\d+|(?:[{DOTS}]\d{{3}}){{2,}})")
_TO_DOT = str.maketrans(dict.fromkeys(DOTS + ",", "."))
_DROP_SPACES = str.maketrans(dict.fromkeys(SPACES))


@dataclass(frozen=True, slots=True)
class Token:
    """One number of a text: ``text[start:end]`` less the ``mark`` at its end.

    ``decimals`` is negative where a power of ten hides the last digits ("3.5 × 10^9": -8).
    """

    value: Decimal
    decimals: int
    relation: str
    percent: bool
    mark: str
    start: int
    end: int


class _Piece(NamedTuple):
    start: int
    end: int
    digits: str
    exponent: int = 0


def tokens(text: str, *, decimal_comma: bool = False) -> Iterator[Token]:
    """Every number of ``text`` in order, without overlap; see ``printed.scan_numbers``."""
    position = 0
    while match := _TOKEN.search(text, position):
        floor, position = position, match.end()
        if not match["run"]:
            continue
        pieces, end = _pieces(text, match, decimal_comma)
        percent = _PERCENT.match(text, end)
        body_end = percent.end() if percent else end
        mark = _MARKS.match(text, body_end)
        marks = mark.group() if mark else ""
        position = body_end + len(marks)
        if not percent and not marks:
            if _ORDINAL.match(text, end):
                continue
            word = _GLUED_WORD.match(text, end)
            if word:  # a unit ("12mg"), unless digits make it a name ("5q13")
                position = word.end()
                if any(ch.isdigit() for ch in word.group()):
                    continue
            name = _COMPOUND_NAME.match(text, end)
            if name:
                position = name.end()
                continue
        for i, piece in enumerate(pieces):
            last = i == len(pieces) - 1
            start, relation, negative = (
                left_context(text, piece.start, floor) if i == 0 else (piece.start, "=", False)
            )
            if piece.end - start > LONGEST:
                continue
            value, decimals = _value(piece)
            yield Token(
                value=value.copy_negate() if negative else value,
                decimals=decimals,
                relation=relation,
                percent=last and percent is not None,
                mark=marks if last else "",
                start=start,
                end=body_end + len(marks) if last else piece.end,
            )


def _pieces(text: str, match: re.Match[str], decimal_comma: bool) -> tuple[list[_Piece], int]:
    """The numbers that a run of digits and separators holds, and where the run ends."""
    start, end = match.span()
    if science := _SCIENTIFIC.match(text, start):
        mantissa = science["mantissa"].translate(_TO_DOT)
        signed = science["e"] and not science["exponent"][0].isdigit()
        if not science["e"] or signed or "." in mantissa:
            power = _exponent(science["exponent"] or science["caret"] or science["raised"])
            return [_Piece(start, science.end(), mantissa, power)], science.end()
    if power_of_ten := _BARE_POWER.match(text, start):
        power = _exponent(power_of_ten["caret"] or power_of_ten["raised"])
        return [_Piece(start, power_of_ten.end(), "1", power)], power_of_ten.end()
    return list(_split(match.group(), start, decimal_comma)), end


def _split(run: str, start: int, decimal_comma: bool) -> Iterator[_Piece]:
    """One number where the separators make one, else a list cut at blanks, then at commas.

    Two dots within a part make it a date or a version ("31.12.2018"), no number at all.
    """
    whole = _canonical(run, decimal_comma)
    if whole is not None:
        yield _Piece(start, start + len(run), whole)
        return
    for separators in (GROUP_SPACES, ","):
        parts = re.split(f"[{separators}]", run)
        if len(parts) > 1:
            for part in parts:
                yield from _split(part, start, decimal_comma)
                start += len(part) + 1
            return


def _canonical(run: str, decimal_comma: bool) -> str | None:
    if _PLAIN.fullmatch(run) or _DECIMAL.fullmatch(run):
        return run.translate(_TO_DOT)
    lone_comma = _DECIMAL_COMMA.fullmatch(run)
    if _COMMA_GROUPS.fullmatch(run) and not (decimal_comma and lone_comma):
        return run.replace(",", "").translate(_TO_DOT)
    if lone_comma or _SPACE_GROUPS.fullmatch(run):
        return run.translate(_DROP_SPACES).translate(_TO_DOT)
    if decimal_comma and _DOT_GROUPS.fullmatch(run):
        whole, _, decimals = run.partition(",")
        whole = "".join(ch for ch in whole if ch.isdigit())
        return f"{whole}.{decimals}" if decimals else whole
    return None


def _value(piece: _Piece) -> tuple[Decimal, int]:
    """The exact value and the decimals; built from text so that no context can round it."""
    digits = "0" + piece.digits if piece.digits.startswith(".") else piece.digits
    decimals = len(digits.partition(".")[2])
    value = Decimal(f"{digits}E{piece.exponent}") if piece.exponent else Decimal(digits)
    return value, decimals - piece.exponent


def _exponent(printed: str) -> int:
    plain = printed.translate(_SUPERSCRIPTS)
    return -int(plain[1:]) if plain[0] in SIGNS else int(plain)
