"""Endpoints of whole cohorts: what is computed, for whom, and what is said where it is not."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest

from auditor.claims import Population
from auditor.conventions import RECIST_11, SurvivalConvention
from auditor.endpoints.baseline import quartiles
from auditor.endpoints.populations import populations
from auditor.endpoints.recompute import Recomputed, recompute
from auditor.endpoints.text import to_csv, to_text
from auditor.errors import NotEvaluable
from auditor.estimate import Estimate
from auditor.frames.cohort import Cohort
from auditor.study import Group, Study

from .cohorts import make_cohort

ALL = Population()


def arm(name: str, *more: tuple[str, str]) -> Population:
    return Population((*more, ("TRT01P", name)))


PATIENTS = pd.DataFrame(
    {
        "USUBJID": [f"S{i}" for i in range(1, 9)],
        "TRT01P": ["B", "A"] * 4,
        "SEX": ["F", "F", "M", "M", "F", "F", "M", None],
        "AGE": [40, 50, 60, 70, 45, 55, 65, 75],
        "ECOG": [0, 1, 0, 1, 0, 1, 0, 1],
        "RANDDT": ["2024-01-01"] * 8,
        "LSTALVDT": ["2024-12-31"] * 8,
        "DTHDT": ["2024-07-01", None, None, "2024-10-01", None, None, None, None],
        "NOTE": [f"free text of patient {i}" for i in range(8)],
        "HISTOLOGY": ["sarcoma"] * 4 + ["other"] * 4,
    }
)
RESPONSES = pd.DataFrame(
    [
        ("S1", "2024-02-15", "PR"),
        ("S1", "2024-04-01", "PR"),
        ("S1", "2024-06-01", "PD"),
        ("S2", "2024-02-15", "CR"),
        ("S3", "2024-02-15", "SD"),
        ("S4", "2024-02-15", "PD"),
        ("S5", "2024-01-20", "NE"),
        ("S6", "2024-02-15", "PR"),
        ("S7", "2024-02-15", "SD"),
        ("S7", "2024-07-01", "SD"),
    ],
    columns=["USUBJID", "ADT", "AVALC"],
)
EVENTS = pd.DataFrame(
    {
        "USUBJID": ["S1", "S1", "S2", "S3", "S9"],
        "DECOD": ["NAUSEA", "NAUSEA", "NAUSEA", "RASH", "RASH"],
        "TOXGR": [1, 3, 2, None, 5],
        "SER": ["Y", "N", "N", "N", "Y"],
    }
)


STUDY = Study(
    by=("SEX",),
    groups=(Group("older", {"SEX": ("F", "M"), "ECOG": ("1",)}),),
    landmarks=(7.0,),
)


def trial(study: Study | None = None, **more: pd.DataFrame) -> Cohort:
    tables = {"patients": PATIENTS, "responses": RESPONSES, "adverse_events": EVENTS, **more}
    return make_cohort(study, **tables)


@pytest.fixture(scope="module")
def recomputed() -> Recomputed:
    return recompute(trial(STUDY))


def one(
    recomputed: Recomputed,
    endpoint: str,
    statistic: str,
    population: Population = ALL,
    *conventions: str,
    versus: Population | None = None,
    of: str = "",
) -> Estimate:
    found = [
        e
        for e in recomputed.estimates
        if (e.endpoint, e.statistic, e.population, e.versus, e.of)
        == (endpoint, statistic, population, versus, of)
        and set(conventions) <= set(e.conventions)
    ]
    assert len(found) == 1, found
    return found[0]


def test_rates_over_all_and_over_evaluable_subjects(recomputed: Recomputed) -> None:
    everyone = ("unconfirmed", "all subjects")
    assert one(recomputed, "ORR", "count", ALL, *everyone).value == 3
    assert one(recomputed, "ORR", "rate", ALL, *everyone).value == 3 / 8
    assert (
        one(recomputed, "ORR", "denominator", ALL, "unconfirmed", "evaluable subjects").value == 6
    )
    assert one(recomputed, "ORR", "count", ALL, "confirmed", "all subjects").value == 1
    assert one(recomputed, "DCR", "count", ALL, *everyone).value == 5
    # Stable for 168 days: of those without response only the seventh patient.
    assert one(recomputed, "CBR", "count", ALL, "unconfirmed", "stable for 168 days").value == 4
    assert one(recomputed, "CBR", "count", ALL, "unconfirmed", "stable for 42 days").value == 5
    assert one(recomputed, "BOR=NE", "count", arm("B"), *everyone).value == 1
    p = one(
        recomputed,
        "ORR",
        "p-value",
        arm("B"),
        *everyone,
        "Fisher exact, two-sided",
        versus=arm("A"),
    )
    assert p.value == pytest.approx(1)


def test_every_named_interval_of_a_rate(recomputed: Recomputed) -> None:
    bounds = [
        e.conventions[-1]
        for e in recomputed.estimates
        if (e.endpoint, e.statistic, e.of, e.population) == ("ORR", "lower", "rate", ALL)
        and {"unconfirmed", "all subjects"} <= set(e.conventions)
    ]
    assert bounds == [
        "Clopper-Pearson 95%",
        "Wilson 95%",
        "Wilson with continuity correction 95%",
        "Wald 95%",
        "Agresti-Coull 95%",
        "Jeffreys 95%",
        "mid-p 95%",
    ]


def test_subgroups_groups_and_arms_within_them(recomputed: Recomputed) -> None:
    everyone = ("unconfirmed", "all subjects")
    women = Population((("SEX", "F"),))
    assert one(recomputed, "ORR", "count", women, *everyone).value == 3
    assert one(recomputed, "ORR", "denominator", women, *everyone).value == 4
    assert one(recomputed, "ORR", "count", arm("A", ("SEX", "F")), *everyone).value == 2
    older = Population((("group", "older"),))
    assert one(recomputed, "ORR", "denominator", older, *everyone).value == 3
    assert "1 patient without SEX, in no group by it" in recomputed.notes


def test_survival_of_the_arms(recomputed: Recomputed) -> None:
    assert one(recomputed, "OS", "events", ALL).value == 2
    median = one(recomputed, "OS", "median", ALL, "level at 0.5: midpoint")
    assert (median.value, median.why, median.unit) == (None, "not reached", "months")
    at = one(recomputed, "OS", "survival", ALL)
    assert at.at == 7.0
    assert at.value == pytest.approx(7 / 8)
    assert one(recomputed, "OS", "at-risk", ALL).value == 7
    ratio = one(recomputed, "OS", "hazard-ratio", arm("B"), "Cox (Efron)", versus=arm("A"))
    assert ratio.value is not None
    assert ratio.n == 8
    test = one(recomputed, "OS", "p-value", arm("B"), "log-rank", versus=arm("A"))
    assert test.value is not None
    follow_up = one(recomputed, "follow-up", "median", ALL, "reverse Kaplan-Meier")
    assert follow_up.value == pytest.approx(366 / 30.4375)


def test_no_hazard_ratio_is_said_not_guessed() -> None:
    nobody_dies_in_a = PATIENTS.assign(DTHDT=pd.Series({0: "2024-07-01"}))
    found = recompute(trial(patients=nobody_dies_in_a))
    ratio = one(found, "OS", "hazard-ratio", arm("B"), "Cox (Efron)", versus=arm("A"))
    assert ratio.value is None
    assert ratio.why == "no finite hazard ratio: a group has no event"


def test_the_reference_is_the_first_arm_of_the_study() -> None:
    found = recompute(trial(Study(arms=("B", "A"))))
    ratio = one(found, "OS", "hazard-ratio", arm("A"), "Cox (Efron)", versus=arm("B"))
    assert ratio.value is not None


def test_adverse_events_count_patients_once_at_the_worst_grade(recomputed: Recomputed) -> None:
    assert one(recomputed, "AE", "count", ALL).value == 3
    assert one(recomputed, "AE", "events", ALL).value == 4
    assert one(recomputed, "AE", "denominator", ALL).value == 8
    assert one(recomputed, "AE grade=3", "count", ALL).value == 1
    assert one(recomputed, "AE grade>=3", "events", ALL).value == 1
    assert one(recomputed, "AE grade unknown", "count", ALL).value == 1
    assert one(recomputed, "AE DECOD=NAUSEA", "count", arm("B")).value == 1
    assert one(recomputed, "AE DECOD=NAUSEA", "events", arm("B")).value == 2
    assert one(recomputed, "AE serious", "count", ALL).value == 1
    # Nobody's worst grade is 1, though an event had it; no event had grade 4.
    assert one(recomputed, "AE grade=1", "count", ALL).value == 0
    assert one(recomputed, "AE grade=1", "events", ALL).value == 1
    assert not [e for e in recomputed.estimates if e.endpoint == "AE grade=4"]
    assert "adverse events: 1 record left out, of nobody who is analysed" in recomputed.notes


def test_treatment_emergent_events_in_the_safety_population() -> None:
    patients = PATIENTS.assign(SAFFL=["Y", "Y", "N"] + ["Y"] * 5)
    events = EVENTS.assign(TRTEMFL=["N", "Y", "Y", "Y", "Y"])
    found = recompute(trial(patients=patients, adverse_events=events))
    assert one(found, "AE", "denominator", ALL).value == 7
    any_event = one(found, "AE", "count", ALL)
    assert any_event.value == 2
    assert any_event.conventions[:2] == (
        "treatment-emergent (TRTEMFL)",
        "safety population (SAFFL)",
    )
    assert one(found, "AE", "events", ALL).value == 2


def test_baseline(recomputed: Recomputed) -> None:
    assert one(recomputed, "N", "count", arm("A")).value == 4
    assert one(recomputed, "AGE", "mean", ALL).value == 57.5
    assert one(recomputed, "AGE", "sd", ALL).value == pytest.approx(12.2474487)
    assert one(recomputed, "AGE", "median", ALL).value == 57.5
    assert one(recomputed, "AGE", "min", arm("A")).value == 50
    assert one(recomputed, "SEX=F", "rate", ALL, "all subjects").value == 0.5
    assert one(recomputed, "SEX=F", "rate", ALL, "subjects with a value").value == 4 / 7
    assert one(recomputed, "SEX missing", "count", ALL).value == 1
    assert one(recomputed, "ECOG=1", "count", ALL).value == 4
    # A column beside the standard ones, where its values recur.
    assert one(recomputed, "HISTOLOGY=sarcoma", "count", ALL).value == 4


def test_quartiles_by_three_definitions() -> None:
    # As R gives them for these numbers with type 7, 6 and 2.
    found = quartiles(pd.Series([1.0, 3, 4, 8, 9, 20]).to_numpy(), 0.25)
    assert found == {"R (type 7)": 3.25, "SPSS (type 6)": 2.5, "SAS (type 2)": 3}


def test_lines_of_treatment() -> None:
    lines = pd.DataFrame({"USUBJID": ["S1", "S1", "S2", "S3"], "LINE": [1, 2, 1, 1]})
    found = recompute(trial(lines=lines))
    assert one(found, "LINE=1", "count", ALL, "patients with this line").value == 3
    assert one(found, "LINE=1", "count", ALL, "highest line").value == 2
    second = Population((("LINE", "2"),))
    assert one(found, "ORR", "count", second, "unconfirmed", "all subjects").value == 1


def test_recorded_responses_and_times_stand_beside_derived_ones() -> None:
    times = pd.DataFrame(
        {
            "USUBJID": ["S1", "S2"],
            "PARAMCD": ["OS", "OS"],
            "AVAL": [3.0, 9.0],
            "AVALU": ["MONTHS", "MONTHS"],
            "CNSR": [0, 1],
        }
    )
    best = pd.DataFrame({"USUBJID": ["S1", "S2"], "PARAMCD": ["BOR", "BOR"], "AVALC": ["PR", "SD"]})
    found = recompute(trial(times=times, best_responses=best))
    assert one(found, "OS", "denominator", ALL, "as recorded (ADTTE)").value == 2
    assert one(found, "OS", "denominator", ALL, "derived").value == 8
    recorded = ("as recorded (ADRS)", "BOR", "all subjects")
    assert one(found, "ORR", "count", ALL, *recorded).value == 1
    assert one(found, "ORR", "denominator", ALL, *recorded).value == 8
    assert "OS (ADTTE) events/n" in to_text(found)


def test_what_is_absent_is_a_note_and_no_crash() -> None:
    bare = recompute(make_cohort(patients=PATIENTS[["USUBJID", "AGE"]]))
    assert one(bare, "N", "count").value == 8
    text = " ".join(bare.notes)
    for part in (
        "nothing is divided by arm",
        "response from assessments is not computed",
        "OS is not derived",
        "PFS is not derived",
        "recorded times to events are not used",
        "adverse events are not computed",
    ):
        assert part in text
    nothing = recompute(make_cohort())
    assert nothing.estimates == ()
    assert "nothing is computed" in nothing.notes[0]
    assert "No endpoint could be computed." in to_text(nothing)


def test_columns_that_cannot_divide_the_patients() -> None:
    found = recompute(
        trial(
            Study(
                by=("NOTE", "ABSENT", "HISTOLOGY"),
                groups=(Group("none", {"SEX": ("X",)}), Group("open", {"ABSENT": ("1",)})),
            )
        )
    )
    assert "nothing is divided by ABSENT: the patients have no such column" in found.notes
    assert "group none is empty" in found.notes
    assert "group open cannot be formed: the patients have no ABSENT" in found.notes
    sarcoma = Population((("HISTOLOGY", "sarcoma"),))
    assert one(found, "N", "count", sarcoma).value == 4


def test_who_is_analysed() -> None:
    screened = PATIENTS.assign(RANDDT=PATIENTS["RANDDT"].where(PATIENTS["ECOG"] == 1))
    assert list(populations(trial(patients=screened)).people.index) == ["S2", "S4", "S6", "S8"]
    flagged = PATIENTS.assign(ITTFL=["Y"] * 7 + ["N"])
    who = populations(trial(patients=flagged))
    assert len(who.people) == 7
    assert who.who == "intention to treat (ITTFL)"
    twice = pd.concat([PATIENTS, PATIENTS.head(1)])
    assert "1 row left out" in populations(trial(patients=twice)).notes[0]
    with pytest.raises(NotEvaluable, match="no patient"):
        populations(make_cohort(patients=PATIENTS.head(0)))


@pytest.mark.parametrize(
    "columns",
    [
        {"TRT01P": ["A", "B", "Screen Failure", "Not Assigned"]},
        {
            "TRT01P": ["A", "B", None, None],
            "ARMNRS": [None, None, "SCREEN FAILURE", "NOT ASSIGNED"],
        },
    ],
)
def test_screening_failures_are_in_no_denominator(columns: dict[str, list[str | None]]) -> None:
    frame = pd.DataFrame({"USUBJID": ["1", "2", "3", "4"], "SEX": ["F", "F", "F", "M"], **columns})
    who = populations(make_cohort(patients=frame))
    assert (who.who, list(who.people.index)) == ("assigned to an arm", ["1", "2"])
    assert "2 patients not analysed: not assigned to an arm" in who.notes
    assert who.arm is not None
    assert [name for name, _ in who.arm.levels] == ["A", "B"]


def test_codes_and_identifiers_are_no_baseline_characteristics() -> None:
    frame = pd.DataFrame(
        {
            "USUBJID": [str(i) for i in range(12)],
            "SUBJID": range(12),
            "TRT01P": ["A", "B"] * 6,
            "TRT01PN": [1, 2] * 6,
            "AGEGR1": ["<65", ">=65"] * 6,
            "AGEGR1N": [1, 2] * 6,
            "ALBUMIN": [40, 41] * 6,
        }
    )
    found = {e.endpoint.split("=")[0] for e in recompute(make_cohort(patients=frame)).estimates}
    assert found >= {"AGEGR1", "ALBUMIN"}
    assert not found & {"SUBJID", "TRT01PN", "AGEGR1N"}


def test_notes_and_estimates_hold_no_free_text_and_no_identifier(recomputed: Recomputed) -> None:
    said = to_text(recomputed) + to_csv(recomputed)
    assert "free text" not in said
    assert "S1" not in said
    assert "2024" not in " ".join(recomputed.notes)


def test_the_same_cohort_gives_the_same_bytes(recomputed: Recomputed) -> None:
    assert recompute(trial(STUDY)) == recomputed
    shuffled = recompute(
        trial(STUDY, responses=RESPONSES.iloc[::-1], adverse_events=EVENTS.iloc[::-1])
    )
    assert to_csv(shuffled) == to_csv(recomputed)
    assert shuffled.curves == recomputed.curves


def test_curves_can_be_drawn(recomputed: Recomputed) -> None:
    curve = next(c for c in recomputed.curves if (c.endpoint, c.population) == ("OS", ALL))
    assert (curve.times[0], curve.survival[0]) == (0, 1)
    assert len(curve.times) == len(curve.survival) == len(curve.lower) == len(curve.upper) == 3
    assert list(curve.survival) == sorted(curve.survival, reverse=True)
    assert curve.at_risk[0] == (0.0, 8)
    counts = [n for _, n in curve.at_risk]
    assert counts == sorted(counts, reverse=True)
    assert (curve.n, curve.events, curve.median) == (8, 2, None)


def test_the_interval_and_the_rule_of_the_study_come_first() -> None:
    survival = SurvivalConvention(unit="days", ci="symmetric", ties="breslow")
    found = recompute(trial(Study(survival=survival, response=replace(RECIST_11, confirmed=True))))
    first = next(
        e for e in found.estimates if (e.endpoint, e.statistic, e.of) == ("PFS", "lower", "median")
    )
    assert "symmetric 95%" in first.conventions
    ratio = next(e for e in found.estimates if e.statistic == "hazard-ratio")
    assert "Cox (Breslow)" in ratio.conventions
    rate = next(e for e in found.estimates if e.endpoint == "ORR")
    assert "confirmed" in rate.conventions


def test_text_shows_rows_by_arm(recomputed: Recomputed) -> None:
    lines = to_text(recomputed).splitlines()
    row = next(line for line in lines if line.startswith("ORR "))
    assert "3/8 (37.5%) [8.5% to 75.5%]" in row
    assert lines[0].split() == ["TRT01P", "All", "A", "B"]
    assert any(
        line.startswith("SEX ") and line.split() == ["SEX", "All", "F", "M"] for line in lines
    )
    assert any("Clopper-Pearson 95%" in line for line in lines)


def test_csv_has_every_estimate_with_all_its_digits(recomputed: Recomputed) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(recomputed))))
    assert len(rows) == len(recomputed.estimates)
    for row, estimate in zip(rows, recomputed.estimates, strict=True):
        assert row["value"] == ("" if estimate.value is None else repr(estimate.value))
    assert any(row["why"] == "not reached" for row in rows)


def test_csv_holds_no_formula() -> None:
    arms = PATIENTS.assign(SEX=["=1+1", "-F"] * 4)
    for row in csv.reader(io.StringIO(to_csv(recompute(trial(patients=arms))))):
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_hardly_anybody(rows: int) -> None:
    """The fewest patients, and tables without rows, give numbers or reasons, never a crash."""
    tables = {
        "patients": PATIENTS.head(max(rows, 1)),
        "responses": RESPONSES.head(rows),
        "adverse_events": EVENTS.head(rows),
        "times": pd.DataFrame(
            {"USUBJID": ["S1"], "PARAMCD": ["OS"], "AVAL": [0.0], "AVALU": ["DAYS"], "CNSR": [0]}
        ).head(rows),
        "lines": pd.DataFrame({"USUBJID": ["S1"], "LINE": [1.0]}).head(rows),
    }
    found = recompute(make_cohort(STUDY, **tables))
    assert one(found, "N", "count").value == max(rows, 1)
    assert all(e.value is not None or e.why for e in found.estimates)
    assert to_text(found)
    assert to_csv(found)


def test_nobody_responds_and_nobody_dies() -> None:
    found = recompute(
        trial(
            patients=PATIENTS.assign(DTHDT=None),
            responses=RESPONSES.assign(AVALC="SD"),
        )
    )
    assert one(found, "ORR", "rate", ALL, "unconfirmed", "all subjects").value == 0
    p = one(
        found,
        "ORR",
        "p-value",
        arm("B"),
        "confirmed",
        "all subjects",
        "Fisher exact, two-sided",
        versus=arm("A"),
    )
    assert p.value is None
    assert p.why
    assert one(found, "OS", "median", ALL, "level at 0.5: midpoint").why == "not reached"
    durations = [e for e in found.estimates if e.endpoint == "DoR" and e.population == ALL]
    assert {e.why for e in durations} == {"nobody in the population has a time"}
