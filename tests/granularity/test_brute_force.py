"""Complete and sound: every verdict against all that whole numbers can do."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from auditor.granularity import attainable, debit, grim, grimmer
from auditor.rounding import Rounding

FOLDER = Path(__file__).parents[2] / "benchmarks"

if not FOLDER.exists():
    pytest.skip("the source distribution has no benchmarks", allow_module_level=True)

brute: Any = import_module("brute_granularity")
benchmark: Any = import_module("granularity")


@pytest.mark.parametrize(
    ("least", "greatest", "most", "decimals", "sample"),
    [
        (1, 5, 30, (1, 1), True),
        (0, 4, 18, (2, 1), True),
        (1, 7, 5, (1, 2), True),
        (1, 5, 4, (2, 2), True),
        (-1, 2, 5, (2, 2), True),
        (0, 10, 10, (1, 1), True),
        (1, 5, 12, (1, 1), False),
    ],
)
def test_every_reachable_print_passes_and_every_other_is_caught(
    least: int, greatest: int, most: int, decimals: tuple[int, int], sample: bool
) -> None:
    sizes = range(2 if sample else 1, most + 1)
    cases, right, alarms, misses = benchmark.compare(
        least, greatest, sizes, decimals, sample=sample
    )
    assert alarms == []
    assert misses == []
    assert 0 < right < cases


@pytest.mark.parametrize(("items", "most"), [(2, 3), (3, 3)])
def test_scales_of_several_items(items: int, most: int) -> None:
    # The parity is that of the sum of all answers, not of the mean or of the sum of the scores.
    sizes = range(2, most + 1)
    cases, right, alarms, misses = benchmark.compare(1, 4, sizes, (2, 2), items=items)
    assert alarms == []
    assert misses == []
    assert 0 < right < cases


def test_every_reachable_print_of_thirty_passes_with_two_decimals() -> None:
    reached = 0
    sums = brute.sums_of_squares(30, range(1, 6))
    for n in range(2, 31, 4):
        for mean, sds in brute.reachable(n, sums[n], 2, 2).items():
            for sd in list(sds)[::3]:
                reached += 1
                assert grimmer(mean, sd, n, minimum=1, maximum=5), (mean, sd, n)
    assert reached > 3000


@pytest.mark.parametrize("n", range(1, 9))
def test_sums_of_squares_without_bounds(n: int) -> None:
    most = 100  # no value beyond 10 has a square within it
    sums = brute.sums_of_squares(n, range(-10, 11), most)[n]
    for total in range(-2 * n, 2 * n + 1):
        reachable = set(brute.members(sums.get(total, 0)))
        assert reachable == {q for q in range(most + 1) if attainable(n, total, q)}


@pytest.mark.parametrize("n", range(1, 7))
def test_sums_of_squares_with_one_bound(n: int) -> None:
    most = 144
    sums = brute.sums_of_squares(n, range(-2, 13), most)[n]
    for total in range(-2 * n, 40):
        reachable = set(brute.members(sums.get(total, 0)))
        assert reachable == {q for q in range(most + 1) if attainable(n, total, q, least=-2)}
        assert reachable == {q for q in range(most + 1) if attainable(n, -total, q, greatest=2)}


def test_a_large_sample_on_a_wide_scale_is_decided_at_once() -> None:
    n, top = 1000, 100
    total = 37 * n
    most = 370 * top * top
    assert attainable(n, total, most, 0, top)
    assert not attainable(n, total, most - 2 * (top - 1) + 2, 0, top)
    assert attainable(n, total, most - 2 * (top - 1), 0, top)
    assert attainable(n, total, most // 2, 0, top)


@pytest.mark.parametrize("n", range(1, 31))
def test_the_mean_alone(n: int) -> None:
    means = {brute.printed_mean(total, n, 2) for total in range(n, 5 * n + 1)}
    for mean in brute.prints(6, 2):
        said = grim(mean, n, minimum=1, maximum=5, roundings=[Rounding.HALF_UP])
        assert bool(said) == (mean in means), mean


@pytest.mark.parametrize("n", [2, 3, 4, 5, 9, 14, 20, 27, 30])
def test_yes_and_no(n: int) -> None:
    sums = brute.sums_of_squares(n, range(2))[n]
    truth = brute.reachable(n, sums, 2, 2)
    for mean, sds in truth.items():
        for sd in brute.prints(1, 2)[:80:7] + sorted(sds):
            assert bool(debit(mean, sd, n, roundings=[Rounding.HALF_UP])) == (sd in sds)
            both = grimmer(mean, sd, n, minimum=0, maximum=1, roundings=[Rounding.HALF_UP])
            assert bool(both) == (sd in sds)
