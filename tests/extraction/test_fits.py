"""Fit of a percentage to count and denominator, against brute force over all small cases."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from auditor.extraction.fits import (
    Fit,
    attainable,
    best_denominators,
    explained,
    fit,
    informative,
)
from auditor.printed import PrintedNumber, parse_number
from auditor.rounding import NEAREST, Rounding, round_fraction

LIMIT = 20


def printed(text: str) -> PrintedNumber:
    number = parse_number(text)
    assert number is not None
    return number


def number(value: Decimal) -> PrintedNumber:
    return printed(f"{value:f}%")


def all_pairs() -> list[tuple[int, int]]:
    return [(n, d) for d in range(1, LIMIT + 1) for n in range(d + 1)]


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_every_ordinary_rounding_fits_nearest_and_every_truncation_fits(decimals: int) -> None:
    for n, d in all_pairs():
        exact = Fraction(100 * n, d)
        for rounding in NEAREST:
            assert fit(n, d, number(round_fraction(exact, decimals, rounding))) is Fit.NEAREST
        for rounding in (Rounding.DOWN, Rounding.UP, Rounding.DOUBLE):
            assert fit(n, d, number(round_fraction(exact, decimals, rounding))) is not Fit.MISFIT


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_one_unit_off_and_more_is_a_misfit(decimals: int) -> None:
    step = Decimal(1).scaleb(-decimals)
    for n, d in all_pairs():
        exact = Fraction(100 * n, d)
        near = round_fraction(exact, decimals)
        for value in (near + 2 * step, near - 2 * step, near + step, near - step):
            if value < 0:
                continue
            off = abs(Fraction(value) - exact)
            expected = Fit.MISFIT if off >= Fraction(step) else None
            how = fit(n, d, number(value))
            assert (how is Fit.MISFIT) == (expected is Fit.MISFIT), (n, d, value)


@pytest.mark.parametrize("decimals", [0, 1])
def test_attainable_is_what_brute_force_finds(decimals: int) -> None:
    """Nearest and double rounding, over all counts, percentages and limits."""
    roundings = (*NEAREST, Rounding.DOUBLE)
    gives: dict[tuple[int, Decimal], set[int]] = {}
    for n, d in all_pairs():
        for rounding in roundings:
            value = round_fraction(Fraction(100 * n, d), decimals, rounding)
            gives.setdefault((n, value), set()).add(d)
    values = {value for _, value in gives} | {Decimal("3.0"), Decimal("99"), Decimal("41.8")}
    for n in range(LIMIT + 1):
        for value in values:
            shown = round_fraction(Fraction(value), decimals)
            expected = gives.get((n, shown), set())
            found = set(attainable(n, number(shown), LIMIT))
            assert expected <= found, (n, shown)
            # The interval also holds what lies between the conventions, and no misfit.
            assert all(fit(n, d, number(shown)) is not Fit.MISFIT for d in found - expected)


@pytest.mark.parametrize("text", ["<1%", "≤1%", ">90%", "≥90%", "<0.1%", ">99.9%"])
def test_attainable_of_bounds_is_what_brute_force_finds(text: str) -> None:
    bound = printed(text)
    for n in range(0, 120, 3):
        expected = [d for d in range(max(n, 1), 121) if Fraction(100 * n, d) in bound.interval()]
        assert list(attainable(n, bound, 120)) == expected, (n, text)


def test_best_denominators_is_what_brute_force_finds() -> None:
    rng = random.Random(5)  # noqa: S311  repeatable, not secret
    for _ in range(150):
        whole = rng.randint(3, 60)
        pairs = []
        for _ in range(rng.randint(1, 8)):
            n = rng.randint(1, whole)
            d = whole if rng.random() < 0.7 else rng.randint(n, 70)
            pairs.append((n, number(round_fraction(Fraction(100 * n, d), rng.choice((0, 1))))))
        holds = {d: sum(d in attainable(n, p, 80) for n, p in pairs) for d in range(1, 81)}
        most = max(holds.values())
        span, found = best_denominators(pairs, 80)
        assert found == most
        assert span.start == min(d for d, many in holds.items() if many == most)
        assert all(holds[d] == most for d in span)
        assert holds.get(span.stop, 0) < most or not {
            i for i, (n, p) in enumerate(pairs) if span.start in attainable(n, p, 80)
        } <= {i for i, (n, p) in enumerate(pairs) if span.stop in attainable(n, p, 80)}


def test_no_pairs_have_no_denominator() -> None:
    assert best_denominators([], 100) == (range(0), 0)


@pytest.mark.parametrize(("n", "d"), [(0, 0), (5, 0), (5, 4), (1, -3)])
def test_more_than_all_and_of_nobody_never_fit(n: int, d: int) -> None:
    assert fit(n, d, printed("100%")) is Fit.MISFIT


def test_explained_counts_truncated_ones_too() -> None:
    pairs = [(20, printed("64%")), (12, printed("39%")), (15, printed("45%"))]
    assert explained(pairs, 31) == 2


@pytest.mark.parametrize(("n", "text", "tells"), [(0, "0%", 0), (3, "<1%", 0), (3, "10%", 1)])
def test_what_tells_of_the_denominator(n: int, text: str, tells: int) -> None:
    assert informative(n, printed(text)) == bool(tells)
