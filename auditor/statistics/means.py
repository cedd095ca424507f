"""P values of comparisons of means, from mean, SD and number of patients of each group.

Printed means and SDs are rounded: what is given back is the least and the greatest P value over
every mean and SD within its printed interval. Those of Student's t, z and the one-way analysis of
variance are the exact ends; those of Welch's tests enclose them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from auditor.statistics.distributions import f_upper, t_two_sided, z_two_sided
from auditor.statistics.p_range import PRange, Span

MOST_GROUPS = 10
"""The corners of more groups' means are too many to go through."""
_PIECES = 64


@dataclass(frozen=True, slots=True)
class Group:
    """One group: the exact values that its printed mean and SD may stand for, and its n.

    ``sd`` has ends of at least 0.
    """

    mean: Span
    sd: Span
    n: int

    @staticmethod
    def exact(mean: float, sd: float, n: int) -> Group:
        """A group whose mean and SD are known to the last digit."""
        return Group((mean, mean), (sd, sd), n)

    def of_error(self) -> Group:
        """The group if what is called SD is the standard error of the mean: SD = SE sqrt(n)."""
        root = math.sqrt(self.n)
        return Group(self.mean, (self.sd[0] * root, self.sd[1] * root), self.n)

    def of_deviation(self) -> Group:
        """The group if its SD was divided by sqrt(n) as if it were one: SE = SD / sqrt(n)."""
        root = math.sqrt(self.n)
        return Group(self.mean, (self.sd[0] / root, self.sd[1] / root), self.n)


def student(groups: Sequence[Group]) -> PRange | None:
    """Student's t test of two groups with equal variances, two-sided (``var.equal = TRUE``).

    t = |m1 - m2| / sqrt(s^2 (1/n1 + 1/n2)), s^2 = ((n1-1) s1^2 + (n2-1) s2^2) / (n1+n2-2).
    Student, Biometrika 1908;6:1. P falls with the difference and rises with either SD, so the
    ends lie at corners of the box. None where a group has fewer than one or both but one patient.
    """
    one, two = groups
    df = one.n + two.n - 2
    if min(one.n, two.n) < 1 or df < 1:
        return None

    def p(difference: float, s1: float, s2: float) -> float:
        pooled = ((one.n - 1) * s1**2 + (two.n - 1) * s2**2) / df
        return t_two_sided(_ratio(difference, math.sqrt(pooled * (1 / one.n + 1 / two.n))), df)

    near, far = _differences(one, two)
    return PRange(p(far, one.sd[0], two.sd[0]), p(near, one.sd[1], two.sd[1]))


def paired(groups: Sequence[Group]) -> PRange | None:
    """The paired t test, two-sided, from the mean and the SD of the changes of one group.

    t = |m| sqrt(n) / s on n - 1 degrees of freedom. Student, Biometrika 1908;6:1. P falls with
    |m| and rises with s: the ends lie at corners of the box. None of fewer than two patients.
    """
    (one,) = groups
    if one.n < 2:
        return None
    near, far = _differences(one, Group.exact(0.0, 0.0, one.n))
    root = math.sqrt(one.n)
    return PRange(
        t_two_sided(_ratio(far * root, one.sd[0]), one.n - 1),
        t_two_sided(_ratio(near * root, one.sd[1]), one.n - 1),
    )


def normal(groups: Sequence[Group]) -> PRange | None:
    """The z test of two means: |m1 - m2| / sqrt(s1^2/n1 + s2^2/n2) as a normal deviate.

    Altman, Practical Statistics for Medical Research, 9.6 (large samples).
    """
    one, two = groups
    if min(one.n, two.n) < 1:
        return None

    def p(difference: float, s1: float, s2: float) -> float:
        return z_two_sided(_ratio(difference, math.sqrt(s1**2 / one.n + s2**2 / two.n)))

    near, far = _differences(one, two)
    return PRange(p(far, one.sd[0], two.sd[0]), p(near, one.sd[1], two.sd[1]))


