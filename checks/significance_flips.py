"""A P value is on the other side of the level of significance than every standard test.

## What it does
Recomputes P values of counts. Where the print is below the paper's level of significance (0.05
where it names none) but Fisher's, Pearson's and Yates's two-sided tests are all above it, or the
other way round, and an unusual test gives the print, that test is named. Where an expected count
is below 5, Pearson's test is left out, which is no good approximation then. Where the methods
declare one-sided tests it is a note, and so it is where they name a model or a stratified test
and no other P value is of that unusual test, or where most P values beside it follow from no
one test of their counts. Where only Pearson's test is below the
level although expected counts are below 5, it is a note as well. The same result in abstract,
results and discussion is one finding.

## Why it matters
A result called significant is not, by the tests that a reader expects.

## Example
Response in 1 of 16 and 5 of 13 patients, P = 0.047: that is a one-sided Fisher test. Two-sided
it is 0.064.

## References
Bland JM, Altman DG. One and two sided tests of significance. BMJ 1994;309:248. Cochran WG. Some
methods for strengthening the common chi-squared tests. Biometrics 1954;10:417.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.declared import Declared, declared
from auditor.reanalysis.judged_counts import (
    FEW,
    PEARSON,
    JudgedCounts,
    agreeing,
    distinct,
    of_table,
    smallest,
    table_text,
    yardstick,
)
from auditor.reanalysis.naming import MODELS
from auditor.statistics.printed_p import shown, significant

from ._counts import arithmetic, claims, expected, group_names, judged_counts, p_text, places

_FEWEST = 3
_MOSTLY = 0.6
_MODEL = "a test adjusted for other factors"


@check(code="PVL003", name="significance-flips")
def significance_flips(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every result that is significant under an unusual test alone."""
    found = [one for one in judged_counts(manuscript) if one.compared.certain]
    if not found:
        raise NotEvaluable("no P value is tied to counts that it compares")
    methods = declared(manuscript.document, manuscript.prose)
    for group in distinct(found):
        yield claims(group)
        one = group[0]
        if one.standing == "only" and _flips(one, methods.alpha):
            yield _flip(group, methods, chance=not _believable(one, found, methods))
        elif _unsafe(one, methods.alpha):
            yield _approximate(group, methods)


def _flips(one: JudgedCounts, alpha: float) -> bool:
    """Whether it flips under every table that the print allows, and not by a test of trend."""
    if not one.flips(alpha) or any(t.ordered for t in one.hits):
        return False
    every = (of_table(one.compared, counts, costly=False) for counts in one.compared.tables)
    return all(other is not None and other.flips(alpha) for other in every)


def _believable(one: JudgedCounts, found: Sequence[JudgedCounts], methods: Declared) -> bool:
    """Whether the unusual test is more than a chance among so many: the other P values beside
    it follow from their counts, and where the methods name a model, others from this test."""
    table = one.compared.p_place.table_index
    near = [o for o in found if o.compared.p_place.table_index == table]
    if len(near) >= _FEWEST and agreeing(near) < _MOSTLY * len(near):
        return False
    if not methods.tests & MODELS:
        return True
    others = [o for o in near if o.same_table != one.same_table and o.names & one.names]
    return bool(others) and agreeing([one, *others]) > len(others)


def _unsafe(one: JudgedCounts, alpha: float) -> bool:
    """Whether only approximate tests give a significant print that Fisher's does not."""
    exact = [v for t, v in one.standard if t.name.startswith("Fisher")]
    return (
        significant(one.p, alpha) is True
        and one.standing == "standard"
        and len(one.compared.tables) == 1
        and bool(exact)
        and exact[0] >= alpha
        and smallest(one.counts) < FEW
        and not one.compared.ordered
    )


def _flip(group: Sequence[JudgedCounts], methods: Declared, *, chance: bool) -> Finding:
    one = group[0]
    sides = one.compared.sides or methods.sides
    hit = min(one.hits, key=lambda t: (not t.name.startswith("Fisher"), t.sides))
    best, found = yardstick(one, methods.tests)
    said = sides == 1 and hit.sides == 1
    below = "below" if significant(one.p, methods.alpha) else "above"
    value = shown(found, one.p)
    usual = "two-sided" if hit.sides == 1 else best.name
    by = f" ({best.name.removesuffix(', two-sided')})" if hit.sides == 1 else ""
    return Finding(
        severity=Severity.NOTE if said or chance else Severity.WARNING,
        verdict=Verdict.CONVENTION,
        message=f"{one.compared.what}: {p_text(one)} for {table_text(one.counts)}"
        f"{group_names(one)} is what {hit.name} gives"
        f"{', as the methods declare' if said else ''}; {usual} it is {value}, not {below} "
        f"{methods.alpha:g}{by}.{_why_exact(one, methods.alpha)}",
        places=places(*group),
        reported=one.p.text,
        expected=expected(one, methods),
        arithmetic=arithmetic(one),
        conventions=(*(t.name for t in one.hits), *((_MODEL,) if chance else ())),
    )


def _why_exact(one: JudgedCounts, alpha: float) -> str:
    """Why Pearson's test, which stands on the side of the print, is not the yardstick."""
    few = smallest(one.counts)
    pearson = next((v for t, v in one.standard if t.name == PEARSON), None)
    if few >= FEW or pearson is None or (pearson < alpha) is not significant(one.p, alpha):
        return ""
    return (
        f" Pearson's chi-squared test gives {shown(pearson, one.p)}, but the smallest expected "
        f"count is {float(few):.1f}, below {FEW}: a chi-squared test is not relied on there "
        "(Cochran 1954)."
    )


def _approximate(group: Sequence[JudgedCounts], methods: Declared) -> Finding:
    one = group[0]
    exact = next(v for t, v in one.standard if t.name.startswith("Fisher"))
    names = [t.name for t in one.hits if t.standard]
    return Finding(
        severity=Severity.NOTE,
        verdict=Verdict.CONVENTION,
        message=f"{one.compared.what}: {p_text(one)} for {table_text(one.counts)}"
        f"{group_names(one)} is what {names[0]} gives; with an expected count of "
        f"{float(smallest(one.counts)):.1f}, below 5, that is an approximation, and Fisher's exact "
        f"test gives {shown(exact, one.p)}, not below {methods.alpha:g}.",
        places=places(*group),
        reported=one.p.text,
        expected=f"{shown(exact, one.p)} (Fisher's exact, two-sided)",
        arithmetic=arithmetic(one),
        conventions=tuple(t.name for t in one.hits),
    )
