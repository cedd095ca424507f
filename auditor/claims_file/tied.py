"""Topics, links and twins as a person's decisions leave them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from auditor.claims import Measure
from auditor.claims_file.matching import Decision
from auditor.claims_file.shown import Reading
from auditor.linking.agreement import Agreement, of_counts, with_exact, with_print
from auditor.linking.parts import number
from auditor.printed import PrintedNumber
from auditor.statement import Kind, Prose, Statement
from auditor.topic import Fact, Link, Linked, Topic

_BY_A_PERSON = "a person says so"
_VALUES = {Kind.MEDIAN: Measure.MEDIAN, Kind.MEAN: Measure.MEAN, Kind.RATIO: Measure.ESTIMATE}


def overlaid(
    linked: Linked,
    prose: Prose,
    before: Reading,
    decisions: Sequence[Decision],
    kept: Collection[str],
) -> Linked:
    """What is linked, with the decisions on top.

    ``before`` is the reading that the person saw: its links are those that were confirmed.
    ``kept`` are the ids of the statements that were not rejected.
    """
    statements = {statement.id: statement for statement in prose.statements}
    topics = dict(linked.topics)
    links = {(link.statement, link.part): link for link in linked.links if link.statement in kept}
    alternatives = {key: a for key, a in linked.alternatives.items() if key[0] in kept}
    sure: set[str] = set()
    moved: set[str] = set()
    for decision in decisions:
        found = before.statements.get(decision.claim)
        if found is None or decision.action == "rejected" or found[0].id not in kept:
            continue
        statement = statements[found[0].id]
        sure.add(statement.id)
        if decision.edits.about is not None:
            topics[statement.id] = decision.edits.about
            moved.add(statement.id)
    # What a statement of another topic was linked to is of the old one.
    links = {key: link for key, link in links.items() if key[0] not in moved}
    alternatives = {key: a for key, a in alternatives.items() if key[0] not in moved}
    facts = {fact.claim: fact for fact in linked.facts}
    for name in sorted(moved):
        for link in _by_topic(statements[name], topics[name], linked.facts):
            links[link.statement, link.part] = link
    for decision in decisions:
        found = before.statements.get(decision.claim)
        if found is None or decision.action == "rejected" or found[0].id not in kept:
            continue
        statement = statements[found[0].id]
        pinned = _pinned(decision, statement, found[1], before, facts, links)
        if pinned is None:
            continue
        links = {key: link for key, link in links.items() if key != (statement.id, pinned.part)}
        if pinned.facts:
            links[statement.id, pinned.part] = pinned
    twins = tuple(
        replace(twin, certain=True, confidence=1.0) if {twin.one, twin.other} <= sure else twin
        for twin in linked.twins
        if {twin.one, twin.other} <= set(kept) and not {twin.one, twin.other} & moved
    )
    order = {statement.id: place for place, statement in enumerate(prose.statements)}
    return replace(
        linked,
        topics={name: topic for name, topic in topics.items() if name in kept},
        links=tuple(sorted(links.values(), key=lambda link: order[link.statement])),
        alternatives=alternatives,
        twins=twins,
    )


def _pinned(
    decision: Decision,
    statement: Statement,
    part: str,
    before: Reading,
    facts: Mapping[str, Fact],
    links: Mapping[tuple[str, str], Link],
) -> Link | None:
    """The link that the decision makes certain; without facts: there is to be none."""
    part = _leading(statement, part)
    shown = before.links.get(decision.claim)
    printed = number(statement, part)
    if printed is None:
        return None
    if decision.edits.cells is not None:
        named = [facts[claim] for claim in decision.edits.cells if claim in facts]
        return _link(statement, part, printed, _fitting(named, statement, part))
    if decision.edits.about is not None:
        return None
    if shown is None:
        return None
    # The facts as they are now: their own numbers may have been edited, or rejected.
    now = [facts[fact.claim] for fact in shown.facts if fact.claim in facts]
    if len(now) < len(shown.facts):
        return Link(statement.id, part, (), "same", "", agrees=False, confidence=0.0)
    fresh = links.get((statement.id, part))
    if fresh is not None and [f.claim for f in fresh.facts] == [f.claim for f in now]:
        evidence = (_BY_A_PERSON, *fresh.evidence)
        return replace(fresh, confidence=1.0, certain=True, evidence=evidence)
    return _link(statement, part, printed, tuple(now), shown)


def _leading(statement: Statement, part: str) -> str:
    """The name of the part; the leading number goes by its kind, which may have been edited."""
    if number(statement, part) is not None:
        return part
    if statement.kind is Kind.COUNT:
        return "count"
    if statement.kind in (Kind.PERCENT, Kind.SURVIVAL):
        return "percent"
    return "p-value" if statement.kind is Kind.P_VALUE else "value"


def _by_topic(statement: Statement, topic: Topic, facts: Sequence[Fact]) -> list[Link]:
    """Links to the cells that state the same of the same patients, one a part at most."""
    if not topic.concept:
        return []
    same = [fact for fact in facts if fact.topic == topic]
    made = []
    for part in ("count", "percent", "denominator", "lower", "upper", "p-value", "value"):
        printed = number(statement, part)
        if printed is None or (part == "value" and statement.kind not in _VALUES):
            continue
        fitting = [fact for fact in same if fact.measure is _measure(statement, part)]
        # Two cells that state it otherwise are a contradiction of the tables.
        if fitting and len({fact.printed.value for fact in fitting}) == 1:
            made.append(_link(statement, part, printed, (fitting[0],)))
    return made


def _fitting(named: Sequence[Fact], statement: Statement, part: str) -> tuple[Fact, ...]:
    """Of the numbers of the named cells those that are of the part's kind; else all."""
    fitting = [fact for fact in named if fact.measure is _measure(statement, part)]
    return tuple(fitting or named)