def welch(groups: Sequence[Group]) -> PRange | None:
    """Welch's t test of two groups, two-sided (``t.test`` of R as it stands).

    t^2 = d^2 / (a + b), df = (a + b)^2 / (a^2/(n1-1) + b^2/(n2-1)), a = s1^2/n1, b = s2^2/n2.
    Welch, Biometrika 1947;34:28. With a : b fixed, df is fixed and P rises with a + b: the least
    P lies on an edge with a or b least, the greatest on one with a or b greatest. The edges are
    cut into pieces; on each P lies between P(greatest t, greatest df) and P(least t, least df),
    since P falls in both. None where a group has fewer than two patients.
    """
    one, two = groups
    if min(one.n, two.n) < 2:
        return None
    near, far = _differences(one, two)
    a = (one.sd[0] ** 2 / one.n, one.sd[1] ** 2 / one.n)
    b = (two.sd[0] ** 2 / two.n, two.sd[1] ** 2 / two.n)
    sizes = (one.n, two.n)
    if a[1] + b[1] == 0:
        return PRange(0.0, 1.0 if near == 0 else 0.0)
    least = min(
        t_two_sided(_ratio(far, math.sqrt(x[0] + y[0])), _welch_dfs(x, y, sizes)[1])
        for x, y in (*_cut((a[0], a[0]), b), *_cut(a, (b[0], b[0])))
    )
    greatest = max(
        t_two_sided(_ratio(near, math.sqrt(x[1] + y[1])), _welch_dfs(x, y, sizes)[0])
        for x, y in (*_cut((a[1], a[1]), b), *_cut(a, (b[1], b[1])))
    )
    return PRange(least, greatest)


def anova(groups: Sequence[Group]) -> PRange | None:
    """One-way analysis of variance of two or more groups (``aov``; Fisher 1925).

    F falls with every SD. Its numerator is convex in the means: the greatest lies at a corner of
    their box; the least is that of sum n_i (distance of c from group i's interval)^2 over c.
    None where there are more than ``MOST_GROUPS`` groups or no degree of freedom is left.
    """
    total = sum(g.n for g in groups)
    k = len(groups)
    if not 2 <= k <= MOST_GROUPS or total <= k or min(g.n for g in groups) < 1:
        return None

    def p(between: float, end: int) -> float:
        within = sum((g.n - 1) * g.sd[end] ** 2 for g in groups) / (total - k)
        return f_upper(_ratio(between / (k - 1), within), k - 1, total - k)

    weights = [float(g.n) for g in groups]
    means = [g.mean for g in groups]
    return PRange(p(_most_apart(weights, means), 0), p(_least_apart(weights, means), 1))


def welch_anova(groups: Sequence[Group]) -> PRange | None:
    """Welch's analysis of variance without equal variances (``oneway.test`` as it stands).

    Welch, Biometrika 1951;38:330. With weights w = n/s^2 the numerator rises with every weight,
    which gives its ends; the correction is bounded term by term, and P is taken over the
    degrees of freedom that this leaves, widened by the greatest step between neighbours.
    """
    k = len(groups)
    if k == 2:
        return welch(groups)
    if (
        not 3 <= k <= MOST_GROUPS
        or min(g.n for g in groups) < 2
        or any(g.sd[0] <= 0 for g in groups)
    ):
        return None
    light = [g.n / g.sd[1] ** 2 for g in groups]
    heavy = [g.n / g.sd[0] ** 2 for g in groups]
    means = [g.mean for g in groups]
    least = _least_apart(light, means) / (k - 1)
    most = _most_apart(heavy, means) / (k - 1)
    low = high = 0.0
    for i, group in enumerate(groups):
        rest_light, rest_heavy = sum(light) - light[i], sum(heavy) - heavy[i]
        low += (1 - heavy[i] / (heavy[i] + rest_light)) ** 2 / (group.n - 1)
        high += (1 - light[i] / (light[i] + rest_heavy)) ** 2 / (group.n - 1)

    def p(between: float, spread: float) -> float:
        f = between / (1 + 2 * (k - 2) / (k**2 - 1) * spread)
        return f_upper(f, k - 1, (k**2 - 1) / (3 * spread))

    if low == high:
        return PRange(p(most, low), p(least, low))
    spreads = [low + (high - low) * i / _PIECES for i in range(_PIECES + 1)]
    lower, upper = [p(most, s) for s in spreads], [p(least, s) for s in spreads]
    steps = [abs(x - y) for ps in (lower, upper) for x, y in zip(ps, ps[1:], strict=False)]
    slack = max(steps) if high > low else 0.0
    return PRange(max(0.0, min(lower) - slack), min(1.0, max(upper) + slack))


@dataclass(frozen=True, slots=True)
class MeanTest:
    """A test of means by name; ``one``, ``two`` and ``many``: how many groups it takes."""

    name: str
    function: Callable[[Sequence[Group]], PRange | None]
    source: str
    two: bool = True
    many: bool = False
    one: bool = False

    def takes(self, groups: int) -> bool:
        """Whether it is a test of so many groups."""
        return self.one if groups == 1 else self.two if groups == 2 else self.many


