"""Rounding intervals against rounding, and rounding against ``decimal`` as a second opinion."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.rounding import (
    NEAREST,
    Interval,
    Rounding,
    round_fraction,
    rounding_interval,
    unit,
)

MODES = st.sampled_from(list(Rounding))
PLACES = st.integers(-3, 6)
# Ties and their neighbours are where conventions differ: drawn on purpose, beside any fraction.
NEAR_TIES = st.builds(
    lambda n, k, nudge: Fraction(n, 20) * Fraction(10) ** -k + nudge,
    st.integers(-4000, 4000),
    PLACES,
    st.sampled_from([Fraction(0), Fraction(1, 10**9), Fraction(-1, 10**9)]),
)
EXACT = st.one_of(NEAR_TIES, st.fractions(-10_000, 10_000, max_denominator=5_000))

QUANTIZE = {
    Rounding.HALF_UP: decimal.ROUND_HALF_UP,
    Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Rounding.HALF_DOWN: decimal.ROUND_HALF_DOWN,
    Rounding.DOWN: decimal.ROUND_DOWN,
    Rounding.UP: decimal.ROUND_UP,
}


@given(EXACT, PLACES, MODES)
@example(Fraction(-1, 2), 0, Rounding.HALF_UP)
@example(Fraction(89, 200), 1, Rounding.DOUBLE)
def test_a_value_lies_in_the_interval_of_its_own_print(x: Fraction, k: int, mode: Rounding) -> None:
    printed = Fraction(round_fraction(x, k, mode))
    assert x in rounding_interval(printed, k, mode)


@given(EXACT, PLACES, MODES, st.integers(-3, 3))
def test_the_interval_holds_exactly_what_rounds_to_the_print(
    x: Fraction, k: int, mode: Rounding, units: int
) -> None:
    printed = Fraction(round_fraction(x, k, mode)) + units * unit(k)
    rounds_to_it = Fraction(round_fraction(x, k, mode)) == printed
    assert (x in rounding_interval(printed, k, mode)) == rounds_to_it


@given(st.integers(-300, 300), PLACES, MODES)
def test_the_ends_of_an_interval_are_right(n: int, k: int, mode: Rounding) -> None:
    printed = n * unit(k)
    interval = rounding_interval(printed, k, mode)
    nudge = unit(k) / 10**6
    assert interval.lower is not None
    assert interval.upper is not None
    for end, closed, outwards in (
        (interval.lower, interval.lower_closed, -nudge),
        (interval.upper, interval.upper_closed, nudge),
    ):
        assert (round_fraction(end, k, mode) == printed) == closed
        assert round_fraction(end + outwards, k, mode) != printed
        if interval.lower != interval.upper:
            assert round_fraction(end - outwards, k, mode) == printed


@given(st.decimals(-10_000, 10_000, places=9), st.integers(0, 6), st.sampled_from(list(QUANTIZE)))
def test_rounding_agrees_with_decimal_quantize(x: Decimal, k: int, mode: Rounding) -> None:
    with decimal.localcontext() as context:
        context.prec = 60
        expected = x.quantize(Decimal(1).scaleb(-k), rounding=QUANTIZE[mode])
    assert round_fraction(Fraction(x), k, mode) == expected


@given(st.integers(0, 2000), st.integers(1, 2000), st.integers(0, 2))
def test_percentages_agree_with_decimal_on_exact_ties(n: int, total: int, k: int) -> None:
    """A percentage that ends within 9 decimals is exact in ``decimal`` too."""
    exact = Fraction(100 * n, total)
    scaled = exact * 10**9
    if scaled.denominator == 1:
        as_decimal = Decimal(scaled.numerator) / Decimal(10**9)
        expected = as_decimal.quantize(Decimal(1).scaleb(-k), rounding=decimal.ROUND_HALF_UP)
        assert round_fraction(exact, k) == expected
    else:  # no tie can occur: every nearest convention gives one and the same value
        assert len({round_fraction(exact, k, mode) for mode in NEAREST}) == 1


@pytest.mark.parametrize(
    ("x", "k", "mode", "printed"),
    [
        ("0.125", 2, Rounding.HALF_UP, "0.13"),
        ("0.125", 2, Rounding.HALF_EVEN, "0.12"),
        ("0.135", 2, Rounding.HALF_EVEN, "0.14"),
        ("0.125", 2, Rounding.HALF_DOWN, "0.12"),
        ("-0.125", 2, Rounding.HALF_UP, "-0.13"),
        ("-0.125", 2, Rounding.DOWN, "-0.12"),
        ("-0.121", 2, Rounding.UP, "-0.13"),
        ("48.498", 0, Rounding.HALF_UP, "48"),
        ("48.498", 0, Rounding.DOUBLE, "49"),
        ("48.449", 0, Rounding.DOUBLE, "48"),
        ("20.884", 0, Rounding.DOWN, "20"),
        ("56.391", 0, Rounding.UP, "57"),
        ("56", 0, Rounding.UP, "56"),
        ("1250", -2, Rounding.HALF_UP, "1.3E+3"),
        ("-0.001", 1, Rounding.HALF_UP, "0.0"),
    ],
)
def test_rounding_by_hand(x: str, k: int, mode: Rounding, printed: str) -> None:
    assert str(round_fraction(Fraction(x), k, mode)) == printed


def test_rounding_is_exact_beyond_the_precision_of_the_decimal_context() -> None:
    x = Fraction(10**35 + 1) + Fraction(1, 4)
    with decimal.localcontext() as context:
        context.prec = 5
        assert Fraction(round_fraction(x, 1)) == Fraction(10**35 + 1) + Fraction(3, 10)


@pytest.mark.parametrize(
    ("left", "right", "meet"),
    [
        (Interval(Fraction(0), Fraction(1)), Interval(Fraction(1), Fraction(2)), True),
        (
            Interval(Fraction(0), Fraction(1), True, False),
            Interval(Fraction(1), Fraction(2)),
            False,
        ),
        (Interval(Fraction(0), Fraction(1)), Interval(Fraction(2), None), False),
        (Interval(None, None), Interval(Fraction(5), Fraction(5)), True),
        (Interval(None, Fraction(3)), Interval(Fraction(2), None), True),
    ],
)
def test_intervals_meet_or_not_from_both_sides(left: Interval, right: Interval, meet: bool) -> None:
    assert left.intersects(right) is meet
    assert right.intersects(left) is meet


def test_an_open_interval_does_not_hold_its_ends() -> None:
    interval = Interval(Fraction(1), Fraction(2), lower_closed=False, upper_closed=False)
    assert Fraction(3, 2) in interval
    assert 1 not in interval
    assert 2 not in interval
    assert 10**9 in Interval(Fraction(1), None)
    assert -(10**9) in Interval(None, Fraction(1))
