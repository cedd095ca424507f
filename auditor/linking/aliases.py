"""Other names by which a text calls the arms of a table: "the combination group", "arm B"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from auditor.document import Document
from auditor.lexicon.phrases import Phrasebook, Words
from auditor.linking.labels import vague

_CONTROLS = frozenset(("placebo", "control", "observation", "supportive", "standard", "sham"))
_LETTERED = re.compile(r"\b(?:group|arm|cohort|regimen) (?:[A-D]|[1-4]|I{1,3})\b", re.IGNORECASE)
_WIDTH = 60
Named = tuple[Words, str]


def arm_aliases(arms: Sequence[str], book: Phrasebook) -> Iterator[Named]:
    """Names of the arms of one table, whose keys are the parts of each joined by "plus".

    What all arms share tells none apart: "alone" is the arm of nothing else, "combination" the
    only one of several parts, "placebo" the one that has it, "experimental" the one that is no
    control where there are two.
    """
    parts = {key: [tuple(p.split()) for p in key.split(" plus ")] for key in arms}
    shared = set.intersection(*(set(p) for p in parts.values()))
    bare = [key for key in arms if len(parts[key]) == 1]
    several = [key for key in arms if len(parts[key]) > 1]
    for key in bare if several else ():
        yield (*parts[key][0], "alone"), key
        yield ("alone", *parts[key][0]), key
    if len(bare) == 1 and several and set(parts[bare[0]]) <= shared:
        yield ("alone",), bare[0]
    if len(several) == 1 and bare:
        yield ("plus",), several[0]
    own = {key: [p for p in parts[key] if p not in shared] for key in arms}
    if shared:
        yield from _by_own_part(own, every=not bare, book=book)
    yield from _common(arms, book)
    yield from _controls(arms, bare if shared else [])


def _by_own_part(own: dict[str, list[Words]], *, every: bool, book: Phrasebook) -> Iterator[Named]:
    """An arm by what it alone gets beside what all get."""
    for key, parts in own.items():
        if len(parts) != 1 or vague(parts[0], book):
            continue
        part = parts[0]
        yield ("plus", *part), key
        yield (*part, "plus"), key
        for word in ("group", "arm", "cohort"):
            yield (*part, word), key
        if every:
            yield part, key


def _common(arms: Sequence[str], book: Phrasebook) -> Iterator[Named]:
    """Arms without the words that all arms share: "twice daily" of "twice daily radiotherapy"."""
    words = {key: tuple(key.split()) for key in arms}
    if any("plus" in w for w in words.values()):
        return
    same = set.intersection(*(set(w) for w in words.values()))
    for key, own in words.items():
        less = tuple(w for w in own if w not in same)
        if same and less and not vague(less, book):
            yield less, key


def _controls(arms: Sequence[str], bare: Sequence[str]) -> Iterator[Named]:
    found = [key for key in arms if _CONTROLS & set(key.split())]
    if not found and len(arms) == 2 and len(bare) == 1:
        found = list(bare)
    if len(found) == 1 and len(arms) > 1:
        yield ("control",), found[0]
        if len(arms) == 2:
            other = next(key for key in arms if key != found[0])
            for word in ("experimental", "treatment group", "study group", "treatment arm"):
                yield tuple(word.split()), other


def lettered(document: Document, find: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Groups that the text gives a letter: "group A (drug X)", "the drug X group (group A)".

    Yields the name ("group A") and the key that ``find`` gives for the words beside it.
    """
    for section in document.sections:
        if section.kind not in ("abstract", "methods", "results"):
            continue
        for paragraph in section.paragraphs:
            text = document.text[paragraph.start : paragraph.end]
            for match in _LETTERED.finditer(text):
                if key := find(_beside(text, match.start(), match.end())):
                    yield match[0], key


def _beside(text: str, start: int, end: int) -> str:
    """The words that stand beside a name as its explanation, before or after it, or ""."""
    before, after = text[max(0, start - _WIDTH) : start].rstrip(), text[end : end + _WIDTH]
    if before.endswith("("):
        return re.split(r"[().;:,]", before[:-1])[-1]
    found = re.match(r"\s?[(:,]\s?([^().;:,]{3,})[);,]", after)
    return found[1] if found else ""
