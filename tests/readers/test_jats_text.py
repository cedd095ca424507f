"""Running text of JATS articles: title, abstract, sections and their kinds, inline content."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.document import Document

Reader = Callable[[str], Document]
Files = Callable[[str, str], Document]


def shown(document: Document) -> list[tuple[str, str, int, list[str]]]:
    """(kind, title, level, texts of the paragraphs) of every section."""
    return [
        (s.kind, s.title, s.level, [document.text[p.start : p.end] for p in s.paragraphs])
        for s in document.sections
    ]


def test_reading_order_and_sections(read: Files) -> None:
    document = read(
        "paper.nxml",
        "<?xml version='1.0'?><!DOCTYPE article PUBLIC 'a' 'b.dtd'>"
        "<article><front><article-meta><title-group><article-title>A <italic>trial</italic>"
        "</article-title></title-group><abstract><sec><title>Background</title><p>Why.</p></sec>"
        "<sec><title>Results</title><p>Found 5.</p></sec></abstract></article-meta></front>"
        "<body><sec sec-type='methods'><title>What we did</title><p>One.</p><sec><title>Patients"
        "</title><p>Two.</p></sec></sec><sec><title>3. Results</title><p>Three.</p></sec></body>"
        "<back><ack><p>Thanks.</p></ack><ref-list><ref><mixed-citation>Smith 2010</mixed-citation>"
        "</ref></ref-list></back></article>",
    )
    assert document.kind == "jats"
    assert document.title == "A trial"
    assert shown(document) == [
        ("abstract", "Abstract", 1, []),
        ("abstract", "Background", 2, ["Why."]),
        ("abstract", "Results", 2, ["Found 5."]),
        ("methods", "What we did", 1, ["One."]),
        ("methods", "Patients", 2, ["Two."]),
        ("results", "3. Results", 1, ["Three."]),
    ]
    assert document.text.startswith("A trial\n\nAbstract\n\nBackground\n\nWhy.")
    assert "Smith" not in document.text
    assert len(document.sha256) == 64


def test_structured_abstract_in_one_paragraph(read: Files) -> None:
    document = read(
        "p.xml",
        "<article><front><abstract><p><italic>Objective</italic>. To compare. "
        "<bold>Methods:</bold> In 48 patients. "
        "<bold>Results.</bold> Response was 8%. It held.</p></abstract></front>"
        "<body/></article>",
    )
    assert [(t, p) for _, t, _, p in shown(document)[1:]] == [
        ("Objective", ["To compare."]),
        ("Methods", ["In 48 patients."]),
        ("Results", ["Response was 8%. It held."]),
    ]


def test_a_sentence_that_begins_with_results_is_no_heading(read: Files) -> None:
    document = read(
        "p.xml",
        "<article><front><abstract><p>Results were mixed. Conclusions differ: some died."
        "</p></abstract></front><body/></article>",
    )
    assert [s.title for s in document.sections] == ["Abstract"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Patients and methods", "methods"), ("Statistical analysis", "methods"),
        ("MATERIALS AND METHODS", "methods"), ("1. Introduction", "introduction"),
        ("Background", "introduction"), ("Results and discussion", "results"),
        ("Discussion", "discussion"), ("Conclusions", "conclusion"), ("Funding", "other"),
        ("Patient flow", "other"),
    ],
)  # fmt: skip
def test_kinds_by_title(jats: Reader, title: str, kind: str) -> None:
    document = jats(f"<sec><title>{title}</title><p>x</p></sec>")
    assert document.sections[0].kind == kind


def test_unknown_sections_between_results_and_discussion_tell_results(jats: Reader) -> None:
    def sec(title: str) -> str:
        return f"<sec><title>{title}</title><p>x</p></sec>"

    document = jats(sec("Results") + sec("Safety") + sec("Discussion") + sec("Outlook"))
    assert [s.kind for s in document.sections] == ["results", "results", "discussion", "other"]
    document = jats(sec("Results") + sec("Safety"))
    assert [s.kind for s in document.sections] == ["results", "other"]


def test_a_panel_is_kept_apart_from_the_results(jats: Reader) -> None:
    document = jats(
        "<sec><title>Results</title><p>Ours.</p><boxed-text><caption><title>Panel</title></caption>"
        "<sec><title>Evidence</title><p>Theirs: 60%.</p></sec></boxed-text></sec>"
    )
    assert [(s.kind, s.title) for s in document.sections] == [
        ("results", "Results"),
        ("other", "Panel"),
        ("other", "Evidence"),
    ]


def test_lists_give_paragraphs_and_figures_sections(jats: Reader) -> None:
    document = jats(
        "<sec><title>Methods</title><p>Criteria: <list><list-item><p>age 18</p></list-item>"
        "<list-item><p>ECOG 0</p></list-item></list> and consent.</p>"
        "<fig><label>Figure 1</label><caption><p>Flow of 44 patients.</p></caption></fig></sec>"
    )
    assert shown(document) == [
        ("methods", "Methods", 1, ["Criteria:", "age 18", "ECOG 0", "and consent."]),
        ("other", "Figure 1", 1, ["Flow of 44 patients."]),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("seen<xref ref-type='bibr'>[14]</xref> before", "seen[14] before"),
        ("in 547<sup>18</sup> patients", "in 547^18 patients"),
        ("at 10<sup>9</sup>/L", "at 10^9/L"),
        (
            "so <inline-formula><alternatives><tex-math>\\documentclass{x}\\begin{document}"
            "$$P \\leq 0.05$$\\end{document}</tex-math></alternatives></inline-formula> held",
            "so P ≤ 0.05 held",
        ),
        (
            "<inline-formula><mml:math xmlns:mml='http://www.w3.org/1998/Math/MathML'><mml:msup>"
            "<mml:mi>m</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math></inline-formula> of skin",
            "m^2 of skin",
        ),
        ("n&#160;=&#160;12\n  of 13", "n = 12 of 13"),
        ("caf&eacute; &lt; 5&nbsp;mg", "café < 5 mg"),
        (
            "see <supplementary-material><caption><p>S1</p></caption></supplementary-material>x",
            "see x",
        ),
    ],
)
def test_inline_content(jats: Reader, source: str, expected: str) -> None:
    document = jats(f"<sec><title>Results</title><p>{source}</p></sec>")
    assert shown(document)[0][3] == [expected]


def test_namespaced_jats_and_an_article_within_a_response(read: Files) -> None:
    article = "<article xmlns='https://jats.nlm.nih.gov/ns'><body><p>Text.</p></body></article>"
    assert read("a.xml", article).sections[0].kind == "other"
    wrapped = f"<?xml version='1.0'?><pmc-articleset>{article}</pmc-articleset>"
    assert "Text." in read("b.xml", wrapped).text
