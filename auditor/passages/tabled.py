"""Lists of the text that share out patients as a block of a table does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.extraction.reading import ColumnRole, TableReading
from auditor.finding import Place
from auditor.manuscript import Manuscript
from auditor.passages.mentions import Mention, Passage
from auditor.passages.named import named_in

_WORD = re.compile(r"[^\W\d_]{3,}")
_EMPTY = frozenset(
    {"all", "and", "any", "arm", "cohort", "group", "none", "not", "other", "patient", "the", "yes"}
)
_ENOUGH = 10
"""So many patients the agreeing groups of a list must have where it has fewer than the block."""


@dataclass(frozen=True)
class Group:
    """A category of a block, its number and where it stands."""

    label: str
    words: frozenset[str]
    number: int
    place: Place


@dataclass(frozen=True)
class Block:
    """Categories of a table that add up to all of its patients."""

    groups: tuple[Group, ...]
    whole: int


@dataclass(frozen=True)
class Tabled:
    """A list of the text beside the block it names; ``odd`` is the only position that differs,
    None where none does."""

    items: tuple[Mention, ...]
    block: Block
    odd: int | None

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(m.number or 0 for m in self.items)

    @property
    def total(self) -> int:
        return sum(self.numbers)


def blocks(manuscript: Manuscript) -> tuple[Block, ...]:
    """Rows of a column that add up to its N, and columns that add up to the one of the total."""
    found = []
    for reading, partitions in zip(manuscript.tables, manuscript.partitions, strict=True):
        for partition in partitions:
            for column in partition.sums:
                if column.complete and column.total == column.whole:
                    groups = [(e.row.label, e.count or 0, e.place) for e in column.entries]
                    found.append(_block(groups, column.whole))
        found.append(_columns(reading))
    return tuple(b for b in found if b is not None)


def _columns(reading: TableReading) -> Block | None:
    data = [c for c in reading.columns if c.role is ColumnRole.DATA and c.stated is not None]
    named = {c.path: (c.label, c.stated.value, c.stated.place) for c in data if c.stated}
    groups = list(named.values())
    most = max((n for _, n, _ in groups), default=0)
    arms = [g for g in groups if g[1] < most]
    if len(groups) != len(arms) + 1 or sum(n for _, n, _ in arms) != most:
        return None
    return _block(arms, most)


def _block(groups: list[tuple[str, int, Place]], whole: int) -> Block | None:
    """The block, or None where a label has no word of its own."""
    worded = [_words(label) for label, _, _ in groups]
    if len(groups) < 2 or not all(worded):
        return None
    apart = all(not (a <= b) for i, a in enumerate(worded) for j, b in enumerate(worded) if i != j)
    found = zip(groups, worded, strict=True)
    made = tuple(Group(label, words, n, place) for (label, n, place), words in found)
    return Block(made, whole) if apart else None


def _words(text: str) -> frozenset[str]:
    words = (w.casefold() for w in _WORD.findall(text))
    return frozenset(w.rstrip("s") for w in words) - _EMPTY


def tabled_lists(passage: Passage, known: dict[str, list[Block]]) -> Iterator[Tabled]:
    """Lists that name every category of a block once, all but one with its number.

    Args:
        passage: one paragraph.
        known: the blocks by a word of each of their labels, see `by_word`.
    """
    for sentence, counted in passage.counts:
        own = [m for m in counted if m.own and not m.of_events and not m.fraction]
        if len(own) < 2:
            continue
        words = _words(sentence.text)
        near = {id(b): b for w in words for b in known.get(w, ())}
        lists = []
        for block in near.values():
            if not all(g.words <= words for g in block.groups):
                continue
            items = _items(own, block)
            named = set(named_in(sentence)) - {m.number for m in items}
            if items and (not named or block.whole in named):
                lists.append((items, block))
        differing = [(i, b, _differing(i, b)) for i, b in lists]
        agree = [(i, b) for i, b, odd in differing if not odd]
        for items, block in agree:
            yield Tabled(items, block, None)
        for items, block, odd in differing:
            if len(odd) == 1 and not agree:
                yield Tabled(items, block, odd[0])


def by_word(found: tuple[Block, ...]) -> dict[str, list[Block]]:
    """Each block under one word of its first label."""
    known: dict[str, list[Block]] = {}
    for block in found:
        known.setdefault(min(block.groups[0].words), []).append(block)
    return known


def _items(own: list[Mention], block: Block) -> tuple[Mention, ...]:
    """The mentions of the categories in the order of the block; empty where one is missing or
    comes twice."""
    items: dict[str, Mention] = {}
    for mention in own:
        statement = mention.statement
        phrases = [*statement.what[:1], *statement.whom]
        words = _words(" ".join(p.text for p in phrases))
        labels = [g.label for g in block.groups if g.words <= words]
        if len(labels) > 1 or (labels and labels[0] in items):
            return ()
        if labels:
            items[labels[0]] = mention
    if len(items) < len(block.groups):
        return ()
    return tuple(items[g.label] for g in block.groups)


def _differing(items: tuple[Mention, ...], block: Block) -> list[int]:
    return [i for i, g in enumerate(block.groups) if items[i].number != g.number]


def contradicted(found: Tabled, ns: dict[int, Place]) -> int | None:
    """The position of a number that cannot be one of other patients, or None.

    The list has more than there are, or all but one of several numbers are those of the block. A
    sum that the paper states is one of others.
    """
    if found.odd is None or found.total in ns:
        return None
    alike = found.total - found.numbers[found.odd]
    several = len(found.items) >= 3 and alike >= _ENOUGH
    return found.odd if several or found.total > found.block.whole else None
