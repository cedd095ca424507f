"""P values of sentences without a number of patients, whose counts a row of a table has: "the ORR
did not differ between A and B (P = 0.62)"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.linking.claims import claim_ids
from auditor.linking.headers import PATIENTS
from auditor.linking.read_topic import survival
from auditor.reanalysis import words_of_tests
from auditor.reanalysis.cell_counts import CellCount, content
from auditor.reanalysis.sides import Sides, names
from auditor.statement import Kind, Statement
from auditor.topic import Topic

_COMPARES = re.compile(
    r"\bdiffer|\bhigher\b|\blower\b|\bmore\b|\bless\b|\bfewer\b|\bsimilar|\bcomparable\b|\bversus\b"
    r"|\bvs\b|\bcompared\b|\bthan\b|\bimproved?\b|\blowered\b|\breduced?\b|\bincreased?\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:between|in) (?:the |both |our )*(?:two |2 )?(?:\w+ )?(?:groups|arms)\b")
_SEVERAL = re.compile(
    r"\brespectively\b|\bfor all\b|\bcomparisons\b|\bcharacteristics\b|\bfactors\b|\bvariables\b"
    r"|\bcorrelat|\bpredict|\bresponders\b",
    re.IGNORECASE,
)


_NONE = re.compile(r"\b(?:no|not|without|none|non)\b", re.IGNORECASE)
_LIGHT = content(
    "difference differences differ differed different rate rates incidence proportion proportions "
    "frequency frequencies percentage percentages significant significantly significance "
    "statistical statistically higher lower greater less more fewer frequent frequently common "
    "commonly often likely similar comparable compared comparison versus between than two both "
    "group groups arm arms patients was were are has have had did not using with without for from "
    "and but the that there this these those our its also any overall although however moreover "
    "besides again terms regarding observed found seen noted detected occurred reached reach "
    "lowered improved increased reduced result results showed shown treatment therapy drug grade "
    "chi square squared test exact fisher pearson sided tailed value values table"
)


@dataclass(frozen=True, slots=True)
class Bare:
    """Counts of a row that a sentence names, for a P value without numbers.

    Attributes:
        sides: the counts; ``what``: the row's label; ``claims``: of the sentence.
        doubt: what keeps it from being certain, or "".
    """

    sides: Sides
    what: str
    claims: tuple[str, ...]
    doubt: str


def bare(
    carriers: Sequence[Statement],
    words: str,
    topic: Topic,
    cells: Mapping[str, Sequence[CellCount]],
) -> Bare | None:
    """The row of a table that the words name, with its two groups, or None.

    Args:
        carriers: statements with the P value: one P value alone.
        words: that speak of it; ``topic``: what the statement is about.
        cells: by concept.
    """
    (carrier,) = carriers if len(carriers) == 1 else (None,)
    if carrier is None or carrier.kind is not Kind.P_VALUE or survival(topic.concept):
        return None
    spoken = words_of_tests.of_survival(words) or words_of_tests.measured(words)
    spoken = spoken or words_of_tests.stratified(words)
    if spoken or not _COMPARES.search(words) or _SEVERAL.search(words):
        return None
    rows = [
        row for row in _rows(words, cells) if _NONE.search(row[0].place.row_label or "") is None
    ]
    tables = {tuple(sorted((c.count, c.n) for c in row)) for row in rows}
    if len(tables) != 1:
        return None
    row = rows[0]
    label = row[0].place.row_label or ""
    groups = names([c.topic for c in row])
    said = content(words)
    named = all(content(g) and content(g) <= said for g in groups) or _BOTH.search(words)
    if said - row[0].label - _LIGHT - set[str]().union(*(content(g) for g in groups)):
        return None  # other words may say that something else is compared
    table = tuple((c.count, c.n - c.count) for c in row)
    doubt = "" if named else "the groups are not named"
    if words_of_tests.timed_event(label) and not words_of_tests.test_named(words):
        doubt = "events that come in time may have been compared by a survival test"
    found = Sides(
        (table,), groups, tuple(c.place for c in row), tuple(n for c in row for n in c.claims)
    )
    return Bare(found, label, claim_ids(carrier), doubt)


def _rows(words: str, cells: Mapping[str, Sequence[CellCount]]) -> Iterator[tuple[CellCount, ...]]:
    """Rows of two groups whose whole label the words have, the longest labels alone."""
    said = content(words)
    lines: dict[object, list[CellCount]] = defaultdict(list)
    for concept, known in cells.items():
        if concept != PATIENTS:
            for cell in known:
                lines[cell.place.table_index, cell.line].append(cell)
    found = []
    for line in lines.values():
        label = line[0].label
        groups = [c for c in line if c.topic.terms]
        apart = len({c.topic.terms for c in groups}) == len(groups)
        if label and label <= said and len(groups) == 2 and apart:
            found.append((label, tuple(groups)))
    for label, row in found:
        if not any(label < other for other, _ in found):
            yield row
