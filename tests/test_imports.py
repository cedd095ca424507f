"""What starts with the program: slow libraries only where they are needed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NEVER = ("pandas", "pandera", "great_expectations", "lifelines", "ortools", "scipy", "numpy")
LATE = ("lxml", "jinja2", "rich", "auditor.engine", "auditor.readers")


def loaded(*words: str, cwd: Path) -> set[str]:
    """The modules that a command loaded, by name."""
    code = (
        "import sys; from auditor.cli import main; code = main(sys.argv[1:]);"
        "print(*sys.modules, sep='\\n', file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def test_a_list_of_the_checks_loads_pandera_and_nothing_slower(tmp_path: Path) -> None:
    modules = loaded("checks", cwd=tmp_path)
    assert "pandera" in modules
    assert not modules & {"great_expectations", "lifelines", "ortools"}


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_a_quick_command_loads_no_slow_library(word: str, tmp_path: Path) -> None:
    modules = loaded(word, cwd=tmp_path)
    assert "typer" in modules
    assert not modules & {*NEVER, *LATE}


def test_explain_loads_no_slow_library(
    tmp_path: Path, make_rulebook: Callable[..., Path], check_source: Callable[..., str]
) -> None:
    folder = make_rulebook({"checks/x.py": check_source()})
    modules = loaded("explain", "TST001", "--rulebook", str(folder), cwd=tmp_path)
    assert not modules & {*NEVER, *LATE}


def test_an_audit_loads_no_cohort_library(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text("| a | N = 2 |\n| - | - |\n| b | 1 (50%) |\n")
    modules = loaded("audit", "paper.md", "--fail-on", "never", cwd=tmp_path)
    assert "auditor.engine" in modules
    assert not modules & set(NEVER)
