"""Means with SD of two or more groups and the P value beside them, from tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.extraction.describe import places
from auditor.extraction.lexicon import announced, fold
from auditor.extraction.reading import Column, ColumnRole, Entry, Role, TableReading
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis import p_words
from auditor.reanalysis.compared_means import UNSURE, ComparedMeans, Mean
from auditor.reanalysis.split_summaries import split_means
from auditor.reanalysis.text_summaries import compared_in_text
from auditor.reanalysis.within_groups import within_groups
from auditor.reanalysis.words_of_tests import sides_named

_SD = re.compile(r"\bs\.?\s?d\.?(?![\w-])|\bstandard deviations?\b|\bstd\.? dev", re.IGNORECASE)
_SE = re.compile(r"\bs\.?\s?e\.?\s?m?\.?(?![\w-])|\bstandard errors?\b", re.IGNORECASE)
_MEAN = re.compile(r"\bmeans?\b|\baverage\b", re.IGNORECASE)
_NO_MEAN = re.compile(r"\bmedians?\b|\bgeometric\b|\bIQR\b", re.IGNORECASE)
_PLUS_MINUS = re.compile(r"±|\+\s?/\s?[-−–]")
_TIMES = re.compile(
    r"\b(?:pre|post|before|after|baseline|follow-?up|admission|discharge|end of|visit|"
    r"week|day|month|year|hour|cycle|pre-?\w*operative|post-?\w*operative)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\b(?:vs|versus|compared|against|between)\b|\b\w\s?[-–]\s?\w$", re.IGNORECASE)
_CHANGE = re.compile(
    r"\bchange|\bΔ|\bdelta\b|\bdifference|\breduction|\bdecrease|\bincrease", re.IGNORECASE
)


def compared_means(manuscript: Manuscript) -> tuple[ComparedMeans, ...]:
    """Every P value that compares means of groups of known size, or a mean change with none: of
    tables, then of the text."""
    sizes = arm_sizes(manuscript.tables)
    found: list[ComparedMeans] = []
    for reading in manuscript.tables:
        found += _of_table(reading, sizes)
        for made, test, tested in split_means(reading, manuscript.document.name, sizes):
            found.append(_with_words(reading, made, test, tested))
        for made, test, tested in within_groups(reading, sizes, arm_key, spread_named):
            found.append(_with_words(reading, made, test, tested))
    return (*found, *compared_in_text(manuscript))


def arm_sizes(tables: Sequence[TableReading]) -> Mapping[str, int]:
    """The size of each arm by its name, where all headers of the paper that state it agree."""
    found: dict[str, set[int]] = {}
    for reading in tables:
        for column in reading.columns:
            if column.arm and column.stated is not None:
                found.setdefault(arm_key(column.arm), set()).add(column.stated.value)
    return {arm: next(iter(ns)) for arm, ns in found.items() if len(ns) == 1}


def _of_table(reading: TableReading, sizes: Mapping[str, int]) -> Iterator[ComparedMeans]:
    blocks = list(_blocks(reading.columns))
    for entries in reading.by_row().values():
        by_column = {e.column: e for e in entries if e.part == 0}
        for test, candidates in blocks:
            tested = by_column.get(test.index)
            p = tested.number(Role.P_VALUE) if tested is not None else None
            if tested is None or p is None:
                continue
            made = [
                one
                for columns in candidates
                if (one := _of_columns(reading, test, tested, p, columns, by_column, sizes))
            ]
            if made and len(made) == len(candidates):
                yield replace(made[0], also=tuple(one.groups for one in made[1:]))


def _of_columns(
    reading: TableReading,
    test: Column,
    tested: Entry,
    p: PrintedNumber,
    columns: Sequence[Column],
    by_column: Mapping[int, Entry],
    sizes: Mapping[str, int],
) -> ComparedMeans | None:
    found = [(c, by_column[c.index]) for c in columns if c.index in by_column]
    if len(found) < 2 or len(found) != len(columns):
        return None
    if not all(_is_mean(reading, c, e) for c, e in found) or _counts(found):
        return None
    return _compared(reading, test, tested, p, found, sizes)


def _blocks(columns: Sequence[Column]) -> Iterator[tuple[Column, list[list[Column]]]]:
    """Each column of P values with the columns of groups that it may compare.

    Mostly those between it and the P values before it. Where each arm has several columns
    ("Week 4", "Change", "P within"), a P value behind them all compares the arms in one of these.
    """
    between: list[Column] = []
    behind: list[Column] = []
    for position, column in enumerate(columns):
        if column.role is ColumnRole.DATA and not column.total:
            between.append(column)
            behind.append(column)
        if column.role is not ColumnRole.P_VALUE:
            continue
        arms = {c.arm or c.label for c in between}
        by_sub: dict[str, list[Column]] = {}
        for c in behind:
            by_sub.setdefault(c.sub, []).append(c)
        everybody = {c.arm for c in behind}
        crossed = len(by_sub) > 1 and all(
            sub and {c.arm for c in found} == everybody and len(found) == len(everybody) > 1
            for sub, found in by_sub.items()
        )
        # Two P values beside one another compare some of the groups each: which, is open.
        alone = all(c.role is not ColumnRole.P_VALUE for c in columns[position + 1 :][:1])
        if crossed and column.arm not in everybody:
            yield column, list(by_sub.values())
        elif alone and len(arms) == len(between) > 1:
            yield column, [between]
        between = []


def _is_mean(reading: TableReading, column: Column, entry: Entry) -> bool:
    if tuple(role for role, _ in entry.numbers) != (Role.VALUE, Role.SPREAD):
        return False
    (_, value), (_, spread) = entry.numbers
    if spread.percent or value.relation != "=" or spread.relation != "=" or spread.value < 0:
        return False
    near = f"{entry.row.path} {column.label}"
    if _NO_MEAN.search(near):
        return False
    if _PLUS_MINUS.search(entry.place.quote):
        return True
    if _MEAN.search(near) and (_SD.search(near) or _SE.search(near)):
        return True
    # A caption speaks of all rows: of the counts with their percentages as well.
    said = reading.table.caption
    mixed = "%" in said or announced(said) not in ("", "statistic") or not value.decimals
    return not mixed and bool(_MEAN.search(said)) and bool(_SD.search(said) or _SE.search(said))


def _counts(found: Sequence[tuple[Column, Entry]]) -> bool:
    """Whether the numbers are counts with their percentages under a heading of means."""
    for column, entry in found:
        (_, value), (_, spread) = entry.numbers
        n = column.stated.value if column.stated is not None else 0
        if value.integer is None or not n:
            return False
        if abs(100 * value.integer / n - float(spread.value)) > 1.5:
            return False
    return True


def spread_named(near: str, far: str) -> str:
    """ "SD" or "SE" as the nearest words call what stands behind the means, or ""."""
    for text in (near, far):
        sd, se = _SD.search(text), _SE.search(text)
        if sd or se:
            return "" if sd and se else "SD" if sd else "SE"
    return ""


def _compared(
    reading: TableReading,
    test: Column,
    tested: Entry,
    p: PrintedNumber,
    found: Sequence[tuple[Column, Entry]],
    sizes: Mapping[str, int],
) -> ComparedMeans | None:
    row = tested.row
    groups = []
    where = "the column header"
    for column, entry in found:
        n = column.stated.value if column.stated is not None else None
        if n is None:
            n, where = sizes.get(arm_key(column.arm)), "the header of another table"
        if n is None or n < 2:
            return None
        (_, mean), (_, spread) = entry.numbers
        groups.append(Mean(column.arm or column.label, mean, spread, n))
    headers = " ".join(c.label for c, _ in found)
    general = " ".join(n.text for n in reading.table.footnotes if not n.mark)
    made = ComparedMeans(
        p=p,
        p_place=tested.place,
        groups=tuple(groups),
        what=f"{reading.table.name}, {row.path}",
        spread=spread_named(f"{row.path} {headers}", f"{reading.table.caption} {general}"),
        places=places(*(e for _, e in found)),
        claims=tuple(c for e in (tested, *(e for _, e in found)) for c in e.claims),
        table=reading.table.index,
        where=where,
    )
    return _with_words(reading, made, test, tested)


def _with_words(
    reading: TableReading, made: ComparedMeans, test: Column, tested: Entry
) -> ComparedMeans:
    """The comparison with what the words around its P value say of the test."""
    words = " ".join((*test.path, tested.row.path, *_notes(reading, tested)))
    general = " ".join(n.text for n in reading.table.footnotes if not n.mark)
    said = f"{words} {reading.table.caption} {general}"
    return replace(
        made,
        words=words,
        doubt=_doubt(words, said, test, made),
        weak=_weak(reading, tested, made),
        sides=sides_named(words),
    )


def _doubt(words: str, said: str, test: Column, made: ComparedMeans) -> str:
    if p_words.of_something_else(words):
        return "the P value is of something else than a difference of means"
    if p_words.of_ranks(words) or p_words.of_ranks(said):
        return "the P value is from a test of ranks"
    if len(made.groups) > 2 and _PAIR.search(" ".join(test.path)):
        return "the P value compares some of the groups only"
    alone = len(made.groups) == 1
    if not alone and (p_words.paired(words) or all(_TIMES.search(g.group) for g in made.groups)):
        return "the same patients may stand in both groups: a paired test cannot be checked"
    if p_words.adjusted(said):
        return "the P value may be adjusted for other factors"
    return ""


def _weak(reading: TableReading, tested: Entry, made: ComparedMeans) -> str:
    if tested.row.stated or tested.row.noted:
        return "the row states a number of patients of its own"
    if len(made.groups) == 1:
        return UNSURE
    if _CHANGE.search(tested.row.path):
        return "a change may have been compared with adjustment for the baseline"
    if any(g.spread.value > g.mean.value > 0 for g in made.groups) and made.spread != "SE":
        return "the spread exceeds the mean: a test of ranks is likely"
    if reading.table.warnings:
        return UNSURE
    return ""


def _notes(reading: TableReading, tested: Entry) -> list[str]:
    """Footnotes whose mark stands at the P value or at the label of its row."""
    row = reading.table.grid[tested.row.index]
    marks = {m for cell in (row[0], row[tested.column]) for m in cell.marks}
    shown = fold(row[tested.column].text)
    return [
        note.text
        for note in reading.table.footnotes
        if note.mark and (note.mark in marks or (not note.mark.isalnum() and note.mark in shown))
    ]


def arm_key(arm: str) -> str:
    """The name of an arm as ``arm_sizes`` has it."""
    return " ".join(re.findall(r"\w+", arm.lower()))
