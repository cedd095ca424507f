"""What one cell says, in every shape that papers use."""

from __future__ import annotations

import pytest

from auditor.extraction.cells import roles_of, split_parts

C, P, D = "count", "percent", "denominator"
V, S, LO, UP, PV = "value", "spread", "lower", "upper", "p-value"


def roles(text: str, statistic: str = "") -> list[list[tuple[str, str]] | None]:
    found = []
    for part in split_parts(text):
        numbers = roles_of(part, statistic)
        found.append(None if numbers is None else [(r.value, n.text) for r, n in numbers])
    return found


@pytest.mark.parametrize(
    ("text", "statistic", "expected"),
    [
        ("12 (39%)", "", [(C, "12"), (P, "39%")]),
        ("37(47.4%)", "", [(C, "37"), (P, "47.4%")]),
        ("12 [39%]", "", [(C, "12"), (P, "39%")]),
        ("12 (39·1%)", "", [(C, "12"), (P, "39·1%")]),
        ("12 (39.1 %)", "", [(C, "12"), (P, "39.1 %")]),
        ("12, 39%", "", [(C, "12"), (P, "39%")]),
        ("1,102 (45%)", "", [(C, "1,102"), (P, "45%")]),
        ("12* (39%)", "", [(C, "12"), (P, "39%")]),
        ("1 (<1%)", "", [(C, "1"), (P, "<1%")]),
        ("12 (39)", "n (%)", [(C, "12"), (P, "39")]),
        ("12 [39]", "n (%)", [(C, "12"), (P, "39")]),
        ("0 (0)", "n (%)", [(C, "0"), (P, "0")]),
        ("39% (12)", "", [(P, "39%"), (C, "12")]),
        ("39 (12)", "% (n)", [(P, "39"), (C, "12")]),
        ("39.1 (12)", "% (n)", [(P, "39.1"), (C, "12")]),
        ("5/13 (38)", "", [(C, "5"), (D, "13"), (P, "38")]),
        ("5/13 (38%)", "statistic", [(C, "5"), (D, "13"), (P, "38%")]),
        ("5 of 13 (38%)", "", [(C, "5"), (D, "13"), (P, "38%")]),
        ("39 / 65 (37%)", "", [(C, "39"), (D, "65"), (P, "37%")]),
        ("38% (5/13)", "", [(P, "38%"), (C, "5"), (D, "13")]),
        ("38 (5/13)", "", [(P, "38"), (C, "5"), (D, "13")]),
        ("5/13", "", [(C, "5"), (D, "13")]),
        ("39%", "", [(P, "39%")]),
        ("(39%)", "", [(P, "39%")]),
        ("39", "%", [(P, "39")]),
        ("12", "", [(C, "12")]),
        ("0", "n (%)", [(C, "0")]),
        ("4.5", "n", [(V, "4.5")]),
        ("45.2%", "statistic", [(V, "45.2%")]),
        ("28 (8–62)", "", [(V, "28"), (LO, "8"), (UP, "62")]),
        ("2 (1–3)", "n (%)", [(V, "2"), (LO, "1"), (UP, "3")]),
        ("39% (22–58)", "", [(V, "39%"), (LO, "22"), (UP, "58")]),
        ("1.23 (0.94–1.61)", "", [(V, "1.23"), (LO, "0.94"), (UP, "1.61")]),
        ("5.4 [4.1 to 6.8]", "", [(V, "5.4"), (LO, "4.1"), (UP, "6.8")]),
        ("28 (10–40) [8–62]", "", [(V, "28"), (LO, "10"), (UP, "40"), (LO, "8"), (UP, "62")]),
        ("8–62", "", [(LO, "8"), (UP, "62")]),
        ("62.1 ± 9.8", "", [(V, "62.1"), (S, "9.8")]),
        ("62.1 (9.8)", "", [(V, "62.1"), (S, "9.8")]),
        ("62 (10)", "statistic", [(V, "62"), (S, "10")]),
        ("62 (10)", "", [(V, "62"), (S, "10")]),
        ("−3.2 (1.1)", "n (%)", [(V, "−3.2"), (S, "1.1")]),
        ("0.05", "p-value", [(PV, "0.05")]),
        ("<0.001", "p-value", [(PV, "<0.001")]),
        ("p = 0.03", "p-value", [(PV, "0.03")]),
        ("P < 0.001", "p-value", [(PV, "< 0.001")]),
    ],
)
def test_roles(text: str, statistic: str, expected: list[tuple[str, str]]) -> None:
    assert roles(text, statistic) == [expected]


