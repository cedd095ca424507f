"""The inline content of JATS elements as runs of text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from auditor.readers.remnants import runs_of
from auditor.readers.runs import SOFT, Run, compose
from auditor.readers.xml_safety import all_text, local_name

BLOCKS = frozenset(
    ("p", "list", "list-item", "def-list", "def-item", "disp-quote", "sec", "boxed-text",
     "statement", "verse-group", "def", "speech")
)  # fmt: skip
FLOATS = frozenset(
    ("table-wrap", "table-wrap-group", "table", "fig", "fig-group", "supplementary-material",
     "media", "graphic", "inline-graphic", "inline-supplementary-material", "fn", "fn-group",
     "hr", "object-id", "alt-text", "long-desc", "ref-list", "boxed-text", "index-term",
     "permissions", "array", "chem-struct-wrap", "oasis-table", "annotation", "annotation-xml")
)  # fmt: skip
_FOOTNOTE = frozenset(("table-fn", "fn"))
_REFERENCE = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*")
_NEAR = 8
"""So many runs back a bracket is looked for that may still be open."""

_SPACES = re.compile(r"[ \t\r\n]+")


def runs_in(element: etree._Element, *, bold: bool = False) -> list[Run]:
    """The runs of ``element``: floats left out, paragraphs and list items on lines of their own."""
    runs: list[Run] = []
    _collect(element, runs, Run("", bold=bold))
    return runs


def text_of(element: etree._Element | None) -> str:
    """The inline text of ``element``, folded; "" for None."""
    return "" if element is None else compose(runs_in(element)).text.replace("\n", " ")


def _soft(text: str) -> str:
    """White space as the parser sees it: a blank, or ``SOFT`` where it holds a line end."""
    return _SPACES.sub(lambda m: SOFT if "\n" in m[0] or "\r" in m[0] else " ", text)


def pieces_of(block: etree._Element) -> Iterator[list[Run] | etree._Element]:
    """Stretches of inline runs of ``block``, and the blocks that interrupt them."""
    plain = Run("")
    runs: list[Run] = []
    _add(runs, block.text, plain)
    for child in block:
        if local_name(child) in BLOCKS:
            yield runs
            yield child
            runs = []
        else:
            _collect_child(child, runs, plain)
        _add(runs, child.tail, plain)
    yield runs


def _collect(element: etree._Element, runs: list[Run], style: Run) -> None:
    _add(runs, element.text, style)
    for child in element:
        _collect_child(child, runs, style)
        _add(runs, child.tail, style)


def _collect_child(child: etree._Element, runs: list[Run], style: Run) -> None:
    name = local_name(child)
    if not name:
        _add(runs, child.text, style)  # an entity that nobody declared, as "&name;"
    elif name in ("break", "br"):
        runs.append(Run("\n", bold=style.bold))
    elif name in ("alternatives", "inline-formula", "disp-formula", "tex-math", "math"):
        _formula(child, name, runs, style)
    elif name not in FLOATS:
        if name in BLOCKS:
            _new_line(runs)
        styled = _styled(child, name, style)
        if name == "xref" and child.get("ref-type") == "bibr" and _raised_citation(child, runs):
            styled = Run("", True, style.reference, style.bold)
        _collect(child, runs, styled)
        if name in BLOCKS and _has_text_after(child):
            _new_line(runs)


def _add(runs: list[Run], text: str | None, style: Run) -> None:
    if text:
        runs.append(Run(_soft(text), style.raised, style.reference, style.bold))


def _styled(child: etree._Element, name: str, style: Run) -> Run:
    if name == "sup":
        return Run("", True, style.reference, style.bold)
    if name in ("bold", "strong", "b"):
        return Run("", style.raised, style.reference, True)
    if name == "xref" and child.get("ref-type") in _FOOTNOTE:
        return Run("", True, True, style.bold)
    return style


def _raised_citation(child: etree._Element, runs: list[Run]) -> bool:
    """Whether the number of a reference is glued to the word before: printed as a superscript.

    Some publishers leave the superscript to the style sheet ("field.1, 2 Every").
    """
    if not _REFERENCE.fullmatch(all_text(child).strip()) or not runs:
        return False
    before = "".join(run.text for run in runs[-_NEAR:])
    if max(before.rfind("["), before.rfind("(")) > max(before.rfind("]"), before.rfind(")")):
        return False
    last = runs[-1].text
    if last.strip() in (",", "-", "–"):
        return len(runs) > 1 and runs[-2].raised
    return runs[-1].raised or last[-1:].isalpha() or last[-1:] in ".,;:)”’%"


def _new_line(runs: list[Run]) -> None:
    """Begin a new line, unless nothing has been printed yet or one has just begun."""
    while runs and not runs[-1].text.strip() and runs[-1].text != "\n":
        runs.pop()
    if runs and runs[-1].text != "\n":
        runs.append(Run("\n"))


def _has_text_after(child: etree._Element) -> bool:
    return bool(child.tail and child.tail.strip()) or child.getnext() is not None


def _formula(element: etree._Element, name: str, runs: list[Run], style: Run) -> None:
    """The readable one of the alternatives: MathML, else TeX without its preamble."""
    if name in ("inline-formula", "disp-formula", "alternatives"):
        for wanted in ("math", "tex-math"):
            found = next((e for e in element.iter() if local_name(e) == wanted), None)
            if found is not None:
                _formula(found, wanted, runs, style)
                return
        _collect(element, runs, style)
    elif name == "math":
        runs.extend(_math(element, style))
    else:
        tex = all_text(element)
        body = tex.partition("\\begin{document}")[2].partition("\\end{document}")[0] or tex
        runs.extend(
            Run(run.text, run.raised or style.raised, style.reference, style.bold)
            for run in runs_of(" ".join(body.replace("$$", "$").split()))
        )


def _math(element: etree._Element, style: Run) -> Iterator[Run]:
    name = local_name(element)
    children = list(element)
    if name == "msup" and len(children) == 2:
        yield from _math(children[0], style)
        yield Run(all_text(children[1]).strip(), True, False, style.bold)
    elif name == "mfrac" and len(children) == 2:
        yield from _math(children[0], style)
        yield Run("/", style.raised, style.reference, style.bold)
        yield from _math(children[1], style)
    elif name in ("annotation", "annotation-xml"):
        return
    else:
        if element.text and element.text.strip():
            text = element.text.strip()
            if name == "mo" and text in "=<>≤≥±×≈~":
                text = f" {text} "
            yield Run(text, style.raised, style.reference, style.bold)
        for child in children:
            yield from _math(child, style)
