"""The words that tell what a row or column holds; the data lie in ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from auditor.printed import DASHES


@cache
def _words() -> dict[str, Any]:
    text = files("auditor.extraction.lexicon").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _pattern(section: str, key: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in _words()[section][key]), re.IGNORECASE)


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(
        tuple(re.compile(p, re.IGNORECASE) for p in pair) for pair in _words()["exclusive"]["pairs"]
    )


def says(section: str, key: str, text: str) -> bool:
    """Whether ``text`` matches one of the expressions of ``[section] key``."""
    return bool(text) and _pattern(section, key).search(narrow(fold(text))) is not None


def fold(text: str) -> str:
    """``text`` on one line, with single blanks and without blanks at the ends."""
    return " ".join(text.split())


_WIDE = str.maketrans("（）［］％＝，；：＜＞", "()[]%=,;:<>")


def narrow(text: str) -> str:
    """``text`` with full-width brackets and signs made narrow, character by character."""
    return text.translate(_WIDE)


def announced(text: str) -> str:
    """What a header or label says that its cells hold.

    Returns ``n (%)``, ``% (n)``, ``n/N``, ``statistic``, ``%``, ``n`` or "" where it is silent.
    """
    for key, name in (
        ("percent_count", "% (n)"),
        ("count_percent", "n (%)"),
        ("fraction", "n/N"),
        ("statistic", "statistic"),
        ("percent", "%"),
        ("count", "n"),
    ):
        if says("announce", key, text):
            return name
    return ""


def holds_pair(labels: tuple[str, ...]) -> bool:
    """Whether the labels hold two that exclude each other (male and female, yes and no)."""
    folded = [fold(label) for label in labels]
    return any(all(any(p.search(label) for label in folded) for p in pair) for pair in _pairs())


def plain(text: str) -> str:
    """``text`` for comparison: one line, one kind of dash, brackets and case."""
    text = narrow(fold(text))
    for dash in DASHES[1:]:
        text = text.replace(dash, "-")
    return text.translate(str.maketrans("[]{}", "()()")).casefold()
