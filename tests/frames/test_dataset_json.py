"""CDISC Dataset-JSON: what the standard asks for, and what a file does not keep."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from auditor.errors import InputError
from auditor.frames.dispatch import read_extract

REFERENCE = Path(__file__).resolve().parent.parent / "reference" / "frames"


def column(name: str, kind: str, **more: object) -> dict[str, object]:
    """A column as the standard describes it."""
    return {"itemOID": f"IT.{name}", "name": name, "label": name, "dataType": kind, **more}


def dataset(columns: list[dict[str, object]], rows: list[list[object]]) -> dict[str, object]:
    """A data set with all that is required."""
    return {
        "datasetJSONCreationDateTime": "2026-01-02T03:04:05Z",
        "datasetJSONVersion": "1.1.0",
        "itemGroupOID": "IG.DM",
        "isReferenceData": False,
        "records": len(rows),
        "name": "DM",
        "label": "Demographics",
        "columns": columns,
        "rows": rows,
    }


@pytest.fixture
def write(tmp_path: Path) -> Callable[[object], Path]:
    """Write a value as JSON, a text as it is."""

    def make(content: object, name: str = "dm.json") -> Path:
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_an_example_by_the_standard() -> None:
    (table,) = read_extract(REFERENCE / "dm.json").tables
    assert table.name == "DM"
    assert table.kind == "dataset-json"
    assert table.labels["RFSTDTC"] == "Subject Reference Start Date/Time"
    assert table.frame["USUBJID"].tolist() == ["CDISC01.100008", "CDISC01.100014", "CDISC01.200001"]
    assert table.frame["DMSEQ"].tolist() == [1.0, 2.0, 3.0]
    assert table.frame["RFSTDTC"].tolist() == ["2003-04-29", "2003-10", None]
    assert table.frame["RFSTDT"].tolist() == [pd.Timestamp("2003-04-29"), pd.NaT, pd.NaT]
    assert table.frame["WEIGHT"].tolist()[:2] == [70.25, 1e-05]
    (lines,) = read_extract(REFERENCE / "dm.ndjson").tables
    pd.testing.assert_frame_equal(lines.frame, table.frame)


def test_types(write: Callable[[object], Path]) -> None:
    columns = [
        column("S", "string"),
        column("B", "boolean"),
        column("I", "integer"),
        column("F", "float"),
        column("X", "decimal", targetDataType="decimal"),
        column("T", "time"),
        column("DT", "datetime", targetDataType="integer"),
        column("P", "date", targetDataType="integer"),
    ]
    rows: list[list[object]] = [
        ["01", True, 2**60, 1.5, "0.1", "10:30:00", "2020-01-02T03:04:05", "2020-01"],
        ["", None, None, None, None, None, None, None],
    ]
    (table,) = read_extract(write(dataset(columns, rows))).tables
    assert table.frame["S"].tolist() == ["01", None]
    assert table.frame["B"].tolist() == [True, None]
    assert table.frame["I"].iloc[0] == 2**60
    assert table.frame["X"].iloc[0] == 0.1
    assert table.frame["T"].tolist() == ["10:30:00", None]
    assert table.frame["DT"].iloc[0] == pd.Timestamp("2020-01-02T03:04:05")
    assert table.frame["P"].tolist() == ["2020-01", None]
    assert any("kept as text: P" in note for note in table.notes)


def test_no_rows(write: Callable[[object], Path]) -> None:
    (table,) = read_extract(write(dataset([column("A", "integer")], []))).tables
    assert table.frame.shape == (0, 1)


def _without(key: str) -> dict[str, object]:
    whole = dataset([column("A", "integer")], [[1]])
    del whole[key]
    return whole


GOOD = dataset([column("A", "integer")], [[1], [2]])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({**GOOD, "datasetJSONVersion": "1.0.0"}, r"version '1\.0\.0' is not read"),
        ({**GOOD, "datasetJSONVersion": "1.10.0"}, r"version '1\.10\.0' is not read"),
        ({**GOOD, "records": 3}, "records says 3, but there are 2 rows"),
        (_without("itemGroupOID"), "needs itemGroupOID"),
        (_without("records"), "needs records"),
        (_without("datasetJSONVersion"), "no Dataset-JSON"),
        ({**GOOD, "columns": [{"name": "A"}]}, "number 1: the column needs itemOID"),
        ({**GOOD, "columns": [column("A", "whole")]}, "dataType 'whole' is not known"),
        ({**GOOD, "rows": [[1], [2, 3]]}, "row 2: this row does not have 1 values"),
        ({**GOOD, "rows": [[1], ["x"]]}, "column A, row 2: a value is not of the type integer"),
        ({**GOOD, "rows": [[1], [True]]}, "column A, row 2"),
        (dataset([column("A", "string"), column("A", "string")], []), "same name: 'A'"),
        (json.dumps(GOOD)[:-30], "broken or cut off"),
        ("{}", "no Dataset-JSON"),
        ('{"a": 1', "broken or cut off"),
        ("{" * 100_000, "broken"),
    ],
)
def test_what_is_not_by_the_standard_is_refused(
    write: Callable[[object], Path], content: object, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        read_extract(write(content))


def test_a_broken_line_is_named(write: Callable[..., Path]) -> None:
    head = {key: value for key, value in GOOD.items() if key != "rows"}
    path = write(json.dumps(head) + "\n[1]\n[2\n", "dm.ndjson")
    with pytest.raises(InputError, match="line 3: this line is not JSON"):
        read_extract(path)
