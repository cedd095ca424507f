"""The rows of a table do not add up to its row of totals.

## What it does
Where a row is labelled "Total" adds up the rows above it in every column, counts and
denominators alike ("5/13" adds up as 5 and as 13). The law has to hold in most columns before
a break is believed.

## Why it matters
In a cross-table (treatment by line, subtype by response) every patient stands in one row; a
total that the rows do not give means that a row or the total is wrong.

## Example
First line 4/8, second line 2/18, beyond second line 0/5: the total has to be 6/31.

## References
CONSORT 2010 statement, item 17a (results for each group and their denominators).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.extraction.lexicon import says
from auditor.extraction.reading import TableReading
from auditor.extraction.wholes import Addition, row_additions
from auditor.finding import Finding, Judged
from auditor.manuscript import Manuscript

from ._additions import judge_totals


@check(code="SUM003", name="rows-miss-total")
def rows_miss_total(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every total that its rows do not give."""
    yield from judge_totals(
        manuscript,
        _rows,
        "rows above",
        least=2,
        nothing="no table has a row of totals below its rows",
    )


def _rows(reading: TableReading) -> Iterator[Addition]:
    """A patient may have several events: a total below their sum is no contradiction there."""
    several = says("exclusive", "multiple", reading.table.caption)
    return (a for a in row_additions(reading) if not several or a.stated >= a.total)
