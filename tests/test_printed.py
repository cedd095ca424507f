"""Printed numbers: what is a number, what is not, and which values a print allows."""

from __future__ import annotations

import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.printed import PrintedNumber, missing_kind, parse_number, scan_numbers
from auditor.rounding import Rounding, round_fraction


def values(text: str, *, decimal_comma: bool = False) -> list[str]:
    """Every number of the text with its relation, percent sign and mark, in a short form."""
    return [
        f"{'' if n.relation == '=' else n.relation}{n.value}{'%' if n.percent else ''}"
        f"{'!' + n.mark if n.mark else ''}"
        for n in scan_numbers(text, decimal_comma=decimal_comma)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # plain, decimals of every kind
        ("12 (39)", ["12", "39"]),
        ("15.20", ["15.20"]),
        ("12·5", ["12.5"]),
        ("12\u22195", ["12.5"]),
        ("12\u22c55", ["12.5"]),
        (".49", ["0.49"]),
        ("(.49)", ["0.49"]),
        ("0,07", ["0.07"]),
        ("12,5", ["12.5"]),
        ("1234,5", ["1234.5"]),
        ("0,123", ["0.123"]),
        ("4,1-6,8", ["4.1", "6.8"]),
        ("12.", ["12"]),
        ("", []),
        # thousands
        ("1,234", ["1234"]),
        ("1,234.5", ["1234.5"]),
        ("1,234,567", ["1234567"]),
        ("12\u2009345", ["12345"]),
        ("12\u202f345", ["12345"]),
        ("12\u00a0345 (45)", ["12345", "45"]),
        ("1\u2009234\u2009567.8", ["1234567.8"]),
        ("12 345", ["12", "345"]),
        ("2010\u2009123", ["2010", "123"]),
        ("12\u200934", ["12", "34"]),
        # lists
        ("2, 3, 4", ["2", "3", "4"]),
        ("2,3,4", ["2", "3", "4"]),
        ("(0.72,0.98)", ["0.72", "0.98"]),
        ("12,9.8", ["12", "9.8"]),
        # bounds
        ("<0.001", ["<0.001"]),
        ("p<.05", ["<0.05"]),
        ("P < 0.05", ["<0.05"]),
        ("p = < 0.001", ["<0.001"]),
        (">99", [">99"]),
        ("≤5", ["<=5"]),
        (">=5", [">=5"]),
        ("> = 5", [">=5"]),
        ("grade ≥3", [">=3"]),
        ("1 (<1%)", ["1", "<1%"]),
        ("~5", ["~5"]),
        ("3~5", ["3", "5"]),
        ("week 0 -> 5", ["0", "5"]),
        # percent signs
        ("39%", ["39%"]),
        ("39 %", ["39%"]),
        ("39\u2009%", ["39%"]),
        ("39％", ["39%"]),
        ("39 per cent of 12", ["39%", "12"]),
        ("12 percentage points", ["12"]),
        # fractions and labels
        ("1/249", ["1", "249"]),
        ("0/0", ["0", "0"]),
        ("95% CI: 4.1–6.8", ["95%", "4.1", "6.8"]),
        ("n=41", ["41"]),
        ("N=41", ["41"]),
        ("(n = 13)", ["13"]),
        ("p=0.05", ["0.05"]),
        ("39.0±2.1", ["39.0", "2.1"]),
    ],
)
def test_numbers_are_read(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8–62", ["8", "62"]),
        ("8 – 62", ["8", "62"]),
        ("43 −81", ["43", "81"]),
        ("0–9.1", ["0", "9.1"]),
        ("2010-2015", ["2010", "2015"]),
        ("12%-15%", ["12%", "15%"]),
        ("(45)-3", ["45", "3"]),
        ("12*–15*", ["12!*", "15!*"]),
        ("Age - 5 years", ["5"]),
        ("- 5 patients", ["5"]),
        ("± 3.4", ["3.4"]),
        ("2.1 +/-3", ["2.1", "3"]),
        ("-0.31 (-0.45 to -0.16)", ["-0.31", "-0.45", "-0.16"]),
        ("(−56.31, 66.56)", ["-56.31", "66.56"]),
        ("−0·31", ["-0.31"]),
        ("−\u20095", ["-5"]),
        ("–5", ["-5"]),
        ("(- 5)", ["-5"]),
        ("−1.2–−0.3", ["-1.2", "-0.3"]),
        ("-1.2 - -0.3", ["-1.2", "-0.3"]),
        ("10% (53)\n−4% (42)", ["10%", "53", "-4%", "42"]),
        ("r=-0.5", ["-0.5"]),
        ("> −5", [">-5"]),
        ("change −5", ["-5"]),
        ("+5 and 2+3", ["5", "2", "3"]),
    ],
)
def test_a_dash_is_a_sign_only_where_nothing_stands_before_it(
    text: str, expected: list[str]
) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15.2a", ["15.2!a"]),
        ("12a,b", ["12!a,b"]),
        ("23^1", ["23!^1"]),
        ("23^12", ["23!^12"]),
        ("23¹", ["23!¹"]),
        ("12*", ["12!*"]),
        ("12†‡", ["12!†‡"]),
        ("12^{a,b}", ["12!^{a,b}"]),
        ("45%^a", ["45%!^a"]),
        ("210^1", ["210!^1"]),
        ("(45)b", ["45"]),
        ("2 ‡ 3", ["2", "3"]),
    ],
)
def test_footnote_marks_are_no_part_of_a_number(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("3.5 × 10^9", "3.5E+9", -8),
        ("3.5·10^9", "3.5E+9", -8),
        ("3.5 x 10⁹", "3.5E+9", -8),
        ("1.2e-5", "0.000012", 6),
        ("1E-08", "1E-8", 8),
        ("1.2×10^-5", "0.000012", 6),
        ("1.2 × 10^{−5}", "0.000012", 6),
        ("10^9", "1E+9", -9),
    ],
)
def test_scientific_notation_is_one_number(text: str, value: str, decimals: int) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.value, number.decimals) == (Decimal(value), decimals)
    assert number.text == text
    assert number.integer is None


