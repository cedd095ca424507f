"""No value within the rounding box gives a P value outside the range, and the ends are reached."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from itertools import product

import pytest

from auditor.printed import PrintedNumber, parse_number
from auditor.statistics import from_interval, means, p_of_statistic
from auditor.statistics.distributions import t_of, z_of
from auditor.statistics.from_interval import Triple
from auditor.statistics.means import Group
from auditor.statistics.p_range import PRange, Span, span

CASES = 120
SAMPLES = 40


def number(text: str) -> PrintedNumber:
    found = parse_number(text)
    assert found is not None
    return found


def triple(estimate: str, lower: str, upper: str) -> Triple:
    return span(number(estimate)), span(number(lower)), span(number(upper))


def box(draw: random.Random, k: int) -> list[Group]:
    unit = 10.0 ** -draw.randint(0, 2)
    groups = []
    for _ in range(k):
        mean, sd = round(draw.gauss(0, 8) / unit) * unit, max(1, draw.randint(1, 60)) * unit
        size = draw.choice([2, 2, 3, 5, 9, 30, 100])
        half = unit / 2
        groups.append(Group((mean - half, mean + half), (max(0.0, sd - half), sd + half), size))
    return groups


def within(draw: random.Random, groups: list[Group], *, corner: bool) -> list[Group]:
    def at(ends: Span) -> float:
        return draw.choice(ends) if corner else draw.uniform(*ends)

    return [Group.exact(at(g.mean), at(g.sd), g.n) for g in groups]


@pytest.mark.parametrize("seed", range(CASES))
def test_no_sample_of_means_falls_outside(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    groups = box(draw, 2 if seed % 2 else draw.randint(3, 6))
    ranges = means.p_values(groups)
    ranges |= {"ANOVA": p} if (p := means.anova(groups)) else {}
    assert ranges
    for i in range(SAMPLES):
        sample = within(draw, groups, corner=i % 2 == 0)
        exact = means.p_values(sample)
        exact |= {"ANOVA": p} if (p := means.anova(sample)) else {}
        for name, whole in ranges.items():
            p = exact[name]
            slack = 1e-9 * whole.greatest
            assert whole.least - slack <= p.least, (name, groups, sample)
            assert p.greatest <= whole.greatest + slack, (name, groups, sample)


def test_the_ends_of_student_and_anova_are_reached() -> None:
    draw = random.Random(5)  # noqa: S311
    for _ in range(30):
        groups = box(draw, 2)
        found = means.student(groups)
        assert found is not None
        corners = [
            means.student([Group.exact(a, s, groups[0].n), Group.exact(b, u, groups[1].n)])
            for a, s, b, u in product(groups[0].mean, groups[0].sd, groups[1].mean, groups[1].sd)
        ]
        ps = [p.least for p in corners if p is not None]
        assert math.isclose(found.least, min(ps), rel_tol=1e-12, abs_tol=1e-300)
        if found.greatest < 1:
            assert math.isclose(found.greatest, max(ps), rel_tol=1e-12)


def test_the_range_of_welch_is_narrow() -> None:
    """It encloses the truth; at the SDs that papers print it is hardly wider."""
    draw = random.Random(11)  # noqa: S311
    for _ in range(30):
        a = Group((9.95, 10.05), (2.95, 3.05), draw.randint(5, 80))
        b = Group((11.45, 11.55), (3.95, 4.05), draw.randint(5, 80))
        found = means.welch([a, b])
        assert found is not None
        ps = [
            p.least
            for m, s, n, u in product(a.mean, a.sd, b.mean, b.sd)
            if (p := means.welch([Group.exact(m, s, a.n), Group.exact(n, u, b.n)]))
        ]
        assert found.least <= min(ps) * (1 + 1e-12) <= found.least * 1.01
        assert found.greatest >= max(ps) * (1 - 1e-12) >= found.greatest * 0.99


def test_groups_that_can_have_no_p_value() -> None:
    assert means.welch([Group.exact(1, 1, 1), Group.exact(2, 1, 9)]) is None
    assert means.student([Group.exact(1, 0, 1), Group.exact(2, 0, 1)]) is None
    assert means.anova([Group.exact(1, 1, 5)] * (means.MOST_GROUPS + 1)) is None


def test_no_spread_at_all() -> None:
    apart = [Group.exact(1, 0, 5), Group.exact(2, 0, 5)]
    alike = [Group.exact(1, 0, 5), Group.exact(1, 0, 5)]
    for test in (means.student, means.welch, means.normal):
        assert test(apart) == PRange(0.0, 0.0)
        found = test(alike)
        assert found is not None
        assert found.greatest == 1.0


def test_a_standard_error_called_sd() -> None:
    """10.0 and 12.0, ± 0.8, 30 patients each: far apart as SDs, not as standard errors."""
    groups = [Group.exact(10.0, 0.8, 30), Group.exact(12.0, 0.8, 30)]
    as_sd = means.student(groups)
    as_se = means.student([g.of_error() for g in groups])
    assert as_sd is not None
    assert as_se is not None
    assert as_sd.greatest < 1e-12
    assert 0.08 < as_se.least < 0.09  # t = 2 / sqrt(2 x 0.64) = 1.768, 58 df
    back = means.student([g.of_error().of_deviation() for g in groups])
    assert back is not None
    assert math.isclose(back.least, as_sd.least)


@pytest.mark.parametrize("seed", range(60))
def test_no_sample_of_statistics_falls_outside(seed: int) -> None:
    draw = random.Random(1000 + seed)  # noqa: S311
    low = draw.uniform(-0.2, 6)
    value = (low, low + draw.choice([0.001, 0.01, 0.1]))
    df1, df2 = (
        (d, d + draw.choice([0.0, 0.01, 0.1])) for d in (draw.randint(1, 6), draw.randint(2, 90))
    )
    part = (value[0] / 8, value[1] / 8)
    for _ in range(SAMPLES):
        x, y = ((e, e) for e in (draw.uniform(*value), draw.uniform(*part)))
        a, b = ((e, e) for e in (draw.uniform(*df1), draw.uniform(*df2)))
        for whole, exact in (
            (p_of_statistic.t(value, df2), p_of_statistic.t(x, b)),
            (p_of_statistic.z(value), p_of_statistic.z(x)),
            (p_of_statistic.chi_squared(value, df1), p_of_statistic.chi_squared(x, a)),
            (p_of_statistic.f(value, df1, df2), p_of_statistic.f(x, a, b)),
            (p_of_statistic.r(part, df2), p_of_statistic.r(y, b)),
        ):
            assert whole.p.least <= exact.p.least * (1 + 1e-9)
            assert exact.p.greatest <= whole.p.greatest * (1 + 1e-9)


@pytest.mark.parametrize("seed", range(60))
def test_no_sample_of_intervals_falls_outside(seed: int) -> None:
    draw = random.Random(2000 + seed)  # noqa: S311
    centre, half = draw.gauss(0, 0.6), draw.uniform(0.1, 1.2)
    level = draw.choice(from_interval.LEVELS)
    df = draw.choice([None, 6.0, 40.0])
    whole = triple(*(str(round(math.exp(x), 2)) for x in (centre, centre - half, centre + half)))
    tests: tuple[Callable[[Triple], PRange | None], ...] = (
        lambda of: from_interval.of_ratio(of, level),
        lambda of: from_interval.nearer_bound_of_ratio(of, level),
        lambda of: from_interval.of_difference(of, level, df),
    )
    for test in tests:
        found = test(whole)
        for _ in range(SAMPLES if found is not None else 0):
            a, b, c = (draw.uniform(*ends) for ends in whole)
            exact = test(((a, a), (b, b), (c, c)))
            if exact is not None and found is not None:
                assert found.least <= exact.least * (1 + 1e-9)
                assert exact.greatest <= found.greatest * (1 + 1e-9)


def test_the_example_of_altman_and_bland() -> None:
    """BMJ 2011;343:d2304: difference 60 (-77 to 197) mL: P = 0.39; ratio 0.81 (0.70 to 0.94):
    P = 0.005."""
    linear = from_interval.of_difference(triple("60", "-77", "197"))
    ratio = from_interval.of_ratio(triple("0.81", "0.70", "0.94"))
    assert linear is not None
    assert linear.allows(number("0.39"))
    assert ratio is not None
    assert ratio.allows(number("0.005"))
    assert not ratio.allows(number("0.05"))


def test_an_interval_that_may_have_no_width_tells_nothing() -> None:
    assert from_interval.of_difference(((1, 1), (0.9, 1.1), (1.0, 1.2))) is None
    assert from_interval.of_ratio(((1.0, 1.1), (-0.05, 0.05), (3.0, 3.1))) is None


def test_quantiles() -> None:
    assert math.isclose(z_of(0.05), 1.959963984540054, rel_tol=1e-12)
    assert math.isclose(t_of(0.05, 10), 2.2281388519649385, rel_tol=1e-9)
    assert math.isclose(from_interval.quantile(0.99), 2.5758293035489004, rel_tol=1e-12)
