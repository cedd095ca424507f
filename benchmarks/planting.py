"""Where an error can be planted into a paper, and which: the places and kinds of mutation.py."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from auditor.document import Document

KINDS = (
    "digit of the percentage",
    "percentage transposed",
    "decimal slip",
    "count off by one",
    "digit of the count",
    "neighbour's value",
    "N of the header",
)
LARGEST_N = 5000
_N_PERCENT = re.compile(
    r"\s*(?P<n>\d{1,5})\s*(?:/\s*(?P<total>\d{1,5})\s*)?"
    r"[(\[]\s*(?P<percent>\d{1,3}(?:[.·]\d{1,2})?)\s*%?\s*[)\]]\W*"
)
_HEADER_N = re.compile(r"\b[nN]\s*=\s*(?P<total>\d{1,5})(?![\d,.])")

Key = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Slot:
    """An n (%) cell: its parts with their offsets, and every N for which it is right."""

    key: Key
    element: int  # position in document order, which a copy of the tree shares
    text: str
    n: tuple[int, int]
    percent: tuple[int, int]
    totals: frozenset[int]

    def part(self, span: tuple[int, int]) -> str:
        return self.text[span[0] : span[1]]


@dataclass(frozen=True, slots=True)
class Header:
    """A header cell that states the N of the columns under it."""

    key: Key
    element: int
    text: str
    total: tuple[int, int]
    columns: frozenset[int]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Mutant:
    """``text[span]`` of an element becomes ``new``; ``targets`` are cells that may be blamed."""

    kind: str
    element: int
    span: tuple[int, int]
    old: str
    new: str
    targets: frozenset[Key]


def is_right(n: int, percent: str, total: int) -> bool:
    """Whether n of total prints as ``percent`` under some rounding (down and up included)."""
    whole, _, decimals = percent.replace("·", ".").partition(".")
    scale = 10 ** len(decimals)
    return total > 0 and abs(100 * n * scale - int(whole + decimals) * total) < total


def words(element: etree._Element) -> str:
    """The text of an element as it stands, tags left out."""
    return "".join(str(part) for part in element.itertext())


def replaced(element: etree._Element, start: int, end: int, new: str) -> bool:
    """Replace characters ``start`` to ``end`` of the element's text where one node holds them."""
    at = 0
    for node, attribute in _text_nodes(element, top=True):
        text = getattr(node, attribute) or ""
        if at <= start and end <= at + len(text):
            setattr(node, attribute, text[: start - at] + new + text[end - at :])
            return True
        at += len(text)
    return False


def _text_nodes(element: etree._Element, *, top: bool) -> Iterator[tuple[etree._Element, str]]:
    if isinstance(element.tag, str):
        yield element, "text"
        for child in element:
            yield from _text_nodes(child, top=False)
    if not top:
        yield element, "tail"


def cells_of(tree: etree._Element, document: Document) -> dict[Key, int]:
    """Where each cell of the document's tables stands in the XML.

    The XML is laid out anew and a cell is kept only where its digits are those of the
    document's cell, so that a table read otherwise than here is left alone.
    """
    order = {element: i for i, element in enumerate(tree.iter())}
    found: dict[Key, int] = {}
    index = 0
    for wrap in tree.iter("table-wrap"):
        tables = list(wrap.iter("table"))
        for offset, table in enumerate(tables):
            if index + offset >= len(document.tables):
                break
            grid = document.tables[index + offset].grid
            for (row, column), cell in _laid_out(table):
                if row < len(grid) and column < len(grid[row]):
                    read = grid[row][column].text
                    if re.findall(r"\d", read) == re.findall(r"\d", words(cell)):
                        found[index + offset, row, column] = order[cell]
        index += max(len(tables), 1)
    return found


def _laid_out(table: etree._Element) -> Iterator[tuple[tuple[int, int], etree._Element]]:
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(table.iter("tr")):
        c = 0
        for cell in row.iterchildren("td", "th"):
            while (r, c) in taken:
                c += 1
            yield (r, c), cell
            wide, high = (int(cell.get(name, "1") or 1) for name in ("colspan", "rowspan"))
            taken |= {(r + i, c + j) for i in range(max(high, 1)) for j in range(max(wide, 1))}
            c += wide


def sites(tree: etree._Element, document: Document) -> tuple[list[Slot], list[Header]]:
    """The n (%) cells whose denominator is known, and the headers whose N explains them."""
    elements = list(tree.iter())
    cells = cells_of(tree, document)
    slots: list[Slot] = []
    headers: list[Header] = []
    for index, table in enumerate(document.tables):
        for column in range(table.n_columns):
            stated = _stated(table.index, column, table.header_rows, document, cells, elements)
            body = [
                (key, at, match)
                for key, at in cells.items()
                if key[0] == index and key[2] == column and key[1] >= table.header_rows
                if (match := _N_PERCENT.fullmatch(words(elements[at])))
            ]
            total = int(stated[3]["total"]) if stated else None
            percent_sign = "%" in table.caption or any(
                "%" in cell.text
                for cell in table.cells()
                if cell.row < table.header_rows or cell.column == 0
            )
            found = _slots(body, total, percent_sign=percent_sign)
            slots += found
            explained = tuple(s for s in found if s.totals == {total})
            if stated and len(explained) >= 3:
                key, at, columns, match = stated
                headers.append(
                    Header(key, at, words(elements[at]), match.span("total"), columns, explained)
                )
    return slots, headers


