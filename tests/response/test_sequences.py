"""Sequences of responses and the best response that they give, worked out by hand.

Days count from the start; SD needs day 42, confirmation 28 days, unless a case says otherwise.
Sections and tables are those of RECIST 1.1 (Eisenhauer EA et al. Eur J Cancer 2009;45:228-247);
"events" are those that admiralonco predefines (its article "Creating ADRS").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from auditor.conventions import ADMIRALONCO, RECIST_11, ResponseConvention
from auditor.endpoints.response_dates import responses_by_subject
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort

Responses = Callable[..., Cohort]
CohortMaker = Callable[..., Cohort]
NN = "NON-CR/NON-PD"

# sequence: BOR, CBOR (each "label@day"), where the answer is found
BOTH = {
    "CR@42 CR@70": ("CR@42", "CR@42", "Table 3: CR, CR; 28 days are enough"),
    "CR@42 CR@69": ("CR@42", "SD@42", "27 days are not"),
    "CR@10 CR@38": ("CR@10", "CR@10", "a confirmed response needs no SD window"),
    "CR@10 CR@37": ("CR@10", "NE@10", "Table 3: CR unconfirmed, least time of SD not met"),
    "CR@42 CR@55 CR@70": ("CR@42", "CR@42", "a CR between, not yet 28 days later"),
    "PR@42 PR@70": ("PR@42", "PR@42", "Table 3: PR, PR"),
    "PR@42 PR@69": ("PR@42", "SD@42", "27 days are not enough"),
    "PR@28 PR@56": ("PR@28", "PR@28", "confirmed before day 42"),
    "PR@41": ("PR@41", "NE@41", "Table 3: PR, nothing after it, day 41"),
    "PR@42": ("PR@42", "SD@42", "Table 3: the same on day 42"),
    "SD@41": ("NE@41", "NE@41", "4.4.3: lost to follow-up after an early SD"),
    "SD@42": ("SD@42", "SD@42", "4.4.3: least time from baseline is met"),
    "SD@41 SD@42": ("SD@42", "SD@42", "the SD that meets the least time gives the date"),
    "NON-CR/NON-PD@41": ("NE@41", "NE@41", "the window holds for non-target disease"),
    "NON-CR/NON-PD@42": (f"{NN}@42", f"{NN}@42", "Table 2"),
    "SD@41 PD@60": ("PD@60", "PD@60", "4.4.3: the example of the guideline"),
    "SD@42 PD@60": ("SD@42", "SD@42", "4.4.3"),
    "PD@20": ("PD@20", "PD@20", "4.4.3"),
    "PD@20 CR@60 CR@100": ("PD@20", "PD@20", "nothing counts after progression"),
    "NE@50": ("NE@50", "NE@50", "Table 3: NE, NE"),
    "NE@50 PD@80": ("PD@80", "PD@80", "PD is better known than NE"),
    "NE@20 SD@50": ("SD@50", "SD@50", "an NE before it does no harm"),
    "NE@20 NE@50 SD@41": ("NE@20", "NE@20", "rows in any order; the earliest gives the date"),
    "CR@42 PR@80": ("CR@42", "SD@42", "Table 3: CR, PR; least time of SD met by the CR"),
    "CR@42 SD@80": ("CR@42", "SD@42", "Table 3: CR, SD"),
    "CR@42 PD@80": ("CR@42", "SD@42", "Table 3: CR, PD"),
    "CR@20 PD@50": ("CR@20", "PD@50", "Table 3: CR, PD; least time not met"),
    "CR@42 NE@80": ("CR@42", "SD@42", "Table 3: CR, NE"),
    "CR@20 NE@50": ("CR@20", "NE@20", "Table 3: CR, NE; least time not met"),
    "PR@42 CR@70": ("CR@70", "PR@42", "Table 3: PR, CR"),
    "PR@42 CR@69": ("CR@69", "SD@42", "27 days do not confirm the PR either"),
    "PR@42 CR@56 CR@70": ("CR@56", "PR@42", "the second CR confirms the PR, not the CR"),
    "PR@42 CR@56 CR@84": ("CR@56", "CR@56", "the CR is confirmed and better"),
    "PR@42 CR@60 PR@75": ("CR@60", "SD@42", "no PR may come after CR"),
    "PR@42 SD@80": ("PR@42", "SD@42", "Table 3: PR, SD"),
    "PR@20 SD@50": ("PR@20", "SD@50", "Table 3: PR, SD; the SD meets the least time"),
    "PR@42 PD@80": ("PR@42", "SD@42", "Table 3: PR, PD"),
    "PR@20 PD@50": ("PR@20", "PD@50", "Table 3: PR, PD; least time not met"),
    "PR@20 NE@50": ("PR@20", "NE@20", "Table 3: PR, NE; least time not met"),
    "PR@42 NE@56 PR@70": ("PR@42", "PR@42", "4.4.4: PR-NE-PR is confirmed"),
    "PR@42 NE@50 NE@60 PR@70": ("PR@42", "SD@42", "one NE may stand between, not two"),
    "PR@42 NE@50 NE@60 PR@70 PR@98": ("PR@42", "PR@70", "the later pair is confirmed"),
    "CR@42 NE@56 CR@70": ("CR@42", "CR@42", "4.4.4, for CR"),
    "CR@42 NE@50 NE@60 CR@70": ("CR@42", "SD@42", "two NE"),
    "PR@42 NE@70 PR@71": ("PR@42", "PR@42", "an NE at 28 days, PR a day later"),
    "SD@42 PR@84 PD@112": ("PR@84", "SD@42", "4.4.3: SD, PR, PD is PR where unconfirmed"),
    "SD@42 PR@84 PR@112 PD@140": ("PR@84", "PR@84", "progression after confirmation"),
    "PR@42 PD@56 PR@84 PR@112": ("PR@42", "SD@42", "confirmation after progression is none"),
    "PR@42 NON-CR/NON-PD@56 PR@84": ("PR@42", "SD@42", "events: nothing else may stand between"),
    "NON-CR/NON-PD@42 CR@84 CR@112": ("CR@84", "CR@84", "Table 2: non-target disease"),
    "NON-CR/NON-PD@42 PD@84": (f"{NN}@42", f"{NN}@42", "before PD in the order"),
    "NON-CR/NON-PD@42 SD@84": ("SD@84", "SD@84", "SD comes before NON-CR/NON-PD"),
    "CR@-5 SD@42": ("SD@42", "SD@42", "before the start nothing counts"),
    "PR@0 PR@28": ("PR@0", "PR@0", "the day of the start counts"),
    "CR@42 PD@42": ("PD@42", "PD@42", "the worst of one day"),
    "PD@42 CR@42": ("PD@42", "PD@42", "the worst of one day, in any order"),
    "PR@42 SD@42": ("SD@42", "SD@42", "the worst of one day"),
    "NE@42 SD@42": ("SD@42", "SD@42", "NE is the least bad of one day"),
    "SD@42 NON-CR/NON-PD@42": (f"{NN}@42", f"{NN}@42", "the order of one day"),
    "CHECK@50 SD@84": ("SD@84", "SD@84", "what is no response does not count"),
    "pr@42 Pr@70": ("PR@42", "PR@42", "in any capitals"),
    "PR@2020-02": ("PR@59", "SD@59", "29 February, the last day of the month"),
    "PR@2020-02 PR@88": ("PR@59", "PR@59", "29 days after it"),
    "PR@2020-02 PR@86": ("PR@59", "SD@59", "27 days after it"),
}

# sequence: CBOR under admiralonco, CBOR under RECIST 1.1, day of first PD under each
APART = {
    "CR@20 PR@50": ("SD@50", "PD@50", None, 50, "Table 3, footnote a"),
    "CR@20 PR@40": ("NE@20", "PD@40", None, 40, "Table 3, footnote a"),
    "CR@20 SD@50": ("SD@50", "PD@50", None, 50, "Table 3: CR, SD; least time not met"),
    "CR@20 NON-CR/NON-PD@50": (f"{NN}@50", "PD@50", None, 50, "disease is there again"),
    "CR@42 SD@56 CR@70": ("SD@42", "SD@42", None, 56, "best response alike, PD is not"),
    "CR@42 CR@70 PR@98 PD@126": ("CR@42", "CR@42", 126, 98, "confirmed before; PD is earlier"),
    "CR@42 PR@56 CR@90 CR@120": ("CR@90", "SD@42", None, 56, "a CR after reappearance is none"),
    "CR@20 PR@50 PR@78": ("PR@50", "PD@50", None, 50, "events: the PR is confirmed"),
    "PR@42 SD@56 PR@70": ("SD@42", "PR@42", None, None, "4.4.3: at a subsequent time point"),
    "PR@42 SD@56 SD@63 PR@70": ("SD@42", "PR@42", None, None, "4.4.3: any subsequent one"),
}


def day(date: object) -> int | None:
    """Days since the start; None for a missing date."""
    assert isinstance(date, pd.Timestamp) or date is pd.NaT
    return (date - pd.Timestamp("2020-01-01")).days if isinstance(date, pd.Timestamp) else None


def best(cohort: Cohort, convention: ResponseConvention) -> tuple[str, str]:
    row = responses_by_subject(cohort, convention).frame.iloc[0]
    return tuple(  # type: ignore[return-value]
        f"{row[name]}@{day(row[f'{name}_date'])}" for name in ("best", "confirmed_best")
    )


@pytest.mark.parametrize("convention", [RECIST_11, ADMIRALONCO], ids=lambda c: c.name)
@pytest.mark.parametrize("sequence", BOTH)
def test_both_conventions(
    sequence: str, convention: ResponseConvention, responses_of: Responses
) -> None:
    assert best(responses_of(sequence), convention) == BOTH[sequence][:2]


@pytest.mark.parametrize("sequence", APART)
def test_where_the_conventions_differ(sequence: str, responses_of: Responses) -> None:
    cohort = responses_of(sequence)
    theirs, guideline, their_pd, guideline_pd, _ = APART[sequence]
    assert best(cohort, ADMIRALONCO)[1] == theirs
    assert best(cohort, RECIST_11)[1] == guideline
    for convention, progressed in ((ADMIRALONCO, their_pd), (RECIST_11, guideline_pd)):
        frame = responses_by_subject(cohort, convention).frame
        assert day(frame["first_pd_date"].iloc[0]) == progressed


@pytest.mark.parametrize(
    ("sequence", "changes", "confirmed"),
    [
        ("PR@42 PR@97", {"confirmation_days": 56}, "SD@42"),
        ("PR@42 PR@98", {"confirmation_days": 56}, "PR@42"),
        ("PR@42 PR@43", {"confirmation_days": 0}, "PR@42"),
        ("PR@42 NE@56 PR@70", {"max_ne_between": 0}, "SD@42"),
        ("PR@42 NE@50 NE@60 PR@70", {"max_ne_between": 2}, "PR@42"),
        ("CR@42 NE@50 NE@55 NE@60 CR@70", {"max_ne_between": None}, "CR@42"),
        ("PR@42 SD@56 PR@70", {"sd_between": True}, "PR@42"),
        ("PR@42 SD@56 SD@60 PR@70", {"sd_between": True}, "SD@42"),
        ("PR@42 SD@56 SD@60 PR@70", {"sd_between": True, "max_sd_between": 2}, "PR@42"),
        ("PR@42 SD@56 NE@60 PR@70", {"sd_between": True}, "PR@42"),
        ("CR@42 SD@56 CR@70", {"sd_between": True}, "SD@42"),
        ("SD@28", {"sd_window_days": 28}, "SD@28"),
        ("SD@27", {"sd_window_days": 28}, "NE@27"),
        ("SD@55 PD@60", {"sd_window_days": 56}, "PD@60"),
        ("", {"missing_as_ne": True}, "NE@None"),
        ("", {"missing_as_ne": False}, "MISSING@None"),
        ("CHECK@50", {}, "MISSING@None"),
        ("CR@20 PR@50", {"pd_after_cr": True}, "PD@50"),
        ("SD@2020-02", {"impute_day": "first"}, "NE@31"),
        ("SD@2020-02", {"impute_day": "none"}, "MISSING@None"),
        ("SD@2020", {}, "MISSING@None"),
    ],
)
def test_a_study_may_change_every_rule(
    sequence: str, changes: dict[str, object], confirmed: str, responses_of: Responses
) -> None:
    convention = replace(ADMIRALONCO, name="ours", **changes)  # type: ignore[arg-type]
    assert best(responses_of(sequence), convention)[1] == confirmed


@pytest.mark.parametrize(
    ("therapy", "confirmed"),
    [("2020-03-11", "SD@42"), ("2020-03-12", "PR@42"), ("2020-02-12", "MISSING@None")],
)
def test_only_what_comes_before_new_therapy_counts(
    therapy: str, confirmed: str, responses_of: Responses
) -> None:
    cohort = responses_of("PR@42 PR@70", NEWTRTDT=therapy)  # 12 February and 11 March
    assert best(cohort, replace(ADMIRALONCO, new_therapy="censor"))[1] == confirmed
    assert best(cohort, ADMIRALONCO)[1] == "PR@42"


def test_censoring_at_new_therapy_needs_its_date(responses_of: Responses) -> None:
    with pytest.raises(NotEvaluable, match="NEWTRTDT"):
        responses_by_subject(responses_of("PR@42"), replace(RECIST_11, new_therapy="censor"))


def test_dates_of_response_progression_and_benefit(responses_of: Responses) -> None:
    cohort = responses_of("SD@20 PR@40 NE@60 PR@70 PD@90 CR@120")
    row = responses_by_subject(cohort, RECIST_11).frame.iloc[0]
    days = {name[:-5]: day(row[name]) for name in row.index if name.endswith("_date")}
    assert days["first_response"] == days["confirmed_response"] == days["benefit"] == 40
    assert (days["first_pd"], days["last_assessment"]) == (90, 120)
    assert (row["benefit"], row["confirmed_benefit"]) == (True, True)
    assert (row["assessed"], row["undated"]) == (6, 0)


def test_benefit_without_response_and_without_confirmation(responses_of: Responses) -> None:
    row = responses_by_subject(responses_of("PR@20 SD@50 PD@90"), ADMIRALONCO).frame.iloc[0]
    assert (day(row["benefit_date"]), day(row["confirmed_benefit_date"])) == (20, 50)
    row = responses_by_subject(responses_of("PR@20 PD@50"), ADMIRALONCO).frame.iloc[0]
    assert (row["benefit"], row["confirmed_benefit"]) == (True, False)
    row = responses_by_subject(responses_of("NE@50 SD@41 PD@60"), ADMIRALONCO).frame.iloc[0]
    assert not row["benefit"]


def test_a_partial_date_that_is_left_out_is_counted(responses_of: Responses) -> None:
    summary = responses_by_subject(responses_of("SD@2020 SD@50"), RECIST_11)
    assert summary.frame["undated"].tolist() == [1]
    assert summary.notes == ("1 response: no complete date, not counted",)


def test_days_count_from_the_first_dose_where_nobody_was_randomised(
    make_cohort: CohortMaker,
) -> None:
    cohort = make_cohort(
        patients={"USUBJID": ["01", "02"], "TRTSDT": ["2020-01-01", None]},
        responses={
            "USUBJID": ["01", "02"],
            "AVALC": ["SD", "SD"],
            "ADT": ["2020-02-12", "2020-02-12"],
        },
    )
    summary = responses_by_subject(cohort, RECIST_11)
    assert summary.frame["best"].tolist() == ["SD", "NE"]
    assert summary.start == "TRTSDT"
    assert summary.notes == ("days count from TRTSDT; there is no RANDDT",)


def test_a_study_without_start_is_not_evaluable(make_cohort: CohortMaker) -> None:
    cohort = make_cohort(
        patients={"USUBJID": ["01"]},
        responses={"USUBJID": ["01"], "AVALC": ["SD"], "ADT": ["2020-02-12"]},
    )
    with pytest.raises(NotEvaluable, match="RANDDT"):
        responses_by_subject(cohort, RECIST_11)


READERS = {
    "USUBJID": ["01"] * 4,
    "AVALC": ["PR", "SD", "PD", "CR"],
    "ADT": ["2020-03-01"] * 4,
    "EVAL": ["INVESTIGATOR", *["INDEPENDENT ASSESSOR"] * 3],
    "EVALID": [None, "READER 1", "READER 2", "READER 3"],
}
START = {"USUBJID": ["01"], "RANDDT": ["2020-01-01"]}


@pytest.mark.parametrize(
    ("evaluator", "accepted", "expected"),
    [
        ("", [None, None, None, None], "PR"),
        ("Independent Assessor", [None, None, "Y", None], "PD"),
        ("READER 3", [None, None, "Y", None], "CR"),
    ],
)
def test_whose_assessments_count(
    evaluator: str, accepted: list[str | None], expected: str, make_cohort: CohortMaker
) -> None:
    cohort = make_cohort(patients=START, responses={**READERS, "ACPTFL": accepted})
    summary = responses_by_subject(cohort, replace(RECIST_11, evaluator=evaluator))
    assert summary.frame["best"].tolist() == [expected]


@pytest.mark.parametrize(
    ("evaluator", "message"),
    [("INDEPENDENT ASSESSOR", "none is accepted"), ("SPONSOR", "no assessment by SPONSOR")],
)
def test_whose_assessments_count_is_not_guessed(
    evaluator: str, message: str, make_cohort: CohortMaker
) -> None:
    cohort = make_cohort(patients=START, responses=READERS)
    with pytest.raises(NotEvaluable, match=message):
        responses_by_subject(cohort, replace(RECIST_11, evaluator=evaluator))


def test_several_committees_and_no_investigator_is_not_guessed(make_cohort: CohortMaker) -> None:
    eval_ = ["COMMITTEE", "SPONSOR", "SPONSOR", "SPONSOR"]
    cohort = make_cohort(patients=START, responses={**READERS, "EVAL": eval_})
    with pytest.raises(NotEvaluable, match="COMMITTEE, SPONSOR"):
        responses_by_subject(cohort, RECIST_11)


# Example data of admiralonco's derive_param_confirmed_bor (Apache License 2.0), window 28 days:
# subject -> start, visits, CBOR by default, CBOR with confirmation after 14 days, no NE, one SD.
EXAMPLE = {
    "1": ("2020-01-01", "PR@0 CR@31 NE@46 CR@60 SD@91", "CR@31", "PR@0"),
    "2": ("2019-12-12", "SD@20 PR@51 SD@80 CR@92", "SD@51", "PR@51"),
    "3": ("2019-11-11", "CR@1 CR@21 SD@51", "SD@51", "CR@1"),
    "4": ("2019-12-30", "PR@2 SD@62 SD@93 PR@123 NON-CR/NON-PD@137", "SD@62", "SD@62"),
    "5": ("2020-01-01", "PR@0 SD@9 PR@19 NON-CR/NON-PD@135", f"{NN}@135", "PR@0"),
    "6": ("2020-02-02", "PR@4 CR@14 PR@57", "SD@57", "SD@57"),
    "7": ("2020-02-02", "PR@4 CR@14 NE@59", "NE@4", "NE@4"),
    "9": ("2020-02-01", "PD@15 SD@34", "PD@15", "PD@15"),
}


@pytest.mark.parametrize("subject", EXAMPLE)
def test_the_published_example_of_admiralonco(subject: str, responses_of: Responses) -> None:
    _, sequence, default, changed = EXAMPLE[subject]
    convention = replace(ADMIRALONCO, sd_window_days=28)
    assert best(responses_of(sequence), convention)[1] == default
    other = replace(convention, confirmation_days=14, max_ne_between=0, sd_between=True)
    assert best(responses_of(sequence), other)[1] == changed


@pytest.mark.parametrize(
    ("sequence", "treated", "expected"),
    [
        ("SD@52", "2020-01-11", "SD@52"),  # treated from day 10
        ("SD@51", "2020-01-11", "NE@51"),
        ("NON-CR/NON-PD@51 PD@60", "2020-01-11", "PD@60"),
        ("CR@5 SD@60", "2020-01-11", "CR@5"),  # before treatment, after the start
        ("SD@60", "", "NE@60"),  # never treated
    ],
)
def test_least_time_of_sd_from_another_date(
    sequence: str, treated: str, expected: str, responses_of: Responses
) -> None:
    convention = replace(ADMIRALONCO, sd_window_from="TRTSDT")
    assert best(responses_of(sequence, TRTSDT=treated), convention)[0] == expected


def test_the_date_from_which_sd_is_counted_must_be_there(responses_of: Responses) -> None:
    with pytest.raises(NotEvaluable, match="TRTSDT"):
        responses_by_subject(responses_of("SD@60"), replace(ADMIRALONCO, sd_window_from="TRTSDT"))


def test_the_last_assessment_is_told_as_it_was_recorded(responses_of: Responses) -> None:
    frame = responses_by_subject(responses_of("CR@20 PD@50 SD@80"), RECIST_11).frame
    assert frame["last_assessment"].to_list() == ["SD"]
    assert frame["last_assessment_date"].to_list() == [pd.Timestamp("2020-03-21")]
    nothing = responses_by_subject(responses_of("SD@-5"), RECIST_11).frame
    assert nothing["last_assessment"].to_list() == [""]
