"""The command line: exit codes, messages, and what is written where."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import __version__
from auditor.cli import main
from auditor.errors import InputError
from auditor.output import MARKER, write_folder

MANUSCRIPT = """# A small trial

## Results

Table 1. Patients

| Characteristic | All patients (N = 40) |
| -------------- | --------------------- |
| Male           | 18 (45%)              |
| Female         | 22 (55%)              |
| Older than 65  | 42 (95%)              |
"""
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own as the current one, with a manuscript."""
    here = tmp_path / "work"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("AUDITOR_DEBUG", raising=False)
    (here / "paper.md").write_text(MANUSCRIPT, encoding="utf-8")
    return here


@pytest.fixture
def rulebook(make_rulebook: Callable[..., Path], check_source: Callable[..., str]) -> str:
    """A rulebook that reports each 42; audits below run its check alone."""
    return str(make_rulebook({"checks/forty_two.py": check_source()}))


@pytest.fixture
def audit(rulebook: str) -> Callable[..., int]:
    def run(*words: str) -> int:
        return main(["audit", "paper.md", "--rulebook", rulebook, "--select", "TST001", *words])

    return run


def test_an_audit_writes_its_report(
    folder: Path, audit: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit() == 1
    out, err = capsys.readouterr()
    assert "TST001" in out
    assert f"Report: {Path('audit-paper') / 'report.html'}" in out
    assert "\x1b" not in out + err
    assert sorted(p.name for p in (folder / "audit-paper").iterdir()) == [
        MARKER,
        "report.html",
        "report.json",
    ]
    report = json.loads((folder / "audit-paper/report.json").read_text(encoding="utf-8"))
    assert report["result"] == "discrepancies"
    assert [f["code"] for f in report["findings"]] == ["TST001"]


def test_the_same_input_gives_the_same_bytes(folder: Path, audit: Callable[..., int]) -> None:
    def written() -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in (folder / "audit-paper").iterdir()}

    audit()
    first = written()
    audit()
    assert written() == first


def test_format_and_output(folder: Path, audit: Callable[..., int]) -> None:
    audit("--format", "json", "-o", "out/first")
    assert sorted(p.name for p in (folder / "out/first").iterdir()) == [MARKER, "report.json"]
    assert not (folder / "audit-paper").exists()


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("ERROR", "error", 1),
        ("WARNING", "error", 0),
        ("WARNING", "warning", 1),
        ("NOTE", "warning", 0),
        ("NOTE", "note", 1),
        ("ERROR", "never", 0),
    ],
)
@pytest.mark.usefixtures("folder")
def test_fail_on(
    make_rulebook: Callable[..., Path],
    check_source: Callable[..., str],
    severity: str,
    fail_on: str,
    code: int,
) -> None:
    book = make_rulebook({"checks/x.py": check_source(severity=severity)}, severity)
    words = ["audit", "paper.md", "--rulebook", str(book), "--select", "TST", "--fail-on", fail_on]
    assert main(words) == code


@pytest.mark.parametrize("fail_on", ["error", "never"])
def test_a_failed_check_is_exit_code_2_and_in_the_report(
    folder: Path,
    make_rulebook: Callable[..., Path],
    check_source: Callable[..., str],
    capsys: pytest.CaptureFixture[str],
    fail_on: str,
) -> None:
    source = check_source().replace("for claim", "1 / 0\n    for claim")
    book = str(make_rulebook({"checks/x.py": source}, "broken"))
    words = ["audit", "paper.md", "--rulebook", book, "--select", "TST001", "--fail-on", fail_on]
    assert main(words) == 2
    assert "ZeroDivisionError" in capsys.readouterr().out
    report = json.loads((folder / "audit-paper/report.json").read_text(encoding="utf-8"))
    assert report["result"] == "incomplete"
    assert report["checks"][0]["outcome"] == "failed"


