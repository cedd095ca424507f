"""The same numbers given to other groups: two sentences of a paper that swap their sides.

Where "8.3 months in the treated and 4.1 in the control group" stands in the results and "4.1 and
8.3" of the same groups in the abstract, no chance and no other population explains it: the very
numbers are repeated, and only who has which differs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.linking.parts import number
from auditor.linking.spots import content, frame
from auditor.statement import Kind, Origin, Statement
from auditor.topic import Topic

_MOST_SENTENCES = 8
"""Numbers that more sentences repeat in a row are compared for the first of them only."""
_NO_GROUP = frozenset({Kind.P_VALUE, Kind.RATIO, Kind.RANGE})
_AT_LEAST = re.compile(r"at least|or (?:more|older|higher)|≥|>=|more than|over|above|>")
_AT_MOST = re.compile(r"at most|≤|<=|less than|fewer than|under|below|up to|<")
_SPAN = re.compile(r"(\d+(?:[.,]\d+)?)(?:\s*%?\s*(?:[-–]|to)\s*(\d+(?:[.,]\d+)?))?")

Who = tuple[str, object]
"""A way to name a group: by the terms of the tables, by a threshold, or by its words."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """The same group in two sentences, with numbers that change places with other groups'."""

    one: Statement
    other: Statement
    part: str


def crossed(
    own: Sequence[Statement],
    topics: Mapping[str, Topic],
    explicit: frozenset[str] | None,
    across: Callable[[Statement, Statement], bool],
) -> Iterator[Crossed]:
    """Statements of sentences that give equal numbers of one quantity to other groups.

    ``explicit``: ids of statements whose patients the words name (None: all). ``across``: whether
    two statements stand where one may repeat the other.
    """
    rows: dict[tuple[int, object], list[Statement]] = defaultdict(list)
    for statement in own:
        topic = topics.get(statement.id, Topic())
        if topic.concept and statement.kind not in _NO_GROUP and not statement.order_open:
            same = topic.concept, topic.grades, topic.at, topic.modifiers, _part(statement)
            rows[statement.sentence, (frame(statement), *same)].append(statement)
    groups: dict[object, list[list[Statement]]] = defaultdict(list)
    for (_, quantity), members in rows.items():
        values = sorted(_value(s) for s in members)
        if len(set(values)) == len(values) > 1 and _stated(members):
            groups[quantity, tuple(values)].append(members)
    for found in groups.values():
        several = found[:_MOST_SENTENCES]
        for i, members in enumerate(several):
            for others in several[i + 1 :]:
                if across(members[0], others[0]):
                    yield from _swapped(members, others, topics, explicit)


def _part(statement: Statement) -> str:
    if frame(statement)[0] == "patients":
        return "count" if number(statement, "percent") is None else "percent"
    return "percent" if statement.kind is Kind.SURVIVAL else "value"


def _value(statement: Statement) -> Decimal:
    return (number(statement, _part(statement)) or statement.value).value


def _stated(members: Sequence[Statement]) -> bool:
    return all(s.origin is Origin.OWN for s in members)


def _swapped(
    members: Sequence[Statement],
    others: Sequence[Statement],
    topics: Mapping[str, Topic],
    explicit: frozenset[str] | None,
) -> Iterator[Crossed]:
    """The groups of both that have other numbers; none where the names do not tell them apart."""
    for naming in (_by_terms(topics, explicit), _by_threshold, _by_words):
        one, other = _named(members, naming), _named(others, naming)
        shared = [who for who in one if who in other]
        if not shared or len(one) + len(other) < 2:
            continue
        moved = [who for who in shared if _value(one[who]) != _value(other[who])]
        # Of two sides one name is enough: the other number is left for the other side.
        enough = len(moved) >= 2 or (len(members) == 2 and len(moved) == len(shared) == 1)
        if enough and _permuted(members, one, other, moved):
            for who in moved:
                yield Crossed(one[who], other[who], _part(one[who]))
        return


def _permuted(
    members: Sequence[Statement],
    one: Mapping[Who, Statement],
    other: Mapping[Who, Statement],
    moved: Sequence[Who],
) -> bool:
    """Whether the groups that moved only change places with each other."""
    if len(members) == 2:
        return True
    return sorted(_value(one[w]) for w in moved) == sorted(_value(other[w]) for w in moved)


def _named(
    members: Sequence[Statement], naming: Callable[[Statement], Who | None]
) -> dict[Who, Statement]:
    """Statements by the name of their group; {} where two have one name."""
    found: dict[Who, Statement] = {}
    for statement in members:
        who = naming(statement)
        if who is None:
            continue
        if who in found:
            return {}
        found[who] = statement
    return found


def _by_terms(
    topics: Mapping[str, Topic], explicit: frozenset[str] | None
) -> Callable[[Statement], Who | None]:
    def naming(statement: Statement) -> Who | None:
        topic = topics.get(statement.id, Topic())
        named = explicit is None or statement.id in explicit
        if not named or not topic.terms or topic.residue or not statement.whom:
            return None
        return "terms", topic.terms

    return naming


def _by_threshold(statement: Statement) -> Who | None:
    """ "at least 50%" and "≥ 50%"; "1-49%"; "less than 1%" and "<1%"."""
    text = " ".join(phrase.text for phrase in statement.whom[:1]).lower()
    spans = _SPAN.findall(text)
    if len(spans) != 1:
        return None
    sign = "≥" if _AT_LEAST.search(text) else "≤" if _AT_MOST.search(text) else ""
    return "threshold", (sign, spans[0])


def _by_words(statement: Statement) -> Who | None:
    found = content(" ".join(phrase.text for phrase in statement.whom[:1]))
    return ("words", found) if found else None