def test_several_statements_in_one_cell() -> None:
    assert roles("38 (5/13), 69 (9/13)") == [
        [(P, "38"), (C, "5"), (D, "13")],
        [(P, "69"), (C, "9"), (D, "13")],
    ]
    assert roles("12 (39%); 14 (45%)") == [[(C, "12"), (P, "39%")], [(C, "14"), (P, "45%")]]


@pytest.mark.parametrize(
    "text", ["6 (10", "NR", "—", "", "not reached", "1 102 (45%)", "12 (39%) (n = 31)"]
)
def test_what_cannot_be_read_gets_no_role(text: str) -> None:
    assert roles(text) == [None]


@pytest.mark.parametrize("text", ["0.05 (0.01)", "12 (39%)", "NS", "0.05, 0.01"])
def test_a_p_value_is_one_number(text: str) -> None:
    assert roles(text, "p-value") == [None]


@pytest.mark.parametrize("text", ["24%–56%", "(24%-56%)"])
def test_a_range_of_percentages(text: str) -> None:
    assert roles(text) == [[(LO, "24%"), (UP, "56%")]]


@pytest.mark.parametrize("statistic", ["", "statistic", "n (%)"])
@pytest.mark.parametrize("text", ["24–56%", "24-56%"])
def test_a_range_with_one_percent_sign_counts_nobody(text: str, statistic: str) -> None:
    assert roles(text, statistic) == [[(LO, "24"), (UP, "56%")]]


@pytest.mark.parametrize(
    "text", ["5.4 (95% CI 4.1–6.8)", "5.4 (95% CI: 4.1, 6.8)", "5.4 [95% CI, 4.1 to 6.8]"]
)
def test_an_estimate_that_names_its_interval(text: str) -> None:
    assert roles(text) == [[(V, "5.4"), (LO, "4.1"), (UP, "6.8")]]


@pytest.mark.parametrize("text", ["28 (range 8–62)", "28 (range: 8, 62)", "28 [range 8 to 62]"])
def test_a_median_that_names_its_range(text: str) -> None:
    assert roles(text) == [[(V, "28"), (LO, "8"), (UP, "62")]]


def test_median_with_two_ranges_in_one_bracket() -> None:
    expected = [(V, "28"), (LO, "10"), (UP, "40"), (LO, "8"), (UP, "62")]
    assert roles("28 (10–40; 8–62)", "statistic") == [expected]


def test_offsets_of_the_parts_are_true() -> None:
    text = "38 (5/13), 69 (9/13)"
    first, second = split_parts(text)
    assert text[first.start : first.end] == "38 (5/13)"
    assert text[second.start : second.end].strip() == "69 (9/13)"


def test_a_statement_is_not_cut_within_brackets() -> None:
    (part,) = split_parts("5.4 (4.1, 6.8)")
    assert part.shape == "#(#,#)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 (26%) N = 39", [(C, "10"), (P, "26%"), (D, "39")]),
        ("48.5 (31.1–59.5) [65]", [(V, "48.5"), (LO, "31.1"), (UP, "59.5"), (C, "65")]),
        ("21.3 (+/−10.1)", [(V, "21.3"), (S, "10.1")]),
        ("8.3+/−1.4", [(V, "8.3"), (S, "1.4")]),
        ("58.00 (22:93)", [(V, "58.00"), (LO, "22"), (UP, "93")]),
        ("37.3 years (11.5)", [(V, "37.3"), (S, "11.5")]),
        ("P = 0.61", [(PV, "0.61")]),
        ("p < 0.05", [(PV, "< 0.05")]),
    ],
)
def test_less_common_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert roles(text) == [expected]
