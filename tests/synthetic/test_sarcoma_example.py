"""The shipped cohort of 44: what its script makes, and the figures of the example manuscript."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditor.endpoints.kaplan_meier import kaplan_meier
from auditor.endpoints.log_rank import LogRank, log_rank
from auditor.endpoints.quantiles import median
from auditor.frames.cohort import Cohort
from auditor.frames.dispatch import read_extract
from auditor.frames.standardise import standardise
from auditor.study_file import read_study
from auditor.synthetic.cohort import csv_bytes

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
COHORT = EXAMPLES / "sarcoma-cohort"
MONTH = 30.4375
OSTEO, SOFT = "Osteosarcoma", "Soft tissue sarcoma"


@pytest.fixture(scope="module")
def cohort() -> Cohort:
    cohort: Cohort = standardise(read_extract(COHORT), read_study(EXAMPLES / "sarcoma-study.toml"))
    return cohort


@pytest.fixture(scope="module")
def patients(cohort: Cohort) -> pd.DataFrame:
    """Patients with the further columns as delivered, and both times in months."""
    table = cohort.tables["patients"]
    more = table.delivered.frame.drop(columns=list(table.columns.values()), errors="ignore")
    frame = table.frame.join(more[[c for c in more if c not in table.frame]])
    times = cohort.tables["times"].frame
    for code in ("PFS", "OS"):
        one = times[times["PARAMCD"] == code].set_index("USUBJID")
        frame[code] = frame["USUBJID"].map(one["AVAL"]) / MONTH
        frame[f"{code} event"] = frame["USUBJID"].map(one["CNSR"]) == 0
    return frame


def test_the_files_are_what_the_script_makes() -> None:
    if not (ROOT / "benchmarks").exists():
        pytest.skip("the source distribution has no benchmarks")
    tables = import_module("sarcoma_cohort").make_tables()
    assert {path.stem for path in COHORT.glob("*.csv")} == set(tables)
    for name, frame in tables.items():
        assert (COHORT / f"{name}.csv").read_bytes() == csv_bytes(frame), name


def test_every_value_is_read(cohort: Cohort) -> None:
    assert set(cohort.tables) == {
        *("patients", "responses", "best_responses", "lesions", "tumours"),
        *("times", "adverse_events", "lines", "exposures"),
    }
    assert [table.name for table in cohort.tables.values() if table.unread] == []


TABLE_1: dict[str, dict[str, tuple[int, int]]] = {
    "SEX": {"M": (9, 12), "F": (4, 19)},
    "Primary tumor site": {"Extremities": (12, 21), "Trunk": (1, 10)},
    "Surgical history": {"Y": (11, 25), "N": (2, 6)},
    "Chemotherapy history": {"Y": (13, 12), "N": (0, 19)},
    "Radiotherapy history": {"Y": (0, 8), "N": (13, 23)},
    "Recurrence": {"Y": (8, 21), "N": (5, 10)},
    "Distant metastases": {"Lung only": (8, 10), "Other single": (0, 3), "Multiple organs": (2, 2)},
    "TRT01P": {
        "Study drug": (7, 16),
        "Study drug plus chemotherapy": (6, 13),
        "Study drug plus radiotherapy": (0, 2),
    },
    "Treatment line": {"First line": (2, 8), "Second line": (8, 18), "Beyond second line": (3, 5)},
}


@pytest.mark.parametrize("column", TABLE_1)
def test_rows_of_table_1(patients: pd.DataFrame, column: str) -> None:
    found = pd.crosstab(patients[column], patients["Disease"])
    for value, counts in TABLE_1[column].items():
        assert tuple(found.loc[value, [OSTEO, SOFT]]) == counts, value


def test_ages_and_performance_status(patients: pd.DataFrame) -> None:
    ages = patients.groupby("Disease")["AGE"].agg(["median", "min", "max"])
    assert list(ages.loc[OSTEO]) == [28, 8, 62]
    assert list(ages.loc[SOFT]) == [55, 19, 76]
    assert patients["AGE"].median() == 48.5
    assert patients[patients["ECOG"] <= 1].groupby("Disease").size().to_dict() == {
        OSTEO: 10,
        SOFT: 20,
    }


# Tables 2 and 5: therapy, line -> patients with PR, SD, PD.
BY_TREATMENT = {
    OSTEO: {
        ("Study drug plus chemotherapy", "First line"): (0, 0, 2),
        ("Study drug", "Second line"): (0, 2, 2),
        ("Study drug plus chemotherapy", "Second line"): (0, 3, 1),
        ("Study drug", "Beyond second line"): (0, 2, 1),
    },
    SOFT: {
        ("Study drug", "First line"): (1, 0, 0),
        ("Study drug plus chemotherapy", "First line"): (3, 3, 0),
        ("Study drug plus radiotherapy", "First line"): (0, 1, 0),
        ("Study drug", "Second line"): (0, 8, 4),
        ("Study drug plus chemotherapy", "Second line"): (2, 1, 3),
        ("Study drug", "Beyond second line"): (0, 3, 0),
        ("Study drug plus chemotherapy", "Beyond second line"): (0, 0, 1),
        ("Study drug plus radiotherapy", "Beyond second line"): (0, 0, 1),
    },
}
# Table 3
BY_SUBTYPE = {
    "FS": (2, 5, 2), "SS": (1, 3, 1), "UPS": (0, 2, 3), "LMS": (1, 0, 2), "LPS": (0, 2, 0),
    "CCS": (1, 0, 0), "ASPS": (1, 0, 0), "Others": (0, 4, 1),
}  # fmt: skip


def responses(frame: pd.DataFrame) -> tuple[int, ...]:
    return tuple(int((frame["BOR"] == label).sum()) for label in ("PR", "SD", "PD"))


@pytest.mark.parametrize("disease", BY_TREATMENT)
def test_responses_by_treatment_and_line(patients: pd.DataFrame, disease: str) -> None:
    mine = patients[patients["Disease"] == disease]
    found = {key: responses(group) for key, group in mine.groupby(["TRT01P", "Treatment line"])}
    assert found == BY_TREATMENT[disease]


def test_responses_by_subtype(patients: pd.DataFrame) -> None:
    mine = patients[patients["Disease"] == SOFT]
    found = {key: responses(group) for key, group in mine.groupby("Histological subtype")}
    assert found == BY_SUBTYPE


# Table 7: patients with grades 1-2 and 3-4.
EVENTS = {
    "HAND-FOOT SYNDROME": (12, 1), "DIARRHEA": (8, 0), "HOARSENESS OR SORE THROAT": (7, 0),
    "VOMIT": (4, 0), "HYPERTENSION": (3, 1), "PLEURAL EFFUSION": (0, 2), "PNEUMOTHORAX": (1, 2),
    "ANEMIA": (0, 1), "HEMOPTYSIS": (0, 1),
}  # fmt: skip


def test_adverse_events(cohort: Cohort, patients: pd.DataFrame) -> None:
    events = cohort.tables["adverse_events"].frame
    worst = events.groupby(["DECOD", "USUBJID"])["TOXGR"].max()
    found = {
        term: (int((grades <= 2).sum()), int((grades >= 3).sum()))
        for term, grades in worst.groupby(level="DECOD")
    }
    assert found == EVENTS
    arm = patients.set_index("USUBJID")["TRT01P"]
    anybody = arm.loc[list(set(events["USUBJID"]))].value_counts().to_dict()
    assert anybody == {"Study drug": 12, "Study drug plus chemotherapy": 10}
    severe = arm.loc[list(set(events.loc[events["TOXGR"] >= 3, "USUBJID"]))].value_counts()
    assert severe.to_dict() == {"Study drug": 2, "Study drug plus chemotherapy": 3}


def test_lowered_doses(cohort: Cohort) -> None:
    lowest = cohort.tables["exposures"].frame.groupby("USUBJID")["DOSE"].min()
    assert lowest.value_counts().to_dict() == {12.0: 41, 10.0: 2, 8.0: 1}


def where(patients: pd.DataFrame, group: str) -> pd.DataFrame:
    """The patients of a group as the search calls it ("soft line 2")."""
    disease, _, rest = group.partition(" ")
    if disease not in ("soft", "osteo"):
        return patients[patients["Histological subtype"] == group]
    mine = patients[patients["Disease"] == (SOFT if disease == "soft" else OSTEO)]
    lines = {"line 1": "First line", "line 2": "Second line", "line 3": "Beyond second line"}
    arms = {
        "alone": "Study drug",
        "chemotherapy": "Study drug plus chemotherapy",
        "radiotherapy": "Study drug plus radiotherapy",
    }
    if rest in lines:
        return mine[mine["Treatment line"] == lines[rest]]
    return mine[mine["TRT01P"] == arms[rest]] if rest else mine


def printed(value: float | None) -> float | None:
    return None if value is None else round(value + 1e-9, 1)


DIFFERENT = ["PFS soft alone: (5.4, 4.9, 6.0), found [5.4, 4.9, 5.8]"]
"""What the search did not reach; examples/README.md says so."""


def test_survival_is_as_printed(patients: pd.DataFrame) -> None:
    """All medians and intervals of the text and of Tables 4 and 6; a lower limit below 0 is
    printed as 0, "?" stands where nothing is printed."""
    search: Any = pytest.importorskip("sarcoma_times")
    wrong = []
    for endpoint, figures in (("PFS", search.PFS), ("OS", search.OS)):
        for group, expected in figures.items():
            mine = where(patients, group)
            found = median(
                kaplan_meier(mine[endpoint], mine[f"{endpoint} event"]), "symmetric", flat="first"
            )
            limits = (found.value, found.lower, found.upper)
            seen = [printed(v if v is None else max(v, 0.0)) for v in limits]
            if any(e not in ("?", s) for e, s in zip(expected, seen, strict=True)):
                wrong.append(f"{endpoint} {group}: {expected}, found {seen}")
    assert wrong == DIFFERENT


def test_tests_of_survival(patients: pd.DataFrame) -> None:
    search: Any = pytest.importorskip("sarcoma_times")
    found = {}
    for endpoint, one, two, p in search.TESTS:
        groups = [where(patients, name) for name in (one, two)]
        times = pd.concat([group[endpoint] for group in groups])
        events = pd.concat([group[f"{endpoint} event"] for group in groups])
        labels = [0] * len(groups[0]) + [1] * len(groups[1])
        found[endpoint, one, two] = (round(_p(log_rank(times, events, labels)), 3), p)
    different = {key: pair for key, pair in found.items() if pair[0] != pair[1]}
    assert different == {("PFS", "osteo line 1", "osteo line 2"): (0.029, 0.033)}


def _p(test: LogRank | None) -> float:
    assert test is not None
    return test.p


def test_mean_follow_up(patients: pd.DataFrame) -> None:
    assert round(patients["OS"].mean(), 1) == 13.6
