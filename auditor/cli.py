"""The command line. Slow libraries are imported by the command that needs them.

Exit codes: 0 nothing at or above ``--fail-on``, 1 findings at or above it, 2 the audit
could not be done or is incomplete.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor import __version__
from auditor.errors import AuditorError, UsageError

if TYPE_CHECKING:
    from auditor.discovery import Rulebook

DEBUG = "AUDITOR_DEBUG"
EXIT_CODES = (
    "Exit code: 0 nothing at or above --fail-on (which is not the same as correct: the summary"
    " says how many numbers were checked), 1 findings at or above it, 2 the audit could not be"
    " done or is incomplete."
)

app = typer.Typer(
    name="auditor",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"auditor {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Find the numbers in a clinical manuscript that cannot all be true."""


@app.command("audit", epilog=EXIT_CODES)
def audit_command(
    inputs: Annotated[
        list[Path], typer.Argument(metavar="INPUT", help="Manuscripts: JATS XML, Markdown, text.")
    ],
    rulebook: Rulebooks = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Report folder, replaced as a whole; default audit-NAME, of the first INPUT.",
        ),
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="Formats of the report, of html,json.")
    ] = "html,json",
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Least severity that makes the exit code 1.")
    ] = FailOn.ERROR,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODES", help="Run only these, such as PCT,SUM001."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODES", help="Leave these out.")
    ] = None,
) -> None:
    """Audit manuscripts: a summary here, a report in a folder."""
    from auditor import run

    result = run.run_audit(
        inputs,
        rulebooks=_load(rulebook),
        folder=output if output is not None else Path(f"audit-{inputs[0].stem}"),
        formats=run.format_names(formats),
        select=run.code_words(select),
        ignore=run.code_words(ignore),
    )
    raise typer.Exit(run.exit_code(result, fail_on.value))


@app.command("claims")
def claims_command(
    manuscript: Annotated[Path, typer.Argument(metavar="INPUT", help="A manuscript.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the claims as CSV."),
    ] = None,
) -> None:
    """Show what was read: each number, where it stands, what it counts, of how many.

    Places are row and column, from 1. Percentages show the number of patients they were
    judged by.
    """
    from auditor import claims_list, extraction, readers
    from auditor.report.wording import place_words, plural

    read = extraction.read_manuscript(readers.read_document(manuscript))
    if output is None:
        typer.echo(claims_list.to_text(read) or "No number was read.")
    else:
        _write_new(output, claims_list.to_csv(read))
        typer.echo(f"{plural(len(read.claims), 'claim')} written to {output}")
    for unread in read.unread:
        _complain(f"not read: {place_words(unread.place)}: {unread.why}")


@app.command("checks")
def checks_command(rulebook: Rulebooks = None) -> None:
    """List the checks."""
    from auditor.discovery import combine

    for check in combine(_load(rulebook)):
        typer.echo(f"{check.code}  {check.name}: {check.summary}")


@app.command("explain")
def explain_command(
    check: Annotated[str, typer.Argument(metavar="CODE|NAME", help="A check.")],
    rulebook: Rulebooks = None,
) -> None:
    """Explain a check, with an example and references."""
    from auditor.discovery import combine
    from auditor.selection import find_check

    found = find_check(combine(_load(rulebook)), check)
    typer.echo(f"{found.code} {found.name}\n\n{found.doc.strip()}")


@app.command("demo")
def demo_command() -> None:
    """Audit an example paper with contradictions, and the same paper put right."""
    from auditor import run
    from auditor.discovery import rulebook_file

    books = _load(None)
    typer.echo("An example paper, made up, whose numbers contradict each other:\n")
    paper = rulebook_file("examples/sarcoma.xml")
    first = run.run_audit([paper], rulebooks=books, folder=Path("audit-demo"))
    typer.echo("\nThe same paper with its numbers put right:\n")
    paper = rulebook_file("examples/sarcoma-consistent.xml")
    second = run.run_audit([paper], rulebooks=books, folder=Path("audit-demo-consistent"))
    if first.result == "discrepancies":
        typer.echo("\nFinding discrepancies is what the demo is for: it ends with exit code 0.")
    raise typer.Exit(2 if "incomplete" in (first.result, second.result) else 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; errors are one message, no traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_output()
        return 2
    except AuditorError as error:
        return _failed(f"error: {error}")
    except OSError as error:
        _give_up_output()
        what = error.filename or "the output cannot be written"
        return _failed(f"error: {what}: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001  a traceback tells a user nothing
        last = traceback.extract_tb(error.__traceback__)[-1]
        return _failed(
            f"internal error: {type(error).__name__}: {error}"
            f" ({Path(last.filename).name}, line {last.lineno})\n"
            f"  This is a defect of auditor; {DEBUG}=1 shows where it arose."
        )
    return code


def _run(words: list[str]) -> int:
    """The exit code of a command; 2 for wrong usage and for an interruption."""
    command = typer.main.get_command(app)
    try:
        code = command.main(args=words, prog_name="auditor", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    except Exception as error:
        # The class of usage errors has moved between versions of typer; its method has not.
        if isinstance(error, AuditorError) or not hasattr(error, "show"):
            raise
        error.show()
        return 2
    if code == 130:
        _complain("interrupted")
    return code if code in (0, 1) else 2 * (code is not None)


def _give_up_output() -> None:
    """Where nobody takes our output any more, let nothing be written to it at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(text: str) -> int:
    if os.environ.get(DEBUG):
        traceback.print_exc()
    _complain(text)
    return 2


def _complain(text: str) -> None:
    """A problem, on standard error; control characters of an input do not reach a terminal."""
    typer.echo("".join(c if c.isprintable() or c == "\n" else "?" for c in text), err=True)


def _write_new(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(
            "the file exists, and may hold a person's corrections",
            source=str(path),
            hint="Name another file with -o, or move this one away.",
        ) from None


def _load(folders: Iterable[Path] | None) -> list[Rulebook]:
    from auditor.discovery import load_rulebook

    unique = {folder.resolve(): folder for folder in folders or ()}
    return [load_rulebook(None), *(load_rulebook(folder) for folder in unique.values())]
