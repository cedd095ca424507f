"""Whose number it is, told by the words around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.document import Document
from auditor.prose.origin import origin_of
from auditor.prose.sentences import sentences
from auditor.statement import Origin, Sentence

Reader = Callable[[str], Document]

HEAD = (
    "Abstract\n\nThe ROMA trial (NCT01234567) compared two arms in lung cancer.\n\n"
    "1. Introduction\n\nLung cancer is common [1].\n\n"
)


@pytest.fixture
def said(text: Reader) -> Callable[[str, str], dict[str, Origin]]:
    """Origin of each number that a section states, by the number as printed."""

    def reader(title: str, body: str) -> dict[str, Origin]:
        read = sentences(text(f"{HEAD}2. {title}\n\n{body}\n"))
        wanted = [s for s in read if s.title == title]
        assert wanted
        return {
            word.strip("(),.;%"): origin_of(s, at, at + len(word))
            for s in wanted
            for at, word in _words(s)
            if word[:1].isdigit() or word[:2] in ("(1", "(2")
        }

    return reader


def _words(sentence: Sentence) -> list[tuple[int, str]]:
    at = 0
    found = []
    for word in sentence.text.split(" "):
        found.append((at, word))
        at += len(word) + 1
    return found


Said = Callable[[str, str], dict[str, Origin]]


@pytest.mark.parametrize(
    "body",
    [
        "In our study, the ORR was 19%.",
        "We observed an ORR of 19%.",
        "In this study, the ORR was 19%.",
        "It was so before [4]. In the present trial the ORR was 19%.",
        "The ROMA trial met its endpoint with an ORR of 19%.",
        "Two arms were compared. The ORR was 19% in the combination arm.",
        "One drug was active [4]. Our ORR was low. It reached 19% of patients and lasted.",
        "Median OS in our patients was short. The ORR was 19%.",
    ],
)
def test_own(said: Said, body: str) -> None:
    assert said("Discussion", body)["19"] is Origin.OWN


@pytest.mark.parametrize(
    "body",
    [
        "The ORR of sorafenib was 19% [4].",
        "A phase II trial of sorafenib found an ORR of 19%.",
        "Smith et al. reported an ORR of 19%.",
        "In a previous study of 76 patients the ORR was 19%.",
        "The ORR was 19% in the LIMA trial.",
        "The ORR was 19% with sorafenib (NCT07654321).",
        "Sorafenib was studied by Smith and colleagues. They found an ORR of 19%.",
        "Sorafenib was active [4]. The ORR in that trial was 19%.",
        "Our previous study showed an ORR of 19%.",
        "The ORR in the literature is 19%.",
    ],
)
def test_cited(said: Said, body: str) -> None:
    assert said("Discussion", body)["19"] is Origin.CITED


@pytest.mark.parametrize(
    "body",
    [
        "Compared with 34% in the study of Smith [12], our ORR was 19%.",
        "Our ORR was 19%, lower than the 34% reported by Smith et al. [12].",
        "The ORR in our study was 19%, and 34% was reported in a trial of sorafenib [12].",
        "The ORR was 34% in a trial of sorafenib [12], while in our study it was 19%.",
        "The ORR was 19%, similar to the 34% of a previous trial [12].",
        "The ORR in the whole group (19%) exceeded the 34% of the registration trial [12].",
        "The ORR of 19% compares favorably with the 34% reported for sorafenib [12].",
        "As with the LIMA trial [12], in which 34% responded, only 19% of patients did so.",
    ],
)
def test_both_in_one_sentence(said: Said, body: str) -> None:
    found = said("Discussion", body)
    assert found["34"] is Origin.CITED
    assert found["19"] is Origin.OWN


def test_a_mixed_sentence_is_unclear_as_a_whole(text: Reader) -> None:
    document = text(f"{HEAD}2. Discussion\n\nOur ORR was 19%, lower than 34% in a trial [12].\n")
    last = sentences(document)[-1]
    assert last.origin is Origin.UNCLEAR
    assert {o for *_, o in last.clauses} == {Origin.OWN, Origin.CITED}


@pytest.mark.parametrize(
    "body",
    [
        "Sorafenib was active [4]. The ORR was 19%.",
        "The incidence is 19% among smokers.",
        "We have treated such patients before with an ORR of 19% [4].",
        "The drug reached an ORR of 19% compared with chemotherapy alone in trials [4].",
        "Without those patients, our ORR would have been 19%.",
        "In the LIMA trial [4], the ORR was 19% in the combination arm.",
    ],
)
def test_unclear_or_cited_but_never_own(said: Said, body: str) -> None:
    assert said("Discussion", body)["19"] in (Origin.UNCLEAR, Origin.CITED)


def test_results_are_own_also_with_a_method_cited(said: Said) -> None:
    assert said("Results", "By RECIST 1.1 [9], the ORR was 19%.")["19"] is Origin.OWN
    assert said("Results", "The ORR was 19% compared with placebo.")["19"] is Origin.OWN
    assert said("Results", "Nausea was reported by 19% of patients.")["19"] is Origin.OWN
    cited = said("Results", "The ORR in a previous study was 19% [4].")
    assert cited["19"] is Origin.CITED


@pytest.mark.parametrize(
    ("body", "origin"),
    [
        ("Between 2018 and 2020, 47 patients were enrolled.", Origin.OWN),
        ("We reviewed the records of 47 patients.", Origin.OWN),
        ("A sample size of 47 patients was needed.", Origin.PLANNED),
        ("With 80% power, 47 patients were required.", Origin.PLANNED),
        ("Patients received 47 mg daily.", Origin.PLANNED),
        ("In all, 20 patients received the drug at 47 mg daily.", Origin.PLANNED),
        ("Patients older than 47 years were eligible.", Origin.PLANNED),
    ],
)
def test_methods(said: Said, body: str, origin: Origin) -> None:
    assert said("Methods", body)["47"] is origin


def test_introduction(text: Reader) -> None:
    document = text(
        "Abstract\n\nA.\n\n1. Introduction\n\nUp to 50% of patients relapse [1].\n\n"
        "In this study, we treated 44 patients.\n\n"
        "We published a pilot study of 12 patients [3].\n"
    )
    origins = [s.origin for s in sentences(document) if s.section == "introduction"]
    assert origins == [Origin.CITED, Origin.OWN, Origin.CITED]


def test_parts_of_an_abstract(text: Reader) -> None:
    document = text(
        "Abstract\n\nBackground: The ORR of sorafenib is 10%. Methods: A dose of 60 mg was "
        "given daily. Results: The ORR was 19%. Conclusions: An ORR of 19% is promising.\n\n"
        "1. Introduction\n\nIt is so.\n"
    )
    origins = [s.origin for s in sentences(document) if s.section == "abstract"]
    assert origins == [Origin.CITED, Origin.PLANNED, Origin.OWN, Origin.OWN]


def test_a_table_of_other_studies(text: Reader) -> None:
    document = text(
        "Results\n\nSo it was.\n\nTable 1. Published trials of 3 drugs\n\n"
        "Item\tA\nx\t1 (2)\ny\t2 (3)\n"
    )
    assert [s.origin for s in sentences(document)] == [Origin.OWN, Origin.CITED]
