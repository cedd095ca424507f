"""Every defect of the catalogue is found at its place, and clean cohorts give no finding."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from auditor.audit import Audit
from auditor.check import Check, Outcome
from auditor.cohort_engine import Shown, audit_cohort, rules_of
from auditor.discovery import load_rulebook
from auditor.finding import Finding
from auditor.frames.extract import Extract
from auditor.frames.standardise import standardise
from auditor.study import Study
from auditor.study_file import read_study
from auditor.synthetic.cohort import make_cohort, study_toml
from auditor.synthetic.defects.catalogue import DEFECTS
from auditor.synthetic.defects.found_by import CASCADES, FOUND_BY
from auditor.synthetic.planting import Defect, Planted

SEED = 11


@pytest.fixture(scope="module")
def clean() -> Extract:
    return make_cohort(90, SEED)


@pytest.fixture(scope="module")
def study(clean: Extract, tmp_path_factory: pytest.TempPathFactory) -> Study:
    return study_of(clean, tmp_path_factory.mktemp("study"))


def study_of(extract: Extract, folder: Path) -> Study:
    path = folder / "study.toml"
    path.write_text(study_toml(extract), encoding="utf-8")
    return read_study(path)


@cache
def rules() -> tuple[Check, ...]:
    """All checks of cohorts: of the rulebook, its models and suites."""
    return rules_of(Study(arms=("Control", "Experimental")), [load_rulebook(None)])


def audit(extract: Extract, study: Study, *, values: bool = True) -> Audit:
    done = audit_cohort(standardise(extract, study), rules(), shown=Shown(None, values))
    assert [run.code for run in done.checks if run.outcome is Outcome.FAILED] == []
    return done


def stands_at(finding: Finding, planted: Planted) -> bool:
    """Whether a place of the finding is one of the defect's."""
    return any(
        place.table == spot.table
        and spot.row in (None, place.row)
        and spot.column in (None, place.variable)
        and spot.subject in (None, place.subject)
        for place in finding.places
        for spot in planted.spots
    )


def test_the_catalogue_has_more_than_sixty_kinds() -> None:
    names = [defect.name for defect in DEFECTS]
    assert len(DEFECTS) > 60
    assert len(set(names)) == len(names)
    assert set(FOUND_BY) == {defect.name for defect in DEFECTS}
    assert set(CASCADES) <= set(FOUND_BY)


def test_the_checks_of_the_catalogue_exist() -> None:
    known = {check.code for check in rules()}
    named = {code for defect in DEFECTS for code in (*defect.codes, *defect.also)}
    assert named - known == set()


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_defect_is_the_same_for_the_same_seed(clean: Extract, defect: Defect) -> None:
    planted = defect.into(clean, SEED)
    assert planted.extract.inputs == defect.into(clean, SEED).extract.inputs
    touched = {
        before.name
        for before, after in zip(clean.inputs, planted.extract.inputs, strict=True)
        if before.sha256 != after.sha256
    }
    assert touched
    tables = {table.name: table.frame for table in planted.extract.tables}
    for spot in planted.spots:
        assert spot.column is None or spot.column in tables[spot.table]
        assert spot.row is None or spot.row in tables[spot.table].index


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_planted_defect_is_found_at_its_place(
    clean: Extract, study: Study, defect: Defect
) -> None:
    planted = defect.into(clean, SEED)
    found = audit(planted.extract, study).findings
    here = [finding for finding in found if stands_at(finding, planted)]
    assert {finding.code for finding in here} & set(defect.codes), planted.spots
    elsewhere = [f for f in found if f not in here and f.code not in defect.also]
    assert [f"{f.code} {f.message}" for f in elsewhere] == []


VALUE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d+\.\d+\b")


@pytest.mark.parametrize(
    "defect",
    [d for d in DEFECTS if d.name in ("death-on-another-day", "impossible-day", "size-of-900")],
    ids=lambda defect: defect.name,
)
def test_values_are_shown_only_where_asked_for(
    clean: Extract, study: Study, defect: Defect
) -> None:
    planted = defect.into(clean, SEED)
    hidden = audit(planted.extract, study, values=False).findings
    shown = audit(planted.extract, study).findings
    assert hidden
    for finding in hidden:
        assert all(not place.quote for place in finding.places)
        assert not VALUE.search(finding.message)
        assert (finding.reported, finding.expected, finding.arithmetic) == ("", "", ())
    assert any(place.quote for finding in shown for place in finding.places)
    assert [f.id for f in hidden] == [f.id for f in shown]


@pytest.mark.parametrize(
    ("seed", "patients"),
    [
        (1, 44),
        (2, 60),
        (3, 80),
        (4, 100),
        (5, 120),
        (6, 150),
        (7, 200),
        (8, 44),
        (9, 250),
        (10, 300),
    ],
)
def test_a_clean_cohort_gives_no_finding(seed: int, patients: int, tmp_path: Path) -> None:
    extract = make_cohort(patients, seed)
    found = audit(extract, study_of(extract, tmp_path)).findings
    assert [f"{finding.code} {finding.message}" for finding in found] == []
