"""Tables and fractions of a manuscript against twenty patients."""

from __future__ import annotations

from typing import Any

from auditor.comparison import Agreement, Compared

BASELINE = """
Table 1. Characteristics

| | A (n = 10) | B (n = 10) |
| --- | --- | --- |
| Age, median (range) | 59 (50-68) | 62 (51-69) |
| Sex, n (%) | | |
| Male | 5 (50) | 5 (50) |
| Female | 5 (50) | 5 (50) |
| ECOG performance status, n (%) | | |
| 0-1 | 7 (70) | 7 (70) |
| 2 | 3 (30) | 3 (30) |
| Surgical history, n (%) | | |
| Yes | 5 (50) | 5 (50) |
| No | 5 (50) | 5 (50) |
| Smoking, n (%) | | |
| Yes | 4 (40) | 6 (60) |
| No | 6 (60) | 4 (40) |
"""


def by_agreement(compared: Compared, agreement: str) -> list[tuple[str, str, str]]:
    return [
        (c.endpoint, c.population, c.reported)
        for c in compared.comparisons
        if c.agreement == agreement
    ]


def test_characteristics_of_patients(comparer: Any) -> None:
    compared = comparer.paper(BASELINE)
    assert by_agreement(compared, "disagrees") == [("AGE", "B", "62")]
    assert by_agreement(compared, "convention") == []
    idle = [c for c in compared.comparisons if c.agreement is Agreement.NOT_COMPARED]
    assert {c.place.row_label for c in idle} == {"Smoking, n (%) > Yes", "Smoking, n (%) > No"}
    assert len(by_agreement(compared, "agrees")) == 2 + 5 + 24


def test_response_and_survival(comparer: Any) -> None:
    compared = comparer.paper(
        """
Table 2. Efficacy

| | A (N = 10) | B (N = 10) |
| --- | --- | --- |
| Best overall response, n (%) | | |
| Complete response | 1 (10%) | 0 (0%) |
| Partial response | 3 (30%) | 1 (10%) |
| Stable disease | 2 (20%) | 3 (30%) |
| Progressive disease | 4 (40%) | 5 (50%) |
| Objective response rate, n (%) | 4 (40%) | 2 (20%) |
| Median OS, months | 18.1 | 9.7 |
| 12-month OS, % | 60 | 40 |
"""
    )
    assert by_agreement(compared, "disagrees") == [("ORR", "B", "2"), ("ORR", "B", "20%")]
    agreed = by_agreement(compared, "agrees")
    for one in (("BOR=CR", "A", "1"), ("OS", "A", "18.1"), ("OS", "A", "60"), ("N", "B", "10")):
        assert one in agreed
    assert all(c.certain for c in compared.comparisons if c.agreement is not Agreement.NOT_COMPARED)


def test_another_n_is_said_once_and_the_rest_is_left_open(comparer: Any) -> None:
    compared = comparer.paper(
        """
Table 3. Response

| | A (n = 12) |
| --- | --- |
| ORR, n (%) | 5 (42%) |
"""
    )
    assert by_agreement(compared, "disagrees") == [("N", "A", "12")]
    assert {c.why for c in compared.comparisons if c.endpoint == "ORR"} == {
        "the report counts 12 subjects in A, the extract 10: whether the same are meant is open"
    }


def test_a_caption_restricts_its_table(comparer: Any) -> None:
    compared = comparer.paper(
        """
Table 4. Response in soft tissue tumour

| | n | ORR, n (%) |
| --- | --- | --- |
| A | 6 | 2 (33%) |
| B | 6 | 1 (17%) |
"""
    )
    assert by_agreement(compared, "disagrees") == []
    assert ("ORR", "Soft tissue tumour, A", "2") in by_agreement(compared, "agrees")


def test_a_group_that_the_study_does_not_have_accuses_nobody(comparer: Any) -> None:
    compared = comparer.paper(
        """
Table 5. Response by biomarker

| | High (n = 9) | Low (n = 11) |
| --- | --- | --- |
| ORR, n (%) | 4 (44%) | 1 (9%) |
"""
    )
    assert by_agreement(compared, "disagrees") == []
    assert by_agreement(compared, "agrees") == []


def test_adverse_events_by_worst_grade(comparer: Any) -> None:
    compared = comparer.paper(
        """
Table 6. Adverse events, n (%)

| | A, any grade (n = 10) | A, grade 3-4 (n = 10) |
| --- | --- | --- |
| Nausea | 6 (60) | 3 (30) |
| Anosmia | 1 (10) | 0 (0) |
"""
    )
    assert by_agreement(compared, "disagrees") == [
        ("AE DECOD=NAUSEA grade=3-4", "A", "3"),
        ("AE DECOD=NAUSEA grade=3-4", "A", "30"),
    ]
    assert ("AE DECOD=NAUSEA", "A", "6") in by_agreement(compared, "agrees")
    anosmia = [c for c in compared.comparisons if c.place.row_label == "Anosmia"]
    assert {c.agreement for c in anosmia} == {Agreement.NOT_COMPARED}


def test_a_sentence_with_one_rate(comparer: Any) -> None:
    compared = comparer.paper(
        """
## Results

The objective response rate was 25% (5/20).

The disease control rate was 65% (13/20).

## Discussion

Others saw an ORR of 45% (9/20).
"""
    )
    agreed = by_agreement(compared, "agrees")
    assert [e for e, _, _ in agreed].count("ORR") == 3
    assert ("DCR", "all subjects", "20") in agreed
    wrong = by_agreement(compared, "disagrees")
    assert ("DCR", "all subjects", "13") in wrong
    assert not any(endpoint == "ORR" for endpoint, _, _ in wrong)
    assert not any(c.certain for c in compared.comparisons)
