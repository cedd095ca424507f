"""The study file: what is read, and what is said of mistakes."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from auditor.conventions import ADMIRALONCO, RECIST_11, ResponseConvention, SurvivalConvention
from auditor.errors import StudyError
from auditor.study import Group, Study, TableMap
from auditor.study_file import read_study

DOCUMENTATION = Path(__file__).resolve().parent.parent / "docs" / "study-file.md"


def written(folder: Path, text: str) -> Path:
    path = folder / "study.toml"
    path.write_text(text, encoding="utf-8")
    return path


def study(folder: Path, text: str) -> Study:
    return read_study(written(folder, text))


def test_the_documented_example_loads(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    found = study(tmp_path, example[1])
    assert found.cutoff == date(2024, 3, 1)
    assert found.by == ("SEX", "HISTGRP")
    patients = found.tables["patients"]
    assert patients.source == "demographics"
    assert patients.columns["HISTGRP"] == "HISTOLOGY"
    assert patients.codes == {"SEX": {"1": "M", "2": "F", "9": ""}}
    assert patients.date_formats == {"BRTHDT": "dmy"}
    assert found.tables["responses"] == TableMap("recist.csv", {"AVALC": "OVERALL"})
    assert found.groups[0] == Group(
        "Soft tissue sarcoma", {"HISTGRP": ("STS", "LMS")}, ("STS", "soft-tissue sarcoma")
    )
    assert found.lines == {1: 20, 2: 16, 3: 8}
    assert found.ranges == {("patients", "AGE"): (18.0, 85.0)}
    assert found.response.name == "admiralonco, confirmed true"
    assert found.gate.allowed == {"PAT009": 2}
    assert found.rulebooks == ("rules",)
    assert found.words["ORR"] == ("remission rate",)


def test_every_key_of_the_conventions_is_documented_and_read(tmp_path: Path) -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    for kind in (ResponseConvention, SurvivalConvention):
        assert all(f"| `{field.name}` |" in text for field in fields(kind))
    changed = study(
        tmp_path,
        '[response]\nstart = "TRTSDT"\nevaluator = "IRC"\nconfirmed = true\n'
        'confirmation_days = 56\nmax_ne_between = "any"\nsd_between = false\nmax_sd_between = 2\n'
        'pd_after_cr = false\nsd_window_days = 35\nsd_window_from = "TRTSDT"\n'
        "missing_as_ne = false\n"
        'new_therapy = "censor"\nimpute_day = "first"\nname = "ours"\n'
        '[survival]\nunit = "days"\nplus_one = false\nci = "plain"\nlevel = 0.9\n'
        'median = "first"\nties = "breslow"\nnew_therapy = "censor"\n'
        'before_start = "at-start"\nname = "SPSS"\n',
    )
    for new, base in ((changed.response, RECIST_11), (changed.survival, SurvivalConvention())):
        assert all(getattr(new, f.name) != getattr(base, f.name) for f in fields(base))


def test_an_empty_file_declares_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    assert read_study(path) == Study(file=str(path))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('convention = "admiralonco"', "admiralonco"),
        ("confirmation_days = 56", "RECIST 1.1, confirmation_days 56"),
        ("confirmation_days = 28", "RECIST 1.1"),
        ('max_ne_between = "any"', "RECIST 1.1, max_ne_between any"),
        ('name = "protocol 7"\nconfirmed = true', "protocol 7"),
    ],
)
def test_a_changed_convention_has_a_name_of_its_own(tmp_path: Path, text: str, name: str) -> None:
    assert study(tmp_path, f"[response]\n{text}\n").response.name == name


def test_the_registry_entry_itself_is_given(tmp_path: Path) -> None:
    found = study(tmp_path, '[response]\nconvention = "admiralonco"\n')
    assert found.response == ADMIRALONCO


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[studdy]\n", "line 1: studdy is no section that is known\n  Did you mean study?"),
        ('[study]\nname = "x"\ncut_off = 1\n', "line 3: study.cut_off is no key.*cutoff?"),
        ("[study]\nname = 3\n", "line 2: study.name must be text"),
        ('[study]\ncutoff = "March 2024"\n', "line 2: study.cutoff must be a date"),
        ("[study]\ncutoff = 2024-03-01T10:00:00\n", "study.cutoff must be a date"),
        ('[study]\ncriteria = "RECIST1.1"\n', "line 2.*Did you mean RECIST 1.1?"),
        ('[study]\narms = ["A", "A"]\n', "study.arms names something twice"),
        ("[study]\nlandmarks = [0]\n", "must be times after 0"),
        ('[study]\nlandmarks = "6"\n', "must be a list of numbers"),
        ("[tables.patient]\n", "line 1: tables.patient is no standard table.*patients?"),
        ("tables = 3\n", "tables must be a table"),
        ('[tables.patients]\nsorce = "x"\n', "line 2: tables.patients.sorce.*source?"),
        (
            '[tables.patients.columns]\nSEXX = "GENDER"\n',
            "line 2: tables.patients.columns.SEXX is no column of patients.*SEX?",
        ),
        ("[tables.patients.columns]\nSEX = 3\n", "columns.SEX must be text"),
        (
            '\n[tables.patients.codes.SEX]\n"1" = ["M"]\n',
            "line 3: tables.patients.codes.SEX.1 must be text",
        ),
        ('[tables.patients.dates]\nSEX = "dmy"\n', "dates.SEX is no date of patients"),
        ('[tables.patients.dates]\nDTHDT = "dmyy"\n', 'cannot be "dmyy".*Did you mean dmy?'),
        ('[[groups]]\nname = "A"\n', "line 1: groups.1..where is missing"),
        (
            '[[groups]]\nname = "A"\nwhere = { SEX = "F" }\n[[groups]]\nname = "A"\n',
            "line 5: groups.2..name is that of another group",
        ),
        ("[groups]\n", "groups must be an array of tables"),
        ("[lines]\n0 = 3\n", "line 2: lines.0 is no line of treatment"),
        ("[lines]\n1 = -3\n", "lines.1 must be a whole number"),
        ("[ranges.patients]\nAGE = [18]\n", "AGE must be the least and the greatest value"),
        ("[ranges.patients]\nSEX = [1, 2]\n", "SEX is no number of patients"),
        ('[response]\nconvention = "admiral"\n', "Did you mean admiralonco?"),
        ('[response]\nstart = "RANDT"\n', "Did you mean RANDDT?"),
        ("[response]\nconfirmed = 1\n", "confirmed must be true or false"),
        ("[response]\nconfirmation_days = 28.5\n", "must be a whole number"),
        ('[response]\nname = "admiralonco"\nconfirmed = true\n', 'convention = "admiralonco"'),
        ('[response]\nname = "admiralonco"\n', 'convention = "admiralonco"'),
        ("[survival]\nlevel = 95\n", "must lie between 0 and 1"),
        ('[survival]\nci = "loglog"\n', "Did you mean log-log?"),
        ('[gate]\nfail_on = "errors"\n', "Did you mean error?"),
        ('[gate]\nrequired = ["COH1"]\n', "no code of a check"),
        ("[gate.allowed]\nCOH001 = -1\n", "line 2: gate.allowed.COH001 must be a whole number"),
        ("[checks]\nselect = [1]\n", "checks.select must be a list of texts"),
        ("[study]\nname = \n", "line 2: the study file is not TOML"),
        ('[study]\nname = "x\n', "line 2: the study file is not TOML"),
        ("[study]\n[study]\n", "line 2: the study file is not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(StudyError) as error:
        read_study(path)
    assert str(error.value).startswith(str(path))
    assert re.search(message.replace("?", r"\?"), str(error.value), re.DOTALL)


def test_a_file_that_is_not_there_or_not_text_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="cannot be read"):
        read_study(tmp_path / "none.toml")
    path = tmp_path / "latin.toml"
    path.write_bytes(b'[study]\nname = "\xe9"\n')
    with pytest.raises(StudyError, match="not UTF-8"):
        read_study(path)


def test_a_column_of_the_study_itself_must_be_named_by_it(tmp_path: Path) -> None:
    text = '[tables.patients.columns]\nHIST = "HISTOLOGY"\n'
    with pytest.raises(StudyError, match="HIST is no column of patients"):
        study(tmp_path, text)
    found = study(tmp_path, f'[study]\nby = ["HIST"]\n{text}')
    assert found.tables["patients"].columns == {"HIST": "HISTOLOGY"}
