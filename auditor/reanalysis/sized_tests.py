"""P values of shares of two groups of which the sizes are known, but not the counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from auditor.extraction.describe import places
from auditor.extraction.lexicon import says
from auditor.extraction.reading import Entry, RowKind
from auditor.finding import Place
from auditor.linking.claims import claim_id
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis import words_of_tests
from auditor.reanalysis.beside import counts_of
from auditor.reanalysis.compared import ComparedCounts
from auditor.reanalysis.group_sizes import Size, sizes
from auditor.reanalysis.naming import OF_COUNTS, named_tests
from auditor.reanalysis.p_cells import PCell, p_cells
from auditor.reanalysis.p_columns import Arm, p_columns
from auditor.reanalysis.table_counts import of_values
from auditor.statement import Kind, Origin, Statement
from auditor.topic import Term

_SHARE = re.compile(
    r"\b(?:ORR|DCR|CBR|response rates?|control rates?|benefit rates?|complication rates?|"
    r"incidences?|proportions?|frequenc(?:y|ies)|remission rates?|cure rates?)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\bsurviv|\bPFS\b|\bOS\b|\bmedian|\bmeans?\b|\btime to\b|\bhazard|\bHR\b|\bOR\b|\bodds\b|"
    r"\bscores?\b|\blevels?\b|\bduration\b|\bcorrelat|\bmultivari|\bunivari|\bregression|\badjust|"
    r"\btrend\b|\binteraction\b|\bsubgroups?\b|\bamong\b|\bin patients with\b|\bof the\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SizedTest:
    """A P value of two groups whose counts are open.

    Attributes:
        p, place: as printed; ``claims``: their ids.
        what, groups: what is compared, of whom.
        sizes: numbers of patients.
        counts: by group the counts that the print allows; None: any.
        places: of what is known of the groups.
        certain: whether it stands in a table beside a count or percentage.
    """

    p: PrintedNumber
    place: Place
    claims: tuple[str, ...]
    what: str
    groups: tuple[str, str]
    sizes: tuple[int, int]
    counts: tuple[frozenset[int] | None, frozenset[int] | None]
    places: tuple[Place, ...]
    certain: bool


def sized_tests(manuscript: Manuscript, known: Sequence[ComparedCounts]) -> Iterator[SizedTest]:
    """Every such P value of tables and text, but for those whose counts are ``known``."""
    told = {(c.p_place.table_index, c.p_place.row, c.p_place.column, c.p_place.line) for c in known}
    spots = {c.p_place.start for c in known}
    for reading in manuscript.tables:
        cells = {(e.row.key, e.column): e for e in reading.entries if e.part == 0}
        for column in p_columns(reading):
            if len(column.arms) != 2 or len(column.arms[0].columns) != 1 or column.doubt:
                continue
            for cell in p_cells(reading, column):
                place = cell.place
                spot = (place.table_index, place.row, place.column, place.line)
                if spot not in told and len(cell.rows) == 1 and not of_values(cell):
                    entries = [
                        cells.get((cell.rows[0].key, a.columns[0].index)) for a in column.arms
                    ]
                    found = _of_cell(cell, column.arms, entries, reading.table.name)
                    if found is not None:
                        yield found
    for one in _of_text(manuscript):
        if one.place.start not in spots:
            yield one


def _of_cell(
    cell: PCell, arms: Sequence[Arm], entries: Sequence[Entry | None], table: str
) -> SizedTest | None:
    row = cell.rows[0]
    printed = [e for e in entries if e is not None]
    stated = [a.columns[0].stated for a in arms]
    first, second = stated
    if row.kind is not RowKind.COUNT or not printed or first is None or second is None:
        return None
    if cell.below or says("text", "timed", row.path) or row.stated:
        return None
    if any(e.percent is None and e.count is None for e in printed):
        return None
    options = [_options(e, n.value) for e, n in zip(entries, (first, second), strict=True)]
    if any(o is not None and not o for o in options):
        return None  # a percentage of another number of patients
    return SizedTest(
        cell.p,
        cell.place,
        tuple(dict.fromkeys((*cell.claims, *(c for e in printed for c in e.claims)))),
        f"{table}, {row.path}",
        (arms[0].label, arms[1].label),
        (first.value, second.value),
        (options[0], options[1]),
        (*places(*printed), first.place, second.place),
        certain=True,
    )


def _options(entry: Entry | None, n: int) -> frozenset[int] | None:
    if entry is None:
        return None
    if entry.percent is not None:
        fitting = frozenset(counts_of(entry.percent, n))
        return fitting if entry.count is None else fitting & {entry.count}
    return frozenset({entry.count}) if entry.count is not None and entry.count <= n else frozenset()


def _of_text(manuscript: Manuscript) -> Iterator[SizedTest]:
    """Sentences that name a share and two groups of known size, and give nothing but P."""
    groups = [
        (next(iter(terms)), found[0])
        for terms, found in sizes(manuscript.linked).items()
        if len(terms) == 1 and len(found) == 1
    ]
    alone: dict[int, list[Statement]] = {}
    for statement in manuscript.prose.statements:
        alone.setdefault(statement.sentence, []).append(statement)
    for index, own in alone.items():
        sentence = manuscript.prose.sentences[index]
        if len(own) != 1 or own[0].kind is not Kind.P_VALUE or own[0].origin is not Origin.OWN:
            continue
        text = sentence.text
        share = _SHARE.search(text)
        if sentence.section == "methods" or share is None or _OTHER.search(text):
            continue
        tests = named_tests(text)
        if words_of_tests.other_test(text) or (tests and not tests & OF_COUNTS):
            continue
        pair = _pair(text, groups)
        if pair is not None:
            (one, a), (other, b) = pair
            yield SizedTest(
                own[0].value,
                own[0].place,
                (claim_id(own[0], "value"),),
                share[0],
                (one.label or one.key, other.label or other.key),
                (a.n, b.n),
                (None, None),
                (a.place, b.place),
                certain=False,
            )


def _pair(
    text: str, groups: Sequence[tuple[Term, Size]]
) -> tuple[tuple[Term, Size], tuple[Term, Size]] | None:
    """The two groups of one dimension that a sentence names, if it names no others."""
    words = text.casefold()
    named = [g for g in groups if re.search(rf"(?<!\w){re.escape(g[0].key)}(?!\w)", words)]
    if len(named) != 2 or named[0][0].dimension != named[1][0].dimension:
        return None
    return next(combinations(named, 2))
