"""A chi-squared statistic does not belong to the counts printed before it.

## What it does
Takes sentences that print the counts of two or more groups with their denominators, then a
chi-squared statistic, and recomputes the statistic: Pearson's, with Yates's correction, the N - 1
and the likelihood ratio statistic. Sentences that speak of stratified, trend, paired or adjusted
tests are left alone. A printed statistic off by less than a quarter of the nearest is a note.

## Why it matters
P may fit the statistic and both be wrong: they were taken from another row of the output.

## Example
23 of 212 against 30 of 96 patients, χ2 = 7.16, P = 0.007: Pearson's statistic is 19.30.

## References
Pearson K. Phil Mag 1900;50:157. Campbell I. Chi-squared and Fisher-Irwin tests of two-by-two
tables with small sample recommendations. Stat Med 2007;26:3661.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.tested_counts import TestedCounts, tested_counts
from auditor.recomputed import Recomputed, Result
from auditor.statistics.chi_squared_statistics import statistics
from auditor.statistics.p_range import span

_NEAR = 0.25


@check(code="PVL010", name="statistic-of-counts-mismatch")
def statistic_of_counts_mismatch(
    manuscript: Manuscript,
) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a finding for every chi-squared statistic that its counts do not give."""
    none = True
    for tested in tested_counts(manuscript):
        found = statistics(tested.counts)
        if not found:
            continue
        none = False
        low, high = span(tested.test.value)
        fits = {name: low - 1e-9 <= x <= high + 1e-9 for name, x in found.items()}
        yield Judged((*tested.test.claims, *tested.claims))
        yield _row(tested, found, fits)
        if not any(fits.values()):
            yield _finding(tested, found)
    if none:
        raise NotEvaluable("no chi-squared statistic follows the counts of its groups")


def _row(tested: TestedCounts, found: dict[str, float], fits: dict[str, bool]) -> Recomputed:
    places = max(2, tested.test.value.decimals)
    return Recomputed(
        statistic="chi-squared",
        of=tested.test.what,
        printed=tested.test.shown,
        place=tested.test.places[0],
        inputs=(" against ".join(tested.shown),),
        results=tuple(
            Result(name, f"{x:.{places}f}", fits[name], standard=name in ("Pearson", "Yates"))
            for name, x in found.items()
        ),
    )


def _finding(tested: TestedCounts, found: dict[str, float]) -> Finding:
    test = tested.test
    printed = float(test.value.value)
    nearest = min(found.values(), key=lambda x: abs(x - printed))
    far = abs(nearest - printed) > max(_NEAR * nearest, 0.3)
    given = ", ".join(f"{name} {x:.2f}" for name, x in found.items())
    return Finding(
        severity=Severity.WARNING if far else Severity.NOTE,
        verdict=Verdict.DISAGREES if far else Verdict.QUERY,
        message=f"{test.what}: {test.shown} is printed for {' against '.join(tested.shown)}, "
        f"which give another statistic: {given}.",
        places=(*test.places, *tested.places),
        reported=test.shown,
        expected=given,
        arithmetic=(
            f"chisq.test(cbind(c({', '.join(str(a) for a, _ in tested.counts)}), "
            f"c({', '.join(str(b) for _, b in tested.counts)})), correct = FALSE)",
            f"statistic: {given}",
        ),
    )
