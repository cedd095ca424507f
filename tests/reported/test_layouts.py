"""Layouts and words of tables in oncology papers, against twenty patients whose truth is known."""

from __future__ import annotations

from typing import Any

import pytest

from auditor import lexicon
from auditor.comparison import Agreement, Compared
from auditor.endpoints.recompute import recompute
from auditor.reported.compare import compare_reported
from auditor.testing import read_tables, read_text


def agreements(compared: Compared) -> list[tuple[str, str, str]]:
    return [(c.quantity, c.reported, str(c.agreement)) for c in compared.comparisons]


def table(caption: str, head: str, *rows: str) -> str:
    rule = "|" + " --- |" * head.count("|")
    body = "\n".join(f"| {row} |" for row in rows)
    return f"\nTable 1. {caption}\n\n| {head} |\n{rule}\n{body}\n"


@pytest.mark.parametrize(
    "rows",
    [
        ("Age (years) | | ", "  Median (range) | 59 (50-68) | 60 (51-69)"),
        ("Age, n (%) | | ", "  < 60 years | 5 (50) | 5 (50)", "  ≥60 years | 5 (50) | 5 (50)"),
        ("Male sex, n (%) | 5 (50) | 5 (50)", "Sex, female, n (%) | 5 (50) | 5 (50)"),
        ("ECOG PS 0-1, n (%) | 7 (70) | 7 (70)", "ECOG PS 2, n (%) | 3 (30) | 3 (30)"),
        ("ECOG PS score | | ", "  0 or 1 | 7 (70) | 7 (70)", "  2 | 3 (30) | 3 (30)"),
        ("Age (y), mean ± SD | 59.0 ± 6.1 | 60.0 ± 6.1",),
    ],
    ids=["median below age", "ages", "sex in a row", "ECOG in a row", "ECOG pairs", "mean"],
)
def test_characteristics_in_other_words(comparer: Any, rows: tuple[str, ...]) -> None:
    found = agreements(comparer.paper(table("Patients", " | A (N = 10) | B (N = 10)", *rows)))
    assert {agreement for _, _, agreement in found} == {"agrees"}


def test_ages_that_are_no_neighbours_are_no_range(comparer: Any) -> None:
    paper = table("Patients", " | A (N = 10)", "ECOG PS | ", "  0 or 2 | 6 (60)")
    found = agreements(comparer.paper(paper))
    assert [agreement for _, text, agreement in found if text != "10"] == ["not compared"] * 2


def test_stable_disease_is_no_standard_deviation(comparer: Any) -> None:
    paper = table(
        "Best overall response",
        " | A (N = 10)",
        "Stable disease (SD) | 2 (20)",
        "SD | 3 (20)",
        "Non-CR/non-PD | 0 (0)",
        "Objective response rate (ORR), n (%) | 4 (40)",
    )
    found = comparer.paper(paper).comparisons
    assert [(c.endpoint, c.statistic, c.reported) for c in found[1:3]] == [
        ("BOR=SD", "count", "2"),
        ("BOR=SD", "rate", "20"),
    ]
    # The caption names no rate of response, although "overall response" is one.
    assert found[5].endpoint == "BOR=NON-CR/NON-PD"
    assert [c.reported for c in found if c.agreement is Agreement.DISAGREES] == ["3"]


def test_counts_without_percent_sign_are_not_taken_for_rates(comparer: Any) -> None:
    paper = table("Response", "Arm | ORR", "A | 4 (40)", "B | 1 (10)")
    assert "disagrees" not in {agreement for _, _, agreement in agreements(comparer.paper(paper))}


def test_ratio_in_a_column_beside_medians(comparer: Any) -> None:
    head = " | A (N = 10) | B (N = 10) | HR (95% CI)"
    row = "Median OS (95% CI), months | 18.1 (4.9-NR) | 9.7 (2.0-NR) | 9.00 (0.01-99)"
    last = comparer.paper(table("Efficacy", head, row)).comparisons[-3:]
    assert [(c.statistic, c.of) for c in last] == [
        ("hazard-ratio", ""),
        ("lower", "hazard-ratio"),
        ("upper", "hazard-ratio"),
    ]
    assert [c.agreement for c in last] == [Agreement.DISAGREES] * 3


def test_survival_in_other_words(comparer: Any) -> None:
    paper = table(
        "Survival",
        " | A (N = 10) | B (N = 10)",
        "mOS, months | 18.1 | 9.7",
        "OS rate at 12 months, % | 60 | 40",
        "Estimated 12-month OS rate (%) | 60 | 50",
        "Overall survival | | ",
        "  Rate at 12 months, % | 60 | 40",
    )
    found = agreements(comparer.paper(paper))
    assert [one for one in found if one[2] != "agrees"] == [("OS at 12 months", "50", "disagrees")]


@pytest.mark.parametrize("number", ["N", "No. of patients", "Number of subjects"])
def test_number_of_subjects_in_a_column(comparer: Any, number: str) -> None:
    head = f"Arm | {number} | Median OS, months"
    paper = table("Survival", head, "A | 10 | 18.1", "B | 11 | 9.7", "All patients | 20 | 11.5")
    found = [c for c in comparer.paper(paper).comparisons if c.endpoint == "N"]
    assert [(c.population, c.reported, str(c.agreement)) for c in found] == [
        ("A", "10", "agrees"),
        ("B", "11", "disagrees"),
        ("all subjects", "20", "agrees"),
    ]


