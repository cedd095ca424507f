"""The book of phrases: synonyms, rewriting, extension by a study."""

from __future__ import annotations

import pytest

from auditor.lexicon.phrases import Entry, expand, extended, phrasebook


def test_brackets_are_expanded() -> None:
    assert expand("(a|b) [c] d") == ["a d", "a c d", "b d", "b c d"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Objective response rates", "ORR"),
        ("overall tumour response rate", "ORR"),
        ("CR + PR", "ORR"),
        ("partial remission", "BOR=PR"),
        ("Stable disease", "BOR=SD"),
        ("progressive diseases", "BOR=PD"),
        ("progression-free survival", "PFS"),
        ("disease-free survival", "DFS"),
        ("time to tumour progression", "TTP"),
        ("duration of response", "DoR"),
        ("adverse reactions", "AE"),
        ("side-effects", "AE"),
        ("lost to follow-up", "lost"),
    ],
)
def test_synonyms_of_a_concept(text: str, key: str) -> None:
    book = phrasebook()
    assert book.entries[book.normal(text)] == Entry("concept", key)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("drug A combined with drug B", "drug A plus drug B"),
        ("drug A in combination with drug B", "drug A + drug B"),
        ("drug A monotherapy", "drug A alone"),
        ("front-line therapy", "1st line"),
        ("third-line or later", "beyond second line"),
        ("≥ 3rd line", "beyond second-line therapy"),
        ("palmar-plantar erythrodysesthesia", "hand-foot syndrome"),
        ("WHO performance status", "ECOG PS"),
        ("women", "female"),
        ("pyrexia", "fever"),
    ],
)
def test_words_for_the_same_are_rewritten(one: str, other: str) -> None:
    book = phrasebook()
    assert book.normal(one) == book.normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("first-line therapy", "second-line therapy"),
        ("second line", "beyond second line"),
        ("drug A alone", "drug A plus drug B"),
        ("partial response", "complete response"),
        ("overall survival", "progression-free survival"),
        ("disease control", "disease progression"),
    ],
)
def test_words_for_different_things_stay_apart(one: str, other: str) -> None:
    book = phrasebook()
    assert book.normal(one) != book.normal(other)


def test_a_study_adds_its_own_words() -> None:
    book = extended({"concepts": {"ORR": ["remission score"]}, "rewrite": {"rash": ["exanthema"]}})
    assert book.entries[book.normal("remission scores")].key == "ORR"
    assert book.normal("exanthema") == ("rash",)
    plain = phrasebook()
    assert plain.normal("remission score") not in plain.entries
