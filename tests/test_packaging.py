"""The wheel: what is in it, and that it works where other projects have the same folders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import textwrap
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("checks", "schemas", "expectations", "reports")
HOSTILE = "raise SystemExit('a foreign module was imported')\n"


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A command without the settings of the environment that runs the tests."""
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PIP_", "COV"))}
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**keep, "PIP_CONFIG_FILE": os.devnull, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the tree as it is, without a network."""
    out = tmp_path_factory.mktemp("dist")
    done = run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment with the wheel in it, and our dependencies beside it."""
    home = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    path = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = run(
        *(sys.executable, "-m", "pip", "--python", path, "install", "--quiet"),
        *("--no-deps", "--no-index", wheel),
        cwd=home,
    )
    assert done.returncode == 0, done.stderr
    site = run(path, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home)
    # A .pth inside the folder named here is not read: an editable auditor there stays unseen.
    dependencies = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    (Path(site.stdout.strip()) / "dependencies.pth").write_text("\n".join(dependencies) + "\n")
    return path


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder whose own checks, schemas, expectations and reports must not be imported."""
    for part in (*PARTS, "rulebook", "examples"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "__init__.py").write_text(HOSTILE)
        (tmp_path / part / "percent_mismatch.py").write_text(HOSTILE)
    (tmp_path / "reports/templates").mkdir()
    (tmp_path / "reports/templates/report.html.j2").write_text("hostile")
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "paper.md").write_text(
        textwrap.dedent(
            """
            Table 1. Patients

            | Characteristic | All (N = 40) |
            | -------------- | ------------ |
            | Male           | 18 (45%)     |
            | Female         | 22 (65%)     |
            """
        )
    )
    return tmp_path


def test_only_auditor_is_on_the_top_level(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    top = {name.partition("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"auditor"}
    assert "auditor/py.typed" in names
    assert not [name for name in names if "__pycache__" in name or "/test_" in name]


def test_every_file_of_the_rulebook_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        f"auditor/rulebook/{path.relative_to(ROOT).as_posix()}"
        for part in (*PARTS, "examples")
        for path in (ROOT / part).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert expected <= names


def test_the_installed_package_is_the_wheel(python: Path, hostile: Path) -> None:
    code = "import auditor, auditor.rulebook as r; print(auditor.__file__); print(r.FOLDER)"
    done = run(python, "-c", code, cwd=hostile)
    for line in done.stdout.splitlines():
        assert Path(line).is_relative_to(python.parent.parent.resolve()), done
    assert len(done.stdout.splitlines()) == 2


@pytest.mark.parametrize("start", [["-m", "auditor"], ["script"]])
def test_it_works_in_a_hostile_folder(python: Path, hostile: Path, start: list[str]) -> None:
    command = [python, *start] if start != ["script"] else [python.parent / "auditor"]
    listed = run(*command, "checks", cwd=hostile)
    assert (listed.returncode, listed.stderr) == (0, "")
    done = run(*command, "audit", "paper.md", "--fail-on", "never", cwd=hostile)
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads((hostile / "audit-paper/report.json").read_text(encoding="utf-8"))
    assert report["inputs"][0]["name"] == "paper.md"
    assert "hostile" not in (hostile / "audit-paper/report.html").read_text(encoding="utf-8")
    codes = [line.split()[0] for line in listed.stdout.splitlines()]
    assert len(codes) > 150
    for code in ("PCT001", "PAT001", "PAT501"):  # a check, a rule of a model, of a suite
        assert code in codes
        explained = run(*command, "explain", code, cwd=hostile)
        assert explained.returncode == 0
        assert "Why it matters" in explained.stdout


def test_wheel_and_source_are_the_same_rulebook(python: Path, hostile: Path) -> None:
    code = (
        "from auditor.discovery import load_rulebook as load; b = load(None);"
        "print(b.sha256, *(c.function.__module__ for c in b.checks))"
    )
    installed = run(python, "-c", code, cwd=hostile)
    source = run(sys.executable, "-c", code, cwd=ROOT)
    assert installed.stdout == source.stdout != ""


@pytest.mark.skipif(
    not (ROOT / "examples/sarcoma.xml").exists(), reason="the example is not there yet"
)
def test_the_demo_runs_from_the_wheel(python: Path, hostile: Path) -> None:
    done = run(python, "-m", "auditor", "demo", cwd=hostile)
    assert done.returncode == 0, done.stderr
    assert (hostile / "audit-demo/report.html").is_file()
