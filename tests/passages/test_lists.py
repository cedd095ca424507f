"""Lists that share out patients, and the flow of patients through a passage."""

from __future__ import annotations

from auditor.passages.arms import arm_brackets, assignments, matched_pairs, opposed_totals
from auditor.passages.families import FAMILIES
from auditor.passages.flow import steps
from auditor.passages.harms import Arm, most
from auditor.passages.lists import bracket_lists, event_lists, total_lists
from auditor.passages.mentions import Mention
from auditor.passages.named import named_before
from auditor.passages.parts import family_lists, population
from tests.passages.fakes import passage

_BY_NAME = {family.name: family for family in FAMILIES}


def test_lines_of_treatment_are_told_apart() -> None:
    lines = _BY_NAME["lines of treatment"]
    assert lines.member("as first-line therapy") == "1"
    assert lines.member("beyond second-line therapy") == "later"
    assert lines.member("third-line or later") == "later"
    assert lines.member("first- or second-line therapy") is None


def test_a_word_for_both_sexes_is_neither() -> None:
    sexes = _BY_NAME["sexes"]
    assert sexes.member("were women") == "women"
    assert sexes.member("men and women") is None


def test_a_family_list_has_each_category_once() -> None:
    found = list(family_lists(passage("Of the {44} patients, {23|were men} and {20|were women}.")))
    assert [(p.name, p.numbers, p.closed) for p in found] == [("sexes", (23, 20), True)]
    assert found[0].whole is not None
    assert found[0].whole.number == 44
    assert list(family_lists(passage("{3|were men} in A and {4|were men} in B."))) == []


def test_groups_of_the_tables_are_a_family() -> None:
    def term(mention: Mention) -> frozenset[tuple[str, str]]:
        named = {13: "osteosarcoma", 31: "soft tissue"}.get(mention.number or 0)
        return frozenset({("disease", named)} if named else ())

    text = passage("{44} patients, including [{13|with osteosarcoma} and {31|with sarcoma}].")
    assert [p.numbers for p in family_lists(text, term)] == [(13, 31)]


def test_a_bracket_of_reasons_leads_with_its_numbers() -> None:
    good = passage(
        "{14} patients stopped ({5} for toxicity, {7} for progression, and {2} withdrew)."
    )
    assert [p.numbers for p in bracket_lists(good)] == [(5, 7, 2)]
    for bad in (
        "{14} patients stopped (mainly {5} for toxicity, {7} for progression).",
        "{14} patients had metastases ({5} in the lung, {7} in the liver, {9} in bone).",
        "{14} patients stopped (age {50}, weight {60}).",
    ):
        assert list(bracket_lists(passage(bad))) == []


def test_a_total_names_its_parts() -> None:
    found = list(total_lists(passage("a total of {42} of deaths ({26}) or progressions ({14})")))
    assert [(p.numbers, p.closed) for p in found] == [((26, 14), True)]
    assert (
        list(total_lists(passage("a total of {42} events, including rash ({26}) and fever ({14})")))
        == []
    )


def test_arms_are_parts_of_the_randomised() -> None:
    found = list(
        assignments(passage("We randomly assigned {130} patients, {66} to A and {60} to placebo."))
    )
    assert [(p.numbers, p.whole and p.whole.number) for p in found] == [((66, 60), 130)]


def test_the_population_is_the_last_one_named() -> None:
    text = passage("{60} patients were screened and {51} patients were treated.", "{30|were men}.")
    now = population(text, text.mentions[-1])
    assert now is not None
    assert now.number == 51


def test_a_step_of_the_flow_holds_by_some_choice_of_losses() -> None:
    good = passage(
        "{63} patients were screened.",
        "{11} patients were excluded ({8} ineligible and {3} declined), leaving {52} patients.",
    )
    assert [step.holds for step in steps(good)] == [True]
    wrong = passage(
        "{63} patients were screened; {15} patients were excluded, leaving {52} patients."
    )
    assert [step.holds for step in steps(wrong)] == [False]


def test_a_rest_without_losses_is_no_step() -> None:
    assert (
        list(steps(passage("{63} patients were screened; the remaining {52} patients did well.")))
        == []
    )


def test_arms_bound_the_patients_with_events() -> None:
    mention = passage("{12} of 23").mentions[0]
    arms = (Arm(mention, 12, 23), Arm(mention, 10, 19))
    assert most(arms, 44) == 24
    assert most(arms, 40) is None
    assert most(arms[:1], 44) is None


def test_numbers_in_words_are_named() -> None:
    sentence = passage(
        "In a study of forty-seven patients, it occurred in {9} patients."
    ).sentences[0]
    assert named_before(sentence, len(sentence.text)) == (47,)


def test_arms_in_brackets_are_parts() -> None:
    text = "{9} patients ({6} in the active arm and {5} in the placebo arm) never started."
    assert [p.numbers for p in arm_brackets(passage(text))] == [(6, 5)]
    assert (
        list(arm_brackets(passage("{9} patients ({6} women and {5} smokers) never started."))) == []
    )


def test_first_events_and_causes_of_death_are_parts() -> None:
    text = passage("{29} PFS events ({27} progressions and {3} deaths) had occurred.")
    assert [p.numbers for p in event_lists(text)] == [(27, 3)]
    text = passage("There were {26} deaths, {24} due to disease and {3} due to other causes.")
    assert [(p.numbers, p.closed) for p in event_lists(text)] == [((24, 3), True)]
    text = passage("{29} adverse events ({7} of grade 3 and {3} of grade 4) had occurred.")
    assert list(event_lists(text)) == []


def test_pairs_are_two_patients_each() -> None:
    text = passage("Matching yielded {61} pairs ({116} patients).")
    assert [(a.number, b.number) for a, b in matched_pairs(text)] == [(61, 116)]
    assert list(matched_pairs(passage("Matching yielded {61} groups ({116} patients)."))) == []


def test_a_label_without_sides_is_no_total_of_arms() -> None:
    text = passage("treatment-related ({3} vs {8}); the {12} treatment-related deaths")
    assert list(opposed_totals(text)) == []
