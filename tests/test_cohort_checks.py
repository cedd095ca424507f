"""The checks of cohorts on whole cohorts: silent on clean ones, loud on planted defects."""

from __future__ import annotations

import importlib
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from scipy import stats

from auditor.check import Outcome, Subject
from auditor.cohort_engine import check_cohort, read_cohort
from auditor.discovery import load_rulebook
from auditor.finding import Finding
from auditor.frames.cohort import Cohort
from auditor.frames.extract import Extract
from auditor.frames.standardise import standardise
from auditor.running import CheckResult
from auditor.study import Study
from auditor.study_file import read_study
from auditor.synthetic.cohort import make_cohort, study_toml
from auditor.synthetic.defects.catalogue import DEFECTS
from auditor.synthetic.planting import Defect

CHECKS = [
    check
    for check in load_rulebook(None).checks
    if check.subject is Subject.COHORT and check.code.startswith("COH")
]
PUBLIC = os.environ.get("AUDITOR_COHORTS", "")

# Defects that are theirs, with the code that must find each.
THEIRS = {
    "unknown-subject-in-responses": "COH001",
    "unknown-subject-in-exposure": "COH001",
    "subject-in-lower-case": "COH001",
    "no-os": "COH002",
    "best-response-missing": "COH002",
    "consent-before-birth": "COH003",
    "consent-after-first-dose": "COH004",
    "assessment-after-death": "COH005",
    "alive-after-death": "COH005",
    "event-after-death": "COH005",
    "dose-after-death": "COH005",
    "assessment-after-cutoff": "COH006",
    "event-after-cutoff": "COH006",
    "consent-after-cutoff": "COH006",
    "assessment-before-enrolment": "COH008",
    "last-dose-before-first": "COH009",
    "event-ends-before-start": "COH009",
    "line-ends-before-start": "COH009",
    "dose-ends-before-start": "COH009",
    "death-flag-without-date": "COH010",
    "death-date-without-flag": "COH010",
    "event-of-the-living": "COH012",
    "dead-but-censored": "COH012",
    "death-on-another-day": "COH012",
    "time-not-of-its-dates": "COH014",
    "other-start": "COH015",
    "pfs-beyond-os": "COH016",
    "death-not-in-pfs": "COH017",
    "progression-on-another-day": "COH018",
    "progression-censored": "COH018",
    "line-gap": "COH020",
    "line-starts-at-2": "COH020",
    "lines-swapped": "COH021",
    "fewer-than-declared": "COH022",
    "grade-5-of-the-living": "COH023",
    "fatal-of-grade-2": "COH023",
    "emergent-before-first-dose": "COH027",
    "overlapping-exposure": "COH028",
    "dose-before-first": "COH029",
    "unit-of-centimetres": "COH031",
    "dose-unit": "COH031",
    "unit-of-months": "COH031",
    "height-in-metres": "COH033",
    "weight-in-grams": "COH033",
    "bmi-not-of-height-and-weight": "COH033",
    "age-off-by-ten": "COH035",
    "duplicated-event": "COH036",
    "duplicated-time": "COH036",
    "missing-in-one-arm": "COH038",
    "missing-arm": "COH039",
    "other-arm-elsewhere": "COH041",
    "tenfold-dose": "COH042",
    "visits-out-of-order": "COH043",
    "size-not-as-collected": "COH044",
    "size-in-centimetres": "COH044",
}


@pytest.fixture(scope="module")
def extract() -> Extract:
    return make_cohort(60, 7)


@pytest.fixture(scope="module")
def study(extract: Extract, tmp_path_factory: pytest.TempPathFactory) -> Study:
    return _study(extract, tmp_path_factory.mktemp("study"))


def _study(extract: Extract, folder: Path) -> Study:
    path = folder / "study.toml"
    path.write_text(study_toml(extract), encoding="utf-8")
    return read_study(path)


def _results(cohort: Cohort) -> dict[str, CheckResult]:
    results = check_cohort(cohort, CHECKS)
    assert [r.why for r in results if r.outcome is Outcome.FAILED] == []
    return {check.code: result for check, result in zip(CHECKS, results, strict=True)}


def _findings(cohort: Cohort) -> list[Finding]:
    return [finding for result in _results(cohort).values() for finding in result.findings]


@pytest.mark.parametrize("seed", range(3))
def test_a_clean_cohort_is_silent(seed: int, tmp_path: Path) -> None:
    extract = make_cohort(44, seed)
    results = _results(standardise(extract, _study(extract, tmp_path)))
    assert {code for code, result in results.items() if result.findings} == set()
    # All but those for which the cohort has no table or column.
    assert sum(result.outcome is Outcome.PASSED for result in results.values()) > 35


@pytest.mark.parametrize(
    "defect", [d for d in DEFECTS if d.name in THEIRS], ids=lambda defect: defect.name
)
def test_a_planted_defect_is_named_at_its_place(
    defect: Defect, extract: Extract, study: Study
) -> None:
    planted = defect.into(extract, 3)
    theirs = [check for check in CHECKS if check.code == THEIRS[defect.name]]
    result = check_cohort(standardise(planted.extract, study), theirs)[0]
    places = [place for finding in result.findings for place in finding.places]
    spots = [spot for spot in planted.spots if spot.row is not None]
    rows = {(spot.table, spot.row) for spot in spots}
    tables = {spot.table for spot in planted.spots}
    if spots:
        assert rows & {(place.table, place.row) for place in places}
    else:
        assert tables & {place.table for place in places}
    for finding in result.findings:
        assert finding.places[0].table is not None
        # Messages tell no dates and no measurements of a patient.
        text = re.sub(r"of \d+\.\d+ days", "", f"{finding.message} {finding.suggestion}")
        assert not re.search(r"\d{4}-\d\d|\d\.\d", text)


def test_every_name_of_theirs_is_in_the_catalogue() -> None:
    assert set(THEIRS) <= {defect.name for defect in DEFECTS}
    assert set(THEIRS.values()) <= {check.code for check in CHECKS}


@pytest.mark.skipif(not PUBLIC, reason="AUDITOR_COHORTS names no folder of cohorts")
def test_public_data_disagree_where_they_do() -> None:
    """Five subjects were assessed after the date last known alive; twelve changed the arm."""
    cohort = read_cohort(Path(PUBLIC) / "recist", Study())
    found = Counter(finding.check for finding in _findings(cohort))
    assert found == {"pfs-exceeds-os": 5, "arm-deviation": 12}
    assert _findings(read_cohort(Path(PUBLIC) / "lesions", Study())) == []


@pytest.mark.parametrize(
    ("hits", "drawn", "marked", "total"),
    [(12, 24, 12, 48), (5, 24, 6, 48), (1, 10, 12, 21), (0, 3, 2, 9), (30, 500, 41, 1000)],
)
def test_fisher_is_that_of_scipy(hits: int, drawn: int, marked: int, total: int) -> None:
    fisher = importlib.import_module("auditor.rulebook.checks.uneven_missingness").fisher
    table = [[hits, drawn - hits], [marked - hits, total - drawn - marked + hits]]
    assert fisher(hits, drawn, marked, total) == pytest.approx(
        stats.fisher_exact(table).pvalue, rel=1e-9
    )
