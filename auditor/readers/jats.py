"""Reads articles in JATS XML, the format of PubMed Central and of most publishers."""

from __future__ import annotations

from lxml import etree

from auditor.document import Document
from auditor.errors import InputError
from auditor.readers.builder import TextBuilder
from auditor.readers.jats_tables import read_tables
from auditor.readers.jats_text import read_text
from auditor.readers.xml_safety import local_name, parse_xml

_JATS_PARTS = frozenset(("front", "body", "back", "floats-group", "front-stub"))


def read_jats(text: str, *, name: str, source: str, sha256: str = "") -> Document:
    """The document of a JATS article; ``source`` names the file in messages.

    ``Document.text`` is built in reading order: title, abstract, body, figure captions, tables.

    Raises:
        InputError: the XML is broken, unsafe, or no JATS article.
    """
    article = _article(parse_xml(text, source), source)
    builder = TextBuilder()
    title, sections = read_text(article, builder)
    tables = read_tables(article, builder)
    return Document(
        name=name,
        kind="jats",
        text=builder.text,
        title=title,
        sections=sections,
        tables=tables,
        sha256=sha256,
    )


def _article(root: etree._Element, source: str) -> etree._Element:
    tag = local_name(root)
    articles = [root]
    if tag != "article":
        articles = [element for element in root.iter() if local_name(element) == "article"]
    if tag.lower() == "html":
        raise InputError(
            "this is an HTML page, not JATS XML",
            source=source,
            hint="Fetch the full text as XML (the .nxml of PubMed Central).",
        )
    if len(articles) > 1:
        raise InputError(
            f"the file holds {len(articles)} articles; one at a time is read", source=source
        )
    if articles and any(local_name(child) in _JATS_PARTS for child in articles[0]):
        return articles[0]
    raise InputError(
        f"this is XML, but no JATS article: its root element is <{tag}>"
        + (" without front and body" if tag == "article" else ""),
        source=source,
    )
