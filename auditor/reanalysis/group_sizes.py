"""Numbers of patients of the groups of a paper, and the counts that percentages of them allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.finding import Place
from auditor.linking.agreement import Agreement, with_exact
from auditor.printed import PrintedNumber
from auditor.reanalysis.cell_counts import percentage
from auditor.rounding import unit
from auditor.statement import Statement
from auditor.topic import Linked, Term, Topic

_MOST = 8
"""More counts than this tell nothing."""


@dataclass(frozen=True, slots=True)
class Size:
    """A number of patients of a group, and where it stands."""

    n: int
    place: Place


@dataclass(frozen=True, slots=True)
class Options:
    """Counts that a group may have.

    Attributes:
        counts: pairs of count and number of patients.
        chance: how likely the print would fit this number of patients if it were of another.
        places: of the numbers of patients. ``doubt``: in words, or "".
    """

    counts: tuple[tuple[int, int], ...]
    chance: Fraction
    places: tuple[Place, ...] = ()
    doubt: str = ""


def sizes(linked: Linked) -> dict[frozenset[Term], tuple[Size, ...]]:
    """The numbers of patients of each group, each number once."""
    found = {}
    for terms, facts in linked.people.items():
        by_n: dict[int, Size] = {}
        for fact in facts:
            n = fact.printed.integer
            if n:
                by_n.setdefault(n, Size(n, fact.place))
        found[terms] = tuple(by_n.values())
    return found


def sized(
    statement: Statement, topic: Topic, known: Mapping[frozenset[Term], Sequence[Size]]
) -> Options | None:
    """The counts that a statement without its number of patients allows, or None."""
    count = statement.count.integer if statement.count is not None else None
    share = percentage(statement)
    printed = statement.denominator.integer if statement.denominator is not None else None
    groups = known.get(topic.terms, ()) if topic.terms else ()
    if count is not None and printed and count <= printed:
        return Options(((count, printed),), Fraction(0))
    if share is not None and printed:
        pairs = tuple((k, printed) for k in _counts(share, printed))
        return Options(pairs, Fraction(0)) if pairs else None
    if count is not None and share is not None:
        fitting = [s for s in groups if s.n >= count and _fits(share, count, s.n)]
        if fitting:
            pairs = tuple((count, s.n) for s in fitting)
            return Options(pairs, Fraction(0), tuple(s.place for s in fitting))
        return _window(count, share)
    if count is not None:
        fitting = [s for s in groups if s.n >= count]
        if len(fitting) != 1 or len(topic.terms) > 1:  # of a group taken over from before?
            return None
        doubt = "the numbers of patients behind the counts are not printed with them"
        return Options(((count, fitting[0].n),), Fraction(1), (fitting[0].place,), doubt)
    if share is None or share.relation != "=" or not 0 <= share.value <= 100:
        return None
    pairs = tuple((k, s.n) for s in groups for k in _counts(share, s.n))
    if not pairs or len(pairs) > _MOST:
        return None
    chance = min(Fraction(1), sum(s.n for s in groups) * unit(share.decimals) / 100)
    return Options(pairs, chance, tuple(s.place for s in groups))


def _fits(share: PrintedNumber, count: int, n: int) -> bool:
    return n > 0 and with_exact(share, Fraction(100 * count, n)) is Agreement.AGREES


def _counts(share: PrintedNumber, n: int) -> list[int]:
    """Every count of ``n`` that prints as the percentage, the nearest first."""
    middle = share.fraction * n / 100
    reach = unit(share.decimals) * n / 100 + 1
    near = range(max(0, int(middle - reach)), min(n, int(middle + reach) + 1) + 1)
    fitting = [k for k in near if _fits(share, k, n)]
    return sorted(fitting, key=lambda k: abs(k - middle))


def _window(count: int, share: PrintedNumber) -> Options | None:
    """The numbers of patients of whom ``count`` is the percentage."""
    if not count or share.relation != "=" or share.fraction <= 0:
        return None
    middle = 100 * count / share.fraction
    half = unit(share.decimals)
    least = 100 * count / (share.fraction + half)
    most = 100 * count / (share.fraction - half) if share.fraction > half else middle * 2
    if most - least > 4 * _MOST:
        return None
    near = [n for n in range(max(count, int(least)), int(most) + 2) if _fits(share, count, n)]
    near.sort(key=lambda n: abs(n - middle))
    if not near or len(near) > _MOST:
        return None
    doubt = "the numbers of patients are not printed" if len(near) > 1 else ""
    return Options(tuple((count, n) for n in near), Fraction(0), doubt=doubt)
