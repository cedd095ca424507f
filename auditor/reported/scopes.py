"""Whether the group that a caption names restricts the cells of its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from auditor.claims import Population
from auditor.reported.model import Reported
from auditor.reported.source import Source

Agrees = Callable[[Reported, Source], bool]


def settled(reported: Sequence[Reported], source: Source, agrees: Agrees) -> tuple[Reported, ...]:
    """The reported numbers, those of a table with a scope restricted to it or not.

    "Adverse events attributed to the study drug" need not speak of the arm of that name. As
    many subjects as a cell counts tell for that cell. For the others of the table the reading
    holds under which more of them agree, and what rests on it is probable at most.
    """
    tables: dict[tuple[str, int | None], list[Reported]] = {}
    for one in reported:
        if _open(one):
            tables.setdefault(_table(one), []).append(one)
    narrow = {table: _narrow(members, source, agrees) for table, members in tables.items()}
    return tuple(
        _told(one, source, narrow=narrow[_table(one)]) if _open(one) else one for one in reported
    )


def _open(one: Reported) -> bool:
    return one.scope is not None and not one.why and one.scope not in one.population.terms


def _table(one: Reported) -> tuple[str, int | None]:
    return one.place.input, one.place.table_index


def _restricted(one: Reported) -> Reported:
    terms = (one.scope, *one.population.terms) if one.scope else one.population.terms
    return replace(one, population=Population(terms), scope=None)


def _by_number(one: Reported, source: Source) -> bool | None:
    """Whether the number of subjects says that the scope holds; None: it does not tell."""
    n = one.stated_n
    with_it, without = source.size(_restricted(one).population), source.size(one.population)
    if n is None or with_it == without or n not in (with_it, without):
        return None
    return n == with_it


def _narrow(members: Sequence[Reported], source: Source, agrees: Agrees) -> bool:
    """Whether the scope holds for a table: unless without it more of the numbers agree."""
    undecided = [one for one in members if _by_number(one, source) is None]
    with_it = sum(agrees(_restricted(one), source) for one in undecided)
    if with_it == len(undecided):
        return True
    return with_it >= sum(agrees(one, source) for one in undecided)


def _told(one: Reported, source: Source, *, narrow: bool) -> Reported:
    told = _by_number(one, source)
    holds = narrow if told is None else told
    certain = one.certain and told is not None
    return replace(_restricted(one) if holds else one, certain=certain)
