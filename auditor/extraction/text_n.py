"""The N of arms as the running text states it, for tables that print none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.document import Document
from auditor.extraction.reading import StatedN
from auditor.finding import Place

_SOURCE = "the text"
_NEAR = 60
_EACH = re.compile(
    r"(?<!\d)(?P<n>\d{1,7})\s+(?:patients|subjects|participants|women|men)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:for|in|to|into)\s+(?:each|both|either)\s+(?:[\w-]+\s+){0,2}?(?:groups?|arms?)\b",
    re.IGNORECASE,
)


def text_n(document: Document, arms: Iterable[str]) -> dict[str, tuple[StatedN, ...]]:
    """Numbers of patients that the text states for arms.

    Args:
        document: the manuscript.
        arms: names of arms as the tables word them.

    Returns:
        By arm (case-folded) every number that stands with its name ("XELIRI (n = 41)",
        "24 patients in the FLOX arm") or for each of the arms ("24 patients in each group").
        They are candidates only: the percentages of a table have to bear one out.
    """
    stretches = [
        (p.start, document.text[p.start : p.end], section.title)
        for section in document.sections
        if section.kind in ("abstract", "methods", "results")
        for p in section.paragraphs
    ]
    each = _found(document, stretches, _EACH)
    found: dict[str, tuple[StatedN, ...]] = {}
    for arm in arms:
        words = [w for w in re.split(r"\W+", arm) if w.casefold() not in _COMMON]
        if not words:
            continue
        name = r"\W+".join(re.escape(w) for w in words)
        pattern = re.compile(
            rf"\b{name}\b[^.;()]{{0,20}}[(\[]\s*n\s*=\s*(?P<n>\d{{1,7}})\s*[)\]]"
            rf"|(?<!\d)(?P<m>\d{{1,7}})\s+(?:patients|subjects|participants)\s"
            rf"[^.;()\d]{{0,{_NEAR}}}\b{name}\b",
            re.IGNORECASE,
        )
        numbers = (*_found(document, stretches, pattern), *each)
        if numbers:
            found[arm.casefold()] = numbers
    return found


_COMMON = {"arm", "group", "the", "cohort", "patients", "n", ""}


def _found(
    document: Document, stretches: list[tuple[int, str, str]], pattern: re.Pattern[str]
) -> tuple[StatedN, ...]:
    seen: dict[int, StatedN] = {}
    for start, text, title in stretches:
        for match in pattern.finditer(text):
            value = int(match[match.lastgroup or "n"])
            place = Place(
                input=document.name,
                kind="text",
                quote=match[0],
                section=title or None,
                start=start + match.start(),
                end=start + match.end(),
            )
            seen.setdefault(value, StatedN(value, _SOURCE, place))
    return tuple(seen.values())
