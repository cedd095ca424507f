"""A printed quantity as the parts of the grammar add up to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from auditor.prose.tokens import Token

Part = tuple[str, Any]
"""What was printed, with a name: ("count", token), ("bounds", Limits), ("word", "mean")."""


@dataclass(frozen=True, slots=True)
class Limits:
    """An interval as printed: what it is of, lower and upper; None for "not reached"."""

    of: str
    lower: Token | None
    upper: Token | None


@dataclass(frozen=True, slots=True)
class Value:
    """One printed quantity, ``tokens[start:end]``.

    Attributes:
        number: the leading number, or None for "not reached".
        noun: positions of the counted noun with its adjectives ("evaluable patients"), or None.
        words: what the value itself says of its statistic ("median", "mean", "range", "p").
        split: "36 (82%) of 44", in which the percentage may be of somebody else.
    """

    start: int
    end: int
    number: Token | None
    count: Token | None = None
    denominator: Token | None = None
    percent: Token | None = None
    unit: str = ""
    bounds: tuple[Limits, ...] = ()
    spread: Token | None = None
    p: Token | None = None
    ratio: str = ""
    quantifier: str = ""
    noun: tuple[int, int] | None = None
    words: frozenset[str] = frozenset()
    split: bool = False
    bracketed: bool = False


def folded(parts: Sequence[Part], start: int, end: int) -> Value:
    """The quantity of these parts, which fill ``tokens[start:end]``; the first of a name counts."""
    first: dict[str, Any] = {}
    for name, payload in parts:
        first.setdefault(name, payload)
    n, share = first.get("count"), first.get("percent")
    names = [name for name, _ in parts]
    denominator = first.get("denominator")
    split = "whole" in first and share is not None
    if split and names.count("percent") > 1:  # "36 (82%) of 44 (51%)": of whom is 82%?
        first.pop("whole")
    if denominator is None and n is not None:
        denominator = first.get("whole")
    if n is None and share is not None:
        n = first.get("inner")
        denominator = denominator or first.get("whole")
    zero = first.get("zero")
    lead = _lead(first, names)
    measured = first.get("unit", "") and "noun" not in first and share is None and not zero
    if measured:
        n = denominator = None
    return Value(
        start,
        end,
        lead,
        count=n or zero or first.get("both"),
        denominator=denominator,
        percent=share,
        unit=first.get("unit", ""),
        bounds=tuple(payload for name, payload in parts if name == "bounds"),
        spread=first.get("spread"),
        p=first.get("p"),
        ratio=first["ratio"].text if "ratio" in first else "",
        quantifier="none" if zero else "both" if "both" in first else "",
        noun=first.get("noun"),
        words=frozenset(payload for name, payload in parts if name == "word"),
        split=split,
    )


def _lead(first: dict[str, Any], names: Sequence[str]) -> Token | None:
    """The leading number: the first printed one of those a statement can be about."""
    for name in names:
        if name in ("count", "percent", "number", "zero", "both", "p"):
            found: Token = first[name]
            return found
    return None
