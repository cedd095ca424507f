"""A value of all patients beside the values of the groups that make them up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.extraction.describe import places, where
from auditor.extraction.judged import TableJudgement
from auditor.extraction.lexicon import plain
from auditor.extraction.reading import Column, ColumnRole, Entry, Role, TableReading
from auditor.finding import Place
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.bounds import PrintedBounds
from auditor.reanalysis.pooled_rates import PooledRate, pooled_rates
from auditor.statement import Kind, Origin

_MEAN, _MEDIAN = re.compile(r"\bmeans?\b|±"), re.compile(r"\bmedians?\b")
_RANGE = re.compile(r"\brange\b|\bmin(?:imum)?\b.{1,5}\bmax")
_OTHER_RANGE = re.compile(r"\biqr\b|\binterquartile\b|\bquartiles?\b|\bq1\b")
_TIMED = re.compile(
    r"\bsurvival\b|\b(?:pfs|os|dfs|efs|rfs|ttp|dor)\b|\bfollow-? ?up\b|\btime to\b|-free\b|"
    r"\bduration of response\b"
)
_ADJUSTED = re.compile(
    r"\badjust\w*|\bleast[- ]squares?\b|\bls[- ]?means?\b|\bmodel\w*|\bestimated\b|\bdifference\b|"
    r"\bratio\b|\bestimate\b|\bcoefficient\b|\bslope\b|\bhr\b|\bor\b(?= ?\()"
)


@dataclass(frozen=True, slots=True)
class Part:
    """The value of one group, and how many patients it has, where that is known."""

    label: str
    number: PrintedNumber
    n: int | None


@dataclass(frozen=True, slots=True)
class Pooled:
    """A value of everybody and the values of groups that exclude each other.

    Attributes:
        statistic: "mean", "median", "percentage", "minimum" or "maximum".
        total: of everybody, ``n`` of them; ``parts``: of the groups.
        complete: whether the numbers of patients show that the groups are everybody.
        survival: whether it is a time that may be censored.
        claims: ids of all of them, the total first; ``places``: in the same order.
    """

    statistic: str
    total: PrintedNumber
    n: int | None
    parts: tuple[Part, ...]
    complete: bool
    survival: bool
    where: str
    places: tuple[Place, ...]
    claims: tuple[str, ...]


def pooled_values(manuscript: Manuscript, bounds: Sequence[PrintedBounds]) -> Iterator[Pooled]:
    """Total columns beside the columns they add up, and totals of the text beside tables."""
    for judgement in manuscript.judged:
        yield from _of_table(judgement)
    yield from _of_text(manuscript, bounds)
    for one in pooled_rates(manuscript, _everybody(manuscript)):
        yield _of_rates(one)


def _of_table(judgement: TableJudgement) -> Iterator[Pooled]:
    reading = judgement.reading
    if judgement.row_wise:
        return
    data = [c for c in reading.columns if c.role is ColumnRole.DATA]
    totals = [c for c in data if c.total]
    for total in totals:
        groups = [c for c in data if not c.total and c.sub == total.sub]
        if len(groups) < 2 or sum(t.sub == total.sub for t in totals) != 1:
            continue
        complete = _complete([c.stated.value if c.stated else None for c in groups], total)
        if complete is None:
            continue
        for entries in reading.by_row().values():
            yield from _of_row(reading, total, groups, entries, complete=complete)


def _complete(sizes: Sequence[int | None], total: Column) -> bool | None:
    """Whether the groups are everybody; None where the numbers say that they are not."""
    known = [n for n in sizes if n is not None]
    if len(known) < len(sizes) or total.stated is None:
        return False
    return True if sum(known) == total.stated.value else None


def _of_row(
    reading: TableReading,
    total: Column,
    groups: Sequence[Column],
    entries: Sequence[Entry],
    *,
    complete: bool,
) -> Iterator[Pooled]:
    by_column = {e.column: e for e in entries if e.part == 0}
    whole = by_column.get(total.index)
    found = [by_column.get(c.index) for c in groups]
    own = [e for e in found if e is not None]
    if whole is None or len(own) < len(groups):
        return
    near = plain(f"{whole.row.path} {' '.join(total.path)}")
    around = plain(
        f"{reading.table.caption} {' '.join(note.text for note in reading.table.footnotes)}"
    )
    if _ADJUSTED.search(near):
        return
    shapes = {tuple(role for role, _ in e.numbers) for e in (whole, *own)}
    if len(shapes) != 1:
        return
    for statistic, role in _statistics(shapes.pop(), near, around):
        numbers = [e.number(role) for e in own]
        value = whole.number(role)
        if value is None or any(n is None or n.relation != "=" for n in (value, *numbers)):
            continue
        if statistic == "percentage" and (whole.count is not None or not complete):
            continue  # counts are judged by themselves; grades have one denominator
        yield Pooled(
            statistic,
            value,
            total.stated.value if total.stated is not None else None,
            tuple(
                Part(c.label, n, c.stated.value if c.stated is not None else None)
                for c, n in zip(groups, numbers, strict=True)
                if n is not None
            ),
            complete,
            _TIMED.search(f"{near} {around}") is not None,
            where(reading, whole),
            places(whole, *own),
            tuple(claim for e in (whole, *own) for claim in e.claims),
        )


def _statistics(roles: tuple[Role, ...], near: str, around: str) -> Iterator[tuple[str, Role]]:
    """What the numbers of a cell are: (statistic, role) of each that pools in a known way."""
    if Role.PERCENT in roles and roles.count(Role.PERCENT) == 1:
        yield "percentage", Role.PERCENT
        return
    if roles[:1] != (Role.VALUE,):
        return
    words = near if _MEAN.search(near) or _MEDIAN.search(near) else around
    mean, median = _MEAN.search(words) is not None, _MEDIAN.search(words) is not None
    if mean != median:
        yield ("mean" if mean else "median"), Role.VALUE
    words = near if _RANGE.search(near) or _OTHER_RANGE.search(near) else around
    plain_range = _RANGE.search(words) and not _OTHER_RANGE.search(words) and " ci" not in words
    if roles[1:] == (Role.LOWER, Role.UPPER) and plain_range:
        yield "minimum", Role.LOWER
        yield "maximum", Role.UPPER


def _of_text(manuscript: Manuscript, bounds: Sequence[PrintedBounds]) -> Iterator[Pooled]:
    """A median of everybody in the text beside the medians of the arms in a table."""
    everybody = _everybody(manuscript)
    tables: dict[tuple[int, str], list[PrintedBounds]] = {}
    for one in bounds:
        of_arm = one.topic is not None and len(one.topic.terms) == 1 and not one.topic.residue
        ranged = one.kinds == {"range"} and "median" in one.statistics
        if one.table is not None and one.topic is not None and of_arm and ranged:
            tables.setdefault((one.table, one.topic.concept), []).append(one)
    for one in bounds:
        topic = one.topic
        if one.statement is None or topic is None or not one.own or one.kinds != {"range"}:
            continue
        if topic.terms or topic.residue or not topic.concept or "median" not in one.statistics:
            continue
        if one.statement.whom or one.statement.setting:
            continue
        for (index, concept), parts in tables.items():
            if concept != topic.concept or len(parts) < 2:
                continue
            reading = next(r for r in manuscript.tables if r.table.index == index)
            columns = [reading.columns[p.entries[0].column] for p in parts]
            sizes = [c.stated.value for c in columns if c.stated is not None]
            rows = {p.entries[0].row.key for p in parts}
            if len(rows) != 1 or len(sizes) < len(parts) or sum(sizes) not in everybody:
                continue
            for statistic in ("median", "minimum", "maximum"):
                yield Pooled(
                    statistic,
                    _number(one, statistic),
                    sum(sizes),
                    tuple(
                        Part(c.label, _number(p, statistic), n)
                        for c, p, n in zip(columns, parts, sizes, strict=True)
                    ),
                    True,
                    _TIMED.search(plain(one.what)) is not None,
                    one.where,
                    (*one.places, *(place for p in parts for place in p.places)),
                    (*one.claims, *(claim for p in parts for claim in p.claims)),
                )


def _of_rates(one: PooledRate) -> Pooled:
    """Where several rates may be meant, the one that comes nearest stands for all of them."""
    value = one.total.number.fraction
    rates = min(
        one.readings,
        key=lambda rates: max(
            min(r.number.fraction for r in rates) - value,
            value - max(r.number.fraction for r in rates),
        ),
    )
    sizes = [rate.n for rate in rates if rate.n is not None]
    place = one.total.place
    return Pooled(
        "percentage",
        one.total.number,
        sum(sizes) if len(sizes) == len(rates) else None,
        tuple(Part(rate.label, rate.number, rate.n) for rate in rates),
        complete=False,
        survival=False,
        where=f"{place.section or 'text'}, “{place.quote}”",
        places=(place, *(rate.place for rate in rates)),
        claims=(*one.total.claims, *(claim for rate in rates for claim in rate.claims)),
    )


def _everybody(manuscript: Manuscript) -> set[int]:
    """Numbers of patients that tables or text state of nobody in particular."""
    found = {fact.printed.integer for fact in manuscript.linked.people.get(frozenset(), ())}
    for one in manuscript.prose.statements:
        topic = manuscript.linked.topics.get(one.id)
        if one.kind is Kind.COUNT and one.origin is Origin.OWN and topic and not topic.terms:
            whole = one.denominator or (one.count if one.percent is None else None)
            found.add(whole.integer if whole is not None else None)
    return {n for n in found if n is not None}


def _number(one: PrintedBounds, statistic: str) -> PrintedNumber:
    return {"median": one.value, "minimum": one.lower, "maximum": one.upper}[statistic]
