"""What every command needs: problems on standard error, new files, rulebooks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from auditor.errors import UsageError

if TYPE_CHECKING:
    from auditor.check import Check
    from auditor.discovery import Rulebook


def complain(text: str) -> None:
    """A problem, on standard error; control characters of an input do not reach a terminal."""
    typer.echo("".join(c if c.isprintable() or c == "\n" else "?" for c in text), err=True)


def write_new(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(
            "the file exists, and may hold a person's corrections",
            source=str(path),
            hint="Name another file with -o, or move this one away.",
        ) from None


def load_rulebooks(folders: Iterable[Path] | None) -> list[Rulebook]:
    from auditor.discovery import load_rulebook

    unique = {folder.resolve(): folder for folder in folders or ()}
    return [load_rulebook(None), *(load_rulebook(folder) for folder in unique.values())]


def all_checks(rulebook: Iterable[Path] | None) -> tuple[Check, ...]:
    """The checks of the rulebooks and every rule of their models and suites."""
    from auditor.discovery import combine
    from auditor.rules import with_rules
    from auditor.study import Study

    return combine(with_rules(load_rulebooks(rulebook), Study()))
