"""Derived records of each subject, as rows that can be compared with others' derivations."""

from __future__ import annotations

import csv
import io
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from auditor.cli import main
from auditor.endpoints.records import derived_records, to_csv
from auditor.testing import read_tables

FOLDER = Path(os.environ.get("AUDITOR_COHORTS", ""))
TABLES = {
    "adsl": "USUBJID,RANDDT,DTHDT,LSTALVDT\n=1,2020-01-01,2020-06-29,2020-06-29\n"
    "2,2020-01-01,,2020-12-31\n",
    "rs": "USUBJID,RSTESTCD,RSSTRESC,RSDTC\n=1,OVRLRESP,PR,2020-02-20\n"
    "=1,OVRLRESP,PR,2020-03-20\n=1,OVRLRESP,PD,2020-05-20\n",
    "tr": "USUBJID,TRLNKID,TRGRPID,TRTESTCD,TRSTRESN,TRSTRESU,TRDTC,VISIT\n"
    "=1,T1,TARGET,LDIAM,50,mm,2019-12-20,SCREENING\n=1,T1,TARGET,LDIAM,30,mm,2020-02,WEEK 8\n",
}


def test_records_by_hand() -> None:
    derived = derived_records(read_tables(TABLES))
    rows = {(r["USUBJID"], r["PARAMCD"]): r for r in derived.rows}
    assert [rows["=1", code]["AVALC"] for code in ("BOR", "CBOR", "CB")] == ["PR", "PR", "Y"]
    assert rows["=1", "CBOR"]["ADT"] == "2020-02-20"
    assert rows["2", "BOR"]["AVALC"] == "NE"
    times = {code: rows["=1", code] for code in ("OS", "PFS", "RSD")}
    assert {c: (r["STARTDT"], r["ADT"], r["AVAL"], r["CNSR"]) for c, r in times.items()} == {
        "OS": ("2020-01-01", "2020-06-29", "181", "0"),
        "PFS": ("2020-01-01", "2020-05-20", "141", "0"),
        "RSD": ("2020-02-20", "2020-05-20", "91", "0"),
    }
    assert (rows["2", "OS"]["AVAL"], rows["2", "OS"]["CNSR"]) == ("366", "1")
    assert ("2", "RSD") not in rows
    lesions = rows["=1", "LESOVR"]
    assert (lesions["AVALC"], lesions["ADT"], lesions["VISIT"]) == ("PR", "2020-02", "WEEK 8")


def test_text_of_the_input_is_no_formula() -> None:
    written = list(csv.DictReader(io.StringIO(to_csv(derived_records(read_tables(TABLES))))))
    assert {row["USUBJID"] for row in written} == {"'=1", "2"}


def test_what_cannot_be_derived_is_said() -> None:
    derived = derived_records(read_tables({"adsl": "USUBJID,AGE,SEX,TRT01P\n1,50,F,A\n"}))
    assert derived.rows == ()
    assert any(note.startswith("OS is not derived") for note in derived.notes)
    assert any(note.startswith("responses are not derived") for note in derived.notes)


@pytest.mark.skipif(not str(FOLDER).strip("."), reason="AUDITOR_COHORTS names no folder")
def test_every_record_of_the_public_cohort(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the command line: every value and date that admiralonco gives."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in ("adsl", "rs"):
        file = FOLDER / "recist" / f"rsonco_inv_{name}_input.csv"
        shutil.copy(file, tmp_path / "in" / f"{name}.csv")
    (tmp_path / "study.toml").write_text('[response]\nconvention = "admiralonco"\n')
    words = ["endpoints", "in", "--study", "study.toml", "--subjects", "out.csv"]
    assert main(words) == 0
    ours = pd.read_csv("out.csv", dtype=str, keep_default_na=False)
    responses = pd.read_csv(
        FOLDER / "recist/rsonco_inv_adrs_expected.csv", dtype=str, keep_default_na=False
    )
    times = pd.read_csv(
        FOLDER / "recist/rsonco_inv_adtte_expected.csv", dtype=str, keep_default_na=False
    )
    keys = ["USUBJID", "PARAMCD"]
    for expected, columns in ((responses, ["AVALC", "ADT"]), (times, ["AVAL", "ADT", "CNSR"])):
        mine = expected[expected["PARAMCD"].isin(set(ours["PARAMCD"]) - {"LSTA"})]
        assert len(mine) >= 840
        both = mine.merge(ours, on=keys, how="left", suffixes=("", "_ours"))
        for column in columns:
            assert both[column].eq(both[f"{column}_ours"]).all(), column
