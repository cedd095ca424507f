"""Pandera itself, given our models, says what our checks say: verdicts, counts, rows."""

from __future__ import annotations

import importlib
import random
import warnings
from collections import defaultdict
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor import rulebook
from auditor.finding import Severity
from auditor.frames.cohort import Cohort
from auditor.frames.models import model_checks
from auditor.frames.rule import Rule
from auditor.frames.standard import STANDARD_TABLES, Kind, standard_table
from auditor.running import run_check
from auditor.study import Study

from .model_cases import ARMS, CASES, REQUIRED, ModelCase, cohort_of

Broken = dict[str, set[int]]
STUDIES = (
    Study(),
    ARMS,
    *(Study(criteria=criteria) for criteria in ("iRECIST", "RANO", "Lugano")),
)
OURS = [model_checks(rulebook.FOLDER, study) for study in STUDIES]


def schema_of(table: str, study: Study) -> pa.DataFrameSchema:
    module = importlib.import_module(f"{rulebook.__name__}.schemas.{table}")
    make = getattr(module, "for_study", None)
    found: pa.DataFrameSchema = make(study) if make else module.SCHEMA
    return found


def by_pandera(table: str, frame: pd.DataFrame, study: Study) -> Broken:
    """Code -> rows, out of pandera's own failure cases."""
    schema = schema_of(table, study)
    broken: Broken = defaultdict(set)
    try:
        with warnings.catch_warnings():
            # Pandera joins its own lists of failures, of which one may be all missing.
            warnings.simplefilter("ignore", FutureWarning)
            schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for case in errors.failure_cases.to_dict("records"):
            if case["check"] == "not_nullable":
                rule = (schema.columns[case["column"]].metadata or {})["not_nullable"]
                assert isinstance(rule, Rule)
                broken[rule.code].add(int(case["index"]))
            else:
                broken[str(case["check"]).split()[0]].add(int(case["index"]))
    return dict(broken)


def by_us(cohort: Cohort, study: Study) -> Broken:
    broken: Broken = {}
    for check in OURS[STUDIES.index(study)]:
        found = run_check(check, cohort)
        rows = [finding.places[0].row for finding in found.findings]
        assert sum(found.breaches.values()) == len(rows) == len(set(rows))
        assert (found.evaluated or 0) >= len(rows)
        if rows:
            broken[check.code] = {row for row in rows if row is not None}
    return broken


def assert_same(table: str, delivered: pd.DataFrame, study: Study) -> Broken:
    cohort = cohort_of(table, delivered, study)
    ours = by_us(cohort, study)
    codes = {code for code in ours if cohort_codes(table) == code[:3]}
    frame = cohort.tables[table].frame if table in cohort.tables else None
    theirs = by_pandera(table, frame, study) if frame is not None else {}
    assert {code: ours[code] for code in codes} == theirs
    return theirs


def cohort_codes(table: str) -> str:
    return {
        "patients": "PAT", "responses": "RSP", "best_responses": "BST", "lesions": "LES",
        "tumours": "TUM", "times": "TTE", "adverse_events": "AEV", "lines": "LIN",
        "exposures": "EXO",
    }[table]  # fmt: skip


@pytest.mark.parametrize("study", STUDIES, ids=["plain", "arms", "iRECIST", "RANO", "Lugano"])
@pytest.mark.parametrize("table", [table.name for table in STANDARD_TABLES])
def test_the_cases_of_a_table(table: str, study: Study) -> None:
    """All cases of a table in one frame: pandera names the same rows under every code."""
    frames = [case.frame for case in CASES if case.table == table]
    whole = pd.concat(frames, ignore_index=True).astype(object)
    found = assert_same(table, whole.where(whole.notna(), None), study)
    assert found


def _values(table: str, column: str, kind: Kind) -> st.SearchStrategy[Any]:
    seen = [v for c in CASES if (c.table, c.column) == (table, column) for v in c.values]
    seen += [v for c in CASES if c.table == table for v in c.others.get(column, ())]
    choices = [value for value in seen if value is not None]
    wild: st.SearchStrategy[Any] = (
        st.floats(-10, 400, allow_nan=False) | st.integers(-3, 130)
        if kind is Kind.NUMBER
        else st.text("ACDEPRSNadr/- 1", max_size=5)
    )
    known: st.SearchStrategy[Any] = st.sampled_from(choices) if choices else wild
    return st.none() | known | wild


