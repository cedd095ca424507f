"""Of whom a phrase speaks: everybody, somebody named before, a number of patients, two sides."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_SIDES = re.compile(r"\b(?:versus|vs\.?|and|or|with|to|than|over|from)\b|[,;/]", re.IGNORECASE)
_PATIENTS = re.compile(
    r"(?<![\d.,/-])(\d{1,3}(?:,\d{3}){1,3}|\d{1,7})(?![.,/]?\d|\s*%|\s*(?:to|[-–])\s*\d)"
    r"\s+(?:[a-z-]+\s+){0,2}?(?:patients|subjects|participants|women|men|cases|individuals|people)\b"
    r"|\b[nN]\s*=\s*(\d{1,3}(?:,\d{3}){1,3}|\d{1,7})\b",
    re.IGNORECASE,
)


@cache
def _words() -> dict[str, Any]:
    text = files("auditor.linking").joinpath("discourse.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{p})(?!\w)" for p in _words()[key]), re.IGNORECASE)


@cache
def _reference(key: str) -> re.Pattern[str]:
    return re.compile(_words()["references"][key], re.IGNORECASE)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[-‐‑]", " ", text).split())


def everybody(text: str) -> bool:
    """Whether the words mean all patients, or all of the groups together."""
    return bool(_pattern("everybody").search(_plain(text)))


def light(word: str) -> bool:
    """Whether a word left over says nothing of what or of whom."""
    return bool(_pattern("light").fullmatch(word))


def back(text: str) -> bool:
    """Whether the words point back to patients named before ("of these", "the remaining 8")."""
    return bool(_pattern("open").search(_plain(text)))


def unnamed_sides(text: str) -> bool:
    """Whether the words mean the sides of a comparison without naming them."""
    return bool(_pattern("unnamed_sides").search(_plain(text)))


def superlative(text: str) -> bool:
    """Whether the words only say that something is the most common of its kind."""
    return bool(re.search(r"\bmost (?:common|frequent)", text, re.IGNORECASE))


def population(text: str) -> bool:
    """Whether the words choose among the enrolled, treated, evaluable, ... patients."""
    return bool(_pattern("populations").search(_plain(text)))


def approximate(text: str) -> bool:
    """Whether the words make a number inexact ("about", "at least")."""
    return bool(_pattern("approximate").search(_plain(text)))


def counts_no_patients(after: str) -> bool:
    """Whether the words behind a number say that it counts events, lesions, cycles, ..."""
    return bool(_pattern("not_patients").match(_plain(after)))


_NOUN = re.compile(r"\b(?:patients?|subjects?|participants?|wom[ae]n|m[ae]n)\b", re.IGNORECASE)


def names_people(text: str) -> bool:
    """Whether the words speak of patients at all."""
    return bool(
        re.search(r"\b(?:patients?|subjects?|participants?|wom[ae]n|m[ae]n)\b", text, re.IGNORECASE)
    )


_NEAR = 80
"""Within so many characters stand the words that announce a number."""
_BASIS = re.compile(
    r"(?:(?<!total )\bof|\b(?:among|amongst|out of|only)|^\W*(?:in|for|from|with))"
    r"(?: the| these| those| all| our)*\s*$",
    re.IGNORECASE,
)
_MORE = re.compile(r"\W*(?:or|to|[-–])\s+(?:more|fewer|less|\w+)\b", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\W*(?:[a-z-]+\s+){0,3}?(?:patients|subjects|participants|women|men|cases|individuals|people)\b",
    re.IGNORECASE,
)


_EVENTS_IN = re.compile(
    r"(?<![\d.,/–-])\d+(?:\s+[a-z]+)?\s+(?:in|among|by|from)\s*$", re.IGNORECASE
)
_LEVEL = re.compile(r"\b(?:grades?|stages?|types?|phases?|class|or|and|to)\W*$", re.IGNORECASE)


def after_events(before: str) -> bool:
    """Whether patients are counted right behind their events ("11 falls in seven patients"),
    not behind a level ("grade 3 rash in seven patients")."""
    found = _EVENTS_IN.search(before, max(0, len(before) - 40))
    return found is not None and not _LEVEL.search(before[: found.start()])


_COMBINED = re.compile(
    r"\s*(?:only|solely|exclusively)\b(?!\s+\d)"
    r"|(?:\s+[a-z-]+){0,3}?\s+(?:both|either|neither"
    r"|(?:all|any|none|two|more than one|at least \w+)"
    r"(?: of (?:them|these|those)| (?:two|three|four|or more))?)\s*(?:[,.;)]|$)",
    re.IGNORECASE,
)


def combines(after: str) -> bool:
    """Whether what stands behind a number counts several of a list at once, or one of it and no
    other ("20 who had all three", "five only with drug A")."""
    return bool(_COMBINED.match(after))


def in_a_range(after: str) -> bool:
    """Whether a number begins a range ("two or more", "three or four")."""
    return bool(_MORE.match(after))


def basis(before: str, after: str) -> bool:
    """Whether a number says of how many patients the rest speaks ("of these 94 patients")."""
    return _announced(before) and bool(_PEOPLE.match(after[:60]))


def _announced(before: str) -> bool:
    """Whether the last words before a number say that those counted are of so many patients."""
    cut = before[-_NEAR:] if len(before) <= _NEAR else f"... w {before[-_NEAR:]}"
    return bool(_BASIS.search(cut))


@lru_cache(maxsize=64)
def basis_of(text: str) -> int | None:
    """The number of patients of whom a sentence speaks, if it names just one."""
    found = {
        int((m[1] or m[2]).replace(",", ""))
        for m in _PATIENTS.finditer(text)
        if m[1] and _announced(text[max(0, m.start(1) - _NEAR - 1) : m.start(1)])
    }
    return found.pop() if len(found) == 1 else None


def exclusive(label: str) -> bool:
    """Whether a category's own words say that no patient is in another one as well."""
    found = re.search(r"^(?:[<>≤≥]|\d)", label.strip())
    return bool(found or _pattern("exclusive").search(_plain(label)))


def patients(text: str) -> int | None:
    """How many patients the words speak of ("of the 44 patients", "n = 31"), or None."""
    found = {int((m[1] or m[2]).replace(",", "")) for m in _PATIENTS.finditer(text)}
    return found.pop() if len(found) == 1 else None


def sides(text: str) -> tuple[str, ...]:
    """The words between "versus", "and", "with", ...: where a phrase names several groups."""
    return tuple(part.strip() for part in _SIDES.split(text) if part.strip())


def tables_pointed_to(text: str) -> frozenset[int]:
    """Numbers of the tables that a sentence points to ("Tables 3 and 4")."""
    found: set[int] = set()
    for match in _reference("table").finditer(text):
        numbers = [int(n) for n in re.findall(r"\d{1,4}", match["many"])]
        found.update(numbers)
        if re.search(r"\d\s*[-–]\s*\d", match["many"]) and len(numbers) == 2:
            found.update(range(numbers[0], min(numbers[1], numbers[0] + 20) + 1))
    return frozenset(found)


def points_elsewhere(text: str) -> bool:
    """Whether a sentence points to a supplement, which is not at hand."""
    return bool(_reference("supplement").search(text))


def points_to_figure(text: str) -> bool:
    """Whether a sentence points to a figure."""
    return bool(_reference("figure").search(text))
