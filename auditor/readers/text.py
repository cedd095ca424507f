"""Reads plain text and Markdown; ``Document.text`` is the decoded file itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from auditor.document import Document
from auditor.errors import InputError
from auditor.readers.lines import split_lines
from auditor.readers.text_captions import caption_at
from auditor.readers.text_sections import read_sections
from auditor.readers.text_tables import read_tables

MAX_LINES = 500_000
"""No manuscript comes near it; more would only take memory."""

_HTML_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?!Table \d|Table [IVX])")  # supplements stand in other files
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\s*\|?\s*:?-{3,}:?\s*\|[\s|:-]*$)", re.MULTILINE)


def read_text_document(
    text: str, *, name: str, source: str, sha256: str = "", markdown: bool = False
) -> Document:
    """The document of a text file; all offsets are offsets in ``text``.

    ``markdown`` only names the kind where the content does not: both kinds may hold tables with
    tabs and with pipes. ``source`` names the file in messages.

    Raises:
        InputError: there are more than ``MAX_LINES`` lines.
    """
    count = sum(map(text.count, "\n\r\f\v"))
    if count > MAX_LINES:
        raise InputError(
            f"the file has about {count:,} lines; at most {MAX_LINES:,} are read", source=source
        )
    lines = split_lines(text)
    found = read_tables(text, lines)
    title, sections, headings = read_sections(text, lines, found.free)
    places = [line for line, _ in headings]
    tables = []
    for table, first in zip(found.tables, found.first_lines, strict=True):
        at = bisect_right(places, first)
        tables.append(replace(table, section=headings[at - 1][1]) if at else table)
    warnings = []
    if _HTML_TABLE.search(text):
        warnings.append("tables in HTML within a text file are not read")
    labels = {table.label for table in tables}
    for i, line in enumerate(lines):
        caption = caption_at(line) if found.free[i] and not line.blank else None
        if (
            caption
            and caption[2]
            and _ELSEWHERE.match(caption[0]) is None
            and (caption[0] not in labels)
        ):
            warnings.append(f"{caption[0]}: there is a caption, but no grid was found at it")
            labels.add(caption[0])
    return Document(
        name=name,
        kind="markdown" if markdown or _MARKDOWN.search(text) else "text",
        text=text,
        title=title,
        sections=sections,
        tables=tuple(tables),
        sha256=sha256,
        warnings=tuple(warnings),
    )
