"""Which of the known words somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like ``word``, or None where none is much like it."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        word, sorted(set(known)), scorer=fuzz.ratio, processor=str.lower, score_cutoff=65
    )
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str, *, most: int = 12) -> str:
    """A hint: the nearest known word, or the known words where they are few."""
    words = list(dict.fromkeys(known))
    near = nearest(word, words)
    if near is not None:
        return f"Did you mean {near}?"
    if not words:
        return ""
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return f"{otherwise} {', '.join(words[:most])}{more}."
