"""Extracts as delivered -> standard tables."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from auditor.errors import InputError, StudyError
from auditor.frames.cohort import Cohort
from auditor.frames.extract import Delivered, Extract
from auditor.frames.standardise import standardise, tables_read
from auditor.study import Group, Study, TableMap

SUBJECTS = ["01-001", "01-002", "01-003"]


def delivered(name: str, columns: dict[str, Any], *, kind: str = "csv") -> Delivered:
    return Delivered(name, f"{name}.{kind}", kind, pd.DataFrame(columns))


def cohort(*tables: Delivered, study: Study | None = None) -> Cohort:
    return standardise(Extract("data", (), tables), study or Study())


def patients(**columns: Any) -> Delivered:
    return delivered("adsl", {"USUBJID": SUBJECTS, **columns})


def mapped(table: str = "patients", **words: Any) -> Study:
    return Study(file="study.toml", tables={table: TableMap(**words)})


@pytest.mark.parametrize("name", ["adsl", "ADSL", "rsonco_inv_adsl_input", "dm", "Cohort-ADSL v2"])
def test_a_table_is_recognised_by_its_name(name: str) -> None:
    found = cohort(delivered(name, {"USUBJID": SUBJECTS}))
    assert list(found.tables) == ["patients"]
    assert found.tables["patients"].frame["USUBJID"].tolist() == SUBJECTS


@pytest.mark.parametrize(
    ("name", "columns", "table"),
    [
        ("export1", {"AGE": 1, "SEX": "F", "TRT01A": "A", "DTHDT": None}, "patients"),
        ("export1", {"AETERM": "Rash", "AETOXGR": "1"}, "adverse_events"),
        ("export1", {"TRLNKID": "T01", "TRTESTCD": "LDIAM", "TRSTRESN": 4.0}, "lesions"),
        ("export1", {"TULNKID": "T01", "TUTESTCD": "TUMIDENT", "TULOC": "LIVER"}, "tumours"),
        ("export1", {"PARAMCD": "OS", "AVAL": 4.0, "CNSR": 0, "STARTDT": None}, "times"),
        ("export1", {"PARAMCD": "OVR", "AVALC": "CR"}, "responses"),
        ("export1", {"RSTESTCD": "BESTRESP", "RSSTRESC": "CR"}, "best_responses"),
        ("export1", {"EXTRT": "X", "EXDOSE": 4.0}, "exposures"),
        # The name has a word that is a domain, but the table has not its columns.
        ("size_in_cm", {"TRLNKID": "T01", "TRTESTCD": "LDIAM", "TRSTRESN": 4.0}, "lesions"),
        # The name tells of two tables, the columns of one of them.
        ("ae_dm_listing", {"AETERM": "Rash", "AETOXGR": "1"}, "adverse_events"),
    ],
)
def test_columns_tell_where_the_name_does_not(
    name: str, columns: dict[str, Any], table: str
) -> None:
    whole = {"USUBJID": SUBJECTS, **{k: [v] * 3 for k, v in columns.items()}}
    assert list(cohort(delivered(name, whole)).tables) == [table]


def test_a_table_that_nothing_tells_of_is_said_not_to_be_used() -> None:
    found = cohort(patients(), delivered("vitals", {"USUBJID": SUBJECTS, "PULSE": [60, 61, 62]}))
    reads = tables_read(found)
    assert [(r.name, r.standard) for r in reads] == [("adsl", ("patients",)), ("vitals", ())]
    assert "not used: neither its name nor its columns" in reads[1].notes[0]


def test_nothing_recognised_is_an_error_with_the_remedy() -> None:
    with pytest.raises(InputError, match=r"\[tables.patients\] source"):
        cohort(delivered("vitals", {"A": [1]}))


def test_two_tables_of_one_kind_are_an_error_that_says_how_to_choose() -> None:
    tables = (delivered("adsl_new", {"USUBJID": ["1"]}), delivered("adsl_old", {"USUBJID": ["1"]}))
    with pytest.raises(InputError, match="adsl_new, adsl_old") as error:
        cohort(*tables)
    assert '[tables.patients] source = "adsl_new"' in str(error.value)
    chosen = cohort(*tables, study=mapped(source="ADSL_OLD"))
    assert chosen.tables["patients"].delivered.name == "adsl_old"


def test_the_same_name_in_two_inputs_is_chosen_by_input() -> None:
    csv, xpt = (delivered("adsl", {"USUBJID": ["1"]}, kind=k) for k in ("csv", "xpt"))
    with pytest.raises(InputError, match=r"adsl\.csv/adsl, adsl\.xpt/adsl"):
        cohort(csv, xpt)
    chosen = cohort(csv, xpt, study=mapped(source="adsl.xpt"))
    assert chosen.tables["patients"].delivered is xpt


def test_the_whole_name_is_surer_than_a_part_and_adam_than_sdtm() -> None:
    names = ["dm", "adsl_screened", "adsl"]
    found = cohort(*(delivered(n, {"USUBJID": SUBJECTS}) for n in names))
    assert found.tables["patients"].delivered.name == "adsl"
    unused = [r for r in tables_read(found) if not r.standard]
    assert all("adsl is read for patients (ADSL)" in r.notes[0] for r in unused)


def test_a_domain_without_rows_to_use_is_passed_over() -> None:
    adrs = delivered("adrs", {"USUBJID": ["1"], "PARAMCD": ["BOR"], "AVALC": ["CR"]})
    rs = delivered("rs", {"USUBJID": ["1"], "RSTESTCD": ["OVRLRESP"], "RSSTRESC": ["PR"]})
    found = cohort(adrs, rs)
    assert found.tables["responses"].delivered.name == "rs"
    assert found.tables["best_responses"].delivered.name == "adrs"


def test_rows_are_confined_to_the_parameters_and_keep_their_places() -> None:
    rs = delivered(
        "adrs",
        {
            "USUBJID": ["1", "1", "2"],
            "PARAMCD": ["BOR", "OVR", "OVR"],
            "AVALC": ["PR", "PR", " SD "],
            "ADT": ["2020-01-01"] * 3,
        },
    )
    table = cohort(rs).tables["responses"]
    assert table.frame.index.tolist() == [1, 2]
    place = table.place(2, "AVALC")
    assert (place.row, place.variable, place.quote, place.subject) == (2, "AVALC", " SD ", "2")
    assert table.frame.loc[2, "AVALC"] == "SD"
    assert any("blanks around them were removed: 1" in note for note in table.notes)


def test_parameters_can_be_translated() -> None:
    rs = delivered("adrs", {"USUBJID": ["1"] * 2, "PARAMCD": ["ORS", "X"], "AVALC": ["CR"] * 2})
    study = mapped("responses", codes={"PARAMCD": {"ORS": "OVR"}})
    assert cohort(rs, study=study).tables["responses"].frame["PARAMCD"].tolist() == ["OVR"]


def test_two_columns_of_one_name_are_an_error() -> None:
    frame = pd.DataFrame([["1", "F", "M"]], columns=["USUBJID", "SEX", "SEX"])
    with pytest.raises(InputError, match="two columns SEX"):
        cohort(Delivered("adsl", "adsl.csv", "csv", frame))


def test_subjects_have_one_identifier_in_all_tables() -> None:
    adsl = patients(SUBJID=["001", "002", "003"])
    ae = delivered("ae", {"SUBJID": ["002", " 003", "009", None], "AETERM": ["Rash"] * 4})
    found = cohort(adsl, ae)
    table = found.tables["adverse_events"]
    assert table.frame["USUBJID"].tolist() == ["01-002", "01-003", "009", None]
    assert table.place(0, "USUBJID").quote == "002"
    assert any("translated into USUBJID by adsl" in n for n in tables_read(found)[1].notes)


def test_an_identifier_that_the_patients_have_twice_is_not_translated() -> None:
    adsl = patients(SUBJID=["001", "001", "003"])
    ae = delivered("ae", {"SUBJID": ["001", "003"], "AETERM": ["Rash"] * 2})
    frame = cohort(adsl, ae).tables["adverse_events"].frame
    assert frame["USUBJID"].tolist() == ["001", "01-003"]


def test_an_empty_table_is_there_and_empty() -> None:
    found = cohort(delivered("adae", {"USUBJID": [], "AETERM": []}))
    assert len(found.tables["adverse_events"].frame) == 0
    assert found.tables["adverse_events"].has("TERM")


def test_columns_are_found_by_other_standard_names_in_any_capitals() -> None:
    found = cohort(
        delivered("adsl", {"usubjid": SUBJECTS, "ecogbl": [0, 1, 2], "arm": list("AAB")})
    )
    table = found.tables["patients"]
    assert table.columns == {"USUBJID": "usubjid", "TRT01P": "arm", "ECOG": "ecogbl"}
    assert table.frame["ECOG"].tolist() == [0.0, 1.0, 2.0]


def test_the_study_maps_columns_and_codes() -> None:
    study = mapped(
        columns={"SEX": "GENDER", "SAFFL": "TREATED"},
        codes={"SEX": {"1": "M", "2": "F", "9": ""}, "SAFFL": {"1": "Y", "0": "N"}},
    )
    table = cohort(patients(GENDER=[1.0, 2.0, 9.0], TREATED=[1, 0, 7]), study=study)
    frame = table.tables["patients"].frame
    assert frame["SEX"].tolist() == ["M", "F", None]
    assert frame["SAFFL"].tolist() == ["Y", "N", None]
    unread = table.tables["patients"].unread
    assert [(u.column, u.row, u.text) for u in unread] == [("SAFFL", 2, "7")]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"source": "adsll"}, "no delivered table adsll.*Did you mean adsl"),
        ({"columns": {"SEX": "GENDR"}}, "has no column GENDR.*Did you mean GENDER"),
        ({"source": "adsl", "columns": {"SEX": "GENDR"}}, "tables.patients.columns.SEX"),
    ],
)
def test_a_mapping_that_does_not_fit_is_an_error(words: dict[str, Any], message: str) -> None:
    with pytest.raises(StudyError) as error:
        cohort(patients(GENDER=list("MFM")), study=mapped(**words))
    assert re_search(message, str(error.value))


def re_search(pattern: str, text: str) -> bool:
    import re

    return re.search(pattern, text, re.DOTALL) is not None


def test_a_source_without_a_required_column_is_an_error() -> None:
    with pytest.raises(StudyError, match=r"no column for USUBJID"):
        cohort(delivered("people", {"ID": [1]}), study=mapped(source="people"))


def test_a_source_without_the_parameters_is_an_error() -> None:
    adrs = delivered("adrs", {"USUBJID": ["1"], "PARAMCD": ["OVRESP"], "AVALC": ["CR"]})
    with pytest.raises(StudyError, match="OVR or OVRLRESP"):
        cohort(patients(), adrs, study=mapped("responses", source="adrs"))


def test_identifiers_delivered_as_numbers_are_text_without_decimals() -> None:
    table = cohort(delivered("adsl", {"USUBJID": [1.0, 2.0, np.nan]})).tables["patients"]
    assert table.frame["USUBJID"].tolist() == ["1", "2", None]


@pytest.mark.parametrize(
    ("values", "read", "unread"),
    [
        (["61", " 62.5", None], [61, 62.5, np.nan], []),
        (["61", "<18", "inf"], [61, np.nan, np.nan], [1, 2]),
        (["61", "1_0", "nan"], [61, np.nan, np.nan], [1, 2]),
        (["1e1", "6,5", ""], [10, np.nan, np.nan], [1]),
        ([61, np.inf, None], [61, np.nan, np.nan], [1]),
        ([True, False, True], [np.nan] * 3, [0, 1, 2]),
        (pd.array([1, None, 3], dtype="Int64"), [1, np.nan, 3], []),
        (pd.Series(["2020-01-01", None, None], dtype="datetime64[ns]"), [np.nan] * 3, [0]),
    ],
)
def test_numbers(values: Any, read: list[float], unread: list[int]) -> None:
    table = cohort(patients(AGE=values)).tables["patients"]
    assert table.frame["AGE"].dtype == "float64"
    np.testing.assert_array_equal(table.frame["AGE"].to_numpy(), np.array(read, dtype=float))
    assert [u.row for u in table.unread] == unread


@pytest.mark.parametrize(
    ("values", "read", "unread"),
    [
        (["Y", "N", None], ["Y", "N", None], []),
        (["Y", "y", "Yes"], ["Y", None, None], [1, 2]),
        ([True, False, None], ["Y", "N", None], []),
        ([1, 0, 1], [None] * 3, [0, 1, 2]),
    ],
)
def test_flags(values: Any, read: list[str | None], unread: list[int]) -> None:
    table = cohort(patients(DTHFL=values)).tables["patients"]
    assert table.frame["DTHFL"].tolist() == read
    assert [u.row for u in table.unread] == unread


def days(series: pd.Series) -> list[date | None]:
    return [None if pd.isna(day) else day.date() for day in series]


def test_dates_have_a_first_and_a_last_day() -> None:
    table = cohort(patients(DTHDTC=["2020-03-14T10:00", "2020-02", "2020-02-30"])).tables[
        "patients"
    ]
    assert days(table.frame["DTHDT"]) == [date(2020, 3, 14), None, None]
    assert days(table.earliest["DTHDT"]) == [date(2020, 3, 14), date(2020, 2, 1), None]
    assert days(table.latest["DTHDT"]) == [date(2020, 3, 14), date(2020, 2, 29), None]
    assert [(u.column, u.row, u.why) for u in table.unread] == [
        ("DTHDT", 2, "there is no such day")
    ]


def test_imputation_flags_widen_what_a_date_can_mean() -> None:
    table = cohort(
        patients(TRTSDT=pd.to_datetime(["2020-02-01"] * 3), TRTSDTF=["D", "M", None])
    ).tables["patients"]
    assert days(table.frame["TRTSDT"]) == [date(2020, 2, 1)] * 3
    assert days(table.earliest["TRTSDT"]) == [date(2020, 2, 1), date(2020, 1, 1), date(2020, 2, 1)]
    assert days(table.latest["TRTSDT"]) == [date(2020, 2, 29), date(2020, 12, 31), date(2020, 2, 1)]
    assert any("imputed dates, by TRTSDTF: 2" in note for note in table.notes)


def test_the_collected_date_tells_that_a_day_was_imputed() -> None:
    rs = delivered(
        "adrs",
        {
            "USUBJID": ["1", "2", "3"],
            "PARAMCD": ["OVR"] * 3,
            "AVALC": ["CR"] * 3,
            "ADT": ["2020-02-29", "2020-02-29", None],
            "RSDTC": ["2020-02", "2020-02-28", "2021"],
        },
    )
    table = cohort(rs).tables["responses"]
    assert table.columns["ADT"] == "ADT"
    assert days(table.frame["ADT"]) == [date(2020, 2, 29), date(2020, 2, 29), None]
    assert days(table.earliest["ADT"]) == [date(2020, 2, 1), date(2020, 2, 29), date(2021, 1, 1)]
    assert days(table.latest["ADT"]) == [date(2020, 2, 29), date(2020, 2, 29), date(2021, 12, 31)]


@pytest.mark.parametrize(
    ("kind", "order", "values", "first"),
    [
        ("xpt", None, [21915.0, 0.0, np.nan], [date(2020, 1, 1), date(1960, 1, 1), None]),
        ("csv", "sas", [21915, 0, -1], [date(2020, 1, 1), date(1960, 1, 1), date(1959, 12, 31)]),
        ("xlsx", "excel", [43831, 61, 60], [date(2020, 1, 1), date(1900, 3, 1), None]),
        ("csv", None, [2020, 43831, np.nan], [date(2020, 1, 1), None, None]),
        ("csv", "ymd", [20200314, 20200230, 2020], [date(2020, 3, 14), None, date(2020, 1, 1)]),
        ("csv", "dmy", ["14/03/2020", "3/2020", "2020-03-14"], None),
    ],
)
def test_numbers_are_dates_only_where_something_says_so(
    kind: str, order: str | None, values: Any, first: list[date | None] | None
) -> None:
    table = delivered("adsl", {"USUBJID": SUBJECTS, "DTHDT": values}, kind=kind)
    study = mapped(date_formats={"DTHDT": order}) if order else None
    read = cohort(table, study=study).tables["patients"]
    expected = first or [date(2020, 3, 14), date(2020, 3, 1), date(2020, 3, 14)]
    assert days(read.earliest["DTHDT"]) == expected
    missing = {row for row, day in enumerate(expected) if day is None}
    given = {row for row, value in enumerate(values) if value == value}
    assert {u.row for u in read.unread} == missing & given


def test_columns_by_which_the_study_breaks_down_are_kept() -> None:
    study = Study(by=("COUNTRY",), groups=(Group("STS", {"HIST": ("1",)}),))
    frame = (
        cohort(patients(COUNTRY=list("ABA"), HIST=[1, 2, 1]), study=study).tables["patients"].frame
    )
    assert frame["HIST"].tolist() == ["1", "2", "1"]
    with pytest.raises(StudyError, match="Did you mean COUNTRY"):
        cohort(patients(COUNTRY=list("ABA")), study=Study(by=("COUNTRYY",)))


def test_values_of_many_rows_are_read_once_each_and_all_counted() -> None:
    rows = 200_000
    table = delivered(
        "adlb_adae",
        {
            "USUBJID": np.repeat([f"S{n:06d}" for n in range(2_000)], 100),
            "AETERM": np.tile(["Rash", "Fever "], rows // 2),
            "AETOXGR": np.tile(["1", "2", "x", "3"], rows // 4),
            "AESTDTC": np.tile(["2020-01-01", "2020-02", "2020-02-30", None], rows // 4),
        },
    )
    read = cohort(table).tables["adverse_events"]
    assert len(read.frame) == rows
    assert len(read.unread) == rows // 2


@pytest.mark.skipif("AUDITOR_COHORTS" not in os.environ, reason="AUDITOR_COHORTS is not set")
def test_public_cohorts_are_read_whole() -> None:
    folder = Path(os.environ["AUDITOR_COHORTS"])
    for name, expected in (
        ("lesions", {"responses": 66, "lesions": 546, "tumours": 75}),
        ("recist", {"patients": 254, "responses": 633, "best_responses": 508, "times": 840}),
    ):
        files = sorted((folder / name).glob("*.csv"))
        tables = tuple(Delivered(f.stem, f.name, "csv", pd.read_csv(f)) for f in files)
        found = cohort(*tables)
        assert {n: len(t.frame) for n, t in found.tables.items()} == expected
        assert not any(t.unread for t in found.tables.values())


ADEX: dict[str, list[Any]] = {
    "USUBJID": ["1"] * 6,
    "PARAMCD": ["DURD", "DOSE", "DURD", "DOSE", "TDURD", "TDOSE"],
    "EXSEQ": [1, 1, 2, 2, None, None],
    "EXTRT": ["DRUG", "DRUG", "DRUG", "DRUG", None, None],
    "EXDOSE": [80, 80, 40, 40, None, None],
    "ASTDT": ["2021-01-01", "2021-01-01", "2021-02-01", "2021-02-01", "2021-01-01", "2021-01-01"],
    "AVAL": [31, 80, 28, 40, 59, 120],
}


def test_of_an_adex_with_parameters_each_exposure_is_read_once() -> None:
    found = cohort(delivered("adex", ADEX))
    assert found.tables["exposures"].frame["SEQ"].to_dict() == {0: 1, 2: 2}
    assert "PARAMCD: one row of each exposure is read: 2 of 6" in tables_read(found)[0].notes


def test_an_exposure_that_stands_twice_under_one_parameter_is_two_rows() -> None:
    twice = {name: [*values[:2], *values[:2]] for name, values in ADEX.items()}
    found = cohort(delivered("adex", twice))
    assert found.tables["exposures"].frame["SEQ"].tolist() == [1, 1]


def test_the_summaries_of_an_adex_may_name_the_treatment_and_number_their_rows() -> None:
    named = {k: v for k, v in ADEX.items() if k != "EXSEQ"} | {
        "ASEQ": [1, 2, 3, 4, 5, 6],
        "EXTRT": ["DRUG"] * 6,
        "PARCAT1": ["INDIVIDUAL"] * 4 + ["OVERALL"] * 2,
    }
    found = cohort(delivered("adex", named))
    assert found.tables["exposures"].frame.index.tolist() == [0, 2]


def test_an_exposure_without_treatment_is_kept_where_it_has_a_number() -> None:
    found = cohort(delivered("adex", {**ADEX, "EXTRT": ["DRUG", "DRUG", None, None, None, None]}))
    assert found.tables["exposures"].frame["SEQ"].tolist() == [1, 2]


@pytest.mark.parametrize("name", ["adface", "FACE", "adlb", "suppae", "pr"])
def test_another_domain_is_not_taken_for_a_table_whose_columns_it_carries(name: str) -> None:
    other = {"USUBJID": SUBJECTS, "EXTRT": ["X"] * 3, "EXDOSE": [1.0] * 3}
    found = cohort(patients(), delivered(name, other))
    assert list(found.tables) == ["patients"]
    assert tables_read(found)[1].notes == (
        "not used: no check and no endpoint rests on this domain",
    )


def test_a_table_of_responses_without_a_row_is_there_and_empty() -> None:
    best = {"USUBJID": SUBJECTS, "PARAMCD": "BOR", "AVALC": "PR"}
    found = cohort(
        patients(),
        delivered("adrs", best),
        delivered("rs", {"USUBJID": [], "RSTESTCD": [], "RSSTRESC": []}),
    )
    assert found.tables["best_responses"].delivered.name == "adrs"
    assert found.tables["responses"].delivered.name == "rs"
    assert found.tables["responses"].frame.empty


def test_responses_of_no_known_parameter_are_said_to_have_none() -> None:
    rows = {"USUBJID": SUBJECTS, "RSTESTCD": "XYZ", "RSSTRESC": "PR"}
    found = cohort(patients(), delivered("rs", rows))
    (read,) = (read for read in tables_read(found) if read.name == "rs")
    assert read.notes == ("not used: no row has a parameter of BOR, CBOR, BESTRESP, OVR, OVRLRESP",)


def test_grades_in_words_are_read_and_told() -> None:
    grades = ["GRADE 1", "Grade 3", "G4", "CTCAE Grade 5", "2", "GRADE 6", None]
    ae = delivered("ae", {"USUBJID": ["1"] * 7, "AETERM": ["Rash"] * 7, "AETOXGR": grades})
    found = cohort(ae)
    events = found.tables["adverse_events"]
    assert events.frame["TOXGR"].tolist()[:5] == [1, 3, 4, 5, 2]
    assert [u.row for u in events.unread] == [5]
    assert "AETOXGR: values translated by the words for grades: 4" in tables_read(found)[0].notes


def test_an_assessment_that_was_not_done_is_no_response() -> None:
    rs = {
        "USUBJID": ["1"] * 4,
        "RSTESTCD": ["OVRLRESP"] * 4,
        "RSSTRESC": ["SD", None, None, "PD"],
        "RSSTAT": [None, "NOT DONE", None, "NOT DONE"],
    }
    found = cohort(delivered("rs", rs))
    # The third lacks a response, the fourth has one all the same.
    assert found.tables["responses"].frame["AVALC"].to_dict() == {0: "SD", 2: None, 3: "PD"}
    assert "RSSTAT: assessments that were not done: 1" in tables_read(found)[0].notes
