"""The documentation names only what exists: commands, options, files, lines of the output."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest
import typer

from auditor.cli import app, main
from auditor.discovery import load_rulebook
from auditor.finding import Severity, Verdict
from auditor.report.wording import SEVERITY_MEANING, VERDICT_MEANING

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "CONTRIBUTING.md", "examples/README.md", "benchmarks/README.md")
COMMANDS = vars(typer.main.get_command(app))["commands"]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code(name: str) -> list[str]:
    """The lines of the blocks of code, and the words set as code, comments left out."""
    text = page(name)
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(
        r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    )
    lines = [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in (*lines, *inline) if line]


@pytest.mark.parametrize("name", PAGES)
def test_every_command_exists_with_its_options(name: str) -> None:
    for line in code(name):
        words = line.split()
        if words[0] not in ("auditor", ".venv/bin/auditor") or len(words) == 1:
            continue
        if words[1] == "COMMAND":
            continue
        assert words[1] in COMMANDS, line
        known = {"-h", "--help"}.union(*(option.opts for option in COMMANDS[words[1]].params))
        used = {word for word in words[2:] if word.startswith("-")}
        assert used <= known, line


def test_the_readme_shows_every_command() -> None:
    shown = {line.split()[1] for line in code("README.md") if re.match(r"auditor [a-z]", line)}
    assert shown == set(COMMANDS)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_word_of_bootstrap_exists(name: str) -> None:
    words = [line.split()[2] for line in code(name) if line.startswith("python3 bootstrap.py ")]
    assert {"test"} < set(words)
    assert set(words) <= {"demo", "test", "check"}


@pytest.mark.parametrize("name", PAGES)
def test_every_file_exists(name: str) -> None:
    pattern = re.compile(r"[\w./-]+(\.(md|py|toml|ya?ml|json|xml)|/)")
    named = [words for words in code(name) if pattern.fullmatch(words)]
    near = (ROOT, (ROOT / name).parent, ROOT / "auditor", ROOT / "benchmarks")
    missing = [n for n in named if not any((folder / n).exists() for folder in near)]
    assert [n for n in missing if not n.startswith((".venv/", "audit-", "NAME"))] == []


def test_every_code_of_a_check_exists() -> None:
    known = {check.code for check in load_rulebook(None).checks}
    for name in PAGES:
        assert set(re.findall(r"\b[A-Z]{3}\d{3}\b", page(name))) <= known


def test_the_lines_of_output_are_real(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = page("README.md")
    (block,) = re.findall(r"^```\n((?:ERROR|WARNING|NOTE).*?)^```", text, re.MULTILINE | re.DOTALL)
    shown = [line for line in block.splitlines() if line != "..."]
    monkeypatch.chdir(tmp_path)
    assert main(["demo"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in shown if line not in printed] == []
    assert [line for line in printed if line in shown] == shown


def test_nothing_reaches_for_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refused)
    monkeypatch.chdir(tmp_path)
    external = '<!DOCTYPE article SYSTEM "http://127.0.0.1:9/x.dtd"><article><body><p>x</p>'
    (tmp_path / "a.xml").write_text(f"{external}</body></article>", encoding="utf-8")
    assert [main(words) for words in (["demo"], ["audit", "a.xml"], ["claims", "a.xml"])] == [0] * 3
    assert "internal error" not in capsys.readouterr().err


def test_severities_and_verdicts_mean_what_the_reports_say() -> None:
    text = page("README.md")
    for severity in Severity:
        assert f"| {severity} | {SEVERITY_MEANING[severity]} |" in text
    for verdict in Verdict:
        meaning = VERDICT_MEANING[verdict]
        assert f"| {verdict} | {meaning[0].lower()}{meaning[1:].rstrip('.')} |" in text
