"""Survivors whom a clause of the text counts by time: "93% were alive at 36 months and 91% at 48".

One clause has one subject, so that all its shares are of one group, whatever its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber, scan_numbers
from auditor.statement import Origin, Sentence, Source

_ENDPOINTS = {
    "alive": "OS",
    "progression": "PFS",
    "relapse": "RFS",
    "recurrence": "RFS",
    "disease": "DFS",
    "event": "EFS",
}
_STATES = "|".join(state for state in _ENDPOINTS if state != "alive")
_BRACKET = r"(?:\s*[(\[][^()\[\]]*[)\]])?"
_PERCENT = rf"(?P<percent>(?<![\d.·])(?<!\d[-–])\d{{1,3}}(?:[.·]\d+)?\s?%){_BRACKET}"
_AT = r"(?:at|after)\s+(?P<at>\d+(?:\.\d+)?)\s*(?P<unit>month|year|week|day)s?\b"
_FIRST = re.compile(
    rf"{_PERCENT}(?:\s+of\s+(?:the\s+|all\s+)*(?:\d+\s+)?(?:patients|participants|subjects|women|"
    r"men|children|persons|people))?\s+(?:were|was|are|remained)\s+(?:still\s+)?"
    rf"(?:(?P<alive>alive)|free\s+(?:of|from)\s+(?P<free>{_STATES})s?|(?P<fore>{_STATES})[-–\s]free)"
    rf"\s+{_AT}",
    re.IGNORECASE,
)
_NEXT = re.compile(rf"\s*,?\s*(?:and\s+)?{_PERCENT}\s+(?:were\s+)?{_AT}", re.IGNORECASE)
_BEHIND = re.compile(_BRACKET)
# "80% and 75% were alive": the subject has two sides.
_SIDES = re.compile(r"%[^%.;]{0,40}?(?:\band|\bor|\bversus|\bvs\.?|,)\s*$")
_NOBODY_NAMED = re.compile(r"(?:^|,?\s+and\s+)$")


@dataclass(frozen=True, slots=True)
class Survivors:
    """Shares of one group by time, as one clause counts them.

    Attributes:
        endpoint: key of the lexicon ("OS").
        shares: months of the unit ("months"), the unit, the share as printed, and where it stands
            in the text of the sentence.
        bare: whether the clause begins with its share, so that it names no group.
    """

    sentence: Sentence
    endpoint: str
    shares: tuple[tuple[Fraction, str, PrintedNumber, tuple[int, int]], ...]
    bare: bool


def survivors(manuscript: Manuscript) -> Iterator[Survivors]:
    """Every such clause of this study's own results, in reading order."""
    for sentence in manuscript.prose.sentences:
        if sentence.origin is not Origin.OWN or sentence.source is not Source.PARAGRAPH:
            continue
        if sentence.section in ("methods", "introduction", "references"):
            continue
        if "%" in sentence.text and not re.search(r"\brespectively\b", sentence.text):
            yield from _of(sentence)


def _of(sentence: Sentence) -> Iterator[Survivors]:
    text = sentence.text
    for first in _FIRST.finditer(text):
        before = text[: first.start()]
        away = any(
            start <= first.start() < end and origin is not Origin.OWN
            for start, end, origin in sentence.clauses
        )
        if away or _SIDES.search(before):
            continue
        match: re.Match[str] | None = first
        found = []
        while match is not None:
            found.append(_share(match))
            behind = _BEHIND.match(text, match.end())
            match = _NEXT.match(text, behind.end() if behind else match.end())
        state = first["alive"] or first["free"] or first["fore"]
        bare = _NOBODY_NAMED.search(before) is not None
        yield Survivors(sentence, _ENDPOINTS[state.lower()], tuple(found), bare)


def _share(match: re.Match[str]) -> tuple[Fraction, str, PrintedNumber, tuple[int, int]]:
    number = scan_numbers(match["percent"])[0]
    return Fraction(match["at"]), f"{match['unit'].lower()}s", number, match.span("percent")
