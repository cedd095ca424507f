"""How long an audit of a cohort takes, as ratios within one run.

    python benchmarks/cohort_speed.py [PATIENTS]     invented patients, 2,000 by default

Each step is measured in CPU seconds and shown as a multiple of what pandas needs to read the
same files, so that runs on different machines can be compared.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from auditor.check import Subject
from auditor.cohort_engine import check_cohort
from auditor.discovery import combine, load_rulebook
from auditor.endpoints.recompute import recompute
from auditor.frames.dispatch import read_extract
from auditor.frames.standardise import standardise
from auditor.rules import with_rules
from auditor.study_file import read_study
from auditor.synthetic.cohort import make_cohort, study_toml, write_csv


def measure(folder: Path, study_file: Path) -> dict[str, float]:
    """CPU seconds of each step over the extract in a folder."""
    study = read_study(study_file)
    steps: dict[str, float] = {}

    def timed(name: str, step: Callable[[], Any]) -> Any:
        start = time.process_time()
        result = step()
        steps[name] = time.process_time() - start
        return result

    timed("pandas.read_csv", lambda: [pd.read_csv(path) for path in sorted(folder.iterdir())])
    extract = timed("reading", lambda: read_extract(folder))
    cohort = timed("standard tables", lambda: standardise(extract, study))
    checks = combine(with_rules([load_rulebook(None)], study))
    for part in ("schemas", "expectations", "checks"):
        mine = [
            c for c in checks if c.subject is Subject.COHORT and Path(c.source).parent.name == part
        ]
        timed(part, lambda mine=mine: check_cohort(cohort, mine, limit=100))  # type: ignore[misc]
    timed("endpoints", lambda: recompute(cohort))
    return steps


def main(words: list[str]) -> int:
    """Make the cohort, measure, print."""
    patients = int(words[0]) if words else 2000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "extract"
        extract = make_cohort(patients, seed=1)
        write_csv(extract, folder)
        study = Path(scratch) / "study.toml"
        study.write_text(study_toml(extract), encoding="utf-8")
        steps = measure(folder, study)
    rows = sum(len(table.frame) for table in extract.tables)
    print(f"{patients:,} patients, {rows:,} rows; CPU seconds, and times pandas.read_csv")
    base = steps["pandas.read_csv"]
    for name, seconds in steps.items():
        print(f"{name:16} {seconds:8.2f} {seconds / base:8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
