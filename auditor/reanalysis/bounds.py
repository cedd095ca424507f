"""Every number that is printed with a lower and an upper bound, of tables and text alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from auditor.extraction.bounded import Bounded, bounded
from auditor.extraction.describe import places, where
from auditor.extraction.lexicon import plain
from auditor.extraction.reading import Entry, TableReading
from auditor.finding import Place
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.rounding import round_fraction
from auditor.statement import Bounds, Kind, Origin, Sentence, Statement
from auditor.topic import Topic

_LEVEL = re.compile(r"(\d{2}(?:[.·,]\d)?) ?%? ?(?:c\.?i\b|confidence|credib)", re.IGNORECASE)
_MEDIAN = re.compile(r"\bm(?:edian)?[- ]?(?:pfs|os|dfs|rfs|ttp|efs|dor)\b|\bmedians?\b")
_DIFFERENCE = re.compile(r"\bdifferences?\b|\bchange[sd]?\b|\breductions?\b|\bincrease[sd]?\b")


@dataclass(frozen=True, slots=True)
class PrintedBounds:
    """A number with its bounds.

    Attributes:
        value, lower, upper: as printed; ``value`` is the percentage of a share.
        kinds: what the bounds are called: "CI", "range", "IQR"; empty where nothing says it.
        level: of a confidence interval as a fraction of 1, or None where none is printed.
        statistics: "median", "mean", "hazard ratio", "odds or risk ratio", "survival", "share",
            "difference", as far as words say so.
        count, denominator: printed with a share.
        topic: what it is about, where that was read.
        what: the words for it; ``where``: place in words; ``places``: value first.
        context: the words around it: labels, caption and notes of the table, or the sentence.
        claims: ids. ``own``: whether it is this study's; ``cited`` otherwise or planned.
        table: index of its table and ``entries`` of it, or the statement of the text.
    """

    value: PrintedNumber
    lower: PrintedNumber
    upper: PrintedNumber
    kinds: frozenset[str]
    level: float | None
    statistics: frozenset[str]
    what: str
    where: str
    places: tuple[Place, ...]
    context: str
    claims: tuple[str, ...] = ()
    own: bool = True
    unit: str = ""
    count: int | None = None
    denominator: int | None = None
    topic: Topic | None = None
    table: int | None = None
    entries: tuple[Entry, ...] = ()
    statement: Statement | None = None

    @property
    def printed(self) -> str:
        """Such as "22.8 (12.4 to 33.2)"."""
        return f"{self.value.text} ({self.lower.text} to {self.upper.text})"

    @property
    def exact(self) -> bool:
        """Whether all three are plain numbers ("<5" is none)."""
        return all(n.relation == "=" for n in (self.value, self.lower, self.upper))


def printed_bounds(manuscript: Manuscript) -> tuple[PrintedBounds, ...]:
    """All of them: tables first, in reading order; plans and assumptions are left out."""
    return (*_of_tables(manuscript), *_of_text(manuscript))


def _of_tables(manuscript: Manuscript) -> Iterator[PrintedBounds]:
    topics: dict[str, Topic] = {fact.claim: fact.topic for fact in manuscript.linked.facts}
    for reading in manuscript.tables:
        for one in bounded(reading):
            yield _of_table(reading, one, topics)


def _of_table(reading: TableReading, one: Bounded, topics: dict[str, Topic]) -> PrintedBounds:
    first = one.entries[0]
    labels = " ".join(
        dict.fromkeys(
            text
            for entry in one.entries
            for text in (entry.row.path, *reading.columns[entry.column].path)
        )
    )
    around = " ".join([reading.table.caption, *(note.text for note in reading.table.footnotes)])
    level = _LEVEL.search(labels) or _LEVEL.search(around)
    statistics = set(one.statistics)
    if _DIFFERENCE.search(plain(labels)):
        statistics.add("difference")
    if first.percent is not None:
        statistics.add("share")
    if statistics & {"hazard ratio", "odds or risk ratio"}:
        statistics.discard("median")
    if not statistics and _MEDIAN.search(plain(f"{labels} {reading.table.caption}")):
        statistics.add("median")
    topic = next((topics[claim] for claim in first.claims if claim in topics), None)
    return PrintedBounds(
        one.value,
        one.lower,
        one.upper,
        one.kinds,
        _fraction(level[1]) if level else None,
        frozenset(statistics),
        f"{first.row.path}, {reading.columns[first.column].label}".strip(", "),
        where(reading, first),
        places(*one.entries),
        f"{labels} {around}",
        tuple(claim for entry in one.entries for claim in entry.claims),
        unit=_unit(f"{labels} {around}"),
        count=first.count if first.percent is not None else None,
        denominator=first.denominator,
        topic=topic,
        table=reading.table.index,
        entries=one.entries,
    )


def _of_text(manuscript: Manuscript) -> Iterator[PrintedBounds]:
    sentences = {sentence.index: sentence for sentence in manuscript.prose.sentences}
    named: dict[tuple[int, Kind], str] = {}  # "62 years (IQR 29-84) and 63 years (34-81)"
    for one in manuscript.prose.statements:
        if one.origin is Origin.PLANNED:
            continue
        for printed in one.bounds:
            bounds = printed
            key = (one.sentence, one.kind)
            if bounds.of:
                named[key] = bounds.of
            elif not _bracketed(manuscript, one, bounds):
                continue
            elif key in named:
                bounds = replace(printed, of=named[key])
            yield _of_statement(manuscript, one, bounds, sentences[one.sentence])


def _bracketed(manuscript: Manuscript, one: Statement, bounds: Bounds) -> bool:
    """Whether bounds that nothing names stand in a bracket behind the value: "25 months (21-31)",
    and not "from 60% to 54%"."""
    number = one.percent or one.value
    if number.end > bounds.lower.start:
        return False
    between = manuscript.document.text[number.end : bounds.lower.start]
    return one.kind in (Kind.RATIO, Kind.MEDIAN, Kind.MEAN, Kind.SURVIVAL) and (
        "(" in between or "[" in between
    )


def _of_statement(
    manuscript: Manuscript, one: Statement, bounds: Bounds, sentence: Sentence
) -> PrintedBounds:
    level = _LEVEL.search(bounds.of)
    kind = "CI" if bounds.of.endswith("CI") else bounds.of
    statistics = {
        Kind.MEDIAN: {"median"},
        Kind.MEAN: {"mean"},
        Kind.SURVIVAL: {"survival"},
        Kind.PERCENT: {"share"},
        Kind.COUNT: {"share"},
    }.get(one.kind, set())
    if one.kind is Kind.RATIO:
        statistics = {"hazard ratio" if one.ratio == "HR" else "odds or risk ratio"}
    elif _DIFFERENCE.search(plain(" ".join(phrase.text for phrase in one.what))):
        statistics = statistics | {"difference"}
    section = one.place.section or "text"
    return PrintedBounds(
        one.percent or _share(one, kind) or one.value,
        bounds.lower,
        bounds.upper,
        frozenset({kind} - {""}),
        _fraction(level[1]) if level else None,
        frozenset(statistics),
        one.what[0].text if one.what else one.place.quote,
        f"{section}, “{one.place.quote}”",
        (one.place,),
        sentence.text,
        claim_ids(one),
        own=one.origin is Origin.OWN,
        unit=one.unit,
        count=one.count.integer if one.count is not None else None,
        denominator=one.denominator.integer if one.denominator is not None else None,
        topic=manuscript.linked.topics.get(one.id),
        statement=one,
    )


def _share(one: Statement, kind: str) -> PrintedNumber | None:
    """The percentage that a fraction with a confidence interval is, as "4 of 20 (95% CI 6-44%)"."""
    if kind != "CI" or one.kind is not Kind.COUNT or one.denominator is None:
        return None
    count, whole = one.value.integer, one.denominator.integer
    if count is None or not whole or count > whole:
        return None
    value = round_fraction(Fraction(100 * count, whole), 4)
    return replace(one.value, text=f"{count}/{whole}", value=value, decimals=4, percent=True)


_UNIT = re.compile(r"\b(months?|mos?|weeks?|days?|years?|yrs?)\b", re.IGNORECASE)
_UNITS = {"mo": "months", "yr": "years"}


def _unit(labels: str) -> str:
    found = _UNIT.search(labels)
    if found is None:
        return ""
    unit = found[1].lower().rstrip("s")
    return _UNITS.get(unit, f"{unit}s")


def _fraction(level: str) -> float:
    return float(level.replace("·", ".").replace(",", ".")) / 100
