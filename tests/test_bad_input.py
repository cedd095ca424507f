"""The command line under bad input, bad places and poor terminals: clear words, no traceback."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from auditor.cli import main

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "sarcoma.xml"
TABLE = """# A trial of the señores

Table 1. Patients – all

| Sex    | All (N = 31) |
| ------ | ------------ |
| Male   | 12 (45%)     |
| Female | 19 (61%)     |
"""
NOTHING_PRINTED = "# A letter\n\nDear editors, we read the article with interest.\n"
NOTHING_TO_JUDGE = """# Weights

Table 1. Means

| Measure    | A    | B    |
| ---------- | ---- | ---- |
| Weight, kg | 70.1 | 71.2 |
"""
BOMB = (
    '<!DOCTYPE article [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><article><body><p>&c;</p></body></article>'
)
HUGE = (
    "<article><body><table-wrap><label>Table 1</label><table><tbody>"
    + 250 * "<tr><td colspan='1000'>1 (2%)</td></tr>"
    + "</tbody></table></table-wrap></body></article>"
)
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and pipes")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own as the current one."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("AUDITOR_DEBUG", raising=False)
    return here


def start(*words: str, **settings: str) -> subprocess.Popen[str]:
    """The program as a process of its own, with these environment variables."""
    # Where this process ignores interruptions its children would, too.
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from auditor.cli import main; sys.exit(main())"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
    )


@pytest.mark.parametrize("command", ["audit", "claims"])
@pytest.mark.parametrize(
    ("name", "content", "where", "says"),
    [
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3", "", "a PDF file, which is not read"),
        ("a.docx", b"PK\x03\x04 word/document.xml", "", "a Word document (.docx)"),
        ("a.txt", b"", "", "the file is empty"),
        ("a.txt", b"\n \n", "", "the file is empty"),
        ("a.xml", b"<article>\n<body>\n<p>Forty-f", ", line 3, column", "broken or cut off"),
        ("a.xml", BOMB.encode(), ", line 1", "refused as unsafe"),
        ("a.xml", b"<?xml version='1.0'?><TEI><text/></TEI>", "", "<TEI>"),
        ("a.md", b"text\0text", "", "NUL"),
    ],
)
def test_a_bad_file_is_one_message_that_names_it(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    name: str,
    content: bytes,
    where: str,
    says: str,
) -> None:
    (folder / name).write_bytes(content)
    assert main([command, name]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"error: {name}{where}")
    assert says in err
    assert "Traceback" not in err
    assert [path.name for path in folder.iterdir()] == [name]


@pytest.mark.parametrize("command", ["audit", "claims"])
def test_no_file_and_a_folder(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command, "none.xml"]) == 2
    assert capsys.readouterr().err == "error: none.xml: there is no such file\n"
    assert main([command, str(folder)]) == 2
    out, err = capsys.readouterr()
    assert "this is a folder, not a manuscript\n  JATS XML" in err
    assert out == ""


def test_one_bad_file_of_several_stops_the_audit(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "good.md").write_text(TABLE, encoding="utf-8")
    assert main(["audit", "good.md", "bad.md"]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", "error: bad.md: there is no such file\n")
    assert not (folder / "audit-good").exists()


@pytest.mark.parametrize(
    ("encoding", "warned"), [("utf-8-sig", False), ("utf-16", False), ("cp1252", True)]
)
def test_other_encodings_give_the_same_findings(
    folder: Path, capsys: pytest.CaptureFixture[str], encoding: str, warned: bool
) -> None:
    (folder / "paper.md").write_bytes(TABLE.encode(encoding))
    assert main(["audit", "paper.md"]) == 1
    out, err = capsys.readouterr()
    assert "ERROR PCT001" in out
    assert ("paper.md: the file is not UTF-8" in err) is warned
    report = json.loads((folder / "audit-paper/report.json").read_text(encoding="utf-8"))
    assert report["counts"]["error"] == 1


@pytest.mark.parametrize("text", [NOTHING_PRINTED, NOTHING_TO_JUDGE])
def test_a_manuscript_of_which_nothing_is_judged_is_not_called_clean(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (folder / "paper.md").write_text(text, encoding="utf-8")
    assert main(["audit", "paper.md"]) == 0
    out = capsys.readouterr().out
    sentence = "No number was checked, so nothing can be said about this manuscript."
    assert out.splitlines()[:3] == [
        "paper.md",
        sentence,
        "nothing checked: 0 errors, 0 warnings, 0 notes",
    ]
    assert "clean" not in out
    assert "none had anything to judge" in out
    page = (folder / "audit-paper/report.html").read_text(encoding="utf-8")
    assert f'<p class="sentence warning">{sentence}</p>' in page
    report = json.loads((folder / "audit-paper/report.json").read_text(encoding="utf-8"))
    assert report["coverage"]["checked"] == 0
    assert {check["outcome"] for check in report["checks"]} == {"not evaluable"}


def test_each_of_several_manuscripts_says_how_much_was_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "paper.md").write_text(TABLE, encoding="utf-8")
    (folder / "letter.md").write_text(NOTHING_PRINTED, encoding="utf-8")
    (folder / "twin.md").write_text(TABLE, encoding="utf-8")
    assert main(["audit", "paper.md", "letter.md", "twin.md"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "paper.md: 1 error, 0 warnings, 0 notes; 4 checked" in lines
    assert "letter.md: 0 errors, 0 warnings, 0 notes; nothing checked" in lines
    report = json.loads((folder / "audit-paper/report.json").read_text(encoding="utf-8"))
    ids = [claim["id"] for claim in report["claims"]]
    assert len(ids) == 8
    assert len(set(ids)) == 8
    assert {i.partition(":")[0] for i in ids} == {"paper.md", "twin.md"}


def test_a_table_that_is_too_large_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "paper.xml").write_text(HUGE, encoding="utf-8")
    assert main(["audit", "paper.xml"]) == 0
    out, err = capsys.readouterr()
    assert "No number was checked" in out
    assert err.startswith("paper.xml: Table 1: ")
    assert "not read" in err


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="no folder is closed to this user"
)
def test_a_folder_that_cannot_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "paper.md").write_text(TABLE, encoding="utf-8")
    (folder / "closed").mkdir(mode=0o500)
    assert main(["audit", "paper.md", "-o", "closed/report"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("error: closed/report: the report cannot be written: ")
    assert "Name another folder with -o." in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_an_output_that_is_full_is_an_error() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "auditor", "checks"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("error: the output cannot be written: ")
    assert "Traceback" not in done.stderr


@posix
@pytest.mark.parametrize(
    "words", [["checks"], ["explain", "PCT001"], ["claims", str(EXAMPLE)]], ids=lambda w: w[0]
)
def test_a_reader_that_goes_away_is_no_error(words: list[str]) -> None:
    with start(*words) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read().splitlines()
        assert all(line.startswith("not read: ") for line in said)


@posix
def test_a_reader_that_goes_away_is_no_finding(folder: Path) -> None:
    (folder / "paper.md").write_text(TABLE.replace("45%", "39%"), encoding="utf-8")
    with start("audit", "paper.md") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 2
    assert (folder / "audit-paper/report.html").exists()


@posix
def test_an_interruption_is_one_word_and_leaves_nothing(folder: Path) -> None:
    os.mkfifo(folder / "paper.md")
    with start("audit", "paper.md") as process:
        # Opening waits until the program reads, which then waits for us.
        with (folder / "paper.md").open("wb", buffering=0):
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (2, "", "interrupted\n")
    assert [path.name for path in folder.iterdir()] == ["paper.md"]


def test_a_terminal_without_unicode_is_served() -> None:
    with start("audit", str(EXAMPLE), PYTHONIOENCODING="ascii", LC_ALL="C") as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (1, "")
    assert "PCT002" in out
    assert out.isascii()


def test_a_narrow_terminal_breaks_no_line() -> None:
    outputs = []
    for columns in ("20", "200"):
        with start("audit", str(EXAMPLE), COLUMNS=columns) as process:
            outputs.append(process.communicate(timeout=60)[0])
    assert outputs[0] == outputs[1] != ""


@posix
@pytest.mark.parametrize(("settings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_are_for_terminals_that_want_them(settings: dict[str, str], coloured: bool) -> None:
    keep = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    terminal, end = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "auditor", "audit", str(EXAMPLE)],
        stdout=end,
        stderr=subprocess.DEVNULL,
        env={**keep, "TERM": "xterm", "PYTHONPATH": str(ROOT), **settings},
    ):
        os.close(end)
        shown = b"".join(_read_all(terminal))
    os.close(terminal)
    assert b"PCT002" in shown
    assert (b"\x1b[" in shown) is coloured


def _read_all(terminal: int) -> Iterator[bytes]:
    # Linux reports an error, not an end, once the other side of a terminal is closed.
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 4096):
            yield part


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["audit", "paper.md", "--select", "PTC"], "or PCT?"),
        (["audit", "paper.md", "--select", "PCT001", "--ignore", "PCT"], "no check is left to run"),
        (["audit", "paper.md", "--fail-on", "eror"], "eror"),
        (["audit", "paper.md", "--format", "jsn"], "Did you mean json?"),
        (["claim", "paper.md"], "Did you mean 'claims'?"),
        (["explain", "percent-mismach"], "Did you mean percent-mismatch"),
        (["checks", "--rulebook", "empty"], "this is not a rulebook"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_the_nearest(
    folder: Path, capsys: pytest.CaptureFixture[str], words: Sequence[str], says: str
) -> None:
    (folder / "paper.md").write_text(TABLE, encoding="utf-8")
    (folder / "empty").mkdir()
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert not (folder / "audit-paper").exists()
