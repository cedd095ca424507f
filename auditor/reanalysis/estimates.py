"""Estimates that are printed with their confidence interval and a P value."""

from __future__ import annotations

from auditor.manuscript import Manuscript
from auditor.reanalysis import cell_estimates, table_estimates, text_estimates
from auditor.reanalysis.estimate import Estimate


def estimates(manuscript: Manuscript) -> tuple[Estimate, ...]:
    """Every estimate with interval and P value, of the tables, then of the text."""
    rows = tuple(table_estimates.estimates(manuscript))
    known = {_at(one) for one in rows}
    cells = (one for one in cell_estimates.estimates(manuscript) if _at(one) not in known)
    return (*rows, *cells, *text_estimates.estimates(manuscript))


def _at(one: Estimate) -> tuple[int | None, int | None, int | None]:
    place = one.places[0]
    return place.table_index, place.row, place.column
