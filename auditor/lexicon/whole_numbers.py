"""Variables that are whole numbers for each patient, recognised by their labels."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_SCALE = re.compile(
    r"[(\[,:]\s*(?:range:?\s*|score:?\s*)?(0|1)\s?(?:-|to)\s?(\d{1,3})(?:\s?(?:points?|scale))?\s*(?:[)\]]|$)"
)
_SPAN = re.compile(r"([^()\[\]]{3,40})[(\[]\s*(0|1)\s?(?:-|to)\s?(\d{1,3})\s*[)\]]")
_SCORED = re.compile(
    r"\b(?:scores?|scales?|items?|points?|questionnaire|inventory)\b", re.IGNORECASE
)
_AGE = re.compile(
    r"(?:patient )?age(?: at (?:diagnosis|enrol?lment))?(?:,? (?:in )?(?:years?|yrs?|y))?"
)
_RATED = re.compile(
    r"\b(?:(?i:scores?|scales?|index|inventory|questionnaire|assessment|test|pain|vas|nrs)"
    r"|[A-Z]{3,6})\b"
)


@dataclass(frozen=True, slots=True)
class WholeVariable:
    """A variable whose values are multiples of ``step``.

    Attributes:
        name: for messages.
        step: 1 unless the scale has others.
        least, greatest: of one patient's value; None where open.
        firm: whether it is counted or rated as a whole, so that nothing but whole steps occurs.
        binary: whether it is 0 or 1.
        everybody: whether every patient has a value, as of a rated scale.
    """

    name: str
    step: Fraction
    least: int | None
    greatest: int | None
    firm: bool
    binary: bool
    everybody: bool


def whole_variable(label: str) -> WholeVariable | None:
    """The variable that a label names, with statistic, unit or brackets or without; or None."""
    if _never().search(_BRACKETS.sub(" ", label)) or _never().search(_in_brackets(label)):
        return None
    rest = _rest(label)
    if not rest:
        return None
    return next((v for v, pattern in _variables() if pattern.fullmatch(rest)), None)


def only_statistics(label: str) -> bool:
    """Whether a label names statistics and nothing else: "Mean ± SD", "Median (range)"."""
    return not _rest(label) and not _never().search(label)


def is_age(label: str) -> bool:
    """Whether a label names the age in years."""
    return _AGE.fullmatch(_rest(label)) is not None


def printed_scale(label: str) -> tuple[int, int] | None:
    """Least and greatest value that the label of a score prints: "Pain (0-10)"."""
    found = _SCALE.search(label.translate(_DASHES))
    if found is None or not _RATED.search(label):
        return None
    least, greatest = int(found[1]), int(found[2])
    return (least, greatest) if least < greatest else None


def named_bounds(label: str) -> tuple[str, int, int] | None:
    """Name, least and greatest value of a label that ends in a span: "Insight (0-4)"."""
    found = _SPAN.fullmatch(label.translate(_DASHES).strip())
    if found is None or int(found[2]) >= int(found[3]):
        return None
    return found[1].strip(), int(found[2]), int(found[3])


def rated(words: str) -> bool:
    """Whether the words speak of a score, a scale or an item."""
    return _SCORED.search(words) is not None


def _in_brackets(label: str) -> str:
    """What brackets hold, but for a scale and for what statistics and counts bring with them."""
    inner = " ".join(_BRACKETS.findall(label.translate(_DASHES)))
    return re.sub(r"\d\s?%|%\s?ci|\d+/\d+", " ", inner)


def _rest(label: str) -> str:
    text = " ".join(label.translate(_DASHES).casefold().split())
    text = _fillers().sub(" ", _BRACKETS.sub(" ", text))
    text = re.sub(r"[^\w\s/%,-]", " ", _fillers().sub(" ", " ".join(text.split())))
    return re.sub(r"(?:\s*,)+", ",", " ".join(text.split())).strip(" ,-:")


@cache
def _words() -> dict[str, Any]:
    text = files("auditor.lexicon").joinpath("whole_numbers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile("|".join(_words()["fillers"]["words"]), re.IGNORECASE)


@cache
def _never() -> re.Pattern[str]:
    return re.compile("|".join(_words()["fillers"]["never"]), re.IGNORECASE)


@cache
def _variables() -> tuple[tuple[WholeVariable, re.Pattern[str]], ...]:
    return tuple(
        (
            WholeVariable(
                entry["name"],
                Fraction(entry.get("step", 1)),
                entry.get("least"),
                entry.get("greatest"),
                entry["firm"],
                entry.get("binary", False),
                # What is counted (nodes of those operated on) may be of a part of the patients.
                "greatest" in entry,
            ),
            re.compile("|".join(f"(?:{p})" for p in entry["patterns"]), re.IGNORECASE),
        )
        for entry in _words()["variable"]
    )
