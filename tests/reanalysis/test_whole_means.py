"""What the means of tables are of, how many patients they may have, and what the text declares."""

from __future__ import annotations

import pytest

from auditor.reanalysis.completeness import nothing_missing
from auditor.reanalysis.printed_means import PrintedMean, printed_means
from auditor.reanalysis.spread_named import declared_spread
from auditor.reanalysis.whole_means import whole_means
from auditor.testing import read_text

TABLE = """
Table 1. Baseline{caption}

| | Robot (n = 27) | Control (n = 26) |
| --- | --- | --- |
| {label} | {cell} | {cell} |
"""


def first(label: str, cell: str, caption: str = "") -> PrintedMean | None:
    manuscript = read_text(TABLE.format(label=label, cell=cell, caption=caption))
    return next(printed_means(manuscript.tables[0]), None)


@pytest.mark.parametrize(
    ("label", "cell", "caption", "statistic", "spread"),
    [
        ("ARAT", "21.7 ± 7.6", "", "mean", ""),
        ("ARAT, mean (SD)", "21.7 (7.6)", "", "mean", "SD"),
        ("ARAT, mean (SE)", "21.7 (1.6)", "", "mean", "SE"),
        ("ARAT", "21.7 (7.6)", ", mean (SD)", "mean", "SD"),
        ("ARAT", "21.7 ± 1.6", ", mean ± SEM", "mean", "SE"),
        ("ARAT, median (range)", "21 (2-57)", "", "median", ""),
    ],
)
def test_what_a_cell_holds(
    label: str, cell: str, caption: str, statistic: str, spread: str
) -> None:
    found = first(label, cell, caption)
    assert found is not None
    assert (found.statistic, found.spread_is, found.n) == (statistic, spread, 27)


@pytest.mark.parametrize(
    ("label", "cell"),
    [("Men, n (%)", "12 (44.4)"), ("ARAT", "21.7 (7.6)"), ("ARAT, mean or median", "21 (2-57)")],
)
def test_what_holds_no_mean_for_certain(label: str, cell: str) -> None:
    assert first(label, cell) is None


def test_how_many_values_there_may_be() -> None:
    found = first("ARAT", "21.7 ± 7.6")
    assert found is not None
    assert list(found.sizes(complete=False)) == [27, 26, 25]
    assert list(found.sizes(complete=True)) == [27]


@pytest.mark.parametrize(
    ("sentence", "complete"),
    [
        ("All patients attended all visits and no value was missing.", True),
        ("There were no missing data.", True),
        ("No participant missed the visit at week 4.", True),
        ("Data were complete for all patients.", True),
        ("No data were missing except for weight.", False),
        ("Missing values were imputed.", False),
        ("There was no missing follow-up visit in four patients only.", False),
        ("Patients with complete data were analysed.", False),
    ],
)
def test_whether_the_paper_says_that_nothing_is_missing(sentence: str, complete: bool) -> None:
    manuscript = read_text(f"# Methods\n\n{sentence}\n")
    assert (nothing_missing(manuscript) is not None) == complete


def test_what_the_methods_call_the_spread() -> None:
    assert declared_spread(read_text("# Methods\n\nValues are mean ± SD.\n")) == "SD"
    assert declared_spread(read_text("# Methods\n\nWe give means and standard errors.\n")) == ""
    both = "# Methods\n\nValues are mean ± SD. Table 3 has mean ± SE.\n"
    assert declared_spread(read_text(both)) == ""


def test_variables_of_tables() -> None:
    manuscript = read_text(TABLE.format(label="ARAT (0–57)", cell="21.7 ± 7.6", caption=""))
    found = list(whole_means(manuscript))
    assert [(one.variable.name, one.sizes[0]) for one in found] == [
        ("Action Research Arm Test", 27),
        ("Action Research Arm Test", 26),
    ]
    assert (found[0].scale.least, found[0].scale.greatest) == (0, 57)
    assert not found[0].certain
    assert found[0].of_everybody


def test_the_size_of_an_arm_may_stand_in_another_table() -> None:
    first_table = TABLE.format(label="Women, n (%)", cell="13 (48.1)", caption="")
    second = """
Table 2. Scores, mean ± SD

| | Robot | Control |
| --- | --- | --- |
| ARAT | 21.70 ± 7.63 | 23.27 ± 9.52 |
"""
    assert [one.sizes[0] for one in whole_means(read_text(first_table + second))] == [27, 26]


def test_an_absurd_number_of_patients_costs_nothing() -> None:
    table = TABLE.format(label="ARAT", cell="21.71 ± 7.63", caption="").replace(
        "n = 27", "n = 999999999999"
    )
    found = next(whole_means(read_text(table)))
    assert found.sizes[0] == 999999999999
    assert not found.certain
