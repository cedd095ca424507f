"""Reads a manuscript of any known format: the content decides, then the suffix."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from auditor.document import Document
from auditor.errors import InputError
from auditor.readers.decoding import decode
from auditor.readers.jats import read_jats
from auditor.readers.source import FORMATS, read_bytes
from auditor.readers.text import read_text_document

_XML_SUFFIXES = (".xml", ".nxml", ".jats")
_MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".rmd", ".qmd")
_XML = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE\s+(?!html\b)|<(?:\w+:)?article[\s>])", re.IGNORECASE)
_HTML = re.compile(r"\s*<(?:!DOCTYPE\s+html\b|html[\s>])", re.IGNORECASE)


def read_document(path: Path) -> Document:
    """Read the manuscript at ``path``: JATS XML, plain text or Markdown.

    Raises:
        InputError: the file is missing, empty, too large, broken, or of a format that is not
            read; the message says which, and where.
    """
    path = Path(path)
    source = str(path)
    data = read_bytes(path)
    text, warnings = decode(data, source)
    sha256 = hashlib.sha256(data).hexdigest()
    suffix = path.suffix.lower()
    if _HTML.match(text[:10_000]) and not text.lstrip().startswith("<?xml"):
        raise InputError("this is an HTML page, which is not read", source=source, hint=FORMATS)
    if _XML.match(text[:10_000]):
        document = read_jats(text, name=path.name, source=source, sha256=sha256)
    elif suffix in _XML_SUFFIXES:
        if not text.lstrip().startswith("<"):
            raise InputError(
                f"the name ends in {suffix}, but the content is not XML", source=source
            )
        document = read_jats(text, name=path.name, source=source, sha256=sha256)
    else:
        markdown = suffix in _MARKDOWN_SUFFIXES
        document = read_text_document(
            text, name=path.name, source=source, sha256=sha256, markdown=markdown
        )
    if warnings:
        document = replace(document, warnings=(*warnings, *document.warnings))
    return document
