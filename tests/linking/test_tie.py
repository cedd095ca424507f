"""Links: what agrees is confirmed, what differs is certain only where nothing speaks against it."""

from __future__ import annotations

from auditor.linking.cells import index
from auditor.linking.readings import context
from auditor.linking.tie import tie
from auditor.linking.topics import topics
from auditor.statement import Kind, Origin, Sentence, Statement
from auditor.topic import Fact, Link
from tests.linking.fakes import (
    ALONE,
    CARCINOMA,
    PLUS,
    THYMOMA,
    cell,
    document,
    prose,
    read,
    sentence,
    statement,
)


def baseline() -> list[Fact]:
    """Surgery 15 + 17, recurrence 10 + 14, rash 4 + 6, of 19 and 32."""
    rows = (("surgery>yes", 15, 17), ("recurrence>yes", 10, 14))
    facts = []
    for r, (row, one, other) in enumerate(rows):
        facts += cell(r, f"row:{row}", (THYMOMA,), count=str(one), n=19, column=1)
        facts += cell(r, f"row:{row}", (CARCINOMA,), count=str(other), n=32, column=2)
    facts += cell(2, "AE:rash", (THYMOMA,), count="4", n=19, column=1)
    facts += cell(2, "AE:rash", (CARCINOMA,), count="6", n=32, column=2)
    return facts


def rates() -> list[Fact]:
    return [
        *cell(0, "ORR", (ALONE,), count="3", percent="16", n=19, table=1, column=1),
        *cell(0, "ORR", (PLUS,), count="5", percent="38", n=13, table=1, column=2),
        *cell(1, "DCR", (ALONE,), count="13", percent="68", n=19, table=1, column=1),
        *cell(1, "DCR", (PLUS,), count="10", percent="77", n=13, table=1, column=2),
    ]


def tied(
    statements: list[Statement], facts: list[Fact], sentences: list[Sentence] | None = None
) -> dict[tuple[str, str], Link]:
    text = prose(sentences or [sentence(0)], statements)
    links, _ = tie(text, topics(text, read, context(facts)), index(facts), document(2))
    return {(link.statement, link.part): link for link in links}


def anchors() -> list[Statement]:
    return [
        statement("s", Kind.COUNT, "15", "surgery", "in thymoma"),
        statement("t", Kind.COUNT, "17", "surgery", "in carcinoma"),
        statement("u", Kind.COUNT, "24", "recurrence", "in both groups"),
    ]


def test_equal_numbers_of_the_same_patients_are_confirmed() -> None:
    found = tied([statement("a", Kind.COUNT, "15", "surgery", "in thymoma")], baseline())
    link = found["a", "count"]
    assert link.agrees
    assert link.operation == "same"
    assert link.confidence > 0.9


def test_counts_add_up_over_groups_that_exclude_each_other() -> None:
    found = tied(
        [statement("a", Kind.COUNT, "32", "surgery", denominator="51", percent="63%")],
        baseline(),
    )
    assert found["a", "count"].shows == "32 = 15 + 17"
    assert found["a", "count"].operation == "sum"
    assert found["a", "percent"].agrees
    assert found["a", "denominator"].agrees


def test_another_number_among_agreeing_ones_is_certain() -> None:
    wrong = statement("a", Kind.COUNT, "9", "recurrence", "in thymoma")
    found = tied([*anchors(), wrong], baseline())
    assert not found["a", "count"].agrees
    assert found["a", "count"].certain
    assert found["a", "count"].shows == "10"


def test_another_sum_among_agreeing_ones_is_certain() -> None:
    wrong = statement("a", Kind.COUNT, "27", "recurrence", denominator="51")
    found = tied([*anchors()[:2], wrong], baseline())
    assert found["a", "count"].certain
    assert found["a", "count"].shows == "24 = 10 + 14"


def test_without_other_numbers_of_the_passage_nothing_is_certain() -> None:
    found = tied([statement("a", Kind.COUNT, "9", "recurrence", "in thymoma")], baseline())
    assert not found["a", "count"].agrees
    assert not found["a", "count"].certain


def test_words_left_over_on_either_side_leave_it_open() -> None:
    wrong = statement("a", Kind.COUNT, "9", "local recurrence", "in thymoma")
    assert not tied([*anchors(), wrong], baseline())["a", "count"].certain
    table = [
        *baseline(),
        *cell(5, "ORR", (THYMOMA,), count="8", n=19, residue=("central",)),
    ]
    wrong = statement("a", Kind.COUNT, "9", "ORR", "in thymoma")
    assert not tied([*anchors(), wrong], table)["a", "count"].certain


def test_a_number_that_another_cell_of_the_row_explains_is_left_open() -> None:
    wrong = statement("a", Kind.COUNT, "14", "recurrence", "in thymoma")
    assert not tied([*anchors(), wrong], baseline())["a", "count"].certain


def test_cited_planned_and_inexact_numbers_never_accuse() -> None:
    for change in ({"origin": Origin.CITED}, {"origin": Origin.UNCLEAR}):
        wrong = statement("a", Kind.COUNT, "9", "recurrence", "in thymoma", **change)  # type: ignore[arg-type]
        assert not tied([*anchors(), wrong], baseline())["a", "count"].certain
    wrong = statement("a", Kind.COUNT, "9", "recurrence", "in thymoma", quantifier="at least")
    assert not tied([*anchors(), wrong], baseline())["a", "count"].certain


def test_a_sentence_that_points_to_another_table_accuses_none() -> None:
    wrong = statement("a", Kind.COUNT, "9", "recurrence", "in thymoma", sentence=1)
    for text, certain in (("It recurred (Table 2).", False), ("It recurred (Table 1).", True)):
        found = tied([*anchors(), wrong], baseline(), [sentence(0), sentence(1, text)])
        assert found["a", "count"].certain is certain


def test_other_patients_are_other_numbers() -> None:
    wrong = statement("a", Kind.COUNT, "9", "recurrence", "in thymoma", denominator="17")
    assert not tied([*anchors(), wrong], baseline())["a", "count"].certain


def pair(first: str, second: str) -> list[Statement]:
    return [
        statement(
            f"{concept}{item}",
            Kind.PERCENT,
            value,
            concept,
            setting="in the two groups",
            series=series,
            item=item,
            versus=True,
        )
        for series, concept, values in ((1, "ORR", ("38%", "16%")), (2, "DCR", (first, second)))
        for item, value in enumerate(values)
    ]


def test_reversed_sides_are_no_difference() -> None:
    found = tied(pair("77%", "68%"), rates())
    assert all(link.agrees for link in found.values())


def test_one_wrong_side_is_certain_when_the_other_settles_the_order() -> None:
    found = tied(pair("79%", "68%"), rates())
    assert found["DCR0", "percent"].certain
    assert not found["DCR0", "percent"].agrees
    assert found["DCR0", "percent"].shows.startswith("77%")
    assert found["DCR1", "percent"].agrees


def test_the_last_digit_is_told_apart() -> None:
    found = tied(pair("76%", "68%"), rates())
    assert found["DCR0", "percent"].last_digit
