"""How test statistics are written: "t(28) = 2.20", "F_{2,57} = 4.1", "χ2 = 5.2, df = 1"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.reanalysis.sentence_numbers import NUMBER

_COUNT = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_OPEN, _CLOSE = r"_?\^?[({\[]{1,2}\s*", r"\s*[)}\]]{1,2}"
_DF = r"(?:(?:df|d\.f\.|v|ν)\s*=\s*)?"
_VALUE = rf"\s*=\s*(?P<value>{NUMBER})(?![\d])"
_NAMED = r"(?:[-\s]?(?:value|statistic|ratio|stat|test))?"
_START = r"(?<![\w.\u2013-])"
_SUB = "₀₁₂₃₄₅₆₇₈₉"

_FORMS = (
    (
        "t",
        rf"{_START}(?:t{_NAMED}\s*(?:{_OPEN}{_DF}(?P<df>{_COUNT}){_CLOSE}"
        rf"|_?(?P<glued>\d{{1,4}}(?:\.\d+)?)|(?P<sub>[{_SUB}]+))?"
        rf"|T\s*{_OPEN}{_DF}(?P<upper>{_COUNT}){_CLOSE}){_VALUE}",
    ),
    (
        "F",
        rf"{_START}F{_NAMED}\s*(?:(?:{_OPEN})?{_DF}(?P<df>\d+(?:\.\d+)?(?=\s*[,;/])"
        rf"|\d+,\d+(?=\s*;))\s*[,;/]\s*(?P<df2>\d+,\d{{1,2}}(?!\d)|{_COUNT})(?:{_CLOSE})?)?{_VALUE}",
    ),
    (
        "chi2",
        rf"{_START}(?:[χΧϰ]|\b[Cc]hi|\b[Xx])[-\s]?"
        rf"(?:\^?\{{?[2²]\}}?(?P<glued>\d{{1,2}})?(?P<sub>[{_SUB}]+)?|squared?|\bsq)"
        rf"{_NAMED}\s*(?:{_OPEN}{_DF}(?P<df>\d{{1,4}})(?:\s?df)?"
        rf"(?:\s*[,;]\s*[Nn]\s*=\s*[\d,]+)?{_CLOSE})?{_VALUE}",
    ),
    ("z", rf"{_START}[zZ]{_NAMED}{_VALUE}"),
    (
        "rho",
        rf"{_START}(?:ρ|rho|r_?\{{?s\}}?|(?<=Spearman )r|(?<=Spearman’s )r|(?<=Spearman's )r)\s*"
        rf"(?:{_OPEN}{_DF}(?P<df>{_COUNT}){_CLOSE})?{_VALUE}",
    ),
    ("r", rf"{_START}r\s*(?:{_OPEN}{_DF}(?P<df>{_COUNT}){_CLOSE})?{_VALUE}"),
    ("Q", rf"{_START}Q{_NAMED}\s*(?:{_OPEN}{_DF}(?P<df>\d{{1,4}}){_CLOSE})?{_VALUE}"),
)
_PATTERNS = tuple((kind, re.compile(form)) for kind, form in _FORMS)
_DF_WORD = r"(?:[dD]\.?\s?[fF]\.?|degrees?\s+of\s+freedom)"
_AFTER = re.compile(
    rf"[\s,;(\[]*(?:with\s|on\s|for\s)?(?:[Nn]\s?=\s?[\d,]+\s*[,;]\s*)?"
    rf"(?:{_DF_WORD}(?:\s?1)?\s*[=:]?\s*(?P<one>{_COUNT})"
    rf"(?:\s*(?:[,;/]|and)\s*(?:{_DF_WORD}\s?2?\s*[=:]\s*)?(?P<two>{_COUNT})(?!\s*[%=]))?"
    rf"|(?P<three>{_COUNT})(?:\s*(?:,|and)\s*(?P<four>{_COUNT}))?\s*{_DF_WORD})"
)
_BEFORE = re.compile(rf"\b{_DF_WORD}\s*=\s*(?P<one>{_COUNT})\s*[,;]\s*$")
_SIZE = re.compile(r"[\s,;(\[]*[nN]\s?=\s?(?P<n>\d{1,3}(?:,\d{3})+|\d+)\b")
_FROM_SUB = str.maketrans(_SUB, "0123456789")


@dataclass(frozen=True, slots=True)
class Written:
    """A statistic as written in ``text[start:end]``, its degrees of freedom included.

    Attributes:
        kind: "t", "F", "chi2", "z", "r", "rho" or "Q".
        value: where its value stands.
        df: its degrees of freedom as printed: none, one, or two of F.
        n: number of observations of a correlation, as printed, or "".
    """

    kind: str
    start: int
    end: int
    value: tuple[int, int]
    df: tuple[str, ...] = ()
    n: str = ""


def written(text: str) -> Iterator[Written]:
    """Every statistic of ``text`` in order, without overlap."""
    if "=" not in text:
        return
    found = [(m.start(), i, m) for i, (_, p) in enumerate(_PATTERNS) for m in p.finditer(text)]
    last = 0
    for start, i, match in sorted(found, key=lambda f: f[:2]):
        if start < last:
            continue
        one = _written(_PATTERNS[i][0], match, text)
        last = one.end
        yield one


def _written(kind: str, match: re.Match[str], text: str) -> Written:
    groups = match.groupdict()
    own = groups.get("df") or groups.get("upper") or groups.get("glued")
    if groups.get("sub"):
        own = groups["sub"].translate(_FROM_SUB)
    df = tuple(d for d in (own, groups.get("df2")) if d)
    end, n = match.end(), ""
    if not df:
        after = _AFTER.match(text, end)
        before = _BEFORE.search(text, max(0, match.start() - 30), match.start())
        if after:
            end = after.end()
            found = (after["one"] or after["three"], after["two"] or after["four"])
            df = tuple(d for d in found if d)
            df = df if kind == "F" else df[:1]
        elif before:
            df = (before["one"],)
        elif size := _SIZE.match(text, end):
            end, n = size.end(), size["n"]
    return Written(kind, match.start(), end, match.span("value"), df, n)