def test_the_last_digit_of_a_power_of_ten_bounds_its_rounding() -> None:
    number = scan_numbers("3.5 × 10^9/L")[0]
    assert Fraction(3_460_000_000) in number.interval()
    assert Fraction(3_560_000_000) not in number.interval()
    assert number.like(Fraction(3_460_000_001)) == "3500000000"


@pytest.mark.parametrize(
    "text",
    [
        *("CD38", "T2N1", "G719X", "HER2", "grade3", "H2O", "IL-6", "COVID-19", "TNF\u20111"),
        *("2nd", "1st-line", "21st", "5-FU", "5q13", "5q13.3", "11q22-23", "CD4/CD8", "T3/4"),
        *("T1–2", "m^2", "kg/m^{2}", "R^2", "stage^18", "IC₅₀", "1.2.3", "31.12.2018"),
        *("NR", "..", "–", "x_5", "9" * 50),
    ],
)
def test_these_hold_no_number(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12mg", ["12"]),
        ("5mg-10mg", ["5", "10"]),
        ("5-year", ["5"]),
        ("3-weekly", ["3"]),
        ("6q-", ["6"]),
        ("4.1-NR", ["4.1"]),
        ("12-NE", ["12"]),
        ("2nd of 12", ["12"]),
        ("5-FU 400 mg/m^2", ["400"]),
        ("CD38 in 12%", ["12%"]),
        ("IL-6, 4.5 pg/mL", ["4.5"]),
        ("TNF-10.5", ["10.5"]),
        ("共12例", ["12"]),
        ("10^9/L", ["1E+9"]),
    ],
)
def test_units_and_names_beside_a_number_do_not_hide_it(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,5", ["1234.5"]),
        ("1.234.567", ["1234567"]),
        ("1,234", ["1.234"]),
        ("1,234,567", ["1234567"]),
        ("12,5", ["12.5"]),
        ("2,3,4", ["2", "3", "4"]),
        ("12.5", ["12.5"]),
    ],
)
def test_decimal_comma(text: str, expected: list[str]) -> None:
    assert values(text, decimal_comma=True) == expected


def test_european_thousands_are_not_joined_unasked() -> None:
    assert values("1.234,5") == ["1.234", "5"]


ALPHABET = "0123456789.,·\u2009\u202f \n%％<>≤=~-−–+±/()[]^{}*†¹²aenNRx×E_患"


@given(st.one_of(st.text(), st.text(alphabet=ALPHABET)), st.booleans())
def test_any_text_can_be_scanned_and_offsets_are_true(text: str, decimal_comma: bool) -> None:
    end = 0
    for n in scan_numbers(text, decimal_comma=decimal_comma):
        assert end <= n.start < n.end <= len(text)
        assert text[n.start : n.end] == n.text + n.mark
        assert n.text == n.text.strip()
        assert n.fraction == Fraction(n.value)
        assert n.fraction in n.interval() or n.relation in "<>"
        end = n.end


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.sampled_from("-\u2212"))
def test_what_is_printed_is_read_back(n: int, decimals: int, minus: str) -> None:
    value = Decimal(n).scaleb(-decimals)
    text = f"{value:f}".replace("-", minus)
    number = parse_number(text)
    assert number is not None
    assert (number.value, number.decimals, number.text) == (value, decimals, text)


