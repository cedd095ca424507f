"""One function reads labels and phrases: what they share is equal, what differs stays apart."""

from __future__ import annotations

import pytest

from auditor.linking.read_topic import join, read_topic
from auditor.linking.vocabulary import Vocabulary, vocabulary
from auditor.topic import Term, Topic
from tests.linking.papers import about, manuscript, words


@pytest.fixture(scope="module")
def known() -> Vocabulary:
    return words()


@pytest.mark.parametrize(
    ("text", "concept", "groups"),
    [
        ("the objective response rate", "ORR", []),
        ("ORR", "ORR", []),
        ("disease control", "DCR", []),
        ("achieved partial responses", "BOR=PR", []),
        ("CR or PR", "ORR", []),
        ("the median PFS", "PFS", []),
        ("progression-free survival in patients with TC", "PFS", ["thymic carcinoma"]),
        ("received drug A alone", "", ["drug"]),
        ("drug A monotherapy", "", ["drug"]),
        ("in the drug A plus chemotherapy group", "", ["chemotherapy plus drug"]),
        ("drug A combined with chemotherapy", "", ["chemotherapy plus drug"]),
        ("in the combination group", "", ["chemotherapy plus drug"]),
        ("patients in group B", "", ["chemotherapy plus drug"]),
        ("received drug A as second-line therapy", "", ["2nd line"]),
        ("3rd-line or later treatment", "", ["beyond 2nd line"]),
        ("beyond second-line therapy", "", ["beyond 2nd line"]),
        ("were women", "", ["female"]),
        ("were male", "", ["male"]),
        ("ECOG PS 0-1", "", ["ecog > 0 1"]),
        ("a performance status of 2–3", "", ["ecog > 2 3"]),
        ("had undergone previous surgery", "", ["previous surgery > yes"]),
        ("lung metastases", "row:distant metastasis>lung", []),
        ("distant metastasis", "row:distant metastasis", []),
        ("palmar-plantar erythrodysesthesia", "row:hand foot syndrome", []),
        ("diarrhea", "row:diarrhea", []),
        ("hypertention", "row:hypertension", []),
        ("age", "age", []),
        ("of the 51 patients", "", []),
        ("were lost to follow-up", "lost", []),
    ],
)
def test_phrases_are_read_in_the_words_of_the_tables(
    known: Vocabulary, text: str, concept: str, groups: list[str]
) -> None:
    assert about(text, known) == (concept, groups)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("severe hypotension", "hypotension"),
        ("patients with bone marrow involvement", "marrow"),
        ("local hypertension", "local"),
        ("patients who had not progressed", "not"),
        ("ORR by MRI", "mri"),
        ("without hypertension", "without"),
    ],
)
def test_what_is_not_understood_is_left(known: Vocabulary, text: str, left: str) -> None:
    assert left in read_topic(text, known).residue


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("first-line therapy", "second-line therapy"),
        ("second-line therapy", "beyond second-line therapy"),
        ("male", "female"),
        ("drug A alone", "drug A plus chemotherapy"),
        ("thymoma", "thymic carcinoma"),
        ("partial response", "complete response"),
        ("hypertension", "no hypertension"),
        ("confirmed ORR", "ORR"),
        ("PD", "PD-L1 expression"),
        ("ECOG 0-1", "ECOG 2-3"),
        ("grade 3-4 diarrhoea", "grade 1-2 diarrhoea"),
        ("6-month PFS", "12-month PFS"),
    ],
)
def test_different_things_are_never_equal(known: Vocabulary, one: str, other: str) -> None:
    assert read_topic(one, known) != read_topic(other, known)


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("grade 3/4 AEs", (3, 4)),
        ("grade III–IV hypertension", (3, 4)),
        ("Grades 1–2", (1, 2)),
        ("grade ≥3 diarrhoea", (3, 5)),
        ("severe diarrhoea", (3, 4)),
        ("any grade hypertension", None),
        ("hypertension", None),
    ],
)
def test_grades(known: Vocabulary, text: str, grades: tuple[int, int] | None) -> None:
    assert read_topic(text, known).grades == grades


@pytest.mark.parametrize(
    ("text", "months"),
    [("the 6-month PFS rate", 6), ("PFS at 1 year", 12), ("two-year PFS", 24), ("PFS", None)],
)
def test_times(known: Vocabulary, text: str, months: float | None) -> None:
    assert read_topic(text, known).at == months


def test_a_drug_that_everybody_gets_says_nothing_but_names_an_arm(known: Vocabulary) -> None:
    assert read_topic("received drug A", known).terms == frozenset()
    assert about("drug A", known, "arm") == ("", ["drug"])


def test_modifiers_change_the_quantity(known: Vocabulary) -> None:
    topic = read_topic("confirmed responses by independent review", known)
    assert topic.concept == "ORR"
    assert topic.modifiers == {"confirmed", "independent review"}


def test_a_heading_that_lists_groups_only_announces_them(known: Vocabulary) -> None:
    listed = "PFS of patients with thymoma and thymic carcinoma"
    assert read_topic(listed, known, role="caption").terms == frozenset()
    assert read_topic(listed, known).residue


def test_other_concepts_and_groups_are_left_over_when_topics_are_joined() -> None:
    one, other = Term("line", "1st line"), Term("line", "2nd line")
    joined = join([Topic("ORR", frozenset({one})), Topic("DCR", frozenset({other}), at=6.0)])
    assert joined.concept == "ORR"
    assert joined.terms == {one}
    assert joined.at == 6.0
    assert joined.residue == ("DCR", "2nd line")


def test_a_study_may_name_other_words() -> None:
    paper = manuscript()
    own = {"ORR": ["remission score"], "Drug A plus chemotherapy": ["the doublet"]}
    known = vocabulary(paper.document, paper.tables, paper.partitions, words=own)
    assert about("remission score in the doublet arm", known) == ("ORR", ["chemotherapy plus drug"])
    assert read_topic("remission score in the doublet arm", words()).residue
