"""The counts of the groups of a comparison, from the places that may show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, product

from auditor.finding import Place
from auditor.linking.agreement import Agreement, with_exact
from auditor.linking.headers import PATIENTS
from auditor.reanalysis.cell_counts import CellCount, content, labelled, opposed
from auditor.reanalysis.compared import Counts
from auditor.reanalysis.complements import against_others, rest
from auditor.reanalysis.group_names import spoken
from auditor.reanalysis.group_sizes import Options, Size, sized
from auditor.statement import Statement
from auditor.topic import Term, Topic

MOST_TABLES = 24


@dataclass(frozen=True, slots=True)
class Sides:
    """Counts of the groups.

    Attributes:
        tables: as in ``ComparedCounts``; ``groups``: labels of their rows, "" where unknown.
        places, claims: where the counts stand beside the sentence.
        doubt: what keeps them from being certain, or "".
    """

    tables: tuple[Counts, ...]
    groups: tuple[str, ...]
    places: tuple[Place, ...] = ()
    claims: tuple[str, ...] = ()
    doubt: str = ""


def printed(
    members: Sequence[Statement],
    topics: Sequence[Topic],
    sizes: Mapping[frozenset[Term], Sequence[Size]],
) -> Sides | None:
    """Counts and numbers of patients that the sentence itself prints."""
    rows, doubt = [], ""
    for member in members:
        count = member.count.integer if member.count is not None else None
        n = member.denominator.integer if member.denominator is not None else None
        if count is None or not n or count > n:
            return None
        share = member.percent
        if share is not None and with_exact(share, Fraction(100 * count, n)) is Agreement.DIFFERS:
            doubt = "a printed percentage is not that of the counts"
        rows.append((count, n - count))
    ns = [sum(row) for row in rows]
    known = [{s.n for s in sizes.get(t.terms, ())} for t in topics]
    turned = any(
        own and (n > max(own) or (n not in own and any(n in k for k in known)))
        for n, own in zip(ns, known, strict=True)
    )
    groups = [spoken(name, m) for name, m in zip(names(topics), members, strict=True)]
    if turned:
        groups = [""] * len(rows)
    return Sides((tuple(rows),), tuple(groups), doubt=doubt)


def tabled(
    members: Sequence[Statement],
    topics: Sequence[Topic],
    cells: Mapping[str, Sequence[CellCount]],
    words: str,
) -> Sides | None:
    """Counts of one row or column of a table that gives the percentages of the sentence.

    ``words``: of the sentence.
    """
    named = all(m.whom and t.terms for m, t in zip(members, topics, strict=True))
    either = any(m.order_open for m in members) or not named
    found = opposed(members, topics, cells, either_order=either)
    doubt = ""
    if not found:
        found = labelled(members, topics, cells, words)
    if not found:
        found = opposed(members, topics, cells, either_order=either, nearly=True)
        doubt = "a percentage differs in the last digit from that of the table"
    tables: dict[Counts, tuple[CellCount, ...]] = {}
    for chosen in found:
        tables.setdefault(tuple(sorted((c.count, c.n - c.count) for c in chosen)), chosen)
    if not tables:
        return None
    if len(tables) > 1:
        doubt = "several rows of the tables have these percentages"
    chosen = next(iter(tables.values()))
    if _restricted(members, chosen):
        doubt = "the sentence may speak of other patients than the table"
    return Sides(
        tuple(tuple((c.count, c.n - c.count) for c in cells) for cells in tables.values()),
        names([c.topic for c in chosen]),
        tuple(c.place for c in chosen),
        tuple(name for c in chosen for name in c.claims),
        doubt,
    )


_GENERAL = content(
    "patients group groups arm arms both two three all among study trial present our total overall "
    "entire whole cohort population itt intention treat evaluable response addition contrast "
    "respectively terms efficacy safety analysis results treatment receiving received with"
)


def _restricted(members: Sequence[Statement], chosen: Sequence[CellCount]) -> bool:
    """Whether a phrase in front of the sentence names patients that the cells do not: "In men, the
    ORR was 20% versus 46%"."""
    said = content(" ".join(p.text for p in members[0].setting)) - _GENERAL
    for cell in chosen:
        labels = (t.label or t.key for t in cell.topic.terms)
        keys = (t.key for t in cell.topic.terms)
        said -= content(" ".join((cell.place.row_label or "", cell.arm, cell.sub, *labels, *keys)))
    return bool(said) and any(p.text.lower().startswith(_WHOM) for p in members[0].setting)


