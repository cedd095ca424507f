"""Pairs the members of a head with the values: "the ORR and DCR were 19% and 71%"."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.prose.drafts import Draft
from auditor.prose.items import Item, Times, Word
from auditor.prose.phrases import Span, coordinated, is_word, span, trimmed
from auditor.prose.series import levels

_PLURALS = ("arms", "groups", "cohorts", "regimens", "strata", "subgroups")


def pair(drafts: Sequence[Draft], items: Sequence[Item]) -> None:
    """Give each value of a list its own member of the head in front of the list.

    Values set against each other ("6% versus 38% and 75% versus 69%") are one group a head.
    """
    for level in levels(drafts):
        at = 0
        while at < len(level):
            run = _run(level, at)
            if len(run) > 1 and not _pair_run(run, items):
                _pair_sides(run, items)
            at += len(run)


def _run(drafts: Sequence[Draft], start: int) -> list[Draft]:
    """From a headed value on, those that follow without a head of their own."""
    run = [drafts[start]]
    for draft in drafts[start + 1 :]:
        if not draft.listed:
            break
        if draft.before.what:
            break
        run.append(draft)
    return run


def _pair_run(run: list[Draft], items: Sequence[Item]) -> bool:
    head = run[0]
    if head.mode != "before" or not head.before.what:
        return False
    groups, by_sides = _groups(run)
    said = any(draft.respectively for draft in run)
    for which, whole in enumerate(head.before.what):
        inner = [item for item in items if whole[0] <= item.start and item.end <= whole[1]]
        heads = _members(inner)
        if len(heads) < 2:
            continue
        if len(heads) == len(groups) and not by_sides:
            for at, group in enumerate(groups):
                for draft in group:
                    _set(draft, head, which, heads[at], at)
            return True
        if (said or by_sides) and all(len(group) == len(heads) for group in groups):
            for group in groups:
                for at, draft in enumerate(group):
                    _set(draft, head, which, heads[at], at)
            return True
    return False


def _pair_sides(run: list[Draft], items: Sequence[Item]) -> None:
    """Give each value its side: "28% and 14% with the drug and placebo, respectively"."""
    said = any(draft.respectively for draft in run)
    first, last = run[0], run[-1]
    start = next((i + 1 for i in range(len(run) - 2, -1, -1) if run[i].own), 0)
    open_ = run[start:]  # behind "11% with placebo and" three doses share the last phrase
    for phrase in (*last.own, *first.shared):
        inner = [item for item in items if phrase[0] <= item.start and item.end <= phrase[1]]
        sides = coordinated(trimmed(inner, "prep", "with", "of"))
        plural = any(isinstance(i, Word) and i.token.norm in _PLURALS for i in inner)
        alone = phrase in last.own and not start and not last.direct and last.mode == "before"
        members = open_ if phrase in last.own else run
        if len(sides) == len(members) > 1 and (said or plural or alone):
            if any(_bare_number(inner, side) for side in sides):
                sides = [phrase] * len(sides)  # "with 0, 1 and 2 risk factors" stays whole
            for draft, side in zip(members, sides, strict=True):
                draft.own = [side, *(s for s in draft.own if s != phrase)]
                draft.shared = [s for s in draft.shared if s != phrase]
            return


def _bare_number(inner: Sequence[Item], side: Span) -> bool:
    """Whether a member of a list is a number alone, which its noun at the end explains."""
    words = [item for item in inner if side[0] <= item.start and item.end <= side[1]]
    return len(words) == 1 and is_word(words[0], "mute")


def _groups(run: list[Draft]) -> tuple[list[list[Draft]], bool]:
    """Values that "versus" joins are one group; so are those that share a side behind them.

    The second result tells whether it is the sides that make the groups.
    """
    groups = [[run[0]]]
    for draft in run[1:]:
        if draft.joint == "versus":
            groups[-1].append(draft)
        else:
            groups.append([draft])
    if all(len(group) == 1 for group in groups) and len(run) > 2:
        sides: list[list[Draft]] = [[]]
        for draft in run:
            sides[-1].append(draft)
            if draft.own and draft is not run[-1]:
                sides.append([])
        if len(sides) > 1 and len({len(side) for side in sides}) == 1 and len(sides[0]) > 1:
            for side in sides:
                for draft in side:
                    draft.own = list(side[-1].own)
            return sides, True
    return groups, False


def _members(inner: Sequence[Item]) -> list[tuple[Span, ...]]:
    """Each member of the head as phrases, the nearest first; a shared word goes to all."""
    times = [item for item in inner if isinstance(item, Times)]
    words = [item for item in inner if not isinstance(item, Times)]
    if times and len(times[0].numbers) > 1 and words:
        return [(span(words),) for _ in times[0].numbers]
    members = coordinated(inner)
    if len(members) < 2:
        return []
    shared: tuple[Span, ...] = ()
    first = [item for item in inner if item.end <= members[0][1]]
    if len(first) > 1 and is_word(first[0], "median", "mean"):
        shared = (span(first[:1]),)
    return [(member, *(shared if at else ())) for at, member in enumerate(members)]


def _set(draft: Draft, head: Draft, which: int, member: tuple[Span, ...], pair_: int) -> None:
    others = [span_ for at, span_ in enumerate(head.before.what) if at != which]
    draft.what = [*member, *others]
    draft.respectively = True
    draft.pair = pair_
