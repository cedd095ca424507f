"""Which convention is named, and what is certain, probable or not compared."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.claims import Population
from auditor.comparison import Agreement
from auditor.lexicon import grades, take_apart
from auditor.reported.labels import Part, read_labels
from auditor.reported.populations import Vocabulary
from auditor.reported.subjects import restricted

HEAD = "endpoint,statistic,value,population,versus,of,at,unit,level\n"


def one(comparer: Any, row: str) -> Any:
    (comparison,) = comparer.file(HEAD + row + "\n").comparisons
    return comparison


def test_the_interval_that_gives_the_print_is_named(comparer: Any) -> None:
    # 4 of 10: Clopper-Pearson 12.2 to 73.8, Wilson 16.8 to 68.7 (R's binom.test, prop.test).
    assert one(comparer, "ORR,lower,12.2%,A,,rate").agreement is Agreement.AGREES
    wilson = one(comparer, "ORR,lower,16.8%,A,,rate")
    assert wilson.agreement is Agreement.CONVENTION
    assert wilson.reproduced_by == ("Wilson 95%",)
    assert wilson.recomputed == "12.2%"


def test_a_convention_that_is_not_recomputed_at_first_is_tried(comparer: Any) -> None:
    # Median OS in A: the curve is 1/2 from day 501 to 601; without the first day 550 days.
    assert one(comparer, "OS,median,551,A,,,,days").agreement is Agreement.AGREES
    without = one(comparer, "OS,median,550,A,,,,days")
    assert without.agreement is Agreement.CONVENTION
    assert without.reproduced_by[0] == "days counted as date - start"


def test_nothing_gives_the_print(comparer: Any) -> None:
    wrong = one(comparer, "OS,median,14.2,A,,,,months")
    assert (wrong.agreement, wrong.recomputed) == (Agreement.DISAGREES, "18.1")
    assert wrong.kind == "time"
    assert "10 subjects, 6 events" in wrong.steps[0]


def test_two_unusual_conventions_at_once_explain_nothing(comparer: Any) -> None:
    # 551 days: 18.37 months of 30 days, which is 18.3 only if truncated besides.
    assert one(comparer, "OS,median,18.4,A,,,,months").reproduced_by == ("months of 30 days",)
    assert one(comparer, "OS,median,18.3,A,,,,months").agreement is Agreement.DISAGREES


def test_a_conclusion_that_changes_is_said(comparer: Any) -> None:
    # Fisher's exact test of 4 of 10 against 1 of 10: 0.3034.
    assert one(comparer, "ORR,p-value,0.30,A,B").agreement is Agreement.AGREES
    wrong = one(comparer, "ORR,p-value,0.04,A,B")
    assert wrong.consequence == "significant at 0.05 as reported, not as recomputed"


def test_within_a_subgroup_groups_are_compared_too(comparer: Any) -> None:
    # Women: 2 of 5 against 0 of 5; Fisher's exact test 4/9.
    found = one(comparer, "ORR,p-value,0.44,SEX=F; TRT01P=A,SEX=F; TRT01P=B")
    assert (found.agreement, found.versus) == (Agreement.AGREES, "F, B")
    # By sex among all: 2 of 10 women against 3 of 10 men; 1.
    assert one(comparer, "ORR,p-value,1.00,SEX=F,SEX=M").agreement is Agreement.AGREES


def test_other_spellings_are_probable_and_ambiguous_ones_are_nothing(words: Vocabulary) -> None:
    assert words.find("Soft tissue tumour").certain
    assert words.find("STS").term == ("group", "Soft tissue tumour")
    alike = words.find("soft tissue tumor")
    assert alike.term == ("group", "Soft tissue tumour")
    assert not alike.certain
    for other in ("Soft tissue", "hard tissue tumour", "A1", "yes", ""):
        assert words.find(other).term is None
    assert words.find_in("ECOG", "0–1").term == ("ECOG", "0-1")
    assert words.find_in("SEX", "Women").term == ("SEX", "F")
    assert words.find_in("SEX", "unknown").term is None


def test_the_tables_are_cut_to_the_population(comparer: Any) -> None:
    few = restricted(comparer.cohort, Population((("TRT01P", "A"), ("AGE", "50-54"))))
    assert list(few.tables["patients"].frame["USUBJID"]) == ["A0", "A1", "A2"]
    assert set(few.tables["responses"].frame["USUBJID"]) == {"A0", "A1", "A2"}
    assert len(comparer.cohort.tables["patients"].frame) == 20


@pytest.mark.parametrize(
    ("text", "rest", "statistics", "at", "unit"),
    [
        ("Median PFS, months (95% CI)", "pfs", ("median", "interval"), None, "months"),
        ("12-month overall survival, %", "overall survival", (), 12.0, "months"),
        ("SD, n (%)", "sd", (), None, ""),
        ("Age, mean (SD)", "age", ("mean", "sd"), None, ""),
        ("Soft tissue sarcoma (n = 31)", "soft tissue sarcoma", (), None, ""),
    ],
)
def test_labels_are_taken_apart(
    text: str, rest: str, statistics: tuple[str, ...], at: float | None, unit: str
) -> None:
    label = take_apart(text)
    assert (label.rest, label.statistics, label.at, label.unit) == (rest, statistics, at, unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grades 1–2", (1, 2)),
        ("Grade ≥3", (3, 5)),
        ("grade 3 or higher", (3, 5)),
        ("Grade 4", (4, 4)),
        ("All grades", (1, 5)),
        ("Nausea", None),
    ],
)
def test_grades(text: str, expected: tuple[int, int] | None) -> None:
    assert grades(text) == expected


def test_endpoints_in_brackets_belong_to_the_statements_of_the_cell(words: Vocabulary) -> None:
    parts = [Part("row", "A (ORR and DCR)")]
    found = [read_labels(parts, words, events=False, part=(i, 2)).endpoint for i in (0, 1)]
    assert found == ["ORR", "DCR"]
    assert read_labels(parts, words, events=False, part=(0, 1)).why
