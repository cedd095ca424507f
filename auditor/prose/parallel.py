"""Groups named once for a list: "rash in 14 of the drug group and 9 of the placebo group, and
nausea in 31 and 14" gives nausea the same two groups in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from auditor.statement import Kind, Phrase, Statement


def with_groups(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements of a sentence, counts of a later name with the groups of the first."""
    runs = [list(run) for _, run in groupby(statements, key=lambda s: [p.text for p in s.what])]
    named: list[Phrase] = []
    result: list[Statement] = []
    for run in runs:
        counted = all(s.kind is Kind.COUNT and not s.versus for s in run) and len(run) > 1
        own = _distinct(run) if counted else []
        if own:
            named = own
        elif counted and len(run) == len(named) and not _told_apart(run):
            pairs = zip(run, named, strict=True)
            result += [replace(s, whom=(phrase, *s.whom)) for s, phrase in pairs]
            continue
        result += run
    return tuple(result)


def _distinct(run: Sequence[Statement]) -> list[Phrase]:
    """The phrase of each member that the others lack, where each has exactly one."""
    texts = [{p.text for p in s.whom} for s in run]
    found = []
    for at, statement in enumerate(run):
        others = set().union(*(t for i, t in enumerate(texts) if i != at))
        only = [p for p in statement.whom if p.text not in others]
        if len(only) != 1:
            return []
        found += only
    return found


def _told_apart(run: Sequence[Statement]) -> bool:
    """Whether the members of a run are of different patients by their own words."""
    return len({tuple(sorted(p.text for p in s.whom)) for s in run}) > 1
