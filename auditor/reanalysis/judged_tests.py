"""P values of printed test statistics, recomputed over everything that rounding allows."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.printed import PrintedNumber
from auditor.reanalysis.declared import Declared
from auditor.reanalysis.reported_tests import ReportedTest
from auditor.recomputed import Recomputed, Result
from auditor.statistics import p_of_statistic
from auditor.statistics.p_gap import deviates_off, flips, orders_off
from auditor.statistics.p_of_statistic import StatisticP
from auditor.statistics.p_range import PRange, Span, span

_NAMES = {
    "t": "t",
    "F": "F",
    "chi2": "chi-squared",
    "z": "normal",
    "r": "t of the correlation",
    "rho": "t of the rank correlation (approximate)",
    "Q": "chi-squared of Q",
}
_CALLS = {
    "t": "2 * pt(-abs({x}), {df})",
    "F": "pf({x}, {df}, lower.tail = FALSE)",
    "chi2": "pchisq({x}, {df}, lower.tail = FALSE)",
    "Q": "pchisq({x}, {df}, lower.tail = FALSE)",
    "z": "2 * pnorm(-abs({x}))",
    "r": "2 * pt(-abs({x}) * sqrt({df} / (1 - ({x})^2)), {df})",
    "rho": "2 * pt(-abs({x}) * sqrt({df} / (1 - ({x})^2)), {df})",
}


@dataclass(frozen=True, slots=True)
class JudgedTest:
    """A test statistic with its P values.

    Attributes:
        two_sided: of F, chi-squared and Q the upper tail; ``one_sided``: half of it, where that
            is a test.
        bound: whether the degrees of freedom are not printed: then these are the P values of
            every number of them.
        sides: 1 where tests are declared one-sided, else 2.
        call: how R computes it.
        recomputed: the row of the report, without a code.
    """

    test: ReportedTest
    two_sided: PRange
    one_sided: PRange | None
    bound: bool
    sides: int
    call: str
    recomputed: Recomputed

    @property
    def expected(self) -> PRange:
        """Under the declared convention."""
        return self.one_sided if self.sides == 1 and self.one_sided else self.two_sided

    @property
    def fits(self) -> bool:
        # Where tests are declared one-sided, some may be two-sided all the same.
        return self.expected.allows(self.test.p) or self.two_sided.allows(self.test.p)

    @property
    def fits_one_sided(self) -> bool:
        return self.sides == 2 and self.one_sided is not None and self.one_sided.allows(self.test.p)

    @property
    def orders(self) -> float:
        """Distance in powers of ten."""
        return orders_off(self.test.p, self.expected)

    @property
    def deviates(self) -> float:
        """Distance in standard normal deviates."""
        return deviates_off(self.test.p, self.expected)

    def flips(self, alpha: float) -> bool:
        """Whether print and recomputation lie on different sides of ``alpha``."""
        return flips(self.test.p, self.expected, alpha)


def judged(test: ReportedTest, declared: Declared) -> JudgedTest | None:
    """Recompute the P value of a statistic; None where it takes more than is printed."""
    found = _computed(test)
    if found is None:
        return None
    bound = not test.df and test.kind != "z"
    if bound:
        half = found.one_sided if test.kind == "t" else None
        whole = PRange(found.p.least, 1.0)
        found = StatisticP(whole, PRange(half.least, 1.0) if half else None)
    sides = test.sides or declared.sides or 2
    df = ", ".join(f"{d.value:f}" for d in test.df) or ("Inf" if test.kind == "t" else "1")
    call = _CALLS[test.kind].format(x=f"{test.value.value:f}", df=df)
    return JudgedTest(
        test,
        found.p,
        found.one_sided,
        bound,
        sides,
        call,
        _row(test, found, sides, bound=bound),
    )


def _computed(test: ReportedTest) -> StatisticP | None:
    value, dfs = span(test.value), [_degrees(d) for d in test.df]
    one = dfs[0] if dfs else None
    match test.kind:
        case "z":
            return p_of_statistic.z(value)
        case "t":
            return p_of_statistic.t(value, one) if one else p_of_statistic.z(value)
        case "chi2" | "Q":
            if value[0] < -0.5:
                return None
            return p_of_statistic.chi_squared(value, one or (1.0, 1.0))
        case "F":
            return p_of_statistic.f(value, dfs[0], dfs[1]) if len(dfs) == 2 else None
        case "r" | "rho":
            usable = one is not None and one[0] >= 1 and abs(test.value.value) <= 1
            return p_of_statistic.r(value, one) if usable and one is not None else None
    return None


def _degrees(printed: PrintedNumber) -> Span:
    """Whole degrees of freedom are exact, decimal ones are rounded."""
    if printed.decimals > 0:
        return span(printed)
    return float(printed.value), float(printed.value)


def _row(test: ReportedTest, found: StatisticP, sides: int, *, bound: bool) -> Recomputed:
    name = _NAMES[test.kind]
    if bound:
        name += ", any degrees of freedom"
    both = name if test.kind in ("F", "chi2", "Q") else f"{name}, two-sided"
    p = test.p
    shown = f"at least {found.p.shown(p).partition(' to ')[0]}" if bound else found.p.shown(p)
    results = [Result(both, shown, found.p.allows(p), sides == 2 or found.one_sided is None)]
    if found.one_sided is not None:
        half = found.one_sided
        shown = f"at least {half.shown(p).partition(' to ')[0]}" if bound else half.shown(p)
        results.append(Result(f"{name}, one-sided", shown, half.allows(p), sides == 1))
    results.sort(key=lambda r: not r.standard)
    return Recomputed(
        statistic="P value",
        of=test.what,
        printed=p.text,
        place=test.p_place,
        inputs=(test.shown,),
        results=tuple(results),
        note="the degrees of freedom are not printed" if bound else "",
    )
