"""Loads the pandera models of a rulebook: the files of its ``schemas/``."""

from __future__ import annotations

import hashlib
import importlib
import sys
from pathlib import Path
from types import ModuleType

from auditor import rulebook as builtin
from auditor.errors import RulebookError


def load_models(folder: Path) -> tuple[tuple[Path, ModuleType], ...]:
    """The modules in ``folder/schemas``, in order of their names, each with its path.

    Ours are ``auditor.rulebook.schemas.NAME``; those of a study's rulebook are imported as a
    private package that is named after their contents. A leading underscore marks a helper.

    Raises:
        RulebookError: a file cannot be imported.
    """
    root = folder.resolve()
    paths = sorted(p for p in (root / "schemas").glob("*.py") if not p.name.startswith("_"))
    if not paths:
        return ()
    package = builtin.__name__ if root == builtin.FOLDER else _mounted(root)
    # The folder of a rulebook is not ours to write byte code into.
    keep, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        return tuple((path, _load(f"{package}.schemas.{path.stem}", path)) for path in paths)
    finally:
        sys.dont_write_bytecode = keep


def _mounted(root: Path) -> str:
    digest = hashlib.sha256(str(root).encode())
    for path in sorted((root / "schemas").glob("*.py")):
        digest.update(path.name.encode() + b"\n" + path.read_bytes())
    package = f"_auditor_models_{digest.hexdigest()[:16]}"
    if package not in sys.modules:
        module = ModuleType(package, f"The models in {root}.")
        module.__path__ = [str(root)]
        sys.modules[package] = module
    importlib.invalidate_caches()
    return package


def _load(name: str, path: Path) -> ModuleType:
    if not path.stem.isidentifier():
        raise RulebookError(
            "a file of models must have a name that Python can import",
            source=str(path),
            hint="Use lower-case words joined by underscores.",
        )
    try:
        return importlib.import_module(name)
    except RulebookError:
        raise
    except (Exception, SystemExit) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        raise RulebookError(
            f"the file cannot be imported: {type(error).__name__}: {error}",
            source=str(path),
            where=f"line {line}" if line else None,
        ) from error
