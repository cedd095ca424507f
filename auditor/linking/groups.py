"""Groups of patients that the phrases of a sentence name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from auditor.linking import discourse
from auditor.linking.headers import PATIENTS
from auditor.linking.readings import Terms
from auditor.statement import Phrase, Statement
from auditor.topic import Term, Topic

_LETTERS = "ABCDEF"
Reader = Callable[[str, str], Topic]
"""Reads words into a topic; the second argument is "what", "whom" or "heading"."""


@dataclass(slots=True)
class Groups:
    """Phrases of one sentence that say of whom, each read once."""

    read: Reader
    seen: dict[str, Group] = field(default_factory=dict)

    def of(self, phrase: Phrase) -> Group:
        if phrase.text not in self.seen:
            self.seen[phrase.text] = group_of(phrase.text, self.read)
        return self.seen[phrase.text]


@dataclass(frozen=True, slots=True)
class Group:
    """Of whom one phrase speaks.

    Attributes:
        terms: the groups that it names; ``listed``: where it names several of one dimension,
            these, in order.
        everybody: all patients. ``back``: patients named before. ``sides``: both sides of a
            comparison, not named. ``patients``: how many it says they are.
        modifiers, residue, concept: as in ``Topic``.
        having: whether it speaks of patients with something of their own.
    """

    terms: Terms
    listed: tuple[Term, ...]
    everybody: bool
    back: bool
    sides: bool
    patients: int | None
    modifiers: frozenset[str]
    residue: tuple[str, ...]
    concept: str = ""
    having: bool = False

    def named(self, concept: str) -> tuple[str, ...]:
        """The concept that the phrase names, where it is another one."""
        return (self.concept,) if self.concept not in ("", PATIENTS, concept) else ()


def group_of(text: str, read: Reader) -> Group:
    """Of whom a phrase speaks."""
    if len(text) == 1 and text in _LETTERS:  # the B of "in arms A and B"
        text = f"arm {text}"
    topic = read(text, "whom")
    listed = _listed(text, read)
    dimensions = [term.dimension for term in listed]
    several = {d for d in dimensions if dimensions.count(d) > 1}
    everybody = discourse.everybody(text)
    return Group(
        frozenset(t for t in topic.terms if t.dimension not in several),
        tuple(t for t in listed if t.dimension in several),
        everybody,
        discourse.back(text),
        discourse.unnamed_sides(text),
        discourse.patients(text),
        topic.modifiers,
        _left(topic, listed if several else (), everybody),
        topic.concept,
        text.startswith(("with ", "who had ", "having ")),
    )


def _left(topic: Topic, listed: Sequence[Term], everybody: bool) -> tuple[str, ...]:
    """What is left over of a phrase, beside the further groups that it names."""
    if everybody and not topic.terms:
        return ()
    keys = {term.key for term in listed}
    return tuple(word for word in topic.residue if word not in keys)


def _listed(text: str, read: Reader) -> tuple[Term, ...]:
    """Every group that the words name, in their order."""
    found: dict[Term, None] = {}
    parts = discourse.sides(text)
    for part in parts if len(parts) > 1 else (text,):
        for term in sorted(read(part, "whom").terms):
            found[term] = None
    return tuple(found)


def bare_arms(statement: Statement, around: Sequence[Group], groups: Groups) -> list[Group]:
    """Groups called by the bare name of what all arms get, beside others that say more: "2.8
    months with A and 2.0 months with A plus B"."""
    dimensions = {term.dimension for group in around for term in group.terms}
    if not dimensions or statement.series is None:
        return []
    found = []
    for phrase in statement.whom:
        if not groups.of(phrase).terms:
            terms = groups.read(phrase.text, "arm").terms
            if any(term.dimension in dimensions for term in terms):
                found.append(Group(terms, (), False, False, False, None, frozenset(), ()))
    return found
