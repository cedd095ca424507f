"""Fractions of the running text that carry their own denominator."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.manuscript import Manuscript

Read = Callable[..., Manuscript]


def found(manuscript: Manuscript) -> list[tuple[int, int, str]]:
    return [(f.count, f.denominator, f.percent.text) for f in manuscript.fractions]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A response was seen in 36/44 (82%).", (36, 44, "82%")),
        ("A response was seen in 36 of 44 patients (82%).", (36, 44, "82%")),
        ("A response was seen in 36 out of 44 [82%].", (36, 44, "82%")),
        ("Of the patients, 36 of the 44 evaluable patients (81.8%) responded.", (36, 44, "81.8%")),
        ("The rate was 82% (36/44).", (36, 44, "82%")),
        ("The rate was 82% (36 of 44 patients).", (36, 44, "82%")),
        ("The rate was 81·8% (36/44; 95% CI 67–92).", (36, 44, "81·8%")),
        ("It was <1% (1/1,044).", (1, 1044, "<1%")),
        ("In all, 36 (82%) of 44 patients responded.", (36, 44, "82%")),
        ("In all, 4 [3%] of 254 patients stopped.", (4, 254, "3%")),
    ],
)
def test_read(read: Read, sentence: str, expected: tuple[int, int, str]) -> None:
    assert found(read(f"# Results\n\n{sentence}\n")) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The ratio of women to men was 36/44.",
        "There were 44 patients (82%).",
        "On 3/4/2012 (82% complete) the data were locked.",
        "Doses were 36/0 (82%) apart.",
        "The score was 3.5/44 (82%).",
        "In 44/36 (82%) of the samples it was absent.",
        "In 36 (82%) of 44 (51%) patients it was there.",
    ],
)
def test_not_read(read: Read, sentence: str) -> None:
    assert found(read(f"# Results\n\n{sentence}\n")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Grade 3/4 (12%) events were rare.",
        "Neutropenia of grade 3/4 (12%) was frequent.",
        "HER2 2/3+ and stages 3/4 (45%) prevailed.",
    ],
)
def test_grades_are_no_fraction(read: Read, sentence: str) -> None:
    assert found(read(f"# Results\n\n{sentence}\n")) == []


def test_references_are_left_out(read: Read) -> None:
    text = "# Results\n\nIt was 36/44 (82%).\n\n# References\n\n1. A trial: 30/44 (82%). 2019.\n"
    assert found(read(text)) == [(36, 44, "82%")]


def test_the_place_quotes_the_text(read: Read) -> None:
    manuscript = read("# Results\n\nA response was seen in 36 of 44 patients (82%) at week 8.\n")
    (fraction,) = manuscript.fractions
    place = fraction.place
    assert place.quote == "36 of 44 patients (82%)"
    assert manuscript.document.text[place.start : place.end] == place.quote
    assert set(fraction.claims) <= {claim.id for claim in manuscript.claims}


def test_split_fractions_are_marked(read: Read) -> None:
    manuscript = read("# Results\n\nIn all, 36 (82%) of 44 responded and 30/44 (68%) lived.\n")
    assert [f.split for f in manuscript.fractions] == [True, False]
