"""Numbers of tables that are printed with a lower and an upper bound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.extraction.lexicon import plain
from auditor.extraction.ratio_names import hazard_ratio, odds_or_risk_ratio
from auditor.extraction.reading import ColumnRole, Entry, Role, TableReading
from auditor.printed import PrintedNumber

_KINDS = {
    "range": re.compile(
        r"(?<!interquartile )(?<!inter-quartile )(?<!quartile )\brange\b|\bmin(?:imum)?\W{1,3}max"
    ),
    "IQR": re.compile(r"\biqr\b|\binter-?quartile\b|\binter quartile\b|\bq1\b|\bquartiles?\b"),
    "CI": re.compile(r"\bc\.?i\.?\b|\bconfidence\b|\bcredib"),
}
_MEAN = re.compile(r"\bmeans?\b|\baverage\b")
_MEDIAN = re.compile(r"\bmedians?\b")
_STATISTIC = re.compile(
    r"\bmedians?\b|\bmeans?\b|\baverage\b|\brates?\b|\bratio\b|\bhr\b|\bor\b|\brr\b|%|\bscore\b|"
    r"\b(?:months?|years?|weeks?|days?|survival|pfs|os|age|estimate|difference)\b"
)
_NO_ESTIMATE = re.compile(
    r"(?:s\.?d\.?|s\.?e\.?(?:m\.?)?|standard (?:deviation|error)|n|no\.?|(?:no\.?|number) of .*|"
    r"events?|patients|cases|deaths|missing|p(?:[- ]?values?)?|b|β|beta|coefficients?|wald)"
    r"(?: ?\(.*\))?"
)
_ONLY_BOUNDS = re.compile(
    r"[(\[]?(?:(?:80|90|95|97\.5|99)\s?%?,? ?)?(?:c\.?i\.?s?|confidence intervals?|range|iqr|"
    r"interquartile range|min(?:imum)?\W{1,3}max(?:imum)?)"
    r"(?: ?[(\[]?(?:80|90|95|97\.5|99)\s?%[)\]]?)?"
    r"(?:,? ?[(\[]?(?:%|months?|years?|days?|weeks?)[)\]]?)?[)\]]?:?"
)


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number with bounds.

    Attributes:
        value, lower, upper: as printed; the bounds may stand in the row below.
        kinds: what the labels call the bounds: "range", "IQR", "CI"; empty where nothing does.
        statistics: "mean" or "median", "hazard ratio", "odds or risk ratio" where labels say so.
        entries: the entry of the value, and that of the bounds where it is another.
    """

    value: PrintedNumber
    lower: PrintedNumber
    upper: PrintedNumber
    kinds: frozenset[str]
    statistics: frozenset[str]
    entries: tuple[Entry, ...]


def bounded(reading: TableReading) -> Iterator[Bounded]:
    """Every number of the table with its bounds, in reading order.

    Bounds that fill a cell belong to the lone value above them if both rows have one label or
    their own label only says what bounds they are ("95% CI"), and to the value on their left if
    the header of their column only says so.
    """
    above: dict[int, Entry] = {}
    spread: dict[int, int] = {}  # by column the last row that holds a standard deviation
    before: list[Entry] = []  # in the same row
    for entry in reading.entries:
        roles = tuple(role for role, _ in entry.numbers)
        if reading.columns[entry.column].role is ColumnRole.P_VALUE:
            continue
        if before and before[0].row.key != entry.row.key:
            before = []
        if roles[:3] == (Role.VALUE, Role.LOWER, Role.UPPER):
            yield _bounded(reading, [number for _, number in entry.numbers[:3]], (entry,))
        elif roles[-3:] == (Role.PERCENT, Role.LOWER, Role.UPPER):
            yield _bounded(reading, [number for _, number in entry.numbers[-3:]], (entry,))
        elif roles == (Role.LOWER, Role.UPPER):
            over = _over(above.get(entry.column), entry, spread.get(entry.column, -1))
            value = _beside(reading, before, entry) or over
            number = _estimate(value)
            if value is not None and number is not None and not _counted(reading, value):
                numbers = [number, *(n for _, n in entry.numbers)]
                yield _bounded(reading, numbers, (value, entry))
        elif _NO_ESTIMATE.fullmatch(plain(entry.row.label)):
            spread[entry.column] = entry.row.index
        elif _estimate(entry) is not None:
            above[entry.column] = entry
        before.append(entry)


