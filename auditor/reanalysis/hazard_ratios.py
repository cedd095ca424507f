"""Hazard ratios of two groups, with the medians and the events of the same groups beside them.

Of the text: a sentence that gives one median for each of two groups and then the hazard ratio. Of
tables: a row with the medians of two arms and the ratio, or a block that has a row of events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.extraction.bounded import bounded
from auditor.extraction.describe import places
from auditor.extraction.reading import ColumnRole, Entry, TableReading
from auditor.finding import Place
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.passages.mentions import Mention, local, mentions
from auditor.printed import PrintedNumber
from auditor.reanalysis.median_columns import endpoint_of, median_columns, median_of, unit_of
from auditor.reanalysis.significance_words import LONGEST
from auditor.reanalysis.survival import ENDPOINTS, MONTHS, MedianTime, rounded
from auditor.rounding import Interval
from auditor.statement import Kind, Source

LEVELS = {
    "95% CI": Fraction(95, 100),
    "90% CI": Fraction(90, 100),
    "99% CI": Fraction(99, 100),
    "": Fraction(80, 100),  # not said: the narrowest that is in use
}
_EVENTS = re.compile(r"\bevents?\b|\bdeaths?\b|\bdied\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?P<n>\d{1,5})\s+(?:\(\d+(?:\.\d+)?%\)\s+)?(?:(?:PFS|OS|DFS|EFS|progression|survival|primary)\s+)?"
    r"(?P<what>events|deaths)\b",
    re.IGNORECASE,
)
_COMPOSITE = re.compile(r"progress|recur|relaps|\bevents?\b|\b[PDER]FS\b", re.IGNORECASE)
_FATAL = re.compile(r"\b(?:for|of) (?:[\w-]+ )?(?:death|mortality)\b", re.IGNORECASE)
_IN_ALL = re.compile(r"\b(?:total of|after|with|on|in total|overall,?)\s*$", re.IGNORECASE)
_SIDE = re.compile(r"\b(?:in|among|of)\s+(?:the\s+)?[\w-]+\s+(?:group|arm)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_REFERENCE = re.compile(
    r"(?:1(?:\.0+)?|ref(?:erence|\.)?)(?:\s*\(ref(?:erence|\.)?\))?", re.IGNORECASE
)
_OPENED = re.compile(r"[(\[;]|,\s+(?:with|and|the|giving|for)\b")
_IDLE = frozenset(
    {
        *(
            "in",
            "with",
            "for",
            "the",
            "of",
            "a",
            "an",
            "to",
            "on",
            "by",
            "at",
            "from",
            "and",
            "who",
        ),
        *("group", "groups", "arm", "arms", "patients", "receiving", "treated", "those"),
        *("were", "was", "months"),
    }
)


@dataclass(frozen=True, slots=True)
class HazardRatio:
    """A hazard ratio of two groups.

    Attributes:
        value, lower, upper: as printed; ``level``: of the interval, as a share.
        endpoint: key of the lexicon, or "".
        medians: of the two groups in printed order, or None.
        first: whether the ratio is that of the first group to the second (True), the other way
            round (False), or unsaid (None).
        events: numbers of events of the two groups, or of both together, or empty.
        place, claims: of the ratio; ``others``: places of medians and events.
        where: in words.
    """

    value: PrintedNumber
    lower: PrintedNumber
    upper: PrintedNumber
    level: Fraction
    endpoint: str
    medians: tuple[MedianTime, MedianTime] | None
    first: bool | None
    events: tuple[int, ...]
    place: Place
    claims: tuple[str, ...]
    others: tuple[Place, ...]
    where: str

    @property
    def bounds(self) -> tuple[Interval, Interval]:
        """What the printed bounds allow."""
        return rounded(self.lower), rounded(self.upper)


def hazard_ratios(manuscript: Manuscript) -> Iterator[HazardRatio]:
    """Every own hazard ratio beside medians or events of the same groups."""
    for reading in manuscript.tables:
        yield from _of_table(reading)
    for _, found in sorted(mentions(manuscript.prose).items()):
        yield from _of_sentence(manuscript, found)


def _of_table(reading: TableReading) -> Iterator[HazardRatio]:
    rows = reading.by_row()
    for one in bounded(reading):
        entry = one.entries[0]
        if one.statistics & {"hazard ratio", "odds or risk ratio"} != {"hazard ratio"}:
            continue
        if one.kinds - {"CI"} or not _ordered(one.value, one.lower, one.upper):
            continue
        beside = [
            e
            for e in rows.get(entry.row.key, [])
            if e.column != entry.column and _arm(reading, e) and e.part == 0
        ]
        medians, first = _medians(entry, beside), None
        if medians is None:
            medians, first = _above(reading, entry)
        if medians is None:
            medians, first = median_columns(reading, entry, rows.get(entry.row.key, []))
        events = _events(reading, entry)
        if first is not None and medians is not None:  # of several arms, the two compared
            columns = [m.place.column for m in medians]
            events = tuple(e for e in events if e.column in columns)
        if medians is None and not events:
            continue
        yield HazardRatio(
            one.value,
            one.lower,
            one.upper,
            _level(reading, entry),
            "",
            medians,
            first,
            tuple(e.count for e in events if e.count is not None),
            entry.place,
            tuple(claim for e in one.entries for claim in e.claims),
            (*(m.place for m in medians or ()), *places(*events)),
            f"{reading.table.name}, row “{entry.row.path}”",
        )


def _arm(reading: TableReading, entry: Entry) -> bool:
    column = reading.columns[entry.column]
    return column.role is ColumnRole.DATA and not column.total


def _medians(ratio: Entry, beside: Sequence[Entry]) -> tuple[MedianTime, MedianTime] | None:
    unit = unit_of(ratio.row.path)
    if unit is None or len(beside) != 2:
        return None
    one, other = (median_of(entry, unit) for entry in beside)
    return None if one is None or other is None else (one, other)


def _above(
    reading: TableReading, ratio: Entry
) -> tuple[tuple[MedianTime, MedianTime] | None, bool | None]:
    """The medians of a ratio that stands below them, in the column of one arm: that arm's first.

    The other is the arm whose cell says "Reference" or 1; of two arms, the other one, where it
    stays open whether the ratio is of this arm or stands below both.
    """
    if not _arm(reading, ratio):
        return None, None
    row = reading.table.grid[ratio.row.index]
    arms = [c.index for c in reading.data_columns() if not c.total]
    others = [c for c in arms if _REFERENCE.fullmatch(row[c].clean.strip())]
    named = len(others) == 1
    if not others and len(arms) == 2:
        others = [c for c in arms if c != ratio.column]
    if len(others) != 1 or ratio.column not in arms or others[0] == ratio.column:
        return None, None
    found: dict[tuple[int, int], dict[int, MedianTime]] = {}
    for entry in reading.entries:
        unit = unit_of(entry.row.path)
        if unit and entry.row.groups == ratio.row.groups and entry.part == 0:
            made = median_of(entry, unit)
            if made is not None and endpoint_of(entry.row.path) == endpoint_of(ratio.row.path):
                found.setdefault(entry.row.key, {})[entry.column] = made
    if len(found) != 1:
        return None, None
    (medians,) = found.values()
    if ratio.column not in medians or others[0] not in medians:
        return None, None
    return (medians[ratio.column], medians[others[0]]), True if named else None


def _events(reading: TableReading, ratio: Entry) -> tuple[Entry, ...]:
    """The cells of events of all arms in the row or block of a hazard ratio."""
    rows: dict[tuple[int, int], list[Entry]] = {}
    for entry in reading.entries:
        if (
            entry.row.block == ratio.row.block
            and entry.row.groups == ratio.row.groups
            and (entry.row.groups or entry.row.key == ratio.row.key)
            and _EVENTS.search(entry.row.label)
            and entry.count is not None
            and _arm(reading, entry)
            and entry.part == 0
        ):
            rows.setdefault(entry.row.key, []).append(entry)
    if len(rows) != 1:
        return ()
    (found,) = rows.values()
    arms = {c.arm or c.label for c in reading.data_columns() if not c.total}
    return tuple(found) if len(found) == len(arms) > 1 else ()


def _level(reading: TableReading, entry: Entry) -> Fraction:
    words = f"{entry.row.path} {reading.columns[entry.column].label} {reading.table.caption}"
    level = re.search(r"\b(80|90|95|97\.5|99)\s?%", words)
    return Fraction(level[1]) / 100 if level else LEVELS[""]


def _ordered(value: PrintedNumber, lower: PrintedNumber, upper: PrintedNumber) -> bool:
    numbers = (value, lower, upper)
    if any(n.relation != "=" or n.value <= 0 for n in numbers):
        return False
    return lower.value < value.value < upper.value


def _of_sentence(manuscript: Manuscript, found: Sequence[Mention]) -> Iterator[HazardRatio]:
    topics = manuscript.linked.topics
    waiting: list[Mention] = []
    for mention in found if len(found[0].sentence.text) <= LONGEST else ():
        statement = mention.statement
        if not mention.own or mention.sentence.source in (Source.CAPTION, Source.FOOTNOTE):
            continue
        topic = topics.get(statement.id)
        if statement.kind is Kind.MEDIAN and topic is not None and topic.concept in ENDPOINTS:
            waiting.append(mention)
            continue
        if statement.kind is not Kind.RATIO or statement.ratio != "HR" or not statement.bounds:
            continue
        bounds = statement.bounds[0]
        pair, waiting = waiting, []
        if bounds.of not in LEVELS or not _ordered(statement.value, bounds.lower, bounds.upper):
            continue
        own = topic.concept if topic is not None else ""
        medians = _pair(manuscript, pair, own)
        events = _counted(mention, own) if len(_ratios(found)) == 1 else ()
        if medians is None and not events:
            continue
        yield HazardRatio(
            statement.value,
            bounds.lower,
            bounds.upper,
            LEVELS[bounds.of],
            own,
            medians,
            _direction(mention, pair) if medians is not None else None,
            events,
            statement.place,
            claim_ids(statement),
            tuple(m.place for m in medians or ()),
            f"{mention.sentence.title or mention.sentence.section}, “{statement.place.quote}”",
        )


def _ratios(found: Sequence[Mention]) -> list[Mention]:
    return [m for m in found if m.statement.kind is Kind.RATIO and m.statement.bounds]


def _pair(
    manuscript: Manuscript, found: Sequence[Mention], endpoint: str
) -> tuple[MedianTime, MedianTime] | None:
    """The medians in front of a ratio, if they are those of two groups and of its endpoint."""
    if len(found) != 2:
        return None
    made = []
    for mention in found:
        statement = mention.statement
        topic = manuscript.linked.topics[statement.id]
        unit = statement.unit or found[1].statement.unit
        value = statement.value
        if unit not in MONTHS or topic.at is not None or value.relation != "=" or value.value <= 0:
            return None
        if statement.order_open or (endpoint and topic.concept != endpoint):
            return None
        span = rounded(value, MONTHS[unit])
        made.append((topic, MedianTime(value, unit, span, statement.place, claim_ids(statement))))
    one, other = made
    if one[0].concept != other[0].concept or one[0].modifiers != other[0].modifiers:
        return None
    return one[1], other[1]


def _direction(ratio: Mention, pair: Sequence[Mention]) -> bool | None:
    """Whether the words next to a ratio name its groups: the first over the second, or not."""
    names = [
        {w for p in m.statement.whom[:1] for w in _WORD.findall(p.text.lower())} - _IDLE
        for m in pair
    ]
    one, other = names[0] - names[1], names[1] - names[0]
    text = ratio.sentence.text
    at = local(ratio.sentence, ratio.statement.value.start)
    opened = [m.start() for m in _OPENED.finditer(text, pair[-1].end, at)]
    if not opened:
        return None
    words = _WORD.findall(text[opened[-1] : at].lower())
    if not one or not other:
        return None
    firsts = [next((i for i, w in enumerate(words) if w in side), None) for side in (one, other)]
    if firsts[0] is None and firsts[1] is None:
        return None
    if firsts[0] is None or firsts[1] is None:
        return firsts[0] is not None
    between = " ".join(words[min(i for i in firsts if i is not None) :])
    if not re.search(r"\b(?:versus|vs|v|compared|relative|against|over|to)\b", between):
        return None
    return firsts[0] < firsts[1]


def _counted(ratio: Mention, endpoint: str) -> tuple[int, ...]:
    """Events that the sentence counts in front of a ratio: both groups', or of all patients."""
    text = ratio.sentence.text
    numbers = []
    for match in _COUNTED.finditer(text, 0, ratio.start):
        words = text[match.end() : ratio.end]
        fatal = endpoint in ("OS", "death") or _FATAL.search(words)
        if match["what"].lower() == "deaths" and (not fatal or _COMPOSITE.search(words)):
            return ()
        numbers.append((int(match["n"]), match))
    if len(numbers) == 2:
        return numbers[0][0], numbers[1][0]
    if len(numbers) == 1:
        match = numbers[0][1]
        whole = _IN_ALL.search(text[: match.start()]) and not _SIDE.match(
            text[match.end() :].lstrip()
        )
        return (numbers[0][0],) if whole else ()
    return ()
