"""Codes with labels of their file, and words that say yes or no."""

from __future__ import annotations

import pandas as pd

from auditor.frames.cohort import Table
from auditor.frames.extract import Delivered, Extract
from auditor.frames.standardise import standardise
from auditor.study import Study, TableMap

LABELS = {"SEX": {"1": "M", "2": "F"}, "ECOG": {"0": "fully active", "1": "restricted"}}


def patients(study: Study | None = None, **columns: list[object]) -> Table:
    frame = pd.DataFrame({"USUBJID": ["1", "2", "3"], **columns})
    delivered = Delivered("adsl", "adsl.sav", "sav", frame, codes=LABELS)
    return standardise(Extract("data", (), (delivered,)), study or Study()).tables["patients"]


def test_labels_of_the_file_are_what_its_codes_mean() -> None:
    table = patients(SEX=[1.0, 2.0, 9.0])
    assert table.frame["SEX"].tolist() == ["M", "F", "9"]
    assert "SEX: values translated by the value labels of the file: 2" in table.notes


def test_numbers_stay_numbers_whatever_their_labels() -> None:
    assert patients(ECOG=[0, 1, 2]).frame["ECOG"].tolist() == [0, 1, 2]


def test_codes_of_the_study_win() -> None:
    study = Study(tables={"patients": TableMap(codes={"SEX": {"1": "F", "2": "M"}})})
    assert patients(study, SEX=[1, 2, 2]).frame["SEX"].tolist() == ["F", "M", "M"]


def test_words_for_yes_and_no_are_flags_and_it_is_said() -> None:
    table = patients(DTHFL=["TRUE", "FALSE", None])
    assert table.frame["DTHFL"].tolist() == ["Y", "N", None]
    assert "DTHFL: TRUE and FALSE are read as Y and N" in table.notes
    assert table.unread == ()


def test_a_column_of_several_spellings_is_not_guessed() -> None:
    assert [unread.row for unread in patients(DTHFL=["Y", "Yes", "no"]).unread] == [1, 2]


def test_a_number_is_no_flag_without_the_study_s_word() -> None:
    table = patients(DTHFL=["1", "0", "Y"])
    assert table.frame["DTHFL"].tolist() == [None, None, "Y"]
    assert [unread.row for unread in table.unread] == [0, 1]
