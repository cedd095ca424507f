"""Tests of counts: published examples, where a test does not exist, and their laws."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from auditor.statistics.contingency import canonical, of_rates
from auditor.statistics.count_tests import COUNT_TESTS, Counts, p_values
from auditor.statistics.fisher import fisher
from auditor.statistics.paired import cross_tables
from auditor.statistics.sizes_ignored import counts_alone


def values(
    counts: Counts, *, ordered: bool = False, paired: bool = False, costly: bool = True
) -> dict[str, float]:
    found = p_values(counts, ordered=ordered, paired=paired, costly=costly)
    return {test.name: value for test, value in found}


def test_the_lady_tasting_tea() -> None:
    # Fisher, The Design of Experiments (1935): all eight cups 1/70; six right or more 17/70.
    found = values(((4, 0), (0, 4)))
    assert found["Fisher's exact, one-sided"] == pytest.approx(1 / 70, rel=1e-12)
    assert found["Fisher's exact, two-sided"] == pytest.approx(2 / 70, rel=1e-12)
    found = values(((3, 1), (1, 3)))
    assert found["Fisher's exact, one-sided"] == pytest.approx(17 / 70, rel=1e-12)
    assert found["Fisher's exact, two-sided"] == pytest.approx(34 / 70, rel=1e-12)
    assert found["mid-p Fisher, one-sided"] == pytest.approx(9 / 70, rel=1e-12)


# The figures as they are printed at the source.
@pytest.mark.parametrize(
    ("counts", "test", "printed"),
    [
        # Mehta and Senchaudhuri 2003: 7 of 15 against 12 of 15 vaccinated.
        (((7, 8), (12, 3)), "Fisher's exact, one-sided", "0.064"),
        (((7, 8), (12, 3)), "Barnard's test, one-sided", "0.034"),
        # Help of SciPy for boschloo_exact: 74 of 117 against 31 of 63 satisfied teachers.
        (((74, 43), (31, 32)), "Fisher's exact, one-sided", "0.0483"),
        (((74, 43), (31, 32)), "Boschloo's test, one-sided", "0.0356"),
        # Yates 1934: normal teeth in 4 of 20 and 1 of 22 infants.
        (((4, 16), (1, 21)), "Fisher's exact, one-sided", "0.1435"),
        (((4, 16), (1, 21)), "chi-squared with Yates's correction, one-sided", "0.1428"),
        # Fisher's convicted twins: help of R for fisher.test.
        (((2, 15), (10, 3)), "Fisher's exact, one-sided", "0.0004652"),
        # Smokers among patients in four studies, Fleiss: help of R for prop.test.
        (((83, 3), (90, 3), (129, 7), (70, 12)), "Pearson chi-squared", "0.005585"),
    ],
)
def test_published_figures(counts: Counts, test: str, printed: str) -> None:
    decimals = len(printed) - 2
    assert f"{values(counts)[test]:.{decimals}f}" == printed


def test_published_trends() -> None:
    # Agresti, Categorical Data Analysis: drinking and malformation, scores 1 to 5: P = 0.18.
    found = values(((17066, 14464, 788, 126, 37), (48, 38, 5, 1, 1)), ordered=True)
    assert f"{found['linear-by-linear association']:.2f}" == "0.18"
    # Help of R for prop.trend.test.
    smokers = ((83, 3), (90, 3), (129, 7), (70, 12))
    found = values(smokers, ordered=True)
    assert f"{found['Cochran-Armitage trend test']:.6f}" == "0.004132"


def test_published_pairs() -> None:
    # Bentur and others 2009, in Fagerland, Lydersen and Laake 2013.
    found = values(((1, 1), (7, 12)), paired=True)
    assert {name: round(p, 3) for name, p in found.items()} == {
        "McNemar's test": 0.034,
        "McNemar's test, with continuity correction": 0.077,
        "McNemar's test, exact": 0.070,
        "McNemar's test, mid-p": 0.039,
        "McNemar's test, exact, one-sided": 0.035,
    }
    # Approval of a president, Agresti: help of R for mcnemar.test.
    found = values(((794, 150), (86, 570)), paired=True)
    corrected = found["McNemar's test, with continuity correction"]
    assert f"{corrected:.3e}" == "4.115e-05"


def test_counts_alone() -> None:
    # chisq.test of R on c(35, 36), c(5, 9, 12) and c(1, 2).
    assert counts_alone(((35, 6), (36, 10))) == pytest.approx(0.905530335428619, rel=1e-12)
    assert counts_alone(((5, 20), (9, 18), (12, 48))) == pytest.approx(0.240971424496149, rel=1e-12)
    assert counts_alone(((1, 40), (2, 44))) == pytest.approx(0.563702861650773, rel=1e-12)
    assert counts_alone(((0, 40), (0, 44))) is None
    assert counts_alone(((3, 40),)) is None
    with pytest.raises(ValueError, match="category"):
        counts_alone(((), ()))


def test_what_totals_of_pairs_allow() -> None:
    found = list(cross_tables(5, 8, 10))
    assert found == [((3, 2), (5, 0)), ((4, 1), (4, 1)), ((5, 0), (3, 2))]
    with pytest.raises(ValueError, match="pairs"):
        next(cross_tables(11, 8, 10))


def test_the_standard_tests_come_first_and_names_are_unique() -> None:
    standing = [test.standard for test in COUNT_TESTS]
    assert standing == sorted(standing, reverse=True)
    sides = [test.sides for test in COUNT_TESTS]
    assert sides == sorted(sides, reverse=True)
    assert len({test.name for test in COUNT_TESTS}) == len(COUNT_TESTS)


@pytest.mark.parametrize("paired", [False, True])
@pytest.mark.parametrize("counts", [((0, 5), (0, 6)), ((5, 0),), ((1, 2), (0, 0)), ()])
def test_nothing_to_compare(counts: Counts, paired: bool) -> None:
    found = values(counts, ordered=True, paired=paired)
    assert found == {} or (paired and counts[0][1] + counts[1][0] > 0)


@pytest.mark.parametrize("counts", [((1, 2), (3,)), ((1, -2), (3, 4))])
def test_what_is_no_table(counts: Counts) -> None:
    with pytest.raises(ValueError, match="count"):
        p_values(counts)


def test_tests_that_a_table_has_not() -> None:
    assert "chi-squared with Yates's correction" not in values(((1, 4), (2, 3), (3, 2)))
    assert "z test, unpooled variance" not in values(((3, 0), (0, 4)))
    large = values(((1000, 2000), (900, 2100)))
    assert "Barnard's test" not in large
    assert "Fisher's exact, two-sided" in large
    many = ((90, 100, 110), (80, 120, 90), (100, 95, 105), (99, 101, 100))
    assert fisher(many) is None
    assert "Pearson chi-squared" in values(many)
    cheap = values(((3, 7), (7, 3)), costly=False)
    assert cheap
    assert not any("Barnard" in name or "Boschloo" in name for name in cheap)


def test_registries_are_no_trap() -> None:
    found = values(((10**8, 10**9), (10**8 - 10**5, 10**9)))
    assert "Fisher's exact, two-sided" not in found
    assert 0 < found["Pearson chi-squared"] < 1
    assert fisher(((10**7, 10**8), (10**7, 10**8), (10**6, 10**8))) is None
    pairs = values(((10**6, 501_000), (500_000, 10**6)), paired=True)
    assert pairs["McNemar's test, exact"] == pytest.approx(pairs["McNemar's test"], rel=2e-3)
    assert pairs["McNemar's test, mid-p"] == pytest.approx(pairs["McNemar's test"], rel=1e-4)


def test_an_empty_category_keeps_its_place_in_a_trend_and_counts_for_nothing_else() -> None:
    gap, none = ((5, 0, 3, 2), (2, 0, 4, 6)), ((5, 3, 2), (2, 4, 6))
    wide, narrow = values(gap, ordered=True), values(none, ordered=True)
    assert wide.keys() == narrow.keys()
    moved = {name for name in wide if wide[name] != pytest.approx(narrow[name], rel=1e-12)}
    assert moved == {
        "Cochran-Armitage trend test",
        "Cochran-Armitage trend test, one-sided",
        "linear-by-linear association",
    }


def test_fisher_of_large_groups_equals_scipy() -> None:
    from scipy.stats import fisher_exact

    counts = of_rates([9000, 9150], [30000, 30000])
    assert fisher(counts) == pytest.approx(fisher_exact(counts).pvalue, rel=1e-8)


def test_unconditional_tests_find_the_greatest_of_several_maxima() -> None:
    # SciPy's optimizer settles on a lower maximum here; R's grid agrees with 0.0682183.
    assert values(((7, 8), (12, 3)))["Barnard's test"] == pytest.approx(0.06821830932, rel=1e-9)


LAW = settings(max_examples=150, deadline=None)  # the first example imports numpy
SMALL = st.integers(0, 14)
TWO_BY_TWO = st.tuples(st.tuples(SMALL, SMALL), st.tuples(SMALL, SMALL))
LARGER = st.integers(2, 4).flatmap(
    lambda c: st.lists(
        st.tuples(*[st.integers(0, 6)] * c), min_size=2, max_size=3 if c > 2 else 4
    ).map(tuple)
)


@LAW
@given(TWO_BY_TWO)
@example(((0, 1), (1, 0)))
@example(((2, 4), (1, 2)))
def test_no_group_and_no_category_comes_first(counts: Counts) -> None:
    found = values(counts)
    groups = values(counts[::-1])
    categories = values(tuple(row[::-1] for row in counts))
    assert found.keys() == groups.keys() == categories.keys()
    for name, value in found.items():
        assert 0 <= value <= 1
        assert groups[name] == pytest.approx(value, rel=1e-9), name
        assert categories[name] == pytest.approx(value, rel=1e-9), name


@LAW
@given(LARGER)
def test_larger_tables_may_be_turned_and_shuffled(counts: Counts) -> None:
    found = values(counts, costly=False)
    turned = values(tuple(zip(*counts, strict=True)), costly=False)
    reverse = values(tuple(row[::-1] for row in counts[::-1]), ordered=True)
    for name, value in values(counts, ordered=True).items():
        assert 0 <= value <= 1
        assert reverse[name] == pytest.approx(value, rel=1e-9), name
    for name in ("Fisher's exact, two-sided", "Pearson chi-squared"):
        if name in found:
            assert turned[name] == pytest.approx(found[name], rel=1e-9)


@LAW
@given(LARGER, st.randoms())
def test_one_table_in_any_order(counts: Counts, random_: random.Random) -> None:
    rows = random_.sample(counts, len(counts))
    order = random_.sample(range(len(counts[0])), len(counts[0]))
    assert canonical(tuple(tuple(row[i] for i in order) for row in rows)) == canonical(counts)


def test_another_table_is_not_the_same() -> None:
    assert canonical(((1, 15), (5, 8))) != canonical(((1, 15), (8, 5)))
    assert canonical(()) == ()


@LAW
@given(TWO_BY_TWO)
def test_which_test_is_never_above_which(counts: Counts) -> None:
    found = values(counts)
    assume("Boschloo's test" in found)
    slack = 1 + 1e-9

    def above(one: str, other: str) -> None:
        assert found[other] <= found[one] * slack, (one, other)

    above("Fisher's exact, two-sided", "Boschloo's test")
    above("Fisher's exact, one-sided", "Boschloo's test, one-sided")
    above("Fisher's exact, two-sided", "mid-p Fisher, two-sided")
    above("Fisher's exact, one-sided", "mid-p Fisher, one-sided")
    above("Fisher's exact, two-sided", "Fisher's exact, one-sided")
    above("chi-squared with Yates's correction", "Pearson chi-squared")
    above("N-1 chi-squared", "Pearson chi-squared")
    above("Barnard's test", "Barnard's test, one-sided")


@LAW
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=2, max_size=3).map(tuple))
def test_fisher_against_a_list_of_all_tables(counts: Counts) -> None:
    from fractions import Fraction
    from itertools import product
    from math import comb

    found = fisher(counts)
    assume(found is not None)
    sizes = [sum(row) for row in counts]
    events = sum(row[0] for row in counts)

    def ways(x: tuple[int, ...]) -> int:
        product_of = 1
        for k, n in zip(x, sizes, strict=True):
            product_of *= comb(n, k)
        return product_of

    own = ways(tuple(row[0] for row in counts))
    every = [ways(x) for x in product(*(range(n + 1) for n in sizes)) if sum(x) == events]
    exact = Fraction(sum(way for way in every if way <= own), sum(every))
    assert found == pytest.approx(float(exact), rel=1e-11)
