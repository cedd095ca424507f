"""What in a sentence points elsewhere: citations of other work, and tables and figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.document import Table

_LIST = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,30}"
_BRACKET = re.compile(rf"\[\s?(?:[Rr]efs?\.?\s)?({_LIST})\s?\]")
_ROUND = re.compile(rf"\((?:[Rr]efs?\.?\s)?({_LIST})\)")
_RAISED = re.compile(
    r"\^\{?\d{1,3}(?:[,–-]\s?\^?\d{1,3}){0,30}\}?|[¹²³⁴⁵⁶⁷⁸⁹⁰]+(?:[,–⁻-]+[¹²³⁴⁵⁶⁷⁸⁹⁰]+)*"
)
_GLUED = re.compile(r"(?<=[^\W\d_]{3}[.,;])\d{1,3}(?:[,–-]\d{1,3}){0,30}(?=\s|\Z)")
# "(39%).3 Median": nothing printed as data stands so close behind a closing bracket.
_BEHIND_BRACKET = re.compile(
    r"(?:(?<=[%\d]\))|(?<=[%\d]\)[.,;]))\d{1,3}(?:[,–-]\d{1,3}){0,30}(?=\s|\Z)"
)
_UNIT = re.compile(
    r"(?:^|[^A-Za-zµμ])(?:[kdcmnµμ]?m|[hs]|min|day|week|L|kg|dL|mL|[rRIxX]|[χηστω])\Z"
)
_BEFORE = re.compile(r"[^\W\d_][).,;:”\"’]*\s?\Z|%\)?\s?\Z|\d\)\s?\Z")
_POWER_BASE = re.compile(r"(?:^|[^\d.,·])10\Z")
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_NAMED = re.compile(
    rf"\((?:e\.g\.,?\s|see\s(?:also\s)?|reviewed in\s)?(?!(?:{_MONTH})\b)[A-Z][^()]{{1,300}}?"
    r"\b(?:19|20)\d\d[a-z]?\)"
)
_NAME_YEAR = re.compile(r"(?:et al\.?|[A-Z][a-zé'’-]+),?\s(?:19|20)\d\d[a-z]?\b")
_YEAR_AFTER_NAME = re.compile(r"(?<=et al)\.?,?\s(\((?:19|20)\d\d[a-z]?\)|(?:19|20)\d\d[a-z]?\b)")
_AUTHOR_YEAR = re.compile(
    rf"\b(?!(?:{_MONTH})\b)[A-Z][a-zé'’-]+(?:\s(?:and|&)\s[A-Z][\w'’-]+)?\s(\((?:19|20)\d\d[a-z]?\))"
)

_ID = r"(?:e?S?\.?\d{1,2}(?:\.\d{1,2})?[A-Za-z]?(?![\w%]|[.,·]\d)|[IVX]{1,5}\b|[A-L]\b)"
_POINTER = re.compile(
    rf"""
    (?P<more>(?:Supplementa(?:ry|l)|Suppl?\.?|Additional|Online|Web|Appendix|Extended\ Data
        |supplementa(?:ry|l)|additional)\s)?
    \b(?P<word>e?[Tt]ables?|TABLES?|[Tt]abs?\.|[Ff]igures?|[Ff]igs?\.?|FIGURES?|FIGS?\.?
        |Sections?|section|Appendix|Appendices|[Pp]anels?|Equations?|Eqs?\.|Box|Boxes|Files?
        |Videos?|Methods)
    \s?(?P<ids>{_ID}(?:\s?(?:[,–-]|to\b|and\b)?\s?[A-La-l]\b(?!\s(?!and\b|or\b)[a-z]))*)
    """,
    re.VERBOSE,
)
_NEXT = re.compile(rf"\s?(?:,\sand|,\s?&|,|and|&|to|[–-])\s?({_ID}(?:\s?[,–-]\s?[A-L]\b)*)")
_ENDS_LIST = re.compile(r"\s?(?:[).;:\]]|\Z)")
_NUMBER = re.compile(r"S?\d{1,2}|[IVX]{1,5}")
_TABLE_WORD = re.compile(r"e?tab", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """How a document cites: by numbers in brackets, round brackets, or superscripts."""

    bracket: bool = False
    round: bool = False
    raised: bool = False


def citation_style(running: Sequence[str], introduction: Sequence[str]) -> Style:
    """The style of a document, from its running text: the first reference must be cited."""
    bracket = any(_first_of(_BRACKET, text) for text in running)
    raised = not bracket and any(
        re.search(r"(?<=[^\W\d_]{3})[.,;)]?(?:\^\{?1\b|¹(?![⁰¹²³⁴⁵⁶⁷⁸⁹]))", text)
        for text in running
    )
    round_ = not bracket and not raised and any(_first_of(_ROUND, text) for text in introduction)
    return Style(bracket, round_, raised)


def _first_of(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the first reference is cited: a range of values stands after a number."""
    return any(
        re.match(r"1(?!\d)", match[1])
        and _BEFORE.search(text[max(0, match.start() - 6) : match.start()])
        and not _is_range(text, match)
        for match in pattern.finditer(text)
    )


