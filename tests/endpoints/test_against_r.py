"""The statistics equal R's: script, data and results are in tests/reference/endpoints."""

from __future__ import annotations

import math
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from auditor.endpoints.cox import hazard_ratios
from auditor.endpoints.kaplan_meier import (
    KaplanMeier,
    confidence,
    kaplan_meier,
    restricted_mean,
    survival_at,
)
from auditor.endpoints.log_rank import log_rank
from auditor.endpoints.quantiles import median, quantile, reverse_kaplan_meier
from auditor.statistics import chi_squared, fisher, proportions
from auditor.statistics.contingency import Counts, of_rates

REFERENCE = Path(__file__).parents[1] / "reference" / "endpoints"
DATA = sorted(path.stem.removeprefix("data_") for path in REFERENCE.glob("data_*.csv"))
TYPES = ("plain", "log", "log-log")

Answers = dict[tuple[str, str], dict[str, float | None]]


def read_results(path: Path) -> Answers:
    answers: Answers = defaultdict(dict)
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    for name, what, key, value in frame.itertuples(index=False):
        answers[name, what][key] = float(value) if value else None
    return answers


ANSWERS = read_results(REFERENCE / "results.csv")


def read_data(name: str) -> pd.DataFrame:
    return pd.read_csv(
        REFERENCE / f"data_{name}.csv",
        dtype={"group": str, "stratum": str},
        float_precision="round_trip",
    )


def same(ours: float | None, theirs: float | None, where: str) -> None:
    """Equal to 1e-9, absolutely for small and relatively for large numbers; or both missing."""
    if ours is not None and math.isnan(ours):
        ours = None
    assert (ours is None) == (theirs is None), f"{where}: {ours} and {theirs}"
    if ours is not None and theirs is not None and ours != theirs:
        assert abs(ours - theirs) <= 1e-9 * max(1.0, abs(theirs)), f"{where}: {ours} and {theirs}"


def fit(name: str) -> tuple[pd.DataFrame, KaplanMeier]:
    data = read_data(name)
    return data, kaplan_meier(data["time"], data["event"])


@pytest.mark.parametrize("name", DATA)
def test_the_curve(name: str) -> None:
    _, curve = fit(name)
    for what, ours in (
        ("time", curve.times),
        ("surv", curve.survival),
        ("risk", curve.at_risk),
        ("se", curve.log_se),
    ):
        theirs = ANSWERS[name, what]
        assert theirs
        for key, value in theirs.items():
            same(float(ours[int(key) - 1]), value, f"{what} {key}")
    for ci in TYPES:
        lower, upper = confidence(curve, ci)
        for side, limits in (("lower", lower), ("upper", upper)):
            for key, value in ANSWERS[name, f"{side} {ci}"].items():
                same(float(limits[int(key) - 1]), value, f"{side} {ci} {key}")


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("ci", TYPES)
def test_medians_and_other_quantiles(name: str, ci: str) -> None:
    data, curve = fit(name)
    for what, found in (
        ("median", median(curve, ci)),
        ("follow-up", median(reverse_kaplan_meier(data["time"], data["event"]), ci)),
    ):
        theirs = ANSWERS[name, f"{what} {ci}"]
        same(found.value, theirs["value"], what)
        same(found.lower, theirs["lower"], f"{what} lower")
        same(found.upper, theirs["upper"], f"{what} upper")
    for key, value in ANSWERS[name, f"quantile {ci}"].items():
        found = quantile(curve, float(key), ci, flat="midpoint-to-end")
        same(found.value, value, f"quantile {key}")
        if key != "0.5":
            same(found.lower, ANSWERS[name, f"quantile lower {ci}"][key], f"lower {key}")
            same(found.upper, ANSWERS[name, f"quantile upper {ci}"][key], f"upper {key}")


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("ci", TYPES)
def test_survival_and_number_at_risk_at_a_time(name: str, ci: str) -> None:
    data, curve = fit(name)
    for key, value in ANSWERS[name, f"at {ci}"].items():
        found = survival_at(curve, float(key) * float(data["time"].max()), ci)
        assert found is not None
        same(found.survival, value, f"at {key}")
        same(found.lower, ANSWERS[name, f"at lower {ci}"][key], f"lower at {key}")
        same(found.upper, ANSWERS[name, f"at upper {ci}"][key], f"upper at {key}")
        same(float(found.at_risk), ANSWERS[name, "at risk"][key], f"at risk {key}")


