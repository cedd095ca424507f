"""A P value does not follow from the means, SDs and numbers of patients beside it.

## What it does
Recomputes the P value of rows with a mean and an SD (or standard error) for two or more groups of
known size, in tables and in the text: Student's and Welch's t test, with more groups the analysis
of variance; of a mean change within one group, whose P value is headed "within" or "paired", the
paired t test. Each mean and SD is taken as the interval that rounding allows, and the least and the
greatest P over all of them is compared with the print. If P follows only with SDs read as
standard errors, or the reverse, the finding says so. Adjusted and rank tests, and paired ones of
means before and after, cannot be checked; where methods or notes name them, nothing is accused,
and nothing where the larger part of a table does not follow: then another test was used
throughout.

## Why it matters
The P value, a mean, an SD or a number of patients is wrong; an SD that is a standard error makes
a meta-analysis weigh the study many times too much.

## Example
58.4 ± 4.2 against 61.2 ± 4.0, 50 patients each, P = 0.30: Student's t gives 0.001.

## References
Student. The probable error of a mean. Biometrika 1908;6:1. Welch BL. The generalization of
Student's problem. Biometrika 1947;34:28.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis import p_words
from auditor.reanalysis.compared_means import UNSURE
from auditor.reanalysis.declared import Declared, declared
from auditor.reanalysis.judged_means import JudgedMeans, judged, swapped_words
from auditor.reanalysis.one_sided import habitual, sided_p_values
from auditor.reanalysis.summaries import compared_means
from auditor.recomputed import Recomputed

_PARAMETRIC = frozenset(("t", "welch", "anova"))
_RANKS = frozenset(("mann-whitney", "kruskal-wallis", "wilcoxon", "wilcoxon rank-sum"))
_FACTOR = 0.4771  # log10 of 3
_FEWEST = 3
_NEAR = 0.15
"""In normal deviates: a handful of missing patients does as much."""
_MEANS = re.compile(r"±|\bmeans?\b|\bSDs?\b|\bstandard deviation|\bnormal", re.IGNORECASE)


@check(code="PVL006", name="p-of-means-mismatch")
def p_of_means_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a finding for every P value that no usual test of the printed means gives."""
    stated = declared(manuscript.document, manuscript.prose)
    ranks = _ranks(manuscript, stated)
    found: dict[tuple[int | None, bool], list[JudgedMeans]] = defaultdict(list)
    none = True
    for compared in compared_means(manuscript):
        result = judged(compared, stated)
        if result is None:
            continue
        none = False
        yield Judged(compared.claims)
        yield result.recomputed
        if not compared.doubt:
            found[compared.table, len(compared.groups) == 1].append(result)
    if none:
        raise NotEvaluable("no P value compares means whose SD and number of patients are printed")
    if ranks == "some" and _by_t([r for results in found.values() for r in results]):
        ranks = ""
    habit = habitual(sided_p_values(manuscript, stated))
    for (table, _), results in found.items():
        yield from _findings(results, stated, ranks, alone=table is None, habit=habit)


def _findings(
    results: Sequence[JudgedMeans], stated: Declared, ranks: str, *, alone: bool, habit: bool
) -> Iterator[Finding]:
    wrong = [r for r in results if not r.fits]
    read = len(wrong) < len(results)
    swapped = [r for r in wrong if r.fits_swapped and r.deviates > _NEAR]
    if not alone and len(swapped) > 1 and 2 * len(swapped) > len(results):
        yield _as_errors(swapped, stated, ranks)
        return
    if not alone and len(results) > 2 and 2 * len(wrong) > len(results):
        return  # another test throughout
    for result in wrong:
        if habit and result.fits_one_sided and not result.flips(stated.alpha):
            continue  # told as the habit of the paper
        if finding := _finding(result, stated, ranks, read=read):
            yield finding


def _ranks(manuscript: Manuscript, stated: Declared) -> str:
    """ "all" where only tests of ranks are named for measurements, "some" where it is open which
    variables they were used for, "" where none is named or means are tied to a t test."""
    methods = [s.text for s in manuscript.prose.sentences if s.section == "methods"]
    named = bool(stated.tests & _RANKS) or any(p_words.names_ranks(text) for text in methods)
    if not named:
        return ""
    if any(p_words.of_means(text) and _MEANS.search(text) for text in methods):
        return ""
    of_means = bool(stated.tests & _PARAMETRIC) or any(p_words.of_means(t) for t in methods)
    return "some" if of_means else "all"


def _by_t(results: Sequence[JudgedMeans]) -> bool:
    """Whether the other means of the paper, three at least, were compared by t tests: a test of
    ranks seldom gives the same number."""
    exact = [r for r in results if r.compared.p.relation == "=" and r.compared.p.decimals > 1]
    fits = sum(r.fits for r in exact)
    return fits >= _FEWEST and 2 * fits > len(exact)


