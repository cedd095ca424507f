"""Numbers at risk and cumulative events over time, as tables and legends of figures print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from auditor.document import Cell, Table
from auditor.extraction.places import cell_place
from auditor.finding import Place
from auditor.manuscript import Manuscript
from auditor.printed import parse_number, scan_numbers
from auditor.reanalysis.significance_words import LONGEST
from auditor.statement import Origin, Sentence

AT_RISK = re.compile(
    r"\b(?:nos?|numbers?|n|patients|subjects|participants|women|men)\b\.?[^.;:]{0,30}"
    r"\bat[- ]risk\b|"
    r"^\W*at[- ]risk\b",
    re.IGNORECASE,
)
CUMULATIVE = re.compile(
    r"\bcumulative\b\s+(?:(?:no\.?|numbers?)\s+of\s+)?(?:events|deaths|cases)\b|"
    r"\b(?:no\.?|numbers?)\s+of\s+cumulative\s+(?:events|deaths)\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?<![\d.,%–-])\d+(?:\s*\([\d ]+\))?(?:(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s+)"
    r"\d+(?:\s*\([\d ]+\))?(?![\d.%]*[\d%]))+"
)
_TIME = re.compile(r"^\W*(?:months?|years?|weeks?|days?|mo\b|yrs?\b)", re.IGNORECASE)
_TIMES = re.compile(
    r"\b(?:months?|mos?|years?|yrs?|weeks?|days?|time|follow[- ]?up|cycles?|visit)\b", re.IGNORECASE
)
_NO_TIMES = re.compile(r"\bage\b|\bdos(?:e|es|age)\b|\bmg\b", re.IGNORECASE)
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Course:
    """Numbers of one group in the order of time.

    Attributes:
        rising: whether they may only rise (cumulative events) or only fall (at risk).
        label: of the group, or "". ``numbers``: in order; ``times``: as printed, or empty.
        places: of the numbers; one for all of them in a text.
    """

    rising: bool
    label: str
    numbers: tuple[int, ...]
    times: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        """Positions of numbers that go the wrong way from the one before."""
        return tuple(
            i + 1
            for i, (a, b) in enumerate(pairwise(self.numbers))
            if (b < a if self.rising else b > a)
        )


def courses(manuscript: Manuscript) -> Iterator[Course]:
    """Every course of numbers at risk or of cumulative events that the manuscript prints."""
    for table in manuscript.document.tables:
        yield from _rows(manuscript, table)
        yield from _columns(manuscript, table)
    for sentence in manuscript.prose.sentences:
        known = sentence.origin in (Origin.OWN, Origin.UNCLEAR)
        if known and len(sentence.text) <= LONGEST:
            yield from _lists(manuscript, sentence)


def _rows(manuscript: Manuscript, table: Table) -> Iterator[Course]:
    """Rows whose columns are times."""
    if table.n_columns < _LEAST + 1 or not table.header_rows:
        return
    headers = " ".join(c.clean for row in table.grid[: table.header_rows] for c in row)
    if _NO_TIMES.search(headers) or not _TIMES.search(f"{headers} {table.caption}"):
        return
    times = [_time(table, column) for column in range(table.n_columns)]
    held: bool | None = None
    for row in table.grid[table.header_rows :]:
        first = row[0].clean
        whole = row[0].column_span >= table.n_columns or all(c.empty for c in row[1:])
        named = _kind(first)
        if whole:
            held = named
            continue
        kind = named if named is not None else held
        if kind is None and AT_RISK.search(table.caption) and len(first.split()) <= 6:
            kind = False
        if kind is None:
            continue
        cells = [(c, times[i]) for i, c in enumerate(row) if i and times[i] is not None]
        yield from _course(manuscript, table, first, kind, cells)


def _columns(manuscript: Manuscript, table: Table) -> Iterator[Course]:
    """Columns of a life table, whose rows are times."""
    body = table.grid[table.header_rows :]
    times = [_number(row[0].clean) for row in body]
    first = " ".join(row[0].clean for row in table.grid[: table.header_rows])
    if _NO_TIMES.search(first) or not _TIMES.search(first):
        return
    if len(body) < _LEAST or any(t is None for t in times):
        return
    for column in range(1, table.n_columns):
        header = " ".join(row[column].clean for row in table.grid[: table.header_rows])
        kind = _kind(header)
        if kind is not None:
            cells = [(row[column], t) for row, t in zip(body, times, strict=True)]
            yield from _course(manuscript, table, header, kind, cells)


def _course(
    manuscript: Manuscript,
    table: Table,
    label: str,
    rising: bool,
    cells: list[tuple[Cell, float | None]],
) -> Iterator[Course]:
    numbers: list[int] = []
    order = [t for _, t in cells if t is not None]
    if len(order) != len(cells) or any(b <= a for a, b in pairwise(order)):
        return
    kept = []
    for cell, time in cells:
        printed = parse_number(re.sub(r"\s*\([^)]*\)\s*$", "", cell.clean))
        if printed is None or printed.integer is None:
            if cell.empty:
                continue
            return
        numbers.append(printed.integer)
        kept.append((cell, time))
    if len(numbers) >= _LEAST:
        places = tuple(cell_place(manuscript.document.name, table, c) for c, _ in kept)
        times = tuple(f"{t:g}" for _, t in kept if t is not None)
        yield Course(rising, label.strip(), tuple(numbers), times, places)


def _time(table: Table, column: int) -> float | None:
    """The time that the header of a column names, if it names one number alone."""
    return _number(
        " ".join(
            dict.fromkeys(
                row[column].clean
                for row in table.grid[: table.header_rows]
                if row[column].column_span == 1
            )
        )
    )


def _number(text: str) -> float | None:
    numbers = scan_numbers(text)
    if len(numbers) != 1 or numbers[0].relation != "=" or numbers[0].percent:
        return None
    if re.search(r"\b(?:n|group|arm|stage|grade|cohort|dose|mg|line)\b", text, re.IGNORECASE):
        return None
    return float(numbers[0].value)


def _kind(text: str) -> bool | None:
    if CUMULATIVE.search(text):
        return True
    return False if AT_RISK.search(text) else None


def _lists(manuscript: Manuscript, sentence: Sentence) -> Iterator[Course]:
    """Lists of numbers behind the words, in a legend or a sentence."""
    text = sentence.text
    opened = AT_RISK.search(text)
    if opened is None or re.search(r"\bpatients at risk (?:of|for)\b", text, re.IGNORECASE):
        return
    before = opened.end()
    for match in _LIST.finditer(text, opened.end()):
        plain = re.sub(r"\([\d ]+\)", " ", match[0])
        numbers = tuple(int(n) for n in re.findall(r"\d+", plain))
        label = text[before : match.start()]
        before = match.end()
        if len(numbers) < _LEAST or numbers[0] == 0 or _TIME.match(text[match.end() :]):
            continue  # the times themselves
        if numbers[0] != max(numbers) or CUMULATIVE.search(label):
            continue
        if any(i + 1 < len(numbers) and _second(numbers, i) for i in range(1, len(numbers))):
            continue
        start, end = sentence.span(match.start(), match.end())
        quote = manuscript.document.text[start:end]
        place = Place(
            manuscript.document.name, "text", quote, sentence.title or None, start=start, end=end
        )
        yield Course(False, _label(label), numbers, (), (place,))


def _second(numbers: tuple[int, ...], at: int) -> bool:
    """Whether another group may begin at a rise: it is higher than two numbers before."""
    return numbers[at] > numbers[at - 1] and (at < 2 or numbers[at] > numbers[at - 2])


def _label(text: str) -> str:
    words = re.split(r"[.:;,]", text.strip(" .:;,"))[-1].strip()
    return words if len(words) < 40 else ""
