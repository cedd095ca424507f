"""Writes a report's folder whole or not at all, and never over somebody else's files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from auditor.errors import UsageError

MARKER = ".auditor-report"
_HEAD = "This folder was written by auditor, which replaces it as a whole. Its files:"


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write ``files`` (name to text, as UTF-8) as the folder, replacing an earlier report.

    Raises:
        UsageError: the folder holds something that auditor did not write, or it cannot be
            written; it is then as it was before.
    """
    target = folder.resolve()
    _refuse_foreign(target, folder)
    scratch = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch.mkdir()
        try:
            for name, text in files.items():
                (scratch / name).write_text(text, encoding="utf-8", newline="\n")
            marker = "\n".join([_HEAD, *sorted(files)]) + "\n"
            (scratch / MARKER).write_text(marker, encoding="utf-8", newline="\n")
            _swap(scratch, target)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise UsageError(
            f"the report cannot be written: {error.strerror or error}",
            source=str(folder),
            hint="Name another folder with -o.",
        ) from error


def check_folder(folder: Path) -> None:
    """Raise the UsageError of ``write_folder`` early, before time is spent on an audit."""
    _refuse_foreign(folder.resolve(), folder)


def _refuse_foreign(target: Path, named: Path) -> None:
    if target == Path.cwd() or target in Path.cwd().parents:
        raise UsageError(
            "the report needs a folder of its own, not the current one or one around it",
            source=str(named),
            hint="Name another folder with -o.",
        )
    if not target.exists():
        return
    if not target.is_dir():
        raise UsageError(
            "there is a file where the report's folder would be",
            source=str(named),
            hint="Name another folder with -o.",
        )
    present = {entry.name for entry in target.iterdir()}
    foreign = sorted(present - _own_files(target))
    if foreign:
        raise UsageError(
            f"the folder holds files that auditor did not write, such as {foreign[0]}",
            source=str(named),
            hint="Name another folder with -o, or move those files away.",
        )


def _own_files(target: Path) -> set[str]:
    """What an earlier run says it wrote here; nothing where it left no word."""
    try:
        head, *names = (target / MARKER).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError, ValueError):
        return set()
    return {MARKER, *names} if head == _HEAD else set()


def _swap(scratch: Path, target: Path) -> None:
    """Put ``scratch`` in the place of ``target``; the old folder goes last or comes back."""
    if not target.exists():
        scratch.rename(target)
        return
    old = target.with_name(f".{target.name}.{os.getpid()}.old")
    target.rename(old)
    try:
        scratch.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
