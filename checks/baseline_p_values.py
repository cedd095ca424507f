"""The baseline P values of a randomised trial are, as a whole, too low or too high for chance.

## What it does
In a randomised trial differences at baseline are chance, and the P values of independent variables
are spread evenly between 0 and 1. Where the paper says that its patients were randomised and a
table of baseline characteristics has at least eight P values, one a variable, they are combined by
Stouffer's method (and Fisher's), with the printed value and with both ends of what its rounding
allows. Together below 0.001 to either side, whatever was rounded, is noted, as is a single P value
that remains below 0.01 when multiplied by their number. Never more than a note: variables of the
same patients are correlated, tests of counts are discrete and conservative, medians may be tested
by ranks, and stratified variables are balanced by design. P values of 0.95 and more count as 0.95,
since tests of small counts give exactly 1.

## Why it matters
Groups that differ too much may not have been randomised as stated, or rows are in error; groups
that are too alike are hardly the work of chance.

## Example
Twelve variables with P values of 0.91, 0.97, 0.94, 0.99, 0.96 and so on.

## References
Carlisle JB. Data fabrication and other reasons for non-random sampling in 5087 randomised,
controlled trials. Anaesthesia 2017;72:944-952. Bland M. Do baseline P-values follow a uniform
distribution in randomised trials? PLoS ONE 2013;8:e76010.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import places
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis import baseline
from auditor.reanalysis.baseline import BaselineP, randomised
from auditor.recomputed import Recomputed, Result
from auditor.statistics.plausibility import Combined, combined
from auditor.statistics.printed_p import allowed

_LEAST = 8
_RARE = 0.001
_SINGLE = 0.01
_MOST = 0.95
_CAVEATS = "variables are correlated, tests of counts are conservative, strata are balanced"


@check(code="PLS007", name="baseline-p-values")
def baseline_p_values(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield the combined P values of each table of baseline characteristics, and notes."""
    judged = 0
    if not randomised(manuscript):
        raise NotEvaluable("the paper does not say that its patients were randomised")
    for table in baseline.baseline_p_values(manuscript):
        spans = [_span(p) for p in table.values if p.relation in ("=", "<", "<=")]
        yield from _singles(table)
        judged += bool(table.values)
        yield Judged(tuple(c for e in table.entries for c in e.claims))
        if len(spans) < _LEAST:
            continue
        least, middle, most = (combined([min(span[i], _MOST) for span in spans]) for i in range(3))
        yield _recomputed(table, middle)
        if middle.stouffer < _RARE and most.stouffer < _SINGLE:
            yield _finding(table, middle, "low", middle.stouffer, (least, most))
        if middle.stouffer_high < _RARE and least.stouffer_high < _SINGLE:
            yield _finding(table, middle, "high", middle.stouffer_high, (least, most))
    if not judged:
        raise NotEvaluable("no table of baseline characteristics has P values")


def _span(p: PrintedNumber) -> tuple[float, float, float]:
    """The least, the middle and the greatest P value that may be printed so."""
    span = allowed(p)
    low, high = float(span.lower or 0), float(span.upper if span.upper is not None else 1)
    return low, float(p.value) if p.relation == "=" else (low + high) / 2, high


def _singles(table: BaselineP) -> Iterator[Finding]:
    count = len(table.values)
    for p, label, entry in zip(table.values, table.labels, table.entries, strict=True):
        high = allowed(p).upper
        if high is None or count < 2 or float(high) * count >= _SINGLE:
            continue
        yield Finding(
            severity=Severity.NOTE,
            verdict=Verdict.QUERY,
            message=f"{table.reading.table.name}, row “{label}”: the randomised groups differ with "
            f"P {p.text if p.relation != '=' else '= ' + p.text} at baseline, which chance alone "
            f"hardly gives among {count} variables.",
            places=places(entry),
            reported=p.text,
            expected="",
            arithmetic=(f"{count} x {float(high):g} = {count * float(high):.2g}",),
            conventions=("failed or broken randomisation by chance", "groups that are no arms"),
        )


def _recomputed(table: BaselineP, middle: Combined) -> Recomputed:
    texts = [p.text for p in table.values]
    rows = (
        ("Stouffer, together so low", middle.stouffer),
        ("Stouffer, together so high", middle.stouffer_high),
        ("Fisher, together so low", middle.fisher),
    )
    return Recomputed(
        statistic="P values at baseline as a whole",
        of=f"{table.reading.table.name}, {len(texts)} variables",
        printed=", ".join(texts),
        place=table.entries[0].place,
        inputs=(f"{middle.k} P values, 0.95 and more counted as 0.95",),
        results=tuple(
            Result(name, f"{p:.2g}", p >= _RARE, True, "Carlisle 2017; Bland 2013")
            for name, p in rows
        ),
        note=_CAVEATS,
    )


def _finding(
    table: BaselineP, middle: Combined, side: str, p: float, ends: Sequence[Combined]
) -> Finding:
    other = [e.stouffer if side == "low" else e.stouffer_high for e in ends]
    more = "differ more" if side == "low" else "are more alike"
    return Finding(
        severity=Severity.NOTE,
        verdict=Verdict.QUERY,
        message=f"{table.reading.table.name}: together the {middle.k} P values of the baseline are "
        f"so {side} in {p:.1g} of trials; the randomised groups {more} than chance lets expect, "
        f"though {_CAVEATS}.",
        places=places(*table.entries),
        reported=", ".join(value.text for value in table.values),
        expected="P values spread evenly between 0 and 1",
        arithmetic=(
            f"Stouffer: sum of normal quantiles / sqrt({middle.k}) gives P = {p:.2g} "
            f"({min(other):.2g} to {max(other):.2g} as rounding allows)",
        ),
        conventions=("correlated variables", "tests adjusted or by ranks"),
    )
