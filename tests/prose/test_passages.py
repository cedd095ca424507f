"""What a page break, a table or a line end has parted is read as one, with true offsets."""

from __future__ import annotations

from collections.abc import Callable

from auditor.document import Document
from auditor.prose.passages import passages
from auditor.prose.sentences import sentences
from auditor.statement import Source

Reader = Callable[[str], Document]


def shown(document: Document) -> list[str]:
    return [p.text for p in passages(document) if p.source is Source.PARAGRAPH]


def test_a_sentence_parted_by_a_table(text: Reader) -> None:
    document = text(
        "Results\n\nThe histologi-\n\nTable 1. T.\n\nItem\tA\nx\t1 (2)\n\ncal subtypes "
        "of 31 patients were seen according to the National\n\n"
        "Cancer Institute. It was so.\n\nNext one.\n"
    )
    assert shown(document) == [
        "The histological subtypes of 31 patients were seen according to the National "
        "Cancer Institute. It was so.",
        "Next one.",
    ]
    first = sentences(document)[0]
    at = first.text.index("31")
    assert document.text[slice(*first.span(at, at + 2))] == "31"
    assert len(first.offsets) == len(first.text)


def test_whole_sentences_are_not_joined(text: Reader) -> None:
    document = text("Results\n\nIt was so [3, 4].\n\nthen more\n\n“Quoted.”\n\n5 died.\n")
    assert shown(document) == ["It was so [3, 4].", "then more", "“Quoted.”", "5 died."]


def test_hyphens_at_the_end_of_a_line(text: Reader) -> None:
    document = text(
        "Results\n\nThe diar-\nrhea and follow-\nup of progression-\nfree patients, first-\n"
        "or second-line, with PD-\nL1 and mono-\ntherapy were as before.\n"
        "\nDiarrhea was rare, progression-free survival long.\n"
    )
    assert shown(document)[0] == (
        "The diarrhea and follow-up of progression-free patients, first- "
        "or second-line, with PD-L1 and monotherapy were as before."
    )


def test_heads_and_feet_of_pages_do_not_part_a_sentence(text: Reader) -> None:
    document = text(
        "Results\n\nOf the patients seven had\n\nJournal of Things 3\n\n3\n\nstable disease.\n\n"
        "Others had\n\nJournal of Things 4\n\nprogressive disease.\n\nJournal of Things 5\n"
    )
    assert shown(document) == [
        "Of the patients seven had stable disease.",
        "Others had progressive disease.",
    ]


def test_remnants_are_resolved_with_true_offsets(text: Reader) -> None:
    document = text(
        "Results\n\nRates (6% vs. 38%, $P = 0.047$) at 10^{9}/L in *de novo* &lt;5\nmg.\n"
    )
    only = sentences(document)[0]
    assert only.text == "Rates (6% vs. 38%, P = 0.047) at 10^9/L in de novo <5 mg."
    for word in ("38%", "0.047", "10", "novo", "mg"):
        at = only.text.index(word)
        assert document.text[slice(*only.span(at, at + len(word)))] == word


def test_jats_paragraphs_stay_as_they_are(jats: Reader) -> None:
    document = jats("<sec><title>Results</title><p>costs $5 *</p><p>and more</p></sec>")
    assert shown(document) == ["costs $5 *", "and more"]


def test_a_heading_without_number_is_no_sentence_but_a_title(text: Reader) -> None:
    document = text(
        "Results\n\nTreatment that was delivered\n\nAll but three of the patients had every one "
        "of the planned cycles.\n\nToxicity\n\nNausea was seen in seven patients and fatigue in "
        "nine of the others.\n\nKeywords: nausea; fatigue\n"
    )
    assert [(p.title, p.path) for p in passages(document)] == [
        ("Treatment that was delivered", ("Results", "Treatment that was delivered")),
        ("Toxicity", ("Results", "Toxicity")),
    ]


def test_a_broken_paragraph_of_jats(jats: Reader) -> None:
    document = jats(
        "<sec><title>Results</title><p>It was so (as seen,</p><p>or not) in 3.</p>"
        "<p>Given were:</p><list><list-item><p>one</p></list-item></list></sec>"
    )
    assert shown(document) == ["It was so (as seen, or not) in 3.", "Given were:", "one"]
