"""Groups that a list names once and means again."""

from __future__ import annotations

import pytest

from auditor.statement import Kind, Statement
from auditor.testing.subjects import read_text


def statements(text: str) -> tuple[Statement, ...]:
    return read_text(f"# Results\n\n{text}\n").prose.statements


def test_the_second_name_has_the_groups_of_the_first() -> None:
    found = statements(
        "Anaemia happened in 14 patients (16%) of the drug group and 9 patients (20%) of the "
        "placebo group, and neutropenia in 31 (34%) and 14 (31%)."
    )
    assert [s.what[0].text for s in found] == ["Anaemia"] * 2 + ["neutropenia"] * 2
    groups = ["of the drug group", "of the placebo group"]
    assert [s.whom[0].text for s in found] == groups * 2


@pytest.mark.parametrize(
    "text",
    [
        "Anaemia was seen in 14 patients and rash in 31 (34%) and 14 (31%).",
        "Anaemia happened in 14 patients of the drug group and 9 patients of the placebo group, "
        "and neutropenia in 31 with fever and 14 without fever.",
        "Anaemia happened in 14 patients of the drug group and 9 patients of the placebo group, "
        "and neutropenia in 45 (33%).",
    ],
)
def test_other_lists_stay_as_they_are(text: str) -> None:
    last = statements(text)[-1]
    assert not any(p.text == "of the placebo group" for p in last.whom)


def test_a_title_before_a_colon_stays_with_each_of_its_list() -> None:
    found = statements(
        "There was no difference in grade 3 events: pain 7% vs. 6%, fever 5% vs. 13%."
    )
    assert [s.what[0].text for s in found] == ["pain", "pain", "fever", "fever"]
    assert {s.what[1].text for s in found} == {"grade 3 events"}


def test_a_count_of_another_group_has_the_name_of_the_first() -> None:
    text = (
        "Anaemia happened in 14 patients (15.6%) of the drug group and 9 patients (20.0%) of the "
        "placebo group."
    )
    first, second = read_text(f"# Results\n\n{text}\n").prose.statements
    assert [p.text for p in first.what] == [p.text for p in second.what] == ["Anaemia"]
    assert [p.text for p in second.whom] == ["of the placebo group"]
    assert first.series == second.series is not None


def test_per_cent_in_words_is_a_percentage() -> None:
    text = "Forty-three per cent of the patients were women, and 66 (37 percent) were old."
    first, second = read_text(f"# Results\n\n{text}\n").prose.statements
    assert first.kind is Kind.PERCENT
    assert first.value.percent
    assert second.percent is not None
    assert second.percent.value == 37
