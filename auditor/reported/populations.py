"""The words of a report against the groups of the study and the categories of its patients."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor import lexicon
from auditor.frames.cohort import Cohort, Table
from auditor.frames.standard import PATIENTS
from auditor.reported.subjects import GROUP, category

if TYPE_CHECKING:
    import pandas as pd

Term = tuple[str, str]

_CATEGORIES = 40
"""A text column with more different values than this is no category."""
_ALIKE = 85
"""Least likeness (0-100) of each word to its counterpart; "tumor" and "tumour" have 91."""
_EITHER = re.compile(r"(\d+) ?(?:or|and|/) ?(\d+)")
_NUMBERS = re.compile(r"(?:[<>]=?|≤|≥)? ?\d+(?:\.\d+)?(?: ?(?:-|/|to|or|and) ?\d+(?:\.\d+)?)?")
_VAGUE = frozenset(
    ("y", "n", "yes", "no", "other", "others", "unknown", "none", "missing", "0", "1")
)


@dataclass(frozen=True, slots=True)
class Match:
    """Whom words mean: one term, or none and ``why``; ``certain`` where they are its name."""

    term: Term | None
    certain: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything by which subjects of this cohort may be called.

    Attributes:
        names: normalised words -> the terms they may mean.
        columns: normalised words -> the columns of the patients table they name.
        values: column -> normalised words -> the value as the column has it.
        numbers: columns that hold numbers.
        events: normalised words -> column and value of adverse events ("DECOD", "NAUSEA").
    """

    names: dict[str, tuple[Term, ...]]
    columns: dict[str, tuple[str, ...]]
    values: dict[str, dict[str, str]]
    numbers: frozenset[str]
    events: dict[str, Term]

    def find_event(self, words: str) -> Match:
        """The preferred term or organ class of adverse events that words mean."""
        wanted = lexicon.plain(words)
        if wanted in self.events:
            return Match(self.events[wanted])
        alike = {term for name, term in self.events.items() if _like(wanted, name)}
        if len(alike) == 1:
            return Match(alike.pop(), certain=False)
        return Match(None, why=f"'{words}' is no preferred term of the adverse events")

    def find(self, words: str) -> Match:
        """The term that words mean by themselves, without a heading."""
        wanted = lexicon.plain(words)
        if found := self.names.get(wanted):
            return _one(found, words, certain=True)
        named = lexicon.named_value(wanted)
        if named is not None and named[1] in self.values.get(named[0], {}).values():
            return Match(named)
        if (column := self.column(wanted)) and "Y" in self.values.get(column, {}).values():
            return Match((column, "Y"))
        if both := self._column_and_value(wanted):
            return Match(both)
        alike = {t for name, terms in self.names.items() if _like(wanted, name) for t in terms}
        if alike:
            return _one(tuple(sorted(alike)), words, certain=False)
        return Match(None, why=f"'{words}' is no group, arm or category of the study")

    def _column_and_value(self, wanted: str) -> Term | None:
        """ "ECOG PS 0-1", "male sex": a column and its value, in either order; else None."""
        words = wanted.split()
        found = set()
        for cut in range(1, len(words)):
            one, other = " ".join(words[:cut]), " ".join(words[cut:])
            for name, value in ((one, other), (other, one)):
                if column := self.column(name):
                    found.add(self.find_in(column, value).term)
        found.discard(None)
        return found.pop() if len(found) == 1 else None

    def find_in(self, column: str, words: str) -> Match:
        """The value of a column that words mean under its heading."""
        wanted = lexicon.plain(words)
        known = self.values.get(column, {})
        value = known.get(wanted) or known.get(lexicon.value(column, wanted).casefold())
        if value is not None:
            return Match((column, value))
        if column in self.numbers and _NUMBERS.fullmatch(wanted):
            if pair := _EITHER.fullmatch(wanted):
                # "0 or 1" are neighbours; "0 or 2" is no range.
                if int(pair[2]) - int(pair[1]) != 1:
                    return Match(None, why=f"'{words}' is no range of {column}")
                wanted = f"{pair[1]}-{pair[2]}"
            return Match((column, wanted.replace("≥ ", "≥").replace("≤ ", "≤")))
        return Match(None, why=f"'{words}' is no value of {column}")

    def column(self, words: str) -> str:
        """The column that a heading names, or ""; two that it may mean are none."""
        wanted = lexicon.plain(words)
        found = self.columns.get(wanted, ())
        if len(found) == 1:
            return found[0]
        named = lexicon.column(wanted)
        return named if named in self.values or named in self.numbers else ""

    def within(self, text: str) -> tuple[Term, ...]:
        """Groups of the study named within a longer text, such as a caption.

        A name inside a longer one that matches as well does not count.
        """
        words = f" {lexicon.plain(text)} "
        hits = [n for n in self.names if len(n) > 2 and f" {n} " in words]
        whole = [n for n in hits if not any(n != m and f" {n} " in f" {m} " for m in hits)]
        terms = {
            t for n in whole for t in self.names[n] if t[0] == GROUP and len(self.names[n]) == 1
        }
        return tuple(sorted(terms))