@pytest.mark.parametrize("name", [n for n in DATA if (n, "restricted mean") in ANSWERS])
def test_restricted_mean(name: str) -> None:
    data, curve = fit(name)
    until = 0.75 * float(data["time"].max())
    same(restricted_mean(curve, until), ANSWERS[name, "restricted mean"]["0.75"], name)


@pytest.mark.parametrize("name", [n for n in DATA if (n, "log-rank") in ANSWERS])
def test_log_rank(name: str) -> None:
    data = read_data(name)
    for what, strata in (("log-rank", None), ("log-rank stratified", data["stratum"])):
        theirs = ANSWERS.get((name, what))
        if theirs:
            found = log_rank(data["time"], data["event"], data["group"], strata)
            assert found is not None
            same(found.chi_squared, theirs["chisq"], what)
            same(float(found.degrees), theirs["df"], what)
            same(found.p, theirs["p"], what)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("name", [n for n in DATA if (n, "cox efron") in ANSWERS])
def test_cox(name: str, ties: str) -> None:
    data = read_data(name)
    reference = min(data["group"].unique())
    found = hazard_ratios(data["time"], data["event"], data["group"], reference, ties)
    theirs = ANSWERS[name, f"cox {ties}"]
    assert len(theirs) == 4 * len(found)
    for group, ratio in found.items():
        assert ratio is not None
        same(ratio.ratio, theirs[f"{group} ratio"], f"ratio {group}")
        same(ratio.lower, theirs[f"{group} lower"], f"lower {group}")
        same(ratio.upper, theirs[f"{group} upper"], f"upper {group}")
        same(ratio.p, theirs[f"{group} p"], f"p {group}")


@pytest.mark.parametrize("interval", list(proportions.INTERVALS))
def test_intervals_of_proportions(interval: str) -> None:
    theirs = ANSWERS["proportion", interval]
    assert len(theirs) > 180
    for key, value in theirs.items():
        x, n, level, side = key.split()
        found = proportions.INTERVALS[interval](int(x), int(n), float(level))
        same(found[side == "upper"], value, key)


def tail(counts: Counts, side: str) -> float | None:
    found = fisher.tails(counts)
    return None if found is None else float(getattr(found, side))


def test_tests_of_rates() -> None:
    ours: dict[str, Callable[[Counts], float | None]] = {
        "Fisher": fisher.fisher,
        "Pearson": chi_squared.pearson,
        "Yates": chi_squared.yates,
        "Fisher greater": partial(tail, side="upper"),
        "Fisher less": partial(tail, side="lower"),
    }
    for name, test in ours.items():
        theirs = ANSWERS["rates", name]
        assert len(theirs) >= 8
        for key, value in theirs.items():
            pairs = [pair.split("/") for pair in key.split()]
            counts = of_rates([int(x) for x, _ in pairs], [int(n) for _, n in pairs])
            same(test(counts), value, key)


@pytest.mark.slow
def test_r_still_gives_these_results(tmp_path: Path) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed")
    probe = subprocess.run(
        [rscript, "-e", "stopifnot(requireNamespace('survival'))"], capture_output=True, check=False
    )
    if probe.returncode:
        pytest.skip("the R package survival is not installed")
    script = REFERENCE / "reference.R"
    subprocess.run([rscript, str(script), str(tmp_path)], capture_output=True, check=True)
    again = read_results(tmp_path / "results.csv")
    assert again.keys() == ANSWERS.keys()
    for place, answers in ANSWERS.items():
        assert again[place].keys() == answers.keys()
        for key, value in answers.items():
            same(again[place][key], value, f"{place} {key}")