TESTS = (
    MeanTest("paired t", paired, "Student 1908", two=False, one=True),
    MeanTest("Student’s t", student, "Student 1908"),
    MeanTest("Welch’s t", welch, "Welch 1947"),
    MeanTest("z", normal, "Altman 1991, 9.6"),
    MeanTest("one-way ANOVA", anova, "Fisher 1925", two=False, many=True),
    MeanTest("Welch’s ANOVA", welch_anova, "Welch 1951", two=False, many=True),
)


def p_values(groups: Sequence[Group]) -> dict[str, PRange]:
    """The two-sided P values of every test that takes so many groups, by its name."""
    found: dict[str, PRange] = {}
    for test in TESTS:
        if test.takes(len(groups)) and (p := test.function(groups)):
            found[test.name] = p
    return found


def _ratio(value: float, by: float) -> float:
    if by > 0:
        return value / by
    return math.inf if value > 0 else 0.0


def _differences(one: Group, two: Group) -> Span:
    """Least and greatest |m1 - m2|."""
    low, high = one.mean[0] - two.mean[1], one.mean[1] - two.mean[0]
    near = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    return near, max(abs(low), abs(high))


def _cut(x: Span, y: Span) -> Iterator[tuple[Span, Span]]:
    """Pieces of an edge of a rectangle, one of whose sides is a point."""
    for i in range(_PIECES):
        yield (_piece(x, i), _piece(y, i))


def _piece(x: Span, i: int) -> Span:
    step = (x[1] - x[0]) / _PIECES
    # The last piece ends at the end itself, whatever the sum of the steps.
    return (x[0] + i * step, x[1] if i == _PIECES - 1 else x[0] + (i + 1) * step)


def _welch_dfs(a: Span, b: Span, sizes: tuple[int, int]) -> Span:
    """Least and greatest df of a rectangle: they depend on a : b alone, with one maximum."""
    steepest = [(a[0], b[1]), (a[1], b[0])]
    dfs = [_welch_df(x, y, sizes) for x, y in steepest if x + y > 0]
    if not dfs or len(dfs) < 2:  # a corner at nothing: every ratio is possible
        dfs += [min(sizes) - 1.0, sum(sizes) - 2.0]
    m1, m2 = sizes[0] - 1, sizes[1] - 1
    if a[0] * m2 <= b[1] * m1 and b[0] * m1 <= a[1] * m2:  # a/m1 = b/m2 lies within
        dfs.append(float(m1 + m2))
    return min(dfs), max(dfs)


def _welch_df(a: float, b: float, sizes: tuple[int, int]) -> float:
    return (a + b) ** 2 / (a**2 / (sizes[0] - 1) + b**2 / (sizes[1] - 1))


def _apart(weights: Sequence[float], means: Sequence[float]) -> float:
    centre = sum(w * m for w, m in zip(weights, means, strict=True)) / sum(weights)
    return sum(w * (m - centre) ** 2 for w, m in zip(weights, means, strict=True))


def _most_apart(weights: Sequence[float], means: Sequence[Span]) -> float:
    """Greatest weighted sum of squares between the groups: at a corner, as it is convex."""
    return max(_apart(weights, corner) for corner in product(*means))


def _least_apart(weights: Sequence[float], means: Sequence[Span]) -> float:
    """Least weighted sum of squares: of the distances from the best common centre.

    The derivative by the centre is piecewise linear and rises: between two neighbouring ends of
    the intervals its root is found exactly.
    """
    low, high = min(m[1] for m in means), max(m[0] for m in means)
    if high <= low:
        return 0.0  # one value lies within every interval

    def squares(centre: float) -> float:
        return sum(
            w * max(m[0] - centre, centre - m[1], 0.0) ** 2
            for w, m in zip(weights, means, strict=True)
        )

    ends = sorted({low, high, *(e for m in means for e in m if low < e < high)})
    best = min(squares(e) for e in ends)
    for left, right in zip(ends, ends[1:], strict=False):
        middle = (left + right) / 2
        pulls = [
            (w, m[0] if m[0] > middle else m[1])
            for w, m in zip(weights, means, strict=True)
            if m[0] > middle or m[1] < middle
        ]
        if pulls:
            centre = sum(w * m for w, m in pulls) / sum(w for w, _ in pulls)
            best = min(best, squares(min(max(centre, left), right)))
    return best
