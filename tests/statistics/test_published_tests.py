"""Worked examples as they are published."""

from __future__ import annotations

import pytest

from auditor.statistics import means, p_of_statistic
from auditor.statistics.chi_squared_statistics import statistics
from auditor.statistics.means import Group
from auditor.statistics.p_range import PRange


def test_the_soporific_drugs_of_student() -> None:
    """Biometrika 1908;6:20; ``t.test(extra ~ group, data = sleep)`` of R: Welch t = -1.8608,
    df = 17.776, p-value = 0.07939; with equal variances df = 18, p-value = 0.07919."""
    groups = [Group.exact(0.75, 1.78901, 10), Group.exact(2.33, 2.002249, 10)]
    found = means.p_values(groups)
    assert found["Welch’s t"].least == pytest.approx(0.07939, abs=5e-6)
    assert found["Student’s t"].least == pytest.approx(0.07919, abs=5e-6)


def test_the_yields_of_plants() -> None:
    """Dobson 1983, table 7.1; ``aov(weight ~ group, data = PlantGrowth)``: F = 4.846, df 2 and
    27, P = 0.0159; ``oneway.test``: F = 5.181, denominator df = 17.128, P = 0.01739."""
    groups = [
        Group.exact(5.032, 0.5830914, 10),
        Group.exact(4.661, 0.7936757, 10),
        Group.exact(5.526, 0.4425733, 10),
    ]
    found = means.p_values(groups)
    assert found["one-way ANOVA"].least == pytest.approx(0.0159, abs=5e-5)
    assert found["Welch’s ANOVA"].least == pytest.approx(0.01739, abs=5e-6)
    exact = p_of_statistic.f((4.846, 4.846), (2, 2), (27, 27)).p
    assert exact.least == pytest.approx(0.0159, abs=5e-5)


def test_statistics_of_textbooks() -> None:
    """Tables of Fisher and Yates, Statistical Tables, 1938: the 5% and 1% points."""
    for found in (
        p_of_statistic.t((2.042, 2.042), (30, 30)).p,
        p_of_statistic.chi_squared((3.841, 3.841), (1, 1)).p,
        p_of_statistic.chi_squared((16.919, 16.919), (9, 9)).p,
        p_of_statistic.f((3.32, 3.32), (2, 2), (30, 30)).p,
        p_of_statistic.r((0.273, 0.273), (50, 50)).p,
        p_of_statistic.z((1.96, 1.96)).p,
    ):
        assert found.least == pytest.approx(0.05, abs=3e-4)
    assert p_of_statistic.t((2.75, 2.75), (30, 30)).p.least == pytest.approx(0.01, abs=3e-5)


def test_half_of_a_range() -> None:
    assert PRange(0.02, 0.04).half == PRange(0.01, 0.02)
    assert 0.03 in PRange(0.02, 0.04)
    assert 0.05 not in PRange(0.02, 0.04)


def test_statistics_of_counts_are_those_of_r() -> None:
    """``chisq.test(matrix(c(23, 30, 189, 66), 2))``, and 3 x 2."""
    found = statistics(((23, 189), (30, 66)))
    assert found["Pearson"] == pytest.approx(19.3037756790149, rel=1e-9)
    assert found["Yates"] == pytest.approx(17.8983564150711, rel=1e-9)
    assert found["likelihood ratio"] == pytest.approx(18.018056694145, rel=1e-9)
    assert found["N − 1"] == pytest.approx(19.3037756790149 * 307 / 308, rel=1e-9)
    larger = statistics(((10, 40), (20, 35), (30, 15)))
    assert larger["Pearson"] == pytest.approx(21.969696969697, rel=1e-9)
    assert larger["likelihood ratio"] == pytest.approx(22.4739874732718, rel=1e-9)
    assert "Yates" not in larger
    assert statistics(((0, 5), (0, 7))) == {}
