"""Test statistics are read in the styles in which papers print them."""

from __future__ import annotations

import time

import pytest

from auditor.reanalysis.reported_tests import degrees, pairs
from auditor.reanalysis.statistic_grammar import written
from auditor.statement import Sentence


def sentence(text: str) -> Sentence:
    return Sentence(0, 0, text, tuple(range(len(text))))


def read(text: str) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Kind, value, degrees of freedom and P value of each test of a sentence."""
    found = []
    for one, p in pairs(sentence(text)):
        df = degrees(one)
        assert df is not None
        found.append(
            (
                one.kind,
                text[slice(*one.value)].strip(),
                tuple(f"{d.value:f}" for d in df),
                f"{p.number.relation}{p.number.value:f}",
            )
        )
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They differed (t(28) = 2.20, p = .036).", ("t", "2.20", ("28",), "=0.036")),
        ("t = 2.20, df = 28, P = 0.036", ("t", "2.20", ("28",), "=0.036")),
        ("t28=2.20, p=0.036", ("t", "2.20", ("28",), "=0.036")),
        ("t_{28} = 2.20; p = 0.036", ("t", "2.20", ("28",), "=0.036")),
        ("t₂₈ = 2.20; p = 0.036", ("t", "2.20", ("28",), "=0.036")),
        ("t[28] = −2.20, P≤0.04", ("t", "−2.20", ("28",), "<=0.04")),
        ("t(df = 28) = 2,20, p = 0,036", ("t", "2,20", ("28",), "=0.036")),
        ("t(1,234) = 2.1, p = .036", ("t", "2.1", ("1234",), "=0.036")),
        ("T(27.6) = 2.1, p < .05", ("t", "2.1", ("27.6",), "<0.05")),
        ("df = 28, t = 2.20, p = .036", ("t", "2.20", ("28",), "=0.036")),
        ("t = 2.20 with 28 degrees of freedom (P = 0.036)", ("t", "2.20", ("28",), "=0.036")),
        ("t value = 1.96; p = 0.05", ("t", "1.96", (), "=0.05")),
        ("F(2, 57) = 4.1; P<.05", ("F", "4.1", ("2", "57"), "<0.05")),
        ("F_{2,57} = 4.1; P<.05", ("F", "4.1", ("2", "57"), "<0.05")),
        ("F2,57 = 4.1, P = 0.02", ("F", "4.1", ("2", "57"), "=0.02")),
        ("F(1.62, 44.8) = 4.1, P = 0.03", ("F", "4.1", ("1.62", "44.8"), "=0.03")),
        ("F(1, 1,204) = 4.1, p = .043", ("F", "4.1", ("1", "1204"), "=0.043")),
        ("F = 4.1, df = 2, 57, P = 0.02", ("F", "4.1", ("2", "57"), "=0.02")),
        ("F = 4.1 (df = 2 and 57; P = 0.02)", ("F", "4.1", ("2", "57"), "=0.02")),
        ("F = 4.1, df1 = 2, df2 = 57, P = 0.02", ("F", "4.1", ("2", "57"), "=0.02")),
        ("chi2(1, N = 90) = 3.84, p=.05", ("chi2", "3.84", ("1",), "=0.05")),
        ("χ2 = 5.2, df=1, p = 0.02", ("chi2", "5.2", ("1",), "=0.02")),
        ("χ²(1)= 5.2, p = 0.02", ("chi2", "5.2", ("1",), "=0.02")),
        ("χ^21 = 5.2, p = 0.02", ("chi2", "5.2", ("1",), "=0.02")),
        ("χ²₁ = 5.2, p = 0.02", ("chi2", "5.2", ("1",), "=0.02")),
        ("X2 (3) = 11.2, p = 0.01", ("chi2", "11.2", ("3",), "=0.01")),
        ("x2 = 5.2; df = 1; p = 0.02", ("chi2", "5.2", ("1",), "=0.02")),
        ("chi-square = 5.2 (1 df), p = 0.02", ("chi2", "5.2", ("1",), "=0.02")),
        ("Chi² = 12.34, df = 9 (P = 0.20)", ("chi2", "12.34", ("9",), "=0.20")),
        ("χ2(2, N = 1,204) = 9.0, p < .05", ("chi2", "9.0", ("2",), "<0.05")),
        ("z = −1.96, p=0.05", ("z", "−1.96", (), "=0.05")),
        ("Test for overall effect: Z = 2.34 (P = 0.02)", ("z", "2.34", (), "=0.02")),
        ("r(48) = .31, p = .03", ("r", ".31", ("48",), "=0.03")),
        ("r = 0.31, n = 50, p = 0.03", ("r", "0.31", ("48",), "=0.03")),
        ("rho = 0.31 (n = 50; p = 0.03)", ("rho", "0.31", ("48",), "=0.03")),
        ("Q(9) = 23.1, p = .006", ("Q", "23.1", ("9",), "=0.006")),
        ("Cochran's Q = 23.1, df = 9, P = 0.006", ("Q", "23.1", ("9",), "=0.006")),
        ("t(28) = 1.20, n.s.", ("t", "1.20", ("28",), ">0.05")),
        ("t(28) = 1.20, p<=.05", ("t", "1.20", ("28",), "<=0.05")),
        ("t(28) = 5.20, p = 1.6 × 10^-5", ("t", "5.20", ("28",), "=0.000016")),
        ("t(28) = 2.20, d = 0.80, 95% CI 0.1 to 1.5, p = .036", ("t", "2.20", ("28",), "=0.036")),
        ("They differed (P = 0.02; χ2 = 5.2, df = 1).", ("chi2", "5.2", ("1",), "=0.02")),
    ],
)
def test_one_statistic(text: str, expected: tuple[str, str, tuple[str, ...], str]) -> None:
    assert read(text) == [expected]


def test_several_tests_of_one_sentence() -> None:
    text = (
        "There was an effect of group, F(1, 58) = 5.61, p = .021, and of time, F(2, 116) = 9.1, "
        "p < .001, but not of dose, t(58) = 1.1, ns."
    )
    assert read(text) == [
        ("F", "5.61", ("1", "58"), "=0.021"),
        ("F", "9.1", ("2", "116"), "<0.001"),
        ("t", "1.1", ("58",), ">0.05"),
    ]


def test_one_p_value_for_two_statistics() -> None:
    text = "Both rose (t(28) = 2.90 and t(30) = 3.10, both p < .01)."
    assert read(text) == [("t", "2.90", ("28",), "<0.01"), ("t", "3.10", ("30",), "<0.01")]


def test_a_p_value_that_might_be_of_either_is_of_none() -> None:
    assert read("F(2, 57) = 4.1 and t(30) = 3.10, p = .02") == []


@pytest.mark.parametrize(
    "text",
    [
        "The half-life was t1/2 = 3.4 hours (P = 0.02).",
        "The T-score was T = −2.1 (P = 0.02).",
        "Bone density (Z-score = −1.2; P = 0.02) fell.",
        "R = 0.31 for the model as a whole (P = 0.02).",
        "CD4 = 220 (P = 0.03)",
        "weight = 70 kg (P = 0.03)",
        "At week t = 24 the score fell.",
        "Group F (n = 23) and group T (n = 28), P = 0.03.",
    ],
)
def test_what_is_no_statistic(text: str) -> None:
    assert read(text) == []


def test_a_correlation_without_n_has_no_degrees_of_freedom() -> None:
    assert read("r = 0.31, p = 0.03") == [("r", "0.31", (), "=0.03")]


def test_the_time_is_linear() -> None:
    piece = "t(28) = 2.20, p = .036; F = 4.1 (df 2 χ2 (((( t(((( p = = z = r = 1,111,111,"
    start = time.perf_counter()
    list(written(piece * 400))
    short = time.perf_counter() - start
    start = time.perf_counter()
    list(written(piece * 1600))
    assert time.perf_counter() - start < 12 * short + 0.5
