"""Where the counts behind the percentages of the text are found."""

from __future__ import annotations

import pytest

from auditor.reanalysis.compared import ComparedCounts
from auditor.reanalysis.pairwise import pair_of
from auditor.reanalysis.text_counts import compared
from auditor.testing import read_text

PAPER = """# Drug A by line of treatment

## Methods

The objective response rate (ORR) was recorded.

## Results

{}

{}
"""
LINES = """Table 1. ORR by line of treatment

| Line of treatment  | Drug A      | Drug A plus B | Total       |
| ------------------ | ----------- | ------------- | ----------- |
| First line         | 100 (2/2)   | 50 (3/6)      | 63 (5/8)    |
| Second line        | 8 (1/13)    | 33 (2/6)      | 16 (3/19)   |
| Beyond second line | 0 (0/4)     | 0 (0/2)       | 0 (0/6)     |
| Total              | 16 (3/19)   | 36 (5/14)     | 24 (8/33)   |
"""
ARMS = """Table 1. Patients

|              | Drug A (n = 49) | Drug B (n = 47) |
| ------------ | --------------- | --------------- |
| Male, n (%)  | 26 (53)         | 24 (51)         |
| Female, n (%) | 23 (47)        | 23 (49)         |
"""
THREE = """Table 1. Responses

|            | Arm A placebo (n = 40) | Arm B 50 mg (n = 42) | Arm C 100 mg (n = 41) |
| ---------- | ---------------------- | -------------------- | --------------------- |
| ORR, n (%) | 8 (20)                 | 13 (31)              | 18 (44)               |
"""


def of(text: str, table: str) -> tuple[ComparedCounts, ...]:
    return compared(read_text(PAPER.format(text, table)))


def only(text: str, table: str) -> ComparedCounts:
    (found,) = of(text, table)
    return found


def test_others_are_what_the_total_leaves() -> None:
    found = only(
        "With drug A in the first line, the ORR was higher than in others (63% vs. 12%, P = 0.01).",
        LINES,
    )
    assert found.certain
    assert found.tables == (((5, 3), (3, 22)),)
    assert found.groups[1] == "others"


@pytest.mark.parametrize("percent", ["11%", "13%", "16%"])
def test_others_need_the_percentage_that_the_total_leaves(percent: str) -> None:
    text = (
        f"With drug A first line, the ORR was higher than in others (63% vs. {percent}, P = 0.01)."
    )
    assert not any(c.certain and c.groups[1] == "others" for c in of(text, LINES))


def test_two_of_three_arms_are_those_that_the_p_value_names() -> None:
    found = only("The ORR was 44%, 31% and 20% in arms C, B and A (C versus A: P = 0.02).", THREE)
    assert found.certain
    assert sorted(found.tables[0]) == [(8, 32), (18, 23)]


def test_three_arms_need_words_that_say_so() -> None:
    text = "The ORR was 44%, 31% and 20% in arms C, B and A (P{} = 0.02)."
    assert not only(text.format(""), THREE).certain
    found = only(text.format(" for trend"), THREE)
    assert (found.certain, found.test, found.ordered) == (True, "trend", True)
    assert sorted(found.tables[0]) == [(8, 32), (13, 29), (18, 23)]


def test_sizes_of_the_arms_give_the_counts_of_exact_percentages() -> None:
    found = only("The ORR was 22.4% with drug A and 10.6% with drug B (P = 0.12).", ARMS)
    assert found.certain
    assert found.tables == (((11, 38), (5, 42)),)


@pytest.mark.parametrize(
    "text",
    [
        "The ORR was 22% with drug A and 11% with drug B (P = 0.12).",
        "Dose delays were needed in 22% of patients with drug A and 11% with drug B (P = 0.12).",
        "Dose delays were needed in 11 patients with drug A and 5 with drug B (P = 0.12).",
    ],
)
def test_sizes_of_the_arms_alone_are_not_certain(text: str) -> None:
    assert not any(c.certain for c in of(text, ARMS))


def test_a_percentage_that_no_count_of_the_arm_gives_is_not_tied() -> None:
    assert of("The ORR was 22.9% with drug A and 10.6% with drug B (P = 0.12).", ARMS) == ()


def test_a_count_with_its_percentage_gives_the_number_of_patients() -> None:
    found = only("The ORR was 9 (10.5%) in the early and 22 (23.4%) in the late group "
                 "(P = 0.02).", ARMS)  # fmt: skip
    assert found.tables == (((9, 77), (22, 72)),)
    assert found.certain


@pytest.mark.parametrize(
    ("words", "pair"),
    [
        ("(C versus A: P", (2, 0)),
        ("; arm B vs. arm A, P", (1, 0)),
        ("(100 mg compared with placebo, P", (2, 0)),
        ("(P", None),
        ("(C versus D: P", None),
        ("(arm versus A: P", None),
    ],
)
def test_pairs_of_groups_by_their_labels(words: str, pair: tuple[int, int] | None) -> None:
    assert pair_of(words, ("Arm A placebo", "Arm B 50 mg", "Arm C 100 mg")) == pair


ROWS = """Table 1. Patients

|                                   | Drug A (n = 38) | Drug B (n = 33) |
| --------------------------------- | --------------- | --------------- |
| Age ≥ 65 years, n (%)             | 16 (42)         | 15 (45)         |
| Portal vein thrombus, n (%)       | 16 (42)         | 15 (45)         |
| Hepatitis B infection, n (%)      | 30 (79)         | 26 (79)         |
"""


def test_counts_alone_are_those_of_the_row_that_the_sentence_names() -> None:
    found = only(
        "Portal vein thrombus was present in 16 patients of the drug A group and 15 patients of "
        "the drug B group (P = 0.48).",
        ROWS,
    )
    assert found.certain
    assert found.tables == (((16, 22), (15, 18)),)


def test_counts_of_a_row_that_is_not_named_are_not_tied() -> None:
    text = (
        "Ascites was present in 16 patients of the drug A group and 15 patients of the drug B "
        "group (P = 0.48)."
    )
    assert not any(c.certain for c in of(text, ROWS))


def test_a_number_in_front_of_the_shares_is_none_of_them() -> None:
    found = only(
        "A gain of at least 5 points was reached by 21 of 27 patients (77.8%) with drug A and by "
        "12 of 26 patients (46.2%) with drug B (P = 0.037).",
        ROWS,
    )
    assert found.tables == (((21, 6), (12, 14)),)
    assert found.certain


def test_percentages_repeat_counts_that_stand_elsewhere_with_the_same_p_value() -> None:
    text = (
        "Fever was seen in 11 of 48 patients (22.9%) with drug A and 5 of 45 (11.1%) with drug B "
        "(P = 0.13).\n\n## Discussion\n\nFever was seen in 23% versus 11% (P = {}) in this study."
    )
    first, second = of(text.format("0.13"), "")
    assert first.tables == second.tables == (((11, 37), (5, 40)),)
    assert second.certain
    assert second.p_place.start != first.p_place.start
    assert len(of(text.format("0.15"), "")) == 1


def test_percentages_that_a_table_contradicts_are_not_tied() -> None:
    assert of("Male sex and other factors aside, the ORR was 20% with arm A and 35% with arm B "
              "(P = 0.1).", THREE) == ()  # fmt: skip
