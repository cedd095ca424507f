"""P values that no counts of two arms can give."""

from __future__ import annotations

from fractions import Fraction

import pytest

from auditor.printed import PrintedNumber, parse_number
from auditor.statistics.attainable import attainable
from auditor.statistics.contingency import of_rates
from auditor.statistics.count_tests import COUNT_TESTS, CountTest
from auditor.statistics.printed_p import allows

PLAIN = [test for test in COUNT_TESTS if not (test.ordered or test.paired)]


def by_name(name: str) -> CountTest:
    return next(test for test in COUNT_TESTS if test.name == name)


FISHER = by_name("Fisher's exact, two-sided")


def printed(text: str) -> PrintedNumber:
    number = parse_number(text)
    assert number is not None
    return number


@pytest.mark.parametrize("test", PLAIN, ids=lambda test: test.name)
@pytest.mark.parametrize("sizes", [(4, 5), (6, 6), (1, 9)])
def test_against_every_table(test: CountTest, sizes: tuple[int, int]) -> None:
    every = [
        value
        for x in range(sizes[0] + 1)
        for y in range(sizes[1] + 1)
        if (value := test.function(of_rates((x, y), sizes))) is not None
    ]
    for text in ("0.01", "0.047", "0.05", "0.2", "0.35", "0.64", "1.0", "<0.001", ">0.5", "0.000"):
        p = printed(text)
        found = attainable(p, sizes, test)
        if not every:
            assert found is None
            continue
        assert found is not None
        assert found.possible == any(allows(p, value) for value in every), text
        assert test.function(found.counts) == pytest.approx(found.nearest, rel=1e-9)
        if not found.possible:
            assert not allows(p, found.nearest)
            target = float(Fraction(p.value))
            closest = min(abs(value - target) for value in every)
            assert abs(found.nearest - target) <= closest + 1.5 * 10.0**-p.decimals


def test_two_arms_of_ten_cannot_give_a_fifth() -> None:
    found = attainable(printed("0.20"), (10, 10), FISHER)
    assert found is not None
    assert not found.possible
    assert round(found.nearest, 3) == 0.211
    pearson = attainable(printed("0.20"), (10, 10), by_name("Pearson chi-squared"))
    assert pearson is not None
    assert not pearson.possible


def test_counts_that_a_percentage_confines() -> None:
    # 1/16 against 5/13: 0.064 two-sided, 0.047 one-sided; 6% of 16 is 1, 38% of 13 is 5.
    one_sided = by_name("Fisher's exact, one-sided")
    assert attainable(printed("0.047"), (16, 13), one_sided, first=[1], second=[5])
    two = attainable(printed("0.047"), (16, 13), FISHER, first=[1], second=[5])
    assert two is not None
    assert not two.possible
    assert two.counts == ((1, 15), (5, 8))
    assert round(two.nearest, 4) == 0.0638
    with pytest.raises(ValueError, match="size"):
        attainable(printed("0.047"), (16, 13), FISHER, first=[17])


def test_what_is_too_much_or_nothing() -> None:
    assert attainable(printed("0.05"), (300, 300), FISHER) is None
    assert attainable(printed("0.05"), (60, 60), by_name("Barnard's test")) is None
    assert attainable(printed("0.05"), (0, 5), FISHER) is None
    assert attainable(printed("0.05"), (300, 300), FISHER, first=[20, 21]) is not None
    assert attainable(printed("0.05"), (3, 3), by_name("McNemar's test, exact")) is not None
