"""P values compare the counts of the groups and ignore how many patients the groups have.

## What it does
Where no standard test of the rates gives P values of a table, they are recomputed as a
chi-squared test of the counts alone would give them: 8 of 41 against 10 of 46 as 8 against 10.
Where that explains at least half of all P values of counts in a table, and at least three that
no test of rates at all explains, it is a warning with one line for each, one for all such tables.
One or two may be chance, and say nothing.

## Why it matters
Such a P value is wrong unless the groups are equally large and the counts small, and the two
rows of one variable (men, women) get two different P values.

## Example
P = 0.83 for 10 of 41 and 11 of 46, 0.32 for 6 of 41 and 10 of 46, 0.91 for the other 35 and 36:
(35 - 36)^2 / (35 + 36) = 0.014 on one degree of freedom is P = 0.91. Pearson's test gives 0.96,
and 0.39 for both rows of the second variable.

## References
Pearson K. On the criterion that a given system of deviations from the probable. Phil Mag
1900;50:157. Altman DG. Practical Statistics for Medical Research, 10.2 and 10.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.judged_counts import JudgedCounts, distinct, named_values, table_text
from auditor.statistics.printed_p import allows, shown
from auditor.statistics.sizes_ignored import NAME, SOURCE, counts_alone

from ._counts import claims, judged_counts, p_text, places

_FEWEST = 3
_HALF = 0.5


@check(code="PVL009", name="sizes-ignored-by-test")
def sizes_ignored_by_test(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield one finding for the tables whose P values are those of the counts alone."""
    tables: dict[int, list[JudgedCounts]] = {}
    for one in judged_counts(manuscript):
        index = one.compared.p_place.table_index
        if one.compared.source == "table" and index is not None and len(one.counts[0]) == 2:
            tables.setdefault(index, []).append(one)
    if not tables:
        raise NotEvaluable("no P value of a table is tied to counts that it compares")
    names, given, every = [], [], 0
    for index, members in tables.items():
        yield claims(members)
        distinct_ones = [group[0] for group in distinct(members)]
        own = [one for one in distinct_ones if one.standing != "standard" and _explained(one)]
        alone = [one for one in own if not one.hits]
        if len(own) >= _HALF * len(distinct_ones) and len(alone) >= _FEWEST:
            names.append(manuscript.tables[index].table.name)
            given += own
            every += len(distinct_ones)
    if given:
        yield _finding(", ".join(names), given, every)


def _explained(one: JudgedCounts) -> bool:
    value = counts_alone(one.counts)
    return value is not None and allows(one.p, value)


def _finding(name: str, given: Sequence[JudgedCounts], every: int) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        verdict=Verdict.CONVENTION,
        message=f"{name}: {len(given)} of {every} P values of counts are those of a chi-squared "
        "test of the counts alone, which ignores how many patients the groups have; no "
        "standard test of the rates gives them.",
        places=places(*given),
        reported=", ".join(one.p.text for one in given),
        expected="P values of a test of the rates",
        arithmetic=(*map(_line, given), SOURCE),
        conventions=(NAME,),
    )


def _line(one: JudgedCounts) -> str:
    x = [row[0] for row in one.counts]
    alone = counts_alone(one.counts)
    value = shown(alone, one.p) if alone is not None else ""
    usual = ", ".join(named_values(one.standard[:2], one.p))
    return (
        f"{one.compared.what}: {p_text(one)}; {' against '.join(map(str, x))} alone give {value}; "
        f"{table_text(one.counts)}: {usual}"
    )
