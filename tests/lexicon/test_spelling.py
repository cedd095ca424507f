"""Words made comparable."""

from __future__ import annotations

import pytest

from auditor.lexicon.spelling import normal, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("metastases", "metastasis"),
        ("Metastases", "metastasis"),
        ("anaemia", "anemia"),
        ("diarrhoea", "diarrhea"),
        ("neutropaenia", "neutropenia"),
        ("oesophagitis", "esophagitis"),
        ("haemoglobin", "hemoglobin"),
        ("tumours", "tumor"),
        ("oestrogen", "estrogen"),
        ("randomised", "randomized"),
        ("women", "woman"),
        ("biopsies", "biopsy"),
        ("second", "2nd"),
        ("two", "2"),
        ("responses", "response"),
        ("doses", "dose"),
        ("sarcomata", "sarcoma"),
    ],
)
def test_spellings_of_one_word(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("first", "second"),
        ("male", "female"),
        ("increase", "decrease"),
        ("hypertension", "hypotension"),
        ("metastasis", "metastatic"),
        ("stomatitis", "mucositis"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@pytest.mark.parametrize("word", ["ascites", "diabetes", "pus", "mucous", "sepsis"])
def test_what_ends_in_s_is_no_plural(word: str) -> None:
    assert normal(word) in (word, word[:-1])
    assert normal(normal(word)) == normal(word)


def test_hyphens_part_words_and_signs_stay() -> None:
    assert [w.norm for w in words_of("First-line: ≥3 lines, 5-FU + X")] == [
        "1st", "line", ":", "≥", "3", "line", ",", "5", "fu", "+", "x",
    ]  # fmt: skip


def test_words_know_their_place() -> None:
    text = "Grade 3–4 anaemia"
    assert [text[w.start : w.end] for w in words_of(text)] == ["Grade", "3", "4", "anaemia"]
