"""Granularity: which means, SDs, percentages and medians n whole numbers can have.

GRIM, GRIMMER and DEBIT in exact arithmetic, on numbers and, with a final ``_map``, on data
frames (see ``docs/granularity.md``). A print is text, so that "3.10" keeps its two decimals.
"""

from auditor.granularity.debit import debit
from auditor.granularity.frames import debit_map, grim_map, grimmer_map, sequence_map, summary
from auditor.granularity.grim import grim, grim_ratio, totals
from auditor.granularity.grimmer import grimmer
from auditor.granularity.limits import Limits, mean_limits, sd_limits, sd_possible, variance_limits
from auditor.granularity.medians import median_possible, quartile_definitions
from auditor.granularity.neighbours import (
    Neighbour,
    debit_sequence,
    grim_sequence,
    grimmer_sequence,
)
from auditor.granularity.shares import counts_of_percent
from auditor.granularity.squares import attainable
from auditor.granularity.verdict import Reason, Verdict

__all__ = [
    "Limits",
    "Neighbour",
    "Reason",
    "Verdict",
    "attainable",
    "counts_of_percent",
    "debit",
    "debit_map",
    "debit_sequence",
    "grim",
    "grim_map",
    "grim_ratio",
    "grim_sequence",
    "grimmer",
    "grimmer_map",
    "grimmer_sequence",
    "mean_limits",
    "median_possible",
    "quartile_definitions",
    "sd_limits",
    "sd_possible",
    "sequence_map",
    "summary",
    "totals",
    "variance_limits",
]
