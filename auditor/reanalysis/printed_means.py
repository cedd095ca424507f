"""Means and medians of tables with what stands behind them and the number of patients."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.extraction.describe import where
from auditor.extraction.lexicon import plain
from auditor.extraction.reading import ColumnRole, Entry, Role, RowKind, TableReading
from auditor.finding import Place
from auditor.printed import PrintedNumber
from auditor.reanalysis.summaries import arm_key

_MEAN = re.compile(r"\bmeans?\b|\baverage\b")
_MEDIAN = re.compile(r"\bmedians?\b")
_SD = re.compile(r"\bs\.?\s?d\.?(?![\w-])|\bstandard deviations?\b|\bstd\.? dev")
_SE = re.compile(r"\bs\.?\s?e\.?\s?m?\.?(?![\w-])|\bstandard errors?\b")
_OTHER = re.compile(
    r"\badjusted\b|\bleast.squares?\b|\bls\s?means?\b|\bgeometric\b|\blog\b|\bimput|\bweighted\b"
    r"|\bestimated\b|\bmarginal\b|\bbootstrap|\btrimmed\b|\bmodel(?:l?ed)?\b|\bpropensity\b"
)
CHANGE = re.compile(
    r"\bchange|\bdifferen|\bdelta\b|δ|\breduc|\bdecreas|\bincreas|\bgain|\bimprove|\brise\b|\brose\b|\bf[ae]ll\b"
)
"""Words, in lower case, for what is no value but a difference of two."""
LATER = re.compile(
    r"\bafter\b|\bpost|\bfollow|\bend\b|\bfinal\b|\bdischarge\b"
    r"|\b(?:week|month|day|visit|year)s? ?\d|\d ?(?:weeks?|months?|days?|years?)\b"
)
"""Words, in lower case, for a time after the beginning."""
_RANGE = re.compile(r"\brange\b|\bmin(?:imum)?\W{1,3}max")
_QUARTILES = re.compile(r"\biqr\b|\binter-?\s?quartile\b|\bq1\b|\bquartiles?\b")
_CI = re.compile(r"\bc\.?i\.?\b|\bconfidence\b|\bcredib")
_MISSING_TENTH = 10
"""Values may be missing of up to a tenth of the patients without a word."""


@dataclass(frozen=True, slots=True)
class PrintedMean:
    """A mean or median of a table.

    Attributes:
        statistic: "mean" or "median".
        value: as printed. ``spread``: what stands behind a mean; ``spread_is`` names it: "SD",
            "SE", or "" where nothing does.
        lower, upper: printed with it; ``bounds_are``: "range", "IQR", "CI", or "".
        n: number of patients of its column or row, or None; ``own_n``: whether it is stated for
            this row alone, so that nobody is missing.
        labels: the words of row and column, the innermost first, that may name the variable.
        change: whether it is a change or difference; ``later``: whether it was taken at a time
            after the beginning, when some may have dropped out.
        doubt: why it may be no plain average, or "".
        where: in words; ``place``; ``claims``: ids, that of the value first.
        entry: its cell, or None where it stands in the text.
    """

    statistic: str
    value: PrintedNumber
    spread: PrintedNumber | None
    spread_is: str
    lower: PrintedNumber | None
    upper: PrintedNumber | None
    bounds_are: str
    n: int | None
    own_n: bool
    labels: tuple[str, ...]
    change: bool
    later: bool
    doubt: str
    where: str
    place: Place
    claims: tuple[str, ...]
    entry: Entry | None = None

    def sizes(self, *, complete: bool) -> range:
        """How many values there may be, the printed n first; fewer where some may be missing."""
        if self.n is None:
            return range(0)
        missing = 0 if complete or self.own_n else max(1, self.n // _MISSING_TENTH)
        return range(self.n, max(self.n - missing, 1) - 1, -1)


def printed_means(
    reading: TableReading, declared: str = "", arms: Mapping[str, int] | None = None
) -> Iterator[PrintedMean]:
    """Every mean and every median of a table, in reading order.

    Args:
        declared: what the paper calls the spread behind its means where a table does not say.
        arms: number of patients of each arm by ``summaries.arm_key``, for headers without.
    """
    general = plain(" ".join(n.text for n in reading.table.footnotes if not n.mark))
    caption = plain(reading.table.caption)
    data = [c for c in reading.columns if c.role is ColumnRole.DATA]
    for entry in reading.entries:
        column = reading.columns[entry.column]
        value, spread = entry.number(Role.VALUE), entry.number(Role.SPREAD)
        if value is None or column.role is not ColumnRole.DATA or value.relation != "=":
            continue
        if entry.row.kind not in (RowKind.COUNT, RowKind.STATISTIC, RowKind.OTHER):
            continue
        if value.percent or (spread is not None and (spread.percent or spread.relation != "=")):
            continue
        near = plain(f"{entry.row.path} {column.label}")
        statistic = _statistic(entry, near, f"{caption} {general}")
        if not statistic:
            continue
        n, own = _patients(reading, entry, len(data), arms or {})
        everything = f"{near} {caption} {general} {_notes(reading, entry)}"
        doubt = _OTHER.search(everything)
        yield PrintedMean(
            statistic,
            value,
            spread if statistic == "mean" else None,
            spread_is(near, caption, general) or declared,
            entry.number(Role.LOWER),
            entry.number(Role.UPPER),
            _bounds_are(near, f"{caption} {general}"),
            n,
            own,
            (entry.row.label, *reversed(entry.row.groups), *reversed(column.path)),
            CHANGE.search(near) is not None,
            LATER.search(near) is not None,
            doubt[0] if doubt else "",
            where(reading, entry),
            entry.place,
            entry.claims,
            entry,
        )


def _statistic(entry: Entry, near: str, far: str) -> str:
    """ "mean" or "median", or "" where the words leave it open."""
    roles = tuple(role for role, _ in entry.numbers)
    bounded = Role.LOWER in roles
    spread = Role.SPREAD in roles
    plus_minus = "±" in entry.shape
    said = {name for name, p in (("mean", _MEAN), ("median", _MEDIAN)) if p.search(near)}
    if plus_minus:
        return "" if said == {"median"} else "mean"
    if len(said) == 1:
        name = said.pop()
        if roles[0] is not Role.VALUE or (spread and name == "median"):
            return ""
        return name
    if said or not (spread or bounded):
        return ""
    # The caption alone says what the cells hold: only what has the shape of it is one.
    if spread and _MEAN.search(far) and (_SD.search(far) or _SE.search(far)):
        return "mean" if entry.numbers[0][1].decimals else ""
    if bounded and _MEDIAN.search(far) and not _MEAN.search(far):
        return "median" if _bounds_are(near, far) in ("range", "IQR") else ""
    return ""


def spread_is(*texts: str) -> str:
    """ "SD" or "SE" as the first of the texts that names one calls a spread, or ""."""
    for text in texts:
        sd, se = _SD.search(text), _SE.search(text)
        if sd or se:
            return "" if sd and se else "SD" if sd else "SE"
    return ""


def _bounds_are(near: str, far: str) -> str:
    for text in (near, far):
        named = [
            name
            for name, p in (("range", _RANGE), ("IQR", _QUARTILES), ("CI", _CI))
            if p.search(text)
        ]
        if named:
            # "Interquartile range" is no range.
            rest = [n for n in named if n != "range" or "IQR" not in named]
            return rest[0] if len(rest) == 1 else ""
    return ""


def _patients(
    reading: TableReading, entry: Entry, columns: int, arms: Mapping[str, int]
) -> tuple[int | None, bool]:
    """The number of patients, and whether it is stated for this very row."""
    column = reading.columns[entry.column]
    own = {s.value for s in (*entry.row.stated, *entry.row.noted)}
    header = column.stated.value if column.stated is not None else arms.get(arm_key(column.arm))
    if not own:
        return header, False
    # A number in the label of a row with several columns may be of all of them together.
    if len(own) == 1 and columns == 1:
        return own.pop(), True
    return None, False


def _notes(reading: TableReading, entry: Entry) -> str:
    """Footnotes whose mark stands at the cell, the label or the header."""
    grid = reading.table.grid
    cells = (*grid[entry.row.index], *(row[entry.column] for row in grid[: entry.row.index]))
    marks = {mark for cell in cells for mark in cell.marks}
    return plain(" ".join(n.text for n in reading.table.footnotes if n.mark in marks and n.mark))
