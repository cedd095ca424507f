"""What words mean in one document: its own groups of patients and rows, beside the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from auditor.lexicon.phrases import Phrasebook, Words, phrasebook
from auditor.lexicon.spelling import words_of
from auditor.linking.abbreviations import Abbreviations
from auditor.topic import Term

RowKey = tuple[int, int, int]
"""Index of the table, then ``Row.key``."""
_MEMBER = re.compile(
    r"\b(arm|group|cohort|regimen|part)s?[ -]([A-F]|[1-6]|I{1,3}|IV)\b(?![-–.]?\d)", re.IGNORECASE
)
_LETTERED = re.compile(
    r"\b([Ee]xperimental|[Ii]nvestigational|[Cc]ontrol|[Tt]reatment|[Cc]ombination)"
    r"(?: (?:arm|group|regimen))? ([A-D])\b(?![-–.'’+]|\s?\d| [a-z]{3,} [a-z])"
)
"""An arm that is called by what it is and a letter: "Experimental A"."""
_MEMBERS = re.compile(
    r"\b(?:arms|groups|cohorts|regimens) [A-F](?:(?:,| and| or| vs\.?| versus|, and) [A-F])+\b"
)
_LETTER = re.compile(r"\b([A-F])\b")
_COMPOUND = re.compile(r"\b([A-Z]{2,5})-(L?\d+)\b")
"""Names of molecules, "PD-L1", "CA-125", are one word."""
_OR_MORE = re.compile(
    r"\b(\d+|one|two|three)(?: (?:years?|yrs?))?(?: of age)?"
    r" (?:or|and) (?:more|older|over|above)\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(
    r"\b(grades?|stages?|phase|types?|class)(\s+)((?:IV|I{1,3}|V)\b[ABab]?)", re.IGNORECASE
)
_ROMAN_NEXT = re.compile(
    r"(\b(?:grades?|stages?)\s+\d[\s,/–-]*(?:or|and|to)?\s*)(IV|I{1,3}|V)\b", re.IGNORECASE
)
_DIGITS = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means: a group of patients, or a concept; with neither it carries nothing.

    ``loose``: words of the full name that this one leaves out; they become residue.
    """

    term: Term | None = None
    concept: str = ""
    loose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything by which quantities and patients of this document may be called.

    Attributes:
        book: the lexicon. ``abbreviations``: defined in the paper.
        names: normalised words -> what they may mean; several meanings are ambiguous.
        terms: all groups of patients, in the order of the tables.
        rows: the meaning of rows that are no concept of the lexicon.
        columns: by (table, column) the groups that its header names.
        people: how many patients a population has, the best supported number.
        everybody: number of patients of the whole document, or None; ``wholes``: every number
            that a table states of all patients (randomised, treated, evaluable).
        given: what the captions of all tables of adverse events say alike of these
            ("treatment related"): said or not, the same is meant.
        severe: the grades that "severe" stands for in this document.
        exhaustive: (table) whose columns exclude each other and together are everybody.
        longest: number of words of the longest name.
    """

    book: Phrasebook = field(default_factory=phrasebook)
    abbreviations: Abbreviations = field(default_factory=Abbreviations)
    names: Mapping[Words, tuple[Meaning, ...]] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    rows: Mapping[RowKey, Meaning] = field(default_factory=dict)
    columns: Mapping[tuple[int, int], tuple[Term, ...]] = field(default_factory=dict)
    people: Mapping[frozenset[Term], int] = field(default_factory=dict)
    everybody: int | None = None
    wholes: frozenset[int] = frozenset()
    severe: tuple[int, int] = (3, 4)
    given: frozenset[str] = frozenset()
    exhaustive: frozenset[int] = frozenset()
    longest: int = 1

    @property
    def concepts(self) -> frozenset[str]:
        """The keys of the lexicon's concepts."""
        return self.book.concepts

    def dimension(self, name: str) -> tuple[Term, ...]:
        """The groups of one dimension, which exclude each other."""
        return tuple(term for term in self.terms if term.dimension == name)

    def words(self, text: str) -> Words:
        """The normalised words of a text: abbreviations written out, commas kept."""
        return words_in(text, self.book, self.abbreviations)


def words_in(text: str, book: Phrasebook, abbreviations: Abbreviations) -> Words:
    """Normalised, rewritten words of a text with the paper's abbreviations written out.

    Small words are left out; a comma or semicolon stays as ",", since no name goes over it.
    """
    text = _OR_MORE.sub(r" ≥ \1 ", text)
    text = _COMPOUND.sub(r"\1\2", digits(expand(text, abbreviations)))
    text = _MEMBERS.sub(lambda m: _LETTER.sub(r" arm \1 ", m[0]), text)
    text = _LETTERED.sub(r"\1 arm \2", text)
    text = _MEMBER.sub(lambda m: f" {_member(m[2])} ", text)
    kept = []
    for word in words_of(text):
        if word.norm in (",", ";"):
            kept.append(",")
        elif word.norm not in book.stop and word.norm not in _SIGNS:
            kept.append(word.norm)
    return book.rewritten(tuple(kept))


_ANNOUNCEMENT = re.compile(
    r"\bNos?\.(?!\w)|\bNo\.?\s*(?=[(,]|of\b)|(?<=\w )No$|[(\[]?\b[nN]\s?[=:]\s?\d[\d, ]*[)\]]?"
    r"|[(\[]\s*(?:n|%|n\s*[,;/]?\s*\(?%\)?)\s*[)\]]|,?\s*\b[nN]\s?\(%\)|,\s*%"
    r"|±\s*s\.?d\.?\b|\bmean\W{1,4}s\.?d\.?\b|\(\s*s\.?[de]\.?m?\s*\)",
    re.IGNORECASE,
)


def without_announcement(text: str) -> str:
    """``text`` without what only says which numbers follow: "n (%)", "No.", "(n = 13)"."""
    return _ANNOUNCEMENT.sub(" ", text)


def core(words: Words, book: Phrasebook) -> Words:
    """``words`` without commas and words that carry nothing."""
    return tuple(w for w in words if w != "," and w not in book.empty)


_SIGNS = frozenset(":()[]/=")


def _member(letter: str) -> str:
    return "member" + _DIGITS.get(letter.casefold(), letter.casefold())


def digits(text: str) -> str:
    """Roman numbers of grades and stages as digits."""
    text = _ROMAN.sub(lambda m: m[1] + m[2] + _roman(m[3]), text)
    return _ROMAN_NEXT.sub(lambda m: m[1] + _roman(m[2]), text)


def _roman(text: str) -> str:
    head = text.casefold().rstrip("ab")
    return _DIGITS.get(head, head) + text[len(head) :]


def expand(text: str, abbreviations: Abbreviations) -> str:
    """``text`` with the abbreviations of the paper written out, also those within others."""
    pattern = abbreviations.pattern
    for _ in range(2):
        if pattern is None:
            return text
        text, changed = pattern.subn(lambda m: f"{abbreviations.long(m[1])} ", text)
        if not changed:
            break
    return text


def index(names: Iterable[tuple[Words, Meaning]]) -> dict[Words, tuple[Meaning, ...]]:
    """Meanings by name, each once."""
    found: dict[Words, dict[Meaning, None]] = {}
    for words, meaning in names:
        if words:
            found.setdefault(words, {})[meaning] = None
    return {words: tuple(meanings) for words, meanings in found.items()}
