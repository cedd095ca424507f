"""P values of means, recomputed under each test over everything that rounding allows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.reanalysis.compared_means import ComparedMeans
from auditor.reanalysis.declared import Declared
from auditor.recomputed import Recomputed, Result
from auditor.statistics.means import TESTS, Group, p_values
from auditor.statistics.p_gap import deviates_off, flips, hull, orders_off
from auditor.statistics.p_range import PRange, span

_SOURCES = {test.name: test.source for test in TESTS}
_SWAPPED = {"SD": "standard errors", "SE": "standard deviations", "": "standard errors"}


@dataclass(frozen=True, slots=True)
class JudgedMeans:
    """A comparison of means with its P values.

    Attributes:
        usual: by test, with what is printed behind the means taken for what it is called.
        swapped: the same with SD and standard error exchanged.
        sides: 1 where tests are declared one-sided, else 2.
        recomputed: the row of the report, without a code.
    """

    compared: ComparedMeans
    usual: dict[str, PRange]
    swapped: dict[str, PRange]
    sides: int
    recomputed: Recomputed

    def _of(self, ranges: dict[str, PRange]) -> list[PRange]:
        return [r.half if self.sides == 1 else r for n, r in ranges.items() if n != "z"]

    @property
    def expected(self) -> list[PRange]:
        """Under the usual tests; under both readings where nothing says what stands behind ±."""
        found = self._of(self.usual)
        return found if self.compared.spread else found + self._of(self.swapped)

    @property
    def _two_sided(self) -> list[PRange]:
        """Where tests are declared one-sided, some may be two-sided all the same."""
        return [r for n, r in self.usual.items() if n != "z"] if self.sides == 1 else []

    @property
    def fits(self) -> bool:
        return any(r.allows(self.compared.p) for r in (*self.expected, *self._two_sided))

    @property
    def fits_one_sided(self) -> bool:
        return self.sides == 2 and any(r.half.allows(self.compared.p) for r in self._of(self.usual))

    @property
    def fits_swapped(self) -> bool:
        """Whether P follows if SD and standard error are exchanged."""
        return any(r.allows(self.compared.p) for r in self._of(self.swapped))

    def _readings(self) -> list[PRange]:
        """What the usual tests give together, under each reading of ± that is open."""
        ranges = [self.usual] if self.compared.spread else [self.usual, self.swapped]
        return [whole for r in ranges if (whole := hull(*self._of(r))) is not None]

    @property
    def orders(self) -> float:
        """Distance in powers of ten, under the nearer reading."""
        return min(orders_off(self.compared.p, r) for r in self._readings())

    @property
    def deviates(self) -> float:
        """Distance in standard normal deviates, under the nearer reading."""
        return min(deviates_off(self.compared.p, r) for r in self._readings())

    def flips(self, alpha: float) -> bool:
        """Whether every usual test is on the other side of ``alpha`` than the print."""
        return all(flips(self.compared.p, r, alpha) for r in self.expected)


def judged(compared: ComparedMeans, declared: Declared) -> JudgedMeans | None:
    """Recompute a P value of means; None where no test can be computed.

    Where it may compare other groups instead, those that come nearest are taken.
    """
    every = [replace(compared, groups=g) for g in (compared.groups, *compared.also)]
    found = [result for one in every if (result := _judged(one, declared)) is not None]
    return min(found, key=lambda r: (not r.fits, r.deviates), default=None)


def _judged(compared: ComparedMeans, declared: Declared) -> JudgedMeans | None:
    groups = [
        Group(span(g.mean), (max(0.0, span(g.spread)[0]), span(g.spread)[1]), g.n)
        for g in compared.groups
    ]
    errors = [g.of_error() for g in groups]
    usual, swapped = (
        p_values(errors if compared.spread == "SE" else groups),
        p_values(groups if compared.spread == "SE" else errors),
    )
    if not usual:
        return None
    sides = compared.sides or declared.sides or 2
    return JudgedMeans(compared, usual, swapped, sides, _row(compared, usual, swapped, sides))


def _row(
    compared: ComparedMeans, usual: dict[str, PRange], swapped: dict[str, PRange], sides: int
) -> Recomputed:
    p = compared.p
    results = []
    for name, found in usual.items():
        half = f"{name}, one-sided"
        both = name if "ANOVA" in name else f"{name}, two-sided"
        standard = name != "z"
        source = _SOURCES[name]
        results.append(
            Result(both, found.shown(p), found.allows(p), standard and sides == 2, source)
        )
        if "ANOVA" not in name:
            one = found.half
            results.append(
                Result(half, one.shown(p), one.allows(p), standard and sides == 1, source)
            )
    for name, found in swapped.items():
        if name == "z":
            continue
        title = f"{name}, ± read as {_SWAPPED[compared.spread]}"
        mine = found.half if sides == 1 else found
        results.append(
            Result(title, mine.shown(p), mine.allows(p), not compared.spread, _SOURCES[name])
        )
    results.sort(key=lambda r: not r.standard)
    return Recomputed(
        statistic="P value",
        of=compared.what,
        printed=p.text,
        place=compared.p_place,
        inputs=tuple(f"{g.group}: {g.shown}" for g in compared.groups),
        results=tuple(results),
        note=compared.doubt or compared.weak,
    )


def swapped_words(compared: ComparedMeans) -> str:
    """What the numbers behind the means would be if SD and standard error were exchanged."""
    return _SWAPPED[compared.spread]
