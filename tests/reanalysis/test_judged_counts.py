"""Compared counts under every convention."""

from __future__ import annotations

import pytest

from auditor.finding import Place
from auditor.printed import PrintedNumber, parse_number
from auditor.reanalysis.compared import ComparedCounts, Counts
from auditor.reanalysis.judged_counts import (
    JudgedCounts,
    agreeing,
    collapsed,
    distinct,
    gives,
    in_r,
    judge,
    judged,
    neighbour,
    recomputed,
    slip,
    smallest,
    table_text,
    yardstick,
)


def _p(text: str) -> PrintedNumber:
    number = parse_number(text)
    assert number is not None
    return number


def _compared(
    p: str, *tables: Counts, row: int = 1, doubt: str = "", categories: tuple[str, ...] = ()
) -> ComparedCounts:
    place = Place("paper", "cell", p, table="Table 1", table_index=0, row=row, column=3)
    return ComparedCounts(
        _p(p),
        place,
        tables,
        ("A", "B"),
        categories,
        f"row {row}",
        (),
        certain=not doubt,
        doubt=doubt,
    )


def _judged(p: str, *tables: Counts, categories: tuple[str, ...] = ()) -> JudgedCounts:
    found = judge(_compared(p, *tables, categories=categories))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("p", "standing", "name"),
    [
        ("0.064", "standard", "Fisher's exact, two-sided"),
        ("0.033", "standard", "Pearson chi-squared"),
        ("0.047", "only", "Fisher's exact, one-sided"),
        ("0.3", "none", ""),
    ],
)
def test_standing(p: str, standing: str, name: str) -> None:
    found = _judged(p, ((1, 15), (5, 8)))
    assert found.standing == standing
    assert name in found.names or not name


def test_with_few_expected_pearson_is_not_usual() -> None:
    few = _judged("0.047", ((1, 15), (5, 8)))
    assert few.significant(0.05) is False
    assert few.flips(0.05)
    many = _judged("0.04", ((20, 40), (31, 29)))  # Pearson 0.042, Fisher 0.063
    assert many.significant(0.05) is None
    assert not many.flips(0.05)


def test_the_table_that_explains_the_print_is_chosen() -> None:
    first, second = ((10, 20), (12, 15)), ((10, 20), (18, 9))
    found = _judged("0.012", first, second)
    assert found.counts == second
    assert found.standing == "standard"


def test_further_tables_explain_by_standard_tests_alone() -> None:
    first, second = ((10, 20), (12, 15)), ((1, 15), (5, 8))
    found = _judged("0.047", first, second)
    assert found.counts == first
    assert found.standing == "none"


def test_a_bound_is_not_explained_by_the_tail_that_was_not_seen() -> None:
    found = _judged(">0.05", ((9, 51), (24, 38)))
    assert found.standing == "none"
    assert found.flips(0.05)


def test_no_test_of_nobody() -> None:
    assert judge(_compared("1.0", ((4, 0), (3, 0)))) is None


def test_factor_is_the_distance_of_the_nearest_test() -> None:
    assert _judged("0.064", ((1, 15), (5, 8))).factor == 1
    far = _judged("0.54", ((42, 36), (50, 27)))
    assert 2 < far.factor < 3


def test_repeated_statements_are_one() -> None:
    one = _judged("0.047", ((1, 15), (5, 8)))
    turned = _judged("0.047", ((8, 5), (15, 1)))
    other = _judged("0.047", ((1, 15), (6, 8)))
    assert [len(g) for g in distinct([one, turned, other])] == [2, 1]


def test_what_is_in_doubt_for_a_whole_table_settles_where_it_agrees() -> None:
    rows = [("0.363", 30, 25), ("0.104", 12, 21), ("0.566", 18, 22), ("0.9", 9, 24)]
    made = [
        _compared(p, ((a, 60 - a), (b, 62 - b)), row=i, doubt="of two groups")
        for i, (p, a, b) in enumerate(rows)
    ]
    assert all(j.compared.certain for j in judged(made))
    assert not any(j.compared.certain for j in judged(made[2:]))


