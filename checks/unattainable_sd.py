"""A standard deviation is printed that no whole numbers with this mean can have.

## What it does
Looks in tables and text for mean and SD of variables that are whole numbers for each patient (a
lexicon names them), where the mean is possible and n is small enough that SDs have gaps. The sum
of squares of whole numbers is whole and as odd or even as their total, and bounded scales allow
less; every total and every sum of squares that print like this are tried, for the SD of a sample
and of a population. An SD in a gap is a warning, an error where the row itself states its n, and a
note as for GRM001. What is called SE is left alone.

## Why it matters
The SD, the mean or the n is wrong.

## Example
Mean 3.44 and SD 2.47 of 18 patients: the total is 62, and every sum of squares that gives 2.47 is
odd.

## References
Anaya J. The GRIMMER test. PeerJ Preprints 2016;4:e2400v1. Allard A. Analytic-GRIMMER. 2018.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged
from auditor.granularity.grim import interval, sums
from auditor.granularity.grimmer import fits, nearest_sds, why_not
from auditor.granularity.verdict import Reason
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.whole_means import WholeMean, whole_means
from auditor.recomputed import Recomputed, Result
from auditor.rounding import NEAREST, Rounding, unit

from ._whole import cell_places, standing

_SOURCE = "GRIMMER, Anaya 2016, Allard 2018"


@check(code="GRM002", name="unattainable-sd")
def unattainable_sd(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a finding for every SD of whole numbers that lies in a gap."""
    judged = 0
    for one in whole_means(manuscript):
        sd = one.printed.spread
        if sd is None or one.printed.spread_is != "SD" or one.variable.binary:
            continue
        if not _telling(one, sd):
            continue
        judged += 1
        yield Judged(one.printed.claims)
        n = one.sizes[0]
        yield _recomputed(one, sd, n)
        if _possible(one, sd, n, None):
            continue
        if why_not(one.printed.value, sd, n, one.scale, (True, False), NEAREST) is Reason.TOO_GREAT:
            continue  # GRM004 says so
        yield _finding(one, sd, n)
    if not judged:
        raise NotEvaluable("no mean and SD of whole numbers have a small enough n")


_LARGEST = 100_000  # far beyond the n of which an SD tells anything


def _telling(one: WholeMean, sd: PrintedNumber) -> bool:
    """Whether the mean is possible and most SDs with these decimals are not.

    Sums of squares go in steps of 2, so that SDs lie grain^2 / ((n - 1) SD) apart for each of
    the totals that print as the mean.
    """
    n = one.sizes[0]
    if not 2 <= n <= _LARGEST or sd.value < 0:
        return False
    totals = len(sums(interval(one.printed.value, None), n, one.scale))
    if not totals:
        return False
    return totals * unit(sd.decimals) * (n - 1) * sd.fraction < one.scale.grain**2


def _possible(one: WholeMean, sd: PrintedNumber, n: int, rounding: Rounding | None) -> bool:
    mean, spread = interval(one.printed.value, rounding), interval(sd, rounding)
    return any(fits(mean, spread, n, one.scale, sample) for sample in (True, False))


def _recomputed(one: WholeMean, sd: PrintedNumber, n: int) -> Recomputed:
    mean = interval(one.printed.value, None)
    results = []
    for name, sample in (("SD of a sample", True), ("SD of a population", False)):
        right = fits(mean, interval(sd, None), n, one.scale, sample)
        nearest = nearest_sds(one.printed.value, sd, n, one.scale, (sample,))
        shown = "possible" if right else "next to it " + " and ".join(nearest)
        results.append(Result(f"{name} of whole numbers", shown, right, sample, _SOURCE))
    return Recomputed(
        "SD of whole numbers",
        one.printed.where,
        sd.text,
        one.printed.place,
        (f"mean {one.printed.value.text}", f"n = {n}"),
        tuple(results),
        "" if one.certain else "n is that of the header: values may be missing",
    )


def _finding(one: WholeMean, sd: PrintedNumber, n: int) -> Finding:
    value = one.printed.value
    reason = why_not(value, sd, n, one.scale, (True, False), NEAREST)
    found = standing(one, lambda size, rounding: _possible(one, sd, size, rounding))
    nearest = nearest_sds(value, sd, n, one.scale)
    totals = sums(interval(value, None), n, one.scale)
    shown = ", ".join(str(t * one.scale.grain) for t in totals[:3])
    return Finding(
        severity=found.severity,
        verdict=found.verdict,
        message=f"{one.printed.where}: no {n} whole numbers have a mean of {value.text} and an "
        f"SD of {sd.text}.",
        places=cell_places(one),
        reported=sd.text,
        expected=" or ".join(nearest),
        arithmetic=(
            f"totals of {n} values with mean {value.text}: {shown}",
            f"SD^2 (n - 1) + total^2/n is their sum of squares: {reason}",
            *found.lines,
            f"test: {_SOURCE}",
        ),
        conventions=found.conventions,
    )
