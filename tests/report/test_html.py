"""The HTML report: self-contained, escaped, linked both ways, sound in structure."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from types import ModuleType
from typing import Any

import pytest
from lxml import html as lxml_html

from auditor.audit import Audit, Coverage
from auditor.report.html import render


def tree(source: str) -> Any:
    return lxml_html.fromstring(source)


VOID = {"meta", "br", "input", "link", "img", "hr"}


class Page(HTMLParser):
    """Start tags with their attributes, the text, and whether every end tag fits."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.misfits: list[str] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        self.misfits += [f"{tag} stays open" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.misfits.append(f"</{tag}> in {self._open[-3:]}")

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] not in ("script", "style"):
            self.texts.append(data)

    def values(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]


@pytest.fixture(scope="module")
def page(audit: Audit) -> Page:
    return Page(render(audit))


def test_the_same_audit_gives_the_same_bytes(audit: Audit) -> None:
    assert render(audit).encode() == render(audit).encode()


def test_tags_nest(page: Page) -> None:
    assert page.misfits == []


def test_nothing_outside_is_referred_to(page: Page) -> None:
    assert all(value.startswith("#") for value in page.values("href"))
    for name in ("src", "srcset", "action", "style", "data", "poster", "formaction"):
        assert page.values(name) == []
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert not {"link", "img", "iframe", "object", "embed", "base", "form"} & {
        tag for tag, _ in page.tags
    }