def test_several_inputs_are_counted_one_by_one(
    folder: Path, rulebook: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "second.md").write_text(MANUSCRIPT.replace("42 (95%)", "38 (95%)"), encoding="utf-8")
    words = ["audit", "paper.md", "second.md", "--rulebook", rulebook, "--select", "TST001"]
    assert main(words) == 1
    out = capsys.readouterr().out
    assert "paper.md: 1 error, 0 warnings, 0 notes; 6 checked\n" in out
    assert "second.md: 0 errors, 0 warnings, 0 notes; 6 checked\n" in out


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["audit", "missing.md"], "missing.md"),
        (["audit", "paper.md", "--rulebook", "nowhere"], "nowhere: there is no such folder"),
        (["audit", "paper.md", "--format", "htlm"], "Did you mean html?"),
        (["audit", "paper.md", "--format", ","], "no report format"),
        (["audit", "paper.md", "--select", "TST001,"], "empty entry"),
        (["audit", "paper.md", "--fail-on", "sometimes"], "sometimes"),
        (["audit", "paper.md", "-o", "."], "a folder of its own"),
        (["audit", "paper.md", "-o", ".."], "a folder of its own"),
        (["audit", "paper.md", "-o", "paper.md"], "there is a file"),
        (["audit", "paper.md", "-o", "paper.md/deeper"], "paper.md/deeper"),
        (["audit"], "INPUT"),
        (["audits"], "audit"),
        (["audit", "paper.md", "--cohorts", "x.csv"], "--cohort"),
        (["audit", "paper.md", "--show-values"], "--cohort"),
        (["claims", "missing.md"], "missing.md"),
        (["claims", "paper.md", "-o", "paper.md"], "a person's corrections"),
        (["explain", "NOPE999"], "NOPE999"),
    ],
)
def test_an_error_is_one_message_and_exit_code_2(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], text: str
) -> None:
    before = sorted(folder.rglob("*"))
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert text in err
    assert "Traceback" not in err
    assert out == ""
    assert sorted(folder.rglob("*")) == before


