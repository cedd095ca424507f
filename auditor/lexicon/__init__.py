"""What the words of a label say: endpoint, statistic, unit, grade, and what is left over."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_UNITS = ("months", "weeks", "days", "years")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart.

    Attributes:
        rest: what is left when fillers, statistics and units are taken off, normalised.
        statistics: those it names: "median", "mean", "sd", "interval", "range", "quartiles",
            "hazard-ratio", "p-value", "events".
        unit: of a time, or "".
        at: the time of survival at a time ("6-month PFS"), in ``unit``.
        level: of a confidence interval, or None.
        convention: "confirmed" or "unconfirmed" where a response is called so, or "".
    """

    rest: str
    statistics: tuple[str, ...] = ()
    unit: str = ""
    at: float | None = None
    level: float | None = None
    convention: str = ""


@cache
def words() -> dict[str, Any]:
    """The lexicon as it lies in ``words.toml``."""
    text = files("auditor.lexicon").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def pattern(section: str, key: str) -> re.Pattern[str]:
    """One entry of the lexicon as an expression; ``fullmatch`` or ``search`` is the caller's."""
    return re.compile("|".join(f"(?:{p})" for p in words()[section][key]), re.IGNORECASE)


def plain(text: str) -> str:
    """``text`` for comparison: case, punctuation and kinds of dash do not matter."""
    folded = " ".join(text.translate(_DASHES).casefold().split())
    folded = re.sub(r"(?<=\w)-(?=[^\W\d])", " ", folded)
    return " ".join(re.sub(r"[^\w\s+<>≤≥=/-]", " ", folded).split()).strip("-/= ")


_AT = re.compile(
    # Not the "65 years" of "< 65 years" and "18-65 years".
    r"(?<![<>≤≥=-])(?<![<>≤≥=] )\b(?:at )?(\d+(?:\.\d+)?)[\s-]*"
    r"(months?|mos?|weeks?|wks?|days?|years?|yrs?)\b\.?",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\b(\d{2}(?:\.\d)?)\s?%\s?(?:ci|confidence)", re.IGNORECASE)


def take_apart(text: str) -> Label:
    """The parts of a label; whatever is not understood stays in ``rest``."""
    rest = text.translate(_DASHES)
    level = _LEVEL.search(rest)
    found = []
    for name in words()["statistics"]:
        shorter = pattern("statistics", name).sub(" ", rest)
        if shorter != rest:
            found.append(name)
            rest = shorter
    rest = pattern("fillers", "words").sub(" ", rest)
    at, unit = None, ""
    if timed := _AT.search(rest):
        at, unit = float(timed[1]), _unit(timed[2])
        rest = rest[: timed.start()] + " " + rest[timed.end() :]
    elif named := re.search(pattern("fillers", "units"), rest):
        unit = _unit(re.sub(r"\W", "", named[0]))
        rest = rest[: named.start()] + " " + rest[named.end() :]
    rest = re.sub(r"\(\W*\)", " ", rest)
    rest = re.sub(r"^for ", "", plain(rest))
    convention = confirmation(rest)
    if convention:
        rest = " ".join(word for word in rest.split() if word != convention)
    return Label(rest, tuple(found), unit, at, float(level[1]) / 100 if level else None, convention)


def confirmation(text: str) -> str:
    """Whether words call responses "confirmed" or "unconfirmed"; "": neither, or both."""
    named = {w for w in plain(text).split() if w in ("confirmed", "unconfirmed")}
    return named.pop() if len(named) == 1 else ""


def _unit(word: str) -> str:
    return next(unit for unit in _UNITS if unit[0] == word[0].lower())


def endpoint(rest: str) -> str:
    """The endpoint that a label's rest names as a whole, or ""."""
    return _whole("endpoints", rest)


def column(rest: str) -> str:
    """The column of the patients table that a label's rest names as a whole, or ""."""
    return _whole("columns", rest)


def everybody(rest: str) -> bool:
    """Whether the words mean all subjects."""
    return pattern("fillers", "everybody").fullmatch(rest) is not None


def announces(rest: str) -> bool:
    """Whether the words only announce what follows, and restrict nobody."""
    return not rest or pattern("fillers", "headings").fullmatch(rest) is not None


def value(column_name: str, rest: str) -> str:
    """The standard value that words stand for in a column, or ""."""
    for key in words()["values"]:
        name, _, meant = key.partition("=")
        if name in (column_name, "*") and pattern("values", key).fullmatch(rest):
            return str(meant)
    return ""


def named_value(rest: str) -> tuple[str, str] | None:
    """Column and value that words stand for without a heading ("women"), or None."""
    for key in words()["values"]:
        name, _, meant = key.partition("=")
        if name != "*" and len(rest) > 1 and pattern("values", key).fullmatch(rest):
            return name, str(meant)
    return None


def any_event(rest: str) -> bool:
    """Whether the name of a row among adverse events means any of them: "any", "any event"."""
    return re.fullmatch(r"any(?: (?:events?|terms?))?", rest) is not None


def grades(text: str) -> tuple[int, int] | None:
    """The grades of adverse events that a label names, least and greatest; None: no grade."""
    text = text.translate(_DASHES)
    if found := pattern("grades", "range").search(text):
        low, high = (int(g) for g in found.groups() if g)
        return (low, high) if low <= high else None
    if found := pattern("grades", "least").search(text):
        return (next(int(g) for g in found.groups() if g), 5)
    if found := pattern("grades", "one").search(text):
        return (int(found[1]), int(found[1]))
    if pattern("grades", "any").search(text):
        return (1, 5)
    return None


def without_grades(text: str) -> str:
    """A label without the grades of adverse events that it names."""
    text = text.translate(_DASHES)
    for key in ("range", "least", "one", "any"):
        text = pattern("grades", key).sub(" ", text)
    return text


def _whole(section: str, rest: str) -> str:
    return next((key for key in words()[section] if pattern(section, key).fullmatch(rest)), "")