def _measure(statement: Statement, part: str) -> Measure:
    if part == "value":
        return _VALUES.get(statement.kind, Measure.OTHER)
    return Measure(part.rstrip("2"))


def _link(
    statement: Statement,
    part: str,
    printed: PrintedNumber,
    facts: tuple[Fact, ...],
    like: Link | None = None,
) -> Link:
    """A certain link to these facts; several of them add up."""
    operation = "sum" if len(facts) > 1 else "same"
    if like is not None:
        operation = like.operation
    if not facts:
        return Link(statement.id, part, (), operation, "", agrees=False, confidence=0.0)
    shows, agreement = _shown(part, printed, facts)
    return Link(
        statement.id,
        part,
        facts,
        operation,
        shows,
        agreement.fits,
        confidence=1.0,
        evidence=(_BY_A_PERSON,),
        certain=True,
        last_digit=agreement is Agreement.LAST_DIGIT,
    )


def _shown(part: str, printed: PrintedNumber, facts: Sequence[Fact]) -> tuple[str, Agreement]:
    """What the cells show, and whether the number is that."""
    if part == "percent" and all(f.measure is Measure.COUNT and f.n for f in facts):
        count, people = sum(f.printed.value for f in facts), sum(f.n or 0 for f in facts)
        exact = 100 * Fraction(count) / people
        return f"{printed.like(exact)} ({count} of {people})", with_exact(printed, exact)
    if len(facts) == 1:
        shown = facts[0].printed
        if part in ("count", "denominator") and shown.integer is not None:
            return shown.text, of_counts(printed, shown.integer)
        return shown.text, with_print(printed, shown)
    texts = " + ".join(fact.printed.text for fact in facts)
    total = sum((fact.printed.value for fact in facts), Decimal(0))
    decimals = max(fact.printed.decimals for fact in facts)
    whole = replace(facts[0].printed, text=f"{total}", value=total, decimals=decimals)
    if whole.integer is not None and part in ("count", "denominator"):
        return f"{total} = {texts}", of_counts(printed, whole.integer)
    return f"{total} = {texts}", with_print(printed, whole)