def test_an_unexpected_exception_has_no_traceback(
    folder: Path,
    audit: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the moon is full")

    monkeypatch.setattr("auditor.run.audit", broken)
    assert audit() == 2
    err = capsys.readouterr().err
    assert err.startswith("internal error: RuntimeError: the moon is full (test_cli.py, line ")
    assert "Traceback" not in err
    monkeypatch.setenv("AUDITOR_DEBUG", "1")
    assert audit() == 2
    assert "Traceback" in capsys.readouterr().err
    assert not (folder / "audit-paper").exists()


@pytest.mark.usefixtures("folder")
def test_control_characters_of_a_message_do_not_reach_the_terminal(
    audit: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise InputError("bad cell \x1b[2J", source="x.md", hint="Look.")

    monkeypatch.setattr("auditor.run.audit", broken)
    assert audit() == 2
    assert capsys.readouterr().err == "error: x.md: bad cell ?[2J\n  Look.\n"


@pytest.mark.usefixtures("folder")
def test_an_interruption_is_exit_code_2(
    audit: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("auditor.run.audit", interrupted)
    assert audit() == 2
    assert "interrupted" in capsys.readouterr().err


def test_a_folder_with_other_files_is_left_alone(
    folder: Path, audit: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    other = folder / "audit-paper"
    other.mkdir()
    (other / "report.html").write_text("mine")
    assert audit() == 2
    assert "files that auditor did not write, such as report.html" in capsys.readouterr().err
    assert (other / "report.html").read_text() == "mine"


def test_a_file_that_a_person_added_is_not_lost(folder: Path, audit: Callable[..., int]) -> None:
    audit()
    (folder / "audit-paper/notes.txt").write_text("mine")
    assert audit() == 2
    assert (folder / "audit-paper/notes.txt").read_text() == "mine"


def test_a_report_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "audit-x"
    write_folder(target, {"report.json": "old"})
    with pytest.raises(UnicodeEncodeError):
        write_folder(target, {"report.json": "new", "report.html": "\ud800"})
    assert (target / "report.json").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["audit-x"]
    write_folder(target, {"report.html": "new"})
    assert sorted(p.name for p in target.iterdir()) == [MARKER, "report.html"]
    assert [p.name for p in tmp_path.iterdir()] == ["audit-x"]


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_folder(tmp_path / "out", {"report.json": "x"})
    assert (tmp_path / "out/report.json").read_text() == "x"


def test_checks_and_explain(rulebook: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checks", "--rulebook", rulebook]) == 0
    assert "TST001  forty-two: A number is forty-two." in capsys.readouterr().out
    for word in ("TST001", "tst001", "forty-two"):
        assert main(["explain", word, "--rulebook", rulebook]) == 0
        out = capsys.readouterr().out
        assert out.startswith("TST001 forty-two\n\nA number is forty-two.")
        assert "## Why it matters" in out
    assert main(["explain", "forty-too", "--rulebook", rulebook]) == 2
    assert "Did you mean forty-two?" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_claims_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "paper.md"]) == 0
    out = capsys.readouterr().out
    assert "Table 1" in out
    assert "42" in out
    assert "Older than 65" in out


def test_claims_as_csv(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = MANUSCRIPT.replace("Older than 65", "=cmd")
    (folder / "paper.md").write_text(text, encoding="utf-8")
    assert main(["claims", "paper.md", "-o", "claims.csv"]) == 0
    assert "claims written to claims.csv" in capsys.readouterr().out
    lines = (folder / "claims.csv").read_text(encoding="utf-8").splitlines()
    first = "id,place,row,column,quote,quantity,population,value,denominator,confirmed,"
    assert lines[0].startswith(first)
    assert len(lines) == 7
    rows = list(csv.DictReader(lines))
    assert {(row["confirmed"], row["decision"]) for row in rows} == {("no", "")}
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    male = [(row["quantity"], row["value"], row["denominator"]) for row in rows[:2]]
    assert male == [("count", "18", ""), ("percent", "45%", "40")]
    assert {row["row"] for row in rows[:2]} == {"Male"}


def test_claims_say_of_how_many(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "In all, 9 of 12 patients (75%) responded.\n"
    (folder / "paper.md").write_text(f"{MANUSCRIPT}\n## Safety\n\n{text}", encoding="utf-8")
    assert main(["claims", "paper.md"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[:4] == [
        "Table 1: 6 numbers",
        "place printed of population",
        "r2 c2 count 18, percent 45% 40 All patients (N = 40) | Male",
        "r3 c2 count 22, percent 55% 40 All patients (N = 40) | Female",
    ]
    assert lines[-1] == 'count 9, denominator 12, percent 75% 12 "9 of 12 patients (75%)"'


def test_claims_of_a_percentage_that_was_not_judged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Table 1. Rates\n\n| x | A |\n| - | - |\n| Response | 3 (12%) |\n"
    (folder / "paper.md").write_text(text, encoding="utf-8")
    assert main(["claims", "paper.md"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.split() == ["r2", "c2", "count", "3,", "percent", "12%", "-", "A", "|", "Response"]


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"auditor {__version__}\n"
    assert main(["--help"]) == 0
    assert "explain" in capsys.readouterr().out
    assert main([]) == 2


def test_demo(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    out = capsys.readouterr().out
    assert str(Path("audit-demo") / "report.html") in out
    assert "put right" in out
    report = json.loads((folder / "audit-demo/report.json").read_text(encoding="utf-8"))
    assert report["inputs"][0]["name"] == "sarcoma.xml"
    assert report["result"] == "discrepancies"
    twin = json.loads((folder / "audit-demo-consistent/report.json").read_text(encoding="utf-8"))
    assert twin["result"] == "clean"
    assert twin["coverage"]["checked"] > 300
    assert "No contradiction found among" in out
    both = json.loads((folder / "audit-demo-cohort/report.json").read_text(encoding="utf-8"))
    agreements = [comparison["agreement"] for comparison in both["comparisons"]]
    assert agreements.count("agrees") > 300
    assert "disagrees" not in agreements
    assert both["counts"]["error"] == 0


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    code = (
        "import os, sys; r, w = os.pipe(); os.close(r); os.dup2(w, 1);"
        "from auditor.cli import main; sys.exit(main(['--help']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stderr == ""
