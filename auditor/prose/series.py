"""Which values are members of one list, set against each other, or paired with heads."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.prose.attach import Draft
from auditor.prose.values import Value


def number_series(drafts: Sequence[Draft], first: int) -> int:
    """Give the members of each list their series; returns the next free number."""
    runs = _runs(drafts)
    number = first
    for run in runs:
        if len(run) < 2:
            continue
        _share_tail(run)
        for item, draft in enumerate(run):
            draft.series, draft.item = number, item
            draft.versus = any(d.joint == "versus" for d in run[1:])
            if draft.versus and draft.measured is not None and draft.measured.p is None:
                last = run[-1]
                draft.p = draft.p or (last.measured.p if last.measured else None) or last.p
        number += 1
    return number


def _runs(drafts: Sequence[Draft]) -> list[list[Draft]]:
    runs: list[list[Draft]] = []
    for draft in drafts:
        joined = bool(runs) and draft.joint in ("list", "versus")
        if not joined or not _alike(runs[-1][-1], draft):
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
    if other.joint != "versus" and other.mode == "before" and other.before.verb:
        return False
    if one.mode != other.mode and "bare" not in (one.mode, other.mode):
        return False
    if first.bracketed != second.bracketed:
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


def _share_tail(run: list[Draft]) -> None:
    """ "6 PR, 16 SD and 9 PD in the XELIRI arm": the last phrase holds for all."""
    last = run[-1]
    if not last.own or last.mode == "before" or any(draft.own for draft in run[:-1]):
        return
    for draft in run[:-1]:
        draft.own = list(last.own)
