"""Twenty patients in two arms: 4 of 10 respond in A, 1 of 10 in B."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from auditor.comparison import Compared
from auditor.endpoints.recompute import Recomputed, recompute
from auditor.frames.cohort import Cohort
from auditor.reported.compare import compare_reported
from auditor.reported.populations import Vocabulary, vocabulary
from auditor.testing import read_tables, read_text

BEST = {"A": "CR PR PR PR SD SD PD PD PD PD", "B": "PR SD SD SD PD PD PD PD PD NE"}
DEATHS = {
    "A": (None, None, None, 600, 500, None, 300, 260, 200, 150),
    "B": (None, 700, None, 350, None, 240, 180, 120, 100, 60),
}
STUDY = """
[study]
arms = ["A", "B"]

[[groups]]
name = "Soft tissue tumour"
where = {SITE = ["limb", "trunk"]}
names = ["STS"]
"""


@cache
def _tables() -> dict[str, str]:
    patients = ["USUBJID,TRT01P,SEX,AGE,ECOG,RANDDT,DTHDT,LSTALVDT,SITE,Surgical history"]
    responses = ["USUBJID,RSTESTCD,RSSTRESC,RSDTC"]
    events = ["USUBJID,AESEQ,AEDECOD,AETOXGR"]
    for arm in "AB":
        for k, (best, death) in enumerate(zip(BEST[arm].split(), DEATHS[arm], strict=True)):
            subject = f"{arm}{k}"
            start = date(2020, 1, 1) + timedelta(days=k)
            died = start + timedelta(days=death) if death else None
            seen = died or start + timedelta(days=720)
            site = ("limb", "trunk", "skull", "pelvis")[k % 4]
            patients.append(
                f"{subject},{arm},{'FM'[k % 2 == 0]},{50 + 2 * k + (arm == 'B')},{k % 3},{start},"
                f"{died or ''},{seen},{site},{'YN'[k % 2]}"
            )
            visits = 1 if best in ("PD", "NE") else 2
            responses += [
                f"{subject},OVRLRESP,{best},{start + timedelta(days=50 * v)}"
                for v in range(1, visits + 1)
            ]
            if k < 6:
                events.append(f"{subject},1,NAUSEA,{1 + k % 3}")
    return {
        "adsl": "\n".join(patients) + "\n",
        "rs": "\n".join(responses) + "\n",
        "ae": "\n".join(events) + "\n",
    }


@pytest.fixture(scope="session")
def cohort() -> Cohort:
    return read_tables(_tables(), STUDY)


@pytest.fixture(scope="session")
def recomputed(cohort: Cohort) -> Recomputed:
    return recompute(cohort)


@pytest.fixture(scope="session")
def words(cohort: Cohort) -> Vocabulary:
    return vocabulary(cohort)


class Comparer:
    """Compares reports with the twenty patients."""

    def __init__(self, cohort: Cohort, recomputed: Recomputed, folder: Path) -> None:
        self.cohort, self.recomputed, self.folder = cohort, recomputed, folder

    def file(self, text: str, name: str = "results.csv") -> Compared:
        path = self.folder / name
        path.write_text(text, encoding="utf-8", newline="")
        return compare_reported((), (path,), self.cohort, self.recomputed)

    def paper(self, markdown: str) -> Compared:
        return compare_reported((read_text(markdown),), (), self.cohort, self.recomputed)


@pytest.fixture
def comparer(cohort: Cohort, recomputed: Recomputed, tmp_path: Path) -> Comparer:
    return Comparer(cohort, recomputed, tmp_path)
