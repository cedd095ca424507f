"""Numbers that are written out: "seven", "twenty-three", "one hundred and four"."""

from __future__ import annotations

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000}
FRACTIONS = frozenset((
    "third", "thirds", "quarter", "quarters", "fourth", "fourths", "fifth", "fifths", "half",
    "halves", "tenth", "tenths",
))  # fmt: skip
"""After a number word these make a share of it, not a count: "one third", "two thirds"."""


def number_of(words: list[str]) -> tuple[int, int] | None:
    """The number that ``words`` (lower case) begin with, and how many of them it takes.

    "One third" is none; "one hundred and four" takes four words; zero is left to "none".
    """
    total = current = 0
    taken = 0
    for at, word in enumerate(words[:8]):
        if word == "and" and taken == at and current and current % 100 == 0:
            continue  # counted only where a number follows
        value = _small(word)
        if value is not None and _adds(current, value):
            current += value
        elif word in _SCALES and current and taken == at:
            current *= _SCALES[word]
            if word == "thousand":
                total, current = total + current, 0
        else:
            break
        taken = at + 1
    if not taken or total + current == 0:
        return None
    if taken < len(words) and words[taken] in FRACTIONS:
        return None
    return total + current, taken


def _adds(current: int, value: int) -> bool:
    """Whether ``value`` goes on with the number so far: "twenty three", "two hundred four"."""
    if current == 0:
        return True
    if current % 100 == 0:
        return value < 100
    return current % 10 == 0 and current % 100 >= 20 and value < 10


def _small(word: str) -> int | None:
    """The value of "seven", "twenty" or "twenty-three"."""
    if word in _UNITS:
        return _UNITS[word]
    if word in _TENS:
        return _TENS[word]
    tens, hyphen, units = word.replace("\u2010", "-").replace("\u2011", "-").partition("-")
    if hyphen and tens in _TENS and 0 < _UNITS.get(units, 0) < 10:
        return _TENS[tens] + _UNITS[units]
    return None
