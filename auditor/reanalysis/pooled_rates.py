"""A rate of everybody in the text beside the rates of the two or more groups that make them up.

"Considering both groups together, 18.1% had a relapse", after "A relapse was observed in 12 of 100
and 15 of 103 patients" or beside the row "Relapse" of a table. What else the sentence says is
compared word by word: a word that the groups' rates do not share may be another quantity.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from auditor.extraction.describe import places
from auditor.extraction.judged import TableJudgement
from auditor.extraction.reading import Column, ColumnRole, Entry, Role, TableReading
from auditor.finding import Place
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.passages.mentions import Mention, mentions
from auditor.printed import PrintedNumber
from auditor.statement import Kind, Source, Statement

_PEOPLE = r"(?:patients|participants|subjects)"
_TOGETHER = r"(?:,? (?:taken |considered |analy[sz]ed )?(?:together|combined|pooled))"
EVERYBODY = re.compile(
    rf"\b(?:(?:considering|taking|counting|combining|pooling|in|for|over|across|of|among|with)\s+)?"
    rf"(?:both|the two|all(?: the)?(?: two| three| four)?)\s+(?:treatment |study )?"
    rf"(?:groups|arms|cohorts){_TOGETHER}|"
    rf"\b(?:in|of|for|among|across)\s+all\s+(?:of the\s+)?(?:\d+\s+)?{_PEOPLE}{_TOGETHER}?|"
    r"\b(?:in|of|for|among|across)\s+the\s+(?:whole|entire|total)\s+(?:study\s+)?"
    r"(?:cohort|population|group|series|sample)\b",
    re.IGNORECASE,
)
_IDLE = frozenset(
    {
        *(
            "the",
            "a",
            "an",
            "of",
            "in",
            "with",
            "for",
            "to",
            "and",
            "on",
            "at",
            "by",
            "was",
            "were",
        ),
        *("is", "are", "had", "has", "have", "there", "patient", "participant", "subject", "it"),
        *("rate", "proportion", "percentage", "frequency", "incidence", "observed", "occurred"),
        *("achieved", "found", "seen", "noted", "recorded", "reported", "reached", "developed"),
        *("experienced", "showed", "thu", "therefore", "group", "arm", "table", "amounted", "n"),
        *("no", "yes", "or"),
    }
)
_WORD = re.compile(r"[^\W_]+(?:\.\d+)?")
_NUMBERS = (Kind.PERCENT, Kind.COUNT)
_WOMEN, _MEN = (
    re.compile(r"\b(?:wom[ae]n|females?|girls)\b"),
    re.compile(r"\b(?:m[ae]n|males?|boys)\b"),
)


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage of one group, ``n`` patients where known."""

    label: str
    number: PrintedNumber
    n: int | None
    place: Place
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PooledRate:
    """A percentage of everybody, and those of the groups for every reading of what it is of."""

    total: Rate
    readings: tuple[tuple[Rate, ...], ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """Rates of groups that are everybody: what they are of, in words, and where they stand."""

    words: frozenset[str]
    rates: tuple[Rate, ...]
    passage: int | None


def pooled_rates(manuscript: Manuscript, stated: Collection[int]) -> Iterator[PooledRate]:
    """Every rate of everybody that the text states beside those of the groups.

    ``stated`` are numbers of patients that may be all; so is the greatest sum of the groups of a
    table.
    """
    everybody = {*stated, *_greatest(manuscript)}
    found = mentions(manuscript.prose)
    known: list[_Known] | None = None
    for sentence in manuscript.prose.sentences:
        if sentence.source is not Source.PARAGRAPH or sentence.index not in found:
            continue
        if sentence.section in ("methods", "introduction", "references"):
            continue
        if not EVERYBODY.search(sentence.text):
            continue
        own = [m for m in found[sentence.index] if m.own and _percent(m.statement) is not None]
        if len(own) == 3:
            yield from _of_the_sexes(own)
        if len(own) != 1:
            continue
        total = _rate(own[0].statement, "all patients", None)
        words = _words(_rest(own[0]))
        if total is None or not words:
            continue
        if known is None:
            known = [*_of_tables(manuscript, everybody), *_of_text(manuscript, found, everybody)]
        readings = [k.rates for k in known if _same(words, k, sentence.passage)]
        if readings:
            yield PooledRate(total, tuple(readings))


def _rest(mention: Mention) -> str:
    """The sentence without the number, the words for everybody and what stands in brackets."""
    text = mention.sentence.text
    text = f"{text[: mention.start]} {text[mention.end :]}"
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", EVERYBODY.sub(" ", text))


def _words(text: str) -> frozenset[str]:
    found = (w if len(w) < 4 else w.removesuffix("s") for w in _WORD.findall(text.lower()))
    return frozenset(found) - _IDLE


def _same(words: frozenset[str], known: _Known, passage: int) -> bool:
    """Whether a rate is of the same thing: in the same paragraph a word may be left out, as in
    "success" for "clinical success", but no time or grade."""
    if words == known.words:
        return True
    more = known.words - words
    return (
        words < known.words
        and known.passage == passage
        and not any(ch.isdigit() for word in more for ch in word)
    )


def _percent(statement: Statement) -> PrintedNumber | None:
    if statement.kind not in _NUMBERS or statement.quantifier in ("at least", "about"):
        return None
    percent = statement.percent
    return percent if percent is not None and percent.relation == "=" else None


def _rate(statement: Statement, label: str, n: int | None) -> Rate | None:
    number = _percent(statement)
    if number is None:
        return None
    return Rate(label, number, n, statement.place, claim_ids(statement))


def _of_the_sexes(own: Sequence[Mention]) -> Iterator[PooledRate]:
    """ "It was 12.1% in women and 10.4% in men (11.0% in all patients)", in any order."""
    sides: dict[str, Rate] = {}
    for at, mention in enumerate(own):
        behind = re.split(r"[,;()]|\band\b", mention.after, maxsplit=1)[0]
        women, men = bool(_WOMEN.search(behind)), bool(_MEN.search(behind))
        side = "all" if EVERYBODY.search(behind) else "women" if women else "men" if men else ""
        between = re.sub(
            r"\b(?:wo)?men\b|\b(?:fe)?males?\b", " ", EVERYBODY.sub(" ", mention.before)
        )
        if (women and men) or (at and _words(between)):
            return
        rate = _rate(mention.statement, side, None)
        if rate is None or not side:
            return
        sides[side] = rate
    if len(sides) == 3:
        yield PooledRate(sides["all"], ((sides["women"], sides["men"]),))


def _greatest(manuscript: Manuscript) -> Iterator[int]:
    """The patients of the table whose groups have most of them."""
    sums = [_sizes(reading)[1] for reading in manuscript.tables]
    if known := [sum(sizes) for sizes in sums if sizes]:
        yield max(known)


def _sizes(reading: TableReading) -> tuple[list[Column], list[int]]:
    """The groups of a table and how many patients each has; none where one is not stated."""
    groups = [c for c in reading.columns if c.role is ColumnRole.DATA and not c.total]
    sizes = [c.stated.value for c in groups if c.stated is not None]
    whole = len(sizes) == len(groups) > 1 and len({c.sub for c in groups}) == 1
    return groups, sizes if whole else []


def _of_tables(manuscript: Manuscript, everybody: Collection[int]) -> Iterator[_Known]:
    for judgement in manuscript.judged:
        if not judgement.row_wise:
            yield from _of_table(judgement, everybody)


def _of_table(judgement: TableJudgement, everybody: Collection[int]) -> Iterator[_Known]:
    reading = judgement.reading
    groups, sizes = _sizes(reading)
    if not sizes or sum(sizes) not in everybody:
        return
    for entries in reading.by_row().values():
        cells: dict[int, Entry] = {e.column: e for e in entries if e.part == 0}
        own = [cells[c.index] for c in groups if c.index in cells]
        numbers = [e.number(Role.PERCENT) for e in own]
        if len(own) < len(groups) or any(n is None or n.relation != "=" for n in numbers):
            continue
        yield _Known(
            _words(own[0].row.path),
            tuple(
                Rate(c.label, n, size, place, e.claims)
                for c, n, size, place, e in zip(
                    groups, numbers, sizes, places(*own), own, strict=True
                )
                if n is not None
            ),
            None,
        )


def _of_text(
    manuscript: Manuscript,
    found: dict[int, tuple[Mention, ...]],
    everybody: Collection[int],
) -> Iterator[_Known]:
    for own in found.values():
        series: dict[int, list[Mention]] = {}
        for mention in own:
            if mention.own and mention.statement.series is not None:
                series.setdefault(mention.statement.series, []).append(mention)
        for members in series.values():
            sizes = [_size(manuscript, m.statement) for m in members]
            total = sum(size for size in sizes if size is not None)
            if len(members) < 2 or None in sizes or total not in everybody:
                continue
            rates = [
                _rate(m.statement, f"group {at}", n)
                for at, (m, n) in enumerate(zip(members, sizes, strict=True), 1)
            ]
            first = members[0].statement
            said = " ".join(p.text for p in (*first.what[:1], *first.whom) if _of_none(p.text))
            if all(rates) and said:
                yield _Known(
                    _words(said), tuple(r for r in rates if r), members[0].sentence.passage
                )


def _of_none(phrase: str) -> bool:
    """Whether a phrase names no group."""
    return not re.search(r"\b(?:groups?|arms?)\b", phrase, re.IGNORECASE)


def _size(manuscript: Manuscript, statement: Statement) -> int | None:
    """How many patients the group of a rate has: printed with it, or those of its arm."""
    if statement.denominator is not None:
        return statement.denominator.integer
    topic = manuscript.linked.topics.get(statement.id)
    if topic is None or len(topic.terms) != 1:
        return None
    sizes = {fact.printed.integer for fact in manuscript.linked.people.get(topic.terms, ())}
    return sizes.pop() if len(sizes) == 1 else None
