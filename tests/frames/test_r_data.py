"""R's files: data frames of all sorts are read, models and numbers are named and left."""

from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd
import pytest

from auditor.errors import InputError
from auditor.frames.dispatch import read_extract

REFERENCE = Path(__file__).resolve().parent.parent / "reference" / "frames"


def test_data_frames_of_an_rda_file() -> None:
    extract = read_extract(REFERENCE / "frames.rda")
    assert [table.name for table in extract.tables] == ["frames", "none", "tibble"]
    assert extract.notes == ("no data frames, not read: model, number",)
    frames, none, tibble = extract.tables
    assert frames.frame["RESPONSE"].tolist() == ["PR", "CR", None, "PR"]
    assert frames.frame["CONSENT"].tolist() == [True, None, False, True]
    assert frames.frame["LINE"].isna().tolist() == [False, True, False, False]
    assert frames.frame["SEEN"].tolist() == [
        pd.Timestamp("2020-01-02"),
        pd.NaT,
        pd.Timestamp("2020-07-01T12:00:00"),
        pd.Timestamp("2020-03-29T01:30:00"),
    ]
    assert any("local time of Europe/Berlin" in note for note in frames.notes)
    assert frames.special == {"LAB": {1: ".a", 3: ".z"}}
    assert frames.codes == {"SEX": {"1": "male", "2": "female"}}
    assert frames.labels["AGE"] == "Age (years)"
    assert list(none.frame.columns) == list(frames.frame.columns)
    assert len(none.frame) == 0
    pd.testing.assert_frame_equal(tibble.frame, frames.frame)


def test_a_list_of_data_frames_and_other_ways_of_saving() -> None:
    extract = read_extract(REFERENCE / "list.rds")
    assert [table.name for table in extract.tables] == ["adsl", "rest"]
    (text,) = read_extract(REFERENCE / "ascii.rds").tables
    left = text.frame.drop(columns=["LAB"])
    pd.testing.assert_frame_equal(left, extract.tables[1].frame.drop(columns=["LAB"]))


def test_no_data_frame_is_said() -> None:
    with pytest.raises(InputError, match="holds no data frame"):
        read_extract(REFERENCE / "number.rds")


def test_damage_is_refused(tmp_path: Path) -> None:
    plain = gzip.decompress((REFERENCE / "patients.rds").read_bytes())
    path = tmp_path / "t.rds"
    for at in range(24, len(plain), 7):
        path.write_bytes(plain[:at] + bytes([plain[at] ^ 0x55]) + plain[at + 1 :])
        try:
            (table,) = read_extract(path).tables
        except InputError:
            continue
        assert len(table.frame) == 4  # a changed value is no damage that can be seen
