"""Numbers that are written out."""

from __future__ import annotations

import pytest

from auditor.prose.number_words import number_of


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("seven patients", (7, 1)),
        ("twenty-three patients", (23, 1)),
        ("forty eight patients", (48, 2)),
        ("one hundred and four died", (104, 4)),
        ("two hundred patients", (200, 2)),
        ("one hundred and the rest", (100, 2)),
        ("eleven twelve", (11, 1)),
    ],
)
def test_read(words: str, expected: tuple[int, int]) -> None:
    assert number_of(words.split()) == expected


@pytest.mark.parametrize(
    "words", ["patients", "one third of", "two thirds", "zero", "twenty-eleven"]
)
def test_not_read(words: str) -> None:
    assert number_of(words.split()) is None
