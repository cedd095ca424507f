"""A recorded sum of diameters is not the sum of the target lesions.

## What it does
Adds up the target lesions of every time point (nodes by their short axis) and compares the sum
with the recorded one (test SUMDIAM or the like). Whole millimetres, or lesions rounded before
they were added, are accepted. Time points where a target lesion is missing, or has two results,
are not judged.

## Why it matters
Response is a comparison of these sums.

## Example
T01 21 mm, T02 20 mm and T03 19 mm; the recorded sum is 63 mm instead of 60 mm.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, section 4.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches, rows_of


@check(code="RES008", name="sum-of-diameters-mismatch", subject=Subject.COHORT)
def sum_of_diameters_mismatch(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for every recorded sum that differs from the sum of the lesions."""
    from auditor.endpoints.lesion_sums import sums_beside_lesions

    frame = sums_beside_lesions(cohort)
    if frame.empty:
        raise NotEvaluable("no recorded sum of diameters has a complete set of target lesions")
    yield Evaluated(len(frame))
    table = cohort.tables["lesions"]
    column = "AVAL" if table.has("AVAL") else "AVALC"
    judged = {row: _judge(values) for row, values in rows_of(frame[~frame["agrees"]])}
    yield from breaches(table, column, judged)


def _judge(values: Mapping[str, Any]) -> Judgement:
    from auditor.endpoints.lesion_arithmetic import millimetres

    long_axes = bool(values["long_axes"])
    return Judgement(
        Severity.ERROR,
        Verdict.DISAGREES,
        "The recorded sum of diameters is not the sum of the target lesions.",
        reported=millimetres(int(values["recorded"])),
        expected=millimetres(int(values["sum"])),
        suggestion="nodes were added by their long axis" if long_axes else "",
        arithmetic=lambda: (
            " + ".join(millimetres(size) for size in values["sizes"])
            + f" = {millimetres(int(values['sum']))}",
        ),
    )