def test_only_the_pages_own_script_and_style_run(audit: Audit) -> None:
    source = render(audit)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', source)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    for tag in ("style", "script"):
        bodies = re.findall(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        assert len(bodies) == 1
        digest = base64.b64encode(hashlib.sha256(bodies[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]


def test_the_style_loads_nothing(samples: ModuleType) -> None:
    style = render(samples.clean()).split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_hostile_text_is_shown_and_never_acts(extremes: ModuleType) -> None:
    source = render(extremes.hostile())
    page = Page(source)
    assert [tag for tag, _ in page.tags].count("script") == 1
    shown = "".join(page.texts)
    for text in extremes.HOSTILE[:3]:
        assert text in shown
    assert "{{ 7 * 7 }}{% raise %}" in shown
    assert "\x1b" not in source
    assert "\x07" not in source
    assert "javascript:" not in "".join(page.values("href"))


def test_every_link_has_a_target_and_every_id_is_unique(page: Page) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    for name in ("href", "aria-labelledby"):
        targets = {value.removeprefix("#") for value in page.values(name)}
        assert targets <= set(ids)


def test_findings_and_places_are_linked_both_ways(audit: Audit) -> None:
    root = tree(render(audit))
    articles = root.xpath("//article")
    assert len(articles) == len(audit.findings)
    documents = {document.name for document in audit.documents}
    printed = {f.message for f in audit.findings if f.places and f.places[0].input in documents}
    articles = [a for a in articles if a.xpath("string(p[@class='message'])") in printed]
    for article in articles:
        targets = article.xpath(".//dd[@class='places']//a/@href")
        assert targets
        backlinks = [
            root.xpath(f"//*[@id='{target[1:]}']//a[@href='#{article.get('id')}']")
            for target in targets[:1]
        ]
        assert all(backlinks)
    numbers = set(root.xpath("//main//sup[@class='refs']//a/@href"))
    assert numbers == {f"#{article.get('id')}" for article in articles}


def test_accessible_basics(audit: Audit) -> None:
    root = tree(render(audit))
    assert root.get("lang") == "en"
    assert root.xpath("string(//title)").startswith("Audit: ")
    assert len(root.xpath("//h1")) == 1
    levels = [int(h.tag[1]) for h in root.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert all(h.text_content().strip() for h in root.xpath("//h1|//h2|//h3|//h4"))
    for landmark in ("header", "nav", "main", "footer"):
        assert len(root.xpath(f"//body/{landmark}")) == 1
    assert root.xpath("//body/a[@class='skip']/@href") == ["#findings"]
    assert not root.xpath("//th[not(@scope)]")
    assert len(root.xpath("//table/caption")) == len(root.xpath("//table"))
    for box in root.xpath("//div[@class='scroll']"):
        assert box.get("tabindex") == "0"
        assert box.get("aria-label")
    for drawing in root.xpath("//svg[not(ancestor-or-self::*[@aria-hidden='true'])]"):
        assert drawing.get("role") == "img"
        assert drawing.xpath("string(title)")
        assert drawing.xpath("string(desc)")


def test_severity_is_written_out(audit: Audit) -> None:
    root = tree(render(audit))
    for article in root.xpath("//article"):
        word = article.xpath("string(.//h4/span[@class='severity'])")
        assert word.lower() == article.get("data-severity")
    for ref in root.xpath("//main//sup[@class='refs']/a"):
        assert re.fullmatch(r"(used by )?(error|warning|note), finding \d+", ref.get("aria-label"))


def test_a_finding_shows_all_it_has(samples: ModuleType) -> None:
    root = tree(render(samples.realistic()))
    card = next(a for a in root.xpath("//article") if "PCT001" in a.text_content())
    text = " ".join(card.text_content().split())
    for words in (
        "percent-mismatch",
        "Error",
        "impossible No data can give this number.",
        "12 / 31 = 0.38710 = 38.7%",
        "the numerator may have been 14",
        "Copy for the review",
    ):
        assert words in text
    pairs = zip(
        card.xpath(".//dl[@class='compare']//dt"),
        card.xpath(".//dl[@class='compare']//dd"),
        strict=True,
    )
    assert [(name.text, value.text_content()) for name, value in pairs] == [
        ("Reported", "45%"),
        ("Expected", "39%"),
    ]


def test_many_notes_are_folded_and_few_are_not(samples: ModuleType) -> None:
    root = tree(render(samples.realistic()))
    folded = root.xpath("//details[@class='notes']//article/@data-severity")
    assert folded == ["note"] * 6
    assert len(root.xpath("//article[@data-severity='note']")) == 7


def test_a_clean_page_claims_no_more_than_was_checked(samples: ModuleType) -> None:
    root = tree(render(samples.clean()))
    text = " ".join(root.text_content().split())
    assert "No contradiction found among 131 checked numbers, of 142 printed" in text
    assert "11 of 142 printed numbers were judged by no check." in text
    assert "Table 4 is an image and was not read." in text
    assert not re.search(r"\bcorrect\b", text)
    assert not root.xpath("//*[@class='toolbar'] | //article | //*[@class='legend']")


def test_nothing_checked_is_said_plainly(samples: ModuleType) -> None:
    empty = replace(samples.clean(), documents=(), inputs=(), coverage=Coverage())
    text = " ".join(tree(render(empty)).text_content().split())
    assert "No number was checked" in text
    assert "No contradiction found" not in text


def test_a_failed_check_cannot_be_missed(samples: ModuleType) -> None:
    root = tree(render(samples.incomplete()))
    banner = root.xpath("//header//section[@class='banner']")[0].text_content()
    assert "This audit is incomplete" in banner
    assert "RNG001" in banner
    assert "line 41" in banner
    first = root.xpath("//table[@class='checks']/tbody/tr")[0]
    assert first.get("class") == "failed"
    whole = tree(render(samples.realistic()))
    assert not whole.xpath("//section[@class='banner']")


def test_checks_say_how_they_ended_and_why(samples: ModuleType) -> None:
    root = tree(render(samples.realistic()))
    rows = {
        row.xpath("string(th)"): [cell.text_content() for cell in row.xpath("td")]
        for row in root.xpath("//table[@class='checks']/tbody/tr")
    }
    assert rows["SRV001"][1:] == ["not evaluable", "no table of survival by time"]
    assert rows["RSP002"][1] == "passed"
    assert rows["PCT001"][1] == "findings (1)"


def test_what_was_not_checked_is_listed_by_table_and_reason(samples: ModuleType) -> None:
    root = tree(render(samples.realistic()))
    section = root.get_element_by_id("unchecked")
    assert section.xpath(".//summary/bdi/text()") == ["Table 3 (no label)", "Table 4"]
    reasons = section.xpath(".//dl[@class='reasons']//dt/text()")
    assert reasons == [
        "no denominator for this column",
        "read with low confidence",
        "the table is an image",
    ]
    assert len(section.xpath(".//dd")) == 3
    assert section.xpath(".//summary/span/text()") == ["3"]


def test_inputs_and_rulebooks_are_named_with_their_hashes(extremes: ModuleType) -> None:
    text = tree(render(extremes.two_documents())).get_element_by_id("inputs")
    for digest in ("a" * 64, "f" * 64, "b" * 64):
        assert digest in text.text_content()


def test_several_documents_keep_their_tables_apart(extremes: ModuleType) -> None:
    root = tree(render(extremes.two_documents()))
    assert root.xpath("string(//h1)") == "2 manuscripts"
    supplement = root.xpath("//article[contains(., 'TXT002')]//dd[@class='places']//a/@href")
    assert supplement == ["#d2-t1-r5-c1", "#d1-t2-r5-c1"]


def test_cells_in_question_carry_their_severity(samples: ModuleType) -> None:
    root = tree(render(samples.realistic()))
    cell = root.get_element_by_id("d1-t2-r5-c1")
    assert "q-error" in cell.get("class")
    assert cell.xpath("string(mark)") == "45%"
    used = root.get_element_by_id("d1-t2-r1-c1")
    assert "q-used" in used.get("class")
    assert not root.xpath("//td[contains(., '24 (77%)')]/@id")


def test_a_passage_in_question_stands_in_its_paragraph(samples: ModuleType) -> None:
    root = tree(render(samples.realistic()))
    quote = root.xpath("//section[@class='passages']/blockquote")
    assert len(quote) == 1
    assert "Overall response was seen in" in quote[0].text_content()
    assert "Toxicity" not in quote[0].text_content()
