"""The public cohort of 254 patients: every record that admiralonco derived in R."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from auditor.check import Outcome
from auditor.conventions import ADMIRALONCO
from auditor.discovery import load_rulebook
from auditor.endpoints.lesion_responses import time_points
from auditor.endpoints.response_dates import (
    CONTROLLED,
    RESPONDERS,
    ResponseSummary,
    responses_by_subject,
)
from auditor.endpoints.response_differences import differences
from auditor.frames.cohort import Cohort
from auditor.frames.dispatch import read_extract
from auditor.frames.standardise import standardise
from auditor.running import run_check
from auditor.study import Study

CohortMaker = Callable[..., Cohort]
FOLDER = os.environ.get("AUDITOR_COHORTS", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="AUDITOR_COHORTS names no folder of cohorts")

PARAMETERS = {
    "BOR": ("best", "best_date"),
    "CBOR": ("confirmed_best", "confirmed_best_date"),
    "RSP": (None, "first_response_date"),
    "CRSP": (None, "confirmed_response_date"),
    "CB": ("benefit", "benefit_date"),
    "CCB": ("confirmed_benefit", "confirmed_benefit_date"),
    "PD": (None, "first_pd_date"),
    "LSTA": (None, "last_assessment_date"),
}


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(Path(FOLDER) / "recist" / f"rsonco_inv_{name}.csv", dtype=str)


@pytest.fixture
def cohort(make_cohort: CohortMaker) -> Cohort:
    columns = {"RSSTRESC": "AVALC", "RSDTC": "ADT", "RSSEQ": "SEQ", "RSEVAL": "EVAL"}
    return make_cohort(
        patients=read("adsl_input").to_dict("list"),
        responses=read("rs_input").rename(columns=columns).to_dict("list"),
    )


@pytest.fixture
def summary(cohort: Cohort) -> ResponseSummary:
    return responses_by_subject(cohort, ADMIRALONCO)


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_record_agrees_in_value_and_date(parameter: str, summary: ResponseSummary) -> None:
    frame = summary.frame
    expected = read("adrs_expected").query("PARAMCD == @parameter").set_index("USUBJID")
    expected = expected.reindex(frame.index)
    value, date = PARAMETERS[parameter]
    dates = pd.to_datetime(expected["ADT"])
    assert len(frame) == 254
    assert (frame[date].eq(dates) | (frame[date].isna() & dates.isna())).all()
    if parameter == "LSTA":
        return
    derived = frame[date].notna() if value is None else frame[value]
    if derived.dtype == bool:
        derived = derived.map({True: "Y", False: "N"})
    assert derived.eq(expected["AVALC"]).all()


def test_the_visits_that_count_are_those_of_the_analysis_flag(summary: ResponseSummary) -> None:
    flagged = read("adrs_expected").query("PARAMCD == 'OVR' and ANL01FL == 'Y'")
    counts = flagged.groupby("USUBJID").size().reindex(summary.frame.index, fill_value=0)
    assert summary.frame["assessed"].eq(counts).all()
    assert counts.sum() == 632
    assert "1 response: no label of RECIST 1.1, not counted" in summary.notes


@pytest.mark.parametrize("table", ["BOR_ORR", "BOR_DCR", "CBOR_ORR", "CBOR_DCR"])
def test_counts_of_the_tables(table: str, summary: ResponseSummary) -> None:
    text = (Path(FOLDER) / "recist" / "rsonco_inv_tables_expected.json").read_text()
    expected = json.loads(text)["rates"][table]
    assert tuple(expected["response_set"]) == (RESPONDERS if "ORR" in table else CONTROLLED)
    arms = read("adsl_input").set_index("USUBJID")["TRT01P"]
    best = summary.frame["best" if table.startswith("BOR") else "confirmed_best"]
    for arm in expected["arms"]:
        mine = best if arm["arm"] == "ALL" else best[arms == arm["arm"]]
        assert mine.value_counts().to_dict() == arm["counts"]
        assert mine.isin(expected["response_set"]).sum() == arm["x"]
        assert len(mine) == arm["n"]


def test_differences_from_the_guideline_are_those_of_the_documentation(
    summary: ResponseSummary, cohort: Cohort
) -> None:
    found = differences(cohort)
    counted = Counter((d.parameter, d.first, d.second, ", ".join(d.fields)) for d in found)
    page = (Path(__file__).resolve().parents[2] / "docs" / "conventions.md").read_text("utf-8")
    table = page.partition("<!-- counts")[2]
    rows = re.findall(r"^\| (\w+) \| (\w+) \| (\w+) \| (\d+) \| (\w+) \|$", table, re.MULTILINE)
    assert {(p, a, b, why): int(n) for p, a, b, n, why in rows} == dict(counted)
    # Who differs for want of assessments is who has none.
    silent = set(summary.frame.index[summary.frame["assessed"] == 0])
    assert {d.subject for d in found if d.parameter == "BOR"} == silent


LESIONS = {"STRESC": "AVALC", "STRESN": "AVAL", "STRESU": "UNIT", "DTC": "ADT"}


def read_lesions(name: str, prefix: str) -> pd.DataFrame:
    frame = pd.read_csv(Path(FOLDER) / "lesions" / f"{name}_onco_recist.csv", dtype=str)
    bare = {c: c.removeprefix(prefix) for c in frame.columns if c.startswith(prefix)}
    return frame.rename(columns=bare).rename(columns=LESIONS)


def test_lesions_give_every_one_of_the_66_responses(make_cohort: CohortMaker) -> None:
    cohort = make_cohort(
        lesions=read_lesions("tr", "TR").to_dict("list"),
        tumours=read_lesions("tu", "TU").to_dict("list"),
    )
    points = time_points(cohort)
    recorded = read_lesions("rs", "RS").fillna("")
    assert len(recorded) == 66
    derived = points.frame[~points.frame["baseline"]]
    keys = ["USUBJID", "EVAL", "EVALID", "number"]
    recorded["number"] = recorded["VISITNUM"].astype(float)
    both = recorded.merge(derived, on=keys, how="outer")
    assert len(both) == 66
    assert both["AVALC"].eq(both["overall"]).all()
    assert points.unbased == ()


def test_the_files_as_delivered_give_the_same(summary: ResponseSummary, tmp_path: Path) -> None:
    for name in ("adsl", "rs"):
        file = f"rsonco_inv_{name}_input.csv"
        shutil.copy(Path(FOLDER) / "recist" / file, tmp_path / f"{name}.csv")
    read_in = responses_by_subject(standardise(read_extract(tmp_path), Study()), ADMIRALONCO)
    pd.testing.assert_frame_equal(
        read_in.frame.sort_index(), summary.frame.sort_index(), check_dtype=False
    )


@pytest.mark.parametrize(
    "code", ["RES001", "RES002", "RES010", *map("RES0{}".format, range(12, 18))]
)
def test_the_lesions_raise_no_alarm(code: str) -> None:
    check = next(c for c in load_rulebook(None).checks if c.code == code)
    cohort = standardise(read_extract(Path(FOLDER) / "lesions"), Study())
    assert run_check(check, cohort).outcome is Outcome.PASSED
