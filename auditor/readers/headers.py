"""Guesses how many leading rows of a table are header rows, where the input does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence

GUESSED = "header rows guessed"

_NUMBER = r"[<>≤≥=~≈]*\s?[+\-\u2212\u2013]?(?:\d[\d,\u00a0\u2009\u202f]*(?:[.·]\d+)?|[.·]\d+)"
_VALUE = re.compile(rf"\(?{_NUMBER}\s?%?(?:$|[\s()\[\]/,;:±+\u2013\u2212\u2014-].*)", re.DOTALL)
_WORDS = re.compile(r"[A-Za-z]{3,}")
_MISSING = re.compile(r"(?:[-\u2212\u2013\u2014]+|\.{2,3}|NR|NE|NA|N/A|n\.?a\.?)$")
_STATISTIC = re.compile(
    r"\(?(?:[nN](?:o\.?)?|%|[nN]o\. of \w+|number|patients|mean|median|range|s\.?d\.?|s\.?e\.?m?"
    r"|iqr|(?:9[059]%? ?)?\(?c\.?i\.?s?\)?|hr|or|rr|p(?:[- ]?values?)?|[nN] ?= ?\d+|[nN] ?\(?%\)?"
    r"|events|total|grade(?:s)? [\dIV]+(?:[-\u2013/][\dIV]+)?|all grades|any grade)\)?"
    r"(?:[\s,;:(±/]+.{0,24})?$",
    re.IGNORECASE,
)


def is_value(text: str) -> bool:
    """Whether a cell reads like a value of the body: "12 (34)", "0.05", "28 (8-62)", "NR"."""
    folded = text.strip()
    if _MISSING.match(folded):
        return True
    if _STATISTIC.match(folded):  # "95% CI" is a heading, though it begins with a number
        return False
    if _VALUE.match(folded) is None:
        return False
    return not _WORDS.search(folded) or re.match(r"[\d.]+ \(\d", folded) is not None


def guess_header_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many leading rows carry no body-like values, judged by the cells beside the stub.

    ``rows`` are the clean texts of the expanded grid. At least one row is left as body.
    """
    count = 0
    for i, row in enumerate(rows[:-1]):
        beside = [text for text in row[1:] if text.strip()]
        if not (_first_is_header(row, beside, rows[i + 1]) if i == 0 else _continues(row, beside)):
            break
        count += 1
    return count


def _first_is_header(row: Sequence[str], beside: list[str], below: Sequence[str]) -> bool:
    if not beside:  # a title over the whole table, where the row below is a heading
        below_beside = [text for text in below[1:] if text.strip()]
        return bool(below_beside) and not any(map(is_value, below_beside))
    values = sum(map(is_value, beside))
    return values * 2 <= len(beside) or _counts_up(beside) and bool(row[0].strip())


def _continues(row: Sequence[str], beside: list[str]) -> bool:
    """Whether a row below a header row is a header row itself."""
    if not beside or any(map(is_value, beside)):
        return False
    return not row[0].strip() or all(_STATISTIC.match(text.strip()) for text in beside)


def _counts_up(texts: list[str]) -> bool:
    """Times or grades as headings: 0, 3, 6, 12."""
    if len(texts) < 2 or not all(text.strip().isdigit() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return all(a < b for a, b in zip(numbers, numbers[1:], strict=False))
