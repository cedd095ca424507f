"""The running text in the reports: states, links there and back, both places, the queue."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from lxml import html as lxml_html

from auditor.audit import Audit, TextRead
from auditor.report.html import render
from auditor.report.json_report import as_dict
from auditor.report.text import summary
from auditor.report.text_states import Standing, State, standings, tally
from auditor.statement import Origin, Prose
from auditor.topic import Link, Linked, Twin


def tree(source: str) -> Any:
    return lxml_html.fromstring(source)


@pytest.fixture(scope="module")
def audit_of_text(texts: ModuleType) -> Audit:
    made: Audit = texts.text()
    return made


@pytest.fixture(scope="module")
def root(audit_of_text: Audit) -> Any:
    return tree(render(audit_of_text))


def by_quote(found: dict[str, Standing], quote: str) -> Standing:
    return next(s for s in found.values() if quote in s.statement.place.quote)


def test_each_statement_has_its_state(audit_of_text: Audit) -> None:
    found = standings(audit_of_text.texts[0])
    assert by_quote(found, "47% (14/30)").state is State.DIFFERS
    assert by_quote(found, "30% (9/30)").state is State.AGREES
    assert by_quote(found, "11 patients").state is State.ALONE
    assert by_quote(found, "35% (7/20)").state is State.CITED
    assert sum(tally(found).values()) == len(audit_of_text.texts[0].prose.statements)


@pytest.mark.parametrize(
    ("link", "twin", "state"),
    [
        ((True, 0.9, False), None, State.AGREES),
        ((True, 0.5, False), None, State.PERSON),
        ((False, 0.9, False), None, State.PERSON),
        ((False, 0.9, True), None, State.DIFFERS),
        ((False, 0.2, False), None, State.ALONE),
        ((True, 0.9, False), (False, 0.9, True), State.DIFFERS),
        ((False, 0.9, False), (True, 0.9, False), State.AGREES),
        (None, (False, 0.6, False), State.PERSON),
    ],
)
def test_a_state_follows_from_links_and_twins(
    audit_of_text: Audit,
    link: tuple[bool, float, bool] | None,
    twin: tuple[bool, float, bool] | None,
    state: State,
) -> None:
    read = audit_of_text.texts[0]
    one, other = read.prose.statements[:2]
    fact = read.linked.facts[0]
    links: tuple[Link, ...] = ()
    twins: tuple[Twin, ...] = ()
    if link is not None:
        agrees, confidence, certain = link
        links = (Link(one.id, "count", (fact,), "same", "2", agrees, confidence, (), certain),)
    if twin is not None:
        agrees, confidence, certain = twin
        twins = (Twin(one.id, other.id, "count", agrees, confidence, (), certain),)
    found = standings(TextRead(Prose((), (one, other)), Linked(links=links, twins=twins)))
    assert one.origin is Origin.OWN
    assert found[one.id].state is state


def test_numbers_lead_to_their_cells_and_back(root: Any) -> None:
    marks = {a.text_content(): a for a in root.xpath("//p[@class='prose']/a")}
    target = root.get_element_by_id(marks["30% (9/30)"].get("href")[1:])
    assert target.text_content().startswith("9 (30%)")
    back = target.xpath("a[contains(@class, 'text-ref')]")[0]
    assert root.get_element_by_id(back.get("href")[1:]).text_content() == "30% (9/30)"
    assert "differs" in marks["47% (14/30)"].get("class")
    assert "12 (40%)" not in marks["47% (14/30)"].get("title")
    assert "row 'ORR'" in marks["47% (14/30)"].get("title")
    for anchor in root.xpath("//a/@href"):
        assert anchor == "#" or root.xpath(f"//*[@id='{anchor[1:]}']"), anchor
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_text_is_whole_and_cited_numbers_are_told_apart(root: Any) -> None:
    shown = " ".join(" ".join(p.text_content().split()) for p in root.xpath("//p[@class='prose']"))
    assert "Fatigue was reported by 11 patients." in shown
    assert root.xpath("//span[@class='n cited']/text()")[0].startswith("35%")
    assert root.xpath("//section[@id='text']//details[not(@open)]")


def test_both_places_of_a_contradiction_stand_side_by_side(root: Any) -> None:
    (sides,) = root.xpath("//article[.//span[@class='code']='TXT001']//dl[@class='sides']")
    left, right = sides.xpath("./div")
    assert "in the study drug group" in left.text_content()
    assert left.xpath(".//mark/text()") == ["14"]
    (slip,) = right.xpath(".//table")
    assert slip.xpath(".//th[@scope='col']//text()") == ["Study drug (N = 30)"]
    assert slip.xpath(".//th[@scope='row']//text()") == ["ORR"]
    assert slip.xpath(".//mark/text()") == ["12"]
    links = sides.xpath(".//dd[@class='places']//a/@href")
    assert all(root.xpath(f"//*[@id='{link[1:]}']") for link in links)


def test_markup_in_the_text_is_text(texts: ModuleType) -> None:
    source = render(texts.hostile_text())
    page = tree(source)
    assert len(page.xpath("//script")) == 1
    assert texts.BAD in page.xpath("string(//section[@id='text'])")
    assert not [value for value in page.xpath("//@title") if "<b>" in value]


def test_a_long_text_does_not_drown_the_findings(texts: ModuleType) -> None:
    audit = texts.long_text()
    assert len(audit.texts[0].prose.statements) > 200
    page = tree(render(audit))
    order = [section.get("id") for section in page.xpath("//main/section")]
    assert order.index("findings") == 0
    assert order.index("text") > order.index("tables")
    assert not page.xpath("//section[@id='text']//details[@class='fold part'][@open]")
    assert len(page.xpath("//section[@id='person']//tbody/tr")) <= 60


def test_a_paper_without_statements_has_no_text_section(samples: ModuleType) -> None:
    page = tree(render(samples.realistic()))
    assert not page.xpath("//section[@id='text']")
    assert not page.xpath("//a[@href='#text']")


def test_the_summary_says_what_was_linked(audit_of_text: Audit, samples: ModuleType) -> None:
    (line,) = [text for text in summary(audit_of_text).splitlines() if "in the text:" in text]
    assert line.startswith(f"{len(audit_of_text.texts[0].prose.statements)} statements")
    assert "1 differ" in line
    assert "in the text:" not in summary(samples.realistic())


def test_json_has_the_links(audit_of_text: Audit) -> None:
    claims = as_dict(audit_of_text)["claims"]
    wrong = [c for c in claims if c["place"]["quote"] == "47% (14/30)"]
    assert {c["origin"] for c in wrong} == {"own"}
    links = [link for c in wrong for link in c["links"] if link["certain"] and not link["agrees"]]
    assert links
    ids = {c["id"] for c in claims}
    assert all(name in ids for link in links for name in link["claims"])
    assert all("links" not in c for c in claims if c["place"]["kind"] == "cell")


def test_places_of_text_are_told_by_section_and_quote(root: Any) -> None:
    group = root.xpath("//section[@class='group'][.//bdi='Running text']")[0]
    assert group.xpath(".//h3//bdi/text()") == ["Running text"]
    assert "Section 'Results'" in group.text_content()
