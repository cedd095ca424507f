"""Responses by other criteria than those of the study are not counted as if they were."""

from __future__ import annotations

import pytest

from auditor.endpoints.recompute import recompute
from auditor.endpoints.response_records import assessments
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort
from auditor.testing import read_tables

ADSL = "USUBJID,RANDDT\n1,2020-01-01\n2,2020-01-01\n"


def cohort(*categories: str, study: str = "") -> Cohort:
    rows = [f"{n},OVRLRESP,{c},PR,2020-03-0{n}" for n, c in enumerate(categories, 1)]
    header = "USUBJID,RSTESTCD,RSCAT,RSSTRESC,RSDTC"
    return read_tables({"adsl": ADSL, "rs": "\n".join((header, *rows)) + "\n"}, study)


def responders(read: Cohort) -> list[float | None]:
    return [
        e.value
        for e in recompute(read).estimates
        if (e.endpoint, e.statistic) == ("ORR", "count") and "unconfirmed" in e.conventions
    ]


@pytest.mark.parametrize("category", ["iRECIST", "LUGANO CLASSIFICATION", "IMWG", "RANO"])
def test_other_criteria_alone_give_no_rate(category: str) -> None:
    read = cohort(category, category)
    assert responders(read) == []
    notes = recompute(read).notes
    assert any("not by RECIST 1.1" in note for note in notes)


@pytest.mark.parametrize(
    ("categories", "count"),
    [(("RECIST 1.1", "iRECIST"), 1), (("RECIST V1.1",) * 2, 2), (("TUMOR RESPONSE", ""), 2)],
)
def test_rows_of_the_study_s_criteria_count(categories: tuple[str, ...], count: int) -> None:
    assert set(responders(cohort(*categories))) == {count}


def test_a_study_by_other_criteria_has_no_derived_response() -> None:
    read = cohort("iRECIST", "iRECIST", study='[study]\ncriteria = "iRECIST"\n')
    with pytest.raises(NotEvaluable, match=r"derived by RECIST 1\.1 alone"):
        assessments(read, read.study.response)
