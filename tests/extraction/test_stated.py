"""Numbers of patients stated in headers, labels and captions."""

from __future__ import annotations

import pytest

from auditor.extraction.stated import stated_numbers, without_stated


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(n = 41)", (41,)),
        ("N=82", (82,)),
        ("N: 33", (33,)),
        ("(n 41)", (41,)),
        ("Arm A (n=41)", (41,)),
        ("n = 1,102", (1102,)),
        ("n=1\u2009102", (1102,)),
        ("n=1\u202f102", (1102,)),
        ("n=1\u00a0102", (1102,)),
        ("n=1102", (1102,)),
        ("(41 patients)", (41,)),
        ("[41 women]", (41,)),
        ("105 patients", (105,)),
        ("All (N = 105 patients)", (105,)),
        ("IL-6 (n = 4)", (4,)),
        ("Arm A (n = 41) / Arm B (n = 42)", (41, 42)),
        ("n = 266 in the first group; n = 263 in the second", (266, 263)),
        ("n = 41†", (41,)),
    ],
)
def test_a_statement_of_n_is_read(text: str, found: tuple[int, ...]) -> None:
    assert stated_numbers(text) == found


@pytest.mark.parametrize(
    "text",
    [
        *("(n = 5%)", "p = 0.05", "IL-6", "n/N", "n (%)", "n = 12.5", "2 weeks", "T1N0", ""),
        *("CA-125 patients)", "Stage 3 patients", "1/3 patients)", "plan = 5", "(n1 = 20)", "5-FU"),
    ],
)
def test_what_is_no_statement_of_n(text: str) -> None:
    assert stated_numbers(text) == ()


@pytest.mark.parametrize(("text", "n"), [("(n = 1 102)", 1102), ("N = 12 345", 12345)])
def test_thousands_with_a_plain_blank(text: str, n: int) -> None:
    assert stated_numbers(text) == (n,)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Arm A (n = 41)", "Arm A"),
        ("Arm A, N = 41", "Arm A"),
        ("Arm A (41 patients)", "Arm A"),
        ("All (N = 105 patients)", "All"),
        ("Arm A, n (%)", "Arm A"),
        ("Arm A (n = 41), n (%)", "Arm A"),
        ("Arm A No. (%)", "Arm A"),
        ("Arm A [%]", "Arm A"),
        ("n (%)", ""),
        ("(n = 41)", ""),
        ("No.", ""),
        ("%", ""),
        ("Grade 3", "Grade 3"),
        ("IL-6", "IL-6"),
    ],
)
def test_what_is_left_names_the_arm(text: str, left: str) -> None:
    assert without_stated(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Response, n/N (%)", "Response"),
        ("Response, % (n)", "Response"),
        ("Response, % (n/N)", "Response"),
    ],
)
def test_no_rest_of_a_statement_is_left(text: str, left: str) -> None:
    assert without_stated(text) == left
