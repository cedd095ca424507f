"""The phrases of ``oncology.toml`` as a book to look words up in, the longest first."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from auditor.lexicon.spelling import words_of

Words = tuple[str, ...]
_PART = re.compile(r"\[([^\[\]]*)\]|\(([^()]*)\)|([^\[\]()]+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase means: ``kind`` is the section, ``key`` which."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All phrases by their normalised words, without small words.

    Attributes:
        entries: what they mean. ``rewrites``: by what words they are replaced.
        stop: small words. ``empty``: words that say nothing of who or what.
        vague: labels that name nobody without their heading; ``yes`` those that affirm it.
        known: every word that stands in any phrase: never taken for a misspelling.
        ordinary: abbreviations of the field, in capitals, that need no definition.
        longest: number of words of the longest phrase.
        concepts: the keys of all concepts.
    """

    entries: Mapping[Words, Entry]
    rewrites: Mapping[Words, Words]
    stop: frozenset[str]
    empty: frozenset[str]
    vague: frozenset[Words]
    yes: frozenset[str]
    known: frozenset[str]
    ordinary: frozenset[str]
    longest: int
    concepts: frozenset[str] = frozenset()

    def content(self, words: Sequence[str]) -> Words:
        """``words`` without small words and signs, as they stand in the keys."""
        return tuple(w for w in words if w not in self.stop and w not in _SIGNS)

    def normal(self, text: str) -> Words:
        """The words of a text as they stand in the keys, rewritten."""
        return self.rewritten(self.content([w.norm for w in words_of(text)]))

    def rewritten(self, words: Words) -> Words:
        """``words`` with every phrase that has a replacement replaced, the longest first."""
        found: list[str] = []
        i = 0
        while i < len(words):
            for length in range(min(self.longest, len(words) - i), 0, -1):
                new = self.rewrites.get(words[i : i + length])
                if new is not None:
                    found += new
                    i += length
                    break
            else:
                found.append(words[i])
                i += 1
        return tuple(found)


_SIGNS = frozenset(",;:()[]/=")


@cache
def phrasebook() -> Phrasebook:
    """The book that ships with the package."""
    text = files("auditor.lexicon").joinpath("oncology.toml").read_text(encoding="utf-8")
    return build(tomllib.loads(text))


def extended(extra: Mapping[str, Any]) -> Phrasebook:
    """The book with the phrases of a study: the same sections as in ``oncology.toml``."""
    text = files("auditor.lexicon").joinpath("oncology.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    for section, entries in extra.items():
        own = data.setdefault(section, {})
        for key, phrases in entries.items():
            own[key] = [*own.get(key, ()), *phrases]
    return build(data)


def build(data: Mapping[str, Any]) -> Phrasebook:
    """A book from sections of phrases."""
    stop = frozenset(data["stop"]["words"])
    rewrites: dict[Words, Words] = {}
    for new, phrases in data["rewrite"].items():
        for phrase in phrases:
            for words in _keys(phrase, stop):
                rewrites[words] = tuple(new.split())
    entries: dict[Words, Entry] = {}
    kinds = (("concepts", "concept"), ("modifiers", "modifier"), ("severe", "severe"))
    none: frozenset[Any] = frozenset()
    half = Phrasebook({}, rewrites, stop, none, none, none, none, none, max(map(len, rewrites)))
    for section, kind in (*kinds, ("general", "general"), ("nothing", "nothing"), ("soft", "soft")):
        for key, phrases in data.get(section, {}).items():
            for phrase in phrases:
                for words in _keys(phrase, stop):
                    entries.setdefault(half.rewritten(words), Entry(kind, key))
    entries.pop((), None)
    empty = frozenset(w.norm for text in data["empty"]["words"] for w in words_of(text))
    known = frozenset(itertools.chain(empty, *entries, *rewrites, *rewrites.values()))
    return Phrasebook(
        entries,
        rewrites,
        stop,
        empty,
        frozenset(half.normal(text) for text in data["vague"]["words"]),
        frozenset(data["vague"]["yes"]),
        known,
        frozenset(data["ordinary"]["abbreviations"]),
        max(*map(len, rewrites), *map(len, entries)),
        frozenset(data["concepts"]),
    )


def _keys(phrase: str, stop: frozenset[str]) -> list[Words]:
    keys = []
    for text in expand(phrase):
        words = tuple(w.norm for w in words_of(text))
        key = tuple(w for w in words if w not in stop and w not in _SIGNS)
        if key:
            keys.append(key)
    return keys


def expand(phrase: str) -> list[str]:
    """Every text that a phrase with "[x|y]" (one or none) and "(a|b)" (one) stands for."""
    choices: list[list[str]] = []
    for optional, either, plain in _PART.findall(phrase):
        if optional:
            choices.append(["", *optional.split("|")])
        elif either:
            choices.append(either.split("|"))
        else:
            choices.append([plain])
    return [" ".join("".join(parts).split()) for parts in itertools.product(*choices)]
