"""Phrases of a data file as regular expressions; the file itself describes the notation."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

_TOKEN = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)|\S+")
_NO_ADJECTIVE = (
    "of|in|by|from|to|than|with|that|was|were|is|are|has|have|had|for|on|as|which|who|a|an|the|"
    "another|previous|prior|earlier|similar|other|during|after|before|at|since|into|per|within|"
    "until|without|patients?|subjects?|participants?|discontinued|stopped|completed|entered|left"
)
_GAP = rf"(?:\s(?!(?:{_NO_ADJECTIVE})\b)[\w'’/.()–-]+,?){{0,6}}?"
_NUMBER = (
    r"(?:\d[\d,.·]*\s?%?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[-\s]\w+)?)"
)

_WHOLE = r"\d[\d,]*(?![\d.·,]*\s?%|[.·]\d)"

_NUMBERS = {"#": _NUMBER, "##": _WHOLE}


@cache
def _words() -> dict[str, Any]:
    text = files("auditor.prose").joinpath("origin.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def pattern(section: str, key: str) -> re.Pattern[str]:
    """One expression for all phrases of ``[section] key``, whatever the capitals."""
    parts = "|".join(map(_expression, _words()[section][key]))
    return re.compile(rf"(?<![\w-])(?:{parts})(?!\w)", re.IGNORECASE)


def found(section: str, key: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the phrases of ``[section] key`` stand in ``text``."""
    for match in pattern(section, key).finditer(text):
        yield match.span()


def says(section: str, key: str, text: str) -> bool:
    """Whether a phrase of ``[section] key`` stands in ``text``."""
    return pattern(section, key).search(text) is not None


def begins(section: str, key: str, text: str) -> bool:
    """Whether ``text`` begins with a phrase of ``[section] key``."""
    return pattern(section, key).match(text) is not None


def _expression(phrase: str) -> str:
    result = ""
    for token in _TOKEN.findall(phrase):
        if token == "~":  # noqa: S105
            result += _GAP
        else:
            result += (r"\s" if result else "") + _part(token)
    return result


def _part(token: str) -> str:
    if token in _NUMBERS:
        return _NUMBERS[token]
    if token[0] == "(" and token[-1] == ")":
        return "(?:" + "|".join(map(_expression, _choices(token[1:-1]))) + ")"
    word = re.escape(token).replace(r"\*", r"[\w-]*")
    return word.replace(r"\-", "-")


def _choices(inner: str) -> list[str]:
    """Split at the bars that are not within brackets."""
    choices, depth = [""], 0
    for ch in inner:
        depth += (ch == "(") - (ch == ")")
        if ch == "|" and not depth:
            choices.append("")
        else:
            choices[-1] += ch
    return choices
