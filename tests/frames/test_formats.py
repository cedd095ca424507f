"""The same table through every format is the same frame."""

from __future__ import annotations

import datetime as dt
import json
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from auditor.errors import InputError
from auditor.frames.dispatch import read_extract

REFERENCE = Path(__file__).resolve().parent.parent / "reference" / "frames"

NAMES = ["USUBJID", "SITEID", "AGE", "WEIGHT", "RANDDT", "CITY"]
ROWS: list[list[object]] = [
    ["01-001", "01", 63.0, 70.5, dt.date(2014, 1, 2), "Köln"],
    ["01-002", "01", None, 81.25, dt.date(2012, 2, 29), None],
    ["02-003", "02", 71.0, None, None, "Genève"],
    ["02-004", "02", 48.0, -0.1, dt.date(1959, 12, 31), 'Oslo, "N"'],
]
Writer = Callable[[Path], None]


def expected(*, dates: bool) -> pd.DataFrame:
    """The table as it must come back; where the format has no dates they are text."""
    frame = pd.DataFrame(ROWS, columns=NAMES)
    frame[["AGE", "WEIGHT"]] = frame[["AGE", "WEIGHT"]].astype("float64")
    texts = [None if day is None else str(day) for day in (row[4] for row in ROWS)]
    frame["RANDDT"] = pd.to_datetime(pd.Series(texts)) if dates else pd.Series(texts, dtype=object)
    return frame


def _for_pyreadstat() -> pd.DataFrame:
    frame = expected(dates=True)
    frame["RANDDT"] = pd.Series([row[4] for row in ROWS], dtype=object)
    frame["CITY"] = frame["CITY"].fillna("")
    return frame


def csv(path: Path) -> None:
    """Comma, quotes, UTF-8."""
    expected(dates=False).to_csv(path, index=False, encoding="utf-8")


def semicolons(path: Path) -> None:
    """As a German Excel writes it."""
    expected(dates=False).to_csv(path, index=False, sep=";", decimal=",", encoding="cp1252")


def parquet(path: Path) -> None:
    """Dates as dates, text as text."""
    columns = [pa.array([row[at] for row in ROWS]) for at in range(len(NAMES))]
    pq.write_table(pa.table(columns, names=NAMES), path)


def xlsx(path: Path) -> None:
    """One sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "patients"
    for row in (NAMES, *ROWS):
        sheet.append(row)
    book.save(path)


def xpt5(path: Path) -> None:
    """SAS transport, version 5."""
    pyreadstat.write_xport(_for_pyreadstat(), path, table_name="PATIENTS", file_format_version=5)


def xpt8(path: Path) -> None:
    """SAS transport, version 8."""
    pyreadstat.write_xport(_for_pyreadstat(), path, table_name="PATIENTS", file_format_version=8)


def sav(path: Path) -> None:
    """SPSS."""
    pyreadstat.write_sav(_for_pyreadstat(), path)


def zsav(path: Path) -> None:
    """SPSS, compressed."""
    pyreadstat.write_sav(_for_pyreadstat(), path, compress=True)


def dta(path: Path) -> None:
    """Stata."""
    pyreadstat.write_dta(_for_pyreadstat(), path)


def _dataset_json() -> dict[str, object]:
    kinds = ["string", "string", "integer", "decimal", "date", "string"]
    columns: list[dict[str, object]] = [
        {"itemOID": f"IT.{name}", "name": name, "label": name.title(), "dataType": kind}
        for name, kind in zip(NAMES, kinds, strict=True)
    ]
    columns[3]["targetDataType"] = "decimal"
    columns[4]["targetDataType"] = "integer"
    columns[4]["displayFormat"] = "E8601DA."
    return {
        "datasetJSONCreationDateTime": "2026-01-02T03:04:05",
        "datasetJSONVersion": "1.1.0",
        "itemGroupOID": "IG.PATIENTS",
        "records": len(ROWS),
        "name": "PATIENTS",
        "label": "Patients",
        "columns": columns,
    }


def _json_rows() -> list[list[object]]:
    rows = []
    for one, site, age, weight, day, city in ROWS:
        whole = int(age) if isinstance(age, float) else None
        text = None if weight is None else str(weight)
        rows.append([one, site, whole, text, None if day is None else str(day), city])
    return rows


def dataset_json(path: Path) -> None:
    """CDISC Dataset-JSON 1.1."""
    whole = {**_dataset_json(), "rows": _json_rows()}
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")


def ndjson(path: Path) -> None:
    """The same by lines."""
    lines = [_dataset_json(), *_json_rows()]
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n")


def duckdb_file(path: Path) -> None:
    """One table in a database."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE patients (USUBJID VARCHAR, SITEID VARCHAR, AGE INTEGER, WEIGHT DOUBLE, "
            "RANDDT DATE, CITY VARCHAR)"
        )
        connection.executemany("INSERT INTO patients VALUES (?, ?, ?, ?, ?, ?)", ROWS)


