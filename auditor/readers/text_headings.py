"""Headings in plain text and Markdown: numbered, run-in, underlined by emphasis, or well known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.readers.lines import Line
from auditor.readers.remnants import plain_text
from auditor.readers.titles import section_kind

_HASHES = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_NUMBERED = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+([*_]{0,2}[A-Z].*)$")
_RUN_IN = re.compile(
    r"\s*(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?P<title>[*_]{0,2}[A-Z][^.!?\n]{1,100})"
    r"(?P<stop>\.[*_]{0,2}|[*_]{1,2}\.)\s+(?=[\w(\"“*$])"
)
_BOLD = re.compile(r"\s*(\*\*|__)(?P<title>[^*_]{2,120})\1[.:]?\s*$")
_MOST_WORDS = 14
_WORDS_OF_KNOWN = 7


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``text_start`` is where the text after a run-in heading begins.

    ``level`` counts from 1; ``hashes`` is the Markdown level or 0; ``number`` is "3.1" or "".
    """

    title: str
    level: int
    text_start: int | None = None
    hashes: int = 0
    number: str = ""


def heading_at(line: Line, *, alone: bool) -> Heading | None:
    """The heading that ``line`` is or begins with; ``alone`` says no text is glued to it."""
    if len(line.text) > 100_000:
        return None
    if match := _HASHES.match(line.text[:400]):
        return _hashed(match)
    if match := _RUN_IN.match(line.text):
        title = _plain(match["title"])
        if len(title.split()) <= _MOST_WORDS:
            level = match["number"].count(".") + 1
            return Heading(title, level, line.start + match.end(), number=match["number"])
    if len(line.text) > 200:
        return None
    if match := _NUMBERED.match(line.text):
        return _numbered(match, alone)
    if match := _BOLD.match(line.text):
        title = _plain(match["title"]).rstrip(".:")
        known = _known(title)
        return Heading(title, 1 if known else 2) if known or alone else None
    title = _plain(line.text).rstrip(":.")
    if _known(title) and title[:1].isupper():
        return Heading(title, 1)
    letters = [ch for ch in title if ch.isalpha()]
    if alone and title.isupper() and len(letters) > 5 and len(title.split()) <= 10:
        return Heading(title, 2)
    return None


def _hashed(match: re.Match[str]) -> Heading | None:
    title = _plain(match[2]).strip("*_ ")
    numbered = _NUMBERED.match(title)
    number = numbered[1] if numbered else ""
    hashes = len(match[1])
    return (
        Heading(numbered[2] if numbered else title, hashes, None, hashes, number)
        if title
        else (None)
    )


def _numbered(match: re.Match[str], alone: bool) -> Heading | None:
    title = _plain(match[2]).strip()
    words = title.split()
    known = _known(title.rstrip("."))
    if not known and (not alone or len(words) > _MOST_WORDS or title[-1] in ".;,:?"):
        return None
    return Heading(title.rstrip("."), match[1].count(".") + 1, number=match[1])


def _known(title: str) -> bool:
    return len(title.split()) <= _WORDS_OF_KNOWN and section_kind(title) is not None


def _plain(text: str) -> str:
    return " ".join(plain_text(text)[0].split()).strip("*_ ")
