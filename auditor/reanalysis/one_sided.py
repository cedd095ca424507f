"""P values of means, test statistics and estimates that a one-sided test alone gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.finding import Place
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis import judged_estimates, judged_means, judged_tests
from auditor.reanalysis.declared import Declared
from auditor.reanalysis.estimates import estimates
from auditor.reanalysis.reported_tests import distinct, in_cells, reported_tests
from auditor.reanalysis.summaries import compared_means
from auditor.reanalysis.tabled_tests import in_columns
from auditor.statistics.p_gap import flips
from auditor.statistics.p_range import PRange

_FEWEST = 3
_NEARLY_ALL = 0.8


@dataclass(frozen=True, slots=True)
class SidedP:
    """A printed P value beside its one- and two-sided tests.

    Attributes:
        p: as printed; ``p_place``; ``places``: of the numbers that it was computed from;
            ``claims``: of all of them.
        line: print and recomputation, to be read as one step of arithmetic.
        test: by name, without its sides ("Student’s t").
        only: whether the one-sided test gives the print and the two-sided one does not.
        flips: whether the two-sided one lies on the other side of the level of significance.
    """

    p: PrintedNumber
    p_place: Place
    places: tuple[Place, ...]
    claims: tuple[str, ...]
    line: str
    test: str
    only: bool
    flips: bool


def sided_p_values(manuscript: Manuscript, methods: Declared) -> tuple[SidedP, ...]:
    """The P values of the paper's own means of two groups, statistics and estimates that a one-
    or a two-sided test gives; none of those that the words declare one-sided."""
    return (
        *_of_means(manuscript, methods),
        *_of_statistics(manuscript, methods),
        *_of_estimates(manuscript, methods),
    )


def habitual(found: Sequence[SidedP]) -> bool:
    """Whether nearly all of them, three at least, are one-sided."""
    only = sum(one.only for one in found)
    return only >= _FEWEST and only >= _NEARLY_ALL * len(found)


def _of_means(manuscript: Manuscript, methods: Declared) -> Iterator[SidedP]:
    for compared in compared_means(manuscript):
        if compared.doubt or not compared.own or len(compared.groups) != 2:
            continue
        result = judged_means.judged(compared, methods)
        if result is None or result.sides == 1 or not (result.fits or result.fits_one_sided):
            continue
        name, two = next(iter(result.usual.items()))
        groups = " against ".join(g.shown for g in compared.groups)
        yield _sided(
            compared.p,
            compared.p_place,
            compared.places,
            compared.claims,
            f"{compared.what}, {groups}",
            name,
            two,
            fits=result.fits,
            alpha=methods.alpha,
        )


def _of_statistics(manuscript: Manuscript, methods: Declared) -> Iterator[SidedP]:
    read = (*in_columns(manuscript), *in_cells(manuscript), *reported_tests(manuscript))
    for group in distinct(read):
        test = group[0]
        result = judged_tests.judged(test, methods)
        if result is None or not test.own or result.sides == 1 or result.bound:
            continue
        if result.one_sided is None or not (result.fits or result.fits_one_sided):
            continue
        yield _sided(
            test.p,
            test.p_place,
            test.places,
            test.claims,
            f"{test.what}, {test.shown}",
            test.kind,
            result.two_sided,
            fits=result.fits,
            alpha=methods.alpha,
        )


def _of_estimates(manuscript: Manuscript, methods: Declared) -> Iterator[SidedP]:
    for group in judged_estimates.distinct(estimates(manuscript)):
        one = group[0]
        result = judged_estimates.judged(one, methods)
        if result is None or one.doubt or not one.own or result.sides == 1:
            continue
        if not (result.fits or result.one_sided.allows(one.p)):
            continue
        what = f"{one.what}, {one.name} {judged_estimates.shown(one)}"
        yield _sided(
            one.p,
            one.p_place,
            one.places,
            one.claims,
            what,
            "Wald",
            result.wald,
            fits=result.fits,
            alpha=methods.alpha,
        )


def _sided(
    p: PrintedNumber,
    p_place: Place,
    places: tuple[Place, ...],
    claims: tuple[str, ...],
    what: str,
    name: str,
    two: PRange,
    *,
    fits: bool,
    alpha: float,
) -> SidedP:
    text = p.text.strip()
    printed = f"P {text}" if text[:1] in "<>≤≥=" else f"P = {text}"
    line = f"{what}: {printed}; {name}, one-sided {two.half.shown(p)}; two-sided {two.shown(p)}"
    return SidedP(
        p, p_place, places, claims, line, name, not fits, not fits and flips(p, two, alpha)
    )