def _stated(
    index: int,
    column: int,
    header_rows: int,
    document: Document,
    cells: dict[Key, int],
    elements: list[etree._Element],
) -> tuple[Key, int, frozenset[int], re.Match[str]] | None:
    """The lowest header cell over the column that states one N."""
    for row in reversed(range(header_rows)):
        cell = document.tables[index].grid[row][column]
        at = cells.get((index, cell.row, cell.column))
        if at is None:
            continue
        text = words(elements[at])
        match = _HEADER_N.search(text)
        if match and len(_HEADER_N.findall(text)) == 1:
            columns = frozenset(range(cell.column, cell.column + cell.column_span))
            return (index, cell.row, cell.column), at, columns, match
    return None


def _slots(
    body: list[tuple[Key, int, re.Match[str]]], total: int | None, *, percent_sign: bool
) -> list[Slot]:
    """The cells whose N is known: printed, the header's, or the few that explain all cells."""
    own = {key: int(match["total"]) for key, _, match in body if match["total"]}
    bare = [match for key, _, match in body if key not in own]
    fits = [m for m in bare if total and is_right(int(m["n"]), m["percent"], total)]
    shared: frozenset[int] = frozenset()
    if total and 2 * len(fits) >= len(bare):
        shared = frozenset({total})
    elif not total and percent_sign and len(bare) >= 4:
        shared = frozenset(
            n
            for n in range(max(int(m["n"]) for m in bare), LARGEST_N)
            if all(is_right(int(m["n"]), m["percent"], n) for m in bare)
        )
    found = []
    for key, at, match in body:
        totals = frozenset({own[key]}) if key in own else shared
        if totals and all(is_right(int(match["n"]), match["percent"], n) for n in totals):
            spans = (match.span("n"), match.span("percent"))
            found.append(Slot(key, at, match.string, *spans, totals))
    return found


def plant(slots: list[Slot], headers: list[Header], kind: str, rng: random.Random) -> Mutant | None:
    """One planted error of this kind at a random place, or None where there is no place."""
    for _ in range(100):
        mutant = (
            _header_mutant(rng.choice(headers), rng)
            if kind == "N of the header" and headers
            else _cell_mutant(rng.choice(slots), slots, kind, rng)
            if kind != "N of the header" and slots
            else None
        )
        if mutant is not None:
            return mutant
    return None


def _cell_mutant(slot: Slot, slots: list[Slot], kind: str, rng: random.Random) -> Mutant | None:
    n, percent = slot.part(slot.n), slot.part(slot.percent)
    span, old = (slot.n, n) if "count" in kind else (slot.percent, percent)
    new: str | None = None
    if kind.startswith("digit"):
        new = _other_digit(old, rng)
    elif kind == "percentage transposed":
        new = _transposed(old, rng)
    elif kind == "decimal slip":
        new = _slipped(old, rng)
    elif kind == "count off by one":
        new = str(int(n) + rng.choice((-1, 1)))
    elif kind == "neighbour's value":
        near = [
            s
            for s in slots
            if s.key[0] == slot.key[0]
            and abs(s.key[1] - slot.key[1]) + abs(s.key[2] - slot.key[2]) == 1
        ]
        if near:
            chosen = rng.choice(near)
            span, old, new = rng.choice(
                (
                    (slot.n, n, chosen.part(chosen.n)),
                    (slot.percent, percent, chosen.part(chosen.percent)),
                )
            )
    if new is None or new == old or new.startswith("-"):
        return None
    count, share = (int(new), percent) if span == slot.n else (int(n), new)
    if any(is_right(count, share, total) for total in slot.totals):
        return None
    return Mutant(kind, slot.element, span, old, new, frozenset({slot.key}))


def _header_mutant(header: Header, rng: random.Random) -> Mutant | None:
    old = header.text[header.total[0] : header.total[1]]
    new = rng.choice((_other_digit(old, rng), _transposed(old, rng), str(int(old) + 1)))
    if new is None or new == old or int(new) == 0:
        return None
    if all(is_right(int(s.part(s.n)), s.part(s.percent), int(new)) for s in header.slots):
        return None
    column = {s.key for s in header.slots}
    return Mutant(
        "N of the header", header.element, header.total, old, new, frozenset(column | {header.key})
    )


def _other_digit(number: str, rng: random.Random) -> str:
    at = rng.choice([i for i, ch in enumerate(number) if ch.isdigit()])
    digits = [d for d in "0123456789" if d != number[at]]
    if at == 0 and len(number) > 1 and number[1].isdigit():
        digits = [d for d in digits if d != "0"]
    return number[:at] + rng.choice(digits) + number[at + 1 :]


def _transposed(number: str, rng: random.Random) -> str | None:
    places = [i for i, ch in enumerate(number) if ch.isdigit()]
    pairs = [
        (i, j)
        for i, j in zip(places, places[1:], strict=False)
        if number[i] != number[j] and not (i == 0 and number[j] == "0")
    ]
    if not pairs:
        return None
    i, j = rng.choice(pairs)
    swapped = list(number)
    swapped[i], swapped[j] = number[j], number[i]
    return "".join(swapped)


def _slipped(number: str, rng: random.Random) -> str | None:
    """The decimal point moved by one place."""
    point = next((ch for ch in number if ch in ".·"), ".")
    whole, _, decimals = number.replace("·", ".").partition(".")
    left = f"{whole[:-1] or '0'}{point}{whole[-1]}{decimals}"
    right = f"{whole}{decimals[:1] or '0'}" + (f"{point}{decimals[1:]}" if decimals[1:] else "")
    return rng.choice((left, right.lstrip("0") or None))