@st.composite
def frames(draw: st.DrawFn) -> tuple[str, pd.DataFrame]:
    table = draw(st.sampled_from(STANDARD_TABLES))
    usable = [c for c in table.columns if c.kind in (Kind.TEXT, Kind.NUMBER)]
    chosen = draw(st.lists(st.sampled_from(usable), unique=True, max_size=5))
    names = {c.name for c in chosen} | set(table.required)
    size = draw(st.integers(1, 6))
    columns = {
        c.name: draw(st.lists(_values(table.name, c.name, c.kind), min_size=size, max_size=size))
        for c in usable
        if c.name in names
    }
    if "PARAMCD" in REQUIRED[table.name]:
        columns["PARAMCD"] = [REQUIRED[table.name]["PARAMCD"]] * size
    return table.name, pd.DataFrame(columns, dtype=object)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(frames(), st.sampled_from(STUDIES))
def test_any_frame(given_frame: tuple[str, pd.DataFrame], study: Study) -> None:
    table, frame = given_frame
    assert_same(table, frame, study)


def test_clean_frames_are_clean_to_both() -> None:
    for case in CASES:
        if not case.broken and case.code not in ("PAT011", "TTE006"):
            found = assert_same(case.table, case.frame, case.study)
            assert case.code not in found


def test_many_rows_in_other_order() -> None:
    """Counts are exact, and rows are those of the table as delivered."""
    rng = random.Random(7)  # noqa: S311
    ages = [rng.choice([61, 62.5, None, 634, -1]) for _ in range(3000)]
    case = ModelCase("PAT004", "patients", "AGE", ages)
    found = assert_same("patients", case.frame, Study())
    assert found["PAT004"] == {n for n, age in enumerate(ages) if age in (634, -1)}


def test_our_models_take_frames_as_pandera_users_have_them() -> None:
    """Whole numbers, text types and datetimes of other units are no breach of a type."""
    frame = pd.DataFrame(
        {
            "USUBJID": pd.array(["1", "2"], dtype="string"),
            "AGE": [61, 62],
            "SEX": pd.Categorical(["F", "M"]),
            "ECOG": pd.array([0, None], dtype="Int64"),
            "DTHDT": pd.Series(["2020-01-01", None], dtype="datetime64[s]"),
        }
    )
    schema_of("patients", Study()).validate(frame, lazy=True)


@pytest.mark.parametrize(
    ("column", "values"),
    [("AGE", ["61", "<18"]), ("DTHDT", ["2020-01-01", "2020-13-01"])],
)
def test_a_value_of_the_wrong_type_is_refused_by_pandera(column: str, values: list[str]) -> None:
    frame = pd.DataFrame({"USUBJID": ["1", "2"], column: values})
    with pytest.raises(pa.errors.SchemaErrors, match="coerce"):
        schema_of("patients", Study()).validate(frame, lazy=True)


def test_frames_under_the_names_of_sdtm() -> None:
    module = importlib.import_module(f"{rulebook.__name__}.schemas.adverse_events")
    frame = pd.DataFrame({"USUBJID": ["1", "2"], "AETERM": ["Rash"] * 2, "AETOXGR": [1, 7]})
    renamed = frame.rename(columns=module.NAMES)
    with pytest.raises(pa.errors.SchemaErrors, match="AEV002 grade-out-of-range"):
        module.SCHEMA.validate(renamed, lazy=True)


def test_every_standard_table_has_a_model_of_its_columns() -> None:
    for table in STANDARD_TABLES:
        known = {column.name for column in standard_table(table.name).columns}
        assert set(schema_of(table.name, Study()).columns) == known, table.name


def test_breaches_have_the_severity_of_their_rule() -> None:
    case = ModelCase("PAT010", "patients", "EOSSTT", ["Complete"])
    found = {c.code: run_check(c, case.cohort) for c in model_checks(rulebook.FOLDER)}
    assert dict(found["PAT010"].breaches) == {Severity.WARNING: 1}
