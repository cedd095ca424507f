"""SPSS, Stata and sas7bdat: codes, declared missing values, dates of every kind."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from auditor.errors import InputError
from auditor.frames.dispatch import read_extract
from auditor.frames.readers.epochs import Unit, sas_unit, spss_unit, stata_unit, to_time

REFERENCE = Path(__file__).resolve().parent.parent / "reference" / "frames"


def test_spss_keeps_declared_missing_values_apart() -> None:
    (table,) = read_extract(REFERENCE / "special.sav").tables
    assert table.special == {"SCORE": {1: "-99", 3: "-97.5"}, "SITE": {1: "XX"}}
    assert table.frame["SCORE"].tolist()[::2] == [1.0, 3.0]
    assert table.frame["SITE"].tolist() == ["A", None, "B", None]
    assert table.codes == {"SCORE": {"-99": "refused"}, "SITE": {"XX": "unknown"}}


def test_stata_keeps_letters_and_codes() -> None:
    (table,) = read_extract(REFERENCE / "special.dta").tables
    assert table.special == {"LAB": {1: ".a", 3: ".z"}}
    assert table.frame["SEX"].tolist()[:3] == [1.0, 2.0, 2.0]
    assert table.codes == {"SEX": {"1": "male", "2": "female"}}
    assert table.labels["SEX"] == "Sex"
    assert "codes are kept; labels of SEX: 1 = male, 2 = female" in table.notes


def test_the_portable_format_of_spss(tmp_path: Path) -> None:
    path = tmp_path / "t.por"
    frame = pd.DataFrame({"ID": ["01", "02"], "AGE": [63.5, np.nan], "DAY": [dt.date(2020, 1, 2),
                                                                          None]})  # fmt: skip
    pyreadstat.write_por(frame, path)
    (table,) = read_extract(path).tables
    assert table.frame["ID"].tolist() == ["01", "02"]
    assert table.frame["AGE"].tolist()[0] == 63.5
    assert table.frame["DAY"].tolist() == [pd.Timestamp("2020-01-02"), pd.NaT]


def test_stata_months_are_partial_dates(tmp_path: Path) -> None:
    path = tmp_path / "t.dta"
    frame = pd.DataFrame({"M": [720.0, np.nan], "W": [3120.0, 1.0], "D": [21915.0, np.nan]})
    pyreadstat.write_dta(frame, path, variable_format={"M": "%tm", "W": "%tw", "D": "%td"})
    (table,) = read_extract(path).tables
    assert table.frame["M"].tolist() == ["2020-01", None]
    assert table.frame["W"].tolist() == [3120.0, 1.0]
    assert table.frame["D"].tolist() == [pd.Timestamp("2020-01-01"), pd.NaT]
    assert "months, given as text of year and month: M" in table.notes
    assert "weeks as Stata counts them, kept as numbers: W" in table.notes


def test_an_old_stata_file_in_cp1252(tmp_path: Path) -> None:
    path = tmp_path / "t.dta"
    pyreadstat.write_dta(pd.DataFrame({"CITY": ["K~~ln", "x"]}), path, version=10)
    path.write_bytes(path.read_bytes().replace(b"K~~ln", b"K\xf6\xdfln"))
    (table,) = read_extract(path).tables
    assert table.frame["CITY"].tolist() == ["Kößln", "x"]


def test_zero_rows(tmp_path: Path) -> None:
    frame = pd.DataFrame({"ID": pd.Series([], dtype=object), "AGE": pd.Series([], dtype=float)})
    pyreadstat.write_sav(frame, tmp_path / "t.sav")
    pyreadstat.write_dta(frame, tmp_path / "t.dta")
    for name in ("t.sav", "t.dta"):
        (table,) = read_extract(tmp_path / name).tables
        assert table.frame.shape == (0, 2)
        assert list(table.frame.columns) == ["ID", "AGE"]


@pytest.mark.parametrize(("name", "at"), [("special.sas7bdat", 200), ("special.sav", 339),
                                          ("special.dta", 300)])  # fmt: skip
def test_damage_is_refused_even_where_the_library_crashes(
    tmp_path: Path, name: str, at: int
) -> None:
    data = (REFERENCE / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
    with pytest.raises(InputError, match="damaged or cut off"):
        read_extract(path)


@pytest.mark.parametrize(
    ("form", "unit"),
    [
        ("DATE9", Unit.SAS_DAY),
        ("DATE9.", Unit.SAS_DAY),
        ("YYMMDD10.", Unit.SAS_DAY),
        ("E8601DA", Unit.SAS_DAY),
        ("E8601DA10.", Unit.SAS_DAY),
        ("DATETIME20.", Unit.SAS_SECOND),
        ("E8601DT19.", Unit.SAS_SECOND),
        ("TIME8.", Unit.SECOND_OF_DAY),
        ("BEST12.", None),
        ("8.2", None),
        ("DATEX", None),
        ("$20.", None),
        ("", None),
        (None, None),
    ],
)
def test_formats_of_sas(form: str | None, unit: Unit | None) -> None:
    assert sas_unit(form) is unit


def test_formats_of_spss_and_stata() -> None:
    assert spss_unit("EDATE10") is spss_unit("DATETIME20") is Unit.SPSS_SECOND
    assert spss_unit("F8.2") is spss_unit("WKDAY3") is None
    assert stata_unit("%td") is stata_unit("%d") is stata_unit("%tdD_m_Y") is Unit.SAS_DAY
    assert stata_unit("%tc") is stata_unit("%tCCCYY") is Unit.STATA_MILLISECOND
    assert stata_unit("%9.0g") is stata_unit("%tw") is None


def test_dates_that_the_type_cannot_hold_become_text() -> None:
    far = np.array([2_936_549.0, np.nan, 0.0])  # 9999-12-31
    made, note = to_time(far, Unit.SAS_DAY)
    assert made.tolist() == ["9999-12-31", None, "1960-01-01"]
    assert note is not None
    assert "text" in note
    made, note = to_time(np.array([1e300, 1.0]), Unit.SAS_DAY)
    assert made.tolist() == [1e300, 1.0]
    assert note is not None
    made, note = to_time(np.array([36_600.0, np.nan, 100_000.5]), Unit.SECOND_OF_DAY)
    assert made.tolist() == ["10:10:00", None, "27:46:40.5"]
    made, note = to_time(np.array([21_915.75]), Unit.SAS_DAY)
    assert made.tolist() == [pd.Timestamp("2020-01-01")]
    assert note == "fractions of a day are left out"
