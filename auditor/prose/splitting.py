"""Where sentences end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(
    r"""
    [.!?]
    (?:["'”’»]|[)\]](?=["'”’)\]\s]|\Z|\^))*
    (?P<cited>
        \^\{?\d{1,3}(?:\s?[,–-]\s?\^?\d{1,3})*\}?
      | (?:(?<=[^\W\d_]{3}\.)|(?<=[%\d]\)\.))\d{1,3}(?:[,–-]\d{1,3})*(?=\s+[A-Z])
      | [¹²³⁴⁵⁶⁷⁸⁹⁰]+(?:[,–-⁻]*[¹²³⁴⁵⁶⁷⁸⁹⁰]+)*
      | \s?\[\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,20}\](?=\s+[A-Z]|\Z)
    )?
    (?:\s+|\Z)
    """,
    re.VERBOSE,
)
_TOKEN = re.compile(r"[^\s()\[\]]+\Z")
_LOOK_BACK = 40
_FARTHEST_CLOSE = 250
"""Brackets that embrace more than this may have been opened by mistake."""

_NEVER = frozenset(
    ("vs", "v", "i.e", "e.g", "ie", "eg", "cf", "viz", "dr", "prof", "mr", "mrs", "ms", "st", "ca",
     "approx", "incl", "excl", "esp", "med", "univ", "dept", "hosp")
)  # fmt: skip
_BEFORE_NUMBER = frozenset(
    ("fig", "figs", "tab", "no", "nos", "nr", "eq", "eqs", "ref", "refs", "vol", "pp", "p", "ed",
     "suppl", "supp", "ver", "cat", "sect", "sec", "ch", "app", "pt", "pts", "art", "n", "jan",
     "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec")
)  # fmt: skip
_MAY_END = frozenset(("al", "inc", "ltd", "co", "corp", "u.s", "u.k", "a.m", "p.m", "etc", "m.d",
                      "ph.d", "u.s.a", "llc", "b.v", "d.c"))  # fmt: skip
_STARTERS = frozenset(
    ("the", "a", "an", "in", "we", "our", "this", "these", "those", "that", "it", "its", "they",
     "their", "there", "here", "however", "moreover", "furthermore", "although", "while", "when",
     "at", "of", "on", "for", "from", "to", "with", "after", "before", "during", "among", "all",
     "both", "no", "none", "one", "two", "three", "as", "by", "patients", "median", "overall",
     "additionally", "besides", "thus", "therefore", "similarly", "finally", "most", "some",
     "results", "data", "statistical", "because", "since", "if", "another", "other")
)  # fmt: skip
_DANGLING = frozenset(("and", "or", "of", "the", "with", "to", "in", "by", "was", "were", "a"))
"""No sentence ends with these: the stop is a slip."""

_LETTERED = frozenset(
    ("arm", "arms", "group", "groups", "cohort", "vitamin", "hepatitis", "type", "regimen", "part",
     "panel", "stage", "class", "score", "schedule", "level", "factor", "child-pugh", "and", "or",
     "to", "vs")
)  # fmt: skip


_NO_ABBREVIATION = 7
"""Letters of a word in lower case before a stop that abbreviates nothing."""

_LONGEST = 4000
"""No sentence is longer: such text is none, and is cut so that reading it stays quick."""


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every sentence of a passage, white space between them left out."""
    return tuple(part for start, end in _spans(text) for part in _cut(text, start, end))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST)
        stop = blank if blank > start else start + _LONGEST
        yield start, stop
        start = stop + (text[stop] == " ")
    if start < end:
        yield start, end


def _spans(text: str) -> Iterator[tuple[int, int]]:
    closes = _inside(text)
    start = 0
    for match in _END.finditer(text):
        dot = match.start()
        if dot < start or match.end() == len(text):
            continue
        if closes[dot] or not _ends(text, start, match):
            continue
        end = match.end()
        while text[end - 1].isspace():
            end -= 1
        yield start, end
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _inside(text: str) -> bytearray:
    """For each position whether it stands within brackets that close again soon."""
    within = bytearray(len(text))
    opened: list[int] = []
    for i, ch in enumerate(text):
        if ch in "([":
            opened.append(i)
        elif ch in ")]" and opened:
            begin = opened.pop()
            if not opened and i - begin <= _FARTHEST_CLOSE:
                within[begin:i] = b"\1" * (i - begin)
        if opened and i - opened[0] > _FARTHEST_CLOSE:
            opened.clear()
    return within


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    dot = match.start()
    after = _first_word(text, match.end())
    before = text[max(start, dot - _LOOK_BACK) : dot]
    found = _TOKEN.search(before)
    token = found[0] if found else ""
    if match["cited"] or not token or text[dot] != ".":
        return not after[:1].islower() or _is_term(after)
    alone = dot - len(token) <= start
    folded = token.lower().lstrip("\"'“‘")
    if alone and (token.isdigit() or len(token) == 1 or re.fullmatch(r"[\dIVX.]+", token)):
        return False  # the number of a list or heading
    if folded in _NEVER:
        return False
    starter = after.lower() in _STARTERS and after[:1].isupper()
    if folded in _BEFORE_NUMBER:
        return not (after[:1].isdigit() or after[:1] in "S(" or after[:1].islower()) or starter
    if folded in _MAY_END:
        return starter
    if folded in _DANGLING and not starter:
        return False
    if len(token) == 1 and token.isupper():
        if after[:1].islower():
            return False  # "A. progression-free survival and B. overall survival"
        previous = before[: -len(token)].split()
        return starter or (bool(previous) and previous[-1].lower() in _LETTERED)
    # "were enrolled. colon was seen": no abbreviation is so long, and lower case a slip.
    long = len(token) >= _NO_ABBREVIATION and token.isalpha() and token.islower()
    return long or not after[:1].islower() or _is_term(after)


def _first_word(text: str, at: int) -> str:
    while at < len(text) and text[at] in "\"'“‘([*_":
        at += 1
    end = at
    while end < len(text) and not text[end].isspace() and end - at < _LOOK_BACK:
        end += 1
    return text[at:end].rstrip(",;:")


def _is_term(word: str) -> bool:
    """Whether a word that begins in lower case may begin a sentence: "m-PFS", "pCR", "α2b"."""
    return any(ch.isupper() or ch.isdigit() for ch in word) or not word[:1].isascii()
