"""Invented cohorts: the same for the same seed, and true to themselves."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from auditor.frames.extract import Extract
from auditor.synthetic.cohort import CUTOFF, csv_bytes, make_cohort, study_toml, write_csv


@pytest.fixture(scope="module")
def extract() -> Extract:
    return make_cohort(120, 3)


def frame(extract: Extract, name: str) -> pd.DataFrame:
    return next(table.frame for table in extract.tables if table.name == name)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    first, again, other = make_cohort(30, 1), make_cohort(30, 1), make_cohort(30, 2)
    assert first.inputs == again.inputs
    assert all(a.sha256 != b.sha256 for a, b in zip(first.inputs, other.inputs, strict=True))


def test_a_patient_does_not_depend_on_how_many_follow() -> None:
    few, many = frame(make_cohort(20, 5), "adsl"), frame(make_cohort(60, 5), "adsl")
    kept = many[many["USUBJID"].isin(few["USUBJID"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(few, kept)


def test_the_draws_are_those_of_every_machine() -> None:
    """A change of these would change every seeded example."""
    row = frame(make_cohort(1, 7), "adsl").iloc[0]
    assert (row["AGE"], row["SEX"], row["RANDDT"], row["BOR"]) == (67, "F", "2021-09-21", "SD")


def test_everything_that_a_trial_has_occurs(extract: Extract) -> None:
    adsl, rs, tr = (frame(extract, name) for name in ("adsl", "rs", "tr"))
    assert set(adsl["TRT01P"]) == {"Experimental", "Control"}
    assert set(adsl["EOSSTT"]) == {"COMPLETED", "DISCONTINUED", "ONGOING"}
    overall = rs.loc[rs["RSTESTCD"] == "OVRLRESP", "RSSTRESC"]
    assert set(overall) == {"CR", "PR", "SD", "PD", "NE", "NON-CR/NON-PD"}
    assert set(tr["TRGRPID"]) == {"TARGET", "NON-TARGET", "NEW"}
    assert set(tr["TRTESTCD"]) == {"LDIAM", "LPERP", "TUMSTATE"}
    assert set(frame(extract, "adae")["AETOXGR"]) == {1, 2, 3, 4, 5}
    assert set(frame(extract, "adcm")["LINE"]) == {1, 2, 3, 4}
    assert frame(extract, "adcm")["CMSTDTC"].str.len().isin([7, 10]).all()
    assert (frame(extract, "adcm")["CMSTDTC"].str.len() == 7).any()
    assert frame(extract, "adtte").groupby(["PARAMCD", "CNSR"]).size().min() > 0


def test_dates_stand_in_their_order(extract: Extract) -> None:
    adsl = frame(extract, "adsl")
    order = ["BRTHDT", "RFICDT", "RANDDT", "TRTSDT", "TRTEDT", "LSTALVDT", "DTHDT"]
    for position, earlier in enumerate(order):
        for later in order[position + 1 :]:
            both = adsl[[earlier, later]].dropna()
            assert (both[earlier] <= both[later]).all(), (earlier, later)
    for column in order:
        assert (adsl[column].dropna() <= CUTOFF.isoformat()).all()
    assert ((adsl["DTHFL"] == "Y") == adsl["DTHDT"].notna()).all()


def test_nothing_is_recorded_after_the_last_contact(extract: Extract) -> None:
    last = frame(extract, "adsl").set_index("USUBJID")["LSTALVDT"]
    for name, column in (("rs", "RSDTC"), ("tr", "TRDTC"), ("ex", "EXENDTC"), ("tu", "TUDTC")):
        table = frame(extract, name)
        assert (table[column] <= table["USUBJID"].map(last)).all(), name


def test_lines_start_at_one_without_a_gap(extract: Extract) -> None:
    for _, lines in frame(extract, "adcm").groupby("USUBJID")["LINE"]:
        assert sorted(set(lines)) == list(range(1, max(lines) + 1))


def test_pfs_never_exceeds_os(extract: Extract) -> None:
    times = frame(extract, "adtte").pivot_table(index="USUBJID", columns="PARAMCD", values="AVAL")
    assert (times["PFS"] <= times["OS"]).all()


def test_exposures_do_not_overlap(extract: Extract) -> None:
    ex = frame(extract, "ex")
    before = ex.groupby("USUBJID")["EXENDTC"].shift()
    assert (ex["EXSTDTC"] > before)[before.notna()].all()


def test_written_files_read_back_as_they_are(extract: Extract, tmp_path: Path) -> None:
    paths = write_csv(extract, tmp_path / "cohort")
    assert [path.name for path in paths] == [table.input for table in extract.tables]
    for path, table in zip(paths, extract.tables, strict=True):
        assert path.read_bytes() == csv_bytes(table.frame)
        again = pd.read_csv(path, keep_default_na=False, na_values=[""])
        assert again.shape == table.frame.shape


def test_the_study_file_declares_the_lines(extract: Extract) -> None:
    text = study_toml(extract)
    assert 'arms = ["Control", "Experimental"]' in text
    first = frame(extract, "adcm").query("LINE == 1")["USUBJID"].nunique()
    assert f"\n1 = {first}\n" in text
