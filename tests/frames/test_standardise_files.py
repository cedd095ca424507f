"""Files of several formats -> standard tables: the same cohort out of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from auditor.frames.dispatch import read_extract
from auditor.frames.standardise import standardise
from auditor.study import Study, TableMap

COLUMNS = ("USUBJID", "AGE", "SEX", "SAFFL", "RANDDT", "DTHDT")
FRAME = pd.DataFrame(
    {
        "USUBJID": ["001", "002", "003"],
        "AGE": [61.0, 62.5, None],
        "SEX": ["F", "M", None],
        "SAFFL": ["Y", "N", "Y"],
        "RANDDT": pd.to_datetime(["2020-01-05", "2020-02-29", "2021-12-31"]),
        "DTHDT": pd.Series(["2021-03-01", None, None], dtype="datetime64[ns]"),
    }
)


def csv(path: Path) -> None:
    FRAME.to_csv(path / "adsl.csv", index=False)


def semicolons(path: Path) -> None:
    dates = FRAME.assign(RANDDT=FRAME.RANDDT.dt.strftime("%Y-%m-%d"))
    dates.to_csv(path / "adsl.csv", index=False, sep=";", decimal=",", encoding="cp1252")


def parquet(path: Path) -> None:
    FRAME.to_parquet(path / "adsl.parquet")


def excel(path: Path) -> None:
    FRAME.to_excel(path / "cohort.xlsx", sheet_name="ADSL", index=False)


def transport(path: Path) -> None:
    epoch = pd.Timestamp("1960-01-01")
    days = {c: (FRAME[c] - epoch).dt.days.astype(float) for c in ("RANDDT", "DTHDT")}
    frame = FRAME.assign(**days)
    formats = {"RANDDT": "DATE9.", "DTHDT": "YYMMDD10."}
    pyreadstat.write_xport(frame, str(path / "adsl.xpt"), variable_format=formats)


def transport_without_formats(path: Path) -> None:
    epoch = pd.Timestamp("1960-01-01")
    days = {c: (FRAME[c] - epoch).dt.days.astype(float) for c in ("RANDDT", "DTHDT")}
    pyreadstat.write_xport(FRAME.assign(**days), str(path / "adsl.xpt"))


@pytest.mark.parametrize(
    "write", [csv, semicolons, parquet, excel, transport, transport_without_formats]
)
def test_a_cohort_is_the_same_out_of_every_format(
    write: Callable[[Path], None], tmp_path: Path
) -> None:
    write(tmp_path)
    table = standardise(read_extract(str(tmp_path)), Study()).tables["patients"]
    assert table.unread == ()
    found = table.frame[list(COLUMNS)]
    assert found.astype(object).where(found.notna(), None).to_dict("list") == FRAME.astype(
        object
    ).where(FRAME.notna(), None).to_dict("list")


def test_identifiers_keep_their_zeros_and_codes_are_translated(tmp_path: Path) -> None:
    (tmp_path / "adsl.csv").write_text("PATIENT,GENDER\n001,1\n002,2\n", encoding="utf-8")
    mapping = TableMap(
        columns={"USUBJID": "PATIENT", "SEX": "GENDER"}, codes={"SEX": {"1": "M", "2": "F"}}
    )
    study = Study(tables={"patients": mapping})
    frame = standardise(read_extract(str(tmp_path)), study).tables["patients"].frame
    assert frame.to_dict("list") == {"USUBJID": ["001", "002"], "SEX": ["M", "F"]}
