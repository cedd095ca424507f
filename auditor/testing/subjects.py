"""What a case gives its check: a manuscript from a string, a cohort from CSV."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auditor import readers
from auditor.errors import UsageError
from auditor.frames.cohort import Cohort
from auditor.manuscript import Manuscript, read_manuscript
from auditor.study import Study

SUFFIXES = {"markdown": ".md", "text": ".txt", "jats": ".xml"}


def read_text(text: str, format: str = "markdown") -> Manuscript:  # noqa: A002  as in YAML
    """A manuscript from a string, read as a file of this format would be.

    Raises:
        UsageError: there is no such format.
        InputError: the text cannot be read as one.
    """
    if format not in SUFFIXES:
        raise UsageError(f"there is no format {format!r}", hint=f"One of {', '.join(SUFFIXES)}.")
    if format == "jats" and "<article" not in text:
        text = f"<article><body>{text}</body></article>"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"case{SUFFIXES[format]}"
        path.write_text(text, encoding="utf-8", newline="")
        return read_manuscript(readers.read_document(path))


def read_tables(tables: Mapping[str, str], study: str = "") -> Cohort:
    """A cohort from CSV text under the name of each table, and the text of a study file.

    Raises:
        InputError: a table cannot be read.
        StudyError: the study file is wrong, or names what the tables do not have.
    """
    from auditor.frames.dispatch import read_extract
    from auditor.frames.standardise import standardise
    from auditor.study_file import read_study

    with tempfile.TemporaryDirectory() as folder:
        extract = Path(folder) / "extract"
        extract.mkdir()
        for name, text in tables.items():
            (extract / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
        declared = Study()
        if study:
            path = Path(folder) / "study.toml"
            path.write_text(study, encoding="utf-8", newline="")
            declared = read_study(path)
        cohort: Cohort = standardise(read_extract(extract), declared)
        return cohort


def read_comparison(cohort: Cohort, reported: str) -> Any:
    """Results as CSV text beside what the cohort gives."""
    from auditor.endpoints.recompute import recompute
    from auditor.reported.compare import compare_reported

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reported.csv"
        path.write_text(reported, encoding="utf-8", newline="")
        return compare_reported((), (path,), cohort, recompute(cohort))
