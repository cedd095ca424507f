"""Which values are members of one list, set against each other, or paired with heads."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.prose.drafts import Draft
from auditor.prose.items import Word
from auditor.prose.phrases import Span, is_word, participle
from auditor.prose.value import Value


def number_series(drafts: Sequence[Draft], first: int) -> int:
    """Give the members of each list their series; returns the next free number."""
    number = first
    for level in levels(drafts):
        for run in _runs(level):
            for group in _share_tail(run) if len(run) > 1 else []:
                _mark(group, number)
                number += 1
    return number


def _mark(run: list[Draft], number: int) -> None:
    last = run[-1]
    together = any(draft.respectively for draft in run)
    test = last.p or (last.measured.p if last.measured else None)
    for item, draft in enumerate(run):
        draft.series, draft.item = number, item
        draft.versus = run[1].joint == "versus"
        draft.respectively = draft.respectively or together
        if draft.at is not None and len(draft.at.numbers) == len(run) and not draft.pair:
            draft.pair = item
        if draft.versus and draft.measured is not None and draft.measured.p is None:
            draft.p = draft.p or test


def levels(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """The values of the sentence itself and of each bracket, apart."""
    by: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.measured is not None and not draft.nested:
            by.setdefault(id(draft.parent), []).append(draft)
    return list(by.values())


def _runs(drafts: Sequence[Draft]) -> list[list[Draft]]:
    runs: list[list[Draft]] = []
    for draft in drafts:
        if not runs or not draft.listed or not _alike(runs[-1][-1], draft):
            runs.append([draft])
        elif draft.joint == runs[-1][-1].joint or len(runs[-1]) == 1:
            runs[-1].append(draft)
        elif draft.joint == "versus":  # "2 and 3 versus 4": the comparison begins at 3
            runs.append([runs[-1].pop(), draft])
        else:
            runs.append([draft])
    return runs


def _alike(one: Draft, other: Draft) -> bool:
    first, second = one.value, other.value
    if not isinstance(first, Value) or not isinstance(second, Value):
        return False
    if one.whole is not None and one.whole is other.whole:
        return True
    if other.joint != "versus" and other.mode == "before" and other.before.verb:
        return False
    if one.mode != other.mode and "bare" not in (one.mode, other.mode):
        return False
    if first.bracketed != second.bracketed:
        return False
    if (
        other.joint == "list" and other.lead and is_word(other.lead[0], "with")
    ):  # "31 responded, with 10 having a CR"
        return False
    return _family(first) == _family(second)


def _family(value: Value) -> str:
    if "p" in value.words:
        return "p"
    if value.count is not None:
        return "count"
    if value.percent is not None:
        return "percent"
    return "unit" if value.unit or value.number is None else "number"


def _share_tail(run: list[Draft]) -> list[list[Draft]]:
    """Give the last phrase of whom to all before it: "6 PR, 16 SD and 9 PD in arm A".

    Phrases that end groups of equal length part the run: "7 CR and 3 PR in arm A, and 9 CR and
    2 PR in arm B" are two lists. Returns the lists.
    """
    last = run[-1]
    if all(d.direct for d in run) and last.after.what:
        for draft in run[:-1]:
            draft.what += [phrase for phrase in last.after.what if phrase not in draft.what]
    together = any(d.respectively for d in run) or all(d.direct for d in run)
    if run[-1].mode == "before" and not together:
        return [run]
    owners = [at for at, draft in enumerate(run) if draft.own]
    if not owners or owners[-1] != len(run) - 1 or (len(owners) > 1 and owners[0] == 0):
        return [run]
    verbs = {_verb(draft) for draft in run} - {""}
    if len(verbs) > 1:  # "7 had a delay, and 1 stopped in the second year"
        return [run]
    groups = []
    start = 0
    for owner in owners:
        for draft in run[start:owner]:
            draft.own = _behind(run[owner])
        groups.append(run[start : owner + 1])
        start = owner + 1
    equal = len({len(group) for group in groups}) == 1 and len(groups[0]) > 1
    return groups if equal else [run]


def _behind(draft: Draft) -> list[Span]:
    """Its phrases of whom behind its predicate: those before it are its own."""
    if not draft.after.what:
        return list(draft.own)
    return [phrase for phrase in draft.own if phrase[0] > draft.after.what[0][0]]


def _verb(draft: Draft) -> str:
    """The verb that its predicate begins with, or "" for none that says anything."""
    first = draft.tail[0] if draft.tail else None
    telling = isinstance(first, Word) and (is_word(first, "have", "verb") or participle(first))
    return first.token.norm if telling and isinstance(first, Word) else ""
