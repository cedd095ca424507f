"""The expectations of a rulebook as checks of a cohort.

Suites are read as JSON and judged without importing Great Expectations; a type that our engine
does not interpret is run by Great Expectations itself, and its findings say so.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from auditor.check import Check, Subject
from auditor.frames.standard import PATIENTS
from auditor.frames.suites_model import Expectation
from auditor.frames.suites_ranges import further_ranges, ranged
from auditor.frames.suites_read import read_suites
from auditor.frames.suites_run import run
from auditor.frames.suites_words import document
from auditor.rulebook import FOLDER
from auditor.study import Study


def suite_checks(folder: Path, study: Study | None = None) -> tuple[Check, ...]:
    """One check for each expectation of the suites in a folder (``expectations/``).

    Args:
        folder: holds one JSON file a standard table; none where there is no folder. Those of the
            built-in rulebook are joined by a check of the further ranges that a study declares.
        study: its ranges take the place of the bounds of plausible values.

    Raises:
        RulebookError: a suite cannot be read; the file and the expectation are named.
    """
    study = study or Study()
    suites = read_suites(folder, _further(study))
    found = [expectation for suite in suites for expectation in suite.expectations]
    checks = tuple(as_check(ranged(expectation, study), folder) for expectation in found)
    if folder.resolve() != (FOLDER / "expectations").resolve():
        return checks
    return (*checks, further_ranges(study, found, str(folder)))


def _further(study: Study) -> dict[str, tuple[str, ...]]:
    """The columns of the patients table that a study names beside the standard ones."""
    named = (study.arm, *study.by, *(name for group in study.groups for name in group.where))
    return {PATIENTS.name: named}


def as_check(expectation: Expectation, folder: Path) -> Check:
    """The check that one expectation makes."""
    return Check(
        code=expectation.code,
        name=expectation.name,
        function=partial(run, expectation),
        doc=document(expectation),
        source=str(folder / expectation.file),
        subject=Subject.COHORT,
    )
