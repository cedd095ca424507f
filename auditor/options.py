"""The options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class FailOn(StrEnum):
    """The least severity that makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


Rulebooks = Annotated[
    list[Path] | None,
    typer.Option("--rulebook", metavar="DIR", help="A rulebook besides the built-in one."),
]


Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="DIR",
        help="Report folder, replaced as a whole; default audit-NAME, of the first INPUT.",
    ),
]
Formats = Annotated[
    str, typer.Option("--format", metavar="LIST", help="Formats of the report, of html,json.")
]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="CODES", help="Run only these, such as PCT,SUM001."),
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="CODES", help="Leave these out.")
]
StudyFile = Annotated[
    Path | None,
    typer.Option(
        "--study", metavar="FILE", help="The study file (TOML): columns, codes, arms, words."
    ),
]
ClaimsFile = Annotated[
    Path | None,
    typer.Option(
        "--claims",
        metavar="FILE",
        help="What 'auditor claims -o' wrote, as a person corrected it: it wins over the reading.",
    ),
]
ShowValues = Annotated[
    bool,
    typer.Option("--show-values", help="Show patients' values, not only where they stand."),
]
MaxRows = Annotated[
    int,
    typer.Option(
        "--max-rows", metavar="N", min=0, help="Rows listed of one check; all are counted."
    ),
]
COHORT_HELP = "Patient-level tables: a file, a folder, a database file, or a postgresql:// URL."
