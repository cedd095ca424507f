"""The forms in which one quantity is printed."""

from __future__ import annotations

import pytest

from auditor.prose.items import items_of
from auditor.prose.mute import without_names
from auditor.prose.tokens import tokenise
from auditor.prose.value import Value

Numbers = tuple[str | None, str | None, str | None]


def only(text: str) -> Value:
    """The one value that the whole text is."""
    (item,) = items_of(without_names(tokenise(text)))
    assert isinstance(item, Value)
    return item


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("82% (36/44)", ("36", "44", "82%")),
        ("36/44 (82%)", ("36", "44", "82%")),
        ("36 of 44 patients (82%)", ("36", "44", "82%")),
        ("36 out of the 44 [82%]", ("36", "44", "82%")),
        ("36 of the 44 evaluable patients (81.8%)", ("36", "44", "81.8%")),
        ("82% (36 of 44 patients)", ("36", "44", "82%")),
        ("81·8% (36/44; 95% CI 67–92)", ("36", "44", "81·8%")),
        ("36 (82%) of 44 patients", ("36", "44", "82%")),
        ("4 [3%] of 254", ("4", "254", "3%")),
        ("12 (27%)", ("12", None, "27%")),
        ("12 patients (27%)", ("12", None, "27%")),
        ("(12, 27%)", ("12", None, "27%")),
        ("(n = 12, 27%)", ("12", None, "27%")),
        ("n = 12 (27%)", ("12", None, "27%")),
        ("27% (n = 12)", ("12", None, "27%")),
        ("27% [12 of 44]", ("12", "44", "27%")),
        ("seven patients (54%)", ("seven", None, "54%")),
        ("none of the 51 patients", ("none", "51", None)),
        ("both patients", ("both", None, None)),
        ("27 (81.8%) patients", ("27", None, "81.8%")),
        ("62/245 = 25.3%", ("62", "245", "25.3%")),
        ("(12 of 44, 27%; P = 0.03)", ("12", "44", "27%")),
    ],
)
def test_counts(text: str, expected: Numbers) -> None:
    value = only(text)
    found = (value.count, value.denominator, value.percent)
    assert tuple(token and token.text for token in found) == expected


@pytest.mark.parametrize(
    ("text", "number", "unit", "bounds"),
    [
        ("5.4 months (95% CI: 4.1–6.8)", "5.4", "months", ("95% CI", "4.1", "6.8")),
        ("5.4 (95% CI 4.1 to 6.8) months", "5.4", "months", ("95% CI", "4.1", "6.8")),
        ("5.4 months [4.1, 6.8]", "5.4", "months", ("", "4.1", "6.8")),
        ("48.5 years (range: 8–76)", "48.5", "years", ("range", "8", "76")),
        ("median 62 years (IQR 55-70)", "62", "years", ("IQR", "55", "70")),
        ("17 (range 1–39) months", "17", "months", ("range", "1", "39")),
        ("34 months (95% confidence interval [CI], 23-52)", "34", "months", ("95% CI", "23", "52")),
        ("46 months with 95% CI of 38.2 months to 53.5 months", "46", "months",
         ("95% CI", "38.2", "53.5")),
        ("19.4% (95% CI, 7.5–37.5)", "19.4%", "", ("95% CI", "7.5", "37.5")),
        ("3–5 cycles", "3", "cycles", ("", "3", "5")),
        ("HR = 0.71 [0.52–0.97]", "0.71", "", ("", "0.52", "0.97")),
    ],
)  # fmt: skip
def test_intervals(text: str, number: str, unit: str, bounds: tuple[str, str, str]) -> None:
    value = only(text)
    assert value.number is not None
    (limits,) = value.bounds
    assert limits.lower is not None
    assert limits.upper is not None
    assert (value.number.text, value.unit) == (number, unit)
    assert (limits.of, limits.lower.text, limits.upper.text) == bounds


def test_ratio_with_all_its_parts() -> None:
    value = only("HR 0.99; 95% CI, 0.70-1.38; P = 0.95")
    assert value.ratio == "HR"
    assert value.p is not None
    assert value.p.text == "0.95"


@pytest.mark.parametrize("text", ["58.4 ± 12.9", "58.4 (SD 12.9)", "58.4 (12.9)%"])
def test_spread(text: str) -> None:
    value = only(text)
    assert value.spread is not None
    assert value.spread.text == "12.9"


@pytest.mark.parametrize(
    "text",
    [
        "grade 3/4",
        "12 mg/m2 on days 1 to 14",
        "every 3 weeks",
        "in May 2012",
        "on 5 March 2013",
        "Table 2 and Figures 3 and 4",
        "one third of the tumours",
        "the two groups",
        "ECOG 0–1",
        "older than ≥ 18 years",
        "no significant difference",
        "as shown [5, 27]",
        "RECIST 1.1",
        "IL-6 and CD38",
    ],
)
def test_no_quantity(text: str) -> None:
    items = items_of(without_names(tokenise(text)))
    assert not [item for item in items if isinstance(item, Value)]


def test_a_list_of_responses_has_no_standard_deviation() -> None:
    items = items_of(without_names(tokenise("6 PR, 16 SD, and 9 PD")))
    values = [item for item in items if isinstance(item, Value)]
    assert [value.number and value.number.text for value in values] == ["6", "16", "9"]
    assert [value.spread for value in values] == [None, None, None]
