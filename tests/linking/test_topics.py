"""Of whom a statement speaks: its own words first, then what was said before it."""

from __future__ import annotations

from auditor.linking.readings import Context, How, Reading
from auditor.linking.topics import _counted, topics
from auditor.statement import Kind
from auditor.topic import Term, Topic
from tests.linking.fakes import (
    ALONE,
    CARCINOMA,
    PLUS,
    THYMOMA,
    prose,
    read,
    sentence,
    statement,
)

KNOWN = Context(
    {
        frozenset[Term](): frozenset({51}),
        frozenset({THYMOMA}): frozenset({19}),
        frozenset({CARCINOMA}): frozenset({32}),
    },
    {"arm": (ALONE, PLUS), "disease": (THYMOMA, CARCINOMA)},
)


def first(readings: tuple[Reading, ...]) -> tuple[set[Term], How]:
    return set(readings[0].topic.terms), readings[0].who


def test_named_patients_win_over_the_heading() -> None:
    one = statement("a", Kind.PERCENT, "25%", "ORR", "in thymoma")
    found = topics(prose([sentence(0, title="Carcinoma carcinoma")], [one]), read, KNOWN)
    assert first(found["a"]) == ({THYMOMA}, How.NAMED)


def test_a_group_of_the_previous_sentence_is_inherited_and_everybody_stays_possible() -> None:
    one = statement("a", Kind.PERCENT, "25%", "ORR", "in thymoma")
    two = statement("b", Kind.PERCENT, "72%", "DCR", sentence=1)
    found = topics(prose([sentence(0), sentence(1)], [one, two]), read, KNOWN)
    assert first(found["b"]) == ({THYMOMA}, How.BEFORE)
    assert frozenset() in {r.topic.terms for r in found["b"]}


def test_a_heading_holds_for_its_passage() -> None:
    one = statement("a", Kind.PERCENT, "25%", "ORR")
    found = topics(prose([sentence(0, title="3.3. thymoma")], [one]), read, KNOWN)
    assert first(found["a"]) == ({THYMOMA}, How.HEADING)


def test_everybody_ends_what_was_said_before() -> None:
    one = statement("a", Kind.PERCENT, "25%", "ORR", "in thymoma")
    two = statement("b", Kind.PERCENT, "60%", "surgery", setting="of all patients", sentence=1)
    three = statement("c", Kind.PERCENT, "70%", "DCR", sentence=2)
    found = topics(prose([sentence(i) for i in range(3)], [one, two, three]), read, KNOWN)
    assert first(found["b"]) == (set(), How.NAMED)
    assert first(found["c"]) == (set(), How.ASSUMED)


def test_a_number_of_patients_says_who() -> None:
    one = statement("a", Kind.COUNT, "8", "surgery", "of the 19 patients")
    two = statement("b", Kind.COUNT, "8", "surgery", denominator="32")
    three = statement("c", Kind.COUNT, "8", "surgery", denominator="17")
    found = topics(prose([sentence(0)], [one, two, three]), read, KNOWN)
    assert first(found["a"]) == ({THYMOMA}, How.COUNTED)
    assert first(found["b"]) == ({CARCINOMA}, How.COUNTED)
    assert found["c"][0].who is How.UNKNOWN


def test_patients_pointed_back_to_are_unknown() -> None:
    one = statement("a", Kind.COUNT, "8", "surgery", "of these")
    assert topics(prose([sentence(0)], [one]), read, KNOWN)["a"][0].who is How.UNKNOWN


def test_sides_in_the_order_in_which_the_phrase_names_them_or_reversed() -> None:
    pair = [
        statement(
            name,
            Kind.PERCENT,
            value,
            "ORR",
            "in combination versus alone",
            series=1,
            item=item,
            versus=True,
        )
        for item, (name, value) in enumerate((("a", "38%"), ("b", "16%")))
    ]
    found = topics(prose([sentence(0)], pair), read, KNOWN)
    assert first(found["a"]) == ({PLUS}, How.SIDE)
    assert first(found["b"]) == ({ALONE}, How.SIDE)
    assert {(r.order, *r.topic.terms) for r in found["a"]} == {(0, PLUS), (1, ALONE)}


def test_unnamed_sides_are_those_of_the_sentences_before() -> None:
    before = [
        statement("a", Kind.COUNT, "3", "ORR", "in the combination group"),
        statement("b", Kind.COUNT, "5", "ORR", "in the alone group"),
    ]
    pair = [
        statement(
            name,
            Kind.PERCENT,
            "38%",
            "ORR",
            setting="in the two groups",
            sentence=1,
            series=1,
            item=item,
            versus=True,
        )
        for item, name in enumerate("cd")
    ]
    found = topics(prose([sentence(0), sentence(1)], before + pair), read, KNOWN)
    assert first(found["c"])[0] == {PLUS}
    assert first(found["d"])[0] == {ALONE}


def test_words_left_over_are_kept_as_a_restriction() -> None:
    one = statement("a", Kind.COUNT, "3", "rash", "with lung metastases")
    reading = topics(prose([sentence(0)], [one]), read, KNOWN)["a"][0]
    assert reading.restricts == ("lung", "metastases")
    assert reading.topic.residue == ("lung", "metastases")


def test_a_group_known_by_its_number_explains_the_words_of_its_name() -> None:
    one = Term("group", "1 comorbidity")
    known = Context({frozenset({one}): frozenset({39}), frozenset(): frozenset({97})})
    said = Reading(Topic("ORR", residue=("1",)), How.ASSUMED, How.NAMED, 39, ("1",))
    found = _counted(said, known)
    assert (found.topic.terms, found.topic.residue, found.restricts) == (frozenset({one}), (), ())
    other = Reading(Topic("ORR", residue=("frail",)), How.ASSUMED, How.NAMED, 39, ("frail",))
    assert _counted(other, known).topic.residue == ("frail",)
