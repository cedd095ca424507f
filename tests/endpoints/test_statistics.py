"""What has no counterpart in R, agreement with lifelines, and what must be refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from auditor.endpoints.cox import hazard_ratios
from auditor.endpoints.kaplan_meier import confidence, kaplan_meier, number_at_risk, survival_at
from auditor.endpoints.log_rank import log_rank
from auditor.endpoints.quantiles import median, standard_error
from auditor.endpoints.timefix import timefix
from auditor.statistics.proportions import INTERVALS, wilson_corrected

REFERENCE = Path(__file__).parents[1] / "reference" / "endpoints"


def gehan(group: str) -> pd.DataFrame:
    data = pd.read_csv(REFERENCE / "data_gehan.csv")
    return data[data["group"] == group]


# By hand from the life table: 6-MP: S(16) = 0.6275, S(23) = 0.4482 with SE 0.1346, so that
# SE = 0.1346 * (23 - 16) / (0.6275 - 0.4482). Placebo: S(5) = 12/21, S(8) = 8/21, SE 0.10597.
@pytest.mark.parametrize(
    ("group", "value", "se", "lower", "upper"),
    [("6-MP", 23, 5.255, 12.700, 33.300), ("placebo", 8, 1.669, 4.729, 11.271)],
)
def test_symmetric_interval_of_the_median(
    group: str, value: float, se: float, lower: float, upper: float
) -> None:
    data = gehan(group)
    curve = kaplan_meier(data["time"], data["event"])
    error = standard_error(curve)
    assert error is not None
    assert round(error, 3) == se
    found = median(curve, "symmetric")
    assert found.value == value
    assert found.lower is not None
    assert found.upper is not None
    assert (round(found.lower, 3), round(found.upper, 3)) == (lower, upper)


def test_no_symmetric_interval_where_the_curve_does_not_fall_to_045() -> None:
    curve = kaplan_meier([1, 2, 3, 4], [1, 1, 0, 0])
    assert median(curve, "symmetric").value == 2
    assert median(curve, "symmetric").lower is None


def test_flat_at_exactly_one_half() -> None:
    curve = kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1])
    assert median(curve, flat="midpoint").value == 2.5
    assert median(curve, flat="first").value == 2
    level_to_the_end = kaplan_meier([1, 2, 3, 5], [1, 1, 0, 0])
    assert median(level_to_the_end, flat="midpoint").value == 2
    assert median(level_to_the_end, flat="midpoint-to-end").value == 3.5


def test_half_is_recognised_through_rounding_of_the_product() -> None:
    curve = kaplan_meier(np.arange(1, 21), np.ones(20))
    assert median(curve).value == 10.5


def test_a_type_of_interval_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="logit"):
        confidence(kaplan_meier([1.0], [1]), "logit")


@pytest.mark.parametrize("times", [[], [1.0, float("nan")], [-1.0], [float("inf")]])
def test_times_that_are_none(times: list[float]) -> None:
    with pytest.raises(ValueError, match="survival curve needs"):
        kaplan_meier(times, [True] * len(times))


def test_survival_beyond_the_last_time_is_not_known() -> None:
    curve = kaplan_meier([1, 2, 3], [1, 0, 0])
    assert survival_at(curve, 3.5, "log-log") is None
    assert number_at_risk(curve, 3.5) == 0
    dead = survival_at(kaplan_meier([1, 2], [1, 1]), 3.5, "log-log")
    assert dead is not None
    assert dead.survival == 0


def test_landmark_in_months_meets_a_time_in_days() -> None:
    curve = kaplan_meier(np.array([365.25, 365.25, 800]) / 30.4375, [1, 0, 0])
    found = survival_at(curve, 12, "log-log")
    assert found is not None
    assert found.survival == pytest.approx(2 / 3)
    assert found.at_risk == 3


def test_timefix_joins_noise_and_leaves_times_alone() -> None:
    noisy = np.array([0.1 + 0.2, 0.3, 1.0, 1.0 + 1e-6, 0.0])
    assert np.unique(timefix(noisy)).tolist() == [0.0, 0.3, 1.0, 1.0 + 1e-6]
    zero = np.zeros(3)
    assert timefix(zero).tolist() == [0, 0, 0]


def test_cox_by_efron_and_log_rank_equal_lifelines() -> None:
    from lifelines import CoxPHFitter
    from lifelines.statistics import multivariate_logrank_test

    rng = np.random.default_rng(7)
    data = pd.DataFrame(
        {
            "time": rng.integers(1, 40, 300).astype(float),
            "event": rng.random(300) < 0.7,
            "b": rng.random(300) < 0.5,
        }
    )
    ours = hazard_ratios(data["time"], data["event"], data["b"].map({True: "b", False: "a"}), "a")
    theirs = CoxPHFitter().fit(
        data, "time", "event", fit_options={"precision": 1e-12, "r_precision": 1e-14}
    )
    ratio = ours["b"]
    assert ratio is not None
    assert ratio.ratio == pytest.approx(theirs.hazard_ratios_["b"], rel=1e-9)
    assert ratio.p == pytest.approx(theirs.summary.loc["b", "p"], rel=1e-8)
    test = multivariate_logrank_test(data["time"], data["b"], data["event"])
    found = log_rank(data["time"], data["event"], data["b"])
    assert found is not None
    assert found.p == pytest.approx(test.p_value, rel=1e-9)


def test_no_hazard_ratio_where_a_group_has_no_event() -> None:
    assert hazard_ratios([1, 2, 3, 4], [1, 1, 0, 0], ["a", "a", "b", "b"], "a") == {"b": None}
    assert hazard_ratios([1, 2], [0, 0], ["a", "b"], "a") == {"b": None}


def test_no_log_rank_without_two_groups_at_risk() -> None:
    assert log_rank([1, 2, 3], [1, 1, 1], ["a", "a", "a"]) is None
    assert log_rank([1, 2], [0, 0], ["a", "b"]) is None
    # One group has left before the only event.
    assert log_rank([1, 5], [0, 1], ["a", "b"]) is None


def test_stratified_log_rank_by_a_constant_is_the_plain_one() -> None:
    data = pd.read_csv(REFERENCE / "data_veteran.csv")
    plain = log_rank(data["time"], data["event"], data["group"])
    assert log_rank(data["time"], data["event"], data["group"], np.ones(len(data))) == plain


@pytest.mark.parametrize("name", list(INTERVALS))
def test_intervals_hold_the_rate_stay_inside_and_mirror(name: str) -> None:
    interval = INTERVALS[name]
    for n in (1, 3, 20, 44):
        for x in range(n + 1):
            lower, upper = interval(x, n, 0.95)
            assert 0 <= lower <= x / n <= upper <= 1
            other = interval(n - x, n, 0.95)
            assert other[1] == pytest.approx(1 - lower, abs=1e-10)
    with pytest.raises(ValueError, match="0 <= x <= n"):
        interval(3, 2, 0.95)
    with pytest.raises(ValueError, match="n > 0"):
        interval(0, 0, 0.95)


def test_published_intervals() -> None:
    # Newcombe, Stat Med 1998;17:857, Table I: 81/263 and 0/20.
    found = {n: INTERVALS[n](81, 263, 0.95) for n in INTERVALS}
    printed = {n: tuple(round(limit, 4) for limit in limits) for n, limits in found.items()}
    assert printed["Wald"] == (0.2522, 0.3638)
    assert printed["Wilson"] == (0.2553, 0.3662)
    assert printed["Wilson with continuity correction"] == (0.2535, 0.3682)
    assert printed["Clopper-Pearson"] == (0.2527, 0.3676)
    assert printed["mid-p"] == (0.2544, 0.3658)
    assert tuple(round(limit, 4) for limit in wilson_corrected(0, 20)) == (0.0, 0.2005)
