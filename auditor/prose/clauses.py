"""Cuts a sentence into the halves that may speak of different studies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.prose.cues import begins, found

_SHORTEST = 20
"""Less than this, without a number, is no clause of its own ("Therefore, our ...")."""

_COMMA = re.compile(r"[,;:–—]\s")


def clauses(text: str, citations: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans of ``text`` that together make it up.

    Cut at semicolons, where something is compared ("than that", "similar to"), before a comma
    and "our" or "while", and after a citation that a comma follows.
    """
    cuts = {start for start, _ in found("comparison", "cuts", text)}
    if citations:
        cuts.update(start for start, _ in found("comparison", "versus", text))
    inside = _brackets(text)
    ends = {end for _, end in citations}
    led = begins("comparison", "leads", text) or begins("comparison", "opens", text)
    for match in _COMMA.finditer(text):
        at = match.start()
        if inside[at] and text[at] != ";":
            continue
        after = text[match.end() : match.end() + 60]
        if begins("comparison", "relatives", after) and (led or at in ends):
            continue  # still about the cited study
        first = led and not any(0 < cut < at for cut in cuts)
        if text[at] == ";" or at in ends or begins("comparison", "joins", after) or first:
            cuts.add(match.end())
            led = led and not first
    places = [0]
    for cut in sorted(cuts):
        piece = text[places[-1] : cut]
        least = _SHORTEST if "," in piece else _SHORTEST // 2
        if len(piece) >= least or any(ch.isdigit() for ch in piece):
            places.append(cut)
    places.append(len(text))
    return tuple((a, b) for a, b in zip(places, places[1:], strict=False) if a < b)


def _brackets(text: str) -> list[bool]:
    """For each character whether it stands within brackets."""
    depth, result = 0, []
    for ch in text:
        depth = max(0, depth + (ch in "([") - (ch in ")]"))
        result.append(depth > 0)
    return result
