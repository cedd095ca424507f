"""The facts of tables: what each cell is about, of how many patients."""

from __future__ import annotations

import pytest

from auditor.claims import Measure
from auditor.testing.subjects import read_text
from auditor.topic import Fact
from tests.linking.papers import TRIAL, keys, told, words

Told = dict[tuple[object, ...], Fact]


@pytest.fixture(scope="module")
def found() -> Told:
    """Facts by table, measure, concept, groups and grades."""
    return {
        (f.place.table, f.measure, f.topic.concept, *keys(f.topic), f.topic.grades): f
        for f in told()
        if not f.topic.residue
    }


def _text(found: Told, *key: object) -> str:
    return found[key].printed.text


def test_rows_of_a_partition_count_their_group(found: Told) -> None:
    assert _text(found, "Table 1", Measure.COUNT, "N", "2nd line", "thymoma", None) == "9"
    assert _text(found, "Table 1", Measure.COUNT, "N", "male", "thymic carcinoma", None) == "20"
    fact = found["Table 1", Measure.COUNT, "N", "previous surgery > yes", "thymoma", None]
    assert (fact.n, fact.additive) == (19, True)


def test_rows_that_may_both_apply_are_no_groups(found: Told) -> None:
    concept = "row:distant metastasis>lung"
    assert _text(found, "Table 1", Measure.COUNT, concept, "thymic carcinoma", None) == "16"


def test_statistics(found: Told) -> None:
    age = found["Table 1", Measure.MEDIAN, "age", "thymoma", None]
    assert (age.printed.text, age.unit) == ("55", "years")
    assert found["Table 1", Measure.UPPER, "age", "thymoma", None].of == "range"
    assert _text(found, "Table 3", Measure.MEDIAN, "PFS", "thymic carcinoma", None) == "5.2"
    assert found["Table 3", Measure.LOWER, "PFS", "thymoma", None].of == "95% CI"


def test_a_cell_with_two_statements_has_two_topics_and_the_caption_says_of_whom(
    found: Told,
) -> None:
    who = ("2nd line", "chemotherapy plus drug", "thymic carcinoma", None)
    assert _text(found, "Table 2", Measure.COUNT, "ORR", *who) == "4"
    assert _text(found, "Table 2", Measure.COUNT, "DCR", *who) == "7"
    assert _text(found, "Table 2", Measure.DENOMINATOR, "N", *who) == "8"
    everybody = ("beyond 2nd line", "thymic carcinoma", None)
    assert _text(found, "Table 2", Measure.PERCENT, "DCR", *everybody) == "50"


def test_grades_stand_in_the_header(found: Told) -> None:
    assert _text(found, "Table 4", Measure.COUNT, "row:hypertension", (3, 4)) == "2"
    assert _text(found, "Table 4", Measure.COUNT, "row:hypertension", None) == "5"


def test_people() -> None:
    known = words()
    assert known.everybody == 51
    assert {" & ".join(sorted(t.key for t in g)): n for g, n in known.people.items()}[
        "2nd line & thymic carcinoma"
    ] == 16


def test_two_rows_that_read_alike_are_not_the_same_thing() -> None:
    text = """\
    Table 1. Outcome

    | Outcome               | All (N = 40) |
    | --------------------- | ------------ |
    | Overall response      | 10 (25)      |
    | Objective response    | 12 (30)      |
    | Progressive disease   | 8 (20)       |
    """
    facts = told("\n".join(line.strip() for line in text.splitlines()))
    assert all(f.topic.residue for f in facts if "response" in str(f.place.row_label))
    assert all(not f.topic.residue for f in facts if "Progressive" in str(f.place.row_label))


def test_columns_of_responses_and_an_unnamed_subgroup_known_by_its_number() -> None:
    table = """
Table 5. Responses by stage

| Stage | CR, n (%) | PR, n (%) | SD, n (%) | PD, n (%) | ORR, n (%) |
| ----- | --------- | --------- | --------- | --------- | ---------- |
| III   | 0 (0)     | 3 (25)    | 6 (50)    | 3 (25)    | 3 (25)     |
| IV    | 1 (5)     | 4 (20)    | 9 (45)    | 6 (30)    | 5 (25)     |
| Total | 1 (3)     | 7 (22)    | 15 (47)   | 9 (28)    | 8 (25)     |
"""
    facts = [f for f in told(TRIAL + table) if f.place.table == "Table 5"]
    rows = {
        (f.topic.concept, *keys(f.topic)): f.printed.text
        for f in facts
        if f.measure is Measure.COUNT
    }
    assert rows["BOR=SD", "stage > 3"] == "6"
    # 32 patients are those with thymic carcinoma, not everybody.
    assert rows["ORR", "thymic carcinoma"] == "8"
    assert ("ORR",) not in rows


def test_p_values_are_no_counts() -> None:
    text = """\
Table 1. Efficacy

|     | Drug A (n = 20) | Placebo (n = 20) | P value |
| --- | --------------- | ---------------- | ------- |
| ORR | 8 (40)          | 2 (10)           | 0.03    |
"""
    p = [f for f in told(text) if f.measure is Measure.P_VALUE]
    assert [f.topic.concept for f in p] == ["ORR"]
    assert p[0].topic.terms == frozenset()


def test_a_garbled_name_is_read_as_what_the_numbers_say() -> None:
    text = """\
# Methods

The overall response rate (ORR) and disease control rate (DCR) were recorded.

Table 1. Responses

| Group     | PR, n (%) | SD, n (%) | PD, n (%) | ORR, n (%) | DCR, n (%) |
| --------- | --------- | --------- | --------- | ---------- | ---------- |
| Thymoma   | 3 (16)    | 11 (58)   | 5 (26)    | 3 (16)     | 14 (74)    |
| Carcinoma | 8 (25)    | 15 (47)   | 9 (28)    | 8 (25)     | 23 (72)    |

Table 2. {name} and DCR by disease

| Disease   | All patients          |
| --------- | --------------------- |
| Thymoma   | {n} (3/19), 74 (14/19) |
| Carcinoma | 25 (8/32), 72 (23/32) |
"""
    for name, n, understood in (("OCR", "16", True), ("OCR", "17", False), ("XYZ", "16", False)):
        facts = [
            f
            for f in told(text.format(name=name, n=n))
            if f.place.table == "Table 2" and f.printed.text == "8"
        ]
        assert (facts[0].topic.concept == "ORR" and not facts[0].topic.residue) is understood


def test_columns_that_read_alike_accuse_nobody() -> None:
    text = """# Results

Table 1. Baseline

| | Group N (n = 118) | Group P (n = 120) |
| --- | --- | --- |
| Nulliparous | 44 (37.3%) | 41 (34.2%) |
| Twins | 4 (3.4%) | 6 (5.0%) |
"""
    facts = read_text(text).linked.facts
    counts = [f for f in facts if f.measure is Measure.COUNT and f.place.row == 1]
    assert len(counts) == 2
    assert counts[0].topic != counts[1].topic
