"""The classes of words that the grammar knows; the data lie in ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

NONE: frozenset[str] = frozenset()
_NAMES = "names"
_LABELS = "labels"


@cache
def _data() -> dict[str, Any]:
    text = files("auditor.prose").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def classes() -> dict[tuple[str, ...], frozenset[str]]:
    """The classes of each expression, as a tuple of its words in lower case."""
    collected: dict[tuple[str, ...], set[str]] = {}
    data = _data()
    for section in ("classes", _LABELS):
        for name, expressions in data[section].items():
            for expression in expressions:
                collected.setdefault(tuple(expression.split()), set()).add(name)
    for name, expressions in data[_NAMES].items():
        for expression in expressions:
            collected.setdefault(tuple(expression.split()), set()).add(f"{_NAMES}.{name}")
    return {words: frozenset(names) for words, names in collected.items()}


@cache
def longest() -> dict[str, int]:
    """By first word, how many words the longest expression that begins so has."""
    result: dict[str, int] = {}
    for words in classes():
        result[words[0]] = max(len(words), result.get(words[0], 0))
    return result
