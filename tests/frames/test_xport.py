"""SAS transport files: numbers to the last bit, special missing values, encodings, members."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import InputError
from auditor.frames.dispatch import read_extract

REFERENCE = Path(__file__).resolve().parent.parent / "reference" / "frames"


@pytest.mark.parametrize("name", ["special_v5.xpt", "special_v8.xpt", "special.sas7bdat"])
def test_special_missing_values_are_kept_apart(name: str) -> None:
    (table,) = read_extract(REFERENCE / name).tables
    assert table.special == {"LAB": {1: ".A", 3: ".Z"}}
    assert table.frame["LAB"].tolist()[0] == 1.5
    assert table.frame["LAB"].isna().tolist() == [False, True, True, True]
    assert table.frame["SEEN"].tolist() == [
        pd.Timestamp("2020-01-02T10:30:00"),
        pd.NaT,
        pd.Timestamp("2020-03-29"),
        pd.Timestamp("1999-12-31T23:59:59"),
    ]
    assert "special missing values, kept apart: LAB (2)" in table.notes


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.floats(-1e70, 1e70, allow_subnormal=False).filter(
                lambda x: x == 0 or abs(x) > 1e-70
            ),
            st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=9),
        ),
        min_size=1,
        max_size=12,
    ),
    version=st.sampled_from([5, 8]),
)
def test_values_are_those_that_readstat_reads(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[float, str]], version: int
) -> None:
    path = tmp_path_factory.mktemp("xpt") / "t.xpt"
    frame = pd.DataFrame(rows, columns=["X", "TEXT"])
    pyreadstat.write_xport(
        frame, path, table_name="T", file_format_version=5 if version == 5 else 8
    )
    (table,) = read_extract(path).tables
    theirs, _ = pyreadstat.read_xport(path)
    np.testing.assert_array_equal(table.frame["X"].to_numpy(), theirs["X"].to_numpy())
    np.testing.assert_allclose(table.frame["X"], frame["X"], rtol=1e-15)
    texts = [text.rstrip(" ") or None for text in frame["TEXT"]]
    assert table.frame["TEXT"].tolist() == [t if t and t.strip() else None for t in texts]


def test_text_that_is_not_utf8_is_windows_1252_and_said(tmp_path: Path) -> None:
    data = (REFERENCE / "patients_v5.xpt").read_bytes()
    path = tmp_path / "patients.xpt"
    path.write_bytes(data.replace("Köln".encode(), b"K\xf6ln ").replace("Genève".encode(),
                                                                        b"Gen\xe8ve "))  # fmt: skip
    (table,) = read_extract(path).tables
    assert table.frame["CITY"].tolist()[:3] == ["Köln", None, "Genève"]
    assert "encoding cp1252 (assumed: the text is not UTF-8)" in table.notes
    path.write_bytes(data.replace("Köln".encode(), b"K\x81\x8dln"))
    with pytest.raises(InputError, match="neither UTF-8 nor Windows-1252"):
        read_extract(path)


def test_every_data_set_of_a_file_is_read(tmp_path: Path) -> None:
    first = (REFERENCE / "patients_v5.xpt").read_bytes()
    second = (REFERENCE / "special_v5.xpt").read_bytes()[240:]
    path = tmp_path / "cohort.xpt"
    path.write_bytes(first + second)
    extract = read_extract(path)
    assert [table.name for table in extract.tables] == ["PATIENTS", "SPECIAL"]
    assert [len(table.frame) for table in extract.tables] == [4, 4]
    assert extract.notes == ("holds 2 data sets",)


def test_no_rows(tmp_path: Path) -> None:
    data = (REFERENCE / "patients_v5.xpt").read_bytes()
    at = data.index(b"HEADER RECORD*******OBS ") + 80
    path = tmp_path / "t.xpt"
    path.write_bytes(data[:at])
    (table,) = read_extract(path).tables
    assert table.frame.shape == (0, 6)


def test_a_recorded_number_of_rows_is_held_against_the_file(tmp_path: Path) -> None:
    data = (REFERENCE / "patients_v8.xpt").read_bytes()
    at = data.index(b"HEADER RECORD*******OBSV8") + 48
    path = tmp_path / "t.xpt"
    path.write_bytes(data[:at] + b"%15d" % 4 + data[at + 15 :])
    assert len(read_extract(path).tables[0].frame) == 4
    path.write_bytes(data[:at] + b"%15d" % 40 + data[at + 15 :])
    with pytest.raises(InputError, match="40 rows are announced"):
        read_extract(path)


def test_blank_rows_of_text_at_the_end_are_said_to_be_lost(tmp_path: Path) -> None:
    path = tmp_path / "t.xpt"
    frame = pd.DataFrame({"TEXT": ["abcdefgh", "x", ""]})
    pyreadstat.write_xport(frame, path, table_name="T", file_format_version=5)
    (table,) = read_extract(path).tables
    assert table.frame["TEXT"].tolist() == ["abcdefgh", "x"]
    assert any("cannot be told from filling" in note for note in table.notes)


@settings(max_examples=150, deadline=None)
@given(at=st.integers(80, 1839), byte=st.integers(0, 255))
def test_a_damaged_byte_never_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, at: int, byte: int
) -> None:
    data = bytearray((REFERENCE / "patients_v5.xpt").read_bytes())
    data[at] = byte
    path = tmp_path_factory.mktemp("xpt") / "t.xpt"
    path.write_bytes(bytes(data))
    try:
        read_extract(path)
    except InputError as problem:
        assert str(problem)  # noqa: PT017  both ends are right, a traceback is not
