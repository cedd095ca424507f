"""Numbers of the text as claims: once each, with stable ids, and with honest reasons."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from auditor.claims import Measure
from auditor.coverage import measured
from auditor.document import Document, Paragraph, Section
from auditor.extraction.fractions import text_fractions
from auditor.finding import Place
from auditor.linking.claims import (
    claim_id,
    claim_ids,
    reasons,
    statement_claims,
    text_numbers,
    with_claims,
)
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber, scan_numbers
from auditor.statement import Bounds, Kind, Origin, Prose, Sentence, Statement
from auditor.topic import Linked, Term, Topic

TEXT = "Overall, 36/44 (82%) responded (Table 2). Median PFS was 5.4 months (95% CI 4.1-6.8)."


def printed(text: str, words: str) -> PrintedNumber:
    """The number of ``text`` that stands in ``words`` first, with its place in the whole."""
    at = text.index(words)
    number = scan_numbers(words)[0]
    return replace(number, start=at + number.start, end=at + number.end)


def place(text: str, quote: str) -> Place:
    at = text.index(quote)
    return Place("paper.md", "text", quote, section="Results", start=at, end=at + len(quote))


def sentence(text: str, index: int = 0, origin: Origin = Origin.OWN) -> Sentence:
    at = text.index("Table 2")
    return Sentence(
        index,
        0,
        text,
        tuple(range(len(text))),
        title="Results",
        origin=origin,
        pointers=((at, at + len("Table 2")),),
    )


def response() -> Statement:
    count = printed(TEXT, "36")
    return Statement(
        id="S1",
        kind=Kind.COUNT,
        value=count,
        place=place(TEXT, "36/44 (82%)"),
        sentence=0,
        count=count,
        denominator=printed(TEXT, "44"),
        percent=printed(TEXT, "82%"),
    )


def survival() -> Statement:
    bounds = Bounds("95% CI", printed(TEXT, "4.1"), printed(TEXT, "6.8)"))
    return Statement(
        id="S2",
        kind=Kind.MEDIAN,
        value=printed(TEXT, "5.4"),
        place=place(TEXT, "5.4 months (95% CI 4.1-6.8)"),
        sentence=0,
        bounds=(bounds,),
        unit="months",
    )


def prose() -> Prose:
    return Prose((sentence(TEXT),), (response(), survival()))


def test_every_number_is_a_claim_once() -> None:
    arm = Term("arm", "study drug", "Study drug")
    linked = Linked(topics={"S1": Topic("ORR", frozenset({arm}))})
    claims = statement_claims(prose(), linked)
    assert [(c.id, c.quantity.measure, c.printed.text) for c in claims] == [
        ("S1.count", Measure.COUNT, "36"),
        ("S1.denominator", Measure.DENOMINATOR, "44"),
        ("S1.percent", Measure.PERCENT, "82%"),
        ("S2.value", Measure.MEDIAN, "5.4"),
        ("S2.lower", Measure.LOWER, "4.1"),
        ("S2.upper", Measure.UPPER, "6.8"),
    ]
    assert str(claims[0].population) == "ORR | Study drug"
    assert str(claims[4].quantity) == "lower (95% CI)"
    assert claims[0].confidence == 1
    assert claims[3].confidence < 1


def test_the_leading_number_has_one_id_by_either_name() -> None:
    assert claim_id(response()) == claim_id(response(), "count") == "S1.count"
    assert claim_id(survival()) == "S2.value"
    share = replace(response(), kind=Kind.PERCENT, value=printed(TEXT, "82%"), percent=None)
    assert claim_id(share) == claim_id(share, "percent") == "S1.percent"
    assert claim_ids(response()) == ("S1.count", "S1.denominator", "S1.percent")


def test_a_range_alone_is_two_numbers() -> None:
    low, high = printed(TEXT, "4.1"), printed(TEXT, "6.8)")
    alone = replace(survival(), kind=Kind.RANGE, value=low, bounds=(Bounds("range", low, high),))
    assert claim_ids(alone) == ("S2.lower", "S2.upper")
    assert claim_id(alone) == claim_id(alone, "lower") == "S2.lower"


def test_a_deviation_is_a_claim() -> None:
    mean = replace(survival(), kind=Kind.MEAN, bounds=(), spread=printed(TEXT, "4.1"))
    assert claim_ids(mean) == ("S2.value", "S2.spread")
    (_, spread) = statement_claims(Prose((), (mean,)), Linked())
    assert spread.quantity.measure is Measure.SD


def test_numbers_that_only_name_something_are_not_counted() -> None:
    found = text_numbers(prose(), statement_claims(prose(), Linked()))
    assert [TEXT[at:].split(maxsplit=1)[0] for at in sorted(found)] == [
        "36/44",
        "44",
        "82%)",
        "5.4",
        "4.1-6.8).",
        "6.8).",
    ]


def test_numbers_of_other_studies_count_as_far_as_they_were_read() -> None:
    cited = Prose((sentence(TEXT, origin=Origin.CITED),), (response(),))
    assert len(text_numbers(cited, statement_claims(cited, Linked()))) == 3
    word = replace(response(), value=PrintedNumber("None", Decimal(0), 0, start=200, end=204))
    spelled = Prose((sentence(TEXT),), (replace(word, count=None, id="S3"),))
    assert 200 in text_numbers(spelled, statement_claims(spelled, Linked()))


def test_a_fraction_that_a_statement_reads_is_the_same_claims() -> None:
    paragraph = Paragraph(0, len(TEXT))
    document = Document(
        "paper.md", "markdown", TEXT, sections=(Section("results", "Results", 1, (paragraph,)),)
    )
    fractions = text_fractions(document)
    mapped, others = with_claims(fractions, prose())
    assert [f.claims for f in mapped] == [("S1.count", "S1.denominator", "S1.percent")]
    assert others == ()
    differs = replace(response(), denominator=printed(TEXT, "5.4"))
    mapped, others = with_claims(fractions, Prose((), (differs,)))
    assert others == mapped == fractions


def test_reasons_say_whose_number_it_is() -> None:
    cited = replace(response(), id="S3", origin=Origin.CITED)
    planned = replace(response(), id="S4", origin=Origin.PLANNED)
    known = Linked(topics={"S1": Topic("ORR"), "S2": Topic("", residue=("odd",))})
    why = reasons(Prose((), (response(), survival(), cited, planned)), known)
    assert why["S1.percent"] == "no other place states it"
    assert why["S2.value"] == "what it states is not known"
    assert why["S3.count"] == "of a cited study"
    assert why["S4.count"] == "planned, not observed"


def test_a_number_that_two_statements_share_stands_where_it_is_and_counts_once() -> None:
    text = "The ORR was 6% versus 38% (P = 0.047)."
    shared = printed(text, "0.047")
    sides = [
        Statement(name, Kind.PERCENT, printed(text, words), place(text, words), 0, p_value=shared)
        for name, words in (("A1", "6%"), ("A2", "38%"))
    ]
    both = Prose((Sentence(0, 0, text, tuple(range(len(text)))),), tuple(sides))
    claims = statement_claims(both, Linked())
    assert [(c.id, c.place.quote) for c in claims if "p-value" in c.id] == [
        ("A1.p-value", "0.047"),
        ("A2.p-value", "0.047"),
    ]
    manuscript = Manuscript(Document("paper.md", "text", text), (), (), claims, 3, prose=both)
    none = measured([(manuscript, ())])
    assert (none.numbers, none.parsed, none.checked) == (3, 3, 0)
    assert measured([(manuscript, ("A2.p-value",))]).checked == 1