def vocabulary(cohort: Cohort) -> Vocabulary:
    """What the words of a report may mean in this cohort."""
    names: dict[str, dict[Term, None]] = {}
    for group in cohort.study.groups:
        for name in (group.name, *group.names):
            names.setdefault(lexicon.plain(name), {})[(GROUP, group.name)] = None
    columns: dict[str, dict[str, None]] = {}
    values: dict[str, dict[str, str]] = {}
    numbers: set[str] = set()
    patients = cohort.tables.get("patients")
    if patients is not None:
        for name, column in _columns(patients, cohort.study.arm):
            for word in _column_words(patients, name):
                columns.setdefault(lexicon.plain(word), {})[name] = None
            kinds = _values(column)
            if kinds is None:
                numbers.add(name)
                continue
            values[name] = {lexicon.plain(value): value for value in kinds}
            for word, value in values[name].items():
                # A group of the study has the word; an arm has it before another column.
                if name != cohort.study.arm and (word in _VAGUE or len(word) < 2):
                    continue
                others = names.get(word, {})
                if not any(a in (GROUP, cohort.study.arm) for a, _ in others):
                    names.setdefault(word, {})[(name, value)] = None
    return Vocabulary(
        {word: tuple(terms) for word, terms in names.items()},
        {word: tuple(found) for word, found in columns.items()},
        values,
        frozenset(numbers),
        _events(cohort),
    )


def _events(cohort: Cohort) -> dict[str, Term]:
    """Organ classes, then preferred terms, which win where a word is both."""
    found: dict[str, Term] = {}
    table = cohort.tables.get("adverse_events")
    for column in ("BODSYS", "DECOD"):
        if table is not None and column in table.frame.columns:
            for value in table.frame[column].dropna().astype(str).str.strip().unique():
                found[lexicon.plain(value)] = (column, value)
    return found


def _one(terms: tuple[Term, ...], words: str, *, certain: bool) -> Match:
    if len(terms) == 1:
        return Match(terms[0], certain)
    which = " or ".join(f"{attribute} = {value}" for attribute, value in terms)
    return Match(None, why=f"'{words}' may be {which}")


def _like(one: str, other: str) -> bool:
    """Whether two names are spellings of one: word for word, with the same numbers."""
    from rapidfuzz import fuzz

    left, right = one.split(), other.split()
    if len(left) != len(right) or min(len(one), len(other)) < 5:
        return False
    for a, b in zip(left, right, strict=True):
        if a != b and (any(ch.isdigit() for ch in a + b) or fuzz.ratio(a, b) < _ALIKE):
            return False
    return True


def _columns(patients: Table, arm: str) -> list[tuple[str, pd.Series]]:
    """Columns of the patients table that may tell subjects apart, the arm first."""
    standard = {name: patients.frame[name] for name in patients.frame.columns}
    taken = set(patients.columns.values())
    for name in patients.delivered.frame.columns:
        if name not in standard and name not in taken:
            column = category(patients, str(name))
            if column is not None:
                standard[str(name)] = column
    for name in ("USUBJID", "STUDYID", "SITEID"):
        standard.pop(name, None)
    return sorted(standard.items(), key=lambda item: item[0] != arm)


def _column_words(patients: Table, name: str) -> list[str]:
    delivered = patients.columns.get(name, name)
    found = [name, delivered, patients.delivered.labels.get(delivered, "")]
    found += [column.title for column in PATIENTS.columns if column.name == name]
    return [word for word in found if word]


def _values(column: pd.Series) -> tuple[str, ...] | None:
    """The different values of a text column, none where there are many; None for numbers."""
    from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

    if is_datetime64_any_dtype(column):
        return ()
    if is_numeric_dtype(column):
        return None
    found = column.dropna().astype(str).str.strip().unique()
    return () if len(found) > _CATEGORIES else tuple(sorted(v for v in found if v))
