"""Sentences that a page break or a table has parted are read as one, with true offsets."""

from __future__ import annotations

from collections.abc import Callable

from auditor.document import Document
from auditor.readers import JoinedText, joined_text, paragraph_groups

Reader = Callable[[str], Document]


def groups(document: Document) -> list[JoinedText]:
    section = document.sections[-1]
    return [joined_text(document, group) for group in paragraph_groups(document, section)]


def test_a_sentence_parted_by_a_table(text: Reader) -> None:
    document = text(
        "Results\n\nThe histologi-\n\nTable 1. T.\n\nItem\tA\nx\t1 (2)\n\ncal subtypes "
        "of 31 patients were seen according to the National\n\n"
        "Cancer Institute. It was so.\n\nNext one.\n"
    )
    first, second = groups(document)
    assert first.text == (
        "The histological subtypes of 31 patients were seen according to the National "
        "Cancer Institute. It was so."
    )
    assert second.text == "Next one."
    at = first.text.index("31")
    assert document.text[slice(*first.span(at, at + 2))] == "31"
    assert len(first.offsets) == len(first.text)


def test_whole_sentences_are_not_joined(text: Reader) -> None:
    document = text("Results\n\nIt was so [3, 4].\n\nthen more\n\n“Quoted.”\n\n5 died.\n")
    assert [joined.text for joined in groups(document)] == [
        "It was so [3, 4].",
        "then more",
        "“Quoted.”",
        "5 died.",
    ]


def test_remnants_are_resolved_with_true_offsets(text: Reader) -> None:
    document = text(
        "Results\n\nRates (6% vs. 38%, $P = 0.047$) at 10^{9}/L in *de novo* &lt;5\nmg.\n"
    )
    joined = groups(document)[0]
    assert joined.text == "Rates (6% vs. 38%, P = 0.047) at 10^9/L in de novo <5 mg."
    for word in ("38%", "0.047", "10", "novo", "mg"):
        at = joined.text.index(word)
        assert document.text[slice(*joined.span(at, at + len(word)))] == word


def test_jats_paragraphs_stay_as_they_are(jats: Reader) -> None:
    document = jats("<sec><title>Results</title><p>costs $5 *</p><p>and more</p></sec>")
    assert [joined.text for joined in groups(document)] == ["costs $5 *", "and more"]