def citations(text: str, style: Style, section: str) -> tuple[tuple[int, int], ...]:
    """Spans of ``text`` that cite other work."""
    found: list[tuple[int, int]] = []
    if style.bracket:
        found += [m.span() for m in _BRACKET.finditer(text) if not _is_range(text, m)]
    if style.round and section != "results":
        shares = section in ("introduction", "discussion", "conclusion")
        found += [m.span() for m in _ROUND.finditer(text) if _after_word(text, m.start(), shares)]
    for match in _RAISED.finditer(text):
        if not _is_power(text, match):
            found.append(match.span())
    found += [m.span() for m in _BEHIND_BRACKET.finditer(text)]
    if style.raised:
        found += [m.span() for m in _GLUED.finditer(text)]
    found += [m.span() for m in _NAMED.finditer(text) if _NAME_YEAR.search(m[0])]
    for named in (_YEAR_AFTER_NAME, _AUTHOR_YEAR):
        found += [m.span(1) for m in named.finditer(text)]
    return _merged(found)


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def _is_range(text: str, match: re.Match[str]) -> bool:
    """Whether "63 [34-81]" is a value and its range."""
    bounds = re.fullmatch(r"(\d{1,9})\s?[,;–-]\s?(\d{1,9})", match[1])
    before = re.search(
        r"(\d{1,4})(?:\.\d+)?%?\s\Z", text[max(0, match.start() - 10) : match.start()]
    )
    return bool(bounds and before and int(bounds[1]) <= int(before[1]) <= int(bounds[2]))


def _after_word(text: str, at: int, shares: bool) -> bool:
    """Whether a word stands before; or a percentage, where other work is spoken of."""
    before = text[max(0, at - 5) : at]
    return bool(
        re.search(r"[^\W\d_]{2}[.,;”\"’]?\s\Z", before)
        or (shares and re.search(r"\d\s?%[.,;]?\s\Z", before))
    )


def _is_power(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 8) : match.start()]
    if _POWER_BASE.search(before):
        return True
    return bool(re.match(r"\^\{?[23](?!\d)|[²³]", match[0]) and _UNIT.search(before))


def table_numbers(tables: Sequence[Table]) -> Mapping[str, int]:
    """Index of each table by the number of its label ("2", "S1", "II")."""
    found: dict[str, int] = {}
    for table in tables:
        words = table.label.split()
        if words:
            more = len(words) > 2 or words[0].lower().startswith("e")
            found.setdefault(("S" if more and words[-1][0] != "S" else "") + words[-1], table.index)
    return found


def pointers(
    text: str, numbers: Mapping[str, int]
) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """Spans of ``text`` that name a table, figure or section, and the tables named."""
    spans: list[tuple[int, int]] = []
    tables: list[int] = []
    at = 0
    while match := _POINTER.search(text, at):
        end = match.end()
        ids = [match["ids"]]
        plural = match["word"].rstrip(".").lower().endswith(("s", "ces"))
        while more := _NEXT.match(text, end):
            if not plural and not _ENDS_LIST.match(text, more.end()):
                break
            ids.append(more[1])
            ids += _between(ids[-2], more[1]) if more[0].strip()[0] in "–-t" else []
            end = more.end()
        spans.append((match.start(), end))
        if _TABLE_WORD.match(match["word"]):
            supplement = bool(match["more"]) or match["word"][0] == "e"
            tables += _named(ids, numbers, supplement=supplement)
        at = end
    return tuple(spans), tuple(dict.fromkeys(tables))


def _between(first: str, last: str) -> list[str]:
    plain = first.isdecimal() and last.isdecimal() and max(len(first), len(last)) < 9
    if plain and int(first) < int(last) <= int(first) + 20:
        return [str(n) for n in range(int(first) + 1, int(last))]
    return []


def _named(ids: Sequence[str], numbers: Mapping[str, int], *, supplement: bool) -> list[int]:
    result = []
    for one in ids:
        number = _NUMBER.match(one.lstrip("e"))
        for plain in (one, number[0] if number else ""):
            key = f"S{plain}" if supplement and plain[:1] != "S" else plain
            if key in numbers:
                result.append(numbers[key])
                break
    return result
