"""The cells of a row do not add up to the row's own number of patients.

## What it does
In a cross-table that prints the number of patients of each row ("n") adds up the cells that
share them out, such as the responses of each subtype, and compares the sum with that number.
Which columns share out the row is learnt from the table: the sum has to hold in most rows
before a break is believed.

## Why it matters
A patient is missing from the row, or stands in it twice; rates of the row are of the wrong N.

## Example
"Leiomyosarcoma, n 3: CR 0, PR 1, SD 0, PD 3": 0 + 1 + 0 + 3 is 4.

## References
Eisenhauer EA et al. RECIST 1.1. Eur J Cancer 2009;45:228-247, section 4.4 (each patient is
assigned one category of response).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.extraction.wholes import cross_additions
from auditor.finding import Finding, Judged
from auditor.manuscript import Manuscript

from ._additions import judge_totals


@check(code="SUM005", name="cells-miss-row-total")
def cells_miss_row_total(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every row whose cells miss its number of patients."""
    yield from judge_totals(
        manuscript,
        cross_additions,
        "cells of the row",
        least=3,
        nothing="no table prints the number of patients of each row beside its cells",
    )
