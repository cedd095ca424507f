"""P values beside intervals, recomputed: what the interval allows, and how far the print is off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.reanalysis.declared import Declared
from auditor.reanalysis.estimate import Estimate
from auditor.recomputed import Recomputed, Result
from auditor.statistics import from_interval
from auditor.statistics.p_gap import deviates_off, hull
from auditor.statistics.p_range import PRange, span
from auditor.statistics.printed_p import significant

SOURCE = "Altman and Bland, BMJ 2011;343:d2304"
_FEW = 10.0
"""Degrees of freedom of a small sample, where no number of patients is known."""


@dataclass(frozen=True, slots=True)
class JudgedEstimate:
    """An estimate with the P values that its interval allows.

    Attributes:
        wald: two-sided, from the width of the interval.
        wide: everything that two-sided tests of the same data usually give.
        one_sided: half of ``wald``.
        sides: 1 where tests are declared one-sided, else 2.
        apart: distance of the print from ``wide`` in standard normal deviates.
        contradicts: "excluded": the interval excludes "no effect", but P is not significant;
            "included": the reverse; or "".
        recomputed: the row of the report, without a code.
    """

    estimate: Estimate
    wald: PRange
    wide: PRange
    one_sided: PRange
    sides: int
    apart: float
    contradicts: str
    recomputed: Recomputed

    @property
    def fits(self) -> bool:
        """Whether the printed P is the one of the interval under the declared convention.

        Where tests are declared one-sided, those of other endpoints may still be two-sided.
        """
        p = self.estimate.p
        return self.wald.allows(p) or (self.sides == 1 and self.one_sided.allows(p))


def judged(estimate: Estimate, declared: Declared) -> JudgedEstimate | None:
    """Recompute the P value of an estimate; None where the interval tells nothing."""
    one = estimate
    triple = (span(one.value), span(one.lower), span(one.upper))
    if one.ratio:
        wald = from_interval.of_ratio(triple, one.level)
        near = from_interval.nearer_bound_of_ratio(triple, one.level)
        small = None
    else:
        wald = from_interval.of_difference(triple, one.level)
        near = from_interval.nearer_bound(triple, one.level)
        small = from_interval.of_difference(triple, one.level, _FEW)
    wide = hull(wald, near, small)
    inside = one.lower.fraction <= one.value.fraction <= one.upper.fraction
    if wald is None or wide is None or not inside:
        return None
    sides = one.sides or declared.sides or 2
    half = PRange(wide.least / 2, wide.greatest / 2)
    apart = deviates_off(one.p, wide)
    if sides == 1:
        apart = min(apart, deviates_off(one.p, half))
    return JudgedEstimate(
        one,
        wald,
        wide,
        wald.half,
        sides,
        apart,
        "" if sides == 1 else _contradiction(one),
        _row(one, wald, near, small, sides),
    )


def _contradiction(one: Estimate) -> str:
    """Whether interval and P value say different things, whatever the rounding."""
    none = 1.0 if one.ratio else 0.0
    lower, upper = span(one.lower), span(one.upper)
    called = significant(one.p, round(1 - one.level, 6))
    if called is False and (lower[0] > none or upper[1] < none):
        return "excluded"
    return "included" if called is True and lower[1] < none < upper[0] else ""


def _row(
    one: Estimate, wald: PRange, near: PRange | None, small: PRange | None, sides: int
) -> Recomputed:
    def result(name: str, found: PRange, *, standard: bool) -> Result:
        return Result(name, found.shown(one.p), found.allows(one.p), standard, SOURCE)

    results = [result("Wald, two-sided", wald, standard=sides != 1)]
    results.append(result("Wald, one-sided", wald.half, standard=sides == 1))
    if near is not None:
        results.append(result("by the bound nearer to no effect", near, standard=False))
    if small is not None:
        results.append(result(f"t with {_FEW:g} degrees of freedom", small, standard=False))
    results.sort(key=lambda r: not r.standard)
    return Recomputed(
        statistic="P value",
        of=f"{one.name}: {one.what}",
        printed=one.p.text,
        place=one.p_place,
        inputs=(f"{one.name} {shown(one)}",),
        results=tuple(results),
        note=one.doubt,
    )


def shown(one: Estimate) -> str:
    """Such as "0.71 (95% CI 0.52 to 0.97)"."""
    return f"{one.value.text} ({one.level * 100:g}% CI {one.lower.text} to {one.upper.text})"


def distinct(found: Sequence[Estimate]) -> list[list[Estimate]]:
    """Estimates that repeat each other (abstract, results, table), together."""
    groups: dict[tuple[object, ...], list[Estimate]] = {}
    for one in found:
        numbers = (one.value, one.lower, one.upper, one.p)
        key = (one.name, one.level, *((n.value, n.relation) for n in numbers))
        groups.setdefault(key, []).append(one)
    return list(groups.values())