def _over(value: Entry | None, entry: Entry, spread: int) -> Entry | None:
    """The value of the row above, if the row of the bounds has no name of its own.

    A row with standard deviations may stand between them.
    """
    if value is None or entry.row.index - value.row.index not in (1, 2):
        return None
    if entry.row.index - value.row.index == 2 and spread != entry.row.index - 1:
        return None
    if value.row.path == entry.row.path:
        return value if _kind_of(value) is Role.VALUE else None
    if spread == entry.row.index - 1 and value.row.index == entry.row.index - 1:
        return None
    return value if _ONLY_BOUNDS.fullmatch(plain(entry.row.label)) else None


def _beside(reading: TableReading, before: Sequence[Entry], entry: Entry) -> Entry | None:
    """The value on the left, if the column of the bounds has no name of its own.

    Columns with standard deviations or other bounds may stand between them.
    """
    path = reading.columns[entry.column].path
    if not path or not _ONLY_BOUNDS.fullmatch(plain(path[-1])):
        return None
    column = entry.column
    for value in reversed(before):
        if value.column != column - 1:
            return None
        names = reading.columns[value.column].path
        name = plain(names[-1]) if names else ""
        if _estimate(value) is None or _NO_ESTIMATE.fullmatch(name):
            column = value.column
            continue
        spans = not _KINDS["CI"].search(plain(path[-1]))
        return None if spans and not (_MEAN.search(name) or _MEDIAN.search(name)) else value
    return None


def _counted(reading: TableReading, entry: Entry) -> bool:
    """Whether a bare whole number counts patients: the interval below it is of their share."""
    if tuple(role for role, _ in entry.numbers) != (Role.COUNT,):
        return False
    labels = f"{entry.row.path} {' '.join(reading.columns[entry.column].path)}"
    return _STATISTIC.search(plain(labels)) is None


def _estimate(entry: Entry | None) -> PrintedNumber | None:
    """The number that bounds in a cell of their own are of: a lone value, or a percentage."""
    if entry is None or _kind_of(entry) is None:
        return None
    return entry.percent or entry.number(Role.VALUE) or entry.number(Role.COUNT)


def _kind_of(entry: Entry) -> Role | None:
    roles = tuple(role for role, _ in entry.numbers)
    if roles in ((Role.VALUE,), (Role.PERCENT,)):
        return roles[0]
    if roles == (Role.COUNT,):
        return Role.VALUE  # "Median" without decimals
    plain_share = set(roles) <= {Role.COUNT, Role.PERCENT, Role.DENOMINATOR}
    return Role.PERCENT if plain_share and roles.count(Role.PERCENT) == 1 else None


def _bounded(
    reading: TableReading, numbers: list[PrintedNumber], entries: tuple[Entry, ...]
) -> Bounded:
    labels = " ".join(
        dict.fromkeys(
            text
            for entry in entries
            for text in (entry.row.path, *reading.columns[entry.column].path)
        )
    )
    near = plain(labels)
    far = plain(f"{reading.table.caption} {' '.join(n.text for n in reading.table.footnotes)}")
    kinds = _named(_KINDS, near) or _named(_KINDS, far)
    statistics = _named({"mean": _MEAN, "median": _MEDIAN}, near)
    if hazard_ratio(labels):
        statistics |= {"hazard ratio"}
    if odds_or_risk_ratio(labels):
        statistics |= {"odds or risk ratio"}
    value, lower, upper = numbers
    return Bounded(value, lower, upper, kinds, statistics, entries)


def _named(words: dict[str, re.Pattern[str]], text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in words.items() if pattern.search(text))
