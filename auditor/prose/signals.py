"""The words and marks of a clause that tell whose study it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.prose.cues import begins, found, says
from auditor.statement import Sentence

_REGISTER = re.compile(
    r"\b(?:NCT ?\d{8}|ISRCTN ?\d{6,}|ChiCTR[\w-]{6,}|ACTRN\d{8,}|UMIN\d{6,}|JapicCTI-?\d{4,}"
    r"|(?:EudraCT|EUCTR)[\w .:-]{0,20}\d{4}-\d{6}-\d\d|CTRI/[\d/]{6,}|DRKS\d{6,}|KCT\d{6,}"
    r"|NTR\d{3,}|IRCT[\dN]{6,}|TCTR\d{6,}|PACTR\d{6,})\b"
)
_ACRONYM = r"(?![IVX]+\b)[A-Z][A-Z0-9]{2,}(?:[- ]?\d{1,4}[A-Z]?)?"
_TRIAL = re.compile(
    rf"\b(?P<name>{_ACRONYM})(?:(?:,? and|,|/) [A-Z][\w-]+)*\s(?:trials?|stud(?:y|ies))\b"
)
_ITS_TRIAL = re.compile(rf"\b[Tt]he (?P<name>{_ACRONYM})\s(?:trial|study)\b")
_NAME = re.compile(rf"\b{_ACRONYM}\b")


@dataclass(frozen=True, slots=True)
class Known:
    """What the document says of itself.

    Attributes:
        registers: register numbers of its own trial.
        names: what it calls its own trial; ``titled``: capitals in its title, which may.
        cites: whether it cites anything.
    """

    registers: frozenset[str]
    names: frozenset[str]
    titled: frozenset[str]
    cites: bool


def known_of(sentences: Sequence[Sentence], title: str) -> Known:
    registers: set[str] = set()
    names: set[str] = set()
    cites = False
    for sentence in sentences:
        cites = cites or bool(sentence.citations)
        if sentence.section not in ("abstract", "methods", "other"):
            continue
        registers.update(m[0].replace(" ", "") for m in _REGISTER.finditer(sentence.text))
        if not sentence.citations and sentence.section != "other":
            names.update(m["name"] for m in _ITS_TRIAL.finditer(sentence.text))
    titled = frozenset(m[0] for m in _NAME.finditer(title))
    return Known(frozenset(registers), frozenset(names), titled, cites)


@dataclass(frozen=True, slots=True)
class Cues:
    """What the words of one clause say."""

    own: str = ""
    weak: str = ""
    cited: str = ""
    indefinite: str = ""
    citation: bool = False
    method: bool = False
    planned: bool = False


def cues_of(
    sentence: Sentence, span: tuple[int, int], known: Known, *, after_cited: bool = False
) -> Cues:
    text = sentence.text[slice(*span)]
    void = list(found("own", "void", text))
    own = [s for s in found("own", "phrases", text) if not _within(s, void)]
    own += _names(text, known)
    this: list[tuple[int, int]] = []
    if after_cited and says("own", "ours", sentence.text):
        # as in: 30% in this study, and 12% in our study
        this = [s for s in own if begins("own", "this", text[slice(*s)])]
        own = [s for s in own if s not in this]
    earlier = next(found("own", "earlier", text), None)
    beside = this[0] if this and not own else None
    cited = text[slice(*(earlier or beside or (0, 0)))] or _foreign(text, known)
    if not cited:
        first = next((s for s in found("cited", "phrases", text) if not _within(s, own)), None)
        cited = text[slice(*first)] if first else ""
    indefinite = next((s for s in found("cited", "indefinite", text) if not _within(s, own)), None)
    weak = next(found("own", "weak", text), None)
    return Cues(
        own=text[slice(*own[0])] if own and not earlier else "",
        weak=text[slice(*weak)] if weak else "",
        cited=cited,
        indefinite=text[slice(*indefinite)] if indefinite else "",
        citation=any(span[0] < end <= span[1] + 1 for _, end in sentence.citations),
        method=says("cited", "method", text),
        planned=says("planned", "strong", text),
    )


def _within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in others)


def _names(text: str, known: Known) -> list[tuple[int, int]]:
    """Where the trial's own name stands."""
    own = [m.span() for m in _NAME.finditer(text) if m[0] in known.names]
    titled = (m for m in _TRIAL.finditer(text) if m["name"] in known.titled)
    return own + [m.span() for m in titled if m[0].endswith(("trial", "study"))]


def _foreign(text: str, known: Known) -> str:
    """The register number or the name of another trial, or ""."""
    for match in _REGISTER.finditer(text):
        if match[0].replace(" ", "") not in known.registers:
            return match[0]
    for match in _TRIAL.finditer(text):
        if match["name"] not in known.names | known.titled:
            return match[0]
    return ""