def _finding(result: JudgedMeans, stated: Declared, ranks: str, *, read: bool) -> Finding | None:
    """``read``: whether other rows of the table are reproduced, so that it was read rightly."""
    if result.deviates <= _NEAR or ranks == "all":
        return None
    compared = result.compared
    flips = result.flips(stated.alpha)
    far = (flips and result.orders > _FACTOR) or result.orders > 1
    unsure = compared.weak and not (read and compared.weak == UNSURE)
    weak = bool(unsure or ranks or not compared.own or _untested(result, stated))
    half = result.fits_one_sided
    swapped = not half and result.fits_swapped
    grave = not weak and (flips if half else far)
    suggestion = ""
    if swapped:
        suggestion = f"P {_relation(result)} follows if the ± are {swapped_words(compared)}"
    return Finding(
        severity=Severity.WARNING if grave else Severity.NOTE,
        verdict=Verdict.CONVENTION if half else Verdict.DISAGREES if grave else Verdict.QUERY,
        message=_message(result, half=half),
        places=(compared.p_place, *compared.places),
        reported=compared.p.text,
        expected=_expected(result),
        arithmetic=_arithmetic(result),
        conventions=_conventions(ranks, half=half),
        suggestion=suggestion,
    )


def _untested(result: JudgedMeans, stated: Declared) -> bool:
    """Whether three or more groups are compared, but no analysis of variance is named."""
    return len(result.compared.groups) > 2 and "anova" not in stated.tests


def _as_errors(results: Sequence[JudgedMeans], stated: Declared, ranks: str) -> Finding:
    """One finding for a table whose P values follow with SD and standard error exchanged."""
    first = results[0].compared
    what = swapped_words(first)
    grave = any(r.flips(stated.alpha) or r.orders > 1 for r in results) and not ranks
    return Finding(
        severity=Severity.WARNING if grave else Severity.NOTE,
        verdict=Verdict.DISAGREES,
        message=f"{first.what} and {len(results) - 1} more: the P values follow only if what is "
        f"printed behind the means as {first.spread} are {what}.",
        places=tuple(place for r in results for place in (r.compared.p_place, *r.compared.places)),
        reported=", ".join(r.compared.p.text for r in results),
        expected=", ".join(_expected(r) for r in results),
        arithmetic=tuple(line for r in results for line in _arithmetic(r)),
        suggestion=f"the ± are {what}",
    )


def _relation(result: JudgedMeans) -> str:
    text = result.compared.p.text.strip()
    return text if text[:1] in "<>≤≥=" else f"= {text}"


def _message(result: JudgedMeans, *, half: bool) -> str:
    compared = result.compared
    groups = " against ".join(g.shown for g in compared.groups)
    text = f"{compared.what}: {groups} is printed with P {_relation(result)}, but "
    text += _expected(result)
    if compared.also:
        text += "; nor does it follow from other columns of the row"
    if half:
        text += "; the print is half of it, a one-sided P value"
    return text + "."


def _expected(result: JudgedMeans) -> str:
    p = result.compared.p
    usual = [(n, r) for n, r in result.usual.items() if n != "z"]
    sided = [(n, r.half if result.sides == 1 else r) for n, r in usual]
    return ", ".join(f"{name} gives {found.shown(p)}" for name, found in sided)


def _arithmetic(result: JudgedMeans) -> tuple[str, ...]:
    compared = result.compared
    lines = []
    if len(compared.groups) == 1:
        (own,) = compared.groups
        lines.append(
            f"t = {own.mean.value:f} * sqrt({own.n}) / {own.spread.value:f}; "
            f"P = 2 * pt(-abs(t), {own.n - 1})"
        )
    elif len(compared.groups) == 2:
        one, two = compared.groups
        m1, m2 = one.mean.value, two.mean.value
        s1, s2 = one.spread.value, two.spread.value
        if compared.spread == "SE":
            lines.append("SD = SE * sqrt(n)")
        lines.append(
            f"m = c({m1}, {m2}); s = c({s1}, {s2}); n = c({one.n}, {two.n}); df = sum(n) - 2"
        )
        lines.append(
            "t = diff(m) / sqrt(sum((n - 1) * s^2) / df * sum(1 / n)); P = 2 * pt(-abs(t), df)"
        )
    return (*lines, f"over the rounding of every mean and SD: {_expected(result)}")


def _conventions(ranks: str, *, half: bool) -> tuple[str, ...]:
    found = ["one-sided test"] if half else []
    if ranks:
        found.append("test of ranks")
    found.append("fewer patients than the header says")
    return tuple(found)
