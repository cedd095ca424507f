"""From words to a topic: the one function that reads labels of tables and phrases of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from auditor.lexicon import grades as grades_in
from auditor.lexicon import without_grades
from auditor.lexicon.phrases import Entry, Words
from auditor.linking.meanings import Meaning, Vocabulary, core, digits, without_announcement
from auditor.topic import Term, Topic

LABELS = ("row", "column", "heading", "caption")
PHRASES = ("what", "whom", "setting")
TIME_TO_EVENT = frozenset(
    ("PFS", "OS", "DFS", "RFS", "EFS", "MFS", "LRFS", "LC", "FFS", "IFS", "CSS", "TTP", "TTF")
)
_UNITS = {
    "year": 12.0,
    "yr": 12.0,
    "month": 1.0,
    "mo": 1.0,
    "week": 7 / 30.4375,
    "day": 1 / 30.4375,
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_MOST_DIGITS = 12
_COUNTED = frozenset(
    (
        "patient",
        "pt",
        "subject",
        "participant",
        "case",
        "individual",
        "female",
        "male",
        "group",
        "arm",
    )
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NEGATIONS = frozenset(("no", "not", "without", "non", "never", "neither", "nor"))
_LONG = 7
"""Shorter words are never taken for misspellings of others."""


@dataclass(slots=True)
class _Found:
    concepts: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    modifiers: set[str] = field(default_factory=set)
    residue: list[str] = field(default_factory=list)
    severe: bool = False
    at: float | None = None


def read_topic(text: str, vocabulary: Vocabulary, *, role: str = "what") -> Topic:
    """What a label or phrase is about; what is not understood is left as residue.

    Args:
        text: a label or a phrase.
        vocabulary: of the document.
        role: where it stands: "row", "column", "heading" or "caption" of a table; "what",
            "whom" or "setting" of a statement; "arm" for one side of a comparison of arms,
            where the bare name of a drug that all arms get is the arm without another;
            "grade" for a header or row of a table of adverse events, where "3-4" is a grade.
    """
    text = digits(without_announcement(text))
    grades = None
    if role == "grade" or re.search(r"(?:[Gg]rade|\b[gG]r?\.?\s?[1-5]\b)", text):
        grades = grades_in(text)
        text = without_grades(text) if grades is not None else text
    found = _Found()
    _look_up(vocabulary.words(text), vocabulary, role, found)
    if found.severe and grades is None:
        grades = vocabulary.severe
    if "AE" in found.concepts or grades or any(c.startswith("row:") for c in found.concepts):
        found.modifiers -= vocabulary.given
    if grades is not None and grades[0] == 1 and grades[1] == 5:
        grades = None
    return _topic(found, grades, role)


def join(topics: Iterable[Topic]) -> Topic:
    """Topics of several phrases that hold together, the nearest first.

    The nearest concept, grade and time win; another concept, or another group of the same
    dimension, is left as residue.
    """
    concept, grades, at = "", None, None
    terms: dict[str, Term] = {}
    modifiers: set[str] = set()
    residue: list[str] = []
    for topic in topics:
        if topic.concept and concept and topic.concept != concept:
            residue.append(topic.concept)
        concept = concept or topic.concept
        grades = grades or topic.grades
        at = topic.at if at is None else at
        residue += [
            term.key
            for term in sorted(topic.terms)
            if terms.setdefault(term.dimension, term) != term
        ]
        modifiers |= topic.modifiers
        residue += topic.residue
    return Topic(
        concept,
        frozenset(terms.values()),
        grades,
        at,
        frozenset(modifiers),
        tuple(dict.fromkeys(residue)),
    )


def _topic(found: _Found, grades: tuple[int, int] | None, role: str) -> Topic:
    concepts = list(dict.fromkeys(found.concepts))
    if len(concepts) > 1 and "AE" in concepts:
        concepts.remove("AE")
    return join(
        [
            Topic(
                concept=concepts[0] if concepts else "",
                grades=grades,
                at=found.at,
                modifiers=frozenset(found.modifiers),
                residue=(*concepts[1:], *found.residue),
            ),
            *(Topic(terms=frozenset((term,))) for term in _single(found.terms, role)),
        ]
    )


def _single(terms: Sequence[Term], role: str) -> list[Term]:
    """The groups named; a heading or caption that lists several of one dimension only
    announces them."""
    different = list(dict.fromkeys(terms))
    if role not in ("heading", "caption"):
        return different
    times = Counter(term.dimension for term in different)
    return [term for term in different if times[term.dimension] == 1]


def _look_up(words: Words, vocabulary: Vocabulary, role: str, found: _Found) -> None:
    """Go through the words, the longest known phrase first."""
    whole = tuple(w for w in words if w != ",")
    for name in (whole, core(whole, vocabulary.book)):
        if len(name) > 1 and (meanings := vocabulary.names.get(name)):
            _mean(meanings, name, role, found)
            return
    longest = max(vocabulary.longest, vocabulary.book.longest)
    i = 0
    while i < len(words):
        for length in range(min(longest, len(words) - i), 0, -1):
            if _known(words[i : i + length], vocabulary, role, found):
                i += length
                break
        else:
            i += _unknown(words, i, vocabulary, found)


def _known(words: Words, vocabulary: Vocabulary, role: str, found: _Found) -> bool:
    entry = vocabulary.book.entries.get(words)
    meanings = vocabulary.names.get(words)
    if entry is not None and entry.kind == "general" and not meanings:
        if any(words[k:] in vocabulary.names for k in range(1, len(words))):
            return False  # "local recurrence" where the tables count recurrences
        found.concepts.append(entry.key)
        return True
    if entry is not None and entry.kind == "concept" and not _own(meanings):
        found.concepts.append(entry.key)
        return True
    if meanings:
        _mean(meanings, words, role, found)
        return True
    return entry is not None and _entry(entry, role, found)


def _own(meanings: tuple[Meaning, ...] | None) -> bool:
    """Whether a name of the document itself goes before the lexicon: a group of patients."""
    return bool(meanings) and any(m.term is not None for m in meanings or ())


def _entry(entry: Entry, role: str, found: _Found) -> bool:
    """Take up what the lexicon says; a phrase of kind "nothing" says nothing."""
    if entry.kind == "modifier":
        found.modifiers.add(entry.key)
    elif entry.kind == "severe":
        found.severe = True
    elif entry.kind == "soft" and role not in ("heading", "caption", "column"):
        found.concepts.append(entry.key)
    return True


def _mean(meanings: tuple[Meaning, ...], words: Words, role: str, found: _Found) -> None:
    if role == "arm":
        meanings = tuple(m for m in meanings if m.term is not None) or meanings
    elif len(meanings) > 1 and all(m.term is not None or m.concept for m in meanings):
        # The same words are a row here and a group there: which is meant is open.
        found.residue.append(" ".join(words))
    elif len(meanings) > 1:
        # A drug that every arm gets says nothing by itself.
        meanings = tuple(m for m in meanings if m.term is None)
    meaning = meanings[0]
    found.residue += meaning.loose
    if meaning.term is not None:
        found.terms.append(meaning.term)
    elif meaning.concept:
        found.concepts.append(meaning.concept)


def _amount(word: str) -> float | None:
    """The number that a word is, with commas between thousands or for decimals."""
    plain = word.replace(",", "") if _THOUSANDS.fullmatch(word) else word.replace(",", ".")
    return float(plain) if plain.count(".") <= 1 and len(plain) <= _MOST_DIGITS else None


def _unknown(words: Words, i: int, vocabulary: Vocabulary, found: _Found) -> int:
    """Deal with a word that begins no known phrase; how many words were used up."""
    word = words[i]
    following = words[i + 1] if i + 1 < len(words) else ""
    if word == "plus" and "plus" in words[i + 1 : i + 6]:
        return 1  # "the combination of A plus B"
    if _NUMBER.fullmatch(word):
        if _YEAR.fullmatch(word):
            return 1
        if following in _UNITS:
            amount = _amount(word)
            found.at = None if amount is None else round(amount * _UNITS[following], 2)
            return 2
        if following in _COUNTED:
            return 2
    if word == "," or word in vocabulary.book.empty and word not in _NEGATIONS:
        return 1
    if (spelt := _spelling(word, vocabulary)) and spelt != word:
        held = len(found.residue)
        if _known((spelt,), vocabulary, "what", found) and len(found.residue) == held:
            return 1
    found.residue.append(word)
    return 1


def _spelling(word: str, vocabulary: Vocabulary) -> str:
    """The known word of which a long one is a misspelling by a single letter, or ""."""
    if len(word) < _LONG or word in vocabulary.book.known:
        return ""
    from rapidfuzz.distance import OSA

    names = {name[0] for name in vocabulary.names if len(name) == 1 and len(name[0]) >= _LONG}
    near = [n for n in names if n[0] == word[0] and OSA.distance(n, word, score_cutoff=1) == 1]
    return near[0] if len(near) == 1 else ""


def survival(concept: str) -> bool:
    """Whether a concept is a time to an event, of which a share at a time may be stated."""
    return concept in TIME_TO_EVENT


def readings(texts: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> Topic:
    """The topic of (text, role) pairs that hold together, the nearest first."""
    return join(read_topic(text, vocabulary, role=role) for text, role in texts)
