"""Sentences end where a reader sees them end."""

from __future__ import annotations

import pytest

from auditor.prose.splitting import sentence_spans


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The ORR was 6% vs. 38% (P < .001) in arm A vs. B.",
        "Drugs, i.e. Cisplatin, as in Smith et al. 2010, were given (Fig. 2).",
        "Patients of St. Jude and of J. A. Smith were seen (SPSS Inc., Chicago, IL. Version 9).",
        "Enrolled between Feb. 2012 and Dec. 2013, see No. 5 and Fig. 3 and Tab. 4.",
        "1. Patients had (1) a tumour; (2) no therapy; and (3) 95% CI 1.1-2.0.",
        "The value was 0·05 (95% CI 0·01–0·09).",
    ],
)
def test_one_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It was significant (P < 0.05).", "Patients came."),
        ("The dose was 75 mg/m2.", "No patient died."),
        ("It was given to 12.", "12 patients died."),
        ("The HR was 0.5 (95% CI 1.1-2.0).", "(This was new.)"),
        ("The ORR was 0·05.", "Median PFS was 3."),
        ("It was shown before.^12,13", "We saw it too."),
        ("It was shown before. [12]", "We saw it too."),
        ("It was seen by Smith et al.", "The patients were old."),
        ("They were treated in arm A.", "Patients in arm B were not."),
        ("It was so.", "m-PFS was 4 months."),
        ("“It was so.”", "We saw it."),
    ],
)
def test_two_sentences(one: str, other: str) -> None:
    assert split(f"{one} {other}") == [one, other]


def test_text_without_any_stop_is_cut_into_pieces() -> None:
    text = "many words " * 2000 + "x" * 9000
    pieces = split(text)
    assert max(map(len, pieces)) <= 4000
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
