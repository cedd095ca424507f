"""A median of whole numbers is printed that their number does not allow.

## What it does
Looks in tables and text for medians of variables that are whole numbers for each patient (a
lexicon names them). The median of an odd number of them is one of them, that of an even number may
lie halfway between two. A median that no number of patients allows is a warning. So is a half of
an odd number, where the paper says that no value is missing; else one missing value explains it,
and it is a note. Ages are judged only where the bounds beside the median are whole, and as a note.
Median survival is no median of whole numbers.

## Why it matters
The median or the n is wrong, or values are missing without a word.

## Example
Median number of episodes 3.5 (range 1-9) of 31 patients: the 16th value in order is a whole number.

## References
Brown NJL, Heathers JAJ. The GRIM test. Soc Psychol Personal Sci 2017;8:363-369.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.granularity import median_possible
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.whole_means import whole_ages, whole_means
from auditor.recomputed import Recomputed, Result

_SOURCE = "median of n whole numbers, after Brown and Heathers 2017"


@dataclass(frozen=True, slots=True)
class _Median:
    """A median with what is needed to judge it; ``sizes`` as in ``WholeMean``."""

    value: PrintedNumber
    step: str
    sizes: range
    name: str
    where: str
    place: Place
    claims: tuple[str, ...]
    firm: bool
    complete: Place | None


@check(code="GRM005", name="unattainable-median")
def unattainable_median(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a finding for every median of whole numbers that n forbids."""
    judged = 0
    for one in _medians(manuscript):
        if median_possible(one.value, 1, step=one.step):
            continue  # a whole number is a median of any n
        judged += 1
        yield Judged(one.claims)
        yield _recomputed(one)
        if not median_possible(one.value, one.sizes[0], step=one.step):
            yield _finding(one)
    if not judged:
        raise NotEvaluable("no median of whole numbers is printed that is not whole itself")


def _medians(manuscript: Manuscript) -> Iterator[_Median]:
    for whole in whole_means(manuscript):
        if whole.printed.statistic == "median" and not whole.variable.binary:
            yield _Median(
                whole.printed.value,
                str(whole.variable.step),
                whole.sizes,
                whole.variable.name,
                whole.printed.where,
                whole.printed.place,
                whole.printed.claims[:1],
                whole.variable.firm,
                whole.complete,
            )
    for age, complete in whole_ages(manuscript):
        yield _Median(
            age.value,
            "1",
            age.sizes(complete=complete is not None),
            "age in whole years",
            age.where,
            age.place,
            age.claims[:1],
            False,
            complete,
        )


def _recomputed(one: _Median) -> Recomputed:
    n = one.sizes[0]
    parity = "odd" if n % 2 else "even"
    right = median_possible(one.value, n, step=one.step)
    allowed = "a value itself" if n % 2 else "a value or the middle of two"
    return Recomputed(
        "median of whole numbers",
        one.where,
        one.value.text,
        one.place,
        (f"n = {n}, {parity}", f"{one.name}: multiples of {one.step}"),
        (Result(f"median of an {parity} number", allowed, right, True, _SOURCE),),
        "" if len(one.sizes) == 1 else "n is that of the header: values may be missing",
    )


def _finding(one: _Median) -> Finding:
    n = one.sizes[0]
    fewer = [size for size in one.sizes[1:3] if median_possible(one.value, size, step=one.step)]
    never = not median_possible(one.value, 2, step=one.step)
    lines = [f"of {n} values in order the median is {_allowed(n, one.step)}"]
    severity, verdict = Severity.WARNING, Verdict.IMPOSSIBLE
    if fewer:
        lines.append(f"it would be right with {fewer[0]} values, were {n - fewer[0]} missing")
    if one.complete is not None:
        lines.append(f"the text says: “{one.complete.quote}”")
    if fewer or not one.firm:
        severity, verdict = Severity.NOTE, Verdict.QUERY
    kind = "whole numbers" if one.step == "1" else f"multiples of {one.step}"
    what = (
        f"the median of {n} {kind} is not"
        if not never
        else f"no {kind}, odd or even in number, have"
    )
    what += f" {one.value.text}." if not never else f" a median of {one.value.text}."
    return Finding(
        severity=severity,
        verdict=verdict,
        message=f"{one.where}: {what}",
        places=(one.place, *((one.complete,) if one.complete is not None else ())),
        reported=one.value.text,
        expected=_allowed(n, one.step),
        arithmetic=tuple(lines),
    )


def _allowed(n: int, step: str) -> str:
    kind = "whole number" if step == "1" else f"multiple of {step}"
    return f"a {kind}" if n % 2 else f"a {kind} or the middle of two"
