"""What is read as a sentence, what in it points elsewhere, and what it takes over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.document import Document
from auditor.prose.discourse import subject_of
from auditor.prose.sentences import sentences
from auditor.statement import Sentence, Source

Reader = Callable[[str], Document]


def cited(sentence: Sentence) -> list[str]:
    return [sentence.text[a:b] for a, b in sentence.citations]


def pointed(sentence: Sentence) -> list[str]:
    return [sentence.text[a:b] for a, b in sentence.pointers]


def test_numbers_in_brackets_are_citations_where_the_paper_cites_so(text: Reader) -> None:
    read = sentences(
        text(
            "1. Introduction\n\nIt is common [1].\n\n2. Results\n\nThe median age was 63 [34-81] "
            "years in 12 patients, as before [6, 8–10] and by Roe et al. (2010).\n"
        )
    )
    assert cited(read[-1]) == ["[6, 8–10]", "(2010)"]


def test_the_first_reference_may_stand_behind_a_bracket(text: Reader) -> None:
    read = sentences(
        text(
            "1. Introduction\n\nThe hazard ratio was 0.70 (95% CI, 0.56 to 0.89; P = .001) [1]. "
            "An ORR of 14.0% (95% CI, 9.4 to 19.7) [3] was seen.\n"
        )
    )
    assert [cited(sentence) for sentence in read] == [["[1]"], ["[3]"]]


def test_numbers_in_brackets_are_data_where_it_does_not(text: Reader) -> None:
    read = sentences(text("Results\n\nAge was 63 [34] years in men [12] and others [31].\n"))
    assert cited(read[0]) == []


def test_round_brackets_and_names_with_years(text: Reader) -> None:
    read = sentences(
        text(
            "1. Introduction\n\nIt is common (1). It kills (2, 3) and so on (Roe et al., 2010; Doe "
            "and Poe, 2011).\n\n2. Results\n\nRash was seen (12).\n\n3. Discussion\n\nThe ORR was "
            "34% in a trial (12) and by Roe (2015) in 5. It began later (January 2010).\n"
        )
    )
    assert [cited(s) for s in read] == [
        ["(1)"],
        ["(2, 3)", "(Roe et al., 2010; Doe and Poe, 2011)"],
        [],
        ["(12)", "(2015)"],
        [],
    ]


def test_references_behind_a_percentage(text: Reader) -> None:
    read = sentences(
        text(
            "1. Introduction\n\nIt is common (1). The rate was 48% (4).\n\n2. Results\n\nRash was "
            "seen: 31% (4).\n\n3. Discussion\n\nIt was 41.3% (1) there and (18%)2 here, or "
            "(39%).3 Others had 5.\n"
        )
    )
    found = [cited(s) for s in read]
    assert found == [["(1)"], ["(4)"], [], ["(1)", "2", "3"], []]


def test_superscripts(jats: Reader) -> None:
    read = sentences(
        jats(
            "<sec><title>Results</title><p>It was so.<sup>1,2</sup> The dose was 75 mg/m<sup>2"
            "</sup> in trials<sup>3</sup> of 10<sup>9</sup> cells. It was as before.<xref "
            'ref-type="bibr">4</xref>, <xref ref-type="bibr">13</xref> Others had 5.</p></sec>'
        )
    )
    assert [cited(s) for s in read] == [["^1,2"], ["^3"], ["^4, ^13"], []]


@pytest.mark.parametrize(
    ("body", "spans", "tables"),
    [
        ("It is in Table 2.", ["Table 2"], (1,)),
        ("See Tables 1 and 2 and Figure 5.", ["Tables 1 and 2", "Figure 5"], (0, 1)),
        ("As shown in Table 2, 35 (79.5%) patients had it.", ["Table 2"], (1,)),
        ("Of Supplementary Table 1 nothing is known.", ["Supplementary Table 1"], ()),
        ("It is shown (Fig. 2A, B and Table 1).", ["Fig. 2A, B", "Table 1"], (0,)),
        ("In Table 1 and 12 patients it was so.", ["Table 1"], (0,)),
        ("Tables 1-2 show it.", ["Tables 1-2"], (0, 1)),
        ("Grade 2 events were in arm A.", [], ()),
    ],
)
def test_pointers(text: Reader, body: str, spans: list[str], tables: tuple[int, ...]) -> None:
    grids = "".join(f"\n\nTable {n}. Items\n\nItem\tA\nx\t1\ny\t2" for n in (1, 2))
    read = [s for s in sentences(text(f"Results\n\n{body}{grids}\n")) if s.title == "Results"]
    assert [p for s in read for p in pointed(s)] == spans
    assert tuple(t for s in read for t in s.tables) == tables


def test_legends_captions_and_notes_are_read(jats: Reader) -> None:
    read = sentences(
        jats(
            "<sec><title>Results</title><p>So.</p><fig><label>Figure 1</label><caption><p>"
            "Survival of 12 patients.</p></caption></fig><table-wrap><label>Table 1</label>"
            "<caption><p>Events in 9.</p></caption><table><tr><td>a</td><td>1</td></tr></table>"
            "<table-wrap-foot>"
            "<fn><p>One of 3.</p></fn></table-wrap-foot></table-wrap></sec>"
            "<sec><title>Competing interests</title><p>None of 7.</p></sec>"
        )
    )
    assert [(s.source, s.text, s.table) for s in read] == [
        (Source.PARAGRAPH, "So.", None),
        (Source.FIGURE, "Survival of 12 patients.", None),
        (Source.CAPTION, "Events in 9.", 0),
        (Source.FOOTNOTE, "One of 3.", 0),
    ]


def test_what_stands_apart_is_left_out(text: Reader) -> None:
    document = text(
        "A Study of Some 12 Patients With Tumours\n\nRoe 1, Doe 2\n\nAbstract\n\nIt was so.\n\n"
        "Results\n\n3 died.\n\nFunding\n\nGrant 4.\n\nAuthors' Contributions\n\n5 wrote.\n\n"
        "References\n\n1. Roe 6.\n"
    )
    assert [s.text for s in sentences(document)] == ["It was so.", "3 died."]


def test_offsets_are_true_for_every_letter(text: Reader) -> None:
    document = text(
        "Results\n\n**Rates** (*P* = 0.04, $P = 0.047$) of diar-\nrhea at 10^{9}/L\tand "
        "IC_{50}; &lt;5%\n\nof men.\n"
    )
    for sentence in sentences(document):
        assert len(sentence.offsets) == len(sentence.text)
        assert list(sentence.offsets) == sorted(sentence.offsets)
        for ch, at in zip(sentence.text, sentence.offsets, strict=True):
            if ch.isalnum():
                assert document.text[at] == ch


def test_what_a_sentence_takes_over(text: Reader) -> None:
    read = sentences(
        text(
            "Results\n\nEleven patients had events. Of these patients, 5 stopped. The "
            "remaining six went on. Besides, one died. It rained.\n\nThese patients were old.\n"
        )
    )
    subjects = [subject_of(read, i) for i in range(len(read))]
    assert [s.relation for s in subjects] == ["", "same", "rest", "more", "", ""]
    assert [s.previous for s in subjects] == [None, 0, 1, 2, 3, None]
