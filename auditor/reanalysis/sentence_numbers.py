"""Numbers and P values of a sentence by their place in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from auditor.printed import PrintedNumber, scan_numbers
from auditor.statement import Sentence

NUMBER = (
    r"[-\u2010-\u2015\u2212+]?\s?(?:\d{1,3}(?:[,\u2009\u202f\u00a0]\d{3})+(?:[.·]\d+)?"
    r"|\d+[.,·]\d+|[.·]\d+|\d+)"
)
"""A number with its sign, thousands separated or not, decimals by dot, comma or middle dot."""

_RELATION = r"(?:=|<\s?=|>\s?=|[<>≤≥⩽⩾≦≧]|&lt;|&gt;)"
P_VALUE = re.compile(
    r"(?<![\w.])[pP](?!\w)[-\s]?(?:values?)?(?:_?\{?[a-z]{1,6}\}?)?\s*(?:(?:was|is|of)\s)?\s*"
    rf"(?P<relation>{_RELATION})\s*(?P<number>(?:\d+[.,·]\d+|[.·]\d+|[01])"
    r"(?:\s?[×x*]\s?10\^?\{?[-\u2212\u2013]\s?\d+\}?|[eE][-\u2212]?\d+)?)(?![\d])"
    r"|(?<![\w.])(?P<ns>n\.?\s?s\.?(?=[\s,;)\].]|$)|[Nn]ot significant)"
)


@dataclass(frozen=True, slots=True)
class Tested:
    """A P value of a sentence, ``Sentence.text[start:end]``; ``number`` as printed."""

    number: PrintedNumber
    start: int
    end: int


_TEST_WORD = (
    r"and|with|by|two-sided|one-sided|2-sided|1-sided|two-tailed|one-tailed|log[- ]?rank|a|the|of"
    r"|Student['’]s|Fisher['’]s|Welch['’]s|exact|Wald|Cox|chi[- ]squared?|model|regression"
    r"|unpaired|stratified|unstratified|adjusted|nominal|corresponding|associated|t[- ]test|test"
)
_NOTHING_BETWEEN = re.compile(
    rf"^[\s,;:)\](\[]*(?:(?:{_TEST_WORD})[\s,;:)\](\[]+)*$", re.IGNORECASE
)


def tested(sentence: Sentence, at: int) -> Tested | None:
    """The P value that follows position ``at`` with nothing but the name of its test between."""
    match = P_VALUE.search(sentence.text, at, at + 120)
    if match is None or match["ns"]:
        return None
    if not _NOTHING_BETWEEN.match(sentence.text[at : match.start()]):
        return None
    return p_value(sentence, match)


def p_value(sentence: Sentence, match: re.Match[str]) -> Tested | None:
    """The P value of a match of ``P_VALUE``; "ns" is ">0.05"."""
    if match["ns"]:
        number = scan_numbers(">0.05")[0]
        start, end = sentence.span(match.start(), match.end())
        number = replace(number, text=match[0], start=start, end=end)
        return Tested(number, match.start(), match.end())
    start = match.start("relation")
    if match["relation"].strip() == "=":
        start = match.start("number")
    found = printed(sentence, start, match.end("number"))
    return None if found is None else Tested(found, match.start(), match.end())


def printed(sentence: Sentence, start: int, end: int) -> PrintedNumber | None:
    """The one number of ``Sentence.text[start:end]``, with offsets in the document."""
    text = sentence.text[start:end]
    numbers = scan_numbers(text.replace("+", " ").replace("&lt;", "<").replace("&gt;", ">"))
    if len(numbers) != 1:
        return None
    first, last = sentence.span(start, end)
    return replace(numbers[0], text=text.strip(), start=first, end=last)
