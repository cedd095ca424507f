"""Judge the tables of a document together: an N that is settled in one place serves the others."""

from __future__ import annotations

from auditor.document import Document
from auditor.extraction.judge import elsewhere_of, judge_table
from auditor.extraction.judged import TableJudgement
from auditor.extraction.reading import Column, StatedN, TableReading
from auditor.extraction.row_bases import SOLVED
from auditor.extraction.text_n import text_n
from auditor.finding import Place

_MANY, _SHARE = 8, 0.85
"""Percentages that an N has to be solved from, and the share it has to explain, to be lent."""


def judge_tables(
    document: Document, readings: tuple[TableReading, ...]
) -> tuple[TableJudgement, ...]:
    """Judge every table, in order.

    The N of an arm is that of its own table where one is stated. Else what another table
    states for the arm, what the percentages of another table settle, and what the text states
    are tried, and taken where the table's own percentages bear them out.
    """
    names = {c.arm for r in readings for c in r.data_columns() if c.arm and c.stated is None}
    in_text = text_n(document, sorted(names))
    first = [judge_table(r, _known(readings, r.table.index, in_text)) for r in readings]
    solved = _solved(first)
    if not solved:
        return tuple(first)
    return tuple(
        judge_table(j.reading, _known(readings, j.reading.table.index, in_text, solved))
        for j in first
    )


def _known(
    readings: tuple[TableReading, ...],
    index: int,
    in_text: dict[str, tuple[StatedN, ...]],
    solved: dict[str, list[StatedN]] | None = None,
) -> dict[str, tuple[StatedN, ...]]:
    """Every N known for an arm outside of table ``index``, the surest first."""
    known = elsewhere_of(readings, index)
    for arm, found in (solved or {}).items():
        other = tuple(n for n in found if n.place.table_index != index)
        known[arm] = known.get(arm, ()) + other
    for arm, numbers in in_text.items():
        known[arm] = known.get(arm, ()) + numbers
    return known


def _solved(judgements: list[TableJudgement]) -> dict[str, list[StatedN]]:
    """N that the percentages of a table settle for an arm for which none is stated there."""
    solved: dict[str, list[StatedN]] = {}
    for judgement in judgements:
        for column in judgement.reading.data_columns():
            arm = next((b for key, b in judgement.arms.items() if _same(key, column.arm)), None)
            if arm is None or arm.basis is None or arm.stated or not column.arm:
                continue
            if arm.pairs >= _MANY and arm.fit_basis >= _SHARE * arm.pairs:
                place = _header_place(judgement.reading, column)
                n = StatedN(arm.basis.value, SOLVED, place)
                if n not in solved.setdefault(column.arm.casefold(), []):
                    solved[column.arm.casefold()].append(n)
    return solved


def _same(key: str, arm: str) -> bool:
    return bool(arm) and key.split(" N=", maxsplit=1)[0] == arm.casefold()


def _header_place(reading: TableReading, column: Column) -> Place:
    table = reading.table
    cell = table.grid[0][column.index]
    return Place(
        input=reading.entries[0].place.input if reading.entries else "",
        kind="cell",
        quote=" ".join(cell.text.split()),
        table=table.name,
        table_index=table.index,
        row=cell.row,
        column=column.index,
        start=cell.start,
        end=cell.end,
    )
