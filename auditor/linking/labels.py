"""Labels of a table as names: the words of a label, and how a text may refer to them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from auditor.lexicon.phrases import Phrasebook, Words
from auditor.linking.abbreviations import Abbreviations
from auditor.linking.meanings import core, without_announcement, words_in

_ROMAN = re.compile(r"\s*(I{1,3}|IV|V)([AB]?)\s*", re.IGNORECASE)
_MEMBER = re.compile(r"member[a-z0-9]")
_ROLES = frozenset(("experimental", "control", "investigational", "standard", "comparator"))
_MANY = 4
"""Names of more parts than this are not permuted."""


def label_words(text: str, book: Phrasebook, known: Abbreviations) -> Words:
    """The words of a label that carry something; none where it only announces numbers."""
    text = without_announcement(text)
    if roman := _ROMAN.fullmatch(text):
        text = str(["", "i", "ii", "iii", "iv", "v"].index(roman[1].lower())) + roman[2]
    words = core(words_in(text, book, known), book)
    return () if words == ("p",) else words


def vague(words: Words, book: Phrasebook) -> bool:
    """Whether words name nobody without their heading: "yes", "other", "0-1", "< 65", "B"."""
    return words in book.vague or all(
        (w,) in book.vague or not w[0].isalpha() or len(w) == 1 for w in words
    )


def trimmed(words: Sequence[str], book: Phrasebook) -> Words:
    """``words`` without those at either end that carry nothing."""
    found = [w for w in words if w != ","]
    while found and found[0] in book.empty:
        found.pop(0)
    while found and found[-1] in book.empty:
        found.pop()
    return tuple(found)


def group_names(text: str, book: Phrasebook, known: Abbreviations) -> tuple[Words, ...]:
    """The names of a group of patients that its label gives: whole, without and within brackets,
    in every order of what is joined by "plus", and without "experimental arm"."""
    head, bracket, tail = text.partition("(")
    texts = [text] + ([head, tail.strip(" )")] if bracket and head.strip() else [])
    names: dict[Words, None] = {}
    for one in texts:
        words = trimmed(words_in(without_announcement(one), book, known), book)
        for name in (words, core(words, book), without_role(words)):
            for order in orders(name):
                names[order] = None
            if name[-1:] == ("alone",):
                names[name[:-1]] = None
        for word in words:
            if _MEMBER.fullmatch(word):
                names[(word,)] = None
    names.pop((), None)
    return tuple(n for n in names if len(n) > 1 or not vague(n, book))


def without_role(words: Words) -> Words:
    """A name without "experimental" or "control" where more follows."""
    rest = tuple(w for w in words if w not in _ROLES and not _MEMBER.fullmatch(w))
    return rest or words


def orders(words: Words) -> Iterable[Words]:
    """The name with its parts joined by "plus" in every order, and with "and" for "plus"."""
    parts = components(words)
    if len(parts) == 1 or len(parts) > _MANY:
        return (words,)
    return [
        tuple(itertools.chain(order[0], *((sign, *part) for part in order[1:])))
        for order in itertools.permutations(parts)
        for sign in ("plus", "and")
    ] + [tuple(itertools.chain(*parts))]


def components(words: Words) -> list[Words]:
    """What is joined by "plus": "a plus b" is [a, b]."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word == "plus":
            parts.append([])
        else:
            parts[-1].append(word)
    return [tuple(p) for p in parts if p] or [words]


def category_names(heading: Words, label: Words, book: Phrasebook) -> tuple[Words, ...]:
    """The names of one category under its heading: by itself where it is no vague word, with
    its heading, and the heading alone for "yes"."""
    names: dict[Words, None] = {}
    if not vague(label, book):
        names[label] = None
    if heading:
        names[heading + label] = None
        names[label + heading] = None
        last = heading[-1:]
        if last != heading and not vague(last, book) and not vague(label, book):
            names[label + last] = None
        if set(label) & book.yes and len(label) == 1:
            names[heading] = None
        if label in (("no",), ("absent",), ("none",), ("negative",)):
            for word in ("no", "without", "non", "not"):
                names[(word, *heading)] = None
    return tuple(names)
