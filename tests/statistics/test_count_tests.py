"""Tests of counts: published examples, where a test does not exist, and its symmetries."""

from __future__ import annotations

import pytest

from auditor.statistics.count_tests import COUNT_TESTS, Counts, p_values


def values(counts: Counts, **options: bool) -> dict[str, float]:
    return {test.name: value for test, value in p_values(counts, **options)}


def test_the_lady_tasting_tea() -> None:
    # Fisher, The Design of Experiments (1935): all eight cups 1/70; six right 17/70 at least.
    found = values(((4, 0), (0, 4)))
    assert found["Fisher's exact, one-sided"] == pytest.approx(1 / 70, rel=1e-12)
    assert found["Fisher's exact, two-sided"] == pytest.approx(2 / 70, rel=1e-12)
    found = values(((3, 1), (1, 3)))
    assert found["Fisher's exact, one-sided"] == pytest.approx(17 / 70, rel=1e-12)
    assert found["Fisher's exact, two-sided"] == pytest.approx(34 / 70, rel=1e-12)
    assert found["mid-p Fisher, one-sided"] == pytest.approx(9 / 70, rel=1e-12)


def test_the_standard_tests_come_first_and_names_are_unique() -> None:
    standing = [test.standard for test in COUNT_TESTS]
    assert standing == sorted(standing, reverse=True)
    assert len({test.name for test in COUNT_TESTS}) == len(COUNT_TESTS)


@pytest.mark.parametrize("counts", [((0, 5), (0, 6)), ((5, 0),), ((1, 2), (0, 0)), ()])
def test_nothing_to_compare(counts: Counts) -> None:
    assert p_values(counts) == ()


@pytest.mark.parametrize("counts", [((1, 2), (3,)), ((1, -2), (3, 4))])
def test_what_is_no_table(counts: Counts) -> None:
    with pytest.raises(ValueError, match="count"):
        p_values(counts)
