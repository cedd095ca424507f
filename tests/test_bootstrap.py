"""The set-up from an empty clone: what it refuses, what it repeats, what it pins."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-build.txt")


@pytest.fixture
def bootstrap(tmp_path: Path) -> ModuleType:
    """A copy of ``bootstrap.py`` that believes a folder with locks of its own to be the clone."""
    source = ROOT / "bootstrap.py"
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("pyproject.toml", *LOCKS):
        (tmp_path / name).write_text("", encoding="utf-8")
    venv = tmp_path / ".venv"
    settings = {
        "ROOT": tmp_path,
        "VENV": venv,
        "STAMP": venv / module.STAMP.name,
        "PYTHON": venv / module.PYTHON.relative_to(module.VENV),
    }
    vars(module).update(settings)
    return module


class Steps:
    """Records the steps of a set-up instead of running pip."""

    def __init__(self, fails: str = "") -> None:
        self.done: list[str] = []
        self.fails = fails

    def __call__(self, name: str, _: Sequence[str]) -> None:
        self.done.append(name)
        if name == self.fails:
            raise RuntimeError(name)


@pytest.mark.parametrize(("words", "code"), [([], 2), (["tset"], 2), (["-h"], 0), (["--help"], 0)])
def test_wrong_words_show_the_usage(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    assert bootstrap.main(words) == code
    assert "python3 bootstrap.py test" in capsys.readouterr().out
    assert not bootstrap.VENV.exists()


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 15, 0)])
def test_another_python_is_refused_before_anything_is_made(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    version: tuple[int, int, int],
) -> None:
    monkeypatch.setattr(bootstrap, "sys", SimpleNamespace(version_info=version, stderr=sys.stderr))
    assert bootstrap.main(["demo"]) == 2
    text = ".".join(map(str, version))
    assert capsys.readouterr().err == f"This is Python {text}; auditor needs 3.11 to 3.14.\n"
    assert not bootstrap.VENV.exists()


def test_nothing_is_installed_a_second_time(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = Steps()
    monkeypatch.setattr(bootstrap, "_step", steps)
    monkeypatch.setattr(bootstrap, "_pip", lambda: ["pip"])
    bootstrap._set_up("runtime")
    assert bootstrap.PYTHON.exists()
    assert len(steps.done) == 3
    bootstrap._set_up("runtime")
    assert len(steps.done) == 3
    # The tests need more than the demo; the demo is content with what the tests have.
    bootstrap._set_up("dev")
    assert len(steps.done) == 6
    bootstrap._set_up("runtime")
    assert len(steps.done) == 6


@pytest.mark.parametrize("changed", ["pyproject.toml", *LOCKS])
def test_a_changed_lock_starts_anew(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    steps = Steps()
    monkeypatch.setattr(bootstrap, "_step", steps)
    monkeypatch.setattr(bootstrap, "_pip", lambda: ["pip"])
    bootstrap._set_up("dev")
    left = bootstrap.VENV / "left-behind"
    left.touch()
    (bootstrap.ROOT / changed).write_text("# changed\n", encoding="utf-8")
    bootstrap._set_up("dev")
    assert len(steps.done) == 6
    assert not left.exists()


def test_a_moved_clone_is_set_up_again(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bootstrap._fingerprint()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("pyproject.toml", *LOCKS):
        (elsewhere / name).write_text("", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", elsewhere)
    assert bootstrap._fingerprint() != before


def test_a_set_up_that_broke_off_is_repeated(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "_pip", lambda: ["pip"])
    monkeypatch.setattr(bootstrap, "_step", Steps(fails="install the dependencies"))
    with pytest.raises(RuntimeError):
        bootstrap._set_up("runtime")
    steps = Steps()
    monkeypatch.setattr(bootstrap, "_step", steps)
    bootstrap._set_up("runtime")
    assert len(steps.done) == 3
    assert json.loads(bootstrap.STAMP.read_text())["group"] == "runtime"


def test_a_failing_step_is_one_message(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken = [sys.executable, "-c", "import sys; print('no such index'); sys.exit(3)"]
    step = bootstrap._step
    monkeypatch.setattr(bootstrap, "_step", lambda name, _: step(name, broken))
    monkeypatch.setattr(bootstrap, "_pip", lambda: ["pip"])
    assert bootstrap.main(["test"]) == 2
    err = capsys.readouterr().err
    assert "Could not install the build tools (exit code 3):\nno such index\n" in err
    assert "PIP_INDEX_URL" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("pip", ["", "pip 20.3.4 from somewhere (python 3.11)"])
def test_without_pip_it_says_how_to_get_one(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pip: str,
) -> None:
    def answer(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        asked = "--version" in command
        return subprocess.CompletedProcess(command, 0 if asked and pip else 1, pip, "")

    monkeypatch.setattr(bootstrap.subprocess, "run", answer)
    with pytest.raises(bootstrap.StepFailed, match="apt-get install python3-pip"):
        bootstrap._pip()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", LOCKS)
def test_every_dependency_is_pinned_by_version_and_hash(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert lines
    assert [line for line in lines if not re.match(r"[\w.-]+(\[[\w,]+\])?==\S+ ", line)] == []
    assert [line for line in lines if "--hash=sha256:" not in line] == []
    assert "://" not in text
