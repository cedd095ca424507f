"""Title, abstract, sections and figure captions of a JATS article."""

from __future__ import annotations

from lxml import etree

from auditor.document import Paragraph, Section
from auditor.readers.builder import TextBuilder
from auditor.readers.jats_inline import pieces_of, text_of
from auditor.readers.runs import Run, compose
from auditor.readers.sections import OpenSection, close, infer_results, split_run_in
from auditor.readers.titles import section_kind
from auditor.readers.xml_safety import local_name

_SIDE_ABSTRACTS = frozenset(("graphical", "teaser", "toc", "web-summary", "key-points", "video"))
_PARTS = frozenset(("sec", "app-group", "app"))
_BLOCKS = frozenset(
    ("p", "list", "def-list", "disp-quote", "statement", "speech", "verse-group", "list-item",
     "def-item", "def", "disp-formula", "disp-formula-group")
)  # fmt: skip


def read_text(article: etree._Element, builder: TextBuilder) -> tuple[str, tuple[Section, ...]]:
    """Write the running text of ``article``; returns its title and its sections."""
    title = ""
    for element in article.iter():
        if local_name(element) == "article-title" and _parent_name(element) == "title-group":
            title = text_of(element)
            break
    if title:
        builder.block(title)
    reader = _Reader(builder)
    for name in ("front", "body", "back"):
        for part in article:
            if local_name(part) == name:
                reader.part(name, part)
    infer_results(reader.sections)
    for element in article.iter():
        if local_name(element) == "fig":
            reader.figure(element)
    return title, close(reader.sections)


class _Reader:
    """Writes text and keeps the sections in reading order."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self.sections: list[OpenSection] = []

    def part(self, name: str, part: etree._Element) -> None:
        if name == "front":
            for element in part.iter():
                if local_name(element) in ("abstract", "trans-abstract"):
                    self._abstract(element)
        elif name == "body":
            self._children(part, self._open("other", "", 1), 0)
        else:
            for child in part:
                if local_name(child) in _PARTS:
                    self._section(child, "other", 1)

    def figure(self, fig: etree._Element) -> None:
        """The caption of a figure as a section of its own, since it belongs to no paragraph."""
        label = next((text_of(c) for c in fig if local_name(c) == "label"), "")
        captions = [c for c in fig if local_name(c) == "caption"]
        parts = [p for c in captions for p in c if local_name(p) in ("title", "p")]
        if not parts:
            return
        if label:
            self._builder.block(label)
        section = self._open("other", label or "Figure", 1, fixed=True)
        for part in parts:
            self._block(part, section)

    def _open(self, kind: str, title: str, level: int, *, fixed: bool = False) -> OpenSection:
        section = OpenSection(kind, title, level, fixed)
        self.sections.append(section)
        return section

    def _abstract(self, abstract: etree._Element) -> None:
        side = (abstract.get("abstract-type") or "") in _SIDE_ABSTRACTS
        kind = "other" if side or local_name(abstract) == "trans-abstract" else "abstract"
        title = text_of(_title(abstract)) or "Abstract"
        self._builder.block(title)
        section = self._open(kind, title, 1, fixed=True)
        self._children(abstract, section, 1)
        if kind == "abstract":
            parts = split_run_in(section, self._builder.text)
            at = self.sections.index(section) + 1
            self.sections[at:at] = parts

    def _section(
        self, sec: etree._Element, inherited: str, level: int, *, fixed: bool = False
    ) -> None:
        """A section; in an abstract or a panel (``fixed``) the title does not change the kind."""
        title = text_of(_title(sec))
        named = None if fixed else section_kind(title, sec.get("sec-type") or "")
        if title:
            self._builder.block(title)
        self._children(sec, self._open(named or inherited, title, level, fixed=fixed), level)

    def _children(self, parent: etree._Element, section: OpenSection, level: int) -> None:
        for child in parent:
            name = local_name(child)
            if name in _PARTS:
                self._section(child, section.kind, level + 1, fixed=section.fixed)
            elif name == "boxed-text":
                self._box(child, level + 1)
            elif name in _BLOCKS:
                self._block(child, section)

    def _box(self, box: etree._Element, level: int) -> None:
        """A panel beside the text often tells of other studies: never of the results' kind."""
        caption = next((c for c in box if local_name(c) == "caption"), None)
        title = text_of(_title(box)) or text_of(caption)
        if title:
            self._builder.block(title)
        self._children(box, self._open("other", title, level, fixed=True), level)

    def _block(self, block: etree._Element, section: OpenSection) -> None:
        """A paragraph; lists and quotations within it give paragraphs of their own."""
        runs: list[Run] = []
        for piece in pieces_of(block):
            if isinstance(piece, list):
                runs += piece
                continue
            self._paragraph(runs, section)
            runs = []
            if local_name(piece) == "boxed-text":
                self._box(piece, section.level + 1)
            else:
                self._block(piece, section)
        self._paragraph(runs, section)

    def _paragraph(self, runs: list[Run], section: OpenSection) -> None:
        text = compose(runs).text.replace("\n", " ")
        if text:
            section.paragraphs.append(Paragraph(*self._builder.block(text)))


def _title(element: etree._Element) -> etree._Element | None:
    return next((child for child in element if local_name(child) == "title"), None)


def _parent_name(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else local_name(parent)
