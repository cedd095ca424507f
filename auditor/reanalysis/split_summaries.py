"""Tables that print mean and SD of each group in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.extraction.lexicon import fold
from auditor.extraction.places import cell_place
from auditor.extraction.reading import Column, ColumnRole, Entry, Role, TableReading
from auditor.printed import PrintedNumber, parse_number
from auditor.reanalysis.compared_means import ComparedMeans, Mean

_MEAN = re.compile(r"(?:mean|m|x̄|average)(?: value| score)?", re.IGNORECASE)
_SPREAD = re.compile(
    r"[±(]?\s*(?:(?P<sd>s\.?d\.?|standard deviation)|s\.?e\.?m?\.?)\)?", re.IGNORECASE
)
_SIZE = re.compile(r"(?:n|no\.?|number)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Split:
    """The columns of one group: its mean, what is behind it, its number of patients."""

    mean: Column
    spread: Column
    named: str
    size: Column | None


def splits(reading: TableReading) -> tuple[Column, tuple[Split, ...]] | None:
    """The only column of P values and the groups before it, two or more; else None."""
    tests = [c for c in reading.columns if c.role is ColumnRole.P_VALUE]
    if len(tests) != 1:
        return None
    columns = reading.columns[: tests[0].index]
    found = []
    for i, (mean, spread) in enumerate(zip(columns, columns[1:], strict=False)):
        match = _SPREAD.fullmatch(_last(spread))
        if match and _MEAN.fullmatch(_last(mean)):
            before = columns[i - 1] if i and _SIZE.fullmatch(_last(columns[i - 1])) else None
            found.append(Split(mean, spread, "SD" if match["sd"] else "SE", before))
    return (tests[0], tuple(found)) if len(found) > 1 else None


def split_means(
    reading: TableReading, document: str, sizes: Mapping[str, int]
) -> Iterator[tuple[ComparedMeans, Column, Entry]]:
    """Every row with means, spreads and a P value; the column of the latter and its cell.

    ``sizes`` are those of the arms by their name, for headers that state none.
    """
    columns = splits(reading)
    if columns is None:
        return
    test, groups = columns
    for entries in reading.by_row().values():
        tested = next((e for e in entries if e.column == test.index and e.part == 0), None)
        p = tested.number(Role.P_VALUE) if tested is not None else None
        if tested is None or p is None:
            continue
        row = reading.table.grid[tested.row.index]
        means = []
        for group in groups:
            mean = _number(row[group.mean.index].clean)
            spread = _number(row[group.spread.index].clean)
            n = _size(group, row[group.size.index].clean if group.size else "", sizes)
            if mean is None or spread is None or n is None or spread.value < 0 or n < 2:
                break
            means.append(Mean(group.mean.arm or group.mean.label, mean, spread, n))
        if len(means) != len(groups):
            continue
        cells = [row[c.index] for g in groups for c in (g.mean, g.spread)]
        named = {g.named for g in groups}
        used = {c.column for c in cells} | {test.index}
        yield (
            ComparedMeans(
                p=p,
                p_place=tested.place,
                groups=tuple(means),
                what=f"{reading.table.name}, {tested.row.path}",
                spread=named.pop() if len(named) == 1 else "",
                places=tuple(
                    cell_place(document, reading.table, cell, row_label=tested.row.label)
                    for cell in cells
                ),
                claims=tuple(c for e in entries if e.column in used for c in e.claims),
                table=reading.table.index,
                where="the column header",
            ),
            test,
            tested,
        )


def _size(group: Split, own: str, sizes: Mapping[str, int]) -> int | None:
    """The n of the row, of the header, or of the arm by its name in another table."""
    if group.size is not None:
        number = parse_number(own)
        return number.integer if number is not None else None
    for column in (group.mean, group.spread):
        if column.stated is not None:
            return column.stated.value
    return sizes.get(" ".join(re.findall(r"\w+", group.mean.arm.lower())))


def _number(text: str) -> PrintedNumber | None:
    number = parse_number(text.replace("±", " "))
    return None if number is None or number.percent or number.relation != "=" else number


def _last(column: Column) -> str:
    return fold(column.path[-1]) if column.path else ""
