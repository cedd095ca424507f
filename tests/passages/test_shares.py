"""Which numbers of patients give a share, and how a wrong one came about."""

from __future__ import annotations

import pytest

from auditor.passages.shares import Share, decimal_slip, digit_slip, judge
from auditor.printed import PrintedNumber, parse_number


def percent(text: str) -> PrintedNumber:
    number = parse_number(text)
    assert number is not None
    return number


@pytest.mark.parametrize(
    ("count", "shown", "named", "largest", "how"),
    [
        (2, "45.5%", (), 44, Share.IMPOSSIBLE),
        (36, "82%", (44,), 47, Share.RIGHT),
        (36, "72%", (44,), 44, Share.BEYOND),
        (18, "46%", (44,), 44, Share.MISFIT),
        (31, "40%", (), 120, Share.OPEN),
        (9, "1.8%", (), 58, Share.BEYOND),
        (9, "1.8%", (), 0, Share.OPEN),
        (4, "8%", (46,), 46, Share.RIGHT),
        (0, "3%", (), 44, Share.IMPOSSIBLE),
        (3, "120%", (), 44, Share.IMPOSSIBLE),
    ],
)
def test_a_share_is_held_against_its_patients(
    count: int, shown: str, named: tuple[int, ...], largest: int, how: Share
) -> None:
    assert judge(count, percent(shown), named, largest).how is how


@pytest.mark.parametrize(
    ("count", "shown", "patients", "right"),
    [
        (2, "45.5%", 44, "4.55%"),
        (1, "22.7%", 44, "2.27%"),
        (9, "1.8%", 51, "18%"),
        (9, "9%", 47, ""),
        (36, "82%", 44, ""),
        (50, "5%", 44, ""),
        (0, "5%", 44, ""),
    ],
)
def test_a_decimal_slip_is_seen(count: int, shown: str, patients: int, right: str) -> None:
    assert decimal_slip(count, percent(shown), patients) == right


@pytest.mark.parametrize(
    ("count", "shown", "patients", "words"),
    [
        (29, "63.3%", 80, "transposed digits: 63.3 for 36.3"),
        (9, "9%", 47, "a digit is missing: 9 for 19"),
        (36, "83%", 44, "one digit differs: 83 for 82"),
        (36, "17%", 44, ""),
        (50, "17%", 44, ""),
    ],
)
def test_a_slip_of_digits_is_named(count: int, shown: str, patients: int, words: str) -> None:
    assert digit_slip(count, percent(shown), patients) == words
