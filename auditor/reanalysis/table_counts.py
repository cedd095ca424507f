"""P values of tables with the counts that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.extraction.describe import places
from auditor.extraction.judged import TableJudgement
from auditor.extraction.lexicon import says
from auditor.extraction.partitions import Partition
from auditor.extraction.reading import Row, RowKind
from auditor.manuscript import Manuscript
from auditor.reanalysis import grades
from auditor.reanalysis.beside import Beside, Read
from auditor.reanalysis.blocks import block, known_only, ordered
from auditor.reanalysis.by_rows import by_rows
from auditor.reanalysis.compared import TIMED, ComparedCounts
from auditor.reanalysis.denominators import Denominators
from auditor.reanalysis.naming import OF_COUNTS
from auditor.reanalysis.p_cells import PCell, p_cells
from auditor.reanalysis.p_columns import PColumn, p_columns
from auditor.reanalysis.p_rows import p_rows
from auditor.reanalysis.slashed import categories, slashed

_VALUES = re.compile(
    r"\bmedians?\b|\bmeans?\b|\bSDs?\b|\bIQR\b|\brange\b|\baverage\b|\bper patient\b|"
    r"\bscores?\b(?!.*[<>≤≥=])|\bduration\b(?!.*[<>≤≥=])|\bmonths?\)?$|\btime (?:to|from)\b|"
    r"\bcosts?\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"\brates?\b|\b(?:ORR|DCR|CBR|CRR)\b|\boverall\b|\bany\b|[+/]", re.IGNORECASE)
_RESPONSE = re.compile(r"\bprogressive disease\b|\bPD\b|\bprogression$", re.IGNORECASE)


def compared(manuscript: Manuscript) -> tuple[ComparedCounts, ...]:
    """Comparisons of counts in tables that have a column of P values, in reading order.

    Tables of models, rows of means, medians and survival, and P values that a note ties to
    another test are left out.
    """
    return tuple(
        c
        for judgement, partitions in zip(manuscript.judged, manuscript.partitions, strict=True)
        for c in _of_table(judgement, partitions)
    )


def _of_table(
    judgement: TableJudgement, partitions: Sequence[Partition]
) -> Iterator[ComparedCounts]:
    reading = judgement.reading
    of = Denominators(judgement)
    cells = {
        (e.row.key, e.column): e
        for e in reading.entries
        if e.part == 0 and (e.count is not None or e.percent is not None)
    }
    yield from p_rows(judgement, of)
    for column in p_columns(reading):
        beside = Beside(column.arms, cells, of)
        found = [c for c in p_cells(reading, column) if not of_values(c)]
        if len(column.arms) == 1 or judgement.row_wise:
            pairs = [(c, by_rows(beside, _covered(c), row_wise=judgement.row_wise)) for c in found]
        elif len(column.arms[0].columns) > 1:
            pairs = list(_graded(beside, found))
        else:
            pairs = [(c, _of_cell(beside, c, partitions)) for c in found]
        for cell, read in pairs:
            if read is not None and read.tables:
                yield _compared(beside, column, cell, read)


def of_values(cell: PCell) -> bool:
    """Whether the P value is of values or of survival at a time, and not of counts."""
    row = cell.rows[0]
    label = row.label if row.kind is RowKind.COUNT else ""
    return bool(_VALUES.search(label)) or says("rows", "estimated_rate", row.path)


def _covered(cell: PCell) -> tuple[Row, ...]:
    """The rows that the P value may be of: those beside its cell, and those below."""
    return tuple(r for r in (*cell.rows, *cell.below) if r.kind is RowKind.COUNT)


def _of_cell(beside: Beside, cell: PCell, partitions: Sequence[Partition]) -> Read | None:
    covered = _covered(cell)
    if len(covered) >= 2:
        whole = block(beside, covered, partitions) or by_rows(beside, covered, row_wise=True)
        if whole is not None:
            return whole
    if len(cell.rows) > 1:
        return None
    row = cell.rows[0]
    listed = slashed(beside, row)
    if listed is not None or (categories(row.label, 2) and _bare_fractions(beside, row)):
        return listed
    if row.kind is RowKind.HEADING:
        known = [r for r in covered if not says("exclusive", "missing", r.label)]
        return beside.row(known[0]) if len(known) == 1 else known_only(beside, covered)
    if cell.above:
        whole = block(beside, (*cell.above, row), partitions, needed=row)
        if whole is not None:
            return whole
    read = beside.row(row)
    open_above = any(_counts_some(beside, r) for r in cell.above) and not (
        _RATE.search(row.label) or block(beside, cell.above, partitions)
    )
    if read is not None and open_above:
        return replace(read, doubt="the P value may be of the rows above as well")
    if read is not None and any(_counts_some(beside, r) for r in cell.silent):
        return replace(read, doubt="the P value may be of the rows below as well")
    return read


def _bare_fractions(beside: Beside, row: Row) -> bool:
    """Whether the cells are "16/19" without a percentage: of a label with a slash, two counts."""
    entries = (e for line in beside.entries(row) for e in line if e is not None)
    return any(e.denominator is not None and e.percent is None for e in entries)


def _counts_some(beside: Beside, row: Row) -> bool:
    """Whether the row counts anybody: a row of nobody has no P value of its own."""
    entries = (e for line in beside.entries(row) for e in line if e is not None)
    return any(e.count or (e.percent is not None and e.percent.value) for e in entries)


def _graded(beside: Beside, found: Sequence[PCell]) -> Iterator[tuple[PCell, Read | None]]:
    table = beside.of.judgement.reading.table
    rows = [(c, c.rows[0]) for c in found if len(c.rows) == 1 and c.rows[0].kind is RowKind.COUNT]
    among = grades.choices(beside, (table.caption, *(n.text for n in table.footnotes)))
    one = grades.settled(beside, [(row, c.p) for c, row in rows], among)
    for cell, row in rows:
        if one is not None:
            yield cell, grades.read(beside, row, one)
        else:
            yield cell, grades.unsettled(beside, row, among)


def _compared(beside: Beside, column: PColumn, cell: PCell, read: Read) -> ComparedCounts:
    reading = beside.of.judgement.reading
    row = cell.rows[0]
    heading = row.path if row.kind is RowKind.HEADING else " > ".join(row.groups)
    of_row = read.categories[-1] == "others"
    what = row.path if of_row else (heading or row.label)
    doubt = cell.doubt or read.doubt
    if not doubt and of_row and says("text", "timed", what) and not _RESPONSE.search(row.label):
        doubt = TIMED
    if not doubt and len(column.arms) > 2:
        doubt = "the P value may be of two of the groups"
    return ComparedCounts(
        p=cell.p,
        p_place=cell.place,
        tables=read.tables,
        groups=read.groups or tuple(arm.label for arm in beside.arms),
        categories=read.categories,
        what=f"{reading.table.name}, {what}",
        places=places(*read.entries),
        claims=tuple(dict.fromkeys((*cell.claims, *(x for e in read.entries for x in e.claims)))),
        ordered=ordered(heading or row.label, read.groups or read.categories),
        certain=not doubt,
        doubt=doubt,
        sides=cell.sides,
        test=next(iter(cell.tests & OF_COUNTS)) if len(cell.tests & OF_COUNTS) == 1 else "",
    )