_WHOM = ("in ", "among ", "for ", "of ", "with ")


def against_rest(
    members: Sequence[Statement], concept: str, cells: Mapping[str, Sequence[CellCount]]
) -> Sides | None:
    """A group of a table against all others, by the table's total."""
    tables: dict[Counts, tuple[Counts, CellCount, CellCount]] = {}
    for part, whole in against_others(members, concept, cells):
        count, n = rest(part, whole)
        rows = ((part.count, part.n - part.count), (count, n - count))
        tables.setdefault(tuple(sorted(rows)), (rows, part, whole))
    if not tables:
        return None
    _, part, whole = next(iter(tables.values()))
    return Sides(
        tuple(rows for rows, _, _ in tables.values()),
        (names([part.topic, whole.topic])[0], "others"),
        (part.place, whole.place),
        (*part.claims, *whole.claims),
        "several groups of the tables have these percentages" if len(tables) > 1 else "",
    )


def by_size(
    members: Sequence[Statement],
    topics: Sequence[Topic],
    sizes: Mapping[frozenset[Term], Sequence[Size]],
    cells: Mapping[str, Sequence[CellCount]],
) -> Sides | None:
    """Every count that the percentages allow where the numbers of patients are known.

    ``cells``: by concept; where they show other counts of the same group, nothing is known.
    """
    found = [sized(m, t, sizes) for m, t in zip(members, topics, strict=True)]
    options = [f for f in found if f is not None]
    if len(options) < len(members):
        return None
    tables = tuple(
        tuple((count, n - count) for count, n in chosen)
        for chosen in islice(product(*(o.counts for o in options)), MOST_TABLES)
    )
    chance = Fraction(1)
    for option in options:
        chance *= option.chance
    doubt = next((o.doubt for o in options if o.doubt), "")
    pairs = list(zip(options, topics, strict=True))
    if not doubt and len(tables) > 1:
        doubt = "the printed numbers allow several counts"
    if not doubt and any(o.chance and (t.residue or chance > _LIKELY) for o, t in pairs):
        doubt = "the numbers of patients behind the percentages are not printed with them"
    if any(_otherwise(t, o, cells) for t, o in zip(topics, options, strict=True)):
        return None
    places = tuple(p for o in options for p in o.places)
    groups = [spoken(name, m) for name, m in zip(names(topics), members, strict=True)]
    return Sides(tables, tuple(groups), places, doubt=doubt)


def _otherwise(topic: Topic, options: Options, cells: Mapping[str, Sequence[CellCount]]) -> bool:
    """Whether a table states other counts of the same than the percentage allows."""
    if topic.concept in ("", PATIENTS):
        return False
    known = [c for c in cells.get(topic.concept, ()) if c.topic == replace(topic, residue=())]
    return bool(known) and not any((c.count, c.n) in options.counts for c in known)


_LIKELY = Fraction(1, 10)
"""So likely percentages of other numbers of patients may fit those of the groups by chance."""


def names(topics: Sequence[Topic]) -> tuple[str, ...]:
    """The groups by the terms that tell them apart."""
    shared = frozenset.intersection(*(t.terms for t in topics))
    own = [sorted(t.terms - shared) for t in topics]
    return tuple(", ".join(t.label or t.key for t in terms) for terms in own)
