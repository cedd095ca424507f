"""Mean and SD of a yes-or-no variable do not belong together.

## What it does
Looks in tables for mean and SD of variables coded as 0 and 1 (sex). The mean is the share of ones
and fixes the SD: the root of k (n - k) / (n (n - 1)). A pair that no number of ones gives is a
warning; where it would be right for up to a tenth fewer patients it is a note.

## Why it matters
The mean, the SD or the n is wrong, or the variable is not what its label says.

## Example
Female, mean 0.35 (SD 0.45) of 20 patients: 7 of 20 give an SD of 0.49.

## References
Heathers JAJ, Brown NJL. DEBIT: a simple consistency test for binary data. OSF, 2019.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged
from auditor.granularity import debit
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.whole_means import WholeMean, whole_means
from auditor.recomputed import Recomputed, Result
from auditor.rounding import NEAREST, Rounding

from ._whole import cell_places, standing

_SOURCE = "DEBIT, Heathers and Brown 2019"


@check(code="GRM003", name="unattainable-binary-sd")
def unattainable_binary_sd(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a finding for every mean and SD of ones and zeros that no number of ones gives."""
    judged = 0
    for one in whole_means(manuscript):
        sd = one.printed.spread
        if sd is None or not one.variable.binary or one.printed.spread_is != "SD":
            continue
        if not 0 <= one.printed.value.value <= 1 or not one.printed.value.decimals:
            continue
        judged += 1
        yield Judged(one.printed.claims)
        yield _recomputed(one, sd)
        if not _possible(one, sd, one.sizes[0], None):
            yield _finding(one, sd)
    if not judged:
        raise NotEvaluable("no mean and SD of a yes-or-no variable is printed")


def _possible(one: WholeMean, sd: PrintedNumber, n: int, rounding: Rounding | None) -> bool:
    roundings = NEAREST if rounding is None else (rounding,)
    return bool(debit(one.printed.value, sd, n, kind="either", roundings=roundings))


def _recomputed(one: WholeMean, sd: PrintedNumber) -> Recomputed:
    n = one.sizes[0]
    results = []
    for name, kind in (("SD of a sample", "sample"), ("SD of a population", "population")):
        verdict = debit(one.printed.value, sd, n, kind=kind)
        shown = sd.text if verdict else " or ".join(verdict.nearest) or "impossible"
        results.append(
            Result(f"{name} of 0 and 1", shown, bool(verdict), kind == "sample", _SOURCE)
        )
    return Recomputed(
        "SD of a yes-or-no variable",
        one.printed.where,
        sd.text,
        one.printed.place,
        (f"mean {one.printed.value.text}", f"n = {n}"),
        tuple(results),
        "" if one.certain else "n is that of the header: values may be missing",
    )


def _finding(one: WholeMean, sd: PrintedNumber) -> Finding:
    n, value = one.sizes[0], one.printed.value
    verdict = debit(value, sd, n)
    found = standing(one, lambda size, rounding: _possible(one, sd, size, rounding))
    return Finding(
        severity=found.severity,
        verdict=found.verdict,
        message=f"{one.printed.where}: no {n} ones and zeros have a mean of {value.text} and an "
        f"SD of {sd.text}.",
        places=cell_places(one),
        reported=f"{value.text} (SD {sd.text})",
        expected=" or ".join(verdict.nearest),
        arithmetic=(
            f"SD = sqrt(k (n - k) / (n (n - 1))) with k/{n} = {value.text}: {verdict.reason}",
            *found.lines,
            f"test: {_SOURCE}",
        ),
        conventions=found.conventions,
    )
