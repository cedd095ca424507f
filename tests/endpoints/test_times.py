"""Times to events under their rules, on patients small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from auditor.conventions import ADMIRALONCO, RECIST_11, SurvivalConvention
from auditor.endpoints.recorded_times import recorded_times
from auditor.endpoints.times import event_times, times
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort
from auditor.frames.standardise import standardise
from auditor.study import Study
from auditor.synthetic.cohort import make_cohort as invented

from .cohorts import make_cohort

DAYS = SurvivalConvention(unit="days")
CENSORING = replace(DAYS, new_therapy="censor")


def cohort(*patients: dict[str, object], responses: tuple[tuple[str, str, str], ...]) -> Cohort:
    return make_cohort(
        patients=pd.DataFrame(patients),
        responses=pd.DataFrame(responses, columns=["USUBJID", "ADT", "AVALC"]),
    )


def only(found: pd.DataFrame) -> tuple[int, bool, str]:
    assert len(found) == 1
    row = found.iloc[0]
    return int(row["days"]), bool(row["event"]), str(row["reason"])


BASE = {"USUBJID": "1", "RANDDT": "2024-01-01", "LSTALVDT": "2024-12-31"}
VISITS = (("1", "2024-02-15", "PR"), ("1", "2024-04-01", "SD"), ("1", "2024-06-01", "PD"))


def patient(**more: object) -> dict[str, object]:
    return {**BASE, "DTHDT": None, "NEWTRTDT": None, **more}


def test_progression_and_the_days_of_both_ends() -> None:
    one = cohort(patient(), responses=VISITS)
    assert only(times(one, "PFS", DAYS, RECIST_11)) == (153, True, "progression")
    assert only(times(one, "PFS", replace(DAYS, plus_one=False), RECIST_11))[0] == 152
    assert only(times(one, "TTP", DAYS, RECIST_11)) == (153, True, "progression")
    assert only(times(one, "DoR", DAYS, RECIST_11)) == (108, True, "progression")
    assert only(times(one, "TTR", DAYS, RECIST_11)) == (46, True, "response")
    assert only(times(one, "OS", DAYS, RECIST_11)) == (366, False, "last known alive")


def test_death_is_an_event_of_survival_but_not_of_progression() -> None:
    one = cohort(patient(DTHDT="2024-05-01"), responses=VISITS[:2])
    assert only(times(one, "OS", DAYS, RECIST_11)) == (122, True, "death")
    assert only(times(one, "PFS", DAYS, RECIST_11)) == (122, True, "death")
    assert only(times(one, "TTP", DAYS, RECIST_11)) == (92, False, "last assessment")


def test_death_on_the_day_of_progression_is_the_progression() -> None:
    one = cohort(patient(DTHDT="2024-06-01"), responses=VISITS)
    assert only(times(one, "PFS", DAYS, RECIST_11))[2] == "progression"


def test_new_therapy_censors_at_the_last_assessment_before_it() -> None:
    one = cohort(patient(NEWTRTDT="2024-05-01"), responses=VISITS)
    assert only(times(one, "PFS", CENSORING, RECIST_11)) == (92, False, "last assessment")
    assert only(times(one, "DoR", CENSORING, RECIST_11)) == (47, False, "last assessment")
    assert only(times(one, "PFS", DAYS, RECIST_11)) == (153, True, "progression")


def test_progression_or_death_on_the_day_of_new_therapy_comes_too_late() -> None:
    one = cohort(patient(NEWTRTDT="2024-06-01"), responses=VISITS)
    assert only(times(one, "PFS", CENSORING, RECIST_11)) == (92, False, "last assessment")
    dead = cohort(patient(NEWTRTDT="2024-05-01", DTHDT="2024-05-01"), responses=VISITS[:1])
    assert only(times(dead, "PFS", CENSORING, RECIST_11)) == (46, False, "last assessment")
    assert only(times(dead, "OS", CENSORING, RECIST_11)) == (122, True, "death")


def test_progression_before_new_therapy_counts() -> None:
    one = cohort(patient(NEWTRTDT="2024-06-02"), responses=VISITS)
    assert only(times(one, "PFS", CENSORING, RECIST_11)) == (153, True, "progression")


def test_nobody_is_censored_by_new_therapy_without_its_date() -> None:
    bare: dict[str, object] = {**BASE, "DTHDT": None}
    with pytest.raises(NotEvaluable, match="NEWTRTDT"):
        times(cohort(bare, responses=VISITS), "PFS", CENSORING, RECIST_11)


def test_without_assessment_a_patient_is_censored_at_the_start() -> None:
    other = ("2", "2024-02-01", "SD")
    one = cohort(patient(), patient(USUBJID="2"), responses=(other,))
    found = times(one, "PFS", DAYS, RECIST_11)
    assert found["reason"].to_list() == ["start", "last assessment"]
    assert found["days"].to_list() == [1, 32]


def test_duration_of_a_response_that_was_never_seen_again() -> None:
    one = cohort(patient(), responses=VISITS[:1])
    assert only(times(one, "DoR", DAYS, RECIST_11)) == (1, False, "last assessment")


def test_confirmed_response_only() -> None:
    one = cohort(patient(), responses=VISITS)
    confirmed = replace(RECIST_11, confirmed=True)
    assert times(one, "DoR", DAYS, confirmed).empty
    seen_again = (*VISITS[:1], ("1", "2024-03-20", "PR"), *VISITS[2:])
    found = event_times(cohort(patient(), responses=seen_again), "DoR", DAYS, confirmed)
    assert only(found.frame) == (108, True, "progression")
    assert "from confirmed response" in found.rules


def test_death_of_unknown_day_is_left_out_and_said() -> None:
    one = cohort(
        patient(DTHFL="Y"),
        patient(USUBJID="2", DTHFL="N"),
        responses=(*VISITS[:2], ("2", "2024-02-01", "SD")),
    )
    for endpoint in ("OS", "PFS"):
        found = event_times(one, endpoint, DAYS, RECIST_11)
        assert found.frame["USUBJID"].to_list() == ["2"]
        assert found.notes == ("1 subject left out: no date of the event",)
    # The progression came before the death, whenever that was.
    progressed = cohort(patient(DTHFL="Y"), responses=VISITS)
    assert only(times(progressed, "PFS", DAYS, RECIST_11)) == (153, True, "progression")


def test_partial_date_of_death() -> None:
    one = cohort(patient(), responses=VISITS[:1])
    table = one.tables["patients"]
    month = {"DTHDT": pd.Series(pd.to_datetime(["2024-05-01"]))}
    end = {"DTHDT": pd.Series(pd.to_datetime(["2024-05-31"]))}
    partial = replace(table, earliest=month, latest=end)
    one = replace(one, tables={**one.tables, "patients": partial})
    assert only(times(one, "OS", DAYS, replace(RECIST_11, impute_day="last")))[0] == 152
    assert only(times(one, "OS", DAYS, replace(RECIST_11, impute_day="first")))[0] == 122
    assert times(one, "OS", DAYS, replace(RECIST_11, impute_day="none")).empty


def test_an_end_before_the_start_is_left_out_and_said() -> None:
    found = event_times(
        cohort(patient(DTHDT="2023-12-01"), responses=VISITS), "OS", DAYS, RECIST_11
    )
    assert found.frame.empty
    assert "before the start" in found.notes[0]
    assert "2023" not in found.notes[0]


def test_an_end_before_the_start_counts_at_the_start_where_asked() -> None:
    at_start = replace(DAYS, before_start="at-start")
    dead = cohort(patient(DTHDT="2023-12-01"), responses=VISITS)
    found = event_times(dead, "OS", at_start, RECIST_11)
    assert only(found.frame) == (1, True, "death")
    assert "1 subject with an event or a censoring before the start" in found.notes[0]
    assert "earlier ends at start" in found.rules
    assert event_times(cohort(patient(), responses=VISITS), "OS", at_start, RECIST_11).notes == ()


def test_the_response_convention_says_who_responds_under_new_therapy() -> None:
    # Seen on 15 February, confirmed on 20 March; the therapy begins between.
    seen = (*VISITS[:1], ("1", "2024-03-01", "PR"), ("1", "2024-03-20", "PR"), *VISITS[2:])
    one = cohort(patient(NEWTRTDT="2024-03-10"), responses=seen)
    confirmed = replace(RECIST_11, confirmed=True)
    assert only(times(one, "DoR", CENSORING, confirmed)) == (16, False, "last assessment")
    assert only(times(one, "TTR", CENSORING, confirmed)) == (46, True, "response")
    strict = replace(confirmed, new_therapy="censor")
    assert times(one, "DoR", CENSORING, strict).empty
    assert times(one, "TTR", CENSORING, strict).empty
    # The convention of responses leaves the progression to that of survival.
    first = replace(RECIST_11, new_therapy="censor")
    assert only(times(one, "DoR", DAYS, first)) == (108, True, "progression")


def test_a_response_after_new_therapy() -> None:
    seen = (("1", "2024-01-20", "SD"), *VISITS)
    found = event_times(
        cohort(patient(NEWTRTDT="2024-02-10"), responses=seen), "DoR", CENSORING, RECIST_11
    )
    assert only(found.frame) == (1, False, "start")
    assert found.notes == (
        "1 subject counted for one day: the response came after new anticancer therapy",
    )
    never = cohort(patient(NEWTRTDT="2024-02-10"), responses=VISITS)
    found = event_times(never, "DoR", CENSORING, RECIST_11)
    assert found.frame.empty
    assert found.notes == ("1 subject left out: no assessment before new anticancer therapy",)


def test_absent_columns_are_not_evaluable() -> None:
    one = cohort({"USUBJID": "1", "RANDDT": "2024-01-01", "DTHDT": None}, responses=VISITS)
    with pytest.raises(NotEvaluable, match="LSTALVDT"):
        times(one, "OS", DAYS, ADMIRALONCO)
    no_start = make_cohort(patients=pd.DataFrame({"USUBJID": ["1"], "DTHDT": [None]}))
    with pytest.raises(NotEvaluable, match="RANDDT"):
        times(no_start, "OS", DAYS, ADMIRALONCO)
    with pytest.raises(NotEvaluable, match="responses"):
        times(no_start, "PFS", DAYS, ADMIRALONCO)
    with pytest.raises(KeyError):
        times(one, "XYZ", DAYS, ADMIRALONCO)


@pytest.mark.parametrize("seed", [1, 2])
def test_times_of_invented_trials_are_those_that_they_record(seed: int) -> None:
    trial = standardise(invented(60, seed), Study())
    table = trial.tables["times"].frame
    for endpoint in ("OS", "PFS"):
        ours = times(trial, endpoint, DAYS, RECIST_11)
        both = ours.merge(table[table["PARAMCD"] == endpoint], on="USUBJID", how="outer")
        assert len(both) == len(ours) == 60
        assert (both["days"] == both["AVAL"]).all()
        assert (both["event"] == (both["CNSR"] == 0)).all()


def recorded(**columns: list[object]) -> Cohort:
    return make_cohort(times=pd.DataFrame(columns))


def test_recorded_times_in_their_unit() -> None:
    found, notes = recorded_times(
        recorded(
            USUBJID=["1", "2", "1", "2"],
            PARAMCD=["OS", "OS", "PFS", "PFS"],
            AVAL=[2.0, 1.0, 30.4375, 60.875],
            AVALU=["MONTHS", "YEARS", "DAYS", "day"],
            CNSR=[0, 1, 2, 0],
        ),
        SurvivalConvention(unit="months"),
    )
    assert notes == ()
    os = found["OS", ("as recorded (ADTTE)",)]
    assert os["time"].to_list() == pytest.approx([2, 12])
    assert os["event"].to_list() == [True, False]
    pfs = found["PFS", ("as recorded (ADTTE)",)]
    assert pfs["time"].to_list() == pytest.approx([1, 2])
    assert pfs["event"].to_list() == [False, True]


@pytest.mark.parametrize(
    ("aval", "unit"), [([31.0, 61.0], "days"), ([1.0, 1.9], "months"), ([4.4, 8.6], "weeks")]
)
def test_recorded_times_without_unit_are_told_by_their_dates(aval: list[object], unit: str) -> None:
    found, notes = recorded_times(
        recorded(
            USUBJID=["1", "2"],
            PARAMCD=["OS", "OS"],
            AVAL=aval,
            CNSR=[0, 0],
            STARTDT=["2024-01-01", "2024-01-01"],
            ADT=["2024-01-31", "2024-03-01"],
        ),
        DAYS,
    )
    assert notes == (f"recorded times have no unit (AVALU); by their dates these are {unit}",)
    assert found["OS", ("as recorded (ADTTE)",)]["time"].iloc[0] == pytest.approx(30.5, abs=0.6)


def test_recorded_times_without_start_are_told_by_the_start_of_the_patients() -> None:
    times = recorded(
        USUBJID=["1", "2"],
        PARAMCD=["OS", "OS"],
        AVAL=[30.4, 60.2],
        CNSR=[0, 0],
        ADT=["2024-01-31", "2024-03-01"],
    )
    started = pd.DataFrame({"USUBJID": ["1", "2"], "TRTSDT": ["2024-01-01", "2024-01-01"]})
    both = make_cohort(patients=started, times=times.tables["times"].frame)
    assert recorded_times(both, SurvivalConvention(unit="months"))[1] == (
        "recorded times have no unit (AVALU); by their dates these are days",
    )


@pytest.mark.parametrize(("aval", "taken"), [(845.0, "days"), (400.0, "months")])
def test_times_longer_than_trials_last_are_no_months(aval: float, taken: str) -> None:
    times = recorded(USUBJID=["1"], PARAMCD=["OS"], AVAL=[aval], CNSR=[0])
    found, notes = recorded_times(times, SurvivalConvention(unit="months"))
    assert notes[0].endswith(f"taken as {taken}")
    months = aval / 30.4375 if taken == "days" else aval
    assert found["OS", ("as recorded (ADTTE)",)]["time"].to_list() == pytest.approx([months])


def test_recorded_times_that_cannot_be_used() -> None:
    found, notes = recorded_times(
        recorded(
            USUBJID=["1", "2", "3", "3", "4"],
            PARAMCD=["RSD", "RSD", "CRSD", "CRSD", "RSD"],
            AVAL=[5, -1, 7, 8, 9],
            AVALU=["DAYS"] * 5,
            CNSR=[0, 0, 0, 0, None],
        ),
        DAYS,
    )
    assert set(found) == {
        ("DoR", ("as recorded (ADTTE)", "from first response")),
        ("DoR", ("as recorded (ADTTE)", "from confirmed response")),
    }
    assert notes == (
        "recorded times: 2 rows left out, no time or a negative one",
        "recorded times: 1 row repeated, the first is taken",
    )
    with pytest.raises(NotEvaluable, match="no usable row"):
        recorded_times(
            recorded(USUBJID=["1"], PARAMCD=["OS"], AVAL=[None], AVALU=["DAYS"], CNSR=[0]), DAYS
        )
    with pytest.raises(NotEvaluable, match="ADTTE"):
        recorded_times(make_cohort(patients=pd.DataFrame({"USUBJID": ["1"]})), DAYS)
