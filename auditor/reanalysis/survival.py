"""Survival curves by what is printed of them: shares at times and medians, group by group.

What stands in one column or row of a table, in one sentence, or in one paragraph under the same
explicit names, belongs to one curve. A curve of which two numbers are given for one time is open
(the sides of a comparison that the words do not name) and is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from auditor.claims import Measure
from auditor.finding import Place
from auditor.linking.claims import claim_id
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.survivors import survivors
from auditor.rounding import Interval, Rounding
from auditor.statement import Kind, Origin, Phrase, Source, Statement
from auditor.topic import Fact, Topic

ENDPOINTS = frozenset(
    {"OS", "PFS", "DFS", "EFS", "RFS", "FFS", "TTP", "TTF", "CSS", "LRFS", "MFS", "IFS"}
)
MONTHS = {
    "months": Fraction(1),
    "month": Fraction(1),
    "years": Fraction(12),
    "year": Fraction(12),
    "weeks": Fraction(7) * 12 / Fraction(1461, 4),
    "days": Fraction(12) / Fraction(1461, 4),
}
_IDLE = frozenset({"estimated"})
_NAMED = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("OS", r"\bm?-?OS\b|(?i:\boverall survival\b)"),
        ("PFS", r"\bm?-?PFS\b|(?i:\bprogression[- ]?free survival\b)"),
        ("DFS", r"\bm?-?DFS\b|(?i:\bdisease[- ]?free survival\b)"),
        ("EFS", r"\bm?-?EFS\b|(?i:\bevent[- ]?free survival\b)"),
        ("RFS", r"\bm?-?RFS\b|(?i:\b(?:relapse|recurrence)[- ]?free survival\b)"),
        ("FFS", r"\bm?-?FFS\b|(?i:\bfailure[- ]?free survival\b)"),
        ("TTP", r"\bm?-?TTP\b|(?i:\btime to progression\b)"),
        ("CSS", r"\b(?:CSS|DSS)\b|(?i:\b(?:cancer|disease|cause)[- ]?specific survival\b)"),
        ("MFS", r"\bD?MFS\b|(?i:\bmetasta\w+[- ]?free survival\b)"),
        ("LRFS", r"\bLRFS\b|(?i:\blocal (?:recurrence|relapse)[- ]?free survival\b)"),
    )
)
_TIMES = re.compile(
    r"\b(?:\d+(?:\.\d+)?|one|two|three|four|five|six|ten|twelve)[-– ]*(?:months?|mos?|years?|yrs?|"
    r"weeks?|days?|m|y)\b(?:\s*\(s\))?",
    re.IGNORECASE,
)
_RATIO = re.compile(r"\b[au]?[HO]R\b|(?i:\bhazard|\bratio\b|\bdifference\b|\bp[- ]?values?\b)")
_FAILED = re.compile(
    r"\b(?:events?|deaths?|died|mortality|incidence|failures?|cumulative|conditional|given|hazard|"
    r"progressed|relapsed?|recurrences?|lost)\b"
)
_FORM = re.compile(
    r"(?i)\b(?:median|rates?|survival|estimated|estimates?|probability|proportion|percent\w*|"
    r"months?|mos?|years?|weeks?|days?|at|of|the|in|95|90|ci|confidence interval|kaplan|meier|km|n|"
    r"iqr|range|value)\b|%"
)


@dataclass(frozen=True, slots=True)
class Share:
    """A share at a time: ``at`` in months; ``span``: 0 to 1, as rounding allows."""

    at: Fraction
    printed: PrintedNumber
    span: Interval
    place: Place
    claims: tuple[str, ...]
    crude: bool = False


@dataclass(frozen=True, slots=True)
class MedianTime:
    """A median: ``span`` in months, as rounding allows; ``unit`` as printed."""

    printed: PrintedNumber
    unit: str
    span: Interval
    place: Place
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """What is printed of one endpoint in one group.

    Attributes:
        endpoint: key of the lexicon ("OS"). ``who``: the group in words, or "".
        shares: by time. ``median``: or None.
        scope: what holds the numbers together; curves of one scope are of the same patients.
        certain: whether a table or one sentence holds them together.
    """

    endpoint: str
    who: str
    shares: tuple[Share, ...]
    median: MedianTime | None
    scope: Hashable
    certain: bool


@dataclass(frozen=True, slots=True)
class _Item:
    endpoint: str
    who: str
    scope: Hashable
    certain: bool
    share: Share | None = None
    median: MedianTime | None = None


def curves(manuscript: Manuscript) -> tuple[Curve, ...]:
    """Every curve of which the manuscript itself prints something, in reading order."""
    grouped: dict[tuple[Hashable, str], list[_Item]] = defaultdict(list)
    for item in (*_of_tables(manuscript), *_of_text(manuscript), *_of_clauses(manuscript)):
        grouped[item.scope, item.endpoint].append(item)
    found = []
    for (scope, endpoint), items in grouped.items():
        shares = {i.share.at: i.share for i in items if i.share is not None}
        medians = {i.median.printed.value: i.median for i in items if i.median is not None}
        values = {(i.share.at, i.share.printed.value) for i in items if i.share is not None}
        if len(values) > len(shares) or len(medians) > 1:
            continue
        found.append(
            Curve(
                endpoint,
                items[0].who,
                tuple(share for _, share in sorted(shares.items(), key=lambda pair: pair[0])),
                next(iter(medians.values()), None),
                scope,
                items[0].certain,
            )
        )
    return tuple(found)


def rounded(printed: PrintedNumber, scale: Fraction = Fraction(1)) -> Interval:
    """The values that may be printed so, rounded or cut off, times ``scale``."""
    spans = [printed.interval(r) for r in (Rounding.HALF_UP, Rounding.HALF_DOWN, Rounding.DOWN)]
    lows = [s.lower for s in spans if s.lower is not None]
    highs = [s.upper for s in spans if s.upper is not None]
    return Interval(
        min(lows) * scale if len(lows) == len(spans) else None,
        max(highs) * scale if len(highs) == len(spans) else None,
    )


def _of_tables(manuscript: Manuscript) -> Iterator[_Item]:
    captions = {r.table.index: r.table.caption for r in manuscript.tables}
    percents = {
        (f.place.table_index, f.place.row, f.place.column)
        for f in manuscript.linked.facts
        if f.measure is Measure.PERCENT
    }
    for fact in manuscript.linked.facts:
        topic = fact.topic
        if fact.place.table_index is None:
            continue
        labels = f"{fact.place.row_label or ''} | {fact.place.column_label or ''}"
        if _RATIO.search(labels):
            continue  # a hazard ratio beside the medians
        endpoint = _endpoint(labels, topic.concept)
        if endpoint is None:
            continue
        shares = _shares_by(f"{labels} {captions.get(fact.place.table_index, '')}")
        if fact.measure is not Measure.PERCENT and (
            (fact.place.table_index, fact.place.row, fact.place.column) in percents
        ):
            shares = False  # the count beside a percentage
        made = _fact_item(fact, shares)
        if made is None:
            continue
        share, median = made
        left = _left_over(labels)
        if _FAILED.search(left):
            continue  # a share of those who had an event
        scope = ("table", fact.place.table_index, topic.modifiers - _IDLE, left)
        who = _names(topic) or fact.place.column_label or ""
        yield _Item(endpoint, who, scope, True, share, median)


def _endpoint(labels: str, concept: str) -> str | None:
    """What the labels of a cell name, or else what its table does; None where they name two."""
    named = [name for name, pattern in _NAMED if pattern.search(labels)]
    if named:
        return named[0] if len(named) == 1 else None
    return concept if concept in ENDPOINTS else None


def _left_over(labels: str) -> str:
    """The words of the labels that tell the group: without endpoint, time and statistic."""
    text = labels
    for _, pattern in _NAMED:
        text = pattern.sub(" ", text)
    text = _TIMES.sub(" ", text)
    words = re.findall(r"[^\W_]+|[<>≤≥+]", _FORM.sub(" ", text).lower())
    return " ".join(words)


def _shares_by(labels: str) -> bool:
    """Whether plain numbers of these labels are percentages: "Overall survival, % (95% CI)"."""
    plain = re.sub(r"\b\d+(?:\.\d+)? ?%", " ", labels)
    return "%" in plain and not re.search(
        r"\b(?:n|no\.?|number)\b\W{0,3}\(?%", plain, re.IGNORECASE
    )


def _fact_item(fact: Fact, shares: bool) -> tuple[Share | None, MedianTime | None] | None:
    """The share or the median of a cell; ``shares``: whether plain numbers are percentages."""
    plain = shares and fact.measure in (Measure.OTHER, Measure.COUNT)
    if (fact.measure is Measure.PERCENT or plain) and fact.topic.at is not None and not fact.of:
        if not 0 <= fact.printed.value <= 100:
            return None
        return (
            Share(
                Fraction(fact.topic.at).limit_denominator(1000),
                fact.printed,
                rounded(fact.printed, Fraction(1, 100)),
                fact.place,
                (fact.claim,),
            ),
            None,
        )
    if fact.measure is Measure.MEDIAN and fact.topic.at is None and fact.unit in MONTHS:
        if fact.printed.relation != "=" or fact.printed.value <= 0:
            return None
        return None, _median(fact.printed, fact.unit, fact.place, (fact.claim,))
    return None


def _median(printed: PrintedNumber, unit: str, place: Place, claims: tuple[str, ...]) -> MedianTime:
    return MedianTime(printed, unit, rounded(printed, MONTHS[unit]), place, claims)


def _of_text(manuscript: Manuscript) -> Iterator[_Item]:
    sentences = {s.index: s for s in manuscript.prose.sentences}
    for statement in manuscript.prose.statements:
        topic = manuscript.linked.topics.get(statement.id)
        sentence = sentences[statement.sentence]
        if (
            topic is None
            or topic.concept not in ENDPOINTS
            or statement.order_open
            or statement.origin is not Origin.OWN
            or sentence.origin is not Origin.OWN
            or sentence.source in (Source.CAPTION, Source.FOOTNOTE)
            or statement.value.relation != "="
        ):
            continue
        made = _statement_item(statement, topic)
        if made is None:
            continue
        share, median = made
        names = (*statement.whom, *statement.setting)
        words = " ".join(_plain(p) for p in names).split()
        residue = tuple(w for w in topic.residue if not w.isdigit())
        same = (topic.terms, topic.modifiers - _IDLE, residue, tuple(words))
        who = _names(topic)
        scope = ("sentence", sentence.index, *same)
        yield _Item(topic.concept, who, scope, not residue, share, median)
        if topic.terms and not residue:
            near: Hashable = ("passage", sentence.passage, topic.terms, topic.modifiers - _IDLE)
            yield _Item(topic.concept, who, near, False, share, median)
        elif not residue and not words:
            near = ("passage", sentence.passage, "all", topic.modifiers - _IDLE)
            yield _Item(topic.concept, who, near, False, share, median)


def _of_clauses(manuscript: Manuscript) -> Iterator[_Item]:
    """Survivors by clause; one that names no group goes with what its sentence says of all."""
    stated = {
        number.start: statement
        for statement in manuscript.prose.statements
        for number in (statement.value, statement.percent)
        if number is not None
    }
    for at, one in enumerate(survivors(manuscript)):
        index = one.sentence.index
        everybody: Hashable = ("sentence", index, frozenset(), frozenset(), (), ())
        for time, unit, number, span in one.shares:
            statement = stated.get(one.sentence.span(*span)[0])
            if statement is None or number.value > 100:
                continue
            share = Share(
                (time * MONTHS[unit]).limit_denominator(1000),
                number,
                rounded(number, Fraction(1, 100)),
                statement.place,
                (claim_id(statement),),
            )
            yield _Item(one.endpoint, "", ("clause", index, at), True, share)
            if one.bare:
                yield _Item(one.endpoint, "", everybody, True, share)


def _statement_item(
    statement: Statement, topic: Topic
) -> tuple[Share | None, MedianTime | None] | None:
    if statement.kind is Kind.SURVIVAL and topic.at is not None:
        value = statement.percent or statement.value
        if not 0 <= value.value <= 100:
            return None
        return (
            Share(
                Fraction(topic.at).limit_denominator(1000),
                value,
                rounded(value, Fraction(1, 100)),
                statement.place,
                (claim_id(statement),),
                statement.count is not None or statement.denominator is not None,
            ),
            None,
        )
    if statement.kind is Kind.MEDIAN and topic.at is None and statement.unit in MONTHS:
        if statement.value.value <= 0:
            return None
        claims = (claim_id(statement),)
        return None, _median(statement.value, statement.unit, statement.place, claims)
    return None


def _plain(phrase: Phrase) -> str:
    """The words of a phrase without times."""
    text = re.sub(r"\bat\b.*?\b(?:months?|years?|weeks?|days?)\b", " ", phrase.text.lower())
    return re.sub(r"[,;]+", " ", text)


def _names(topic: Topic) -> str:
    return ", ".join(sorted(term.label or term.key for term in topic.terms))
