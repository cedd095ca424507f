"""Shares of patients on one side of a cut ("aged over 70 years"), beside quantiles of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.extraction.describe import places, where
from auditor.extraction.lexicon import plain
from auditor.extraction.reading import Entry, TableReading
from auditor.finding import Place
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.reanalysis.bounds import PrintedBounds
from auditor.rounding import unit
from auditor.statement import Kind, Origin, Statement
from auditor.topic import Term, Topic

_NUMBER = r"(\d+(?:[.·,]\d+)?)"
_UNIT = r"\s*-?\s*(?:years?|yrs?|y|months?|cm|mm|kg|mg|g|ml|cc|%)?(?: of age| old)?"
_CATEGORY = re.compile(
    rf"(?:age[d]?\s*)?(?:(?P<sign><=|>=|=<|=>|[<>≤≥])\s*{_NUMBER}{_UNIT}|{_NUMBER}{_UNIT}\s*-\s*"
    rf"{_NUMBER}{_UNIT}|{_NUMBER}{_UNIT}\s*(?:(?P<more>or (?:more|older|over|above|greater)|and "
    rf"(?:over|older|above))|(?P<less>or (?:less|younger|under|below)|"
    rf"and (?:under|younger|below))))"
)
_AGE = re.compile(
    rf"\b(?:(?P<over>older than|over|above|aged? (?:more|greater) than|aged? >|> ?)|"
    rf"(?P<atleast>aged (?:at least|≥|>=)|≥ ?|>= ?|at least)|"
    rf"(?P<under>younger than|under|below|aged less than))\s*"
    rf"{_NUMBER} ?-?years?(?P<orolder> (?:of age )?or (?:older|over|above))?\b"
)
_NOISE = re.compile(
    r"\([^()]*\)|\b(?:median|mean|iqr|range|interquartile|quartiles?|years?|yrs?|no|n|sd|min|max|at|"
    r"baseline|group|category|categories|distribution|of|the|patients?)\b|[^a-z ]"
)


_Category = tuple[Entry, Fraction | None, Fraction | None]
"""A row of a block with its least and greatest value."""


@dataclass(frozen=True, slots=True)
class Cut:
    """So many patients lie above (or below) a value.

    Attributes:
        value: the cut; ``above``: on which side they lie; ``holds``: whether the cut itself
            belongs to them.
        least, most: their share, as a fraction of 1, over everything that rounding allows.
        n: number of patients, at least; or None.
        words: verbatim or in words; ``where``, ``places``, ``claims``: of the share.
    """

    value: Fraction
    above: bool
    holds: bool
    least: Fraction
    most: Fraction
    n: int | None
    words: str
    where: str
    places: tuple[Place, ...]
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cuts:
    """Every share on one side of a value that a manuscript prints.

    Attributes:
        tables: by index of the table, column and words of the variable.
        ages: of the text, by the groups of patients that they are of.
    """

    tables: Mapping[tuple[int, int, str], tuple[Cut, ...]]
    ages: Mapping[frozenset[Term], tuple[Cut, ...]]

    def of(self, one: PrintedBounds) -> tuple[Cut, ...]:
        """The shares of the same patients, by values of the same variable."""
        if one.table is not None:
            entry = one.entries[0]
            return self.tables.get((one.table, entry.column, _variable(entry)), ())
        if one.topic is None or one.statement is None or not _is_age(one):
            return ()
        if _some_group(one.statement, one.topic):
            return ()
        return self.ages.get(one.topic.terms, ())


def read_cuts(manuscript: Manuscript) -> Cuts:
    """Categories of tables and shares by age of the text, each gathered once."""
    ages: dict[frozenset[Term], tuple[Cut, ...]] = {}
    for terms, cut in _of_text(manuscript):
        ages[terms] = (*ages.get(terms, ()), cut)
    return Cuts(_of_tables(manuscript), ages)


def _is_age(one: PrintedBounds) -> bool:
    words = plain(one.what)
    return bool(re.search(r"\bage\b", words)) and not re.search(
        r"\bage at|\bdiagnos|\bonset", words
    )


def _of_tables(manuscript: Manuscript) -> dict[tuple[int, int, str], tuple[Cut, ...]]:
    """The tails of each block of categories, by table, column and variable."""
    found: dict[tuple[int, int, str], tuple[Cut, ...]] = {}
    for judgement in manuscript.judged:
        reading = judgement.reading
        basis = {p.stated.entry.claims: p.basis.value for p in judgement.percents if p.basis.value}
        blocks: dict[tuple[int, int, str], list[_Category]] = {}
        for entry in reading.entries:
            if entry.count is None or not entry.row.groups:
                continue
            match = _CATEGORY.fullmatch(plain(entry.row.label))
            variable = _words(entry.row.groups[-1])
            if match is not None and variable:
                key = (entry.row.block, entry.column, variable)
                blocks.setdefault(key, []).append((entry, *_limits(match)))
        for (_, column, variable), block in blocks.items():
            cuts = tuple(_cuts_of_block(reading, block, basis))
            at = (reading.table.index, column, variable)
            found[at] = (*found.get(at, ()), *cuts)
    return found


def _variable(entry: Entry) -> str:
    """The words of the variable: its heading where the row only names a statistic."""
    own = _words(entry.row.label)
    return own or (_words(entry.row.groups[-1]) if entry.row.groups else "")


def _words(label: str) -> str:
    return " ".join(_NOISE.sub(" ", plain(label)).split())


def _limits(found: re.Match[str]) -> tuple[Fraction | None, Fraction | None]:
    """Least and greatest value of a category; open ends are None, open bounds are taken in."""
    numbers = [
        Fraction(n.replace("·", ".").replace(",", "."))
        for n in found.groups()
        if n and n[0].isdigit()
    ]
    if len(numbers) == 2:
        return numbers[0], numbers[1]
    sign = found["sign"] or (">=" if found["more"] else "<=")
    if sign in (">", ">=", "=>", "≥"):
        return numbers[0], None
    return None, numbers[0]


def _cuts_of_block(
    reading: TableReading,
    block: Sequence[_Category],
    basis: Mapping[tuple[str, ...], int],
) -> Iterator[Cut]:
    """The two outer tails of a block, adding up categories from either end."""
    known = {basis.get(entry.claims) for entry, _, _ in block} - {None}
    if len(known) != 1:
        return
    n = known.pop() or 0
    total = sum(entry.count or 0 for entry, _, _ in block)
    if not n or not 0.9 * n <= total <= n:
        return
    rows = sorted(block, key=lambda row: row[1] if row[1] is not None else Fraction(-1))
    for above in (True, False):
        counted, entries = 0, []
        for entry, low, high in reversed(rows) if above else rows:
            counted += entry.count or 0
            entries.append(entry)
            edge = low if above else high
            if edge is None:
                break
            yield Cut(
                edge,
                above,
                True,
                Fraction(counted, n),
                Fraction(counted + n - total, n),  # those of unknown category may be any
                n,
                f"{counted} of {n} are {'not below' if above else 'not above'} {float(edge):g}",
                where(reading, entries[-1]),
                places(*entries),
                tuple(claim for e in entries for claim in e.claims),
            )


def _of_text(manuscript: Manuscript) -> Iterator[tuple[frozenset[Term], Cut]]:
    """Statements on age, with the groups that they are of."""
    for other in manuscript.prose.statements:
        if other.origin is not Origin.OWN or other.kind not in (Kind.COUNT, Kind.PERCENT):
            continue
        topic = manuscript.linked.topics.get(other.id)
        found = _AGE.search(plain(" ".join(phrase.text for phrase in other.what[:1])))
        share = other.percent
        if found is None or topic is None or share is None:
            continue
        if _some_group(other, topic):
            continue
        half = unit(share.decimals)
        most = min(Fraction(1), (share.fraction + half) / 100)
        denominator = other.denominator.integer if other.denominator is not None else None
        if denominator is None and other.count is not None and other.count.integer and most:
            denominator = int(other.count.integer / most)
        above = not found["under"]
        yield (
            topic.terms,
            Cut(
                Fraction(next(n for n in found.groups() if n and n[0].isdigit())),
                above,
                bool(found["atleast"] or found["orolder"]),
                max(Fraction(0), (share.fraction - half) / 100),
                most,
                denominator,
                f"{share.text} are {found[0]}",
                f"{other.place.section or 'text'}, “{other.place.quote}”",
                (other.place,),
                claim_ids(other),
            ),
        )


_ALL = re.compile(
    r"(?:(?:of|in|among) )?(?:(?:the|all|these|our|\d+) )*(?:patients?|subjects?|cohort)?"
)


def _some_group(statement: Statement, topic: Topic) -> bool:
    """Whether words restrict who is counted to a group that is not known by name."""
    if topic.terms:
        return False
    phrases = (*statement.whom, *statement.setting)
    return not all(_ALL.fullmatch(plain(phrase.text)) for phrase in phrases)
