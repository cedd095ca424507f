"""Finds rulebooks and mounts them, so that their checks can be imported.

Only a folder that somebody named is ever loaded: a rulebook is code. ``sys.path`` stays as
it is; a study's rulebook becomes a private package with its own ``__path__``.
"""

from __future__ import annotations

import hashlib
import importlib
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from auditor import rulebook as builtin
from auditor.check import Check
from auditor.errors import RulebookError
from auditor.rulebook import rulebook_file

__all__ = ["Rulebook", "combine", "load_rulebook", "missing_sections", "rulebook_file"]

BUILT_IN = "auditor"
PARTS = ("checks", "schemas", "expectations", "reports")
SECTIONS = ("What it does", "Why it matters", "Example", "References")


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A rulebook as loaded.

    Attributes:
        name: ``auditor`` for the built-in one, else the name of the folder.
        sha256: over the relative names and the contents of its files.
        checks: in order of their codes.
        folder: where ``checks/``, ``schemas/``, ``expectations/`` and ``reports/`` lie.
    """

    name: str
    sha256: str
    checks: tuple[Check, ...]
    folder: Path


def load_rulebook(folder: Path | None) -> Rulebook:
    """Load the rulebook in ``folder``, or the built-in one for None.

    Raises:
        RulebookError: there is no such folder, a file cannot be imported or holds no check,
            or two checks have the same code or name.
    """
    if folder is None:
        root, name = builtin.FOLDER, BUILT_IN
        package = builtin.__name__
        digest = _digest(root)
    else:
        root = _study_folder(folder)
        name = root.name
        digest = _digest(root)
        # The contents are part of the name: a rulebook edited since is another package.
        mark = hashlib.sha256(f"{root}\n{digest}".encode()).hexdigest()[:16]
        package = f"_auditor_rulebook_{mark}"
    with _mounted(package, root):
        found = [replace(c, rulebook=name) for path in _files(root) for c in _load(package, path)]
    rulebook = Rulebook(name, digest, tuple(sorted(found, key=lambda c: c.code)), root)
    combine([rulebook])
    return rulebook


def combine(rulebooks: Iterable[Rulebook]) -> tuple[Check, ...]:
    """All checks of the rulebooks in order of their codes.

    Raises:
        RulebookError: two checks have the same code or the same name; both files are named.
    """
    checks = sorted((c for book in rulebooks for c in book.checks), key=lambda c: c.code)
    for key in ("code", "name"):
        seen: dict[str, Check] = {}
        for check in checks:
            value: str = getattr(check, key)
            if value in seen:
                raise RulebookError(
                    f"two checks have the {key} {value}: {seen[value].source} and {check.source}",
                    hint=f"Give one of them another {key}; codes are never used twice.",
                )
            seen[value] = check
    return tuple(checks)


def missing_sections(check: Check) -> tuple[str, ...]:
    """The sections that the documentation of a check lacks, of those every check must have."""

    def headed(title: str) -> bool:
        return re.search(rf"^[#*\s]*{title}[*:\s]*$", check.doc, re.MULTILINE) is not None

    return tuple(title for title in SECTIONS if not headed(title))


def _study_folder(folder: Path) -> Path:
    root = folder.resolve()
    if not root.is_dir():
        raise RulebookError("there is no such folder", source=str(folder))
    if not any((root / part).is_dir() for part in PARTS):
        raise RulebookError(
            "this is not a rulebook: it has none of the folders " + ", ".join(PARTS),
            source=str(folder),
            hint="A rulebook is a folder that holds checks/; name that folder, not checks/ itself.",
        )
    return root


def _digest(root: Path) -> str:
    """SHA-256 over relative names and contents, each with its length before it."""
    digest = hashlib.sha256()
    files = [p for part in PARTS for p in (root / part).rglob("*") if p.is_file()]
    for name, path in sorted((p.relative_to(root).as_posix(), p) for p in files):
        if "__pycache__" in path.parts or any(step.startswith(".") for step in name.split("/")):
            continue
        for item in (name.encode(), path.read_bytes()):
            digest.update(len(item).to_bytes(8, "big") + item)
    return digest.hexdigest()


def _files(root: Path) -> list[Path]:
    """The files of checks; a leading underscore marks a helper that checks share."""
    return sorted(p for p in (root / "checks").glob("*.py") if not p.name.startswith("_"))


@contextmanager
def _mounted(package: str, root: Path) -> Iterator[None]:
    """Make ``package`` importable from ``root``; nothing stays of a mount that failed."""
    if package == builtin.__name__:
        yield
        return
    before = set(sys.modules)
    if package not in sys.modules:
        module = ModuleType(package, f"The rulebook in {root}.")
        module.__path__ = [str(root)]
        sys.modules[package] = module
    importlib.invalidate_caches()
    # Byte code of a file edited twice within a second is stale, and the folder is not ours.
    keep, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    except BaseException:
        for name in set(sys.modules) - before:
            if name.partition(".")[0] == package:
                del sys.modules[name]
        raise
    finally:
        sys.dont_write_bytecode = keep


def _load(package: str, path: Path) -> list[Check]:
    if not path.stem.isidentifier():
        raise RulebookError(
            "a file of checks must have a name that Python can import",
            source=str(path),
            hint="Use lower-case words joined by underscores, or begin the name with one.",
        )
    name = f"{package}.checks.{path.stem}"
    try:
        module = importlib.import_module(name)
    except RulebookError as error:
        where = error.where or _line(error, path)
        raise RulebookError(
            error.message, source=error.source or str(path), where=where, hint=error.hint
        ) from error
    except (Exception, SystemExit) as error:
        raise RulebookError(
            f"the file cannot be imported: {type(error).__name__}: {_text(error)}",
            source=str(_file(error, path)),
            where=_line(error, path),
        ) from error
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, Check) and getattr(value.function, "__module__", name) == name
    ]
    if not found:
        raise RulebookError(
            "the file holds no check",
            source=str(path),
            hint="Decorate one function with @check, or begin the file's name with '_'.",
        )
    return list({id(check): check for check in found}.values())


def _text(error: BaseException) -> str:
    return str(error.msg if isinstance(error, SyntaxError) else error)


def _own_frames(error: BaseException, path: Path) -> list[traceback.FrameSummary]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f for f in frames if Path(f.filename).parent == path.parent]


def _file(error: BaseException, path: Path) -> Path:
    """The rulebook's file where the import broke: the check itself or a helper of it."""
    if isinstance(error, SyntaxError) and error.filename:
        return Path(error.filename)
    own = _own_frames(error, path)
    return Path(own[-1].filename) if own else path


def _line(error: BaseException, path: Path) -> str | None:
    if isinstance(error, SyntaxError):
        return f"line {error.lineno}" if error.lineno else None
    own = _own_frames(error, path)
    return f"line {own[-1].lineno}" if own else None
