"""What only arithmetic can tell: unannounced counts, and headings that span several arms."""

from __future__ import annotations

from dataclasses import replace

from auditor.extraction.cells import undecided
from auditor.extraction.fits import Fit, Pair, attainable, best_denominators, fit
from auditor.extraction.reading import Entry, Role, TableReading
from auditor.printed import PrintedNumber


def decide_counts(reading: TableReading, general: str) -> TableReading:
    """Read "12 (39)" as n (%) in the rows where the percentages fit the column's N.

    Where a caption or note announces "n (%)" beside other statistics (``general`` is
    "mixed") one fitting row is enough; else at least half of such cells and three of them
    have to fit, so that a mean with its SD is not taken for a count.
    """
    open_entries = [e for e in reading.entries if undecided(e.shape, e.numbers)]
    rescued = _rescued(reading, [e for e in open_entries if e.row.statistic == "statistic"])
    open_entries = [e for e in open_entries if e.row.statistic != "statistic"]
    if rescued:
        entries = tuple(
            replace(e, numbers=_as_count(e))
            if e.row.key in rescued and undecided(e.shape, e.numbers)
            else e
            for e in reading.entries
        )
        reading = replace(reading, entries=entries)
    if not open_entries:
        return reading
    basis = {c: n for c in {e.column for e in open_entries} if (n := _basis(reading, c))}
    fitting = {id(e) for e in open_entries if _fits(e, basis.get(e.column))}
    fitting |= _fitting_runs(open_entries, fitting, basis)
    telling = [e for e in open_entries if e.numbers[0][1].integer and e.column in basis]
    share = sum(id(e) in fitting for e in telling)
    needed = 1 if general == "mixed" else max(3, (len(telling) + 1) // 2)
    if share < needed:
        return reading
    rows = {
        e.row.key for e in open_entries if id(e) in fitting and (e.numbers[0][1].integer or 0) > 0
    }
    blocks = {e.row.block for e in open_entries if e.row.key in rows and e.row.headed}
    if share >= 0.8 * len(telling):
        rows |= {e.row.key for e in open_entries if e.row.block in blocks}
    rows |= {e.row.key for e in open_entries if e.numbers[0][1].integer == 0 and id(e) in fitting}
    entries = tuple(
        replace(e, numbers=_as_count(e))
        if undecided(e.shape, e.numbers) and e.row.key in rows
        else e
        for e in reading.entries
    )
    return replace(reading, entries=entries)


def _fitting_runs(open_entries: list[Entry], fitting: set[int], basis: dict[int, int]) -> set[int]:
    """Rows of a block, one below the other, that share a smaller denominator than N.

    Values may be missing of the whole variable; two rows at least have to share it.
    """
    found: set[int] = set()
    runs: dict[tuple[int, int], list[Entry]] = {}
    for entry in open_entries:
        if id(entry) not in fitting and entry.row.headed and entry.column in basis:
            runs.setdefault((entry.row.block, entry.column), []).append(entry)
    for (_, column), members in runs.items():
        pairs = [(count, e.numbers[1][1]) for e in members if (count := e.numbers[0][1].integer)]
        _, most = best_denominators(pairs, basis[column])
        if len(pairs) >= 2 and most == len(pairs):
            found |= {id(e) for e in members}
    return found


def _rescued(reading: TableReading, announced: list[Entry]) -> set[tuple[int, int]]:
    """Rows worded like a statistic ("Maximum grade 3") whose cells are n (%) all the same.

    Every cell prints a percent sign and every telling one fits the N that its column states.
    """
    rows: dict[tuple[int, int], list[Entry]] = {}
    for entry in announced:
        rows.setdefault(entry.row.key, []).append(entry)
    found = set()
    for key, members in rows.items():
        stated = [reading.columns[e.column].stated for e in members]
        fits = [
            s is not None and e.numbers[1][1].percent and _fits(e, s.value)
            for e, s in zip(members, stated, strict=True)
        ]
        if all(fits) and any(e.numbers[0][1].integer for e in members):
            found.add(key)
    return found


def _basis(reading: TableReading, column: int) -> int | None:
    stated = reading.columns[column].stated
    if stated is not None:
        return stated.value
    pairs = [
        (count, e.numbers[1][1])
        for e in reading.entries
        if e.column == column and undecided(e.shape, e.numbers)
        if (count := e.numbers[0][1].integer)
    ]
    best, most = best_denominators(pairs, 20000)
    return best.start if most >= 4 and most >= 0.6 * len(pairs) else None


def _fits(entry: Entry, denominator: int | None) -> bool:
    count = entry.numbers[0][1].integer
    percent = entry.numbers[1][1]
    if denominator is None or count is None:
        return False
    if fit(count, denominator, percent) is not Fit.MISFIT:
        return True
    return len(attainable(count, percent, denominator)) > 0 and any(
        stated.value <= denominator and fit(count, stated.value, percent) is not Fit.MISFIT
        for stated in entry.row.stated
    )


def _as_count(entry: Entry) -> tuple[tuple[Role, PrintedNumber], ...]:
    return (
        (Role.COUNT, entry.numbers[0][1]),
        (Role.PERCENT, entry.numbers[1][1]),
    )


def settle_arms(reading: TableReading) -> TableReading:
    """Take the sub-columns under one heading for arms of their own where they are.

    "Fotemustine efficacy" may span two arms, as "Arm A" may span its grades. The columns of
    one arm share a denominator; where none is shared each column is an arm.
    """
    columns = list(reading.columns)
    names = {c.arm for c in reading.data_columns() if c.arm and c.stated is None}
    for name in names:
        members = [c for c in reading.data_columns() if c.arm == name]
        if len(members) < 2 or not all(c.sub for c in members):
            continue
        pairs = {c.index: _pairs(reading, c.index) for c in members}
        pooled = [pair for own in pairs.values() for pair in own]
        _, together = best_denominators(pooled, 50_000)
        apart = sum(best_denominators(own, 50_000)[1] for own in pairs.values())
        if pooled and together < 0.7 * len(pooled) and apart > together:
            for c in members:
                columns[c.index] = replace(c, arm=f"{c.arm} / {c.sub}", sub="")
    return replace(reading, columns=tuple(columns))


def _pairs(reading: TableReading, column: int) -> list[Pair]:
    return [
        (e.count, e.percent)
        for e in reading.entries
        if e.column == column and e.count and e.percent is not None and e.denominator is None
    ]
