"""What is known of each number of the running text: where else it is stated, and whether so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from auditor.audit import TextRead
from auditor.statement import Origin, Statement
from auditor.topic import Link, Twin

SURE = 0.7
"""Least confidence with which an agreement is shown as one."""
WORTH_A_LOOK = 0.4
"""Links of less confidence are guesses; nobody is asked about them."""


class State(StrEnum):
    """How a statement of the text stands to what is stated elsewhere.

    PERSON: something that may be the same is below the threshold. ALONE: nothing else states it.
    """

    DIFFERS = "differs"
    PERSON = "for a person"
    AGREES = "agrees"
    ALONE = "stated once"
    CITED = "another study"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement with its state, its links worth showing, the best first, and its twins."""

    statement: Statement
    state: State
    links: tuple[Link, ...] = ()
    twins: tuple[Twin, ...] = ()


def standings(read: TextRead) -> dict[str, Standing]:
    """The state of every statement, by id, in reading order."""
    links: defaultdict[str, list[Link]] = defaultdict(list)
    for link in read.linked.links:
        if link.facts and (link.certain or link.confidence >= WORTH_A_LOOK):
            links[link.statement].append(link)
    twins: defaultdict[str, list[Twin]] = defaultdict(list)
    for twin in read.linked.twins:
        if twin.certain or twin.confidence >= WORTH_A_LOOK:
            twins[twin.one].append(twin)
            twins[twin.other].append(twin)
    return {
        statement.id: _standing(statement, links[statement.id], twins[statement.id])
        for statement in read.prose.statements
    }


def _standing(statement: Statement, links: Sequence[Link], twins: Sequence[Twin]) -> Standing:
    ties = sorted(links, key=lambda link: (not _wrong(link), -link.confidence))
    pairs = sorted(twins, key=lambda twin: (not _wrong(twin), -twin.confidence))
    if statement.origin is Origin.CITED:
        return Standing(statement, State.CITED)
    if statement.origin is Origin.PLANNED:
        return Standing(statement, State.PLANNED)
    both: list[Link | Twin] = [*ties, *pairs]
    if any(_wrong(tie) for tie in both):
        state = State.DIFFERS
    elif any(tie.agrees and (tie.certain or tie.confidence >= SURE) for tie in both):
        state = State.AGREES
    elif both:
        state = State.PERSON
    else:
        state = State.ALONE
    return Standing(statement, state, tuple(ties), tuple(pairs))


def _wrong(tie: Link | Twin) -> bool:
    return tie.certain and not tie.agrees


def tally(found: Mapping[str, Standing]) -> dict[State, int]:
    """How many statements are in each state, all states named."""
    counted = dict.fromkeys(State, 0)
    for standing in found.values():
        counted[standing.state] += 1
    return counted