def test_grades_in_other_words(comparer: Any) -> None:
    paper = table(
        "Adverse events",
        "Event | A (N = 10), all-grade | A (N = 10), Gr 3+ | A (N = 10), grade 4",
        "Any event | 6 (60) | 2 (20) | 0 (0)",
        "Nausea | 6 (60) | 3 (20) | 0 (0)",
    )
    found = [one for one in agreements(comparer.paper(paper)) if one[2] != "agrees"]
    assert found == [("count of AE DECOD=NAUSEA grade>=3", "3", "disagrees")]


@pytest.mark.parametrize(
    ("text", "grades"),
    [("Grade 3+", (3, 5)), ("G3-5", (3, 5)), ("Gr ≥3", (3, 5)), ("Group 3", None), ("Gy 2", None)],
)
def test_grades(text: str, grades: tuple[int, int] | None) -> None:
    assert lexicon.grades(text) == grades


@pytest.mark.parametrize(
    ("text", "at"),
    [("PFS at 6 months", 6), ("PFS - 6 months", 6), ("< 65 years", None), ("18-64 years", None)],
)
def test_bounds_of_an_age_are_no_landmark(text: str, at: float | None) -> None:
    assert lexicon.take_apart(text).at == at


PATIENTS = """USUBJID,TRT01P,ITTFL,SAFFL,EVALFL,DTHFL,SEX
1,A,Y,Y,Y,Y,F
2,A,Y,Y,Y,N,F
3,A,Y,Y,N,N,M
4,A,Y,N,N,N,F
"""


def test_a_header_that_counts_an_analysis_set() -> None:
    cohort = read_tables({"adsl": PATIENTS})
    recomputed = recompute(cohort)

    def paper(n: int, *rows: str) -> list[tuple[str, Agreement, tuple[str, ...]]]:
        text = table("Patients", f" | A (N = {n})", *rows)
        made = compare_reported((read_text(text),), (), cohort, recomputed).comparisons
        return [(c.reported, c.agreement, c.reproduced_by) for c in made]

    assert paper(3, "Female, n (%) | 2 (67)") == [
        ("3", Agreement.CONVENTION, ("subjects with SAFFL = Y",)),
        ("2", Agreement.AGREES, ()),
        ("67", Agreement.AGREES, ()),
    ]
    assert paper(5, "Female, n (%) | 2 (40)")[0][1] is Agreement.DISAGREES
    assert paper(3, "Female, n (%) | 3 (67)")[1][1] is Agreement.DISAGREES
    assert [found[1] for found in paper(4, "Deaths, n (%) | 1 (25)")] == [Agreement.AGREES] * 3


def test_responses_that_are_called_confirmed(comparer: Any) -> None:
    """Every first PR of the twenty is confirmed; without a convention named nothing changes."""
    rows = ("Confirmed ORR, n (%) | 4 (40)", "Unconfirmed ORR, n (%) | 4 (40)", "ORR | 5 (50%)")
    found = comparer.paper(table("Response", " | A (N = 10)", *rows)).comparisons
    assert [c.agreement for c in found] == [Agreement.AGREES] * 5 + [Agreement.DISAGREES] * 2
    assert "confirmed" in found[1].conventions
    assert "unconfirmed" in found[3].conventions


CONFIRMATION = {
    "adsl": "USUBJID,TRT01P,RANDDT\n1,A,2020-01-01\n2,A,2020-01-01\n",
    "rs": "USUBJID,RSTESTCD,RSSTRESC,RSDTC\n1,OVRLRESP,PR,2020-03-01\n1,OVRLRESP,PR,2020-05-01\n"
    "2,OVRLRESP,PR,2020-03-01\n2,OVRLRESP,PD,2020-05-01\n",
}


@pytest.mark.parametrize(
    ("caption", "row", "agreement", "by"),
    [
        ("Confirmed response", "ORR, n (%) | 1 (50)", Agreement.AGREES, ()),
        ("Response", "Confirmed ORR, n (%) | 1 (50)", Agreement.AGREES, ()),
        ("Response", "ORR, n (%) | 1 (50)", Agreement.CONVENTION, ("confirmed",)),
        ("Response", "Confirmed ORR, n (%) | 2 (100)", Agreement.CONVENTION, ("unconfirmed",)),
        ("Response", "Confirmed ORR, n (%) | 0 (0)", Agreement.DISAGREES, ()),
    ],
)
def test_confirmation(caption: str, row: str, agreement: Agreement, by: tuple[str, ...]) -> None:
    cohort = read_tables(CONFIRMATION)
    paper = read_text(table(caption, " | A (N = 2)", row))
    found = compare_reported((paper,), (), cohort, recompute(cohort)).comparisons[1]
    assert (found.agreement, found.reproduced_by) == (agreement, by)


def test_events_and_tests_in_the_column_of_an_arm(comparer: Any) -> None:
    paper = table(
        "Survival",
        " | A (N = 10) | B (N = 10)",
        "OS events, n (%) | 6 (60) | 7 (90)",
        "Overall survival | | ",
        "  Events, n (%) | 6 (60) | 7 (70)",
        "  HR (95% CI) | 9.00 (8.00-9.90) | ",
        "  P | 0.999 | ",
    )
    found = [one for one in agreements(comparer.paper(paper)) if one[2] != "agrees"]
    assert found == [
        ("share of subjects with an event of OS", "90", "disagrees"),
        ("hazard ratio of OS", "9.00", "disagrees"),
        ("lower confidence limit of hazard-ratio OS", "8.00", "disagrees"),
        ("upper confidence limit of hazard-ratio OS", "9.90", "disagrees"),
        ("P for OS", "0.999", "disagrees"),
    ]
