"""Arms with a column for each grade: which grades the P values compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.extraction.lexicon import fold, says
from auditor.extraction.reading import Entry, Row
from auditor.printed import PrintedNumber
from auditor.reanalysis.beside import Beside, Read
from auditor.reanalysis.compared import Counts
from auditor.reanalysis.judged_counts import ONE_SIDED
from auditor.statistics.count_tests import p_values
from auditor.statistics.printed_p import allows

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_SPAN = re.compile(
    r"(?P<from>[1-5]|i{1,3}|iv|v)\b\s*(?:(?:-|–|—|/|to|and|or)\s*(?P<to>[1-5]|i{1,3}|iv|v)\b)?"
    r"(?P<up>\s*(?:\+|or (?:higher|more|worse|greater|above)|and (?:higher|above)))?",
    re.IGNORECASE,
)
_FEWEST = 3
_UNSURE = "nothing says which grades the P value compares"


@dataclass(frozen=True, slots=True)
class Choice:
    """Columns of each arm that are added up and set against the rest of its patients.

    Attributes:
        columns: their positions among the arm's columns.
        label: such as "Grade 3 + Grade 4".
    """

    columns: tuple[int, ...]
    label: str


def choices(beside: Beside, notes: Iterable[str]) -> tuple[Choice, ...]:
    """What the P values may compare: the choice that a note names, or every sensible one."""
    subs = [fold(c.sub) for c in beside.arms[0].columns]
    whole = [i for i, s in enumerate(subs) if says("columns_grades", "whole", s)]
    grades = [_grades(s) for s in subs]
    parts = [i for i in range(len(subs)) if i not in whole]
    found: list[tuple[int, ...]] = [(i,) for i in (*whole, *parts)]
    severe = [i for i in parts if (g := grades[i]) and g[0] >= 3]
    found += [tuple(severe)] if len(severe) > 1 else []
    found += [tuple(parts)] if len(parts) > 1 and not whole else []
    made = tuple(Choice(c, " + ".join(subs[i] for i in c)) for c in dict.fromkeys(found))
    for note in notes:
        if re.search(r"\bp[- ]values?\b|\bcompar|\btest", note, re.IGNORECASE):
            named = _grades(note)
            same = [c for c in made if named and _span(grades, c.columns) == named]
            if same:
                return tuple(same[:1])
    return made


def read(beside: Beside, row: Row, choice: Choice) -> Read | None:
    """The chosen columns of the row against the rest of each arm; a blank counts nobody."""
    entries: list[Entry] = []
    lines: list[tuple[int, int]] = []
    blank = False
    for line in beside.entries(row):
        own = [line[i] for i in choice.columns]
        known = [e for e in line if e is not None and e.count is not None]
        of = {n for e in known for n in beside.of.of(e).values[:1]}
        count = sum(e.count or 0 for e in own if e is not None)
        blank = blank or any(e is None or e.count is None for e in own)
        if len(of) != 1 or count > (n := of.pop()):
            return None
        entries += [e for e in own if e is not None]
        lines.append((count, n - count))
    doubt = "a blank is read as nobody" if blank else ""
    return Read((tuple(lines),), (choice.label, "others"), tuple(entries), doubt)


def settled(
    beside: Beside, rows: Sequence[tuple[Row, PrintedNumber]], among: Sequence[Choice]
) -> Choice | None:
    """The one choice under which most P values of the table follow from the counts.

    It must give three at least, half of them, and more than any other choice.
    """
    if len(among) == 1:
        return among[0]
    scores = []
    for choice in among:
        made = [(p, read(beside, row, choice)) for row, p in rows]
        hits = [_gives(p, found.tables[0]) for p, found in made if found is not None]
        scores.append((sum(hits), choice))
    scores.sort(key=lambda s: -s[0])
    best, runner = scores[0][0], scores[1][0]
    if best >= max(_FEWEST, 0.5 * len(rows)) and best > runner:
        return scores[0][1]
    return None


def unsettled(beside: Beside, row: Row, among: Sequence[Choice]) -> Read | None:
    """Every table that the choices give."""
    found = [r for choice in among if (r := read(beside, row, choice)) is not None]
    if not found:
        return None
    tables = tuple(dict.fromkeys(t for r in found for t in r.tables))
    return Read(tables, found[0].categories, found[0].entries, _UNSURE)


def _gives(p: PrintedNumber, counts: Counts) -> bool:
    return any(
        allows(p, value)
        for test, value in p_values(counts, costly=False)
        if test.standard or test.name == ONE_SIDED
    )


def _grades(text: str) -> tuple[int, int] | None:
    """The least and the greatest grade that a text names, where it names one span."""
    if not re.search(r"\bgrades?\b|^\W*[1-5]|^\W*[IV]+\b", text, re.IGNORECASE):
        return None
    tail = re.split(r"\bgrades?\b", text, flags=re.IGNORECASE)[-1]
    above = re.match(r"\s*(?:≥|>=)\s*([1-5])", tail)
    if above:
        return int(above[1]), 5
    match = _SPAN.search(tail)
    if match is None:
        return None
    low = _number(match["from"])
    high = 5 if match["up"] else _number(match["to"] or match["from"])
    return (low, high) if low <= high else None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _ROMAN[text.casefold()]


def _span(grades: Sequence[tuple[int, int] | None], columns: Sequence[int]) -> tuple[int, int]:
    own = [g for i in columns if (g := grades[i]) is not None]
    return (min(g[0] for g in own), max(g[1] for g in own)) if own else (0, 0)
