"""Every time, rate, interval, median and test that admiralonco gives for 254 subjects, in R."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditor.claims import Population
from auditor.conventions import ADMIRALONCO, SurvivalConvention
from auditor.endpoints.recompute import Recomputed, recompute
from auditor.endpoints.times import event_times
from auditor.estimate import Estimate
from auditor.frames.cohort import Cohort
from auditor.frames.dispatch import read_extract
from auditor.frames.standardise import standardise
from auditor.study_file import read_study

FOLDER = Path(os.environ.get("AUDITOR_COHORTS", "")) / "recist"
pytestmark = pytest.mark.skipif(
    "AUDITOR_COHORTS" not in os.environ, reason="AUDITOR_COHORTS names no folder"
)
IN_DAYS = SurvivalConvention(unit="days")
STUDY = """
[response]
convention = "admiralonco"

[survival]
unit = "days"
"""
PARAMETERS = {
    "OS": ("OS", False),
    "PFS": ("PFS", False),
    "TTP": ("TTP", False),
    "RSD": ("DoR", False),
    "CRSD": ("DoR", True),
}
REASONS = {
    "progression": ("Disease Progression", None),
    "death": ("Death", None),
    "last known alive": ("Alive", "Alive During Study"),
    "last assessment": ("Last Tumor Assessment", "Last Tumor Assessment"),
    "start": ("Randomization", "Randomization"),
}


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    """The two input files, read and arranged as the command line does it."""
    folder = tmp_path_factory.mktemp("admiralonco")
    extract = folder / "extract"
    extract.mkdir()
    for name in ("adsl", "rs"):
        source = FOLDER / f"rsonco_inv_{name}_input.csv"
        (extract / f"{name}.csv").write_bytes(source.read_bytes())
    (folder / "study.toml").write_text(STUDY)
    return standardise(read_extract(extract), read_study(folder / "study.toml"))


@pytest.fixture(scope="module")
def recomputed(cohort: Cohort) -> Recomputed:
    return recompute(cohort)


def test_the_study_file_selects_the_convention(cohort: Cohort) -> None:
    assert cohort.study.response == ADMIRALONCO


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "rsonco_inv_tables_expected.json").read_text())
    return found


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_record_of_times(cohort: Cohort, parameter: str) -> None:
    endpoint, confirmed = PARAMETERS[parameter]
    convention = replace(ADMIRALONCO, confirmed=confirmed)
    ours = event_times(cohort, endpoint, IN_DAYS, convention).frame
    expected = pd.read_csv(
        FOLDER / "rsonco_inv_adtte_expected.csv", parse_dates=["STARTDT", "ADT"]
    ).query("PARAMCD == @parameter")
    assert len(expected) > 20
    both = ours.merge(expected, on="USUBJID", how="outer")
    assert len(both) == len(ours) == len(expected)
    assert (both["start"] == both["STARTDT"]).all()
    assert (both["date"] == both["ADT"]).all()
    assert (both["days"] == both["AVAL"]).all()
    assert (both["event"] == (both["CNSR"] == 0)).all()
    described = both["reason"].map(REASONS)
    assert described.str[0].equals(both["EVNTDESC"])
    why = both["CNSDTDSC"].astype(object).where(both["CNSDTDSC"].notna(), None)
    assert described.str[1].to_list() == why.to_list()


@pytest.mark.parametrize("best", ["BOR", "CBOR"])
@pytest.mark.parametrize("rate", ["ORR", "DCR"])
def test_rates_and_their_intervals(
    recomputed: Recomputed, tables: dict[str, Any], best: str, rate: str
) -> None:
    table = tables["rates"][f"{best}_{rate}"]
    kind = "confirmed" if best == "CBOR" else "unconfirmed"

    def value(statistic: str, arm: str, *conventions: str, endpoint: str = rate) -> float | None:
        of = "rate" if statistic in ("lower", "upper") else ""
        return _one(recomputed, endpoint, statistic, arm, (kind, "all subjects", *conventions), of)

    for arm in table["arms"]:
        name = arm["arm"]
        assert value("count", name) == arm["x"]
        assert value("denominator", name) == arm["n"]
        assert value("rate", name) == pytest.approx(arm["pct"] / 100, abs=1e-9)
        for ours, theirs in (("Clopper-Pearson 95%", "cp"), ("Wilson 95%", "wilson")):
            assert value("lower", name, ours) == pytest.approx(arm[f"{theirs}_lcl"], abs=1e-9)
            assert value("upper", name, ours) == pytest.approx(arm[f"{theirs}_ucl"], abs=1e-9)
        for label, count in arm["counts"].items():
            assert value("count", name, endpoint=f"BOR={label}") == count
    p = value("p-value", "ALL", "3 groups by TRT01P", "Fisher exact, two-sided")
    assert p == pytest.approx(table["fisher_two_sided"], abs=1e-9)


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_medians_quartiles_and_log_rank(
    recomputed: Recomputed, tables: dict[str, Any], parameter: str
) -> None:
    table = tables["km"][parameter]
    endpoint, confirmed = PARAMETERS[parameter]
    rules: tuple[str, ...] = ()
    if endpoint == "DoR":
        rules = ("from confirmed response" if confirmed else "from first response",)

    def value(statistic: str, arm: str, *more: str, of: str = "") -> float | None:
        return _one(recomputed, endpoint, statistic, arm, (*rules, *more), of)

    for ci in ("plain", "log", "log-log"):
        for row in table[ci]:
            arm = row["stratum"].removeprefix("TRT01P=")
            assert value("denominator", arm) == row["n"]
            assert value("events", arm) == row["events"]
            midpoint = "level at 0.5: midpoint"
            assert value("median", arm, midpoint) == row["median"]
            assert value("lower", arm, midpoint, f"{ci} 95%", of="median") == row["median_lcl"]
            assert value("upper", arm, midpoint, f"{ci} 95%", of="median") == row["median_ucl"]
            assert value("q1", arm) == row["q25"]
            assert value("q3", arm) == row["q75"]
    p = value("p-value", "ALL", "3 groups by TRT01P", "log-rank")
    assert p == pytest.approx(table["logrank"]["p"], abs=1e-9)


def _one(
    recomputed: Recomputed,
    endpoint: str,
    statistic: str,
    arm: str,
    conventions: tuple[str, ...],
    of: str = "",
) -> float | None:
    population = Population() if arm == "ALL" else Population((("TRT01P", arm),))
    found: list[Estimate] = [
        e
        for e in recomputed.estimates
        if (e.endpoint, e.statistic, e.population, e.of) == (endpoint, statistic, population, of)
        and e.versus is None
        and set(conventions) <= set(e.conventions)
    ]
    assert len(found) == 1
    return found[0].value