def test_agreement_is_that_of_standard_tests_or_of_one_other() -> None:
    one_sided = [_judged("0.047", ((1, 15), (5, 8))), _judged("0.048", ((20, 18), (10, 23)))]
    standard = _judged("0.064", ((1, 15), (5, 8)))
    none = _judged("0.3", ((1, 15), (5, 8)))
    assert agreeing([*one_sided, none]) == 2
    assert agreeing([standard, none]) == 1
    assert agreeing([one_sided[0], standard, none]) == 1
    assert agreeing([none]) == 0


def test_one_patient_more_or_less() -> None:
    assert "1 instead of 2" in neighbour(_judged("0.057", ((2, 58), (6, 56))))
    assert neighbour(_judged("0.9", ((9, 51), (24, 38)))) == ""


def test_a_decimal_point_moved() -> None:
    assert slip(_judged("0.57", ((5, 36), (12, 29)))).startswith("0.057")
    assert slip(_judged("0.9", ((9, 51), (24, 38)))) == ""


def test_two_digits_exchanged() -> None:
    found = slip(_judged("0.253", ((52, 96), (64, 87))))
    assert found.startswith("0.235 would follow from the counts by Fisher's exact, two-sided")
    assert "digits" in found
    assert slip(_judged("0.25", ((52, 96), (64, 87)))) == ""


def test_the_test_that_a_reader_expects() -> None:
    few, many = _judged("0.047", ((1, 15), (5, 8))), _judged("0.042", ((9, 37), (14, 38)))
    assert yardstick(few, {"chi-squared"})[0].name == "Fisher's exact, two-sided"
    assert yardstick(many)[0].name == "Fisher's exact, two-sided"
    assert yardstick(many, {"chi-squared"})[0].name == "Pearson chi-squared"
    assert yardstick(many, {"chi-squared", "fisher"})[0].name == "Fisher's exact, two-sided"


def test_categories_put_together() -> None:
    counts = ((10, 20, 10), (12, 8, 22))
    half = _judged("0.005", counts, categories=("I", "II", "III"))
    assert "II against the rest" in collapsed(half)
    assert collapsed(_judged("0.7", ((1, 15), (5, 8)), categories=("x", "y"))) == ""


def test_texts() -> None:
    assert table_text(((1, 15), (5, 8))) == "1/16 against 5/13"
    assert table_text(((8, 3, 4), (8, 2, 5))) == "8, 3, 4 against 8, 2, 5"
    table = "matrix(c(1, 15, 5, 8), nrow = 2, byrow = TRUE)"
    assert in_r(_judged("0.047", ((1, 15), (5, 8)))) == f"fisher.test({table})"
    assert recomputed(_judged("0.047", ((1, 15), (5, 8)))).inputs[-1] == f"fisher.test({table})"
    assert float(smallest(((1, 15), (5, 8)))) == pytest.approx(6 * 13 / 29)
    assert gives(((1, 15), (5, 8)), _p("0.064"))
    assert not gives(((1, 15), (5, 8)), _p("0.047"))


def test_recomputed_names_standard_tests_first_and_those_that_give_the_print() -> None:
    made = recomputed(_judged("0.047", ((1, 15), (5, 8))))
    assert made.standing == "only"
    assert made.results[0].standard
    assert "Fisher's exact, one-sided" in made.reproduced_by
    assert made.inputs[0] == "1/16 against 5/13"
    assert "below 5" in made.note
    assert all(r.source for r in made.results)


def test_a_table_that_is_too_large_for_fisher_says_so() -> None:
    large = ((90, 100, 110), (80, 120, 90), (100, 95, 105), (99, 101, 100))
    assert "too many tables" in recomputed(_judged("0.50", large)).note
    assert recomputed(_judged("0.50", ((30, 30), (20, 30)))).note == ""
