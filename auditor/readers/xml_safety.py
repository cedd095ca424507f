"""Parses XML that a stranger wrote: no entity is expanded, no file and no network is touched."""

from __future__ import annotations

import html.entities
import re

from lxml import etree

from auditor.errors import InputError

_ENTITY = re.compile(
    r"""<!ENTITY\s+(?P<parameter>%\s*)?(?P<name>[\w:.-]+)\s+
        (?:(?P<external>SYSTEM|PUBLIC)\b|"(?P<double>[^"]*)"|'(?P<single>[^']*)')""",
    re.VERBOSE,
)
_REFERENCE = re.compile(r"&([A-Za-z][\w.-]*);")
_CHARACTER = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}));")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[>]*(?P<subset>\[)?")
_CLOSING = re.compile(r"\]\s*>")
_BUILT_IN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_LONGEST = 32  # characters that a harmless entity may stand for


def parse_xml(text: str, source: str) -> etree._Element:
    """The root element of ``text``; character entities of HTML are known without a DTD.

    Raises:
        InputError: not well formed (with line and column), or entities are declared that
            nest, point outside, or stand for long text.
    """
    text = _DECLARATION.sub("", text, count=1)  # it names an encoding that is decoded already
    text, declared = _without_subset(text, source)
    if _REFERENCE.search(text):
        text = _REFERENCE.sub(lambda match: _character(match, declared), text)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as problem:
        line, column = problem.position
        raise InputError(
            f"the XML is broken or cut off: {_reason(problem)}",
            source=source,
            where=f"line {line}, column {column}",
            hint="Fetch the file again, or check it with: xmllint --noout FILE",
        ) from None


def _reason(problem: etree.XMLSyntaxError) -> str:
    return str(problem.msg or "syntax error").partition(", line ")[0]


def _without_subset(text: str, source: str) -> tuple[str, dict[str, str]]:
    """The text with the internal DTD subset blanked, and the harmless entities it declared.

    Lines keep their numbers, so that messages stay right.
    """
    doctype = _DOCTYPE.search(text, 0, 20_000)
    if doctype is None:
        return text, {}
    if not doctype["subset"]:
        return text, {}  # the parser does not load what it points to
    end = _end_of_subset(text, doctype.end())
    subset = text[doctype.end() : end]
    declared = {}
    for match in _ENTITY.finditer(subset):
        value = match["double"] if match["double"] is not None else match["single"]
        line = text.count("\n", 0, doctype.end() + match.start()) + 1
        if match["external"] or match["parameter"]:
            raise _refused("it declares an entity outside the file", match["name"], line, source)
        plain = _CHARACTER.sub(_numbered, value)
        if len(plain) > _LONGEST or _REFERENCE.search(value) or "%" in value:
            raise _refused(
                "it declares an entity that grows when it is expanded", match["name"], line, source
            )
        declared[match["name"]] = plain
    blanked = re.sub(r"[^\n]", " ", text[doctype.start() : end])
    closing = _CLOSING.match(text, end)
    if closing is None:
        raise InputError("the XML is broken: its DOCTYPE is not closed", source=source)
    blanked += re.sub(r"[^\n]", " ", closing[0])
    return text[: doctype.start()] + blanked + text[closing.end() :], declared


def _end_of_subset(text: str, start: int) -> int:
    """Offset of the bracket that closes the internal subset, quotes and comments respected."""
    for match in re.compile(r"""<!--.*?-->|"[^"]*"|'[^']*'|\]""", re.DOTALL).finditer(text, start):
        if match[0] == "]":
            return match.start()
    return len(text)


def _refused(what: str, name: str, line: int, source: str) -> InputError:
    return InputError(
        f"the XML is refused as unsafe: {what} ({name!r})",
        source=source,
        where=f"line {line}",
        hint="Articles declare no such entities; remove the DOCTYPE if you trust the file.",
    )


def _numbered(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _character(match: re.Match[str], declared: dict[str, str]) -> str:
    name = match[1]
    if name in _BUILT_IN:
        return match[0]
    value = declared.get(name) or html.entities.html5.get(f"{name};")
    if value is None:
        return match[0]  # the parser names it, with its line
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def local_name(element: etree._Element) -> str:
    """The tag without its namespace; "" for what is no element (an entity, a comment)."""
    tag: object = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2] if tag[0] == "{" else tag


def all_text(element: etree._Element) -> str:
    """All characters within ``element``, as they stand."""
    return "".join(map(str, element.itertext()))
