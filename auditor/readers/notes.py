"""Notes under a table: which mark each one explains, and where run-together notes part."""

from __future__ import annotations

import re
from collections.abc import Collection

_SYMBOL = r"\\?(?P<symbol>(?P<one>[*†‡§¶‖#$&€⌘])(?P=one)*|\|\|)"
_RAISED = r"\^\{?(?P<raised>[A-Za-z]{1,2}|\d{1,2}|[*†‡§¶#])\}?\^?"
_TAGGED = r"<sup>\s*(?P<tagged>[A-Za-z]{1,2}|\d{1,2}|[*†‡§¶‖#]{1,3})\s*</sup>"
_UNICODE = r"(?P<unicode>[ᵃᵇᶜᵈᵉᶠᵍʰⁱ¹²³⁴⁵⁶⁷⁸⁹])"
_LETTER = r"\(?(?P<letter>[A-Za-z]|\d{1,2})(?:[).:]\s*|\s+)(?=\S)"
_START = re.compile(rf"(?:{_SYMBOL}|\$?{_RAISED}\$?|{_TAGGED}|{_UNICODE})[\s:.)]*(?=\S)|{_LETTER}")
_INNER = re.compile(
    rf"(?:(?<=[.;,])\s*|(?<=\s))(?:{_SYMBOL}|\$?{_RAISED}\$?|{_TAGGED}|{_UNICODE})[\s:.)]*(?=\S)"
)
_FROM_UNICODE = str.maketrans("ᵃᵇᶜᵈᵉᶠᵍʰⁱ¹²³⁴⁵⁶⁷⁸⁹", "abcdefghi123456789")


def split_notes(text: str, known: Collection[str]) -> list[tuple[str, int, int]]:
    """The notes of one paragraph as (mark, start, end) of what each says.

    ``known`` are the marks printed in the table. A bare letter or digit ("a Two patients") is
    a mark only if known. Within the paragraph a note begins at a raised mark or a symbol that
    follows the end of a sentence or a semicolon; a symbol elsewhere must not part a sentence.
    """
    notes: list[tuple[str, int, int]] = []
    mark, begin = "", 0
    first = _START.match(text)
    if first and _accepted(first, known):
        mark, begin = _mark(first), first.end()
    for match in _INNER.finditer(text, begin):
        closed = text[: match.start()].rstrip()[-1:]
        if closed not in (".", ";") and not (closed == "," and _mark(match) in known):
            continue
        if not _parts(match, known):
            continue
        _append(notes, mark, text, begin, match.start())
        mark, begin = _mark(match), match.end()
    _append(notes, mark, text, begin, len(text))
    return notes


def leading_mark(text: str, known: Collection[str]) -> str:
    """The mark that ``text`` begins with, or ""."""
    match = _START.match(text)
    return _mark(match) if match and _accepted(match, known) else ""


def _mark(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("unicode"):
        return str(groups["unicode"]).translate(_FROM_UNICODE)
    names = ("symbol", "raised", "tagged", "letter")
    return next(str(groups[name]) for name in names if groups.get(name))


def _accepted(match: re.Match[str], known: Collection[str]) -> bool:
    mark = _mark(match)
    if match.groupdict().get("letter"):
        return mark in known
    if mark[0] in "#$&€":
        return mark in known or not match.string[match.end() : match.end() + 1].isdigit()
    return True


def _parts(match: re.Match[str], known: Collection[str]) -> bool:
    mark = _mark(match)
    return mark in known or mark[0] in "†‡§¶‖⌘" or bool(match["raised"] or match["tagged"])


def _append(notes: list[tuple[str, int, int]], mark: str, text: str, begin: int, end: int) -> None:
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and (text[end - 1].isspace() or text[end - 1] in ";,"):
        end -= 1
    if begin < end:
        notes.append((mark, begin, end))
