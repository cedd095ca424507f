"""What range, n and mean leave for the SD; medians and quartiles of whole numbers."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from auditor.errors import UsageError
from auditor.granularity import (
    mean_limits,
    median_possible,
    quartile_definitions,
    sd_limits,
    sd_possible,
    variance_limits,
)
from auditor.rounding import Interval


def point(value: int | Fraction) -> Interval:
    return Interval(Fraction(value), Fraction(value))


def test_half_the_range_at_both_ends() -> None:
    limits = variance_limits(10, point(0), point(6))
    assert limits is not None
    assert limits.least == Fraction(36, 18)  # range / root of 2 (n - 1)
    assert limits.greatest == 9 * Fraction(10, 9)  # half the range, squared, times n / (n - 1)
    odd = variance_limits(5, point(0), point(6))
    assert odd is not None
    assert odd.greatest == Fraction(36 * 6, 5 * 4)  # two at one end, three at the other


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_no_values_lie_outside_the_limits(n: int) -> None:
    for values in itertools.combinations_with_replacement(range(6), n):
        low, high, total = values[0], values[-1], sum(values)
        mean = Fraction(total, n)
        variance = sum((v - mean) ** 2 for v in values) / (n - 1)
        for known in (None, point(mean)):
            limits = variance_limits(n, point(low), point(high), known)
            assert limits is not None
            assert limits.least <= variance <= limits.greatest
        bottom, top = mean_limits(n, Fraction(low), Fraction(high))
        assert bottom <= mean <= top


def test_the_mean_narrows_the_limits() -> None:
    free = sd_limits(10, "0", "10")
    tied = sd_limits(10, "0", "10", "2.0")
    assert free is not None
    assert tied is not None
    assert free.least < tied.least
    assert tied.greatest < free.greatest
    assert sd_limits(10, "0", "10", "0.5") is None  # a 10 among ten values makes it 1 at least


def test_prints_stand_for_all_that_rounds_to_them() -> None:
    assert sd_possible("3.2", 10, "1", "7")  # exactly 3.16, and 3.69 from 0.5 to 7.5
    assert sd_possible("3.6", 10, "1", "7")
    assert not sd_possible("3.8", 10, "1", "7")
    assert not sd_possible("1.0", 10, "1", "7")
    assert sd_possible("0.00", 10, "4", "4")
    with pytest.raises(UsageError, match="single value"):
        sd_limits(1, "1", "7")


@pytest.mark.parametrize(
    ("median", "n", "possible"),
    [("3", 9, True), ("3.5", 9, False), ("3.5", 10, True), ("3.4", 10, False), ("3.0", 9, True)],
)
def test_medians(median: str, n: int, possible: bool) -> None:
    assert median_possible(median, n) is possible


def test_medians_of_scales() -> None:
    assert median_possible("3.5", 9, items=2)
    assert not median_possible("85", 9, step=10)
    assert median_possible("85", 10, step=10)
    assert median_possible("4", 10)  # may be 3.5


def test_quartiles_by_definition() -> None:
    assert quartile_definitions("3", 10)
    assert "type 7 (R, Excel, numpy)" in quartile_definitions("3.25", 10)
    assert "hinges (Tukey)" not in quartile_definitions("3.25", 10)
    assert quartile_definitions("3.46", 10) == ()
    assert "hinges (Tukey)" in quartile_definitions("3.5", 8)
    assert quartile_definitions("3.5", 9) == tuple(
        name for name in quartile_definitions("3.5", 9) if "type 1" not in name
    )
    with pytest.raises(UsageError, match="1 or 3"):
        quartile_definitions("3", 10, 2)


@pytest.mark.parametrize("n", range(2, 12))
def test_what_numpy_computes_is_possible(n: int) -> None:
    import numpy as np

    names = {
        "type 1 (inverse distribution function)": "inverted_cdf",
        "type 2 (SAS)": "averaged_inverted_cdf",
        "type 4 (linear in the distribution function)": "interpolated_inverted_cdf",
        "type 5 (Hazen)": "hazen",
        "type 6 (Weibull; SPSS, Minitab)": "weibull",
        "type 7 (R, Excel, numpy)": "linear",
        "type 8 (median-unbiased)": "median_unbiased",
        "type 9 (normal-unbiased)": "normal_unbiased",
    }
    values = [(7 * i * i) % 23 for i in range(n)]
    for which in (1, 3):
        for name, method in names.items():
            quartile = np.quantile(values, which / 4, method=method)  # type: ignore[call-overload]
            assert name in quartile_definitions(f"{quartile:.4f}", n, which)
