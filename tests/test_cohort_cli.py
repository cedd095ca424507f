"""``auditor gate`` and ``auditor endpoints`` from the command line, on invented extracts."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from jsonschema import Draft202012Validator

from auditor.cli import main
from auditor.report.json_report import load_schema
from auditor.synthetic.cohort import make_cohort, study_toml, write_csv

BIRTH = "1931-02-03"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a consistent extract and its study file."""
    folder = tmp_path_factory.mktemp("clean")
    extract = make_cohort(40, seed=11)
    write_csv(extract, folder / "extract")
    (folder / "study.toml").write_text(study_toml(extract), encoding="utf-8")
    return folder


@pytest.fixture
def folder(clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to spoil; the current folder."""
    shutil.copytree(clean, tmp_path / "study")
    monkeypatch.chdir(tmp_path / "study")
    return tmp_path / "study"


def spoil(folder: Path, table: str, change: Callable[[pd.DataFrame], object]) -> None:
    path = folder / "extract" / f"{table}.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    change(frame)
    frame.to_csv(path, index=False)


def born_late(frame: pd.DataFrame) -> None:
    """Two deaths before birth, and a birth date that stands nowhere else."""
    frame.loc[[3, 7], "BRTHDT"] = BIRTH
    frame.loc[[3, 7], ["DTHDT", "DTHFL"]] = ["1930-01-01", "Y"]


def gate(*words: str) -> int:
    return main(["gate", "extract", "--study", "study.toml", "-o", "out", *words])


def report() -> dict[str, object]:
    parsed: dict[str, object] = json.loads(Path("out/report.json").read_text("utf-8"))
    Draft202012Validator(load_schema()).validate(parsed)
    return parsed


def test_a_consistent_extract_passes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gate("--fail-on", "note") == 0
    assert "PASSED" in capsys.readouterr().out
    parsed = report()
    assert parsed["result"] == "clean"
    assert parsed["findings"] == []
    assert parsed["gate"] == {"passed": True, "complete": True, "fail_on": "note", "reasons": []}
    assert folder.name == "study"


def test_an_impossible_row_refuses_the_lock(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder, "adsl", lambda frame: frame.__setitem__("ECOG", "7"))
    assert gate("--max-rows", "5") == 1
    out = capsys.readouterr().out
    assert "REFUSED" in out
    assert "ecog-out-of-range" in out
    parsed = report()
    runs = {run["code"]: run for run in parsed["checks"]}  # type: ignore[attr-defined]
    assert runs["PAT005"]["outcome"] == "findings"
    assert runs["PAT005"]["breaches"] == {"error": 40}
    assert parsed["counts"]["error"] == 40  # type: ignore[index]
    listed = [f for f in parsed["findings"] if f["code"] == "PAT005"]  # type: ignore[attr-defined]
    assert [f["places"][0]["row"] for f in listed] == [0, 1, 2, 3, 4]
    assert {f["places"][0]["variable"] for f in listed} == {"ECOG"}
    assert parsed["unlisted"] == {"error": 35}


def test_values_of_patients_are_shown_only_where_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder, "adsl", born_late)
    spoil(folder, "rs", lambda frame: frame.__setitem__("RSSTRESC", "Anna Example, 0171 555"))
    assert gate() == 1
    shown = capsys.readouterr()
    for text in (shown.out, shown.err, *(p.read_text("utf-8") for p in Path("out").iterdir())):
        assert BIRTH not in text
        assert "1930-01-01" not in text
        assert "Anna Example" not in text
        assert not re.search(r"\b(19|20)\d\d-\d\d-\d\d\b", text)
    assert gate("--show-values") == 1
    assert "1930-01-01" in Path("out/report.json").read_text("utf-8")


def test_ids_of_findings_do_not_depend_on_values_shown(folder: Path) -> None:
    spoil(folder, "adsl", born_late)
    ids = []
    for words in ((), ("--show-values",)):
        gate(*words)
        ids.append([f["id"] for f in report()["findings"]])  # type: ignore[attr-defined]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0]) > 1


def test_the_same_extract_gives_the_same_bytes(folder: Path) -> None:
    spoil(folder, "adsl", born_late)
    pages = []
    for _ in range(2):
        gate()
        pages.append([path.read_bytes() for path in sorted(Path("out").iterdir())])
    assert pages[0] == pages[1]


def test_what_the_study_requires_must_be_judged(folder: Path) -> None:
    (folder / "extract" / "tr.csv").unlink()
    (folder / "extract" / "tu.csv").unlink()
    assert gate() == 0
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write('\n[gate]\nrequired = ["RES001"]\n')
    assert gate() == 1
    reasons = report()["gate"]["reasons"]  # type: ignore[index]
    assert reasons[0].startswith("RES001 ")
    assert "required" in reasons[0]


def test_what_the_study_allows_is_tolerated_and_said(folder: Path) -> None:
    spoil(folder, "adsl", lambda frame: frame.__setitem__("SEX", ["X", *frame["SEX"][1:]]))
    assert gate() == 1
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write("\n[gate.allowed]\nPAT003 = 1\n")
    assert gate() == 0
    assert report()["gate"]["reasons"] == [  # type: ignore[index]
        "PAT003 unknown-sex: 1 breach, 1 allowed"
    ]


@pytest.mark.parametrize(
    ("spoiled", "words"),
    [
        (lambda f: (f / "extract" / "adsl.csv").write_bytes(b""), ("adsl.csv",)),
        (
            lambda f: (f / "extract" / "adsl.csv").write_text("USUBJID,USUBJID\n1,2\n"),
            ("adsl.csv", "USUBJID"),
        ),
        (lambda f: (f / "extract" / "x.parquet").write_bytes(b"PAR1 and no more"), ("x.parquet",)),
        (lambda f: (f / "extract" / "x.xlsx").write_bytes(b"PK\x03\x04 cut"), ("x.xlsx",)),
        (lambda f: (f / "extract" / "x.xpt").write_bytes(b"HEADER RECORD"), ("x.xpt",)),
        (lambda f: (f / "extract" / "x.duckdb").write_bytes(b"nothing"), ("x.duckdb",)),
        (lambda f: (f / "study.toml").write_text("[studdy]\n"), ("study.toml", "study")),
        (lambda f: (f / "study.toml").write_text("[study\n"), ("study.toml", "line 1")),
        (
            lambda f: (f / "study.toml").write_text('[tables.patients]\nsource = "adsll"\n'),
            ("study.toml", "adsl"),
        ),
        (
            lambda f: (f / "study.toml").write_text('[gate]\nrequired = ["PAT00"]\n'),
            ("study.toml", "PAT00"),
        ),
        (lambda f: shutil.rmtree(f / "extract"), ("extract",)),
        (
            lambda f: spoil(
                f, "adsl", lambda t: t.rename(columns={"USUBJID": "PATIENT"}, inplace=True)
            ),
            ("adsl.csv", "USUBJID", "PATIENT", "study file"),
        ),
    ],
)
def test_bad_input_is_one_message_and_exit_code_2(
    folder: Path,
    spoiled: Callable[[Path], object],
    words: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:
    spoiled(folder)
    assert gate() == 2
    shown = capsys.readouterr()
    assert shown.err.startswith("error: ")
    assert "Traceback" not in shown.err
    for word in words:
        assert word in shown.err
    assert not Path("out").exists()


def test_tables_without_rows_decide_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (folder / "extract").iterdir():
        if path.name == "adsl.csv":
            path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", encoding="utf-8")
        else:
            path.unlink()
    assert gate() in (1, 2)
    assert "PASSED" not in capsys.readouterr().out


def test_a_database_is_gated_as_its_files_are(folder: Path) -> None:
    spoil(folder, "adsl", lambda frame: frame.__setitem__("ECOG", "7"))
    connection = sqlite3.connect(folder / "extract.sqlite")
    for path in sorted((folder / "extract").iterdir()):
        pd.read_csv(path, dtype=str).to_sql(path.stem, connection, index=False)
    connection.close()
    assert gate() == 1
    found = [(f["code"], f["places"][0]["row"]) for f in report()["findings"]]  # type: ignore[attr-defined]
    assert main(["gate", "extract.sqlite", "--study", "study.toml", "-o", "out"]) == 1
    again = [(f["code"], f["places"][0]["row"]) for f in report()["findings"]]  # type: ignore[attr-defined]
    assert found == again


def test_endpoints_are_printed_and_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["endpoints", "extract", "--study", "study.toml"]) == 0
    shown = capsys.readouterr().out
    assert "ORR" in shown
    assert "Clopper-Pearson" in shown
    assert main(["endpoints", "extract", "--study", "study.toml", "-o", "out.csv"]) == 0
    written = pd.read_csv(folder / "out.csv")
    assert {"ORR", "OS", "PFS"} <= set(written["endpoint"])
    assert main(["endpoints", "extract", "--study", "study.toml", "-o", "out.csv"]) == 2


def test_conventions_of_response_are_compared(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(folder / "extract")
    (folder / "extract").mkdir()
    (folder / "extract" / "adsl.csv").write_text("USUBJID,RANDDT\n1,2020-01-01\n2,2020-01-01\n")
    (folder / "extract" / "rs.csv").write_text(
        "USUBJID,RSTESTCD,RSSTRESC,RSDTC\n"
        "1,OVRLRESP,CR,2020-01-21\n1,OVRLRESP,PR,2020-02-20\n2,OVRLRESP,SD,2020-03-01\n"
    )
    assert main(["endpoints", "extract", "--against", "admiralonco"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "RECIST 1.1 against admiralonco: 2 results differ"
    assert all(line.startswith("1  ") for line in lines[1:])
    assert any(
        line.startswith("1  CBOR: PD, SD: PR, SD or NON-CR/NON-PD after CR") for line in lines
    )
    assert main(["endpoints", "extract", "--against", "admiral"]) == 2
    assert "Did you mean admiralonco?" in capsys.readouterr().err


def test_endpoints_of_nobody_are_no_success(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(folder / "extract")
    (folder / "extract").mkdir()
    (folder / "extract" / "adsl.csv").write_text("USUBJID,RANDDT\n")
    assert main(["endpoints", "extract"]) == 2
    assert "there is no patient" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["-o", "x.csv"], ["--against", "admiralonco"]])
def test_endpoints_are_asked_for_one_thing(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    asked = ["endpoints", "extract", "--study", "study.toml", "--subjects", "s.csv"]
    assert main([*asked, *words]) == 2
    assert "Name one of them" in capsys.readouterr().err
    assert not (folder / "s.csv").exists()


def test_without_patients_nothing_is_decided_or_derived(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "extract" / "adsl.csv"
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert gate("--fail-on", "never") == 2
    assert "UNDECIDED" in capsys.readouterr().out
    outcomes = {run["code"]: run["outcome"] for run in report()["checks"]}  # type: ignore[attr-defined]
    assert outcomes["RES003"] == "not evaluable"
    assert "failed" not in outcomes.values()
    main(["endpoints", "extract", "--study", "study.toml", "--against", "admiralonco"])
    assert "adsl has no patient with an identifier" in capsys.readouterr().err


def test_responses_that_arrive_empty_refuse_the_lock(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "extract" / "rs.csv"
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert gate() == 1
    assert "ERROR RSP501 empty-responses-table" in capsys.readouterr().out
    outcomes = {run["code"]: run["outcome"] for run in report()["checks"]}  # type: ignore[attr-defined]
    assert outcomes["RES003"] == "not evaluable"


def test_a_time_beyond_all_reason_can_be_drawn(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder, "adtte", lambda frame: frame.__setitem__("AVAL", "1000000000000000"))
    assert main(["endpoints", "extract", "--study", "study.toml"]) == 0
    assert "OS" in capsys.readouterr().out
