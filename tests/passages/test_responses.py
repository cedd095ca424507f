"""Counts of responses, the rates made of them, and responses that nobody counts."""

from __future__ import annotations

from auditor.passages.claimed import claimed
from auditor.passages.identities import broken, control_below_response, likely
from auditor.passages.responses import Counts, categories, response_counts
from auditor.statement import Sentence
from tests.passages.fakes import passage

COUNTS = "{0|achieved CR}, {6|PR}, {16|SD}, and {9|PD} were observed."


def sets(*texts: str) -> tuple[Counts, ...]:
    return response_counts(passage(*texts))


def test_names_of_responses_are_told_apart() -> None:
    assert categories("complete response (CR) or partial response (PR)") == ("CR", "PR")
    assert categories("objective response rate") == ("ORR",)
    assert categories("complete response rate") == ("CR",)
    assert categories("disease control rate") == ("DCR",)
    assert categories("PDL1 expression") == ()


def test_a_set_ends_where_a_category_comes_again() -> None:
    found = sets("{4|PR}, {11|SD} and {4|PD} with A; {5|PR}, {4|SD} and {4|PD} with B.")
    assert [s.total for s in found] == [19, 13]


def test_a_rate_that_no_number_of_patients_gives_is_broken() -> None:
    found = sets(COUNTS, "The ORR and DCR were {19%|ORR} and {52%|DCR}.")
    items = list(broken(found, (13, 31, 44), ()))
    assert [(i.rate.key, i.of, i.numerator, i.sure) for i in items] == [("DCR", 31, 22, True)]
    assert likely(items[0]) == "52% is SD alone: 16/31"


def test_rates_over_another_stated_number_hold() -> None:
    texts = (
        "{5|CR}, {10|PR}, {20|SD} and {10|PD}.",
        "The ORR was {30%|ORR} and the DCR {70%|DCR}.",
    )
    assert list(broken(sets(*texts), (50,), ())) == []
    assert {i.rate.key for i in broken(sets(*texts), (), (45,))} == {"ORR", "DCR"}


def test_clinical_benefit_may_ask_for_long_stable_disease() -> None:
    texts = ("{2|CR}, {10|PR}, {18|SD} and {10|PD}.", "The CBR was {45%|CBR}.")
    assert list(broken(sets(*texts), (), (40,))) == []


def test_a_special_response_is_none_of_these() -> None:
    texts = ("{2|CR}, {10|PR}, {18|SD} and {10|PD}.", "The confirmed ORR was {20%|confirmed ORR}.")
    assert list(broken(sets(*texts), (), (40,))) == []


def test_control_is_no_less_than_response() -> None:
    counts = sets("The ORR was {45%|ORR} and the DCR {40%|DCR}.")
    assert len(list(control_below_response(counts[0].rates))) == 1
    counts = sets("The ORR was {40%|ORR} and the DCR {45%|DCR}.")
    assert list(control_below_response(counts[0].rates)) == []


def keys(text: str, section: str = "discussion") -> list[str]:
    return [c.key for c in claimed(Sentence(0, 0, text, tuple(range(len(text))), section))]


def test_a_claimed_response_is_read_however_it_is_worded() -> None:
    assert keys("Both of them achieved CR and had a long survival.") == ["CR"]
    assert keys("A patient with type AB thymoma achieved CR after six cycles.") == ["CR"]
    assert keys("Of note, one patient attained a complete response.") == ["CR"]


def test_what_claims_no_response_of_the_study_is_left_out() -> None:
    assert keys("None of the patients achieved CR.") == []
    assert keys("No patient with thymoma achieved a complete response.") == []
    assert keys("Two patients had a complete metabolic response.") == []
    assert keys("After surgery, three patients achieved CR.") == []
    assert keys("One patient who achieved CR would be enough.", "methods") == []
