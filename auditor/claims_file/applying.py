"""A manuscript as a person's decisions leave it: what they say wins over the reading."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from auditor.claims import Measure
from auditor.claims_file.matching import Decision, Matched
from auditor.claims_file.shown import Reading, reading_of
from auditor.claims_file.tied import overlaid
from auditor.extraction.fractions import TextFraction
from auditor.extraction.reading import Entry, Role, TableReading
from auditor.linking.claims import claim_id, claim_ids
from auditor.linking.parts import parts
from auditor.manuscript import Manuscript, reread
from auditor.printed import PrintedNumber
from auditor.statement import Bounds, Kind, Prose, Statement
from auditor.topic import Linked

_ROLES = {
    Measure.COUNT: Role.COUNT,
    Measure.PERCENT: Role.PERCENT,
    Measure.DENOMINATOR: Role.DENOMINATOR,
    Measure.P_VALUE: Role.P_VALUE,
    Measure.LOWER: Role.LOWER,
    Measure.UPPER: Role.UPPER,
    Measure.SD: Role.SPREAD,
}
_KINDS = {
    "count": Kind.COUNT,
    "percent": Kind.PERCENT,
    "median": Kind.MEDIAN,
    "mean": Kind.MEAN,
    "survival": Kind.SURVIVAL,
    "ratio": Kind.RATIO,
    "estimate": Kind.RATIO,
    "p-value": Kind.P_VALUE,
}

_Of = Callable[[str, PrintedNumber | None], PrintedNumber | None]


def decided(manuscript: Manuscript, found: Matched) -> Manuscript:
    """The manuscript with the decisions of a person applied; problems become its warnings.

    A rejected number takes no part in any check: a statement whose leading number is rejected
    is dropped, other numbers are taken out of it. An edited value, quantity or topic replaces
    what was read, and everything is judged and linked again. What was confirmed or edited counts
    as certain, with the link that the file shows. Without decisions nothing changes.
    """
    document = manuscript.document
    if found.problems:
        document = replace(document, warnings=(*document.warnings, *found.problems))
    by_claim = {decision.claim: decision for decision in found.decisions}
    if not by_claim:
        return replace(manuscript, document=document)
    before = reading_of(manuscript)
    prose = _prose(manuscript.prose, by_claim)
    tables = tuple(_table(table, by_claim) for table in manuscript.tables)
    kept = {statement.id for statement in prose.statements}

    def amended(linked: Linked) -> Linked:
        return overlaid(linked, prose, before, found.decisions, kept)

    as_read = prose == manuscript.prose and tables == manuscript.tables
    rejected = _rejected(before, by_claim)
    return reread(
        replace(manuscript, document=document),
        tables,
        prose,
        tuple(f for old in manuscript.fractions if (f := _fraction(old, by_claim, rejected))),
        amended,
        linked=manuscript.linked if as_read else None,
        rejected=rejected,
    )


def _rejected(before: Reading, decisions: Mapping[str, Decision]) -> frozenset[str]:
    """Claims that take no part: those rejected, and all of a statement that falls with its own."""
    found = {d.claim for d in decisions.values() if d.action == "rejected"}
    for claim in tuple(found):
        statement, _ = before.statements.get(claim, (None, ""))
        if statement is not None and claim == claim_id(statement):
            found.update(claim_ids(statement))
    return frozenset(found)


def _fraction(
    fraction: TextFraction, decisions: Mapping[str, Decision], rejected: Collection[str]
) -> TextFraction | None:
    """A fraction with its numbers edited; None where one is rejected or is no count any more."""
    numbers = []
    for claim, number in zip(fraction.claims, fraction.numbers, strict=True):
        decision = decisions.get(claim)
        if claim in rejected or (decision is not None and decision.edits.quantity is not None):
            return None
        numbers.append(number if decision is None else decision.edits.value or number)
    count, denominator = numbers[0].integer, numbers[1].integer
    if count is None or not denominator or not numbers[2].percent:
        return None
    return replace(
        fraction,
        numbers=(numbers[0], numbers[1], numbers[2]),
        count=count,
        denominator=denominator,
        percent=numbers[2],
    )


def _prose(prose: Prose, decisions: Mapping[str, Decision]) -> Prose:
    """The statements with edited numbers; a list that lost a member is no list any more."""
    kept: list[Statement] = []
    broken: set[int] = set()
    orphans: set[str] = set()
    for statement in prose.statements:
        changed = _statement(statement, decisions)
        if changed is None:
            orphans.add(statement.id)
            if statement.series is not None:
                broken.add(statement.series)
        else:
            kept.append(changed)
    if broken or orphans:
        kept = [
            replace(s, series=None, item=0, versus=False, respectively=False, exhaustive=False)
            if s.series in broken
            else s
            for s in kept
        ]
        kept = [replace(s, whole="") if s.whole in orphans else s for s in kept]
    return Prose(prose.sentences, tuple(kept))


def _statement(statement: Statement, decisions: Mapping[str, Decision]) -> Statement | None:
    """One statement with its decisions, or None where its leading number is rejected."""
    if not any(claim in decisions for claim in claim_ids(statement)):
        return statement
    leading = decisions.get(claim_id(statement))
    if leading is not None and leading.action == "rejected":
        return None

    def of(part: str, number: PrintedNumber | None) -> PrintedNumber | None:
        decision = decisions.get(claim_id(statement, part))
        if decision is None or number is None:
            return number
        return None if decision.action == "rejected" else decision.edits.value or number

    name, number = parts(statement)[0]
    number = of(name, number) or number
    if leading is not None and leading.edits.quantity is not None:
        return _as(_KINDS.get(leading.edits.quantity, Kind.VALUE), statement, number)
    # "82% (36/44)" is a count that prints its percentage first.
    first = statement.percent if statement.value == statement.percent else None
    value = number if first is None else of("percent", first) or number
    edited = [_bounds(bounds, i, of) for i, bounds in enumerate(statement.bounds)]
    return replace(
        statement,
        value=value,
        count=of("count", statement.count),
        denominator=of("denominator", statement.denominator),
        percent=of("percent", statement.percent),
        p_value=of("p-value", statement.p_value),
        spread=of("spread", statement.spread),
        bounds=tuple(bounds for bounds in edited if bounds is not None),
    )


def _as(kind: Kind, statement: Statement, number: PrintedNumber) -> Statement:
    """The leading number alone, as another quantity; what stood beside it is not known."""
    return replace(
        statement,
        kind=kind,
        value=number,
        count=number if kind is Kind.COUNT else None,
        denominator=None,
        percent=number if kind is Kind.PERCENT else None,
        bounds=() if kind in (Kind.COUNT, Kind.PERCENT, Kind.P_VALUE) else statement.bounds,
        p_value=None,
        spread=None,
    )


def _bounds(bounds: Bounds, index: int, of: _Of) -> Bounds | None:
    """An interval with its edits; with one bound rejected it is none."""
    suffix = "" if index == 0 else "2"
    lower, upper = of(f"lower{suffix}", bounds.lower), of(f"upper{suffix}", bounds.upper)
    return None if lower is None or upper is None else Bounds(bounds.of, lower, upper)


def _table(reading: TableReading, decisions: Mapping[str, Decision]) -> TableReading:
    """A table with its decisions; a cell of which a number is rejected is not judged at all."""
    entries: list[Entry] = []
    changed = False
    for entry in reading.entries:
        if not any(claim in decisions for claim in entry.claims):
            entries.append(entry)
            continue
        changed = True
        numbers = []
        ids = []
        for claim, (role, number) in zip(entry.claims, entry.numbers, strict=True):
            decision = decisions.get(claim)
            if decision is not None and decision.action == "rejected":
                continue
            numbers.append(_number(role, number, decision))
            ids.append(claim)
        if numbers:
            entries.append(replace(entry, numbers=tuple(numbers), claims=tuple(ids)))
    return replace(reading, entries=tuple(entries)) if changed else reading


def _number(
    role: Role, number: PrintedNumber, decision: Decision | None
) -> tuple[Role, PrintedNumber]:
    if decision is None:
        return role, number
    if decision.edits.quantity is not None:
        known: Iterable[Measure] = Measure
        measure = next((m for m in known if m.value == decision.edits.quantity), Measure.OTHER)
        role = _ROLES.get(measure, Role.VALUE)
    return role, decision.edits.value or number
