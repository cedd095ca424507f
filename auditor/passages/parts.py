"""Parts that a sentence gives, with the whole that its words name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from auditor.passages.families import FAMILIES, Family, member
from auditor.passages.mentions import Mention, Passage

MembersOf = Callable[[Mention], frozenset[tuple[str, str]]]
"""The groups of the document's tables that a mention counts: (dimension, key)."""


@dataclass(frozen=True)
class Parts:
    """Counts of a sentence that share out patients.

    Attributes:
        name: what they are, in words ("sexes").
        items: one a category, in printed order, two at least.
        whole: the number they are parts of where the sentence names it, else None.
        others: the other numbers of people in front of them in the sentence.
        exclusive: whether every patient is in one of them at most.
        closed: whether nobody is left out.
        sure: whether that lies in the nature of the categories ("men"), and not in the
            wording alone.
    """

    name: str
    items: tuple[Mention, ...]
    whole: Mention | None
    exclusive: bool
    closed: bool
    sure: bool = True
    others: tuple[int, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(m.number or 0 for m in self.items)

    @property
    def total(self) -> int:
        return sum(self.numbers)


_HEAD_OF_LIST = re.compile(
    r"(?:\bof (?:the|these|all|our|those|whom|which)?|\bamong (?:the|these|all|our|those)?|"
    r"\btotal of|\boverall,|\ball|^\W*|\bthe(?: \w+){0,2})\s*$",
    re.IGNORECASE,
)


def family_lists(passage: Passage, terms: MembersOf | None = None) -> Iterator[Parts]:
    """Categories that exclude each other by their nature: sexes, lines, stages, arms.

    Args:
        passage: one paragraph.
        terms: which groups of the document's own tables a mention counts.
    """
    for _sentence, own in passage.counts:
        people = [m for m in own if not _SCORE.match(m.after) or m.of_people]
        for family in FAMILIES:
            yield from _family_list(family, people)
        if terms is not None:
            yield from _term_list(own, terms)


_SCORE = re.compile(r"^\s*(?:in|for)\s*$")
"""Behind the 0 of "performance status 0 in 70 patients", which counts nobody."""


def _family_list(family: Family, own: Sequence[Mention]) -> Iterator[Parts]:
    named = [(m, member(family, m)) for m in own]
    for run in _runs(named):
        keys = [key or "" for _, key in run]
        if len(set(keys)) == len(keys) >= 2 and _may_part(family, keys):
            items = tuple(m for m, _ in run)
            closed = any(c <= set(keys) for c in family.closed)
            yield _parts(family.name, own, items, closed=closed)


def _may_part(family: Family, keys: Sequence[str]) -> bool:
    """Whether the categories lie side by side: "second" and "beyond the first" do not."""
    return family.name != "lines of treatment" or "later" not in keys or keys[-1] == "later"


def _term_list(own: Sequence[Mention], terms: MembersOf) -> Iterator[Parts]:
    """Groups of one dimension that follow their whole at once, in one list."""
    lists: dict[int, list[Mention]] = {}
    for mention in own:
        if mention.statement.series is not None:
            lists.setdefault(mention.statement.series, []).append(mention)
    for members in lists.values():
        groups = [dict(terms(m)) for m in members]
        apart = {
            dimension
            for dimension in groups[0]
            if len({g.get(dimension, "") for g in groups} - {""}) == len(groups) >= 2
        }
        if len(apart) != 1:
            continue
        found = _parts("groups", own, tuple(members), closed=False)
        whole = found.whole
        if whole is None or not _introduces(whole, own, members) or apart & set(dict(terms(whole))):
            continue
        if not re.search(r"\brespectively\b", _stretch(whole, members[-1])):
            yield found


def _stretch(first: Mention, last: Mention) -> str:
    """The words from one number to the first clause behind another."""
    return first.sentence.text[first.start : last.end] + last.after[:40]


def _introduces(whole: Mention, own: Sequence[Mention], items: Sequence[Mention]) -> bool:
    """Whether a number stands right in front of a list that shares it out."""
    if items[0].statement.whole == whole.statement.id:
        return True
    between = whole.sentence.text[whole.end : items[0].start]
    alone = not any(whole.end <= m.start < items[0].start for m in own)
    return alone and len(between) < 90 and not re.search(r"[;:]|\band\b", between)


def _runs(
    named: Sequence[tuple[Mention, str | None]],
) -> Iterator[list[tuple[Mention, str | None]]]:
    """Stretches of neighbours that all name a category, in one clause or adjoining ones."""
    run: list[tuple[Mention, str | None]] = []
    for mention, key in named:
        apart = run and (key is None or len(mention.before) > 120)
        if apart or (run and key in [k for _, k in run]):
            yield run
            run = []
        if key is not None:
            run.append((mention, key))
    if run:
        yield run


def _parts(name: str, own: Sequence[Mention], items: tuple[Mention, ...], *, closed: bool) -> Parts:
    in_front = [m for m in own if m.end <= items[0].start and m.of_people]
    return Parts(
        name=name,
        items=items,
        whole=_whole(own, items),
        exclusive=True,
        closed=closed,
        others=tuple(m.number or 0 for m in in_front),
    )


def _whole(own: Sequence[Mention], items: Sequence[Mention]) -> Mention | None:
    """The number of people in front of the list that the words make its whole."""
    first = items[0]
    largest = max(m.number or 0 for m in items)
    by_id = {m.statement.id: m for m in own}
    if first.statement.whole in by_id:
        return by_id[first.statement.whole]
    for mention in reversed([m for m in own if m.end <= first.start and m not in items]):
        number = mention.number
        if ";" in first.sentence.text[mention.end : first.start]:
            return None
        if number is None or not mention.of_people or number < 2:
            continue
        if mention.statement.percent is None and (
            number >= largest or _HEAD_OF_LIST.search(mention.before)
        ):
            return mention
        return None
    return None


def population(passage: Passage, before: Mention) -> Mention | None:
    """The number of patients that the passage speaks of at a mention: the last one in front of it
    that its words call included, enrolled, treated, analysed, or the total."""
    places, found = passage.populations
    at = bisect_left(places, (before.sentence.index, before.start))
    return found[at - 1] if at else None
