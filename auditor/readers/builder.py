"""Builds the one string of a document and says where each part of it stands."""

from __future__ import annotations


class TextBuilder:
    """Appends parts; ``len(builder)`` is the offset at which the next one starts."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def add(self, text: str) -> tuple[int, int]:
        """Append ``text`` and return its start and end."""
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start, self._length

    def block(self, text: str) -> tuple[int, int]:
        """Append ``text`` as a block of its own, an empty line before and return its place."""
        if self._length:
            self.add("\n\n")
        return self.add(text)

    @property
    def text(self) -> str:
        return "".join(self._parts)
