"""Abbreviations that a paper defines."""

from __future__ import annotations

import pytest

from auditor.document import Document, Footnote, Paragraph, Section, Table
from auditor.linking.abbreviations import Abbreviations, find_abbreviations


def _found(text: str) -> Abbreviations:
    section = Section("methods", "Methods", 1, (Paragraph(0, len(text)),))
    return find_abbreviations(Document("a.md", "markdown", text, sections=(section,)))


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Bone and soft tissue sarcomas (STSs) are rare", "STS", "soft tissue sarcomas"),
        ("The ORR (objective response rate) was low", "ORR", "objective response rate"),
        ("median PFS (m-PFS) was short", "m-PFS", "median PFS"),
        ("such as fibrosarcoma (FS) and others", "FS", "fibrosarcoma"),
        ("spindle undifferentiated sarcoma (USS)", "USS", "spindle undifferentiated sarcoma"),
        ("total pCR (tpCR; ypT0/is ypN0) was", "tpCR", "total pCR"),
        ("progression–free survival (PFS)", "PFS", "progression-free survival"),
        ("Cumulative Illness Rating Scale for Geriatrics (CIRS-G)", "CIRS-G",
         "Cumulative Illness Rating Scale for Geriatrics"),
    ],
)  # fmt: skip
def test_definitions_in_the_text(text: str, short: str, long: str) -> None:
    assert _found(text).long(short) == long


@pytest.mark.parametrize(
    "text",
    [
        "in 12 patients (ORR)",
        "of both treatment arms (ORR, R0 resection rate)",
        "the second phase (II) was",
        "as in Table 1 (A) and",
        "24 patients (30%) had",
        "the drug was stopped (see Methods).",
        "a study in Nanjing (China, USA)",
    ],
)
def test_brackets_that_define_nothing(text: str) -> None:
    assert _found(text).definitions == ()


def test_a_definition_knows_its_place() -> None:
    text = "We recorded the disease control rate (DCR) and more."
    place = _found(text).definitions[0].place
    assert place.start is not None
    assert text[place.start : place.end] == "disease control rate (DCR)"


def test_a_plural_is_known_as_its_singular() -> None:
    found = _found("Adverse events (AEs) were graded.")
    assert found.long("AEs") == found.long("AE") == "Adverse events"


@pytest.mark.parametrize(
    "note",
    [
        "ECOG: Eastern Cooperative Oncology Group; CR: complete response.",
        "Abbreviations: ECOG, Eastern Cooperative Oncology Group; CR, complete response",
        "ECOG = Eastern Cooperative Oncology Group, CR = complete response",
        "ECOG – Eastern Cooperative Oncology Group; CR – complete response.",
    ],
)
def test_lists_under_tables(note: str) -> None:
    table = Table(0, "Table 1", "Patients", (), 0, (Footnote("", note),))
    found = find_abbreviations(Document("a.md", "markdown", "", tables=(table,)))
    assert found.long("ECOG") == "Eastern Cooperative Oncology Group"
    assert found.long("CR") == "complete response"
    assert {d.scope for d in found.definitions} == {0}


def test_a_plain_definition_is_taken_before_an_involved_one() -> None:
    found = _found(
        "Drug A and drug B (AB) either without or with drug C (AB-C). Later AB in combination "
        "with drug C (AB-C) was used."
    )
    assert "either" not in found.long("AB-C")
