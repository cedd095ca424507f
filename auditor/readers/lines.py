"""Lines of a text with their true offsets; a form feed ends a line as a line end does."""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"\r\n|[\n\r\f\v]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, ``text`` without its end, standing at ``start`` to ``end``."""

    text: str
    start: int
    end: int

    @property
    def blank(self) -> bool:
        """Whether nothing is printed in the line; a line of tabs may still be a table row."""
        return not self.text.strip()


def split_lines(text: str) -> list[Line]:
    """The lines of ``text``."""
    lines = []
    start = 0
    for match in _END.finditer(text):
        lines.append(Line(text[start : match.start()], start, match.start()))
        start = match.end()
    if start < len(text):
        lines.append(Line(text[start:], start, len(text)))
    return lines


def blocks(lines: list[Line], free: list[bool]) -> list[range]:
    """Runs of neighbouring lines that are ``free`` and not blank."""
    found = []
    first: int | None = None
    for i, line in enumerate(lines):
        inside = free[i] and not line.blank
        if inside and first is None:
            first = i
        elif not inside and first is not None:
            found.append(range(first, i))
            first = None
    if first is not None:
        found.append(range(first, len(lines)))
    return found