def sqlite(path: Path) -> None:
    """One table in a database that has no dates."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE patients (USUBJID, SITEID TEXT, AGE, WEIGHT, RANDDT, CITY)")
    rows = [[str(v) if isinstance(v, dt.date) else v for v in row] for row in ROWS]
    connection.executemany("INSERT INTO patients VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()


WRITTEN: list[tuple[Writer, str, bool]] = [
    (csv, "patients.csv", False),
    (semicolons, "patients.csv", False),
    (parquet, "patients.parquet", True),
    (xlsx, "patients.xlsx", True),
    (xpt5, "patients.xpt", True),
    (xpt8, "patients.xpt", True),
    (sav, "patients.sav", True),
    (zsav, "patients.zsav", True),
    (dta, "patients.dta", True),
    (dataset_json, "patients.json", True),
    (ndjson, "patients.ndjson", True),
    (duckdb_file, "patients.duckdb", True),
    (sqlite, "patients.sqlite", False),
]
BY_R = (
    "patients.rds",
    "patients_v5.xpt",
    "patients_v8.xpt",
    "patients.sas7bdat",
    "patients.dta",
    "patients.sav",
    "patients.zsav",
)


@pytest.mark.parametrize(
    ("write", "name", "dates"), WRITTEN, ids=[writer.__name__ for writer, *_ in WRITTEN]
)
def test_the_same_table_comes_back_from_every_format(
    tmp_path: Path, write: Writer, name: str, dates: bool
) -> None:
    path = tmp_path / name
    write(path)
    (table,) = read_extract(path).tables
    assert (table.name.lower(), table.input) == ("patients", name)
    pd.testing.assert_frame_equal(table.frame, expected(dates=dates))
    assert table.frame["CITY"].iloc[1] is None
    again = read_extract(path)
    pd.testing.assert_frame_equal(again.tables[0].frame, table.frame)
    assert again.tables[0].notes == table.notes
    assert len(again.inputs[0].sha256) == 64


@pytest.mark.parametrize("name", BY_R)
def test_the_same_table_comes_back_from_what_r_wrote(name: str) -> None:
    (table,) = read_extract(REFERENCE / name).tables
    pd.testing.assert_frame_equal(table.frame, expected(dates=True))
    assert table.labels["AGE"] == "Age (years)"


@pytest.mark.parametrize(
    ("write", "name"),
    [(w, n) for w, n, _ in WRITTEN if w not in (csv, semicolons)],
    ids=[w.__name__ for w, *_ in WRITTEN if w not in (csv, semicolons)],
)
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_file_that_is_cut_off_is_refused(
    tmp_path: Path, write: Writer, name: str, part: float
) -> None:
    path = tmp_path / name
    write(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(InputError, match=name):
        read_extract(path)


@pytest.mark.parametrize("name", BY_R)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_file_of_r_that_is_cut_off_is_refused(tmp_path: Path, name: str, part: float) -> None:
    path = tmp_path / name
    data = (REFERENCE / name).read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(InputError):
        read_extract(path)


@pytest.mark.parametrize(
    "name", ["patients.xls", "dm.json", "dm.ndjson", "special_v8.xpt", "frames.rda", "ascii.rds"]
)
def test_damage_gives_a_table_or_a_clear_error(tmp_path: Path, name: str) -> None:
    data = (REFERENCE / name).read_bytes()
    chance = random.Random(name)  # noqa: S311  the same damage every time
    path = tmp_path / name
    outcomes = []
    for _ in range(30):
        broken = bytearray(data)
        for _ in range(chance.choice([1, 3, 20])):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        path.write_bytes(broken)
        try:
            outcomes.append(len(read_extract(path).tables))
        except InputError as problem:
            outcomes.append(len(str(problem)))
    assert all(outcomes)


@pytest.mark.parametrize("suffix", [".xpt", ".sas7bdat", ".sav", ".por", ".dta", ".rds", ".json",
                                    ".parquet", ".xlsx", ".xls", ".duckdb", ".sqlite",
                                    ".csv"])  # fmt: skip
def test_an_empty_file_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"t{suffix}"
    path.write_bytes(b"")
    with pytest.raises(InputError, match="the file is empty"):
        read_extract(path)


def test_a_folder_of_all_formats(tmp_path: Path) -> None:
    for number, (write, name, _) in enumerate(WRITTEN):
        if not name.endswith((".xpt", ".json", ".xlsx", ".duckdb", ".sqlite", ".ndjson")):
            write(tmp_path / f"t{number}_{name}")
    extract = read_extract(tmp_path)
    assert len(extract.tables) == len(extract.inputs) == 6
    assert len({file.sha256 for file in extract.inputs}) == 6
