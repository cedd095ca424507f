"""No counts of two groups of these sizes can give the P value.

## What it does
Where a P value compares two groups whose sizes are known, but whose counts are not or only as
rounded percentages, tries every count that the print allows under every test of counts, one- and
two-sided. Groups of up to some fifty patients can give few P values. Where none can be printed so,
that is a warning in a table whose other P values follow from its counts, else a note. Where
neither a standard test nor a one-sided Fisher test can give it, but another, that is a note.

## Why it matters
The P value, a size or the test is another than printed, whatever the counts were.

## Example
P = 0.31 for 2 of 7 patients against a number of 6 that is not printed: Fisher's test gives 0.29 for
4 of 6, 0.46 for none and 0.59 for 3.

## References
Brown NJL, Heathers JAJ. The GRIM test. Soc Psychol Personal Sci 2017;8:363 (of means; the same
thought). Fisher RA. Statistical Methods for Research Workers, 21.02.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.compared import ComparedCounts
from auditor.reanalysis.gathered import compared_counts
from auditor.reanalysis.judged_counts import ONE_SIDED, judged, table_text
from auditor.reanalysis.sized_tests import SizedTest, sized_tests
from auditor.statistics.attainable import MOST_PAIRS_COSTLY, Attainable, attainable
from auditor.statistics.count_tests import COUNT_TESTS, CountTest
from auditor.statistics.printed_p import shown

_FEWEST = 3
_MOSTLY = 0.7


@check(code="PVL005", name="unattainable-p")
def unattainable_p(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every P value that no counts of its groups give."""
    compared = compared_counts(manuscript)
    tried = 0
    for one in sized_tests(manuscript, compared):
        if (one.sizes[0] + 1) * (one.sizes[1] + 1) > MOST_PAIRS_COSTLY:
            continue
        tried += 1
        yield Judged(one.claims)
        near = _tried(one)
        if near and not any(a.possible for t, a in near if _usual(t)):
            yield _finding(one, near, sure=one.certain and _trusted(one, compared))
    if not tried:
        raise NotEvaluable("no P value compares two small groups whose counts are open")


def _tried(one: SizedTest) -> list[tuple[CountTest, Attainable]]:
    """What each test can give that comes nearest."""
    first, second = one.counts
    return [
        (test, near)
        for test in COUNT_TESTS
        if not test.paired and not test.ordered
        if (near := attainable(one.p, one.sizes, test, first=first, second=second)) is not None
    ]


def _usual(test: CountTest) -> bool:
    return test.standard or test.name == ONE_SIDED


def _trusted(one: SizedTest, compared: Sequence[ComparedCounts]) -> bool:
    """Whether the other P values of the table follow from its counts."""
    own = judged(c for c in compared if c.p_place.table_index == one.place.table_index)
    hits = sum(bool(j.hits) for j in own)
    return hits >= _FEWEST and hits >= _MOSTLY * len(own)


def _finding(
    one: SizedTest, near: Sequence[tuple[CountTest, Attainable]], *, sure: bool
) -> Finding:
    standard = [(t, a) for t, a in near if t.standard]
    nearest = "; ".join(
        f"{t.name}: {shown(a.nearest, one.p)} ({table_text(a.counts)})" for t, a in standard
    )
    known = [
        f"{_counts(counts)} of {n} in “{name}”"
        for counts, n, name in zip(one.counts, one.sizes, one.groups, strict=True)
    ]
    text = one.p.text if one.p.text[:1] in "<>≤≥" else f"= {one.p.text}"
    odd = [t.name for t, a in near if a.possible]
    return Finding(
        severity=Severity.WARNING if sure and not odd else Severity.NOTE,
        verdict=Verdict.CONVENTION if odd else Verdict.QUERY,
        message=f"{one.what}: no counts of {one.sizes[0]} and {one.sizes[1]} patients give "
        f"P {text} under {'the' if odd else 'any of the'} usual tests of counts "
        f"({' against '.join(known)}){f'; {odd[0]} can' if odd else ''}.",
        places=(one.place, *one.places),
        reported=one.p.text,
        expected=f"the nearest are {nearest}",
        arithmetic=tuple(f"{t.name}: nearest P {shown(a.nearest, one.p)}" for t, a in near),
        conventions=(*odd, "a test adjusted for other factors", "a test of other patients"),
    )


def _counts(counts: frozenset[int] | None) -> str:
    if counts is None:
        return "any number"
    low, high = min(counts), max(counts)
    return str(low) if low == high else f"{low} to {high}"
