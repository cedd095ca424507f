"""GRIM, GRIMMER, DEBIT: published examples, conventions, corners, and others' false alarms."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from auditor.errors import UsageError
from auditor.granularity import (
    Reason,
    counts_of_percent,
    debit,
    grim,
    grim_ratio,
    grim_sequence,
    grimmer,
    grimmer_sequence,
    totals,
)
from auditor.rounding import NEAREST, Rounding


def test_the_example_of_brown_and_heathers() -> None:
    verdict = grim("5.19", 28)
    assert not verdict
    assert verdict.reason is Reason.MEAN
    assert verdict.nearest == ("5.18", "5.21")
    assert verdict.conventions == ()


def test_the_example_of_allard() -> None:
    verdict = grimmer("3.44", "2.47", 18)
    assert not verdict
    assert verdict.reason is Reason.PARITY
    assert verdict.nearest == ("2.45", "2.48")


def test_more_items_have_finer_means() -> None:
    assert not grim("5.19", 28)
    assert grim("5.19", 28, items=4)
    assert grim("5.18", 28, items=2)


def test_trailing_zeros_count() -> None:
    assert grim("3.1", 9)  # 28/9 = 3.11
    assert not grim("3.10", 9)
    assert grim("3.10", 10)
    assert grim(Decimal("3.10"), 10)
    assert not grim(3.1, 9, decimals=2)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [3.1, "three", "3.1 4.2", "<3.1", True, None])
def test_what_is_no_print_is_refused(value: object) -> None:
    with pytest.raises(UsageError):
        grim(value, 10)  # type: ignore[arg-type]


def test_a_float_is_refused_with_the_remedy() -> None:
    with pytest.raises(UsageError, match="decimals=2"):
        grim(3.1, 10)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="more than 1 decimals"):
        grim(3.15, 10, decimals=1)  # type: ignore[arg-type]


@pytest.mark.parametrize("n", [0, -3, 2.5, "ten", True])
def test_n_is_a_whole_number(n: object) -> None:
    with pytest.raises(UsageError, match="n must be"):
        grim("3.1", n)  # type: ignore[arg-type]


def test_conventions_are_named() -> None:
    # 1/8 = 0.125 is a tie; 2/3 = 0.667 is cut to 0.66
    assert set(grim("0.13", 8).conventions) == {Rounding.HALF_UP, Rounding.DOUBLE, Rounding.UP}
    assert grim("0.12", 8).conventions == (Rounding.HALF_EVEN, Rounding.HALF_DOWN, Rounding.DOWN)
    cut = grim("0.66", 3)
    assert not cut
    assert cut.conventions == (Rounding.DOWN,)
    assert grim("0.66", 3, roundings=[*NEAREST, Rounding.DOWN])
    assert grim("0.34", 3).conventions == (Rounding.UP,)
    assert totals("0.66", 3)[Rounding.DOWN] == range(2, 3)
    assert not totals("0.66", 3)[Rounding.HALF_UP]


def test_every_total_of_a_large_sample() -> None:
    assert totals("4.2", 100)[Rounding.HALF_UP] == range(415, 425)
    assert totals("4.2", 100)[Rounding.HALF_DOWN] == range(416, 426)


def test_ties_of_mean_and_sd_may_go_either_way() -> None:
    # 0 and 5: the mean of 2.5 was rounded up and the SD of 2.5 down
    mixed = grimmer("3", "2", 2, step=5, minimum=0, maximum=5, kind="population")
    assert mixed
    assert mixed.conventions == ()
    strict = grimmer(
        "3", "2", 2, step=5, minimum=0, maximum=5, kind="population", roundings=[Rounding.HALF_UP]
    )
    assert not strict


def test_bounds_of_a_single_observation() -> None:
    assert grim("5.25", 4)
    verdict = grim("5.25", 4, minimum=1, maximum=5)
    assert verdict.reason is Reason.MEAN_BOUNDS
    assert verdict.nearest == ("5.00",)
    great = grimmer("3.0", "2.5", 10, minimum=1, maximum=5)
    assert great.reason is Reason.TOO_GREAT
    assert grimmer("3.0", "2.1", 10, minimum=1, maximum=5)  # five ones, five fives: 2.108


def test_the_sd_of_unequal_values_is_not_zero() -> None:
    assert grimmer("4.00", "0.00", 12)
    verdict = grimmer("3.50", "0.00", 12)
    assert verdict.reason is Reason.TOO_SMALL
    assert verdict.nearest == ("0.52",)


def test_one_value_has_no_sample_sd() -> None:
    assert grimmer("4", "0", 1).reason is Reason.ONE_VALUE
    assert grimmer("4", "0", 1, kind="population")
    assert grimmer("4.5", "0", 1, kind="population").reason is Reason.MEAN


def test_negative_numbers() -> None:
    assert grim("-0.33", 3)
    assert not grim("-0.35", 3)
    assert grimmer("-2.50", "0.71", 2)  # -2 and -3
    assert not grimmer("-2.50", "0.75", 2)
    assert grimmer("2.5", "-0.7", 2).reason is Reason.NEGATIVE


def test_two_values_differ_by_a_whole_number() -> None:
    # right parity is not enough: for two values the SD is a whole number over the root of 2
    assert grimmer("2.00", "1.41", 2)
    verdict = grimmer("2.00", "2.45", 2)  # sum of squares 14, as even as the total
    assert verdict.reason is Reason.GAP
    assert verdict.nearest == ("1.41", "2.83")


def test_gaps_below_the_greatest_sd_of_a_scale() -> None:
    # 10 answers of 0 or 10 with total 50: sums of squares 500, then 482
    assert grimmer("5.00", "5.27", 10, minimum=0, maximum=10)
    assert grimmer("5.00", "5.08", 10, minimum=0, maximum=10)  # 0 and 10 became 1 and 9
    verdict = grimmer("5.00", "5.16", 10, minimum=0, maximum=10)  # 490, of the right parity
    assert verdict.reason is Reason.GAP
    assert grimmer("5.00", "5.16", 10)


def test_every_total_is_tried_and_not_only_the_nearest() -> None:
    # 196 ones and 4 zeros; the total next to 1.0 is 200, which has an SD of 0.10 or 0.20
    assert grimmer("1.0", "0.14", 200)
    assert not grimmer("1.0", "0.15", 200)
    assert grimmer("1.0", "0.16", 200)  # 195 ones


@pytest.mark.parametrize(("mean", "sd", "n"), [("1.5", "0.7", 2), ("2.5", "0.5", 20)])
def test_small_and_halved_samples_pass(mean: str, sd: str, n: int) -> None:
    assert grimmer(mean, sd, n)


def test_sample_and_population() -> None:
    assert grimmer("0.50", "0.71", 2)
    assert grimmer("0.50", "0.50", 2, kind="population")
    assert not grimmer("0.50", "0.50", 2)
    assert grimmer("0.50", "0.50", 2, kind="either")
    with pytest.raises(UsageError, match="kind"):
        grimmer("0.5", "0.5", 2, kind="both")


def test_scales_in_steps() -> None:
    assert grim("83.3", 6, step=10)
    assert not grim("84.0", 6, step=10)
    assert grimmer("85", "7.1", 2, step=10, minimum=0, maximum=100)
    assert not grimmer("85", "6.1", 2, step=10, minimum=0, maximum=100)
    assert grim("2.25", 2, step="0.5")


def test_percentages_are_means_of_yes_and_no() -> None:
    assert grim("38.7%", 31, percent=True)
    verdict = grim("45.0%", 31, percent=True)
    assert verdict.nearest == ("41.9", "45.2")
    assert not grim("103.2", 31, percent=True)
    assert counts_of_percent("39%", 31)[Rounding.HALF_UP] == range(12, 13)
    assert counts_of_percent("39", 1000)[Rounding.HALF_UP] == range(385, 395)


def test_yes_and_no_with_their_sd() -> None:
    assert debit("0.35", "0.49", 20)
    verdict = debit("0.35", "0.45", 20)
    assert verdict.reason is Reason.BINARY
    assert verdict.nearest == ("0.49",)
    assert debit("0.37", "0.49", 20).reason is Reason.MEAN
    assert debit("1.2", "0.4", 20).reason is Reason.MEAN_BOUNDS
    assert debit("1.00", "0.00", 20)
    assert debit("1", "0", 1).reason is Reason.ONE_VALUE
    assert debit("0.50", "0.50", 4, kind="population")


def test_the_power_of_the_test() -> None:
    assert grim_ratio("5.19", 28) == Fraction(72, 100)
    assert grim_ratio("5.19", 28, items=2) == Fraction(44, 100)
    assert grim_ratio("5.1", 28) == 0


def test_neighbours_show_where_a_slip_may_lie() -> None:
    found = grim_sequence("5.19", 28, reach=2)
    assert ("mean", "5.18") in {(i.variable, i.value) for i in found}
    assert ("n", "27") in {(i.variable, i.value) for i in found}
    assert [abs(i.steps) for i in found] == sorted(abs(i.steps) for i in found)
    near = grimmer_sequence("3.44", "2.47", 18, reach=2)
    assert ("sd", "2.48", 1) in {(i.variable, i.value, i.steps) for i in near}
    assert all(i.steps for i in near)


def test_a_very_large_sample_is_judged_at_once() -> None:
    assert debit("0.35", "0.48", 10**12)
    verdict = debit("0.35", "0.49", 10**12)
    assert verdict.reason is Reason.BINARY
    assert verdict.nearest == ("0.48",)
    assert grim("3.14", 10**12)
