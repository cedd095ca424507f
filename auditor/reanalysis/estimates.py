"""Estimates that are printed with their confidence interval and a P value."""

from __future__ import annotations

from auditor.manuscript import Manuscript
from auditor.reanalysis import table_estimates, text_estimates
from auditor.reanalysis.estimate import Estimate


def estimates(manuscript: Manuscript) -> tuple[Estimate, ...]:
    """Every estimate with interval and P value, of the tables, then of the text."""
    return (*table_estimates.estimates(manuscript), *text_estimates.estimates(manuscript))
