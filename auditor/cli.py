"""The command line. Slow libraries are imported by the command that needs them.

Exit codes: 0 nothing at or above ``--fail-on``, 1 findings at or above it, 2 the audit
could not be done or is incomplete.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from auditor import __version__
from auditor.cli_cohort import GATE_EXIT_CODES, asked_of, endpoints_command, gate_command
from auditor.console import all_checks, complain, load_rulebooks, write_new
from auditor.errors import AuditorError, UsageError
from auditor.options import (
    COHORT_HELP,
    ClaimsFile,
    FailOn,
    Formats,
    Ignore,
    MaxRows,
    Output,
    Rulebooks,
    Select,
    ShowValues,
    StudyFile,
)

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
    output: Output = None,
    formats: Formats = "html,json",
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Least severity that makes the exit code 1.")
    ] = FailOn.ERROR,
    select: Select = None,
    ignore: Ignore = None,
    cohort: Annotated[
        str | None,
        typer.Option("--cohort", metavar="PATH", help=f"Audit against it. {COHORT_HELP}"),
    ] = None,
    study: StudyFile = None,
    claims: ClaimsFile = None,
    show_values: ShowValues = False,
    max_rows: MaxRows = 100,
) -> None:
    """Audit manuscripts: a summary here, a report in a folder.

    With --cohort, INPUT may also be a table of reported results (CSV, ARD or ARS JSON).
    """
    from auditor import run

    folder = output if output is not None else Path(f"audit-{inputs[0].stem}")
    if cohort is not None:
        from auditor import run_cohort
        from auditor.cohort_engine import Shown

        asked = asked_of(
            cohort,
            study=study,
            rulebooks=load_rulebooks(rulebook),
            folder=folder,
            formats=formats,
            select=select,
            ignore=ignore,
            shown=Shown(max_rows, show_values),
        )
        result = run_cohort.run_study(inputs, replace(asked, claims=claims))
        raise typer.Exit(run.exit_code(result, fail_on.value))
    if show_values:
        raise UsageError(
            "--show-values says something about a cohort, and none is named",
            hint="Name it with --cohort.",
        )
    result = run.run_audit(
        inputs,
        rulebooks=load_rulebooks(rulebook),
        folder=folder,
        formats=run.format_names(formats),
        select=run.code_words(select),
        ignore=run.code_words(ignore),
        claims=claims,
        study=study,
    )
    raise typer.Exit(run.exit_code(result, fail_on.value))


app.command("gate", epilog=GATE_EXIT_CODES)(gate_command)
app.command("endpoints")(endpoints_command)


@app.command("claims")
def claims_command(
    manuscript: Annotated[Path, typer.Argument(metavar="INPUT", help="A manuscript.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the claims as CSV."),
    ] = None,
    claims: ClaimsFile = None,
    study: StudyFile = None,
) -> None:
    """Show what was read: each number, where it stands, what it counts, of how many.

    Places are row and column, from 1. Percentages show the number of patients they were
    judged by. A person corrects or confirms the CSV, and 'auditor audit --claims' takes it;
    with --claims here, the decisions of an earlier file stand in the new one.
    """
    from auditor import claims_list, readers
    from auditor.claims_file import Matched, decided, matched, read_claims_file
    from auditor.manuscript import read_manuscript
    from auditor.report.wording import place_words, plural
    from auditor.run import study_at

    read = read_manuscript(readers.read_document(manuscript), study_at(study).words)
    found = Matched()
    if claims is not None:
        (found,) = matched(read_claims_file(claims), [read])
    if output is None:
        typer.echo(claims_list.to_text(decided(read, found)) or "No number was read.")
    else:
        write_new(output, claims_list.to_csv(read, found.decisions))
        typer.echo(f"{plural(len(read.claims), 'claim')} written to {output}")
    for problem in found.problems:
        complain(problem)
    for unread in read.unread:
        complain(f"not read: {place_words(unread.place)}: {unread.why}")


@app.command("checks")
def checks_command(rulebook: Rulebooks = None) -> None:
    """List the checks."""
    for check in all_checks(rulebook):
        typer.echo(f"{check.code}  {check.name}: {check.summary}")


@app.command("explain")
def explain_command(
    check: Annotated[str, typer.Argument(metavar="CODE|NAME", help="A check.")],
    rulebook: Rulebooks = None,
) -> None:
    """Explain a check, with an example and references."""
    from auditor.discovery import combine
    from auditor.selection import find_check

    try:
        found = find_check(combine(load_rulebooks(rulebook)), check)
    except UsageError:
        # Models and suites are slow to load: only where the checks do not have it.
        found = find_check(all_checks(rulebook), check)
    typer.echo(f"{found.code} {found.name}\n\n{found.doc.strip()}")


@app.command("demo")
def demo_command() -> None:
    """Audit an example paper with contradictions, then put right, then against its cohort."""
    from auditor import run, run_cohort
    from auditor.discovery import rulebook_file

    books = load_rulebooks(None)
    typer.echo("An example paper, made up, whose numbers contradict each other:\n")
    paper = rulebook_file("examples/sarcoma.xml")
    first = run.run_audit([paper], rulebooks=books, folder=Path("audit-demo"))
    typer.echo("\nThe same paper with its numbers put right:\n")
    paper = rulebook_file("examples/sarcoma-consistent.xml")
    second = run.run_audit([paper], rulebooks=books, folder=Path("audit-demo-consistent"))
    typer.echo("\nThat paper against an invented cohort that was made to fit its figures:\n")
    study = rulebook_file("examples/sarcoma-study.toml")
    asked = run_cohort.Asked(
        cohort=str(study.with_name("sarcoma-cohort")),
        study=study,
        rulebooks=books,
        folder=Path("audit-demo-cohort"),
    )
    third = run_cohort.run_study([paper], asked)
    if first.result == "discrepancies":
        typer.echo("\nFinding discrepancies is what the demo is for: it ends with exit code 0.")
    ended = (first.result, second.result, third.result)
    raise typer.Exit(2 if "incomplete" in ended else 0)


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
        complain("interrupted")
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
    complain(text)
    return 2
