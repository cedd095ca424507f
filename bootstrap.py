"""Sets up the environment in .venv and runs something in it.

    python3 bootstrap.py demo     audit the example paper
    python3 bootstrap.py test     run the tests with coverage; more words go to pytest
    python3 bootstrap.py check    run the static checks: ruff, mypy, import contracts

Needs Python 3.11 to 3.14 and pip 22.3 or later, or Python's own ensurepip. Everything that
is installed is pinned by hash in requirements*.txt. Nothing is installed a second time.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "auditor-bootstrap.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST, NEWEST = (3, 11), (3, 14)
LOCKS = {"runtime": "requirements.txt", "dev": "requirements-dev.txt"}
# A file's tests share what is slow to make, such as a wheel or a database server.
PARALLEL = ["--numprocesses=logical", "--maxprocesses=4", "--dist=loadfile"]
TEST = ["-m", "pytest", *PARALLEL, "--cov", "--cov-report=term:skip-covered"]
CHECKS = {
    "ruff": ["-m", "ruff", "check", "--quiet"],
    "mypy": ["-m", "mypy"],
    "import contracts": [
        "-c",
        "from importlinter.cli import lint_imports_command as run; run(['--no-logo'])",
    ],
}


class StepFailed(Exception):
    """A step of the set-up failed; the text says which, and what it printed."""


def main(words: list[str]) -> int:
    """Set up what the command needs, run it, and return its exit code."""
    if not words or words[0] not in ("demo", "test", "check"):
        print(__doc__)
        return 0 if words and words[0] in ("-h", "--help") else 2
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        version = ".".join(map(str, sys.version_info[:3]))
        return _refuse(f"This is Python {version}; auditor needs 3.11 to 3.14.")
    command, rest = words[0], words[1:]
    try:
        _set_up("runtime" if command == "demo" else "dev")
    except StepFailed as error:
        return _refuse(str(error))
    if command == "demo":
        return subprocess.call([str(PYTHON), "-P", "-m", "auditor", "demo", *rest])
    if command == "test":
        return subprocess.call([str(PYTHON), *TEST, *rest], cwd=ROOT)
    failed = [name for name, step in CHECKS.items() if _check(name, step)]
    print(f"Failed: {', '.join(failed)}." if failed else "All static checks passed.")
    return 1 if failed else 0


def _refuse(text: str) -> int:
    print(text, file=sys.stderr)
    return 2


def _check(name: str, step: list[str]) -> int:
    print(f"{name}:", flush=True)
    return subprocess.call([str(PYTHON), *step], cwd=ROOT)


def _set_up(group: str) -> None:
    """Bring .venv to what the lock says; a moment where it is there already."""
    stamp = _read_stamp()
    works = _works()
    if works and stamp.get("lock") == _fingerprint() and stamp.get("group") in (group, "dev"):
        return
    # An environment that we made from another lock starts anew; a foreign one is kept.
    clear = VENV.exists() and (not works or ("lock" in stamp and stamp["lock"] != _fingerprint()))
    print("Setting up .venv; the first time takes a minute or two ...", file=sys.stderr, flush=True)
    if clear or not works:
        _create(clear)
    STAMP.unlink(missing_ok=True)
    pip = _pip()
    install = [*pip, "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    # One dependency comes as source only: its build tools are pinned and come first.
    locked = [*install, "--require-hashes", "--no-build-isolation", "-r"]
    _step("install the build tools", [*locked, str(ROOT / "requirements-build.txt")])
    _step("install the dependencies", [*locked, str(ROOT / LOCKS[group])])
    _step(
        "install auditor",
        [*install, "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
    )
    STAMP.write_text(json.dumps({"lock": _fingerprint(), "group": group}), encoding="utf-8")


def _create(clear: bool) -> None:
    try:
        venv.EnvBuilder(clear=clear, symlinks=os.name != "nt", with_pip=False).create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        raise StepFailed(f"The environment in {VENV} cannot be made: {error}") from error


def _pip() -> list[str]:
    """A pip that installs into .venv: ours, or the one that ensurepip puts there.

    Debian's Python has no ensurepip, and other Pythons have no pip of their own at times.
    """
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, text=True, check=False
    )
    words = asked.stdout.split()
    version = words[1].split(".") if len(words) > 1 else []
    if asked.returncode == 0 and [int(v) for v in version[:2] if v.isdigit()] >= [22, 3]:
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    made = subprocess.run(
        [str(PYTHON), "-m", "ensurepip", "--default-pip"], capture_output=True, check=False
    )
    if made.returncode == 0:
        return [str(PYTHON), "-m", "pip"]
    raise StepFailed(
        "There is no pip 22.3 or later, and no ensurepip to make one.\n"
        "On Debian or Ubuntu: apt-get install python3-pip"
    )


def _step(name: str, command: list[str]) -> None:
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-25:])
        raise StepFailed(
            f"Could not {name} (exit code {done.returncode}):\n{last}\n"
            "The set-up needs a package index: the network, or one that PIP_INDEX_URL names."
        )


def _fingerprint() -> str:
    """What the environment depends on: the locks, the metadata, the Python and the folder."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {sys.platform} {ROOT}".encode())
    for name in ("pyproject.toml", "requirements-build.txt", *LOCKS.values()):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _read_stamp() -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def _works() -> bool:
    """Whether .venv has a Python that starts and is of our version."""
    show = "import sys; print(*sys.version_info[:2], sep='.')"
    try:
        shown = subprocess.run(
            [str(PYTHON), "-c", show], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return shown.stdout.strip() == "{}.{}".format(*sys.version_info[:2])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(_refuse("Interrupted."))
