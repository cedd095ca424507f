"""Slips of the pen: how a human misprints one number of the text, and a document with it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from auditor.document import Cell, Document, Footnote, Paragraph, Section, Table

KINDS = (
    "digits swapped",
    "neighbouring key",
    "decimal slip",
    "off by one to three",
    "value of another arm",
    "value of another row",
)
_WORDS = "no one two three four five six seven eight nine ten eleven twelve"
WORDS = tuple(_WORDS.split(" "))
KEYS = "1234567890"


@dataclass(frozen=True, slots=True)
class Slip:
    """``text[start:end]`` of a document becomes ``new``."""

    kind: str
    start: int
    end: int
    old: str
    new: str


def value_of(text: str) -> Decimal | None:
    """The number that the text prints, or None."""
    if text.lower() in WORDS:
        return Decimal(WORDS.index(text.lower()))
    try:
        return Decimal(text.replace("·", ".").rstrip("%").strip())
    except InvalidOperation:
        return None


def slip(
    kind: str,
    old: str,
    siblings: Sequence[str],
    others: Sequence[str],
    rng: random.Random,
    *,
    exact: bool = True,
) -> str | None:
    """``old`` with one slip of this kind, or None where it cannot be made.

    ``siblings`` are the values of other arms beside it, ``others`` those of the same table. A
    slip that leaves the number within one unit of its last digit is made for ``exact`` numbers
    (counts) only: elsewhere it is a matter of rounding.
    """
    value = value_of(old)
    if value is None:
        return None
    if old.lower() in WORDS:
        choices = _words(kind, int(value), old[:1].isupper())
    elif kind == "digits swapped":
        choices = _swapped(old)
    elif kind == "neighbouring key":
        choices = _neighbours(old)
    elif kind == "decimal slip":
        choices = _slipped(old)
    elif kind == "off by one to three":
        choices = _off(old) if exact else []
    else:
        choices = list(siblings if kind == "value of another arm" else others)
    kept = sorted({new for new in choices if _differs(old, value, new, exact)})
    return rng.choice(kept) if kept else None


def _differs(old: str, value: Decimal, new: str, exact: bool) -> bool:
    changed = value_of(new)
    if changed is None or new == old:
        return False
    digits = _decimals(old)
    if digits == 0 and exact:
        return changed != value
    return abs(changed - value) > Decimal(1).scaleb(-digits)


def _decimals(text: str) -> int:
    _, point, after = text.replace("·", ".").rstrip("%").partition(".")
    return len(after) if point else 0


def _words(kind: str, value: int, capital: bool) -> list[str]:
    if kind != "off by one to three":
        return []
    near = [n for n in range(max(value - 3, 1), value + 4) if n != value and n < len(WORDS)]
    return [WORDS[n].capitalize() if capital else WORDS[n] for n in near]


def _swapped(old: str) -> list[str]:
    found = []
    digits = [i for i, ch in enumerate(old) if ch.isdigit()]
    for one, other in zip(digits, digits[1:], strict=False):
        letters = list(old)
        letters[one], letters[other] = letters[other], letters[one]
        new = "".join(letters)
        if not _leading_zero(new):
            found.append(new)
    return found


def _neighbours(old: str) -> list[str]:
    found = []
    for i, ch in enumerate(old):
        if ch not in KEYS:
            continue
        at = KEYS.index(ch)
        for key in KEYS[max(at - 1, 0) : at] + KEYS[at + 1 : at + 2]:
            new = old[:i] + key + old[i + 1 :]
            if not _leading_zero(new):
                found.append(new)
    return found


def _slipped(old: str) -> list[str]:
    mark = "·" if "·" in old else "."
    whole, point, after = old.rstrip("%").partition(mark)
    tail = "%" if old.endswith("%") else ""
    found = []
    if point and whole != "0":
        found.append(whole + after[:1] + (mark + after[1:] if after[1:] else "") + tail)
    if len(whole) > 1:
        found.append(whole[:-1] + mark + whole[-1] + after + tail)
    return [new for new in found if not _leading_zero(new)]


def _off(old: str) -> list[str]:
    if not old.isdigit():
        return []
    return [str(int(old) + step) for step in (-3, -2, -1, 1, 2, 3) if int(old) + step > 0]


def _leading_zero(text: str) -> bool:
    return len(text) > 1 and text[0] == "0" and text[1].isdigit()


def edited(document: Document, change: Slip) -> Document:
    """The document with one number of its running text changed; everything after it moves."""
    shift = len(change.new) - (change.end - change.start)

    def at(offset: int) -> int:
        return offset + shift if offset >= change.end else offset

    return replace(
        document,
        text=document.text[: change.start] + change.new + document.text[change.end :],
        sections=tuple(_section(section, at) for section in document.sections),
        tables=tuple(_table(table, at) for table in document.tables),
    )


def _section(section: Section, at: Callable[[int], int]) -> Section:
    return replace(
        section, paragraphs=tuple(Paragraph(at(p.start), at(p.end)) for p in section.paragraphs)
    )


def _table(table: Table, at: Callable[[int], int]) -> Table:
    moved: dict[int, Cell] = {}

    def cell(old: Cell) -> Cell:
        if id(old) not in moved:
            moved[id(old)] = replace(old, start=at(old.start), end=at(old.end))
        return moved[id(old)]

    return replace(
        table,
        grid=tuple(tuple(cell(c) for c in row) for row in table.grid),
        footnotes=tuple(Footnote(n.mark, n.text, at(n.start), at(n.end)) for n in table.footnotes),
        start=at(table.start),
        end=at(table.end),
        caption_start=at(table.caption_start),
    )