@given(st.integers(1, 10**12), st.sampled_from(",\u2009\u202f\u00a0"))
def test_grouped_thousands_are_read_back(n: int, separator: str) -> None:
    number = parse_number(f"{n:,}".replace(",", separator))
    assert number is not None
    assert number.integer == n


@pytest.mark.parametrize(
    "piece",
    [
        *("1", "1,", "1.", "1.1,", "1,234", "1\u2009234", "<", " ", "- ", "-", "a1", "1^{", "^"),
        *("1e", "1 -", "a-1", "1×10^", "1,234,", "a1.1", "1†", "< "),
    ],
)
def test_long_text_is_scanned_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    scan_numbers(text + "7")
    assert time.process_time() - start < 5  # a quadratic scan takes minutes


def test_a_number_keeps_more_digits_than_the_decimal_context() -> None:
    number = parse_number("−0.1234567890123456789012345678901234")
    assert number is not None
    assert number.fraction == -Fraction(1234567890123456789012345678901234, 10**34)


@pytest.mark.parametrize(
    ("text", "integer"),
    [
        ("31", 31),
        ("0", 0),
        ("1,234", 1234),
        ("31.0", None),
        ("31%", None),
        ("<31", None),
        ("-31", None),
    ],
)
def test_counts_are_plain_integers(text: str, integer: int | None) -> None:
    number = parse_number(text)
    assert number is not None
    assert number.integer == integer


def test_parse_wants_one_number_and_nothing_else() -> None:
    assert parse_number(" 12 ") is not None
    assert parse_number("12 (39)") is None
    assert parse_number("12 mg") is None
    assert parse_number("n=12") is None
    assert parse_number("") is None


def _number(text: str) -> PrintedNumber:
    number = parse_number(text)
    assert number is not None
    return number


def test_a_bound_is_taken_at_its_word() -> None:
    below = _number("<0.001")
    assert Fraction(1, 2000) in below.interval()
    assert Fraction(1, 1000) not in below.interval()
    assert Fraction(1, 1000) in _number("≤0.001").interval()
    assert Fraction(99) not in _number(">99").interval()
    assert Fraction(99) in _number("≥99").interval()
    assert Fraction(42) in _number("~41").interval()
    assert Fraction(43) not in _number("~41").interval()
    assert below.units_off(Fraction(1, 5000)) == 0
    assert below.units_off(Fraction(3, 1000)) == 2


@pytest.mark.parametrize(
    ("text", "exact", "conventions"),
    [
        ("39%", Fraction(1200, 31), {"half-up", "half-even", "half-down", "double", "up"}),
        ("64%", Fraction(2000, 31), {"down"}),
        ("65%", Fraction(2000, 31), {"half-up", "half-even", "half-down", "double", "up"}),
        ("12%", Fraction(25, 2), {"half-even", "half-down", "down"}),
        ("13%", Fraction(25, 2), {"half-up", "double", "up"}),
        ("49%", Fraction(48498, 1000), {"double", "up"}),
        ("45.5%", Fraction(200, 44), set()),
        ("0%", Fraction(0), {"half-up", "half-even", "half-down", "double", "down", "up"}),
        ("0%", Fraction(2, 5), {"half-up", "half-even", "half-down", "double", "down"}),
    ],
)
def test_conventions_that_explain_a_print(
    text: str, exact: Fraction, conventions: set[str]
) -> None:
    assert {str(c) for c in _number(text).conventions(exact)} == conventions


@given(
    st.fractions(-1000, 1000, max_denominator=999),
    st.integers(0, 3),
    st.sampled_from(list(Rounding)),
)
def test_a_rounded_value_is_explained_by_its_convention(
    exact: Fraction, decimals: int, rounding: Rounding
) -> None:
    number = _number(f"{round_fraction(exact, decimals, rounding):f}")
    assert rounding in number.conventions(exact)
    assert number.units_off(exact) < 1
    assert _number(number.like(exact)).value == round_fraction(exact, decimals)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "blank"),
        (" \u00a0\n", "blank"),
        ("–", "dash"),
        ("—*", "dash"),
        ("(–)", "dash"),
        ("- -", "dash"),
        ("NR", "not reached"),
        ("NR^a", "not reached"),
        ("(NR)", "not reached"),
        ("Not  reached", "not reached"),
        ("NE", "not estimable"),
        ("NA†", "not available"),
        ("N/A", "not available"),
        ("NS", "not significant"),
        ("ND", "not done"),
        ("..", "not applicable"),
        ("…", "not available"),
        ("Reference", "reference"),
        ("0", None),
        ("−5", None),
        ("NSCLC", None),
        ("Not reached in 3", None),
        ("Male", None),
        ("nd " * 1000, None),
    ],
)
def test_cells_that_say_that_a_number_is_missing(text: str, kind: str | None) -> None:
    assert missing_kind(text) == kind
